"""``wayout manifest``: the names of a movement, for a person with the role and a reason."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from wayout.cli.people.opening import Opening, ReasonOption, opens
from wayout.cli.people.viewing import RoleOption
from wayout.cli.wording import counted, moment
from wayout.errors import PlanError, RegistryError
from wayout.plan.folder import read
from wayout.plan.model import Movement, Plan
from wayout.registry.households.view import records_of
from wayout.registry.parties import KIND
from wayout.registry.register import Register
from wayout.registry.release import files
from wayout.registry.release.exports import Export
from wayout.registry.review.side_by_side import birth_text, printable
from wayout.registry.survivor import Survivor, survivor_of
from wayout.registry.vault.roles import Role
from wayout.report.document.manifest import COLUMNS, Manifest, Passenger, manifest_pdf
from wayout.scenario.model import Scenario
from wayout.scenario.parties import Party

NAMES = ("given", "father", "family", "sex", "birth_year", "birth_month", "birth_day")


@dataclass(frozen=True, slots=True)
class _Aboard:
    """The parties of a movement and, for each, the records of each of its persons."""

    plan: Plan
    scenario: Scenario
    movement: Movement
    parties: tuple[Party, ...]
    persons: Mapping[str, Sequence[Sequence[str]]]

    def records(self) -> list[str]:
        return [
            one for party in self.parties for person in self.persons[party.party] for one in person
        ]


@opens
def manifest(
    at: Opening,
    plan: Annotated[Path, typer.Argument(help="Folder of the plan.")],
    movement: Annotated[str, typer.Argument(help="Identifier of the movement.")],
    reason: ReasonOption,
    role: RoleOption = Role.GATE,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Folder for the PDF and the XLSX book.")
    ] = None,
    recipient: Annotated[
        str, typer.Option("--recipient", help="Who gets the copy; it is marked for him.")
    ] = "",
    hours: Annotated[
        int, typer.Option("--hours", min=1, max=24 * 30, help="Hours until it is destroyed.")
    ] = 48,
    export: Annotated[
        str, typer.Option("--export", help="An export that a second person has approved.")
    ] = "",
) -> None:
    """Join names back to the parties of a movement: on the screen, or as PDF and XLSX with -o."""
    found, scenario = read(plan)
    with at.opened() as at_work:
        aboard = _aboard(found, scenario, movement, at_work)
        frame = at_work.records(role, _why(reason, movement), aboard.records())
        known = records_of(frame)
        people = {
            tuple(person): survivor_of(person[0], [known[one] for one in person if one in known])
            for party in aboard.parties
            for person in aboard.persons[party.party]
        }
        if output is None:
            _print(aboard, list(_passengers(aboard, people, {})))
            return
        item = _prepared(at_work, role, reason, aboard, people, recipient, hours, export)
        references = _released(at_work, role, reason, item)
    passengers = tuple(_passengers(aboard, people, references))
    _write(aboard, passengers, item, reason, output)


def _why(reason: str, movement: str) -> str:
    return f"manifest {movement}: {reason}"


def _aboard(plan: Plan, scenario: Scenario, name: str, register: Register) -> _Aboard:
    """Who is on a movement; raises for one that is not there or whose parties nobody exported."""
    number = next((n for n, one in enumerate(plan.movements) if one.movement == name), None)
    if number is None:
        raise PlanError(f"The plan has no movement {name}; see its movements.csv.")
    listed = dict(enumerate(scenario.parties))
    rows = plan.loads.party[plan.loads.movement == number].tolist()
    drawn = [row for row in rows if row not in listed]
    if drawn:
        raise RegistryError(
            f"{len(drawn)} of the parties on {name} were drawn from demand.csv: they stand for "
            "people whom no list names."
        )
    if not rows:
        raise RegistryError(f"Nobody travels on {name}.")
    parties = tuple(listed[row] for row in sorted(rows))
    return _Aboard(plan, scenario, plan.movements[number], parties, _persons(parties, register))


def _persons(parties: Sequence[Party], register: Register) -> dict[str, Sequence[Sequence[str]]]:
    known: dict[str, Sequence[Sequence[str]]] = {}
    for decision in register.decisions(KIND):
        known |= decision.body["parties"]
    unknown = [party.party for party in parties if party.party not in known]
    if unknown:
        raise RegistryError(
            f"{len(unknown)} of the parties were not exported from this register: "
            f"{', '.join(unknown[:3])}."
        )
    return {party.party: known[party.party] for party in parties}


def _passengers(
    aboard: _Aboard, people: Mapping[tuple[str, ...], Survivor], references: Mapping[str, str]
) -> Iterator[Passenger]:
    for party in aboard.parties:
        for person in aboard.persons[party.party]:
            one = people[tuple(person)]
            reference = next((references[name] for name in person if name in references), "")
            yield _passenger(party, one, reference)


def _passenger(party: Party, one: Survivor, reference: str) -> Passenger:
    names = " ".join(text for name in ("given", "family") if (text := one.text(name)))
    return Passenger(
        reference=reference,
        party=party.party,
        priority=party.priority,
        name=printable(names) or "(erased)" if one.records else "(erased)",
        father=printable(one.text("father") or ""),
        sex=one.text("sex") or "",
        birth=_birth(one),
        needs=_needs(party),
    )


def _birth(one: Survivor) -> str:
    year = one.value("birth_year")
    exact = [record for record in one.records if record.birth_year == year]
    texts = sorted((birth_text(record) for record in exact), key=len)
    plain = [text for text in texts if "default" not in text]
    return str(year or "") if not plain else plain[-1]


def _needs(party: Party) -> str:
    parts = [
        counted(number, one, many)
        for number, one, many in (
            (party.stretchers, "stretcher", "stretchers"),
            (party.wheelchairs, "wheelchair", "wheelchairs"),
        )
        if number
    ]
    return ", ".join([*parts, *(["unaccompanied"] if party.unaccompanied else [])])


def _prepared(
    register: Register,
    role: Role,
    reason: str,
    aboard: _Aboard,
    people: Mapping[tuple[str, ...], Survivor],
    recipient: str,
    hours: int,
    export: str,
) -> Export:
    """The export that the manifest is, shown before anything is written.

    Raises RegistryError where it needs a second person first; it then says what to do.
    """
    if export:
        item = register.exports.get(export)
        if item.audience != _audience(aboard):
            raise RegistryError(f"The export {export} is not the manifest of this movement.")
    elif not recipient:
        raise RegistryError("Say who gets the copy with --recipient: each copy is marked.")
    else:
        item = register.exports.prepare(
            role,
            _why(reason, aboard.movement.movement),
            [_best(person, people[person]) for person in people],
            NAMES,
            audience=_audience(aboard),
            recipients=[recipient],
            expires=datetime.now(UTC) + timedelta(hours=hours),
        )
    rows = counted(item.num_rows, "row", "rows")
    typer.echo(
        f"Export {item.export}: {rows}, {item.num_hidden} of them hidden in their lists, "
        f"for {', '.join(item.recipients)}, until {_until(item)}.",
        err=True,
    )
    if item.needs_second and item.num_approvals <= item.num_released:
        raise RegistryError(
            f"So many rows need a second person: have {item.export} approved, then run this again "
            f"with --export {item.export}."
        )
    return item


def _until(item: Export) -> str:
    return f"{item.expires:%Y-%m-%d %H:%M} UTC"


def _audience(aboard: _Aboard) -> str:
    return f"manifest {aboard.movement.movement} of {aboard.scenario.name}"


def _best(person: Sequence[str], one: Survivor) -> str:
    """The record that the person's name was picked from; the first if it has none."""
    chosen = one.fields.get("given") or one.fields.get("family")
    return person[0] if chosen is None else chosen.record


