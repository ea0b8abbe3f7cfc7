"""Planning goes on from a plan in hand."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from wayout.errors import PlanError
from wayout.optimize.progress import Budget
from wayout.optimize.solve import solve
from wayout.optimize.starting import carried
from wayout.plan.feasible import judge
from wayout.plan.model import Movement, Plan
from wayout.scenario.folder import read
from wayout.scenario.model import Scenario
from wayout.scenario.people import people_of
from wayout.scenario.windows import Target, Window

ROUNDS = Budget(seconds=None, work=1)
SCENARIOS = Path(__file__).parents[2] / "scenarios"


@pytest.fixture(scope="module")
def solomon() -> Scenario:
    return read(SCENARIOS / "solomon-1991")


@pytest.fixture(scope="module")
def base(solomon: Scenario) -> Plan:
    return solve(solomon, budget=ROUNDS).plan


def _shut(link: str, begins: int, ends: int, factor: float = 0.0) -> Window:
    return Window(kind=Target.LINK, what=link, begins=begins, ends=ends, factor=factor)


def _before(plan: Plan, tick: int) -> list[tuple[str, str, str, int, int]]:
    kept: list[Movement] = [m for m in plan.movements if m.depart < tick]
    return sorted((m.vehicle, m.link, m.origin, m.depart, m.people) for m in kept)


def test_going_on_is_never_worse(solomon: Scenario, base: Plan) -> None:
    further = solve(solomon, budget=ROUNDS, start_from=base).plan
    assert further.danger_hours <= base.danger_hours
    assert judge(solomon, further).accepted


@pytest.mark.parametrize("tick", [1, 400, 721, 1080, 1500])
def test_what_has_happened_stays(solomon: Scenario, base: Plan, tick: int) -> None:
    mended = solve(solomon, budget=ROUNDS, start_from=base, frozen_until=tick).plan
    assert _before(mended, tick) == _before(base, tick)
    assert judge(solomon, mended).accepted
    assert mended.danger_hours <= base.danger_hours + 1e-6


def test_a_plan_is_mended_from_the_hour_that_something_is_lost(
    solomon: Scenario, base: Plan
) -> None:
    hour = 720
    lost = _shut("embassy-bole", hour + 60, hour + 360, 0.5)
    struck = solomon.replace(windows=(*solomon.windows, lost))
    assert not judge(struck, base, recorded=False).accepted
    mended = solve(struck, budget=ROUNDS, start_from=base, frozen_until=hour).plan
    assert _before(mended, hour) == _before(base, hour)
    assert judge(struck, mended).accepted
    assert mended.people_safe > 0.9 * base.people_safe


def test_a_past_that_cannot_be_is_refused(solomon: Scenario, base: Plan) -> None:
    shut = _shut("bole-ben-gurion", 0, 1200)
    other = solomon.replace(windows=(*solomon.windows, shut))
    with pytest.raises(PlanError, match="What is to be kept"):
        solve(other, budget=ROUNDS, start_from=base, frozen_until=1200)


def test_loads_follow_their_parties_into_another_list(solomon: Scenario, base: Plan) -> None:
    people = people_of(solomon)
    order = np.arange(people.num_parties)[::-1]
    turned = dataclasses.replace(people, party=people.party[::-1], size=people.size[order])
    same = carried(carried(base, people, turned), turned, people)
    assert (same.loads.party == base.loads.party).all()
    assert same.movements == base.movements


def test_parties_that_are_gone_are_taken_off(solomon: Scenario, base: Plan) -> None:
    people = people_of(solomon)
    gone = int(base.loads.party[0])
    names = tuple("other" if row == gone else name for row, name in enumerate(people.party))
    fewer = carried(base, people, dataclasses.replace(people, party=names))
    assert gone not in fewer.loads.party
    lost = sum(m.people for m in base.movements) - sum(m.people for m in fewer.movements)
    assert lost == people.size[gone] * int((base.loads.party == gone).sum())
