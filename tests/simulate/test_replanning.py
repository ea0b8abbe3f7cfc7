"""The policy that plans again."""

import numpy as np
import pytest
from tests.simulate.worlds import flying, relayed, shipped

from wayout.contingency.redispatching import as_known, plan_again
from wayout.errors import SolverError
from wayout.optimize.progress import Budget
from wayout.optimize.solve import solve
from wayout.plan.feasible import judge
from wayout.plan.model import Plan
from wayout.scenario.windows import Target
from wayout.simulate.disruptions import NOTHING, Disruptions, Kind
from wayout.simulate.replanning import AT_DISRUPTIONS, replanned
from wayout.simulate.running import job_of, perform, tasks_of
from wayout.simulate.situation import Closed, Situation

BROKEN = Disruptions({"breakdown.air.chance": 0.5}, frozenset(set(Kind) - {Kind.BREAKDOWN}))


def test_where_nothing_happens_the_plan_in_force_goes_on() -> None:
    world, plan = flying()
    seen: list[Situation] = []

    def watched(situation: Situation) -> Plan:
        seen.append(situation)
        return plan_again(situation)

    outcome = replanned(job_of(world, plan, NOTHING, 3), watched, 2, 0)
    assert [situation.tick for situation in seen] == list(range(120, 1440, 120))
    assert len(seen[0].so_far.movements) == 5
    assert outcome.safe == outcome.came == 9
    for situation in seen:
        assert judge(world, situation.so_far, recorded=False).accepted
        assert all(m.depart < situation.tick for m in situation.so_far.movements)
    assert not replanned(job_of(world, plan, NOTHING, 3), plan_again, AT_DISRUPTIONS, 0).missed


def test_a_planner_that_finds_nothing_leaves_the_plan_in_force() -> None:
    world, plan = flying()

    def none(situation: Situation) -> Plan:
        raise SolverError("nothing")

    outcome = replanned(job_of(world, plan, NOTHING, 3), none, 1, 0)
    assert (outcome.safe, outcome.clear_minute) == (9, plan.clear_minute)


@pytest.mark.parametrize("every", [4, AT_DISRUPTIONS])
def test_broken_vehicles_stay_broken_and_it_is_the_same_every_time(every: float | None) -> None:
    world, plan = flying()
    job = job_of(world, plan, BROKEN, 8)
    found = [replanned(job, plan_again, every, index) for index in range(4)]
    again = [replanned(job, plan_again, every, index) for index in range(4)]
    assert [one.digest for one in found] == [one.digest for one in again]
    assert all(0 <= one.safe <= one.came == 9 for one in found)
    assert len({one.digest for one in found}) > 1


def test_it_is_told_what_is_broken_and_who_stayed_away() -> None:
    world, plan = relayed()
    figures = Disruptions(
        {"breakdown.air.chance": 1.0, "breakdown.air.mean_hours": 2.0, "no_show.chance": 0.5},
        frozenset(set(Kind) - {Kind.BREAKDOWN, Kind.NO_SHOW}),
    )
    told: list[Situation] = []

    def watched(situation: Situation) -> Plan:
        told.append(situation)
        return plan_again(situation)

    replanned(job_of(world, plan, figures, 2), watched, 1, 1)
    for situation in told:
        last = {m.vehicle: m.depart for m in situation.so_far.movements}
        for vehicle, ready in situation.ready_at.items():
            assert ready > situation.tick
            assert last.get(vehicle, 0) < situation.tick
        absent = set(np.flatnonzero(situation.stayed_away).tolist())
        assert absent.isdisjoint(situation.so_far.loads.party.tolist())
    assert any(situation.ready_at for situation in told)
    assert any(situation.stayed_away.any() for situation in told)


def test_planning_again_saves_more_than_holding_on() -> None:
    world = shipped("solomon-1991")
    plan = solve(world, budget=Budget(work=0)).plan
    figures = Disruptions({}, frozenset({Kind.WALK_IN}))
    job = job_of(world, plan, figures, 5)
    fixed = [one for task in tasks_of(figures, 6) for one in perform(job, task)]
    anew = [replanned(job, plan_again, AT_DISRUPTIONS, index) for index in range(6)]
    assert [one.came for one in anew] == [one.came for one in fixed]
    assert sum(one.safe for one in anew) > sum(one.safe for one in fixed)


def test_what_is_closed_is_known_from_now_on() -> None:
    world, _ = flying()
    closed = Closed(Target.BERTH, "ramp", 300, 600, 0.0)
    (window,) = as_known(world, (closed,)).windows
    assert (window.what, window.begins, window.ends, window.factor) == ("ramp", 300, 600, 0.0)
