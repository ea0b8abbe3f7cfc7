"""Measures against figures worked out by hand."""

import dataclasses

import numpy as np
import pytest
from tests.plan.worlds import (
    flying_plan,
    flying_world,
    plan_of,
    walk,
    walking_plan,
    walking_world,
    with_berth,
    with_fleet,
    with_party,
    with_place,
    with_window,
)

from wayout.plan.feasible import judge
from wayout.plan.measures import (
    CallForward,
    FleetUse,
    Late,
    LeftBehind,
    Load,
    Measures,
    OriginOutcome,
    Overstay,
    Wait,
    measure,
)
from wayout.scenario.model import Scenario
from wayout.scenario.windows import Target

WALKING = walking_world()
FLYING = flying_world()
WALK = measure(WALKING, walking_plan(WALKING))
FLY = measure(FLYING, flying_plan(FLYING))


def half_walked(scenario: Scenario) -> Measures:
    """a gets through; b waits at home until 120 and stays at the gate."""
    movements = [
        walk("1", "path", ("home", "gate"), (0, 60), 2),
        walk("2", "road", ("gate", "haven"), (90, 150), 2),
        walk("3", "path", ("home", "gate"), (120, 180), 3),
    ]
    plan = plan_of(scenario, movements, [("1", "a"), ("2", "a"), ("3", "b")])
    assert judge(scenario, plan).accepted
    return measure(scenario, plan)


def load_of(measures: Measures, kind: str, what: str) -> Load:
    (load,) = (item for item in measures.loads if (item.kind, item.what) == (kind, what))
    return load


@pytest.mark.parametrize("world", ["walking", "flying"])
def test_headline_figures_are_the_judges(world: str) -> None:
    scenario, plan, measures = {
        "walking": (WALKING, walking_plan(WALKING), WALK),
        "flying": (FLYING, flying_plan(FLYING), FLY),
    }[world]
    verdict = judge(scenario, plan)
    for field in (
        "people_total",
        "people_safe",
        "danger_hours",
        "danger_hours_if_nobody_moves",
        "clear_minute",
    ):
        assert getattr(measures, field) == getattr(verdict, field)


def test_the_curve_of_people_safe() -> None:
    assert FLY.safe_curve.ticks.tolist() == [0, 80, 100, 180]
    assert FLY.safe_curve.people.tolist() == [0, 4, 7, 9]


def test_the_curve_begins_with_who_is_safe_at_the_start() -> None:
    world = with_party(WALKING, "a", place="haven")
    curve = measure(world, plan_of(world, [], [])).safe_curve
    assert (curve.ticks.tolist(), curve.people.tolist()) == ([0], [2])


def test_priorities() -> None:
    third, fifth = half_walked(WALKING).by_priority
    assert (third.priority, third.people, third.safe) == ("III-E", 3, 0)
    assert (third.mean_hours_to_safety, third.last_minute) == (None, None)
    assert third.danger_hours == 6 * 48
    assert (fifth.people, fifth.safe, fifth.mean_hours_to_safety) == (2, 2, 2.5)
    assert (fifth.danger_hours, fifth.last_minute) == (5.0, 150)


def test_origins_and_who_is_left_behind() -> None:
    measures = half_walked(WALKING)
    assert measures.by_origin == (OriginOutcome("home", 5, 2, 3),)
    assert measures.left_behind == (LeftBehind("gate", "III-E", 3, 1),)
    assert WALK.left_behind == ()


def test_waits_begin_when_people_are_ready_or_arrive() -> None:
    """At home a waits 0 h and b from 60 to 120; at the gate a waits half an hour."""
    assert half_walked(WALKING).waits == (
        Wait("home", "home", 5, 0.6, 1.0),
        Wait("gate", "gate", 2, 0.5, 0.5),
    )


def test_occupancy_has_the_ticks_where_it_changes() -> None:
    present = {item.place: item for item in half_walked(WALKING).occupancy}
    assert present["gate"].ticks.tolist() == [60, 90, 180]
    assert present["gate"].people.tolist() == [2, 0, 3]
    assert present["home"].ticks.tolist() == [0, 120]
    assert "gate" not in {item.place for item in WALK.occupancy}


def test_loads_per_slot() -> None:
    processing = load_of(WALK, "processing", "gate")
    assert processing.used[:4].tolist() == [0, 2, 3, 0]
    assert set(processing.limit.tolist()) == {6.0}
    assert load_of(WALK, "people_per_hour", "path").used[:3].tolist() == [2, 3, 0]
    assert load_of(FLY, "departures_per_hour", "hop").used[:3].tolist() == [3, 2, 1]
    assert load_of(FLY, "movements", "ramp").used[:3].tolist() == [3, 1, 2]


