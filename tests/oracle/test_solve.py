"""The judge accepts every plan the planner makes, and no plan that it accepts beats the optimum."""

from dataclasses import replace

from tests.oracle.cases import optimum_of, world_of, worlds_from
from tests.oracle.chains import CHAINS
from tests.oracle.exact import Goal
from tests.oracle.test_bound import beaten
from tests.plan.random_plans import Gambler

from wayout.optimize.progress import Budget
from wayout.optimize.solve import solve
from wayout.plan.feasible import Verdict, judge
from wayout.plan.model import Plan
from wayout.scenario.policy import Objective

MOST_MEAN_GAP = {"worlds": 0.45, "chains": 0.6}
"""Mean over a chunk, as a share of what the optimum gains over nobody moving: a guard against
plans that get worse, not a promise. A tiny world is all corners, where one trip more or less is all
there is to win, and what guides the planner is a fluid. A chain of three vehicles has more corners.
"""


def planned(seed: int, objective: Objective) -> Plan:
    """The planner's plan of a world, accepted by the judge."""
    scenario = world_of(seed).scenario
    scenario = replace(scenario, policy=replace(scenario.policy, objective=objective))
    plan = solve(scenario, budget=Budget(seconds=None, work=2)).plan
    verdict = judge(scenario, plan)
    assert verdict.accepted, f"world {seed}: {[str(finding) for finding in verdict.findings]}"
    assert surpassed(seed, verdict) == [], f"world {seed}"
    bound = replace(plan.bound, clear_minute=plan.bound.clear_minute or 0)
    assert beaten(world_of(seed), bound) == [], f"world {seed}"
    return plan


def surpassed(seed: int, verdict: Verdict) -> list[Goal]:
    """The goals in which an executable plan is better than the proved optimum: always none."""
    clear = optimum_of(seed, Goal.CLEAR_MINUTE).value
    sooner = verdict.clear_minute is not None and (clear is None or verdict.clear_minute < clear)
    better = {
        Goal.PEOPLE_SAFE: verdict.people_safe > _best(seed, Goal.PEOPLE_SAFE),
        Goal.DANGER_HOURS: verdict.danger_hours < _best(seed, Goal.DANGER_HOURS) - 1e-9,
        Goal.CLEAR_MINUTE: sooner,
    }
    return [goal for goal, found in better.items() if found]


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
    kind = "chains" if first_seed >= CHAINS else "worlds"
    assert mean <= MOST_MEAN_GAP[kind], f"mean gap {mean:.3f}"


def test_plans_made_to_clear_fast_are_accepted(first_seed: int) -> None:
    for world in worlds_from(first_seed):
        planned(world.seed, Objective.CLEAR_FAST)


NUM_GAMBLES = 12
"""Plans drawn at random per world; their departures are at any minute, on the grid or off it."""


def test_no_random_plan_that_is_accepted_beats_the_optimum(first_seed: int) -> None:
    for world in worlds_from(first_seed):
        scenario = world.scenario
        for plan in Gambler(scenario, world.seed).plans(NUM_GAMBLES):
            verdict = judge(scenario, plan, recorded=False)
            if verdict.accepted:
                assert surpassed(world.seed, verdict) == [], f"world {world.seed}"
