"""Commands that keep the register safe: erase, back up, restore, recover, migrate, re-index."""

from pathlib import Path
from typing import Annotated

import typer

from wayout.cli.people.founding import RolesOption
from wayout.cli.people.opening import (
    KEYRING,
    REGISTER,
    KeyringOption,
    Opening,
    PassphraseOption,
    ReasonOption,
    RegisterOption,
    UserOption,
    opens,
    passphrase_of,
)
from wayout.cli.wording import counted, number
from wayout.registry.register import now
from wayout.registry.store import backing, creating, lookup
from wayout.registry.store import migrate as migrating
from wayout.registry.store.writing import Store
from wayout.registry.vault import constitution
from wayout.registry.vault.admission import Candidate
from wayout.registry.vault.keyring import Keyring
from wayout.registry.vault.passphrase import KEYRING_COST
from wayout.registry.vault.roles import Role

FolderArgument = Annotated[Path, typer.Argument(help="Folder of the backup.")]
IdentityOption = Annotated[
    Path, typer.Option("--identity", help="File with the age identity (AGE-SECRET-KEY-1…).")
]


@opens
def erase(
    at: Opening,
    records: Annotated[list[str], typer.Argument(help="Identifiers of records.")],
    reason: ReasonOption,
) -> None:
    """Destroy the keys of records: they are gone from every copy of the register.

    Copies in exports, and backups of the keyring, are not reached: destroy those as well.
    """
    with at.opened() as people:
        gone = people.erase(records, reason, role=Role.CLERK)
    typer.echo(f"Erased {counted(gone, 'record', 'records')}; a tombstone is left in the log.")


@opens
def backup(
    at: Opening,
    folder: FolderArgument,
    recipients: Annotated[
        list[str], typer.Option("--to", help="An age recipient (age1…); two at least.")
    ],
    reason: ReasonOption,
    keys_folder: Annotated[
        Path | None,
        typer.Option("--keyring-to", help="Another folder for a backup of the keyring."),
    ] = None,
) -> None:
    """Write an encrypted and signed backup of the register, and apart from it of its keyring.

    Keep the two in different places, and destroy backups of the keyring after 35 days: with one,
    what was erased since comes back.
    """
    with at.opened() as people:
        manifest = backing.back_up(people.desk, folder, recipients, reason)
        if keys_folder is not None:
            backing.back_up_keyring(people.desk, keys_folder, recipients, reason)
    typer.echo(f"{number(manifest.num_rows)} rows, log of {number(manifest.size)} entries.")


def restore(
    folder: FolderArgument,
    identity: IdentityOption,
    register: RegisterOption = REGISTER,
    keyring: KeyringOption = KEYRING,
) -> None:
    """Bring a register back to an empty place; needs its keyring, whose signature it checks."""
    keys = Keyring.open(keyring)
    try:
        chain = [one.signing for one in constitution.log_keys(keys)]
    finally:
        keys.close()
    public_key = backing.signer_of(folder, chain)
    manifest = backing.restore(folder, register, _identity(identity), public_key)
    typer.echo(f"{number(manifest.num_rows)} rows, log of {number(manifest.size)} entries.")


def _identity(path: Path) -> str:
    """The secret line of an age identity file, which may have comments."""
    lines = path.read_text("ascii").splitlines()
    return next((line for line in lines if line.startswith("AGE-SECRET-KEY-")), "")


def recover(
    user: UserOption,
    shares: Annotated[
        list[Path], typer.Option("--share", help="File with a recovery share; two of them.")
    ],
    roles: RolesOption = None,
    register: RegisterOption = REGISTER,
    keyring: KeyringOption = KEYRING,
    passphrase_file: PassphraseOption = None,
) -> None:
    """Come back by two paper shares: you become a new member with what your roles open."""
    texts = [path.read_text("ascii") for path in shares]
    passphrase = passphrase_of(passphrase_file, "New passphrase", confirm=True)
    chosen = frozenset(roles) if roles else frozenset(Role)
    candidate = Candidate(user, chosen, passphrase)
    creating.recover(register, keyring, texts, candidate, clock=now, cost=KEYRING_COST)
    typer.echo(f"{user} is a member again. Make new keys: wayout people members rotate.")


def migrate(register: RegisterOption = REGISTER) -> None:
    """Bring the register's tables to the shape that this version needs; make a backup before."""
    store = Store(register)
    try:
        migrating.migrate(store.engine)
    finally:
        store.close()
    typer.echo(f"The register has the shape {migrating.newest()}.")


@opens
def reindex(
    at: Opening,
) -> None:
    """Plan the blind indexes anew for the rows that there are now, and compute them."""
    with at.opened() as people:
        people.desk.need("plan the indexes", Role.CLERK, Role.CLERK)
        lookup.plan_again(people.desk, len(people.record_ids()))
    typer.echo("The indexes were computed anew.")
