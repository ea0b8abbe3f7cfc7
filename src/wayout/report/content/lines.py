"""The timetables of the annexes: short lines under headings, for narrow columns of print."""

from collections import defaultdict
from dataclasses import dataclass

from wayout.plan.model import Movement
from wayout.report.content.material import Material
from wayout.report.content.timetable import by_themselves, day_sums
from wayout.report.text import count, people, things
from wayout.scenario.links import Mode

_MOST_LINES = 9000
"""So many vehicle movements are listed one by one, about 45 pages of them."""

Line = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Block:
    """Lines under a heading: when, which way, how many. A line without a way is a date."""

    title: str
    remark: str
    lines: tuple[Line, ...]


def _code(material: Material, place: str) -> str:
    return place + ("\N{DAGGER}" if material.is_internal(place) else "")


def _summed_modes(material: Material) -> frozenset[Mode]:
    """Modes whose vehicles are shown in a day's sum: feeders of large plans, all of vast ones."""
    moves = [movement for movement in material.plan.movements if movement.vehicle]
    if len(moves) <= _MOST_LINES // 2:
        return frozenset()
    others = sum(1 for movement in moves if material.mode_of(movement) is not Mode.ROAD)
    return frozenset(Mode) if others > _MOST_LINES else frozenset({Mode.ROAD})


def _single(material: Material, movement: Movement) -> Line:
    mark = "*" if movement.emergency else ""
    way = f"{_code(material, movement.destination)}, {movement.vehicle}"
    return material.clock.time(movement.depart), way, count(movement.people) + mark


def _sums(material: Material, moves: list[Movement]) -> list[tuple[int, int, Line]]:
    lines: list[tuple[int, int, Line]] = []
    for (day, destination, fleet, mode), total in day_sums(material, moves).items():
        how = fleet or by_themselves(Mode(mode))
        when = f"{material.clock.time(total.first)}\N{EN DASH}{material.clock.time(total.last)}"
        way = f"{_code(material, destination)}, {how}, {count(total.departures)}×"
        lines.append((day, total.first, (when, way, count(total.people))))
    return lines


def by_place(material: Material) -> tuple[Block, ...]:
    """Annex B: departures with people from each place, day by day."""
    moves: dict[str, list[Movement]] = defaultdict(list)
    for movement in material.loaded:
        moves[movement.origin].append(movement)
    rank, summing = material.place_rank(), _summed_modes(material)
    blocks: list[Block] = []
    for place in sorted(moves, key=lambda name: (rank.get(name, len(rank)), name)):
        added = {
            movement.movement: not movement.vehicle or material.mode_of(movement) in summing
            for movement in moves[place]
        }
        single = [movement for movement in moves[place] if not added[movement.movement]]
        summed = [movement for movement in moves[place] if added[movement.movement]]
        single.sort(key=lambda move: (move.depart, move.destination, _number(move.vehicle)))
        entries = [
            (material.clock.day_of(move.depart), move.depart, _single(material, move))
            for move in single
        ]
        entries = sorted(entries + _sums(material, summed), key=lambda entry: entry[:2])
        carried = people(sum(movement.people for movement in moves[place]))
        title = f"{material.place_title(place)} ({_code(material, place)})"
        blocks.append(
            Block(
                title,
                f"{things(len(moves[place]), 'departure')}, {carried}",
                _with_days(material, entries),
            )
        )
    return tuple(blocks)


def _with_days(material: Material, entries: list[tuple[int, int, Line]]) -> tuple[Line, ...]:
    """The lines with a date before the first of each day."""
    lines: list[Line] = []
    last: int | None = None
    for day, _, line in entries:
        if day != last:
            lines.append((material.clock.day_text(day), "", ""))
            last = day
        lines.append(line)
    return tuple(lines)


def by_vehicle(material: Material) -> tuple[Block, ...]:
    """Annex C: the movements of each vehicle; in very large plans, of each fleet by day."""
    moves: dict[tuple[str, str], list[Movement]] = defaultdict(list)
    summing = _summed_modes(material)
    for movement in material.plan.movements:
        if movement.vehicle:
            key = "" if material.mode_of(movement) in summing else movement.vehicle
            moves[(movement.fleet, key)].append(movement)
    order = {fleet.fleet: rank for rank, fleet in enumerate(material.scenario.fleets)}
    keys = sorted(moves, key=lambda key: (order.get(key[0], len(order)), key[0], _number(key[1])))
    return tuple(
        _vehicle_block(material, fleet, vehicle, moves[(fleet, vehicle)]) for fleet, vehicle in keys
    )


def _vehicle_block(material: Material, fleet: str, vehicle: str, moves: list[Movement]) -> Block:
    ordered = sorted(moves, key=lambda movement: (movement.depart, movement.movement))
    title = f"{vehicle or fleet}, {material.fleet_type(fleet)}"
    if vehicle:
        entries = [
            (material.clock.day_of(move.depart), move.depart, _leg(material, move))
            for move in ordered
        ]
        return Block(title, things(len(moves), "movement"), _with_days(material, entries))
    remark = f"{things(len(moves), 'movement')}, added up by day"
    return Block(title, remark, _with_days(material, _sums(material, ordered)))


def _leg(material: Material, movement: Movement) -> Line:
    clock = material.clock
    when = f"{clock.time(movement.depart)}\N{EN DASH}{clock.time(movement.arrive)}"
    way = (
        f"{_code(material, movement.origin)} \N{RIGHTWARDS ARROW} "
        f"{_code(material, movement.destination)}"
    )
    load = count(movement.people) if movement.people else "empty"
    return when, way, load + ("*" if movement.emergency else "")


def _number(vehicle: str) -> tuple[int, str]:
    last = vehicle.rpartition("-")[2]
    return (int(last), vehicle) if last.isdecimal() else (0, vehicle)
