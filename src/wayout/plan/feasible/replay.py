"""A plan's movements and loads as columns that point into the scenario's tables.

Whatever a plan says is accepted here: an unknown name becomes -1, a time outside the plan a time
that `Replay.timed` is false for. The rules report them; nothing else stumbles over them.
"""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from wayout.clock import text_of
from wayout.plan.feasible.calendar import Calendar, Int, Mask
from wayout.plan.model import Loads, Movement, Plan
from wayout.scenario.fleet import Fleet, VehicleType
from wayout.scenario.links import Link
from wayout.scenario.model import Scenario
from wayout.scenario.people import People

UNKNOWN = -1
FARTHEST = 1 << 40
"""Times and counts beyond this are cut to it, so that any number fits a column."""


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Movements as columns. ``vehicle`` counts from 1 within its fleet, 0 if there is none such."""

    link: Int
    fleet: Int
    vehicle: Int
    origin: Int
    destination: Int
    depart: Int
    arrive: Int
    people: Int
    emergency: Mask
    by_self: Mask


def _bounded(numbers: list[int]) -> Int:
    try:
        column = np.array(numbers, dtype=np.int64)
    except OverflowError:
        column = np.array([min(max(number, -FARTHEST), FARTHEST) for number in numbers])
    return column.clip(-FARTHEST, FARTHEST)


def _number_of(vehicle: str, fleet: str) -> int:
    """The number in ``fleet-number`` as it must be written, or 0."""
    digits = vehicle.removeprefix(f"{fleet}-")
    if digits == vehicle or not (digits.isascii() and digits.isdigit()) or digits[0] == "0":
        return 0
    return int(digits) if len(digits) <= 9 else 0


def columns_of(scenario: Scenario, movements: tuple[Movement, ...]) -> Columns:
    """The movements as columns; names that the scenario does not have become -1."""
    places = {place.place: i for i, place in enumerate(scenario.places)}
    links = {link.link: i for i, link in enumerate(scenario.links)}
    fleets = {fleet.fleet: i for i, fleet in enumerate(scenario.fleets)}
    most = [fleet.number for fleet in scenario.fleets]
    fleet = _bounded([fleets.get(m.fleet, UNKNOWN) for m in movements])
    vehicle = _bounded([_number_of(m.vehicle, m.fleet) for m in movements])
    limit = np.array([*most, 0], dtype=np.int64)[fleet]
    return Columns(
        link=_bounded([links.get(m.link, UNKNOWN) for m in movements]),
        fleet=fleet,
        vehicle=np.where(vehicle <= limit, vehicle, 0),
        origin=_bounded([places.get(m.origin, UNKNOWN) for m in movements]),
        destination=_bounded([places.get(m.destination, UNKNOWN) for m in movements]),
        depart=_bounded([m.depart for m in movements]),
        arrive=_bounded([m.arrive for m in movements]),
        people=_bounded([m.people for m in movements]),
        emergency=np.array([m.emergency for m in movements], dtype=np.bool_),
        by_self=np.array([not m.vehicle and not m.fleet for m in movements], dtype=np.bool_),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """Parties on movements that both exist, each pair once, in the order each party travels.

    ``row`` points into the loads; ``first`` and ``last`` mark the ends of each party's journey.
    """

    row: Int
    movement: Int
    party: Int
    first: Mask
    last: Mask


def _steps(loads: Loads, columns: Columns, num_parties: int) -> Steps:
    num = len(columns.depart)
    known = (loads.movement >= 0) & (loads.movement < num)
    known &= (loads.party >= 0) & (loads.party < num_parties)
    row = np.flatnonzero(known)
    movement, party = loads.movement[row], loads.party[row]
    order = np.lexsort((row, movement, columns.arrive[movement], columns.depart[movement], party))
    row, movement, party = row[order], movement[order], party[order]
    once = np.ones(len(row), dtype=np.bool_)
    once[1:] = (movement[1:] != movement[:-1]) | (party[1:] != party[:-1])
    row, movement, party = row[once], movement[once], party[once]
    first = np.ones(len(row), dtype=np.bool_)
    first[1:] = party[1:] != party[:-1]
    return Steps(row, movement, party, first, np.append(first[1:], True)[: len(row)])


@dataclass(frozen=True, slots=True, eq=False)
class Turns:
    """Movements of vehicles that exist, in the order each vehicle makes them.

    ``row`` points into the movements; ``first`` and ``last`` mark the ends of each vehicle's work.
    """

    row: Int
    first: Mask
    last: Mask


def _turns(columns: Columns) -> Turns:
    row = np.flatnonzero((columns.fleet >= 0) & (columns.vehicle > 0))
    fleet, vehicle = columns.fleet[row], columns.vehicle[row]
    order = np.lexsort((row, columns.arrive[row], columns.depart[row], vehicle, fleet))
    row, fleet, vehicle = row[order], fleet[order], vehicle[order]
    first = np.ones(len(row), dtype=np.bool_)
    first[1:] = (fleet[1:] != fleet[:-1]) | (vehicle[1:] != vehicle[:-1])
    return Turns(row, first, np.append(first[1:], True)[: len(row)])


class Replay:
    """A plan beside its scenario, ready to be checked."""

    def __init__(self, scenario: Scenario, plan: Plan, people: People) -> None:
        self.scenario = scenario
        self.plan = plan
        self.people = people
        self.calendar = Calendar(scenario)
        self.movements = columns_of(scenario, plan.movements)
        self.types = {vehicle.type: vehicle for vehicle in scenario.vehicles}

    @cached_property
    def steps(self) -> Steps:
        """Who travels on what, in the order each party travels."""
        return _steps(self.plan.loads, self.movements, self.people.num_parties)

    @cached_property
    def turns(self) -> Turns:
        """What each vehicle does, in order."""
        return _turns(self.movements)

    @cached_property
    def timed(self) -> Mask:
        """Movements within the plan's time and forward in it: what can be counted per tick."""
        depart, arrive = self.movements.depart, self.movements.arrive
        mask: Mask = (depart >= 0) & (arrive <= self.scenario.deadline) & (arrive > depart)
        return mask

    @cached_property
    def swapped(self) -> Mask:
        """Movements from their link's end to its beginning."""
        origin, destination = self._ends
        columns = self.movements
        forward = (columns.origin == origin) & (columns.destination == destination)
        backward = (columns.origin == destination) & (columns.destination == origin)
        mask: Mask = (columns.link >= 0) & backward & ~forward
        return mask

    @cached_property
    def on_link(self) -> Mask:
        """Movements whose ends are their link's, in either direction."""
        origin, destination = self._ends
        columns = self.movements
        forward = (columns.origin == origin) & (columns.destination == destination)
        mask: Mask = (columns.link >= 0) & (columns.origin >= 0) & (forward | self.swapped)
        return mask

    @cached_property
    def _ends(self) -> tuple[Int, Int]:
        places = {place.place: i for i, place in enumerate(self.scenario.places)}
        origins = [places.get(link.origin, UNKNOWN) for link in self.scenario.links]
        destinations = [places.get(link.destination, UNKNOWN) for link in self.scenario.links]
        link = self.movements.link
        return self.per_item(origins, link), self.per_item(destinations, link)

    @staticmethod
    def per_item(values: list[int], index: Int, default: int = UNKNOWN) -> Int:
        """``values[index]``, and ``default`` where the index is unknown."""
        column: Int = np.array([*values, default], dtype=np.int64)[index]
        return column

    @cached_property
    def carried(self) -> Int:
        """People on each movement as its parties' sizes sum up."""
        return self.sum_over_parties(self.people.size)

    def sum_over_parties(self, amount: NDArray[np.int64]) -> Int:
        """Sum of a figure of the parties on each movement."""
        steps = self.steps
        sums = np.zeros(len(self.movements.depart), dtype=np.int64)
        np.add.at(sums, steps.movement, amount[steps.party])
        return sums

    def fleet_of(self, movement: int) -> Fleet:
        """The fleet of a movement that has a known one."""
        return self.scenario.fleets[int(self.movements.fleet[movement])]

    def type_of(self, movement: int) -> VehicleType:
        """The vehicle type of a movement that has a known fleet."""
        return self.types[self.fleet_of(movement).type]

    def link_of(self, movement: int) -> Link:
        """The link of a movement that has a known one."""
        return self.scenario.links[int(self.movements.link[movement])]

    def travel(self, link: Link, vehicle: VehicleType | None) -> int:
        """Minutes over a link (M2), or -1 where neither minutes nor a speed is known."""
        if link.minutes is not None:
            return link.minutes
        if link.km is None or vehicle is None or not vehicle.km_per_hour:
            return UNKNOWN
        return math.ceil(round(link.km * 60 / vehicle.km_per_hour, 9))

    def at(self, tick: int) -> str:
        """A tick as the user reads it; ticks far outside the calendar as they are."""
        try:
            return text_of(tick, self.scenario.start)
        except OverflowError:
            return f"minute {tick}"

    def name(self, movement: int) -> str:
        """How messages call a movement."""
        given = self.plan.movements[movement]
        who = f" of {given.vehicle}" if given.vehicle else ""
        return f"Movement '{given.movement}'{who}"
