"""Rough plans for reports: people walk and ride towards a haven, at the pace of gates and seats.

They are not executable (nobody checks spots, beds or hours); they look like plans, that is all.
"""

import itertools
import math
from collections import defaultdict
from dataclasses import replace

import numpy as np

from wayout.plan.model import BindingLimit, Bound, Loads, Movement, NoWayOut, Plan
from wayout.scenario.fleet import VehicleType
from wayout.scenario.links import Link
from wayout.scenario.model import Scenario
from wayout.scenario.people import People

Waiting = dict[str, list[tuple[int, int]]]


def _steps_to_haven(scenario: Scenario) -> dict[str, int]:
    steps = {place.place: 0 for place in scenario.places if place.is_haven}
    for _ in scenario.places:
        for link in scenario.links:
            known = steps.get(link.destination)
            if known is not None and steps.get(link.origin, 999) > known + 1:
                steps[link.origin] = known + 1
    return steps


def _onward(scenario: Scenario, steps: dict[str, int]) -> dict[str, list[Link]]:
    ways: dict[str, list[Link]] = defaultdict(list)
    for link in scenario.links:
        if steps.get(link.destination, 999) < steps.get(link.origin, 0):
            ways[link.origin].append(link)
    return ways


class Sketch:
    """Movements and loads under construction."""

    def __init__(self, scenario: Scenario, people: People) -> None:
        self.scenario, self.people = scenario, people
        self.movements: list[Movement] = []
        self.loads: list[tuple[int, int]] = []
        self.types = {kind.type: kind for kind in scenario.vehicles}
        self.free = {
            f"{fleet.fleet}-{number}": fleet.available_from
            for fleet in scenario.fleets
            for number in range(1, fleet.number + 1)
        }

    def add(self, vehicle: str, link: Link, depart: int, minutes: int, parties: list[int]) -> None:
        """One movement with its parties; a vehicle without parties runs back empty."""
        number = len(self.movements)
        fleet = vehicle.rpartition("-")[0]
        carried = int(sum(self.people.size[party] for party in parties))
        ends = (link.origin, link.destination) if parties else (link.destination, link.origin)
        seats = self._type_of(fleet).seats if fleet else carried
        self.movements.append(
            Movement(
                f"m{number + 1:05d}",
                vehicle,
                fleet,
                link.link,
                *ends,
                depart,
                depart + minutes,
                carried,
                carried > seats,
            )
        )
        self.loads += [(number, party) for party in parties]

    def _type_of(self, fleet: str) -> VehicleType:
        name = next(item.type for item in self.scenario.fleets if item.fleet == fleet)
        return self.types[name]

    def walk(self, link: Link, queue: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """People go by themselves, as many an hour as the link lets pass."""
        arrived: list[tuple[int, int]] = []
        room = max(1.0, min(link.people_per_hour, 1e9))
        clock, minutes = 0, link.minutes or 60
        while queue:
            clock = max(clock, queue[0][0])
            aboard: list[int] = []
            left = room
            while queue and queue[0][0] <= clock + 30 and self.people.size[queue[0][1]] <= left:
                _, party = queue.pop(0)
                aboard.append(party)
                left -= self.people.size[party]
            if not aboard:
                aboard.append(queue.pop(0)[1])
            if clock + 30 + minutes > self.scenario.deadline:
                break
            self.add("", link, clock + 30, minutes, aboard)
            arrived += [(clock + 30 + minutes, party) for party in aboard]
            clock += 60
        return arrived

    def ride(self, link: Link, queue: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Vehicles of the link's mode shuttle as long as people wait."""
        arrived: list[tuple[int, int]] = []
        while queue:
            best = self._next_vehicle(link, queue[0][0])
            if best is None:
                break
            depart, vehicle, minutes, seats, ground = best
            if depart + minutes > self.scenario.deadline:
                break
            aboard: list[int] = []
            while queue and queue[0][0] <= depart and self.people.size[queue[0][1]] <= seats:
                _, party = queue.pop(0)
                aboard.append(party)
                seats -= int(self.people.size[party])
            if not aboard:
                queue.pop(0)
                continue
            self.add(vehicle, link, depart, minutes, aboard)
            arrived += [(depart + minutes, party) for party in aboard]
            back = depart + minutes + ground
            if back + minutes <= self.scenario.deadline:
                self.add(vehicle, link, back, minutes, [])
            self.free[vehicle] = back + minutes + ground
        return arrived

    def _next_vehicle(self, link: Link, ready: int) -> tuple[int, str, int, int, int] | None:
        found: list[tuple[int, str, int, int, int]] = []
        for fleet in self.scenario.fleets:
            kind = self._type_of(fleet.fleet)
            if kind.mode is not link.mode or (link.open_to and kind.type not in link.open_to):
                continue
            minutes = link.minutes or math.ceil((link.km or 100) * 60 / (kind.km_per_hour or 60))
            names = [f"{fleet.fleet}-{number}" for number in range(1, fleet.number + 1)]
            vehicle = min(names, key=lambda name: (self.free[name], name), default=None)
            if vehicle is not None:
                depart = max(ready + 40, self.free[vehicle])
                seats = self.scenario.seats(kind)
                found.append((depart, vehicle, minutes, seats, kind.ground_minutes))
        return min(found, default=None)


def sketch(scenario: Scenario, people: People, most: int | None = None) -> Plan:
    """A plan that looks like one; ``most`` cuts it short after so many movements."""
    made = Sketch(scenario, people)
    steps = _steps_to_haven(scenario)
    ways = _onward(scenario, steps)
    waiting: Waiting = defaultdict(list)
    for party in range(people.num_parties):
        place = scenario.places[int(people.place[party])].place
        waiting[place].append((int(people.ready_from[party]), party))
    order = sorted(
        (place for place in steps if steps[place]), key=lambda place: (-steps[place], place)
    )
    for place in order:
        links = ways[place]
        shares: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for entry, link in zip(sorted(waiting[place]), itertools.cycle(links), strict=False):
            shares[link.link].append(entry)
        for link in links:
            go = made.walk if link.self_moving else made.ride
            waiting[link.destination] += go(link, shares[link.link])
    return _finish(made, most)


def _finish(made: Sketch, most: int | None) -> Plan:
    scenario = made.scenario
    movements = tuple(made.movements[:most])
    loads = [pair for pair in made.loads if pair[0] < len(movements)]
    columns = np.array(loads, dtype=np.int64).reshape(len(loads), 2)
    return Plan(
        scenario.name,
        "3f9a1c77d2b85e60" * 4,
        str(scenario.case),
        str(scenario.policy.objective),
        scenario.seed,
        movements,
        Loads(columns[:, 0], columns[:, 1]),
        Bound(0.0, 0.0),
        people_total=made.people.num_people,
    )


def proven(plan: Plan, safe: int, danger: float, idle: float, slack: float = 1.01) -> Plan:
    """The plan with its judged value and a bound a little better than it."""
    bound = Bound(min(plan.people_total, safe * slack), danger - (idle - danger) * (slack - 1))
    return replace(
        plan, people_safe=safe, danger_hours=danger, danger_hours_if_nobody_moves=idle, bound=bound
    )


def with_limits(plan: Plan, scenario: Scenario) -> Plan:
    """The plan with a few binding limits and people who have no way out."""
    kinds = ("processing", "beds")
    places = [place.place for place in scenario.places[:4]]
    limits = tuple(
        BindingLimit(kind, place, 600 * number, scenario.deadline, 900 / number, 21000 / number)
        for number, (place, kind) in enumerate(
            zip(places, itertools.cycle(kinds), strict=False), start=1
        )
    )
    stuck = NoWayOut(
        places[0],
        "V-E",
        120,
        "The only road is shut from the start, and no vehicle can land there.",
    )
    return replace(plan, limits=limits, no_way_out=(stuck,))
