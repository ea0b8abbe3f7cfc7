"""The commands of ``wayout people``: one file a command, registered here."""

from collections.abc import Callable
from typing import Any

import typer

from wayout.cli.people.eligibility import equity, prioritise, rules, why
from wayout.cli.people.estimating import estimate
from wayout.cli.people.export import export
from wayout.cli.people.exporting_parties import export_parties
from wayout.cli.people.founding import init
from wayout.cli.people.households import households
from wayout.cli.people.importing import import_list
from wayout.cli.people.keeping import backup, erase, migrate, recover, reindex, restore
from wayout.cli.people.linking import link
from wayout.cli.people.matching import match
from wayout.cli.people.members import members
from wayout.cli.people.reviewing import review
from wayout.cli.people.synthesizing import synthesize

people = typer.Typer(
    name="people",
    help="Keep the register of people: take lists in, link them, decide, protect, hand out.",
    no_args_is_help=True,
)


@people.callback()
def _people() -> None:
    """Keep the register of people: take lists in, link them, decide, protect, hand out."""


COMMANDS: tuple[Callable[..., Any], ...] = (
    init,
    link,
    match,
    review,
    households,
    rules,
    prioritise,
    why,
    equity,
    export_parties,
    estimate,
    synthesize,
    erase,
    backup,
    restore,
    recover,
    migrate,
    reindex,
)
people.command("import")(import_list)
for command in COMMANDS:
    people.command()(command)
for group in (members, export):
    people.add_typer(group)
