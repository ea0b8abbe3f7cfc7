"""What every command that looks at the people needs: the view, and today."""

from datetime import UTC, date, datetime
from typing import Annotated

import typer

from wayout.registry.households.view import View, view_of
from wayout.registry.register import Register
from wayout.registry.vault.roles import Role

RoleOption = Annotated[Role, typer.Option("--role", help="The role of yours that this is done in.")]
TrustOption = Annotated[
    list[str] | None,
    typer.Option("--trust", help="A source to trust before others; once for each, best first."),
]
OnOption = Annotated[
    str, typer.Option("--on", help="Day on which ages count, as 2021-08-15; today if not given.")
]


def view_in(register: Register, role: Role, reason: str, trust: list[str] | None) -> View:
    """Everything that is known of the people, read under a role and a reason."""
    frame = register.records(role, reason)
    decisions, pairs = register.decisions(), register.pairs()
    return view_of(frame, decisions, pairs, tuple(trust or ()), register.list_of())


def day_of(text: str) -> date:
    """The day of an option, today for an empty one; raises BadParameter for anything else."""
    if not text:
        return datetime.now(UTC).date()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter("Write a day as 2021-08-15.", param_hint="--on") from error
