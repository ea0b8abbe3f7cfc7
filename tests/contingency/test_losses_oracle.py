"""Every interval of a loss holds the proved optimum of what is left; so does the worst pair's."""

import itertools
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache

import pytest
from tests.oracle.cases import optimum_of, world_of
from tests.oracle.exact import Goal, optimum
from tests.oracle.worlds import World

from wayout.contingency.base import base_of
from wayout.contingency.case import examined
from wayout.contingency.effort import THOROUGH, Effort
from wayout.contingency.judging import judged
from wayout.contingency.losses import single_losses
from wayout.contingency.pairs import worst_pair
from wayout.contingency.study import ceilings_of, study
from wayout.contingency.variants import Closure, Loss, together
from wayout.optimize.bound import bounds
from wayout.plan.feasible import judge
from wayout.plan.model import Plan
from wayout.scenario.people import people_of
from wayout.scenario.windows import Target

NEAR = 1e-6
QUICK = Effort(dispatches=1)


@cache
def planned(seed: int) -> Plan:
    """The proved best plan for danger-hours, with certified bounds."""
    world = world_of(seed)
    people = people_of(world.scenario)
    plan, verdict = judged(world.scenario, optimum_of(seed, Goal.DANGER_HOURS).plan, people)
    assert verdict.accepted
    return replace(plan, bound=bounds(world.scenario, people, world.step))


def best(world: World, loss: Loss, goal: Goal) -> float:
    value = optimum(World(world.seed, world.step, loss.apply(world.scenario)), goal).value
    assert value is not None
    return float(value)


@pytest.mark.parametrize("seed", [3, 8, 12, 21])
def test_every_interval_holds_the_optimum(seed: int) -> None:
    world, plan = world_of(seed), planned(seed)
    base, losses = base_of(world.scenario, plan), single_losses(world.scenario)
    with ThreadPoolExecutor(1) as pool:
        studied = study(world.scenario, plan, losses, pool).losses
    ranked = {outcome.loss: outcome for outcome in studied}
    for loss in losses:
        outcome, repaired = examined(base, loss, THOROUGH)
        assert judge(loss.apply(world.scenario), repaired, recorded=False).accepted, loss.name
        people, danger = best(world, loss, Goal.PEOPLE_SAFE), best(world, loss, Goal.DANGER_HOURS)
        for found in (outcome, ranked[loss.name]):
            assert found.people_low <= people <= found.people_high + NEAR, loss.name
            assert found.danger_low - NEAR <= danger <= found.danger_high + NEAR, loss.name


@pytest.mark.parametrize("seed", [3, 12])
def test_the_worst_pair_is_the_worst_of_all_pairs(seed: int) -> None:
    world, plan = world_of(seed), planned(seed)
    losses = single_losses(world.scenario)
    with ThreadPoolExecutor(1) as pool:
        found = worst_pair(world.scenario, plan, losses, pool, effort=QUICK)
        alone = study(world.scenario, plan, losses, pool, effort=QUICK).losses
    assert found is not None
    pairs = [together(pair) for pair in itertools.combinations(losses, 2)]
    known = ceilings_of(pairs, losses, alone)
    left = {}
    for (first, second), pair in zip(itertools.combinations(losses, 2), pairs, strict=True):
        left[first.name, second.name] = best(world, pair, Goal.PEOPLE_SAFE)
        assert left[first.name, second.name] <= known[pair.name].people_high + NEAR
    assert found.floor_people <= min(left.values()) <= found.people_high + NEAR
    assert found.people_low <= left[found.losses] <= found.people_high + NEAR
    assert found.num_pairs == len(left)


def test_the_study_ranks_the_worst_first_and_repairs_it() -> None:
    world, plan = world_of(12), planned(12)
    losses = single_losses(world.scenario)
    with ThreadPoolExecutor(1) as pool:
        found = study(world.scenario, plan, losses, pool, effort=QUICK)
        again = study(world.scenario, plan, losses, pool, effort=QUICK, repair=1)
    assert sorted(o.loss for o in found.losses) == sorted(loss.name for loss in losses)
    lows = [outcome.people_low for outcome in found.losses]
    assert lows == sorted(lows)
    usual = {outcome.loss: outcome for outcome in found.losses}
    for outcome in again.losses:
        assert outcome.danger_high <= usual[outcome.loss].danger_high + NEAR
        assert outcome.people_high <= usual[outcome.loss].people_high + NEAR


def test_a_loss_of_part_of_a_capacity_is_paired_too() -> None:
    """A berth or place at half leaves no plan by leaving out movements; it is repaired first."""
    world, plan = world_of(12), planned(12)
    halves = tuple(
        Loss("place", place.place, "", (Closure(Target.PLACE, place.place, 0.5, 0),))
        for place in world.scenario.places
    )
    losses = (*halves, *single_losses(world.scenario)[:4])
    with ThreadPoolExecutor(1) as pool:
        found = worst_pair(world.scenario, plan, losses, pool, effort=QUICK)
    assert found is not None
    left = {
        (first, second): best(world, together((first, second)), Goal.PEOPLE_SAFE)
        for first, second in itertools.combinations(losses, 2)
    }
    assert found.floor_people <= min(left.values()) <= found.people_high + NEAR
