"""Losses that come to the same: they take away the same legs, by other names.

A berth group that every vehicle to a place needs, and the place; the only fleet of a type, and the
type; the only way to a gate, and the gate. Such losses are studied once. Only losses of everything
from the start to the end are compared: for those the closed legs say all. A way that people travel
by themselves is closed too where nobody can come to its begin any more.
"""

from collections.abc import Sequence

import numpy as np

from wayout.contingency.variants import Closure, Loss
from wayout.network.legs import Leg
from wayout.network.model import Network, build
from wayout.scenario.model import Scenario
from wayout.scenario.people import People
from wayout.scenario.windows import Target


def _closed(network: Network, closure: Closure) -> set[int]:
    """Legs that a closure of a whole target takes away."""
    scenario = network.scenario
    names = {
        Target.PLACE: [place.place for place in scenario.places],
        Target.LINK: [link.link for link in scenario.links],
        Target.BERTH: [berth.berth for berth in scenario.berths],
        Target.FLEET: [fleet.fleet for fleet in scenario.fleets],
    }[closure.target]
    index = names.index(closure.what)
    return {n for n, leg in enumerate(network.legs) if _uses(leg, closure.target, index)}


def _uses(leg: Leg, target: Target, index: int) -> bool:
    if target is Target.PLACE:
        return index in (leg.origin, leg.destination)
    if target is Target.BERTH:
        return index in (leg.origin_berth, leg.destination_berth)
    return index == (leg.link if target is Target.LINK else leg.fleet)


def _deserted(network: Network, closed: set[int]) -> set[int]:
    """Ways of people by themselves that begin where nobody starts and nobody can come to."""
    there = set(np.unique(network.people.place).tolist())
    legs = [leg for n, leg in enumerate(network.legs) if n not in closed and leg.carries]
    while True:
        reached = {leg.destination for leg in legs if leg.origin in there} - there
        if not reached:
            break
        there |= reached
    return {n for n, leg in enumerate(network.legs) if leg.by_self and leg.origin not in there}


def _is_whole(closure: Closure) -> bool:
    return (
        closure.factor == 0.0
        and closure.begins <= 0
        and closure.ends is None
        and closure.target is not Target.BEDS
    )


def alike(scenario: Scenario, people: People, losses: Sequence[Loss]) -> tuple[int, ...]:
    """For each loss the position of the first that comes to the same; its own if none does."""
    network = build(scenario, people)
    first: dict[frozenset[int], int] = {}
    positions = []
    for position, loss in enumerate(losses):
        if not all(_is_whole(closure) for closure in loss.closures):
            positions.append(position)
            continue
        closed = {leg for closure in loss.closures for leg in _closed(network, closure)}
        legs = frozenset(closed | _deserted(network, closed))
        positions.append(first.setdefault(legs, position))
    return tuple(positions)
