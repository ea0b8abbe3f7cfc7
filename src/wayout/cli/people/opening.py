"""How every command of ``wayout people`` opens the register: the same options, the same words.

A command that opens the register takes an ``Opening`` first and is decorated with ``opens``; on the
command line it has the four options of one in its place. ::

    @opens
    def erase(at: Opening, records: ..., reason: ReasonOption) -> None:
        with at.opened() as people:
            ...
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Annotated, Concatenate, ParamSpec

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


@dataclass(frozen=True, slots=True)
class Opening:
    """Where a register is and who opens it, as the command line said."""

    user: str
    register: str
    keyring: Path
    passphrase_file: Path | None

    def opened(self) -> Register:
        """Open the register; use it as a context manager."""
        if not self.user:
            raise typer.BadParameter("Say who you are.", param_hint="--user")
        passphrase = passphrase_of(self.passphrase_file)
        return open_register(self.register, self.keyring, self.user, passphrase)


P = ParamSpec("P")
_OPTIONS: tuple[tuple[str, object, object], ...] = (
    ("user", UserOption, inspect.Parameter.empty),
    ("register", RegisterOption, REGISTER),
    ("keyring", KeyringOption, KEYRING),
    ("passphrase_file", PassphraseOption, None),
)


def opens(command: Callable[Concatenate[Opening, P], None]) -> Callable[..., None]:
    """The command with the options of an ``Opening`` in place of its first parameter."""
    return _with_options(command, {})


def may_open(command: Callable[Concatenate[Opening, P], None]) -> Callable[..., None]:
    """As ``opens``, for a command that does not always open the register: no name is required."""
    return _with_options(command, {"user": ""})


def _with_options(
    command: Callable[Concatenate[Opening, P], None], defaults: dict[str, object]
) -> Callable[..., None]:
    @wraps(command)
    def run(**said: object) -> None:
        where = {name: said.pop(name) for name, _, _ in _OPTIONS}
        command(Opening(**where), **said)  # type: ignore[arg-type, call-arg]

    kind = inspect.Parameter.KEYWORD_ONLY
    own = [one.replace(kind=kind) for one in _own(command)]
    shared = [
        inspect.Parameter(name, kind, default=defaults.get(name, default), annotation=meaning)
        for name, meaning, default in _OPTIONS
    ]
    setattr(run, "__signature__", inspect.Signature([*own, *shared]))  # noqa: B010 - no type has it
    run.__annotations__ = {one.name: one.annotation for one in (*own, *shared)}
    return run


def _own(command: Callable[..., None]) -> list[inspect.Parameter]:
    """The parameters of a command after its ``Opening``."""
    return list(inspect.signature(command).parameters.values())[1:]
