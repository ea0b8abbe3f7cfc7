"""Rules about places."""

import math
from collections.abc import Callable, Iterator
from statistics import median

from wayout.findings import Finding
from wayout.scenario.checks.rows import people_at_start
from wayout.scenario.checks.wording import amount, error, warning
from wayout.scenario.model import Scenario
from wayout.scenario.places import Place, PlaceKind
from wayout.scenario.windows import Target

FAR_DEGREES = 25.0
NEAR_DEGREES = 10.0
_FILE = "places.csv"


def check_haven(scenario: Scenario) -> Iterator[Finding]:
    """S21: there is a haven, or a refuge that lasts."""
    lasting = (p.kind is PlaceKind.REFUGE and p.expires is None for p in scenario.places)
    if any(place.is_haven for place in scenario.places) or any(lasting):
        return
    message = "There is no haven, so nobody can ever be safe."
    yield error("S21", _FILE, None, "kind", message, "Give the kind haven to a place that is safe.")


def check_haven_danger(scenario: Scenario) -> Iterator[Finding]:
    """S22: a haven has no danger."""
    for index, place in enumerate(scenario.places):
        if place.is_haven and place.danger != 0:
            message = f"Haven '{place.place}' has a danger of {amount(place.danger)} per hour."
            cure = "Leave the cell blank, or make the place a refuge."
            yield error("S22", _FILE, index, "danger_per_hour", message, cure)


def check_expiry(scenario: Scenario) -> Iterator[Finding]:
    """S23: only refuges expire, and not before the start."""
    for index, place in enumerate(scenario.places):
        if place.expires is None:
            continue
        if place.kind is not PlaceKind.REFUGE:
            message = f"'{place.place}' is a {place.kind}; only a refuge expires."
            cure = "Leave the cell blank, or make the place a refuge."
            yield error("S23", _FILE, index, "expires", message, cure)
        elif place.expires <= 0:
            message = f"Refuge '{place.place}' expires before the scenario starts."
            yield error("S23", _FILE, index, "expires", message, "Write a later time.")


def check_stays(scenario: Scenario) -> Iterator[Finding]:
    """S24: the shortest stay is not longer than the longest."""
    for index, place in enumerate(scenario.places):
        if place.min_stay_hours > place.max_stay_hours:
            message = (
                f"Nobody may stay less than {amount(place.min_stay_hours)} h or more than "
                f"{amount(place.max_stay_hours)} h at '{place.place}'."
            )
            cure = "Correct min_stay_hours or max_stay_hours."
            yield error("S24", _FILE, index, "min_stay_hours", message, cure)


def _factor_of_beds(scenario: Scenario) -> dict[str, float]:
    """Factor of the beds of each place at the start."""
    return {
        window.what: window.factor
        for window in scenario.windows
        if window.kind is Target.BEDS
        and window.begins <= 0 < (scenario.deadline if window.ends is None else window.ends)
    }


def check_beds_at_start(scenario: Scenario) -> Iterator[Finding]:
    """S25: those who are at a place at the start have beds there (rule P5)."""
    people, factors = people_at_start(scenario), _factor_of_beds(scenario)
    for index, place in enumerate(scenario.places):
        factor = factors.get(place.place, 1.0)
        beds = place.beds if place.beds == math.inf and factor > 0 else place.beds * factor
        if people[place.place] > beds:
            message = (
                f"{people[place.place]:,} people are at '{place.place}' at the start, "
                f"more than its {amount(math.floor(max(beds, 0.0) + 1e-9))} beds."
            )
            cure = "Write more beds, or list the others where they really are."
            yield error("S25", _FILE, index, "beds", message, cure)


def _position(place: Place) -> tuple[float, float] | None:
    if place.lat is None or place.lon is None:
        return None
    return place.lat, place.lon


def _nearly(one: tuple[float, float], other: tuple[float, float], degrees: float) -> bool:
    return abs(one[0] - other[0]) <= degrees and abs(one[1] - other[1]) <= degrees


def check_positions(scenario: Scenario) -> Iterator[Finding]:
    """S26: latitude and longitude come together and do not look exchanged (warnings)."""
    known = [spot for place in scenario.places if (spot := _position(place)) is not None]
    middle = (median(s[0] for s in known), median(s[1] for s in known)) if known else (0.0, 0.0)
    for index, place in enumerate(scenario.places):
        spot = _position(place)
        if spot is None:
            if (place.lat is None) != (place.lon is None):
                missing = "lat" if place.lat is None else "lon"
                message = f"'{place.place}' has no {missing} and is left off the map."
                yield warning("S26", _FILE, index, missing, message, "Write both or neither.")
        elif spot == (0.0, 0.0):
            message = f"'{place.place}' lies at 0, 0, in the Gulf of Guinea."
            cure = "Write its position, or leave both cells blank."
            yield warning("S26", _FILE, index, "lat", message, cure)
        elif not _nearly(spot, middle, FAR_DEGREES) and _nearly(spot[::-1], middle, NEAR_DEGREES):
            message = f"'{place.place}' lies far from the others; lat and lon look exchanged."
            yield warning("S26", _FILE, index, "lat", message, "Exchange lat and lon.")


def check_used(scenario: Scenario) -> Iterator[Finding]:
    """S27: every place has a link, people or a fleet (warning)."""
    used = set(people_at_start(scenario))
    used.update(link.origin for link in scenario.links)
    used.update(link.destination for link in scenario.links)
    used.update(fleet.base for fleet in scenario.fleets)
    for index, place in enumerate(scenario.places):
        if place.place not in used:
            message = f"No link, people or fleet names '{place.place}'."
            cure = "Link it to another place, or delete it."
            yield warning("S27", _FILE, index, "place", message, cure)


PLACES_TOGETHER_RULES: tuple[Callable[[Scenario], Iterator[Finding]], ...] = (check_haven,)

PLACE_RULES: tuple[Callable[[Scenario], Iterator[Finding]], ...] = (
    check_haven_danger,
    check_expiry,
    check_stays,
    check_beds_at_start,
    check_positions,
    check_used,
)
