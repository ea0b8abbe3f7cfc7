"""Onward charters: a departure a day from a haven to the next, so that its beds are free again."""

import math
from collections.abc import Iterator

from wayout.contingency.asks.ask import Ask, AskKind, Lent
from wayout.network.legs import open_to, travel_minutes
from wayout.scenario.fleet import Fleet, VehicleType
from wayout.scenario.links import Link
from wayout.scenario.model import Scenario

MINUTES_PER_DAY = 1440


def charters(scenario: Scenario) -> Iterator[Ask]:
    """One ask for each haven from which vehicles go on to another haven."""
    for place in scenario.places:
        options = _options(scenario, place.place) if place.is_haven else []
        if options:
            link, vehicle = _best(scenario, options)
            yield _ask(scenario, place.title, link, vehicle)


def _options(scenario: Scenario, place: str) -> list[tuple[Link, VehicleType]]:
    havens = {other.place for other in scenario.places if other.is_haven}
    onward = [k for k in scenario.links if k.origin == place and k.destination in havens]
    return [
        (link, vehicle)
        for link in onward
        for vehicle in scenario.vehicles
        if open_to(link, vehicle) and travel_minutes(link, vehicle) is not None
    ]


def _best(scenario: Scenario, options: list[tuple[Link, VehicleType]]) -> tuple[Link, VehicleType]:
    """A type that goes only between havens, if there is one; then the most seats."""
    in_danger = _types_in_danger(scenario)
    return max(
        options,
        key=lambda pair: (
            pair[1].type not in in_danger,
            scenario.seats(pair[1]),
            -(travel_minutes(*pair) or 0),
        ),
    )


def _types_in_danger(scenario: Scenario) -> set[str]:
    """Types that can use a link from a place that is no haven."""
    havens = {place.place for place in scenario.places if place.is_haven}
    dangerous = [link for link in scenario.links if link.origin not in havens]
    return {v.type for v in scenario.vehicles if any(open_to(link, v) for link in dangerous)}


def _ask(scenario: Scenario, title: str, link: Link, vehicle: VehicleType) -> Ask:
    names = {place.place: place.title for place in scenario.places}
    number = _vehicles_for_one_a_day(link, vehicle)
    same = [fleet for fleet in scenario.fleets if fleet.type == vehicle.type]
    owners = sorted({fleet.owner for fleet in same if fleet.owner})
    fleet = Fleet(
        fleet=f"charter-{link.origin}",
        type=vehicle.type,
        number=number,
        base=link.origin,
        available_from=min((fleet.available_from for fleet in same), default=0),
        owner=owners[0] if owners else "",
    )
    count = "1 vehicle" if number == 1 else f"{number} vehicles"
    return Ask(
        kind=AskKind.CHARTER,
        what=link.origin,
        words=f"one {vehicle.name or vehicle.type} a day from {title} on to "
        f"{names[link.destination]}",
        amount=f"1 departure a day ({count})",
        owner=owners[0] if owners else "charter market",
        parts=(Lent(fleet),),
    )


def _vehicles_for_one_a_day(link: Link, vehicle: VehicleType) -> int:
    """Vehicles that make at least one round trip a day, by utilisation and by the clock."""
    travel = travel_minutes(link, vehicle) or 0
    by_hours = 2 * travel / max(1.0, vehicle.hours_per_day * 60)
    by_clock = 2 * (travel + vehicle.ground_minutes) / MINUTES_PER_DAY
    return max(1, math.ceil(max(by_hours, by_clock) - 1e-9))