def _released(register: Register, role: Role, reason: str, item: Export) -> dict[str, str]:
    """Release the export, and give the reference of each record in the first recipient's copy."""
    (copy, *_) = register.exports.release_in_memory(item.export, role, reason)
    references = copy.references()
    if len(references) != len(item.records):
        raise RegistryError("Some of the people were erased meanwhile: run this again.")
    return references


def _facts(aboard: _Aboard) -> tuple[tuple[str, str], ...]:
    movement, start = aboard.movement, aboard.scenario.start
    by = movement.vehicle or "by themselves"
    return (
        ("from", f"{movement.origin}, {moment(movement.depart, start)}"),
        ("to", f"{movement.destination}, {moment(movement.arrive, start)}"),
        ("by", f"{by} over {movement.link}"),
        ("people", f"{movement.people} in {counted(len(aboard.parties), 'party', 'parties')}"),
    )


def _write(
    aboard: _Aboard,
    passengers: tuple[Passenger, ...],
    item: Export,
    reason: str,
    folder: Path,
) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    stem = "".join(sign if sign.isalnum() or sign in "-_" else "_" for sign in item.audience)
    book, document = (folder / f"{stem[:80]}-{item.export[:8]}{end}" for end in (".xlsx", ".pdf"))
    files.write(book, [head for head, _ in COLUMNS], [one.cells() for one in passengers])
    until = _until(item)
    made = Manifest(
        aboard.movement.movement,
        _facts(aboard),
        passengers,
        ", ".join(item.recipients),
        reason,
        until,
        datetime.now(UTC),
    )
    document.touch(mode=0o600, exist_ok=False)
    document.write_bytes(manifest_pdf(made))
    typer.echo(f"{book}\n{document}\nDestroy both by {until}, and say so.")


def _print(aboard: _Aboard, passengers: Sequence[Passenger]) -> None:
    console = Console(soft_wrap=True, highlight=False)
    for label, text in _facts(aboard):
        console.print(Text(f"{label}: {text}"))
    table = Table(box=None, pad_edge=False)
    shown = [position for position, (head, _) in enumerate(COLUMNS) if head not in _ON_PAPER]
    for position in shown:
        table.add_column(COLUMNS[position][0])
    for passenger in passengers:
        table.add_row(*(Text(passenger.cells()[position]) for position in shown))
    console.print(table)


_ON_PAPER = ("reference", "boarded")
