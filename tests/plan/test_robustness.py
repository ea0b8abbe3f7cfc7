"""Whatever a plan says, the judge answers with findings and never stumbles."""

import dataclasses

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.plan.test_folder import plans
from tests.plan.worlds import flying_plan, flying_world, walking_plan, walking_world

from wayout.plan.feasible import judge
from wayout.plan.model import Loads, Movement, Plan

WORLDS = (walking_world(), flying_world())
GOOD = (walking_plan(WORLDS[0]), flying_plan(WORLDS[1]))

ticks = st.one_of(st.integers(-10, 1500), st.integers())
names = st.sampled_from(
    ["", "home", "gate", "haven", "field", "path", "road", "hop", "wing", "wing-1", "wing-9", "x"]
)
rows = st.builds(
    Movement,
    movement=st.sampled_from(["1", "2", "3", ""]),
    vehicle=names,
    fleet=names,
    link=names,
    origin=names,
    destination=names,
    depart=ticks,
    arrive=ticks,
    people=ticks,
    emergency=st.booleans(),
)
indexes = st.lists(st.tuples(st.integers(-3, 9), st.integers(-3, 9)), max_size=8)


@settings(max_examples=150, deadline=None)
@given(movements=st.lists(rows, max_size=4), pairs=indexes, which=st.integers(0, 1))
def test_absurd_movements(
    movements: list[Movement], pairs: list[tuple[int, int]], which: int
) -> None:
    table = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    good = GOOD[which]
    plan = dataclasses.replace(
        good,
        movements=(*good.movements, *movements),
        loads=Loads(
            np.concatenate([good.loads.movement, table[:, 0]]),
            np.concatenate([good.loads.party, table[:, 1]]),
        ),
    )
    verdict = judge(WORLDS[which], plan)
    assert verdict.accepted == (not verdict.findings)
    assert all(finding.message and finding.cure for finding in verdict.findings)


@settings(max_examples=50, deadline=None)
@given(plan=plans())
def test_plans_of_other_worlds(plan: Plan) -> None:
    verdict = judge(WORLDS[1], plan)
    assert not verdict.accepted
