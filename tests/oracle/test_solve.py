"""The judge accepts every plan the planner makes, and no plan is better than the optimum."""

from dataclasses import replace

from tests.oracle.cases import optimum_of, world_of, worlds_from
from tests.oracle.exact import Goal

from wayout.optimize.progress import Budget
from wayout.optimize.solve import solve
from wayout.plan.feasible import judge
from wayout.plan.model import Plan
from wayout.scenario.policy import Objective

MOST_MEAN_GAP = 0.45
"""Mean over a chunk, as a share of what the optimum gains over nobody moving: a guard against
plans that get worse, not a promise. A tiny world is all corners, where one trip more or less is all
there is to win, and what guides the planner is a fluid.
"""


def planned(seed: int, objective: Objective) -> Plan:
    """The planner's plan of a world, accepted by the judge."""
    scenario = world_of(seed).scenario
    scenario = replace(scenario, policy=replace(scenario.policy, objective=objective))
    plan = solve(scenario, budget=Budget(seconds=None, work=2)).plan
    verdict = judge(scenario, plan)
    assert verdict.accepted, f"world {seed}: {[str(finding) for finding in verdict.findings]}"
    assert verdict.people_safe <= _best(seed, Goal.PEOPLE_SAFE), f"world {seed}"
    assert verdict.danger_hours >= _best(seed, Goal.DANGER_HOURS) - 1e-9, f"world {seed}"
    clear = optimum_of(seed, Goal.CLEAR_MINUTE).value
    if verdict.clear_minute is not None:
        assert clear is not None
        assert verdict.clear_minute >= clear, f"world {seed}"
    return plan


def _best(seed: int, goal: Goal) -> float:
    value = optimum_of(seed, goal).value
    assert value is not None
    return float(value)


def gap_to_optimum(seed: int, plan: Plan) -> float | None:
    """Share of the danger that the optimum averts and the plan does not; None if there is none."""
    least = _best(seed, Goal.DANGER_HOURS)
    reach = plan.danger_hours_if_nobody_moves - least
    return None if reach < 1e-9 else (plan.danger_hours - least) / reach


def test_plans_are_accepted_and_near_the_optimum(first_seed: int) -> None:
    gaps = []
    for world in worlds_from(first_seed):
        gap = gap_to_optimum(world.seed, planned(world.seed, Objective.REACH_SAFETY))
        gaps += [] if gap is None else [gap]
    mean = sum(gaps) / len(gaps)
    assert mean <= MOST_MEAN_GAP, f"mean gap {mean:.3f}"


def test_plans_made_to_clear_fast_are_accepted(first_seed: int) -> None:
    for world in worlds_from(first_seed):
        planned(world.seed, Objective.CLEAR_FAST)
