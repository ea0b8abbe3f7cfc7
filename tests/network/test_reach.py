"""Ways out against trying every way."""

import dataclasses

import numpy as np
import pytest
from tests.oracle.cases import world_of
from tests.plan.worlds import walking_world

from wayout.network.model import Network, build, hurried
from wayout.network.reach import NEVER, Class, earliest_presence
from wayout.scenario.people import people_of


def network_of(seed: int) -> Network:
    scenario = world_of(seed).scenario
    return build(scenario, people_of(scenario))


def shortest(network: Network, group: Class, place: int, been: tuple[int, ...]) -> tuple[int, int]:
    """Least minutes to safety over simple ways, and the most people that one of them can take."""
    enter = network.may_enter(group)
    if network.protecting[place] and enter[place]:
        return 0, NEVER
    best, widest = NEVER, 0
    for leg in network.legs:
        to = leg.destination
        if leg.origin != place or to in been or not enter[to] or not group.may_use(leg):
            continue
        rest, width = shortest(network, group, to, (*been, to))
        if rest < NEVER:
            safe = network.protecting[to] and enter[to]
            stay = 0 if safe else int(network.min_stay[to])
            best = min(best, leg.travel + stay + rest)
            widest = max(widest, min(width, int(leg.seats.max())))
    return best, widest


@pytest.mark.parametrize("seed", range(40))
def test_least_minutes_and_widest_ways(seed: int) -> None:
    network = network_of(seed)
    for group, reach in zip(network.classes, network.reach, strict=True):
        for place in range(network.num_places):
            wanted = shortest(network, group, place, (place,))
            assert (int(reach.minutes[place]), int(reach.widest_party[place])) == wanted


def first_minutes(network: Network, ready: dict[int, int]) -> list[int]:
    """The first minute of presence, found by going over every minute in turn."""
    first = [max(0, ready.get(place, NEVER)) for place in range(network.num_places)]
    for tick in range(network.horizon + 1):
        for leg in network.legs:
            if leg.carries and leg.possible[tick] and first[leg.origin] <= tick:
                there = tick + leg.travel + int(network.min_stay[leg.destination])
                first[leg.destination] = min(first[leg.destination], there)
    return first


@pytest.mark.parametrize("seed", range(40))
def test_earliest_presence_minute_by_minute(seed: int) -> None:
    network = network_of(seed)
    ready = {0: -50, 1: 3}
    found = earliest_presence(network.scenario, network.legs, ready)
    assert found.tolist() == first_minutes(network, ready)


def test_ready_before_the_start_is_ready_at_the_start() -> None:
    scenario = walking_world()
    parties = tuple(dataclasses.replace(p, ready_from=-600) for p in scenario.parties)
    scenario = scenario.replace(parties=parties)
    network = build(scenario, people_of(scenario))
    assert network.first_present.tolist() == [0, 60, 120]
    assert network.able.all()


def test_links_longer_than_the_operation_are_no_ways() -> None:
    scenario = walking_world().replace(deadline=50)
    assert build(scenario, people_of(scenario)).legs == ()


def test_hurried_changes_only_when_people_must_be_safe() -> None:
    scenario = walking_world()
    network = build(scenario, people_of(scenario))
    soon = hurried(network, 150)
    assert soon.people.safe_by.tolist() == [150] * network.people.num_parties
    assert np.array_equal(soon.beds, network.beds)
    assert soon.horizon == network.horizon
    assert soon.able.tolist() == [int(ready) + 120 <= 150 for ready in network.people.ready_from]
