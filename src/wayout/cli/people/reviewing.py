"""``wayout people review``: pairs side by side, the keyboard only, one answer a key."""

import json
from collections.abc import Callable, Sequence
from typing import Annotated

import click
import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from wayout.cli.people.opening import Opening, ReasonOption, opens
from wayout.cli.people.viewing import RoleOption, TrustOption, view_in
from wayout.cli.wording import counted, number
from wayout.errors import RegistryError
from wayout.registry.households.view import View
from wayout.registry.register import Register
from wayout.registry.review.queue import Candidate, Item, candidate_of, households_joined, queue
from wayout.registry.review.side_by_side import Line, Match, household_lines, lines
from wayout.registry.review.sitting import MEANING, Asked, Given, Sitting
from wayout.registry.review.verdicts import UNDO, Answer, Pair, body_of, pair_of
from wayout.registry.vault.roles import Role

MOST_LISTED = 40
_STYLES = {Match.EQUAL: "green", Match.DIFFERENT: "bold red", Match.ONE_SIDED: "dim"}

AnswerOption = Annotated[
    Answer | None,
    typer.Option("--answer", help="Answer the pair of --left and --right without a screen."),
]


@opens
def review(
    at: Opening,
    reason: ReasonOption,
    role: RoleOption = Role.REVIEWER,
    trust: TrustOption = None,
    only_list: Annotated[
        bool, typer.Option("--list", help="Print the queue, worth most first, and stop.")
    ] = False,
    answer: AnswerOption = None,
    left: Annotated[str, typer.Option(help="A record of the pair.")] = "",
    right: Annotated[str, typer.Option(help="The other record.")] = "",
    undo: Annotated[int | None, typer.Option("--undo", min=1, help="Take back a decision.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the queue as JSON.")] = False,
) -> None:
    """Answer whether two records are one person: same, different, don't know."""
    with at.opened() as at_work:
        if undo is not None:
            take_back(at_work, role, reason, undo)
            return
        view = view_in(at_work, role, reason, trust)
        items = queue_of(at_work, view)
        if answer is not None:
            candidate = _named(at_work, view, pair_of(left, right))
            done = record(at_work, role, view, Given(candidate, answer, reason), reason)
            typer.echo(f"Answer {done}; --undo {done} takes it back.")
        elif as_json:
            typer.echo(json.dumps([as_object(item) for item in items], indent=2))
        elif only_list:
            _print_queue(items)
        else:
            sit(at_work, role, reason, view, Sitting(items), Console(highlight=False), key)


def queue_of(register: Register, view: View) -> tuple[Item, ...]:
    """What the member at work should be asked, worth most first."""
    household = {
        record: view.families.of_person[person] for record, person in view.persons.of_record.items()
    }
    return queue(register.pairs(), household, view.verdicts, register.member.member)


def _named(register: Register, view: View, pair: Pair) -> Candidate:
    """Any two records, whatever linking says of them: a wrong link is answered as well."""
    unknown = [name for name in (pair.left, pair.right) if name not in view.records]
    if unknown or pair.left == pair.right:
        raise RegistryError(f"There is no pair of records {pair.left} and {pair.right}.")
    return candidate_of(register.pairs(), pair)


def as_object(item: Item) -> dict[str, object]:
    """An item of the queue as ``--json`` prints it: identifiers and figures only."""
    return {
        "households": [item.one, item.other],
        "worth": round(item.worth, 6),
        "pairs": [
            {
                "left": candidate.pair.left,
                "right": candidate.pair.right,
                "score": candidate.score,
                "chance": round(candidate.chance, 6),
                "waiting": candidate.waiting,
                "explanation": dict(candidate.explanation),
            }
            for candidate in item.candidates
        ],
    }


def record(register: Register, role: Role, view: View, given: Given, reason: str) -> int:
    """Keep an answer as a decision; its number."""
    pair, members = given.candidate.pair, view.families.members()
    household = {
        one: view.families.of_person[view.persons.of_record[one]] for one in (pair.left, pair.right)
    }
    joins = households_joined(pair, household, {name: len(one) for name, one in members.items()})
    body = body_of(pair, given.candidate.score, given.candidate.explanation, joins)
    done = register.decide(
        given.answer, body, given.note or reason, role=role, records=(pair.left, pair.right)
    )
    return done.number


