"""What sleeps is not missed: a dispatch is as one that looks at everything at every minute."""

from pathlib import Path

import numpy as np
import pytest
from tests.oracle.cases import world_of as tiny

from wayout.network.model import Network, build
from wayout.optimize.bound import prove
from wayout.optimize.dispatch.run import dispatch
from wayout.optimize.dispatch.state import Guide, new_state
from wayout.optimize.dispatch.tables import Tables
from wayout.optimize.dispatch.timetable import Timetable, timetable_of
from wayout.optimize.dispatch.world import world_of
from wayout.optimize.guide import levels
from wayout.optimize.relax.build import Aim
from wayout.optimize.search import Search, step_of, targets_of
from wayout.scenario.folder import read
from wayout.scenario.model import Scenario
from wayout.scenario.people import people_of

SCENARIOS = Path(__file__).parents[2] / "scenarios"


def guides(scenario: Scenario) -> tuple[Network, Tables, list[Guide]]:
    """A network, what the dispatcher reads of it, and the guides of its portfolio."""
    network = build(scenario, people_of(scenario))
    world = world_of(network)
    search = Search(network, world, 1, step_of(network))
    proved = prove(network, levels(network)[0], Aim.DANGER)
    search.sources.append(targets_of(network, proved, search.group, world))
    knobs = [attempt.phases[0].knobs for attempt in search.portfolio(0)]
    return network, world, [search.guide(each) for each in knobs]


def in_one(network: Network, world: Tables, guide: Guide) -> Timetable:
    state = new_state(world, guide)
    dispatch(world, state, guide, 0, network.horizon + 1)
    return timetable_of(network, state)


def minute_by_minute(network: Network, world: Tables, guide: Guide) -> Timetable:
    """Each minute a dispatch of its own, which begins with everything awake."""
    state = new_state(world, guide)
    for tick in range(network.horizon + 1):
        dispatch(world, state, guide, tick, tick + 1)
    return timetable_of(network, state)


def same(one: Timetable, other: Timetable) -> bool:
    return all(
        np.array_equal(getattr(one, name), getattr(other, name))
        for name in ("leg", "vehicle", "depart", "load_movement", "load_party")
    )


@pytest.mark.parametrize("seed", range(40))
def test_tiny_worlds(seed: int) -> None:
    network, world, found = guides(tiny(seed).scenario)
    for guide in found[:3]:
        assert same(in_one(network, world, guide), minute_by_minute(network, world, guide))


def test_an_airlift_in_a_day_and_a_half() -> None:
    network, world, found = guides(read(SCENARIOS / "solomon-1991"))
    for guide in found:
        one = in_one(network, world, guide)
        assert len(one.load_party) > 0
        assert same(one, minute_by_minute(network, world, guide))


def test_who_may_rest_still_gets_people_out() -> None:
    """Where departures that were tried in vain rest, the plan may differ, but hardly."""
    network, world, found = guides(read(SCENARIOS / "solomon-1991"))
    guide = found[0]
    carried = [
        len(in_one(network, world, guide._replace(retry=retry)).load_party) for retry in (0, 40)
    ]
    assert carried[1] > 0.9 * carried[0]
