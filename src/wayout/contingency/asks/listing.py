"""Everything that can be asked for in a scenario, one of each."""

from collections.abc import Iterator

from wayout.contingency.asks.amounts import Amounts
from wayout.contingency.asks.ask import Ask, AskKind, Later, More, Sooner
from wayout.contingency.asks.charters import charters
from wayout.contingency.asks.openings import agreed_sooner, gate_hours, openings
from wayout.scenario.columns import UNLIMITED
from wayout.scenario.model import Scenario
from wayout.scenario.places import PlaceKind


def asks_of(scenario: Scenario, amounts: Amounts | None = None) -> tuple[Ask, ...]:
    """All asks: vehicles and charters, gates and staff, spots, beds, closed places, time."""
    amount = amounts or Amounts()
    return (
        *_vehicles(scenario),
        *charters(scenario),
        *_sooner(scenario, amount),
        *gate_hours(scenario, amount),
        *_staff(scenario, amount),
        *_spots(scenario),
        *_beds(scenario, amount),
        *agreed_sooner(scenario, amount),
        *openings(scenario),
        *_time(amount),
    )


def _titles(scenario: Scenario) -> dict[str, str]:
    return {place.place: place.title for place in scenario.places}


def _vehicles(scenario: Scenario) -> Iterator[Ask]:
    titles = _titles(scenario)
    names = {vehicle.type: vehicle.name or vehicle.type for vehicle in scenario.vehicles}
    for fleet in scenario.fleets:
        if fleet.available_from < scenario.deadline:
            yield Ask(
                kind=AskKind.VEHICLE,
                what=fleet.fleet,
                words=f"one more {names[fleet.type]} at {titles[fleet.base]} ({fleet.fleet})",
                amount="1 vehicle",
                owner=fleet.owner or "owner not named",
                parts=(More("fleets", fleet.fleet, "number", 1),),
            )


def _sooner(scenario: Scenario, amount: Amounts) -> Iterator[Ask]:
    for fleet in scenario.fleets:
        if 0 < fleet.available_from < scenario.deadline:
            yield Ask(
                kind=AskKind.SOONER,
                what=fleet.fleet,
                words=f"{fleet.fleet} ({fleet.number} vehicles) a day sooner",
                amount="1 day",
                owner=fleet.owner or "owner not named",
                parts=(Sooner(fleet.fleet, amount.day),),
            )


def _staff(scenario: Scenario, amount: Amounts) -> Iterator[Ask]:
    for place in scenario.places:
        if place.processing_per_hour != UNLIMITED:
            yield Ask(
                kind=AskKind.STAFF,
                what=place.place,
                words=f"staff to process {amount.staff} more people an hour at {place.title}",
                amount=f"{amount.staff} people/h",
                owner=f"whoever holds {place.title}",
                parts=(More("places", place.place, "processing_per_hour", amount.staff),),
            )


def _spots(scenario: Scenario) -> Iterator[Ask]:
    titles = _titles(scenario)
    for berth in scenario.berths:
        if berth.spots != UNLIMITED:
            yield Ask(
                kind=AskKind.SPOT,
                what=berth.berth,
                words=f"one more spot at {titles[berth.place]} ({berth.berth})",
                amount="1 spot",
                owner=f"the host of {titles[berth.place]}",
                parts=(More("berths", berth.berth, "spots", 1),),
            )


def _beds(scenario: Scenario, amount: Amounts) -> Iterator[Ask]:
    for place in scenario.places:
        if place.beds != UNLIMITED and place.kind is not PlaceKind.HOME:
            yield Ask(
                kind=AskKind.BEDS,
                what=place.place,
                words=f"beds or room for {amount.beds} more people at {place.title}",
                amount=f"{amount.beds} beds",
                owner=f"the host of {place.title}",
                parts=(More("places", place.place, "beds", amount.beds),),
            )


def _time(amount: Amounts) -> Iterator[Ask]:
    yield Ask(
        kind=AskKind.TIME,
        what="deadline",
        words="a day more before the deadline",
        amount="1 day",
        owner="whoever set the deadline",
        parts=(Later(amount.day),),
    )
