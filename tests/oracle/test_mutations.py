"""The judge refuses every executable plan in which one thing was changed to break a rule."""

import dataclasses
from collections.abc import Iterator
from functools import cache
from itertools import islice, product
from typing import TypeVar

import pytest
from tests.oracle.cases import optimum_of, world_of
from tests.oracle.exact import Goal
from tests.oracle.mutations import MUTATIONS, Mutation
from tests.oracle.played import Played
from tests.oracle.tightened import TIGHTENINGS, Tightening

from wayout.plan.feasible import judge
from wayout.plan.model import Plan

Changed = TypeVar("Changed")
NUM_WORLDS = 150
MOST_OF_A_PLAN = 3
MOST_IN_ALL = 100
LEAST_IN_ALL = 20


@cache
def plans() -> tuple[Played, ...]:
    """Proved plans with movements, of two goals."""
    pairs = product(range(NUM_WORLDS), (Goal.PEOPLE_SAFE, Goal.DANGER_HOURS))
    found = (Played(world_of(seed), optimum_of(seed, goal).plan) for seed, goal in pairs)
    return tuple(played for played in found if played.movements)


def some(changes: Iterator[Changed]) -> Iterator[Changed]:
    """A few changes of one plan, so that many plans have their turn."""
    return islice(changes, MOST_OF_A_PLAN)


def named(change: Mutation | Tightening) -> str:
    return change.__name__


@pytest.mark.parametrize("mutation", MUTATIONS, ids=named)
def test_mutated_plan_is_refused(mutation: Mutation) -> None:
    mutated = ((played, plan) for played in plans() for plan in some(mutation(played)))
    tried = 0
    for played, plan in islice(mutated, MOST_IN_ALL):
        verdict = judge(played.scenario, plan, recorded=False)
        codes = {finding.rule for finding in verdict.findings}
        assert not verdict.accepted, f"world {played.world.seed}"
        assert codes & MUTATIONS[mutation], f"world {played.world.seed}: {codes}"
        tried += 1
    assert tried >= LEAST_IN_ALL


@pytest.mark.parametrize("tightening", TIGHTENINGS, ids=named)
def test_plan_is_refused_under_a_tighter_limit(tightening: Tightening) -> None:
    tightened = ((played, tight) for played in plans() for tight in some(tightening(played)))
    tried = 0
    for played, scenario in islice(tightened, MOST_IN_ALL):
        verdict = judge(scenario, played.plan, recorded=False)
        codes = {finding.rule for finding in verdict.findings}
        assert not verdict.accepted, f"world {played.world.seed}"
        assert TIGHTENINGS[tightening] in codes, f"world {played.world.seed}: {codes}"
        tried += 1
    assert tried >= LEAST_IN_ALL


def _turned_round(played: Played) -> Plan:
    """The same plan with its movements written the other way round."""
    last = len(played.movements) - 1
    loads = played.plan.loads
    turned = dataclasses.replace(loads, movement=last - loads.movement)
    movements = tuple(reversed(played.movements))
    return dataclasses.replace(played.plan, movements=movements, loads=turned)


def test_order_of_movements_does_not_matter() -> None:
    for played in plans()[:100]:
        before = judge(played.scenario, played.plan, recorded=False)
        after = judge(played.scenario, _turned_round(played), recorded=False)
        assert after == before, f"world {played.world.seed}"
