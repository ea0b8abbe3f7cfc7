"""Everything that can be lost singly: places, links, berths, fleets, vehicle types, hazards."""

from enum import StrEnum

import numpy as np

from wayout.contingency.variants import Closure, Loss, together
from wayout.scenario.fleet import Fleet
from wayout.scenario.model import Scenario
from wayout.scenario.windows import Hazard, Target


class Kind(StrEnum):
    """What sort of thing is lost."""

    PLACE = "place"
    LINK = "link"
    BERTH = "berth"
    FLEET = "fleet"
    VEHICLE_TYPE = "vehicle_type"
    HAZARD = "hazard"


def places(scenario: Scenario, begins: int = 0) -> tuple[Loss, ...]:
    """Each place shut: nobody and nothing comes or goes."""
    return tuple(
        Loss(
            Kind.PLACE,
            place.place,
            f"{place.title} is lost",
            (Closure(Target.PLACE, place.place, 0.0, begins),),
        )
        for place in scenario.places
    )


def links(scenario: Scenario, begins: int = 0) -> tuple[Loss, ...]:
    """Each link cut, in both directions."""
    titles = {place.place: place.title for place in scenario.places}
    return tuple(
        Loss(
            Kind.LINK,
            link.link,
            f"the {link.mode} link from {titles[link.origin]} to {titles[link.destination]} is cut",
            (Closure(Target.LINK, link.link, 0.0, begins),),
        )
        for link in scenario.links
    )


def berths(scenario: Scenario, begins: int = 0) -> tuple[Loss, ...]:
    """Each berth group unusable: no arrival, no departure."""
    titles = {place.place: place.title for place in scenario.places}
    return tuple(
        Loss(
            Kind.BERTH,
            berth.berth,
            f"no {berth.mode} movements at {titles[berth.place]} ({berth.berth})",
            (Closure(Target.BERTH, berth.berth, 0.0, begins),),
        )
        for berth in scenario.berths
    )


def fleets(scenario: Scenario, begins: int = 0) -> tuple[Loss, ...]:
    """Each fleet withdrawn."""
    types = {vehicle.type: vehicle.name or vehicle.type for vehicle in scenario.vehicles}
    return tuple(
        Loss(
            Kind.FLEET,
            fleet.fleet,
            f"the fleet {fleet.fleet} ({_described(fleet, types[fleet.type])}) is withdrawn",
            (Closure(Target.FLEET, fleet.fleet, 0.0, begins),),
        )
        for fleet in scenario.fleets
    )


def _described(fleet: Fleet, vehicle: str) -> str:
    return f"{fleet.number} × {vehicle}" + (f", {fleet.owner}" if fleet.owner else "")


def vehicle_types(scenario: Scenario, begins: int = 0) -> tuple[Loss, ...]:
    """Each vehicle type grounded, in every fleet that has it."""
    return tuple(
        Loss(
            Kind.VEHICLE_TYPE,
            vehicle.type,
            f"every {vehicle.name or vehicle.type} is grounded",
            tuple(
                Closure(Target.FLEET, fleet.fleet, 0.0, begins)
                for fleet in scenario.fleets
                if fleet.type == vehicle.type
            ),
        )
        for vehicle in scenario.vehicles
        if any(fleet.type == vehicle.type for fleet in scenario.fleets)
    )


def hazards(scenario: Scenario) -> tuple[Loss, ...]:
    """Each row of ``hazards.csv``, at its own time."""
    return tuple(
        Loss(Kind.HAZARD, hazard.hazard, _words(hazard, scenario), (_closure(hazard),))
        for hazard in scenario.hazards
    )


def _closure(hazard: Hazard) -> Closure:
    return Closure(hazard.kind, hazard.what, hazard.factor, hazard.begins, hazard.ends)


def _words(hazard: Hazard, scenario: Scenario) -> str:
    titles = {place.place: place.title for place in scenario.places}
    what = f"{hazard.kind} {hazard.what}"
    if hazard.kind in (Target.PLACE, Target.BEDS):
        what = titles.get(hazard.what, hazard.what)
    if hazard.kind is Target.BEDS:
        what = f"housing at {what}"
    state = "is lost" if hazard.factor == 0 else f"is down to {100 * hazard.factor:g} %"
    return f"{what} {state} (hazard {hazard.hazard})"


def single_losses(scenario: Scenario, begins: int = 0) -> tuple[Loss, ...]:
    """Every hazard at its own time, and everything else from ``begins`` to the end."""
    families = (places, links, berths, fleets, vehicle_types)
    others = tuple(loss for family in families for loss in family(scenario, begins))
    return hazards(scenario) + others


def random_sets(losses: tuple[Loss, ...], num: int, seed: int, most: int = 3) -> tuple[Loss, ...]:
    """``num`` sets of one to ``most`` losses at once, each size equally often on average."""
    rng = np.random.default_rng(seed)
    sets = []
    for _ in range(num):
        size = min(int(rng.integers(1, most + 1)), len(losses))
        chosen = sorted(rng.choice(len(losses), size=size, replace=False).tolist())
        sets.append(losses[chosen[0]] if size == 1 else together(tuple(losses[i] for i in chosen)))
    return tuple(sets)
