"""The judge accepts every plan of the oracle, at exactly the oracle's value."""

from fractions import Fraction

import pytest
from tests.oracle.cases import optimum_of, world_of, worlds_from
from tests.oracle.exact import Goal

from wayout.plan.feasible import Verdict, judge
from wayout.plan.model import Plan
from wayout.scenario.model import Scenario


def replayed(scenario: Scenario, plan: Plan) -> Verdict:
    """The verdict on the timetable alone: the oracle's plans record no values of their own."""
    return judge(scenario, plan, recorded=False)


def judged_value(verdict: Verdict, goal: Goal) -> float | None:
    return {
        Goal.PEOPLE_SAFE: float(verdict.people_safe),
        Goal.DANGER_HOURS: verdict.danger_hours,
        Goal.CLEAR_MINUTE: None if verdict.clear_minute is None else float(verdict.clear_minute),
    }[goal]


def as_number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


@pytest.mark.parametrize("goal", Goal)
def test_optimum_is_accepted_at_its_value(first_seed: int, goal: Goal) -> None:
    for world in worlds_from(first_seed):
        best = optimum_of(world.seed, goal)
        verdict = replayed(world.scenario, best.plan)
        assert verdict.accepted, f"world {world.seed}: {verdict.findings}"
        if best.value is not None:
            judged = judged_value(verdict, goal)
            assert judged == pytest.approx(as_number(best.value), rel=1e-12), f"world {world.seed}"


def test_no_plan_of_another_goal_beats_the_optimum(first_seed: int) -> None:
    for world in worlds_from(first_seed):
        verdicts = [replayed(world.scenario, optimum_of(world.seed, goal).plan) for goal in Goal]
        most = as_number(optimum_of(world.seed, Goal.PEOPLE_SAFE).value)
        least = as_number(optimum_of(world.seed, Goal.DANGER_HOURS).value)
        assert most is not None
        assert least is not None
        assert all(verdict.people_safe <= most for verdict in verdicts)
        assert all(verdict.danger_hours >= least - 1e-9 for verdict in verdicts)


def test_a_plan_without_movements_has_the_danger_of_nobody_moving() -> None:
    """World 23's danger is no whole number of minutes times rate."""
    world = world_of(23)
    verdict = replayed(world.scenario, optimum_of(23, Goal.DANGER_HOURS).plan)
    assert verdict.danger_hours == pytest.approx(verdict.danger_hours_if_nobody_moves)
