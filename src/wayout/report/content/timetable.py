"""The timetable in words: departures by place, call-forward counts by place and day."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from wayout.plan.model import Movement
from wayout.report.content.material import Material
from wayout.report.content.pieces import Cell, Column, Group, Row, Table, Tone
from wayout.report.text import count, people, span, things
from wayout.scenario.links import Mode

_EACH = 60
"""Up to so many departures of a place are listed one by one; more are added up by day."""
_DAYS_A_TABLE = 9


@dataclass(slots=True)
class _Sum:
    """Movements of one kind in one day, added up."""

    first: int
    last: int
    departures: int = 0
    people: int = 0
    vehicles: int = 0


def departures(material: Material) -> tuple[Group, ...]:
    """Departures with people, by place, in the order people pass the places."""
    by_place: dict[str, list[Movement]] = defaultdict(list)
    for movement in material.loaded:
        by_place[movement.origin].append(movement)
    rank = material.place_rank()
    groups: list[Group] = []
    for place in sorted(by_place, key=lambda name: (rank.get(name, len(rank)), name)):
        moves = sorted(by_place[place], key=lambda movement: (movement.depart, movement.movement))
        carried = people(sum(movement.people for movement in moves))
        remark = f"{things(len(moves), 'departure')}, {carried}"
        if material.is_internal(place):
            remark += "; not for release"
        table = _each(material, moves) if len(moves) <= _EACH else _by_day(material, moves)
        groups.append(Group(material.place_title(place), remark, (table,)))
    return tuple(groups)


def _to(material: Material, place: str) -> str | Cell:
    title = material.place_title(place)
    return Cell(title, Tone.INTERNAL) if material.is_internal(place) else title


def _how(material: Material, movement: Movement) -> str:
    if movement.vehicle:
        return f"{movement.vehicle} ({material.fleet_type(movement.fleet)})"
    return by_themselves(material.mode_of(movement))


def by_themselves(mode: Mode) -> str:
    """How people travel without a vehicle of the plan."""
    return "on foot" if mode is Mode.FOOT else f"by {mode}, on their own"


def _each(material: Material, moves: Iterable[Movement]) -> Table:
    rows: list[Row] = [
        (
            material.clock.moment(movement.depart),
            _to(material, movement.destination),
            _how(material, movement),
            material.clock.moment(movement.arrive),
            count(movement.people) + (" (emergency loading)" if movement.emergency else ""),
        )
        for movement in moves
    ]
    columns = (
        Column("Departs", weight=1.1),
        Column("To", weight=2),
        Column("With", weight=2),
        Column("Arrives", weight=1.1),
        Column("People", True),
    )
    return Table("Every departure", columns, tuple(rows))


def _by_day(material: Material, moves: Iterable[Movement]) -> Table:
    sums = day_sums(material, moves)
    rows: list[Row] = []
    for (day, destination, fleet, mode), total in sums.items():
        how = f"{material.fleet_type(fleet)} ({fleet})" if fleet else by_themselves(Mode(mode))
        when = f"{material.clock.time(total.first)} \N{EN DASH} {material.clock.time(total.last)}"
        rows.append(
            (
                material.clock.day_text(day),
                _to(material, destination),
                how,
                when,
                count(total.departures),
                count(total.people),
            )
        )
    columns = (
        Column("Day", weight=0.9),
        Column("To", weight=2),
        Column("With", weight=2),
        Column("First \N{EN DASH} last", weight=1.1),
        Column("Departures", True, 0.8),
        Column("People", True, 0.8),
    )
    return Table("Departures by day, destination and fleet", columns, tuple(rows))


def day_sums(
    material: Material, moves: Iterable[Movement]
) -> dict[tuple[int, str, str, str], _Sum]:
    """Movements added up by local day, destination, fleet and mode, in this order."""
    sums: dict[tuple[int, str, str, str], _Sum] = {}
    for movement in moves:
        key = (
            material.clock.day_of(movement.depart),
            movement.destination,
            movement.fleet,
            str(material.mode_of(movement)),
        )
        total = sums.setdefault(key, _Sum(movement.depart, movement.depart))
        total.first, total.last = (
            min(total.first, movement.depart),
            max(total.last, movement.depart),
        )
        total.departures += 1
        total.people += movement.people
        total.vehicles += bool(movement.vehicle)
    return dict(sorted(sums.items()))


def call_forward(material: Material) -> tuple[Table, ...]:
    """People called forward by first place and day of the operation, a few days a table."""
    found = material.measures.call_forward
    if not found:
        return ()
    counts = {(item.place, item.day): item.people for item in found}
    days = sorted({item.day for item in found})
    rank = material.place_rank()
    places = sorted({item.place for item in found}, key=lambda name: rank.get(name, len(rank)))
    blocks = [days[at : at + _DAYS_A_TABLE] for at in range(0, len(days), _DAYS_A_TABLE)]
    return tuple(_call_block(material, places, block, counts) for block in blocks)


def _call_block(
    material: Material, places: list[str], days: list[int], counts: dict[tuple[str, int], int]
) -> Table:
    heads = [
        Column(
            material.clock.moment(day * 1440)
            if _offset_day(material)
            else material.clock.date(day * 1440),
            True,
        )
        for day in days
    ]
    rows: list[Row] = []
    for place in places:
        numbers = [counts.get((place, day), 0) for day in days]
        if any(numbers):
            rows.append(
                (
                    _to(material, place),
                    *[count(number) if number else "\N{EN DASH}" for number in numbers],
                )
            )
    sums = [sum(counts.get((place, day), 0) for place in places) for day in days]
    rows.append(("All", *[count(number) for number in sums]))
    begins = material.clock.time(0)
    note = "" if not _offset_day(material) else f"A day of the operation begins at {begins}."
    return Table(
        "People called forward from their first place",
        (Column("Area", weight=2.2), *heads),
        tuple(rows),
        note,
    )


def _offset_day(material: Material) -> bool:
    return material.clock.time(0) != "00:00"


def vehicle_sentence(material: Material) -> str:
    """What the vehicles do, in one sentence."""
    moves = [movement for movement in material.plan.movements if movement.vehicle]
    if not moves:
        return "No vehicle moves in this plan."
    empty = sum(1 for movement in moves if not movement.people)
    under_way = sum(movement.arrive - movement.depart for movement in moves)
    return (
        f"{things(material.measures.vehicles_used, 'vehicle')} make "
        f"{things(len(moves), 'movement')}, {count(empty)} of them empty, "
        f"and are under way for {span(under_way)} in all."
    )
