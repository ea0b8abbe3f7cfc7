"""The judge and a minute-by-minute replay say the same of random plans in random worlds."""

import numpy as np
import pytest
from tests.oracle.worlds import draw_world
from tests.plan.naive import replay
from tests.plan.random_plans import Gambler, perturbed

from wayout.plan.feasible import judge
from wayout.plan.measures import measure
from wayout.plan.model import Plan
from wayout.scenario.model import Scenario

LONGEST = 300
SEEDS = [seed for seed in range(45) if draw_world(seed).scenario.deadline <= LONGEST]


def same(scenario: Scenario, plan: Plan) -> bool:
    """Compare both judges on a plan; whether they accept it."""
    verdict = judge(scenario, plan, recorded=False)
    naive = replay(scenario, plan)
    assert verdict.accepted == naive.obeys, verdict.findings
    if naive.obeys:
        assert verdict.people_safe == naive.people_safe
        assert verdict.danger_hours == pytest.approx(naive.danger_hours, abs=1e-9)
        assert verdict.clear_minute == naive.clear_minute
        measures = measure(scenario, plan)
        assert measures.people_safe == verdict.people_safe
        assert measures.danger_hours == verdict.danger_hours
        assert measures.clear_minute == verdict.clear_minute
    return verdict.accepted


@pytest.mark.parametrize("seed", SEEDS)
def test_both_judges_agree(seed: int) -> None:
    scenario = draw_world(seed).scenario
    good = None
    for plan in Gambler(scenario, seed).plans(20):
        if same(scenario, plan):
            good = plan
    if good is None:
        return
    rng = np.random.default_rng(seed)
    for _ in range(20):
        same(scenario, perturbed(good, rng))


def test_random_plans_are_worth_testing_with() -> None:
    """Among them are many that move people, and many that break a rule."""
    accepted, refused = 0, set[str]()
    for seed in SEEDS:
        scenario = draw_world(seed).scenario
        for plan in Gambler(scenario, seed).plans(20):
            verdict = judge(scenario, plan, recorded=False)
            accepted += verdict.accepted and len(plan.loads.party) > 0
            refused |= {finding.rule for finding in verdict.findings}
    assert accepted > 30
    assert len(refused) >= 12
