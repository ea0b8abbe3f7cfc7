"""Alike fleets as one: smaller, and never a better bound than fleet by fleet."""

from dataclasses import replace

import numpy as np
import pytest
from tests.oracle.cases import world_of

from wayout.network.model import Network, build
from wayout.network.pooling import counterparts, pooled
from wayout.optimize.bound import prove
from wayout.optimize.relax.build import Aim
from wayout.scenario.model import Scenario
from wayout.scenario.people import people_of


def split(scenario: Scenario) -> Scenario:
    """Each fleet of several vehicles as two, the second at the other end of one of its links."""
    fleets = []
    types = {vehicle.type: vehicle.mode for vehicle in scenario.vehicles}
    for fleet in scenario.fleets:
        bases = [
            link.destination if link.origin == fleet.base else link.origin
            for link in scenario.links
            if fleet.base in (link.origin, link.destination) and link.mode is types[fleet.type]
        ]
        if fleet.number < 2 or not bases:
            fleets.append(fleet)
            continue
        fleets.append(replace(fleet, number=fleet.number - 1))
        fleets.append(replace(fleet, fleet=f"{fleet.fleet}-b", number=1, base=bases[0]))
    return scenario.replace(fleets=tuple(fleets))


def networks(seed: int) -> tuple[Network, Network]:
    scenario = split(world_of(seed).scenario)
    network = build(scenario, people_of(scenario))
    return network, pooled(network)


@pytest.mark.parametrize("seed", range(60))
def test_a_pooled_network_allows_at_least_as_much(seed: int) -> None:
    network, pool = networks(seed)
    length = network.timeline.slot
    for aim, sign in ((Aim.PEOPLE, 1.0), (Aim.DANGER, -1.0)):
        whole, part = prove(pool, length, aim).value, prove(network, length, aim).value
        assert sign * whole >= sign * part - 1e-4 * max(1.0, abs(part))


def test_some_worlds_have_fleets_that_are_alike() -> None:
    sizes = [(len(n.scenario.fleets), len(p.scenario.fleets)) for n, p in map(networks, range(60))]
    assert sum(few < many for many, few in sizes) > 5
    assert all(
        pool.pooled == (few < many)
        for (many, few), (_, pool) in zip(sizes, map(networks, range(60)), strict=True)
    )


@pytest.mark.parametrize("seed", range(20))
def test_every_leg_has_its_counterpart(seed: int) -> None:
    network, pool = networks(seed)
    row, part = counterparts(network, pool)
    for index, leg in enumerate(network.legs):
        other = pool.legs[row[index]]
        assert (other.origin, other.destination, other.travel) == (
            leg.origin,
            leg.destination,
            leg.travel,
        )
    assert np.all((part > 0.0) & (part <= 1.0))
