"""Legs: a link in one direction, travelled by one fleet or by people themselves.

A leg carries everything that decides whether and when a departure is possible, so that no later
step has to look at links, types, berths or windows again.
"""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from wayout.network.timeline import Int, Mask, Timeline
from wayout.scenario.fleet import Fleet, VehicleType
from wayout.scenario.links import Berth, Link, Mode
from wayout.scenario.model import Scenario
from wayout.scenario.windows import Target

SELF_MOVING = -1
"""Fleet index of a leg that people travel by themselves."""

NO_BERTH = -1
"""Berth index where vehicles stop without limits (road)."""

ANY_NUMBER = 1 << 30
"""Stands for as many people as there are: what a way by oneself can take."""


@dataclass(frozen=True, slots=True, eq=False)
class Leg:
    """One way to travel. Indexes point into the scenario's tables.

    ``possible`` says for each tick whether a departure breaks none of the timing rules M2-M5, V3,
    V5, V7 (factor 0); ``seats`` how many people it may carry then (0 for empty returns).
    """

    link: int
    fleet: int
    origin: int
    destination: int
    forward: bool
    travel: int
    ground: int
    origin_berth: int
    destination_berth: int
    possible: Mask
    seats: Int
    stretchers: int
    wheelchairs: int
    escorts: int

    @property
    def carries(self) -> bool:
        """Whether people can be aboard."""
        return self.forward

    @property
    def by_self(self) -> bool:
        """Whether people travel it by themselves."""
        return self.fleet == SELF_MOVING


def travel_minutes(link: Link, vehicle: VehicleType | None) -> int | None:
    """Minutes over a link (rule M2), or None where neither minutes nor a speed is known."""
    if link.minutes is not None:
        return link.minutes
    if link.km is None or vehicle is None or not vehicle.km_per_hour:
        return None
    return math.ceil(round(link.km * 60 / vehicle.km_per_hour, 9))


def open_to(link: Link, vehicle: VehicleType) -> bool:
    """Whether a vehicle type may travel a link (rule M3)."""
    listed = not link.open_to or vehicle.type in link.open_to
    in_range = link.km is None or link.km <= vehicle.range_km
    return link.mode is vehicle.mode and link.mode is not Mode.FOOT and listed and in_range


def berth_of(scenario: Scenario, place: str, vehicle: VehicleType) -> int | None:
    """Berth that a type uses at a place (V5); ``NO_BERTH`` if it needs none, None if barred."""
    here = [(i, berth) for i, berth in enumerate(scenario.berths) if berth.place == place]
    fitting = [(i, berth) for i, berth in here if _serves(berth, vehicle)]
    for index, berth in sorted(fitting, key=lambda pair: not pair[1].types):
        fits = berth.runway_m >= vehicle.runway_m and berth.depth_m >= vehicle.draught_m
        return index if fits else None
    return NO_BERTH if vehicle.mode is Mode.ROAD else None


def _serves(berth: Berth, vehicle: VehicleType) -> bool:
    return vehicle.type in berth.types if berth.types else berth.mode is vehicle.mode


def _not_shut_on_the_way(timeline: Timeline, link: Link, travel: int) -> Mask:
    """Whether no tick of ``[t, t + travel)`` is shut (rule M4)."""
    shut = np.concatenate([[0], np.cumsum(~timeline.open(Target.LINK, link.link))])
    ends = np.minimum(np.arange(timeline.horizon + 1) + travel, timeline.horizon + 1)
    clear: Mask = shut[ends] == shut[:-1]
    return clear


def _possible(timeline: Timeline, link: Link, travel: int, ends: tuple[str, str]) -> Mask:
    """Rules M2, M4 and M5: in time, link open all the way, both places open."""
    horizon = timeline.horizon
    possible = np.zeros(horizon + 1, dtype=np.bool_)
    last = horizon - travel
    arrival = timeline.open(Target.PLACE, ends[1])[travel:]
    departure = timeline.open(Target.PLACE, ends[0])[: last + 1]
    clear = _not_shut_on_the_way(timeline, link, travel)[: last + 1]
    possible[: last + 1] = departure & arrival & clear
    return possible


def _berth_open(scenario: Scenario, timeline: Timeline, berth: int) -> Mask:
    if berth == NO_BERTH:
        return np.ones(timeline.horizon + 1, dtype=np.bool_)
    return timeline.open(Target.BERTH, scenario.berths[berth].berth)


def _fleet_there(timeline: Timeline, fleet: Fleet, travel: int) -> Mask:
    """Rule V3: the fleet exists from departure to arrival and has no shut window at departure."""
    ticks = np.arange(timeline.horizon + 1)
    until = timeline.horizon if fleet.available_until is None else fleet.available_until
    there: Mask = (ticks >= fleet.available_from) & (ticks + travel <= until)
    return there & timeline.open(Target.FLEET, fleet.fleet)


@dataclass(frozen=True, slots=True)
class _Way:
    """A link in one direction, and who travels it."""

    index: int
    fleet: int
    link: Link
    forward: bool
    travel: int
    ground: int
    berths: tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class _Times:
    """When a leg may be departed on, and with how many people aboard."""

    possible: Mask
    seats: Int


