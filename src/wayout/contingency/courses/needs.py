"""What a course of action needs from others: vehicles, hours, crews, beds and gates."""

import math
from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from wayout.clock import MINUTES_PER_DAY, hours
from wayout.plan.measures import Load, Measures
from wayout.plan.model import Plan
from wayout.scenario.links import Mode
from wayout.scenario.model import Scenario
from wayout.scenario.places import PlaceKind

CREW_HOURS = 8.0
"""Hours under way that a crew is counted with in a day: an estimate, for no rule of any air force.

Duty periods are longer, and hold waiting and loading too.
"""


@dataclass(frozen=True, slots=True)
class Vehicles:
    """Vehicles of a type that move at least once, their hours under way, and on the busiest day."""

    type: str
    title: str
    mode: Mode
    used: int
    hours: float
    most_hours_a_day: float

    @property
    def crews(self) -> int:
        """Crews for the busiest day, an estimate."""
        return math.ceil(self.most_hours_a_day / CREW_HOURS - 1e-9)


@dataclass(frozen=True, slots=True)
class Fullest:
    """A place at its fullest: ``used`` of ``limit``, at the tick ``when``."""

    place: str
    title: str
    used: float
    limit: float
    when: int

    @property
    def share(self) -> float:
        """Used as a share of the limit."""
        return self.used / self.limit if self.limit > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Needs:
    """Vehicles by type, beds of havens and refuges, gates (people an hour), at their fullest."""

    vehicles: tuple[Vehicles, ...]
    beds: tuple[Fullest, ...]
    gates: tuple[Fullest, ...]


def needs_of(scenario: Scenario, plan: Plan, measures: Measures) -> Needs:
    """What the plan uses of everything that somebody has to lend."""
    safe = (PlaceKind.HAVEN, PlaceKind.REFUGE)
    beds = {place.place for place in scenario.places if place.kind in safe}
    gates = {place.place for place in scenario.places if place.kind not in safe}
    return Needs(
        vehicles=_vehicles(scenario, plan),
        beds=_fullest(scenario, measures, "beds", beds),
        gates=_fullest(scenario, measures, "processing", gates),
    )


def _vehicles(scenario: Scenario, plan: Plan) -> tuple[Vehicles, ...]:
    type_of = {fleet.fleet: fleet.type for fleet in scenario.fleets}
    used: dict[str, set[str]] = defaultdict(set)
    days: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for movement in plan.movements:
        if movement.vehicle:
            kind = type_of[movement.fleet]
            used[kind].add(movement.vehicle)
            day = movement.depart // MINUTES_PER_DAY
            days[kind][day] += movement.arrive - movement.depart
    return tuple(
        Vehicles(
            type=vehicle.type,
            title=vehicle.name or vehicle.type,
            mode=vehicle.mode,
            used=len(used[vehicle.type]),
            hours=hours(sum(days[vehicle.type].values())),
            most_hours_a_day=hours(max(days[vehicle.type].values())),
        )
        for vehicle in scenario.vehicles
        if used[vehicle.type]
    )


def _fullest(
    scenario: Scenario, measures: Measures, kind: str, places: set[str]
) -> tuple[Fullest, ...]:
    """The fullest moment of each limited place that is used at all, the fullest place first."""
    titles = {place.place: place.title for place in scenario.places}
    loads = [load for load in measures.loads if load.kind == kind and load.what in places]
    found = [_moment(load, titles[load.what]) for load in loads]
    full = [moment for moment in found if moment is not None]
    return tuple(sorted(full, key=lambda item: (-item.share, -item.used, item.place)))


def _moment(load: Load, title: str) -> Fullest | None:
    share = np.divide(load.used, load.limit, out=np.zeros(len(load.used)), where=load.limit > 0)
    if not (share > 0).any():
        return None
    # Of equally full moments the one with most people: beds grow.
    at = int(np.lexsort((load.used, share))[-1])
    return Fullest(
        load.what, title, float(load.used[at]), float(load.limit[at]), int(load.ticks[at])
    )
