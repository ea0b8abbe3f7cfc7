"""Rules about vehicle types and fleets."""

from collections.abc import Callable, Iterator

from wayout.findings import Finding
from wayout.scenario.checks.rows import names_figure
from wayout.scenario.checks.ways import Berths, can_use, in_range, is_open_to
from wayout.scenario.checks.wording import amount, error, warning
from wayout.scenario.fleet import VehicleType
from wayout.scenario.links import Link, Mode
from wayout.scenario.model import Scenario

_FILE = "vehicles.csv"


def check_seats(scenario: Scenario) -> Iterator[Finding]:
    """S51: a type has seats, and not fewer in an emergency."""
    for index, vehicle in enumerate(scenario.vehicles):
        if vehicle.seats < 1:
            message = f"Type '{vehicle.type}' has {vehicle.seats} seats."
            cure = "Write the people it carries, or delete the type."
            yield error("S51", _FILE, index, "seats", message, cure)
        if vehicle.most_seats < vehicle.seats:
            message = (
                f"Type '{vehicle.type}' has fewer seats in an emergency "
                f"({vehicle.most_seats}) than as planned ({vehicle.seats})."
            )
            cure = "Write as many or more, or leave the cell blank."
            yield error("S51", _FILE, index, "seats_emergency", message, cure)


def check_hours_per_day(scenario: Scenario) -> Iterator[Finding]:
    """S52: a vehicle is under way between 0 and 24 hours a day."""
    for index, vehicle in enumerate(scenario.vehicles):
        if not 0 < vehicle.hours_per_day <= 24:
            message = f"Type '{vehicle.type}' is {amount(vehicle.hours_per_day)} h a day under way."
            cure = "Write a number above 0, 24 at most."
            yield error("S52", _FILE, index, "hours_per_day", message, cure)


def check_vehicle_mode(scenario: Scenario) -> Iterator[Finding]:
    """S53: no vehicle goes on foot."""
    for index, vehicle in enumerate(scenario.vehicles):
        if vehicle.mode is Mode.FOOT:
            message = f"Type '{vehicle.type}' has the mode foot, which vehicles cannot use."
            yield error("S53", _FILE, index, "mode", message, "Write road, rail, sea or air.")


def _links_for(scenario: Scenario, vehicle: VehicleType) -> list[Link]:
    return [link for link in scenario.links if is_open_to(link, vehicle)]


def check_speed(scenario: Scenario) -> Iterator[Finding]:
    """S54: a type that must compute its travel time has a speed."""
    for index, vehicle in enumerate(scenario.vehicles):
        if vehicle.km_per_hour:
            continue
        without = [link for link in _links_for(scenario, vehicle) if link.minutes is None]
        if without:
            message = (
                f"Type '{vehicle.type}' has no speed, so it cannot use link "
                f"'{without[0].link}', which has km only."
            )
            cure = "Write km_per_hour, or the minutes of the link."
            yield warning("S54", _FILE, index, "km_per_hour", message, cure)


def check_range(scenario: Scenario) -> Iterator[Finding]:
    """S55: a type reaches the end of one of its links."""
    for index, vehicle in enumerate(scenario.vehicles):
        links = _links_for(scenario, vehicle)
        if links and not any(in_range(link, vehicle) for link in links):
            shortest = min(link.km for link in links if link.km is not None)
            message = (
                f"The range of '{vehicle.type}', {amount(vehicle.range_km)} km, is shorter than "
                f"every link open to it (the shortest has {amount(shortest)} km)."
            )
            yield warning("S55", _FILE, index, "range_km", message, "Correct range_km or km.")


def check_owned(scenario: Scenario) -> Iterator[Finding]:
    """S56: a type has a fleet."""
    owned = {fleet.type for fleet in scenario.fleets}
    for index, vehicle in enumerate(scenario.vehicles):
        if vehicle.type not in owned:
            message = f"No fleet has vehicles of type '{vehicle.type}'."
            cure = "Write a fleet in fleet.csv, or delete the type."
            yield warning("S56", _FILE, index, "type", message, cure)


def check_number(scenario: Scenario) -> Iterator[Finding]:
    """S57: a fleet has vehicles, unless a figure says none (warning)."""
    for index, fleet in enumerate(scenario.fleets):
        if fleet.number < 1 and not names_figure(scenario, "fleet.csv", index, "number"):
            message = f"Fleet '{fleet.fleet}' has no vehicles."
            cure = "Write how many, or delete the row."
            yield warning("S57", "fleet.csv", index, "number", message, cure)


def check_base(scenario: Scenario) -> Iterator[Finding]:
    """S58: a fleet can leave its base."""
    types = {vehicle.type: vehicle for vehicle in scenario.vehicles}
    places = {place.place for place in scenario.places}
    berths = Berths(scenario)
    exits: dict[str, set[str]] = {}
    for index, fleet in enumerate(scenario.fleets):
        vehicle = types.get(fleet.type)
        if vehicle is None or fleet.base not in places:
            continue
        if vehicle.type not in exits:
            exits[vehicle.type] = set(_departures(scenario, vehicle, berths))
        if fleet.base not in exits[vehicle.type]:
            message = f"No link leads vehicles of type '{vehicle.type}' out of '{fleet.base}'."
            cure = "Correct the base, or link it to where the vehicles are needed."
            yield warning("S58", "fleet.csv", index, "base", message, cure)


def _departures(scenario: Scenario, vehicle: VehicleType, berths: Berths) -> Iterator[str]:
    """Places from which vehicles of a type can depart, loaded or empty."""
    for link in scenario.links:
        if can_use(link, vehicle, berths):
            yield link.origin
            if link.return_empty:
                yield link.destination


VEHICLE_RULES: tuple[Callable[[Scenario], Iterator[Finding]], ...] = (
    check_seats,
    check_hours_per_day,
    check_vehicle_mode,
    check_number,
)

VEHICLE_WAY_RULES: tuple[Callable[[Scenario], Iterator[Finding]], ...] = (
    check_speed,
    check_range,
    check_owned,
    check_base,
)
