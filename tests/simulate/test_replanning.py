"""The policy that plans again."""

from tests.simulate.worlds import flying

from wayout.cli.replanning import as_known, plan_again
from wayout.errors import SolverError
from wayout.plan.feasible import judge
from wayout.plan.model import Plan
from wayout.scenario.windows import Target
from wayout.simulate.disruptions import NOTHING, Disruptions, Kind
from wayout.simulate.replanning import Closed, Situation, replanned
from wayout.simulate.running import job_of

BROKEN = Disruptions({"breakdown.air.chance": 0.5}, frozenset(set(Kind) - {Kind.BREAKDOWN}))


def test_where_nothing_happens_the_planner_keeps_what_was_and_all_get_out() -> None:
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


def test_a_planner_that_finds_nothing_leaves_the_plan_in_force() -> None:
    world, plan = flying()

    def none(situation: Situation) -> Plan:
        raise SolverError("nothing")

    outcome = replanned(job_of(world, plan, NOTHING, 3), none, 1, 0)
    assert (outcome.safe, outcome.clear_minute) == (9, plan.clear_minute)


def test_broken_vehicles_stay_broken_and_it_is_the_same_every_time() -> None:
    world, plan = flying()
    job = job_of(world, plan, BROKEN, 8)
    found = [replanned(job, plan_again, 4, index) for index in range(4)]
    again = [replanned(job, plan_again, 4, index) for index in range(4)]
    assert [one.digest for one in found] == [one.digest for one in again]
    assert all(0 <= one.safe <= one.came == 9 for one in found)
    assert len({one.digest for one in found}) > 1


def test_what_is_closed_is_known_from_now_on() -> None:
    world, plan = flying()
    closed = Closed(Target.BERTH, "ramp", 300, 600, 0.0)
    known = as_known(Situation(world, plan, 300, (closed,)))
    (window,) = known.windows
    assert (window.what, window.begins, window.ends, window.factor) == ("ramp", 300, 600, 0.0)
