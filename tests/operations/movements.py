"""What a plan does at a place or on a way, counted from its movements alone."""

from collections.abc import Iterable
from datetime import datetime
from itertools import accumulate

from wayout.clock import tick_of
from wayout.plan.model import Movement, Plan
from wayout.scenario.model import Scenario


def at(scenario: Scenario, text: str) -> int:
    """Tick of a time as it is written in a scenario."""
    return tick_of(datetime.fromisoformat(text), scenario.start)


def loaded(plan: Plan, origins: Iterable[str]) -> list[Movement]:
    """Vehicles that leave one of these places with people aboard, in order of departure."""
    places = set(origins)
    rides = [m for m in plan.movements if m.vehicle and m.people and m.origin in places]
    return sorted(rides, key=lambda movement: movement.depart)


def carried(movements: Iterable[Movement]) -> int:
    """People aboard."""
    return sum(movement.people for movement in movements)


def most_present(plan: Plan, places: Iterable[str]) -> tuple[int, int]:
    """Most people who are in these places together, and when; nobody may start there."""
    group = set(places)
    changes = [(m.arrive, m.people) for m in plan.movements if m.destination in group]
    changes += [(m.depart, -m.people) for m in plan.movements if m.origin in group]
    changes.sort()
    totals = accumulate(people for _, people in changes)
    return max(zip(totals, (tick for tick, _ in changes), strict=True))