def take_back(register: Register, role: Role, reason: str, undone: int) -> None:
    """Undo a decision by another one; raises RegistryError if there is none of that number."""
    concerned = [one for one in register.decisions() if one.number == undone]
    if not concerned:
        raise RegistryError(f"There is no decision {undone}.")
    done = register.decide(
        UNDO, {"undoes": undone}, reason, role=role, records=concerned[0].records
    )
    typer.echo(f"Decision {undone} is taken back by decision {done.number}.")


def key() -> str:
    """One key from the terminal, without waiting for the line to end."""
    pressed: str = click.getchar()
    return pressed


def sit(
    register: Register,
    role: Role,
    reason: str,
    view: View,
    sitting: Sitting,
    console: Console,
    read_key: Callable[[], str],
) -> None:
    """Show pair after pair and do what the keys say, until there is none left or ``q``."""
    done: list[tuple[int, Candidate]] = []
    while (candidate := sitting.candidate) is not None:
        console.print(board(view, sitting, candidate))
        asked = sitting.press(read_key())
        if asked is Asked.QUIT:
            break
        if isinstance(asked, Given):
            done.append((record(register, role, view, asked, reason), candidate))
        elif asked is Asked.NOTE:
            sitting.note = typer.prompt("Note", default="", show_default=False)
        elif asked is Asked.UNDO and done:
            undone, earlier = done.pop()
            take_back(register, role, reason, undone)
            sitting.reopen(earlier)
    console.print(Text(f"{counted(len(done), 'answer', 'answers')} kept."))


def board(view: View, sitting: Sitting, candidate: Candidate) -> Table:
    """The pair and both households as the terminal shows them."""
    pair = candidate.pair
    table = Table(title=Text(_title(sitting, candidate)), title_justify="left")
    for name in ("", pair.left, "", pair.right, "bits"):
        table.add_column(Text(name), justify="right" if name == "bits" else "left")
    for line in lines(view.records[pair.left], view.records[pair.right], candidate):
        table.add_row(*_cells(line))
    table.add_section()
    both = [_household(view, one) for one in (pair.left, pair.right)]
    table.add_row(Text("household"), Text(both[0]), Text(""), Text(both[1]), Text(""))
    keys = "  ".join(f"[{key}] {meaning}" for key, meaning in MEANING.items())
    table.caption = Text(keys + (f"\nNote: {sitting.note}" if sitting.note else ""))
    return table


def _title(sitting: Sitting, candidate: Candidate) -> str:
    waiting = " · somebody has answered; a second is needed" if candidate.waiting else ""
    return (
        f"{number(sitting.num_open)} open · chance {candidate.chance:.0%} "
        f"(score {candidate.score:.1f}){waiting}"
    )


def _cells(line: Line) -> tuple[Text, ...]:
    style = _STYLES[line.match]
    bits = "" if line.bits is None else f"{line.bits:+.1f}"
    return (
        Text(line.label),
        Text(line.left, style=style),
        Text(line.match, style=style),
        Text(line.right, style=style),
        Text(bits),
    )


def _household(view: View, one: str) -> str:
    person = view.persons.of_record[one]
    persons = view.families.members()[view.families.of_person[person]]
    records = {name: view.survivors[name].records for name in persons}
    return "\n".join(household_lines(persons, records))


def _print_queue(items: Sequence[Item]) -> None:
    table = Table("household", "against", box=None, pad_edge=False)
    for name in ("pairs", "worth", "best chance"):
        table.add_column(name, justify="right")
    for item in items[:MOST_LISTED]:
        best = max(candidate.chance for candidate in item.candidates)
        cells = (str(len(item.candidates)), f"{item.worth:.2f}", f"{best:.0%}")
        table.add_row(item.one, item.other, *cells)
    console = Console(soft_wrap=True, highlight=False)
    console.print(table)
    pairs = sum(len(item.candidates) for item in items)
    console.print(Text(f"{counted(pairs, 'pair', 'pairs')} to be answered."))
