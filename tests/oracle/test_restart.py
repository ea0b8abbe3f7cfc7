"""Planning on from a plan: what is decided stays to the minute, and nothing gets worse."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from tests.oracle.cases import optimum_of, world_of
from tests.oracle.chains import CHAINS
from tests.oracle.exact import Goal, optimum
from tests.oracle.test_judge import as_number, judged_value
from tests.oracle.test_solve import surpassed

from wayout.errors import PlanError
from wayout.optimize.progress import Budget
from wayout.optimize.solve import solve
from wayout.plan.feasible import Verdict, judge
from wayout.plan.model import Loads, Plan
from wayout.scenario.model import Scenario
from wayout.scenario.policy import Objective
from wayout.scenario.windows import Target, Window

CHUNK, NUM_CHUNKS, NUM_CHUNKS_LONG = 10, 1, 40

Made = tuple[str, str, str, str, int, int, int, tuple[int, ...]]
"""A movement without its identifier, and the parties aboard."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Chunks of both generators."""
    if "first" in metafunc.fixturenames:
        chunks = NUM_CHUNKS_LONG if metafunc.config.getoption("--long") else NUM_CHUNKS
        firsts = [start + CHUNK * k for start in (0, CHAINS) for k in range(chunks)]
        metafunc.parametrize("first", firsts)


def made(plan: Plan, before: int) -> Counter[Made]:
    """The movements that depart before a tick."""
    aboard: dict[int, list[int]] = {}
    pairs = zip(plan.loads.movement.tolist(), plan.loads.party.tolist(), strict=True)
    for movement, party in pairs:
        aboard.setdefault(movement, []).append(party)
    return Counter(
        (
            *(move.vehicle, move.link, move.origin, move.destination),
            *(move.depart, move.arrive, move.people),
            tuple(sorted(aboard.get(position, []))),
        )
        for position, move in enumerate(plan.movements)
        if move.depart < before
    )


def aiming(seed: int, objective: Objective) -> Scenario:
    scenario = world_of(seed).scenario
    return replace(scenario, policy=replace(scenario.policy, objective=objective))


def tick_to_freeze(seed: int) -> int:
    """Nothing, the first tick, hours between (on the grid or off it), all but the last tick."""
    deadline = world_of(seed).scenario.deadline
    return (0, 1, deadline // 3, 2 * deadline // 3 + 1, deadline)[seed % 5]


def gone_on(scenario: Scenario, start: Plan, frozen: int, seed: int) -> tuple[Plan, Verdict]:
    """A plan made on from another, judged with what it records of itself."""
    budget = Budget(seconds=None, work=1)
    plan = solve(scenario, budget=budget, seed=seed, start_from=start, frozen_until=frozen).plan
    verdict = judge(scenario, plan)
    assert verdict.accepted, f"{[str(finding) for finding in verdict.findings]}"
    assert made(plan, frozen) == made(start, frozen)
    return plan, verdict


def rank(verdict: Verdict, objective: Objective) -> tuple[float, ...]:
    """Smaller is better: what the objective of a scenario asks for (docs/concepts.md)."""
    if objective is Objective.REACH_SAFETY:
        return (round(verdict.danger_hours, 9), -verdict.people_safe)
    last = verdict.clear_minute
    return (-verdict.people_safe, float("inf") if last is None else last)


def own_plan(scenario: Scenario) -> Plan:
    return solve(scenario, budget=Budget(seconds=None, work=0)).plan


@pytest.mark.parametrize("objective", Objective)
def test_planning_on_from_ones_own_plan(first: int, objective: Objective) -> None:
    for seed in range(first, first + CHUNK):
        scenario, frozen = aiming(seed, objective), tick_to_freeze(seed)
        start = own_plan(scenario)
        before = judge(scenario, start)
        after = gone_on(scenario, start, frozen, seed + 1)[1]
        assert rank(after, objective) <= rank(before, objective), f"world {seed}, {frozen}"
        assert surpassed(seed, after) == [], f"world {seed}, {frozen}"


def standing_fits(scenario: Scenario, start: Plan, frozen: int, fleet: str) -> bool:
    """Whether spots are enough for a fleet's vehicles that stay where they came by a tick."""
    rows = [i for i, m in enumerate(start.movements) if m.fleet == fleet and m.depart < frozen]
    came = tuple(replace(start.movements[row], people=0, emergency=False) for row in rows)
    nobody = np.zeros(0, dtype=np.int64)
    alone = replace(start, movements=came, loads=Loads(nobody, nobody))
    rules = {finding.rule for finding in judge(scenario, alone, recorded=False).findings}
    return "V6" not in rules


def test_planning_on_when_a_fleet_is_lost(first: int) -> None:
    """From the tick on that nothing before is changed, a fleet sets out no more."""
    for seed in range(first, first + CHUNK):
        scenario = aiming(seed, Objective.REACH_SAFETY)
        frozen = scenario.deadline // 3
        start = own_plan(scenario)
        used = {window.what for window in scenario.windows if window.kind is Target.FLEET}
        for fleet in [fleet.fleet for fleet in scenario.fleets if fleet.fleet not in used][:1]:
            lost = Window(kind=Target.FLEET, what=fleet, begins=frozen, factor=0.0)
            left = scenario.replace(windows=(*scenario.windows, lost))
            if not standing_fits(left, start, frozen, fleet):
                with pytest.raises(PlanError, match="leads to no valid plan"):
                    gone_on(left, start, frozen, seed)
                continue
            after = gone_on(left, start, frozen, seed)[1]
            best = optimum(replace(world_of(seed), scenario=left), Goal.DANGER_HOURS).value
            assert best is not None
            assert after.danger_hours >= float(best) - 1e-9, f"world {seed}"


def test_all_of_a_plan_can_be_kept(first: int) -> None:
    for seed in range(first, first + 3):
        scenario = aiming(seed, Objective.REACH_SAFETY)
        start = own_plan(scenario)
        plan = gone_on(scenario, start, scenario.deadline + 1, seed)[0]
        assert plan.danger_hours == start.danger_hours


def keeps_the_best(first: int, objective: Objective, goal: Goal) -> None:
    """A plan made elsewhere, proved to be the best: nothing gets worse and none can be better."""
    for seed in range(first, first + CHUNK):
        scenario, best = aiming(seed, objective), optimum_of(seed, goal)
        if best.value is None:
            continue
        frozen = tick_to_freeze(seed)
        value = judged_value(gone_on(scenario, best.plan, frozen, seed)[1], goal)
        assert value == pytest.approx(as_number(best.value), rel=1e-12), f"world {seed}, {frozen}"


def test_planning_on_from_the_soonest_plan_is_as_soon(first: int) -> None:
    keeps_the_best(first, Objective.CLEAR_FAST, Goal.CLEAR_MINUTE)


def test_planning_on_from_the_least_dangerous_plan_has_no_more_danger(first: int) -> None:
    keeps_the_best(first, Objective.REACH_SAFETY, Goal.DANGER_HOURS)
