"""``wayout people households``: families, what is proposed, who may be missing; join and split."""

import json
from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from wayout.cli.people.opening import Opening, ReasonOption, opens
from wayout.cli.people.viewing import OnOption, RoleOption, TrustOption, day_of, view_in
from wayout.cli.wording import counted, number
from wayout.errors import RegistryError
from wayout.registry.households.asking import ASKED, Question, questions
from wayout.registry.households.folding import JOIN, SPLIT, Change
from wayout.registry.households.view import LEFT_APART, View
from wayout.registry.review.verdicts import UNDO
from wayout.registry.vault.roles import Role

MOST_SHOWN = 40

JoinOption = Annotated[
    list[str] | None, typer.Option("--join", help="A household to join; give two or more.")
]
ApartOption = Annotated[
    list[str] | None,
    typer.Option("--leave-apart", help="A household to leave apart from another; give two."),
]
SplitOption = Annotated[
    list[str] | None,
    typer.Option("--split", help="A person to take out into a household of its own; or more."),
]
AskedOption = Annotated[
    str, typer.Option("--asked", help="A household whose family said that nobody is missing.")
]


@opens
def households(
    at: Opening,
    reason: ReasonOption,
    role: RoleOption = Role.REVIEWER,
    trust: TrustOption = None,
    on: OnOption = "",
    join: JoinOption = None,
    leave_apart: ApartOption = None,
    split: SplitOption = None,
    asked: AskedOption = "",
    undo: Annotated[int | None, typer.Option("--undo", min=1, help="Take back a decision.")] = None,
    history: Annotated[str, typer.Option("--history", help="A household: what happened.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Show families, proposals and open questions; or decide on households."""
    day = day_of(on)
    with at.opened() as at_work:
        view = view_in(at_work, role, reason, trust)
        deciding = _decisions(view, join, leave_apart, split, asked, undo)
        for kind, body, records in deciding:
            done = at_work.decide(kind, body, reason, role=role, records=records)
            typer.echo(f"{kind} is decision {done.number}; --undo {done.number} takes it back.")
        if deciding:
            return
        found = questions(view.facts, view.families, at_work.decisions(), day)
    if history:
        _print_history(view.households.history_of(history))
    elif as_json:
        typer.echo(json.dumps(as_object(view, found), ensure_ascii=False, indent=2))
    else:
        _print(view, found)


Deciding = tuple[str, dict[str, Any], tuple[str, ...]]


def _decisions(
    view: View,
    join: list[str] | None,
    leave_apart: list[str] | None,
    split: list[str] | None,
    asked: str,
    undo: int | None,
) -> list[Deciding]:
    """What the options decide; raises RegistryError for households and persons that are not."""
    found: list[Deciding] = []
    if join:
        found.append((JOIN, {"households": _stated(view, join, 2)}, tuple(join)))
    if leave_apart:
        both = _stated(view, leave_apart, 2)
        found.append((LEFT_APART, {"households": both}, tuple(both)))
    if split:
        records = _records(view, split)
        found.append((SPLIT, {"records": list(records)}, records))
    if asked:
        persons = view.families.members().get(asked)
        if persons is None:
            raise RegistryError(f"There is no household {asked}.")
        body = {"household": asked, "persons": list(persons), "complete": True}
        found.append((ASKED, body, persons))
    if undo is not None:
        found.append((UNDO, {"undoes": undo}, ()))
    return found


def _stated(view: View, names: list[str], least: int) -> list[str]:
    known = set(view.households.of_record.values())
    unknown = [name for name in names if name not in known]
    if unknown:
        raise RegistryError(f"There is no household {', '.join(unknown)}.")
    if len(set(names)) < least:
        raise RegistryError(f"Name {least} households; the option is given once for each.")
    return list(dict.fromkeys(names))


def _records(view: View, persons: list[str]) -> tuple[str, ...]:
    members = view.persons.members()
    unknown = [person for person in persons if person not in members]
    if unknown:
        raise RegistryError(f"There is no person {', '.join(unknown)}.")
    return tuple(record for person in persons for record in members[person])


def as_object(view: View, found: tuple[Question, ...]) -> dict[str, object]:
    """Families, proposals and questions as ``--json`` prints them: identifiers only."""
    return {
        "households": {name: list(one) for name, one in view.families.members().items()},
        "absorbed": dict(view.families.absorbed),
        "proposals": [asdict(proposal) for proposal in view.families.proposals],
        "questions": [asdict(question) for question in found],
    }


def _print(view: View, found: tuple[Question, ...]) -> None:
    console = Console(soft_wrap=True, highlight=False)
    members = view.families.members()
    people = counted(len(view.families.of_person), "person", "people")
    console.print(Text(f"{people} in {counted(len(members), 'household', 'households')}."))
    console.print(_proposals(view))
    table = Table("who is missing from", box=None, pad_edge=False)
    table.add_column("people", justify="right")
    table.add_column("because")
    for question in found[:MOST_SHOWN]:
        table.add_row(question.household, str(len(question.persons)), "; ".join(question.signs))
    console.print(table)
    if len(found) > MOST_SHOWN:
        console.print(Text(f"and {number(len(found) - MOST_SHOWN)} more households to ask."))


def _proposals(view: View) -> Table:
    table = Table("join?", "with", box=None, pad_edge=False)
    for name in ("people", "people", "in both"):
        table.add_column(name, justify="right")
    for proposal in view.families.proposals[:MOST_SHOWN]:
        sizes = (str(proposal.num_one), str(proposal.num_other), str(len(proposal.shared)))
        table.add_row(proposal.one, proposal.other, *sizes)
    return table


def _print_history(changes: tuple[Change, ...]) -> None:
    if not changes:
        typer.echo("It is as its list states it: nobody joined or split it.")
    for change in changes:
        names = ", ".join(change.households)
        why = change.reason or "reason erased"
        typer.echo(
            f"{change.number} {change.time:%Y-%m-%d %H:%M} {change.what} by {change.author}: "
            f"{names}. {why}"
        )
