"""Sums over the inputs of a scenario, by hand rather than with the planner's arrays."""

import math
from collections.abc import Iterator

from wayout.clock import MINUTES_PER_DAY
from wayout.scenario.links import Link
from wayout.scenario.model import Scenario
from wayout.scenario.places import Place, PlaceKind
from wayout.scenario.windows import Repeat, Target, Window


def factors(scenario: Scenario, kind: Target, what: str) -> list[float]:
    """Factor of a target at each tick up to the deadline; 1 where no window holds."""
    painted = [1.0] * (scenario.deadline + 1)
    for window in scenario.windows:
        if window.kind is kind and window.what == what:
            for begins, ends in spans(window, scenario.deadline + 1):
                painted[begins:ends] = [window.factor] * (ends - begins)
    return painted


def spans(window: Window, horizon: int) -> Iterator[tuple[int, int]]:
    """The intervals before ``horizon`` in which a window holds."""
    ends = horizon if window.ends is None else window.ends
    repeats = range(0, horizon, MINUTES_PER_DAY) if window.repeat is Repeat.DAILY else (0,)
    for shift in repeats:
        begins = min(window.begins + shift, horizon)
        yield begins, max(begins, min(ends + shift, horizon))


def place_named(scenario: Scenario, name: str) -> Place:
    """The place with this identifier."""
    return next(place for place in scenario.places if place.place == name)


def links_between(scenario: Scenario, origin: str, kind: PlaceKind) -> Iterator[Link]:
    """Links from a place to places of a kind."""
    for link in scenario.links:
        if link.origin == origin and place_named(scenario, link.destination).kind is kind:
            yield link


def gate_flow(scenario: Scenario, until: int) -> int:
    """Most people who can leave all gates in the slots that begin before ``until``."""
    return sum(
        processed(scenario, place, until)
        for place in scenario.places
        if place.kind is PlaceKind.GATE
    )


def processed(scenario: Scenario, place: Place, until: int) -> int:
    """Most people who can leave a place in the slots that begin before ``until`` (rule P4)."""
    slot = scenario.policy.slot_minutes
    painted = factors(scenario, Target.PLACE, place.place)
    slots = (sum(painted[start : start + slot]) for start in range(0, until, slot))
    return sum(
        math.floor(open_minutes * place.processing_per_hour / 60 + 1e-9) for open_minutes in slots
    )


def link_flow(scenario: Scenario, name: str, until: int) -> int:
    """Most people who can set out by themselves over a link before ``until``."""
    link = next(link for link in scenario.links if link.link == name)
    return int(sum(factors(scenario, Target.LINK, name)[:until]) * link.people_per_hour / 60)


def open_beds(scenario: Scenario, origin: str, tick: int) -> int:
    """Beds at a tick in the havens to which a link from ``origin`` is open."""
    havens = {
        link.destination
        for link in links_between(scenario, origin, PlaceKind.HAVEN)
        if factors(scenario, Target.LINK, link.link)[tick] > 0
    }
    return sum(beds_at(scenario, haven, tick) for haven in havens)


def beds_at(scenario: Scenario, place: str, tick: int) -> int:
    """Beds of a place at a tick."""
    return math.floor(
        place_named(scenario, place).beds * factors(scenario, Target.BEDS, place)[tick] + 1e-9
    )


def seats_per_day(scenario: Scenario, airfield: str, tick: int) -> float:
    """Airfield throughput a day: spots x seats x 24 h / ground time x 0.85 (AFPAM 10-1403, 9.0).

    Each berth is reckoned with the type that gives the fewest seats, among those that have a fleet.
    """
    types = {vehicle.type: vehicle for vehicle in scenario.vehicles}
    total = 0.0
    for berth in scenario.berths:
        if berth.place == airfield:
            spots = math.floor(
                berth.spots * factors(scenario, Target.BERTH, berth.berth)[tick] + 1e-9
            )
            rates = [
                scenario.seats(types[name]) * 1440 / types[name].ground_minutes
                for name in berth.types
            ]
            total += spots * min(rates) * 0.85
    return total
