"""P1 to P6: accepted at the limit, refused one beyond it."""

import dataclasses

import numpy as np
import pytest
from tests.plan.worlds import (
    codes,
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
    with_window,
)

from wayout.plan.model import Loads, Plan
from wayout.scenario.places import PlaceKind
from wayout.scenario.windows import Target

WALKING = walking_world()
FLYING = flying_world()
WALK = walking_plan(WALKING)
FLY = flying_plan(FLYING)


def with_loads(plan: Plan, movement: list[int], party: list[int]) -> Plan:
    loads = Loads(np.array(movement, dtype=np.int64), np.array(party, dtype=np.int64))
    return dataclasses.replace(plan, loads=loads)


@pytest.mark.parametrize("people", [0, 1, 3])
def test_people_are_the_sum_of_the_parties(people: int) -> None:
    assert codes(WALKING, with_movement(WALK, "1", people=people)) == {"P1"}


def test_nobody_moves_alone_on_a_movement_without_people() -> None:
    empty = walk("5", "path", ("home", "gate"), (300, 360), 0)
    plan = plan_of(WALKING, [*WALK.movements, empty], [])
    assert "P1" in codes(WALKING, plan)


def test_a_load_twice_is_refused() -> None:
    assert codes(WALKING, with_loads(WALK, [0, 1, 2, 3, 0], [0, 0, 1, 1, 0])) == {"P1"}


@pytest.mark.parametrize(("movement", "party"), [(4, 0), (-1, 0), (0, 2), (0, -1), (2**62, 2**62)])
def test_loads_of_nothing_are_refused(movement: int, party: int) -> None:
    plan = with_loads(WALK, [0, 1, 2, 3, movement], [0, 0, 1, 1, party])
    assert codes(WALKING, plan) == {"P1"}


def test_nobody_flies_back() -> None:
    plan = with_loads(with_movement(FLY, "5", people=2), [1, 3, 5, 4], [0, 1, 2, 2])
    assert "P1" in codes(FLYING, plan)


def test_a_party_goes_on_when_it_has_arrived() -> None:
    for depart, broken in ((60, set()), (59, {"P2"})):
        plan = with_movement(WALK, "2", depart=depart, arrive=depart + 60)
        assert codes(WALKING, plan) == broken


def test_a_party_goes_on_from_where_it_is() -> None:
    assert "P2" in codes(WALKING, with_loads(WALK, [1, 2, 3], [0, 1, 1]))
    assert codes(WALKING, with_loads(WALK, [0, 0, 1, 2, 3], [0, 1, 0, 1, 1])) >= {"P1", "P2"}


def test_stays_are_rounded_up_to_minutes() -> None:
    plan = with_movement(WALK, "2", depart=75, arrive=135)
    plan = with_movement(plan, "4", depart=135, arrive=195)
    for hours, broken in ((0.25, set()), (0.2501, {"P2"})):
        assert codes(with_place(WALKING, "gate", min_stay_hours=hours), plan) == broken


def test_stays_are_not_asked_of_first_places() -> None:
    assert codes(with_place(WALKING, "home", min_stay_hours=5), WALK) == set()


def test_nobody_leaves_before_being_ready() -> None:
    for ready, broken in ((60, set()), (61, {"P2"})):
        assert codes(with_party(WALKING, "b", ready_from=ready), WALK) == broken


def test_parties_enter_only_their_havens() -> None:
    assert codes(with_party(WALKING, "a", may_go_to=("haven",)), WALK) == set()
    assert codes(with_party(WALKING, "a", may_go_to=("gate",)), WALK) == {"P3"}
    refuge = with_place(WALKING, "gate", kind=PlaceKind.REFUGE)
    assert codes(with_party(refuge, "a", may_go_to=("haven",)), WALK) == {"P3"}
    assert codes(with_party(refuge, "a", may_go_to=("gate", "haven")), WALK) == set()


def test_people_who_leave_a_place_per_slot() -> None:
    for rate, broken in ((3, set()), (2.99, {"P4"})):
        assert codes(with_place(WALKING, "gate", processing_per_hour=rate), WALK) == broken
    for rate, broken in ((7, set()), (6, {"P4"})):
        both = with_place(FLYING, "field", processing_per_hour=rate)
        plan = with_movement(FLY, "4", depart=59, arrive=89)
        assert codes(both, plan) - {"V2", "V6", "V7"} == broken


def test_beds_after_the_events_of_a_tick() -> None:
    """At minute 120 a has left the gate, b arrives and leaves: nobody is there."""
    assert codes(with_place(WALKING, "gate", beds=0), WALK) == set()
    waiting = with_movement(WALK, "4", depart=121, arrive=181)
    assert codes(with_place(WALKING, "gate", beds=3), waiting) == set()
    assert codes(with_place(WALKING, "gate", beds=2), waiting) == {"P5"}
    assert codes(with_place(WALKING, "haven", beds=4), WALK) == {"P5"}
    assert codes(with_place(WALKING, "haven", beds=5), WALK) == set()


def test_beds_count_from_the_start() -> None:
    assert codes(with_place(FLYING, "field", beds=8), FLY) == {"P5"}


def test_beds_that_are_taken_away_are_missed() -> None:
    for factor, broken in ((0.5, set()), (0.49, {"P5"})):
        window = with_window(WALKING, Target.BEDS, "haven", (1000, 1001), factor)
        assert codes(window, WALK) == broken
    until_deadline = with_window(WALKING, Target.BEDS, "haven", (1440, 1500), 0.0)
    assert codes(until_deadline, WALK) == {"P5"}
    assert codes(with_window(WALKING, Target.BEDS, "haven", (1441, 1500), 0.0), WALK) == set()


@pytest.mark.parametrize(
    ("needs", "limit"),
    [
        ({"stretchers": 1}, set()),
        ({"stretchers": 2}, {"P6"}),
        ({"wheelchairs": 1}, set()),
        ({"wheelchairs": 2}, {"P6"}),
    ],
)
def test_needs_on_a_vehicle(needs: dict[str, int], limit: set[str]) -> None:
    assert codes(with_party(FLYING, "b", **needs), FLY) == limit


def test_children_need_an_escort_each() -> None:
    assert codes(with_party(FLYING, "c", unaccompanied=True), FLY) == set()
    assert codes(with_party(FLYING, "b", unaccompanied=True), FLY) == {"P6"}


def test_needs_on_foot_want_an_assisted_link() -> None:
    chair = with_party(WALKING, "a", wheelchairs=1)
    assert codes(chair, WALK) == {"P6"}
    helped = with_link(with_link(chair, "path", assisted=True), "road", assisted=True)
    assert codes(helped, WALK) == set()
