"""``wayout doctor``: whether the register is kept as it has to be kept."""

from datetime import UTC, datetime

import typer
from rich.console import Console

from wayout.cli.people.opening import KEYRING, REGISTER, KeyringOption, RegisterOption
from wayout.cli.refusal import line_of
from wayout.cli.wording import counted
from wayout.findings import errors_in
from wayout.registry.store.doctor import examine


def doctor(register: RegisterOption = REGISTER, keyring: KeyringOption = KEYRING) -> None:
    """Look over a register, its keyring and this machine; needs no passphrase.

    Prints the version of the database's library. Exit code 1 if something must be changed.
    """
    version, findings = examine(register, keyring, datetime.now(UTC))
    console = Console(soft_wrap=True, highlight=False)
    console.print(version)
    for finding in findings:
        console.print(line_of(finding))
    errors = len(errors_in(findings))
    warnings = counted(len(findings) - errors, "warning", "warnings")
    console.print(f"{counted(errors, 'error', 'errors')}, {warnings}")
    if errors:
        raise typer.Exit(1)
