"""``wayout people init``: make a register, and show its recovery shares once."""

from pathlib import Path
from typing import Annotated

import typer

from wayout.cli.people.opening import (
    KEYRING,
    REGISTER,
    KeyringOption,
    PassphraseOption,
    RegisterOption,
    UserOption,
    passphrase_of,
)
from wayout.registry.register import create
from wayout.registry.vault.passphrase import suggestion
from wayout.registry.vault.roles import Role

RolesOption = Annotated[
    list[Role] | None,
    typer.Option("--role", help="A role of yours; once for each. Without it you have all of them."),
]
SharesOption = Annotated[
    Path | None,
    typer.Option(
        "--shares-folder",
        help="Write the three recovery shares to files in this folder instead of showing them.",
    ),
]


def init(
    user: UserOption,
    register: RegisterOption = REGISTER,
    keyring: KeyringOption = KEYRING,
    passphrase_file: PassphraseOption = None,
    roles: RolesOption = None,
    shares_folder: SharesOption = None,
) -> None:
    """Make a register and its keyring, with you as its first member.

    Three recovery shares are shown once. Copy each by hand onto a sheet of its own and give the
    sheets to three people in different places: any two bring everything back if all passphrases
    are lost.
    """
    if passphrase_file is None:
        typer.echo(
            f"Choose a passphrase of 15 characters or more, such as: {suggestion()}", err=True
        )
    passphrase = passphrase_of(passphrase_file, "New passphrase", confirm=True)
    chosen = frozenset(roles) if roles else frozenset(Role)
    founded = create(register, keyring, user, passphrase, roles=chosen)
    typer.echo(
        f"Made the register {founded.deployment}, with {user} as its first member.", err=True
    )
    show_shares(founded.shares, shares_folder)


def show_shares(shares: tuple[str, ...], folder: Path | None) -> None:
    """Hand the shares over: to files that only their owner reads, or to the terminal."""
    if folder is None:
        for number, share in enumerate(shares, start=1):
            typer.echo(f"Recovery share {number} of {len(shares)} (any two are needed):\n{share}\n")
        return
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for number, share in enumerate(shares, start=1):
        file = folder / f"share-{number}.txt"
        file.touch(mode=0o600, exist_ok=False)
        file.write_text(share + "\n", "ascii")
    typer.echo(
        f"The shares are in {folder}. Print or copy each, give them to three people, and destroy "
        "the files.",
        err=True,
    )
