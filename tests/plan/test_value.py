"""Danger-hours, people safe and the last arrival, against figures worked out by hand."""

import pytest
from tests.plan.naive import replay
from tests.plan.worlds import (
    flying_plan,
    flying_world,
    plan_of,
    walk,
    walking_plan,
    walking_world,
    with_link,
    with_movement,
    with_party,
    with_place,
)

from wayout.plan.feasible import judge
from wayout.plan.model import Plan
from wayout.scenario.model import Scenario
from wayout.scenario.places import PlaceKind

WALKING = walking_world()
FLYING = flying_world()
WALK = walking_plan(WALKING)


def value(scenario: Scenario, plan: Plan) -> tuple[int, float, int | None]:
    """Safe people, danger-hours, last arrival; the naive replay has to agree."""
    verdict = judge(scenario, plan, recorded=False)
    assert verdict.findings == ()
    naive = replay(scenario, plan)
    assert naive.obeys
    assert naive.people_safe == verdict.people_safe
    assert naive.danger_hours == pytest.approx(verdict.danger_hours)
    assert naive.clear_minute == verdict.clear_minute
    return verdict.people_safe, verdict.danger_hours, verdict.clear_minute


def test_everybody_walks() -> None:
    """Two people for 2 h, three of weight 2 for 3 h: 4 + 18."""
    assert value(WALKING, WALK) == (5, 22.0, 180)


def test_nobody_moves() -> None:
    """(2 + 3 × 2) people-weights for the 48 h to the end of the accounting."""
    nothing = plan_of(WALKING, [], [])
    assert value(WALKING, nothing) == (0, 384.0, None)
    assert nothing.danger_hours_if_nobody_moves == 384.0


def test_everybody_flies() -> None:
    """4 wait 50 minutes, 3 wait 70, 2 wait 150; the air is free of danger."""
    safe, danger, clear = value(FLYING, flying_plan(FLYING))
    assert (safe, clear) == (9, 180)
    assert danger == pytest.approx((4 * 50 + 3 * 70 + 2 * 150) / 60)


def test_danger_on_the_way() -> None:
    """The road costs 3 an hour: a has 1 + 3, b has 2 + 3 hours."""
    assert value(with_link(WALKING, "road", danger_per_hour=3.0), WALK) == (5, 2 * 4 + 6 * 5.0, 180)


def test_danger_of_places() -> None:
    """Home costs 0.5 an hour: b's first hour is halved, a leaves at once; the gate is empty."""
    assert value(with_place(WALKING, "home", danger_per_hour=0.5), WALK) == (5, 19.0, 180)


def test_half_the_way_is_in_danger_until_the_end() -> None:
    """b stays at the gate: 48 h at 1, weight 6; a has 4."""
    movements = [m for m in WALK.movements if m.movement != "4"]
    plan = plan_of(WALKING, movements, [("1", "a"), ("2", "a"), ("3", "b")])
    assert value(WALKING, plan) == (2, 4 + 6 * 48.0, None)


def test_too_late_for_its_own_deadline() -> None:
    """b arrives at 180 but had to by 179: it counts at home's danger all the time."""
    assert value(with_party(WALKING, "b", safe_by=180), WALK) == (5, 22.0, 180)
    late = with_place(with_party(WALKING, "b", safe_by=179), "home", danger_per_hour=0.5)
    assert value(late, WALK) == (2, 4 + 6 * 0.5 * 48, None)


def test_the_deadline_itself_is_in_time() -> None:
    plan = with_movement(WALK, "4", depart=1380, arrive=1440)
    assert value(WALKING, plan) == (5, 4 + 6 * 24.0, 1440)


def test_waiting_to_be_ready_counts() -> None:
    plan = plan_of(
        WALKING,
        [
            walk("1", "path", ("home", "gate"), (600, 660), 3),
            walk("2", "road", ("gate", "haven"), (660, 720), 3),
        ],
        [("1", "b"), ("2", "b")],
    )
    world = with_party(WALKING, "b", ready_from=600)
    assert value(world, plan) == (3, 2 * 48 + 6 * 12.0, None)


def refuge(expires: int | None, after: float = 1.0) -> Scenario:
    return with_place(
        WALKING, "gate", kind=PlaceKind.REFUGE, expires=expires, danger_after_expiry=after
    )


def into_the_refuge() -> Plan:
    """Only a goes, and only to the gate."""
    return plan_of(WALKING, [walk("1", "path", ("home", "gate"), (0, 60), 2)], [("1", "a")])


def test_a_lasting_refuge_is_safe_but_not_without_danger() -> None:
    """a: an hour on the way, then 47 h at a quarter; b at home."""
    expected = 2 * (1 + 47 * 0.25) + 6 * 48
    assert value(refuge(None), into_the_refuge()) == (2, expected, None)


def test_a_refuge_that_expires_is_not_safe() -> None:
    """1 h on the way, 9 h at a quarter, 38 h at 2."""
    expected = 2 * (1 + 9 * 0.25 + 38 * 2) + 6 * 48
    assert value(refuge(600, 2.0), into_the_refuge()) == (0, expected, None)


def test_a_refuge_that_expires_after_the_end_is_not_safe_either() -> None:
    expected = 2 * (1 + 47 * 0.25) + 6 * 48
    assert value(refuge(9999), into_the_refuge()) == (0, expected, None)


def test_a_refuge_that_expired_before_anybody_comes() -> None:
    expected = 2 * (1 + 47 * 2) + 6 * 48
    assert value(refuge(30, 2.0), into_the_refuge()) == (0, expected, None)


def test_on_from_a_refuge_to_a_haven() -> None:
    """a is in the refuge from 60 to 660, which expires at 360: 5 h at 0.25, 5 h at 2."""
    plan = plan_of(
        WALKING,
        [
            walk("1", "path", ("home", "gate"), (0, 60), 2),
            walk("2", "road", ("gate", "haven"), (660, 720), 2),
        ],
        [("1", "a"), ("2", "a")],
    )
    expected = 2 * (1 + 5 * 0.25 + 5 * 2 + 1) + 6 * 48
    assert value(refuge(360, 2.0), plan) == (2, expected, None)


def test_who_goes_on_from_a_haven_stays_safe() -> None:
    """With the gate a haven too, everybody is safe there: an hour for a, two for b."""
    world = with_place(WALKING, "gate", kind=PlaceKind.HAVEN)
    assert value(world, WALK) == (5, 2 * 1 + 6 * 2.0, 120)


def test_who_starts_in_a_haven_is_safe() -> None:
    world = with_party(WALKING, "a", place="haven")
    plan = plan_of(world, [], [])
    assert value(world, plan) == (2, 6 * 48.0, None)
    assert plan.danger_hours_if_nobody_moves == 6 * 48.0


def test_nobody_to_evacuate() -> None:
    world = WALKING.replace(parties=())
    assert value(world, plan_of(world, [], [])) == (0, 0.0, None)


def test_minutes_count_where_nobody_moves() -> None:
    """47 h 59 min at home: no rounding to hours, or to whole weighted minutes."""
    world = with_place(WALKING.replace(end=2879), "home", danger_per_hour=1.5)
    _, danger, _ = value(world, plan_of(world, [], []))
    assert danger == pytest.approx(8 * 1.5 * 2879 / 60)