class _Builder:
    """Makes legs; those that differ in nothing that windows say share their arrays."""

    def __init__(self, scenario: Scenario, timeline: Timeline) -> None:
        self.scenario, self.timeline = scenario, timeline
        self.places = {place.place: i for i, place in enumerate(scenario.places)}
        self.types = {vehicle.type: vehicle for vehicle in scenario.vehicles}
        self.berths: dict[tuple[str, str], int | None] = {}
        self.times: dict[tuple[object, ...], _Times] = {}
        self.legs: list[Leg] = []

    def by_self(self, index: int, link: Link) -> None:
        travel = travel_minutes(link, None)
        if travel is None or not 1 <= travel <= self.timeline.horizon:
            return
        many = ANY_NUMBER if link.assisted else 0
        way = _Way(index, SELF_MOVING, link, True, travel, 0, (NO_BERTH, NO_BERTH))
        self._add(way, (many, many, many))

    def by_fleet(self, index: int, link: Link, fleet_index: int, fleet: Fleet) -> None:
        vehicle = self.types[fleet.type]
        travel = travel_minutes(link, vehicle)
        if not open_to(link, vehicle) or travel is None:
            return
        if not 1 <= travel <= self.timeline.horizon:
            return
        at_origin = self._berth(link.origin, vehicle)
        at_destination = self._berth(link.destination, vehicle)
        if at_origin is None or at_destination is None:
            return
        needs = (vehicle.stretchers, vehicle.wheelchairs, vehicle.escorts)
        ground, pair = vehicle.ground_minutes, (at_origin, at_destination)
        self._add(_Way(index, fleet_index, link, True, travel, ground, pair), needs)
        if link.return_empty:
            self._add(_Way(index, fleet_index, link, False, travel, ground, pair[::-1]), needs)

    def _berth(self, place: str, vehicle: VehicleType) -> int | None:
        key = (place, vehicle.type)
        if key not in self.berths:
            self.berths[key] = berth_of(self.scenario, place, vehicle)
        return self.berths[key]

    def _times(self, way: _Way) -> _Times:
        """The times of a way, made once for all that share its windows."""
        link, timeline = way.link, self.timeline
        ends = (link.origin, link.destination) if way.forward else (link.destination, link.origin)
        key = (
            *(name if timeline.varies(Target.PLACE, name) else "" for name in ends),
            link.link if timeline.varies(Target.LINK, link.link) else "",
            *(self._varying_berth(berth) for berth in way.berths),
            (way.fleet, way.travel, way.forward),
        )
        if key not in self.times:
            self.times[key] = self._made(way, ends)
        return self.times[key]

    def _varying_berth(self, berth: int) -> int:
        name = "" if berth == NO_BERTH else self.scenario.berths[berth].berth
        return berth if self.timeline.varies(Target.BERTH, name) else NO_BERTH

    def _made(self, way: _Way, ends: tuple[str, str]) -> _Times:
        possible = _possible(self.timeline, way.link, way.travel, ends)
        if way.fleet == SELF_MOVING:
            return _Times(possible, np.where(possible, ANY_NUMBER, 0).astype(np.int64))
        fleet = self.scenario.fleets[way.fleet]
        possible &= _fleet_there(self.timeline, fleet, way.travel)
        possible &= _berth_open(self.scenario, self.timeline, way.berths[0])
        landing = _berth_open(self.scenario, self.timeline, way.berths[1])[way.travel :]
        possible[: len(landing)] &= landing
        if not way.forward:
            return _Times(possible, self._no_seats)
        most = float(self.scenario.seats(self.types[fleet.type]))
        seats = self.timeline.scaled(Target.FLEET, fleet.fleet, most)
        return _Times(possible, np.where(possible, seats, 0))

    @cached_property
    def _no_seats(self) -> Int:
        return np.zeros(self.timeline.horizon + 1, dtype=np.int64)

    def _add(self, way: _Way, needs: tuple[int, int, int]) -> None:
        times = self._times(way)
        if not times.possible.any():
            return
        ends = (self.places[way.link.origin], self.places[way.link.destination])
        origin, destination = ends if way.forward else ends[::-1]
        self.legs.append(
            Leg(
                link=way.index,
                fleet=way.fleet,
                origin=origin,
                destination=destination,
                forward=way.forward,
                travel=way.travel,
                ground=way.ground,
                origin_berth=way.berths[0],
                destination_berth=way.berths[1],
                possible=times.possible,
                seats=times.seats,
                stretchers=needs[0],
                wheelchairs=needs[1],
                escorts=needs[2],
            )
        )


def build_legs(scenario: Scenario, timeline: Timeline) -> tuple[Leg, ...]:
    """Every way to travel that is possible at least once, in the order of links and fleets.

    A vehicle can come to where its way begins: what lies beyond reach of its base is left out.
    """
    builder = _Builder(scenario, timeline)
    for index, link in enumerate(scenario.links):
        if link.self_moving:
            builder.by_self(index, link)
        for fleet_index, fleet in enumerate(scenario.fleets):
            builder.by_fleet(index, link, fleet_index, fleet)
    bases = [builder.places[fleet.base] for fleet in scenario.fleets]
    there = [_within_reach(builder.legs, number, base) for number, base in enumerate(bases)]
    return tuple(leg for leg in builder.legs if leg.by_self or leg.origin in there[leg.fleet])


def _within_reach(legs: list[Leg], fleet: int, base: int) -> set[int]:
    """Places that the vehicles of a fleet can come to from their base."""
    outgoing: dict[int, list[int]] = {}
    for leg in legs:
        if leg.fleet == fleet:
            outgoing.setdefault(leg.origin, []).append(leg.destination)
    found, open_ones = {base}, [base]
    while open_ones:
        for place in outgoing.get(open_ones.pop(), []):
            if place not in found:
                found.add(place)
                open_ones.append(place)
    return found


def most_of_whole_trips(trips: set[int], minutes: int) -> int:
    """The largest sum of whole trips that is not above ``minutes``: no more can be used.

    Unbounded knapsack over a set of bits; one trip may be made any number of times.
    """
    sums, every = 1, (1 << (minutes + 1)) - 1
    for trip in sorted(trips):
        step = trip
        while step <= minutes:
            sums |= (sums << step) & every
            step *= 2
    return sums.bit_length() - 1
