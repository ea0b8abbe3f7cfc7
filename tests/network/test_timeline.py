"""Timelines minute by minute against the rules as they are written."""

import math

import numpy as np
import pytest
from tests.oracle.cases import world_of
from tests.plan.worlds import walking_world

from wayout.network.timeline import NO_LIMIT, Timeline
from wayout.plan.feasible.calendar import Calendar
from wayout.scenario.model import Scenario
from wayout.scenario.policy import Policy
from wayout.scenario.windows import Repeat, Target, Window


def holds(window: Window, tick: int, deadline: int) -> bool:
    """Whether a window holds at a tick, as rules.md says."""
    ends = deadline if window.ends is None else window.ends
    if window.repeat is Repeat.NONE:
        return window.begins <= tick < ends
    begins = window.begins
    while begins <= deadline:
        if begins <= tick < begins + ends - window.begins:
            return True
        begins += 1440
    return False


def factor(scenario: Scenario, kind: Target, what: str, tick: int) -> float:
    for window in scenario.windows:
        if (window.kind, window.what) == (kind, what) and holds(window, tick, scenario.deadline):
            return window.factor
    return 1.0


def with_windows(deadline: int, slot: int, *windows: Window) -> Scenario:
    return walking_world().replace(
        deadline=deadline, policy=Policy(slot_minutes=slot), windows=windows
    )


def gate(begins: int, ends: int | None, share: float, repeat: Repeat = Repeat.NONE) -> Window:
    return Window(
        kind=Target.PLACE, what="gate", begins=begins, ends=ends, factor=share, repeat=repeat
    )


SCENARIOS = (
    with_windows(100, 30, gate(-20, 35, 0.5), gate(40, None, 0.0)),
    with_windows(3000, 60, gate(-3000, -2500, 0.0, Repeat.DAILY)),
    with_windows(3000, 60, gate(-200, 300, 0.25, Repeat.DAILY)),
    with_windows(3005, 20, gate(1430, 1500, 2.0, Repeat.DAILY), gate(100, 200, 0.1)),
    with_windows(1000, 60, gate(1005, 1010, 0.0), gate(990, 1003, 0.5)),
    with_windows(100, 30, gate(90, None, 3.0)),
)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_factors_minute_by_minute(scenario: Scenario) -> None:
    factors = Timeline(scenario).factor(Target.PLACE, "gate")
    minutes = range(scenario.deadline + 1)
    assert factors.tolist() == [factor(scenario, Target.PLACE, "gate", t) for t in minutes]


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("per_hour", [1.0, 6.0, 0.3, 100.0])
def test_slots_minute_by_minute(scenario: Scenario, per_hour: float) -> None:
    timeline, slot = Timeline(scenario), scenario.policy.slot_minutes
    wanted = []
    for begins in range(0, scenario.deadline + 1, slot):
        minutes = range(begins, begins + slot)
        total = math.fsum(factor(scenario, Target.PLACE, "gate", t) for t in minutes)
        wanted.append(math.floor(total * per_hour / 60 + 1e-9))
    assert timeline.slot_capacity(Target.PLACE, "gate", per_hour).tolist() == wanted


@pytest.mark.parametrize("seed", range(0, 60, 3))
def test_limits_are_those_of_the_judge(seed: int) -> None:
    scenario = world_of(seed).scenario
    timeline, judge = Timeline(scenario), Calendar(scenario)
    for window in scenario.windows:
        kind, what = window.kind, window.what
        assert np.array_equal(timeline.scaled(kind, what, 7.3), judge.per_tick(kind, what, 7.3))
        slots = timeline.slot_capacity(kind, what, 7.3)
        assert np.array_equal(slots, judge.per_slot(kind, what, 7.3))


def test_unlimited_never_binds_even_at_factor_zero() -> None:
    timeline = Timeline(with_windows(100, 30, gate(0, 60, 0.0)))
    assert (timeline.scaled(Target.PLACE, "gate", math.inf) == NO_LIMIT).all()
    assert (timeline.slot_capacity(Target.PLACE, "gate", math.inf) == NO_LIMIT).all()
