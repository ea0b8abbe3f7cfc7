"""Replications whose every minute is worked out by hand."""

import numpy as np
import pytest
from tests.plan.worlds import with_fleet
from tests.simulate.worlds import dealt, flying, minutes, model, played, relayed, times

from wayout.plan.feasible import judge
from wayout.scenario.windows import Target
from wayout.simulate.engine import tables as t
from wayout.simulate.giving import targets_of
from wayout.simulate.outcome import outcome_of

PLANNED = {
    "1": (0, 30, 0),
    "2": (50, 80, 4),
    "3": (20, 50, 0),
    "4": (70, 100, 3),
    "5": (100, 130, 0),
    "6": (150, 180, 2),
}
"""wing-1 fetches a and c, wing-2 fetches b; half an hour each way, 20 minutes on the ground."""


def test_nothing_happens() -> None:
    world, plan = flying()
    _, departures = played(model(world, plan), dealt(model(world, plan)))
    assert times(departures) == PLANNED


def test_a_vehicle_lands_on_the_spot_that_another_leaves_with_its_people() -> None:
    world, plan = relayed()
    assert judge(world, plan).accepted
    _, departures = played(model(world, plan), dealt(model(world, plan)))
    assert times(departures) == {m.movement: (m.depart, m.arrive, m.people) for m in plan.movements}


def test_who_cannot_leave_keeps_the_spot() -> None:
    # wing-1 is broken until 200: wing-2 with o holds over the field until it leaves, and changes
    # places with it then. wing-2 is ready at 220 for what it was to do at 150.
    world, plan = relayed()
    tables = model(world, plan)
    _, departures = played(tables, dealt(tables, repair=minutes(tables, m5=70)))
    found = times(departures)
    assert found["4"] == (100, 200, 4)
    assert found["5"] == (200, 230, 4)
    assert found["6"] == (220, 250, 2)


def test_one_breakdown() -> None:
    # wing-1 is found broken at 50, repaired at 115. Its spot is the only one of the field: wing-2,
    # due there at 50, holds until wing-1 has left, is ready at 135 after its 20 minutes and takes b
    # out. wing-1 is back at 145, ready at 165, at the field at 195, out with c from 215.
    world, plan = flying()
    tables = model(world, plan)
    stage, departures = played(tables, dealt(tables, repair=minutes(tables, m2=65)))
    assert times(departures) == {
        "1": (0, 30, 0),
        "2": (115, 145, 4),
        "3": (20, 115, 0),
        "4": (135, 165, 3),
        "5": (165, 195, 0),
        "6": (215, 245, 2),
    }
    outcome = outcome_of(tables, stage, 0, np.ones(3, dtype=np.int64))
    # Danger 1 an hour at the field, none in the air: a until 115, b until 135, c until 215.
    assert outcome.danger_hours == pytest.approx((4 * 115 + 3 * 135 + 2 * 215) / 60)
    assert (outcome.safe, outcome.came, outcome.minutes_late) == (9, 9, 65 + 65 + 65 + 65)
    assert outcome.clear_minute == 245


def test_a_longer_turn_moves_only_what_follows_it() -> None:
    world, plan = flying()
    tables = model(world, plan)
    _, departures = played(tables, dealt(tables, turn=minutes(tables, m5=15)))
    # wing-1 is ready at 115 in place of 100.
    changed = {"5": (115, 145, 0), "6": (165, 195, 2)}
    assert times(departures) == PLANNED | changed


def test_a_longer_way_is_felt_where_it_ends() -> None:
    world, plan = flying()
    tables = model(world, plan)
    _, departures = played(tables, dealt(tables, way=minutes(tables, m3=10)))
    # wing-2 comes at 60, is ready at 80; wing-1 has to wait for the spot only from 130 on.
    assert times(departures) == PLANNED | {"3": (20, 60, 0), "4": (80, 110, 3)}


def test_who_does_not_come_leaves_the_seat_empty() -> None:
    world, plan = flying()
    tables = model(world, plan)
    stage, departures = played(tables, dealt(tables, absent=np.array([False, True, False])))
    assert times(departures) == PLANNED | {"4": (70, 100, 0)}
    outcome = outcome_of(tables, stage, 0, np.ones(3, dtype=np.int64))
    assert (outcome.came, outcome.safe, outcome.lost, outcome.all_out) == (6, 6, 0, True)


def test_a_walk_in_takes_a_seat_that_is_free() -> None:
    # c has two people and comes on movement 6; another such party stands there from 150 on, and the
    # plane has four seats.
    world, plan = flying()
    tables = model(world, plan)
    stage, departures = played(tables, dealt(tables, walk_in=np.array([False, False, True])))
    assert times(departures)["6"] == (150, 180, 4)
    outcome = outcome_of(tables, stage, 0, np.ones(3, dtype=np.int64))
    assert (outcome.safe, outcome.walk_ins, outcome.walk_ins_safe) == (9, 2, 2)


def test_a_closure_holds_what_has_not_left() -> None:
    # The field's ramp is shut from 60 to 90: wing-2 stands there and leaves at 90; nothing is
    # foreseen, so wing-2 set out for it before. wing-1 comes to the field at 130 as planned.
    world, plan = flying()
    tables = model(world, plan)
    row = targets_of(world).index((Target.BERTH, "ramp"))
    closure = np.array([[60, 90, row]], dtype=np.int64)
    deal = dealt(tables, closure=closure, closure_factor=np.zeros(1))
    _, departures = played(tables, deal)
    assert times(departures) == PLANNED | {"4": (90, 120, 3)}


def test_what_would_come_too_late_does_not_leave() -> None:
    # The fleet leaves at 190: movement 6, an hour late by its repair, would be back at 240.
    world, plan = flying()
    world = with_fleet(world, available_until=190)
    tables = model(world, plan)
    stage, departures = played(tables, dealt(tables, repair=minutes(tables, m6=60)))
    assert set(times(departures)) == {"1", "2", "3", "4", "5"}
    outcome = outcome_of(tables, stage, 0, np.ones(3, dtype=np.int64))
    assert (outcome.cancelled, outcome.lost, outcome.all_out) == (1, 2, False)
    # c stays at the field until the end, 48 hours.
    assert outcome.danger_hours == pytest.approx((4 * 50 + 3 * 70) / 60 + 2 * 48)


def test_the_state_is_as_new_after_each_replication() -> None:
    world, plan = flying()
    tables = model(world, plan)
    row = targets_of(world).index((Target.BERTH, "ramp"))
    closure = np.array([[0, 1500, row]], dtype=np.int64)
    stage, departures = played(
        tables, dealt(tables, closure=closure, closure_factor=np.full(1, 0.0))
    )
    assert departures == ()
    before = stage.state.memory.copy()
    stage.deal(dealt(tables))
    assert not np.array_equal(before, stage.state.memory)
    again = tables.stage()
    again.deal(dealt(tables))
    cleared = int(stage.state.memory[t.IS_TRIP])
    assert np.array_equal(stage.state.memory[:cleared], again.state.memory[:cleared])
    for name in (t.IS_DANGER, t.IS_FACTOR):
        num = 6 if name == t.IS_DANGER else tables.begin.factor.size
        assert np.array_equal(stage.numbers(name, num), again.numbers(name, num))
