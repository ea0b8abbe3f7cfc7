"""``wayout people members``: who may use the register."""

from pathlib import Path
from typing import Annotated

import typer

from wayout.cli.people.opening import Opening, ReasonOption, opens, passphrase_of
from wayout.cli.wording import counted
from wayout.registry.vault.admission import Candidate
from wayout.registry.vault.passphrase import KEYRING_COST, suggestion
from wayout.registry.vault.roles import Role

members = typer.Typer(
    name="members",
    help="Admit members, confirm them, part from them, and change keys.",
    no_args_is_help=True,
)

NameArgument = Annotated[str, typer.Argument(help="The member's name in the register.")]
RolesOption = Annotated[list[Role], typer.Option("--role", help="A role; once for each.")]
SourcesOption = Annotated[
    list[str] | None,
    typer.Option("--source", help="A source whose lists are his; without it, all are."),
]
TheirPassphraseOption = Annotated[
    Path | None,
    typer.Option("--their-passphrase-file", help="File whose first line is his passphrase."),
]
DuressOption = Annotated[
    Path | None,
    typer.Option(
        "--duress-file",
        help="File whose first line opens an empty register and leaves a mark for auditors.",
    ),
]


@members.command("list")
@opens
def list_members(
    at: Opening,
) -> None:
    """Print every member, his roles, and whether he was confirmed."""
    with at.opened() as people:
        for item in people.members.all():
            state = "removed" if not item.is_active else ""
            state = state or ("confirmed" if item.is_confirmed else "not confirmed")
            roles = ", ".join(sorted(item.member.roles))
            typer.echo(f"{item.member.name}: {roles} ({state}, {item.member.member})")


@members.command()
@opens
def add(
    at: Opening,
    name: NameArgument,
    roles: RolesOption,
    reason: ReasonOption,
    sources: SourcesOption = None,
    their_passphrase_file: TheirPassphraseOption = None,
    duress_file: DuressOption = None,
) -> None:
    """Admit a member; he types his own passphrase. An admin does this, a holder of keys confirms.

    Until somebody who opens the people runs `wayout people members confirm`, the new member opens
    nothing of them.
    """
    with at.opened() as people:
        if their_passphrase_file is None:
            typer.echo(f"{name} chooses a passphrase, such as: {suggestion()}", err=True)
        theirs = passphrase_of(their_passphrase_file, f"Passphrase of {name}", confirm=True)
        duress = None if duress_file is None else passphrase_of(duress_file)
        candidate = Candidate(name, frozenset(roles), theirs, duress_passphrase=duress)
        member = people.members.admit(candidate, reason, sources=sources or (), cost=KEYRING_COST)
    typer.echo(f"Admitted {member.name} ({member.member}).")


@members.command()
@opens
def confirm(
    at: Opening,
    name: NameArgument,
    reason: ReasonOption,
) -> None:
    """Hand on to a member the keys that his roles entitle him to and that you hold."""
    with at.opened() as people:
        granted = people.members.confirm(name, reason)
    typer.echo(f"Handed {counted(granted, 'key', 'keys')} on to {name}.")


@members.command()
@opens
def remove(
    at: Opening,
    name: NameArgument,
    reason: ReasonOption,
) -> None:
    """Part from a member; afterwards everybody who holds keys runs `members rotate`."""
    with at.opened() as people:
        people.members.remove(name, reason)
    typer.echo(f"Removed {name}. What he has read he has read; now rotate the keys.")


@members.command()
@opens
def rotate(
    at: Opening,
    reason: ReasonOption,
) -> None:
    """Make new keys for all that you hold and put every row's keys under them."""
    with at.opened() as people:
        num_rows = people.members.rotate(reason)
    typer.echo(f"New keys; {counted(num_rows, 'row is', 'rows are')} under them.")


@members.command()
@opens
def passphrase(
    at: Opening,
    new_passphrase_file: TheirPassphraseOption = None,
    duress_file: DuressOption = None,
) -> None:
    """Take another passphrase; the duress one is replaced, or taken away if none is given."""
    with at.opened() as people:
        new = passphrase_of(new_passphrase_file, "New passphrase", confirm=True)
        duress = None if duress_file is None else passphrase_of(duress_file)
        people.members.change_passphrase(new, duress_passphrase=duress)
    typer.echo("The passphrase was changed.")
