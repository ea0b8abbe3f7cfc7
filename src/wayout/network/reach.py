"""Who can get out at all, and how soon: shortest ways to safety, ignoring everybody else.

A *class* is a set of parties with the same weight, deadline, permitted havens and needs: they have
the same ways out.
"""

import heapq
import math
from dataclasses import dataclass

import numpy as np

from wayout.network.legs import Leg
from wayout.network.timeline import Int, Mask
from wayout.scenario.model import Scenario
from wayout.scenario.people import People
from wayout.scenario.places import PlaceKind

NEVER = 1 << 40
"""Minutes to safety where there is no way."""


@dataclass(frozen=True, slots=True)
class Class:
    """Parties with the same ways out; ``destinations`` empty means any haven or refuge."""

    weight: float
    safe_by: int
    destinations: tuple[str, ...]
    stretchers: bool
    wheelchairs: bool
    unaccompanied: bool

    def may_use(self, leg: Leg) -> bool:
        """Whether the leg can take a party with these needs (rule P6)."""
        return (
            leg.carries
            and (not self.stretchers or leg.stretchers > 0)
            and (not self.wheelchairs or leg.wheelchairs > 0)
            and (not self.unaccompanied or leg.escorts > 0)
        )


def classify(people: People) -> tuple[tuple[Class, ...], Int]:
    """The classes, heaviest first and the neediest of them first, and the class of each party."""
    flags = (people.stretchers > 0) * 4 + (people.wheelchairs > 0) * 2 + people.unaccompanied
    keys = np.column_stack([-people.weight, people.safe_by, people.destinations, -flags])
    order = np.lexsort(keys.T[::-1])
    first = np.append(True, (np.diff(keys[order], axis=0) != 0).any(axis=1))[: len(order)]
    unique, class_of = keys[order[first]], np.empty(len(order), dtype=np.int64)
    class_of[order] = np.cumsum(first) - 1
    classes = tuple(
        Class(
            weight=-float(weight),
            safe_by=int(safe_by),
            destinations=people.destination_sets[int(destinations)],
            stretchers=bool(int(-flag) & 4),
            wheelchairs=bool(int(-flag) & 2),
            unaccompanied=bool(int(-flag) & 1),
        )
        for weight, safe_by, destinations, flag in unique
    )
    return classes, class_of


def protects(scenario: Scenario) -> Mask:
    """Places in which a person counts as safe by the deadline: havens, refuges that last."""
    return np.array(
        [p.is_haven or (p.kind is PlaceKind.REFUGE and p.expires is None) for p in scenario.places],
        dtype=np.bool_,
    )


def may_enter(scenario: Scenario, destinations: tuple[str, ...]) -> Mask:
    """Places that parties with these permitted havens and refuges may enter (rule P3)."""
    sheltering = (PlaceKind.HAVEN, PlaceKind.REFUGE)
    return np.array(
        [
            not destinations or p.kind not in sheltering or p.place in destinations
            for p in scenario.places
        ],
        dtype=np.bool_,
    )


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """Per place, for one class: least minutes to safety, and the largest party that can pass."""

    minutes: Int
    widest_party: Int


def stay_minutes(scenario: Scenario) -> Int:
    """Shortest stay per place of whoever arrived there (rule P2)."""
    stays = [math.ceil(round(place.min_stay_hours * 60, 9)) for place in scenario.places]
    return np.array(stays, dtype=np.int64)


def _usable(scenario: Scenario, legs: tuple[Leg, ...], group: Class) -> dict[int, list[Leg]]:
    """Legs the class may use, by destination."""
    enter = may_enter(scenario, group.destinations)
    incoming: dict[int, list[Leg]] = {}
    for leg in legs:
        if group.may_use(leg) and enter[leg.destination]:
            incoming.setdefault(leg.destination, []).append(leg)
    return incoming


def reach_of(scenario: Scenario, legs: tuple[Leg, ...], group: Class) -> Reach:
    """Shortest and widest ways from every place to a place that protects the class."""
    incoming = _usable(scenario, legs, group)
    safe = protects(scenario) & may_enter(scenario, group.destinations)
    stay = stay_minutes(scenario)
    minutes = np.where(safe, 0, NEVER)
    heap = [(0, int(place)) for place in np.flatnonzero(safe)]
    while heap:
        so_far, place = heapq.heappop(heap)
        if so_far > minutes[place]:
            continue
        wait = 0 if safe[place] else int(stay[place])
        for leg in incoming.get(place, []):
            length = so_far + leg.travel + wait
            if length < minutes[leg.origin]:
                minutes[leg.origin] = length
                heapq.heappush(heap, (length, leg.origin))
    return Reach(minutes.astype(np.int64), _widest(len(minutes), incoming, safe))


def _widest(num_places: int, incoming: dict[int, list[Leg]], safe: Mask) -> Int:
    """Largest party that some way to safety can take whole, per place (bottleneck path)."""
    width = np.where(safe, NEVER, 0)
    heap = [(-NEVER, int(place)) for place in np.flatnonzero(safe)]
    while heap:
        narrow, place = heapq.heappop(heap)
        if -narrow < width[place]:
            continue
        for leg in incoming.get(place, []):
            passing = min(-narrow, int(leg.seats.max()))
            if passing > width[leg.origin]:
                width[leg.origin] = passing
                heapq.heappush(heap, (-passing, leg.origin))
    return width.astype(np.int64)


def earliest_presence(scenario: Scenario, legs: tuple[Leg, ...], ready: dict[int, int]) -> Int:
    """First minute at which any person can be at each place and free to leave it.

    ``ready`` gives, per place where somebody starts, the first minute anybody there is ready.
    """
    outgoing: dict[int, list[Leg]] = {}
    for leg in legs:
        if leg.carries:
            outgoing.setdefault(leg.origin, []).append(leg)
    stay = stay_minutes(scenario)
    first = np.full(len(scenario.places), NEVER)
    heap = sorted((tick, place) for place, tick in ready.items())
    for tick, place in heap:
        first[place] = min(first[place], max(0, tick))
    heap = [(int(first[place]), place) for _, place in heap]
    heapq.heapify(heap)
    while heap:
        tick, place = heapq.heappop(heap)
        if tick > first[place]:
            continue
        for leg in outgoing.get(place, []):
            open_ticks = np.flatnonzero(leg.possible[tick:])
            if len(open_ticks) == 0:
                continue
            arrival = tick + int(open_ticks[0]) + leg.travel + int(stay[leg.destination])
            if arrival < first[leg.destination]:
                first[leg.destination] = arrival
                heapq.heappush(heap, (arrival, leg.destination))
    return first.astype(np.int64)
