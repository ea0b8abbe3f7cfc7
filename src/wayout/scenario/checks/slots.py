"""Rules about hourly capacities, which are counted in whole units per slot (warnings)."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterator

from wayout.clock import MINUTES_PER_HOUR
from wayout.findings import Finding
from wayout.scenario.checks.people import largest_party
from wayout.scenario.checks.rows import people_rows
from wayout.scenario.checks.ways import BY_SELF, ways_of
from wayout.scenario.checks.wording import amount, counted, warning
from wayout.scenario.model import Scenario
from wayout.scenario.places import PlaceKind

_CURE = "Write a larger number, 0 if nothing may pass, or a larger slot_minutes."


def per_slot(scenario: Scenario, per_hour: float) -> float:
    """Whole units that a slot allows while no window holds."""
    if not math.isfinite(per_hour):
        return per_hour
    return math.floor(per_hour * scenario.policy.slot_minutes / MINUTES_PER_HOUR + 1e-9)


def _hourly(scenario: Scenario) -> Iterator[tuple[str, int, str, str, float]]:
    """Every hourly capacity: file, index, column, identifier, value."""
    for i, place in enumerate(scenario.places):
        value = place.processing_per_hour
        yield "places.csv", i, "processing_per_hour", place.place, value
    for i, link in enumerate(scenario.links):
        yield "links.csv", i, "people_per_hour", link.link, link.people_per_hour
        yield "links.csv", i, "departures_per_hour", link.link, link.departures_per_hour
    for i, berth in enumerate(scenario.berths):
        yield "berths.csv", i, "movements_per_hour", berth.berth, berth.movements_per_hour


def check_slot_allows(scenario: Scenario) -> Iterator[Finding]:
    """S81: a capacity above 0 allows something in a slot."""
    slot = scenario.policy.slot_minutes
    for file, index, column, name, value in _hourly(scenario):
        if value > 0 and per_slot(scenario, value) == 0:
            message = (
                f"{column} of '{name}' is {amount(value)}: less than one in a slot of "
                f"{slot} minutes, so nothing can ever pass."
            )
            yield warning("S81", file, index, column, message, _CURE)


def check_parties_fit_slot(scenario: Scenario) -> Iterator[Finding]:
    """S82: a slot of a place or link takes the largest party whole."""
    largest = max((largest_party(row) for _, _, row in people_rows(scenario)), default=0)
    for file, index, column, name, value in _hourly(scenario):
        allowed = per_slot(scenario, value)
        if column in ("processing_per_hour", "people_per_hour") and 0 < allowed < largest:
            message = (
                f"{column} of '{name}' allows {counted(int(allowed), 'person', 'people')} in a "
                f"slot; the largest party has {largest:,} and could never pass."
            )
            cure = "Write a larger number or a larger slot_minutes, or split the party."
            yield warning("S82", file, index, column, message, cure)


def check_vehicles_fit_slot(scenario: Scenario) -> Iterator[Finding]:
    """S83: a slot of a place fills the largest vehicle that leaves it."""
    largest: dict[str, tuple[float, str]] = defaultdict(lambda: (0.0, ""))
    for way in ways_of(scenario):
        if way.type != BY_SELF:
            largest[way.origin] = max(largest[way.origin], (way.seats, way.type))
    for index, place in enumerate(scenario.places):
        allowed = per_slot(scenario, place.processing_per_hour)
        seats, vehicle = largest[place.place]
        if 0 < allowed < seats and place.kind is not PlaceKind.HAVEN:
            message = (
                f"'{place.place}' processes {counted(int(allowed), 'person', 'people')} in a slot; "
                f"'{vehicle}' leaves there with {amount(seats)} seats and can never be full."
            )
            cure = "Write a larger processing_per_hour or a larger slot_minutes if it should be."
            yield warning("S83", "places.csv", index, "processing_per_hour", message, cure)


SLOT_RULES: tuple[Callable[[Scenario], Iterator[Finding]], ...] = (
    check_slot_allows,
    check_parties_fit_slot,
    check_vehicles_fit_slot,
)
