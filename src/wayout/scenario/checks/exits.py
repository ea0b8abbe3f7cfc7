"""Rules about ways out. Infeasible is no error: these are warnings, and the plan says the rest.

Rows in the same situation are reported once, at the first of them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from wayout.clock import MINUTES_PER_HOUR
from wayout.findings import Finding
from wayout.scenario.checks.people import largest_party
from wayout.scenario.checks.rows import people_at_start, people_rows
from wayout.scenario.checks.ways import Exits, Needs
from wayout.scenario.checks.wording import amount, counted, listed, warning
from wayout.scenario.model import Scenario
from wayout.scenario.parties import Demand, Party

NOTHING = Needs()


@dataclass(slots=True)
class _Group:
    """Rows of a file with the same place, permitted havens and needs."""

    file: str
    first: int
    place: str
    may_go_to: tuple[str, ...]
    needs: Needs
    rows: int = 0
    largest: int = 0
    largest_index: int = 0


def _needs_of(row: Party | Demand) -> list[Needs]:
    """Needs of the parties of a row, each that occurs."""
    if isinstance(row, Party):
        return [Needs(row.stretchers, row.wheelchairs, row.size if row.unaccompanied else 0)]
    largest = largest_party(row)
    return [
        NOTHING,
        *([Needs(stretchers=1)] if row.stretchers_per_1000 > 0 else []),
        *([Needs(wheelchairs=1)] if row.wheelchairs_per_1000 > 0 else []),
        *([Needs(unaccompanied=largest)] if row.unaccompanied_per_1000 > 0 else []),
    ]


def _groups(scenario: Scenario) -> list[_Group]:
    groups: dict[tuple[str, str, tuple[str, ...], Needs], _Group] = {}
    for file, index, row in people_rows(scenario):
        largest = largest_party(row)
        for needs in _needs_of(row) if largest > 0 else ():
            key = (file, row.place, row.may_go_to, needs)
            group = groups.get(key)
            if group is None:
                group = groups[key] = _Group(file, index, row.place, row.may_go_to, needs)
            group.rows += 1
            if largest > group.largest:
                group.largest, group.largest_index = largest, index
    return list(groups.values())


def _others(group: _Group) -> str:
    return "" if group.rows == 1 else f" (and {counted(group.rows - 1, 'row', 'rows')} like it)"


def check_way_out(scenario: Scenario) -> Iterator[Finding]:
    """S71: from every place with people some way leads to a haven."""
    exits, people = Exits(scenario), people_at_start(scenario)
    width = exits.widest((), NOTHING)
    for index, place in enumerate(scenario.places):
        if people[place.place] > 0 and width.get(place.place, 0.0) <= 0 and exits.protecting:
            message = (
                f"No way leads from '{place.place}' to a haven: "
                f"its {counted(people[place.place], 'person', 'people')} cannot get out."
            )
            cure = "Link it to a place from which there is a way, with vehicles that can use it."
            yield warning("S71", "places.csv", index, "place", message, cure)


def check_way_to_permitted(scenario: Scenario) -> Iterator[Finding]:
    """S72: some way leads to a haven in ``may_go_to``."""
    exits = Exits(scenario)
    anywhere = exits.widest((), NOTHING)
    reported = set()
    for group in _groups(scenario):
        row = (group.file, group.first)
        if not group.may_go_to or row in reported or anywhere.get(group.place, 0.0) <= 0:
            continue
        if exits.widest(group.may_go_to, NOTHING).get(group.place, 0.0) <= 0:
            reported.add(row)
            message = (
                f"No way leads from '{group.place}' to {listed(group.may_go_to)}{_others(group)}."
            )
            cure = "Permit another haven, or link them; havens on the way must be permitted too."
            yield warning("S72", group.file, group.first, "may_go_to", message, cure)


def _in_words(needs: Needs) -> tuple[str, str]:
    """The need that matters, as a noun and as the column of a vehicle type."""
    if needs.unaccompanied:
        children = counted(needs.unaccompanied, "unaccompanied child", "unaccompanied children")
        return children, "escorts"
    parts = []
    if needs.stretchers:
        parts.append(counted(needs.stretchers, "stretcher", "stretchers"))
    if needs.wheelchairs:
        parts.append(counted(needs.wheelchairs, "wheelchair", "wheelchairs"))
    return " and ".join(parts), "stretchers" if needs.stretchers else "wheelchairs"


def _column_of_need(group: _Group, need: str) -> str:
    column = "unaccompanied" if need == "escorts" else need
    return column if group.file == "parties.csv" else f"{column}_per_1000"


def check_way_for_needs(scenario: Scenario) -> Iterator[Finding]:
    """S73: some way out takes stretchers, wheelchairs and unaccompanied children."""
    exits = Exits(scenario)
    for group in _groups(scenario):
        if group.needs == NOTHING:
            continue
        without = exits.widest(group.may_go_to, NOTHING).get(group.place, 0.0)
        if without > 0 and exits.widest(group.may_go_to, group.needs).get(group.place, 0.0) <= 0:
            words, need = _in_words(group.needs)
            message = f"No way out of '{group.place}' takes a party with {words}{_others(group)}."
            cure = f"Give vehicles of each leg {need}, or make its links assisted."
            column = _column_of_need(group, need)
            yield warning("S73", group.file, group.first, column, message, cure)


def check_way_wide_enough(scenario: Scenario) -> Iterator[Finding]:
    """S74: some way out takes the party whole (rule P1)."""
    exits = Exits(scenario)
    reported = set()
    for group in _groups(scenario):
        row = (group.file, group.largest_index)
        width = exits.widest(group.may_go_to, group.needs).get(group.place, 0.0)
        if 0 < width < group.largest and row not in reported:
            reported.add(row)
            message = (
                f"A party of {group.largest:,} at '{group.place}' is larger than the vehicles "
                f"out, which carry {amount(width)} at most{_others(group)}."
            )
            cure = "Split the party if it may travel apart, or add a larger vehicle."
            column = "size" if group.file == "parties.csv" else "sizes"
            yield warning("S74", group.file, group.largest_index, column, message, cure)


def check_way_in_time(scenario: Scenario) -> Iterator[Finding]:
    """S75: the shortest way out takes less than the time until the deadline."""
    people, shortest = people_at_start(scenario), Exits(scenario).shortest()
    for index, place in enumerate(scenario.places):
        minutes = shortest.get(place.place)
        if minutes is not None and minutes > scenario.deadline > 0 and people[place.place] > 0:
            message = (
                f"The shortest way from '{place.place}' to a haven takes "
                f"{amount(round(minutes / MINUTES_PER_HOUR, 1))} h, longer than until the deadline."
            )
            cure = "Add a faster way or a nearer haven, or move the deadline."
            yield warning("S75", "places.csv", index, "place", message, cure)


EXIT_RULES: tuple[Callable[[Scenario], Iterator[Finding]], ...] = (
    check_way_out,
    check_way_to_permitted,
    check_way_for_needs,
    check_way_wide_enough,
    check_way_in_time,
)