def test_loads_over_time() -> None:
    assert load_of(half_walked(WALKING), "beds", "gate").used[:5].tolist() == [0, 2, 0, 3, 3]
    assert load_of(FLY, "spots", "ramp").used[:4].tolist() == [1, 1, 1, 0]
    fleet = load_of(FLY, "hours_per_day", "wing")
    assert (fleet.ticks.tolist(), fleet.used.tolist()) == ([0, 1440], [3.0, 0.0])
    assert fleet.limit.tolist() == [4.0, 0.0]


def test_unlimited_capacities_have_no_load() -> None:
    assert {item.what for item in WALK.loads if item.kind == "people_per_hour"} == {"path"}
    assert all(np.isfinite(item.limit).all() for item in (*WALK.loads, *FLY.loads))


def test_every_load_of_an_accepted_plan_is_within_its_limit() -> None:
    for load in (*WALK.loads, *FLY.loads):
        assert (load.used <= load.limit + 1e-9).all()
        assert len(load.ticks) == len(load.used) == len(load.limit)
        assert load.ends > load.ticks[-1]


def test_fleets() -> None:
    assert FLY.fleets == (FleetUse("wing", 2, 2, 6, 12, 9, 3.0, 4.0),)
    assert FLY.vehicles_used == 2
    half = with_fleet(FLYING, number=4, available_until=720)
    (fleet,) = measure(half, flying_plan(half)).fleets
    assert (fleet.vehicles, fleet.vehicles_used, fleet.hours_available) == (4, 2, 4.0)


def test_bottlenecks_are_what_is_used_up() -> None:
    """The ramp has its one spot taken in 3 of 25 hours, its movements in one."""
    first, second, third = FLY.bottlenecks
    assert (first.kind, first.what, first.first, first.last) == ("spots", "ramp", 0, 120)
    assert first.share == pytest.approx(3 / 25)
    assert (second.kind, second.what) == ("movements", "ramp")
    assert (third.kind, third.what) == ("beds", "field")
    assert WALK.bottlenecks == ()


def test_bottlenecks_count_open_time_only() -> None:
    shut = with_window(FLYING, Target.BERTH, "ramp", (180, 1500))
    movements = {
        item.kind: item
        for item in measure(shut, flying_plan(shut)).bottlenecks
        if item.what == "ramp"
    }
    assert movements["movements"].share == pytest.approx(1 / 3)


def test_call_forward_by_day() -> None:
    assert WALK.call_forward == (CallForward("home", 0, 5, 2),)
    longer = WALKING.replace(deadline=2880)
    late = plan_of(longer, [walk("1", "path", ("home", "gate"), (1440, 1500), 3)], [("1", "b")])
    assert measure(longer, late).call_forward == (CallForward("home", 1, 3, 1),)


def test_the_ceiling_of_an_airfield() -> None:
    """1 spot × 3 people × 24 h ÷ 20 minutes × 0.85."""
    (ceiling,) = FLY.station_ceilings
    assert ceiling.people_per_day == pytest.approx(1 * 3 * 24 * 3 * 0.85)
    assert (ceiling.place, ceiling.best_day, ceiling.best_day_people) == ("field", 0, 9)
    shut = with_window(FLYING, Target.PLACE, "field", (720, 1441))
    (half,) = measure(shut, flying_plan(shut)).station_ceilings
    assert half.open_hours == pytest.approx(12)
    unlimited = with_berth(FLYING, "ramp", spots=float("inf"))
    assert measure(unlimited, flying_plan(unlimited)).station_ceilings == ()


def test_overstays() -> None:
    """b is at the gate from 180 to the deadline, 21 h, of which 20 are agreed."""
    world = with_place(WALKING, "gate", max_stay_hours=20)
    assert half_walked(world).overstays == (Overstay("gate", 3, 1, 3.0),)
    assert half_walked(with_place(WALKING, "gate", max_stay_hours=21)).overstays == ()


def test_who_is_later_than_asked() -> None:
    world = with_party(with_party(WALKING, "a", wanted_by=90), "b", wanted_by=1000)
    assert half_walked(world).late == (Late("III-E", 3, 1, 3, None), Late("V-E", 2, 1, 0, 1.0))
    assert half_walked(with_party(WALKING, "a", wanted_by=150)).late == ()


def test_nobody_moves() -> None:
    measures = measure(FLYING, plan_of(FLYING, [], []))
    assert (measures.people_safe, measures.clear_minute, measures.vehicles_used) == (0, None, 0)
    assert (measures.waits, measures.call_forward, measures.station_ceilings) == ((), (), ())
    assert sum(item.people for item in measures.left_behind) == 9


def test_no_people_at_all() -> None:
    empty = FLYING.replace(parties=())
    measures = measure(empty, plan_of(empty, [], []))
    assert (measures.people_total, measures.danger_hours) == (0, 0.0)
    assert (measures.by_priority, measures.by_origin, measures.occupancy) == ((), (), ())


def test_measures_are_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError, match="people_safe"):
        WALK.people_safe = 0  # type: ignore[misc]
