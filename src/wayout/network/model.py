"""The network: a scenario and its people as arrays, shared by bound and dispatcher."""

import math
from dataclasses import dataclass, replace

import numpy as np

from wayout.network.legs import Leg, build_legs, most_of_whole_trips
from wayout.network.reach import (
    NEVER,
    Class,
    Reach,
    classify,
    earliest_presence,
    may_enter,
    protects,
    reach_of,
    stay_minutes,
)
from wayout.network.timeline import Int, Mask, Real, Timeline
from wayout.scenario.model import Scenario
from wayout.scenario.people import People
from wayout.scenario.places import Place
from wayout.scenario.windows import Target


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Capacities by place, link, berth and fleet, ways out by class, parties by class.

    Shapes: ``beds`` and ``berth_spots`` are per tick; ``processing``, ``link_people``,
    ``link_departures`` and ``berth_movements`` per slot; ``hours`` are minutes per fleet and day.
    ``danger_left[p, t]`` is the danger, in weighted hours per person of weight 1, of staying at
    place ``p`` from tick ``t`` to the end of the accounting. ``able`` marks the parties that have
    a way out and time to use it. ``pooled``: fleets that are alike are one (see ``pooling``).
    """

    scenario: Scenario
    people: People
    timeline: Timeline
    legs: tuple[Leg, ...]
    classes: tuple[Class, ...]
    party_class: Int
    reach: tuple[Reach, ...]
    able: Mask
    haven: Mask
    protecting: Mask
    min_stay: Int
    first_present: Int
    beds: Int
    processing: Int
    link_people: Int
    link_departures: Int
    berth_spots: Int
    berth_movements: Int
    hours: Int
    danger_left: Real
    pooled: bool = False

    @property
    def horizon(self) -> int:
        """The deadline: the last tick of any arrival."""
        return self.timeline.horizon

    @property
    def num_places(self) -> int:
        """How many places there are."""
        return len(self.scenario.places)

    @property
    def num_days(self) -> int:
        """How many days the plan touches."""
        return int(self.hours.shape[1])

    def may_enter(self, group: Class) -> Mask:
        """Places that the class may enter."""
        return may_enter(self.scenario, group.destinations)


def hurried(network: Network, deadline: int) -> Network:
    """The same, but everybody has to be safe by ``deadline``; nothing else changes."""
    people = network.people
    people = replace(people, safe_by=np.minimum(people.safe_by, deadline))
    classes, party_class = classify(people)
    reach = tuple(reach_of(network.scenario, network.legs, group) for group in classes)
    able = _able(people, party_class, reach)
    return replace(
        network, people=people, classes=classes, party_class=party_class, reach=reach, able=able
    )


def danger_left(place: Place, horizon: int, end: int) -> Real:
    """Danger per person from each tick ``0 … horizon`` to ``end`` at a place, in hours."""
    ticks = np.arange(horizon + 1)
    if place.is_haven:
        return np.zeros(horizon + 1)
    expiry = end if place.expires is None else min(place.expires, end)
    before = np.maximum(expiry - ticks, 0) * place.danger
    after = (end - np.maximum(ticks, expiry)) * place.danger_after_expiry
    left: Real = (before + np.maximum(after, 0)) / 60.0
    return left


def _stack(rows: list[Int], width: int) -> Int:
    return np.array(rows, dtype=np.int64).reshape(len(rows), width)


def _hours(scenario: Scenario, legs: tuple[Leg, ...]) -> Int:
    """Minutes under way that each fleet can use per day, in whole trips (rule V4)."""
    types = {vehicle.type: vehicle for vehicle in scenario.vehicles}
    num_days = scenario.deadline // 1440 + 1
    limits = [fleet.number * types[fleet.type].hours_per_day * 60 for fleet in scenario.fleets]
    minutes = [
        most_of_whole_trips({leg.travel for leg in legs if leg.fleet == index}, _whole(limit))
        for index, limit in enumerate(limits)
    ]
    return np.repeat(np.array(minutes, dtype=np.int64).reshape(-1, 1), num_days, axis=1)


def _whole(limit: float) -> int:
    return math.floor(limit + 1e-9 * max(1.0, limit))


def _able(people: People, party_class: Int, reach: tuple[Reach, ...]) -> Mask:
    """Parties with a way out wide enough, ready early enough."""
    minutes = np.array([r.minutes for r in reach]).reshape(len(reach), -1)
    widest = np.array([r.widest_party for r in reach]).reshape(len(reach), -1)
    soonest = np.maximum(people.ready_from, 0) + minutes[party_class, people.place]
    able: Mask = (soonest <= people.safe_by) & (people.size <= widest[party_class, people.place])
    return able


def _ready(people: People) -> dict[int, int]:
    ready: dict[int, int] = {}
    for place in np.unique(people.place):
        ready[int(place)] = int(people.ready_from[people.place == place].min())
    return ready


def build(scenario: Scenario, people: People) -> Network:
    """Turn a scenario into arrays; nothing that can never be used is kept."""
    timeline = Timeline(scenario)
    legs = build_legs(scenario, timeline)
    classes, party_class = classify(people)
    reach = tuple(reach_of(scenario, legs, group) for group in classes)
    slots, ticks = timeline.num_slots, timeline.horizon + 1
    capacity, scaled = timeline.slot_capacity, timeline.scaled
    places, links, berths = scenario.places, scenario.links, scenario.berths
    return Network(
        scenario=scenario,
        people=people,
        timeline=timeline,
        legs=legs,
        classes=classes,
        party_class=party_class,
        reach=reach,
        able=_able(people, party_class, reach),
        haven=np.array([p.is_haven for p in places], dtype=np.bool_),
        protecting=protects(scenario),
        min_stay=stay_minutes(scenario),
        first_present=np.minimum(earliest_presence(scenario, legs, _ready(people)), NEVER),
        beds=_stack([scaled(Target.BEDS, p.place, p.beds) for p in places], ticks),
        processing=_stack(
            [capacity(Target.PLACE, p.place, p.processing_per_hour) for p in places], slots
        ),
        link_people=_stack(
            [capacity(Target.LINK, k.link, k.people_per_hour) for k in links], slots
        ),
        link_departures=_stack(
            [capacity(Target.LINK, k.link, k.departures_per_hour) for k in links], slots
        ),
        berth_spots=_stack(
            [scaled(Target.BERTH, b.berth, b.spots, shut_counts_full=True) for b in berths], ticks
        ),
        berth_movements=_stack(
            [capacity(Target.BERTH, b.berth, b.movements_per_hour) for b in berths], slots
        ),
        hours=_hours(scenario, legs),
        danger_left=np.array([danger_left(p, scenario.deadline, scenario.end) for p in places]),
    )
