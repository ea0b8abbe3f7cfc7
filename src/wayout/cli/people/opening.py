"""How every command of ``wayout people`` opens the register: the same options, the same words."""

from pathlib import Path
from typing import Annotated

import typer

from wayout.errors import AccessError
from wayout.registry.register import Register, open_register

RegisterOption = Annotated[
    str,
    typer.Option(
        "--register",
        envvar="WAYOUT_REGISTER",
        help="Where the register is: sqlite:///people.db or postgresql://user@host/database.",
    ),
]
KeyringOption = Annotated[
    Path, typer.Option("--keyring", envvar="WAYOUT_KEYRING", help="File of the keyring.")
]
UserOption = Annotated[
    str, typer.Option("--user", envvar="WAYOUT_USER", help="Your name in the register.")
]
PassphraseOption = Annotated[
    Path | None,
    typer.Option(
        "--passphrase-file",
        envvar="WAYOUT_PASSPHRASE_FILE",
        help="File whose first line is the passphrase; without it you are asked.",
    ),
]
ReasonOption = Annotated[
    str, typer.Option("--reason", help="Why: kept in the log, readable to auditors.")
]

REGISTER = "sqlite:///people.db"
KEYRING = Path("people.keys")


def passphrase_of(file: Path | None, question: str = "Passphrase", *, confirm: bool = False) -> str:
    """The passphrase of a file, or of whoever is asked; it is never an argument or echoed."""
    if file is not None:
        lines = file.read_text("utf-8").splitlines()
        if not lines:
            raise AccessError(f"{file} is empty: its first line must be the passphrase.")
        return lines[0]
    answer: str = typer.prompt(question, hide_input=True, err=True, confirmation_prompt=confirm)
    return answer


def opened(register: str, keyring: Path, user: str, passphrase_file: Path | None) -> Register:
    """Open the register for a command; use it as a context manager."""
    return open_register(register, keyring, user, passphrase_of(passphrase_file))
