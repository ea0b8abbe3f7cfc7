"""The commands of ``wayout people``: one file a command, registered here."""

from collections.abc import Callable
from typing import Any

import typer

from wayout.cli.people.estimating import estimate

people = typer.Typer(
    name="people",
    help="Keep the register of people: take lists in, link them, decide, protect, hand out.",
    no_args_is_help=True,
)


@people.callback()
def _people() -> None:
    """Keep the register of people: take lists in, link them, decide, protect, hand out."""


COMMANDS: tuple[Callable[..., Any], ...] = (estimate,)
for command in COMMANDS:
    people.command()(command)
