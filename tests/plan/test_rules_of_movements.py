"""M1 to M6: accepted at the limit, refused one beyond it."""

from collections.abc import Callable

import pytest
from tests.plan.worlds import (
    codes,
    fly,
    flying_plan,
    flying_world,
    plan_of,
    walk,
    walking_plan,
    walking_world,
    with_fleet,
    with_link,
    with_movement,
    with_party,
    with_type,
    with_window,
)

from wayout.plan.feasible import judge
from wayout.plan.feasible.breaches import MOST_PER_RULE
from wayout.plan.model import Plan
from wayout.scenario.links import SELF
from wayout.scenario.model import Scenario
from wayout.scenario.windows import Repeat, Target

WALKING = walking_world()
FLYING = flying_world()
WALK = walking_plan(WALKING)
FLY = flying_plan(FLYING)


def test_the_plans_to_start_from_are_accepted() -> None:
    for scenario, plan in ((WALKING, WALK), (FLYING, FLY)):
        assert judge(scenario, plan).findings == ()
        assert judge(scenario, plan).accepted


@pytest.mark.parametrize(
    "changes",
    [
        {"link": "nowhere"},
        {"fleet": "nowhere"},
        {"vehicle": ""},
        {"fleet": ""},
        {"vehicle": "wing-3"},
        {"vehicle": "wing-0"},
        {"vehicle": "wing-01"},
        {"vehicle": "wing-²"},
        {"vehicle": "wing"},
        {"origin": "nowhere"},
        {"destination": "field"},
        {"movement": "4"},
        {"movement": ""},
    ],
)
def test_unknown_names_are_refused(changes: dict[str, str]) -> None:
    assert "M1" in codes(FLYING, with_movement(FLY, "2", **changes))


def test_empty_returns_are_for_vehicles_where_they_are_allowed() -> None:
    refused = with_link(FLYING, "hop", return_empty=False)
    assert codes(refused, FLY) == {"M1"}
    back = walk("5", "path", ("gate", "home"), (200, 260), 2)
    plan = plan_of(WALKING, [*WALK.movements, back], [("1", "a")])
    assert "M1" in codes(WALKING, plan)


def test_travel_takes_what_the_link_takes() -> None:
    for travel in (29, 31):
        assert "M2" in codes(FLYING, with_movement(FLY, "6", arrive=150 + travel))
    faster = with_type(FLYING, km_per_hour=599.9)
    assert "M2" in codes(faster, FLY)
    assert codes(with_link(faster, "hop", minutes=30), FLY) == set()
    assert "M2" in codes(with_link(FLYING, "hop", km=None), FLY)
    assert "M2" in codes(with_type(FLYING, km_per_hour=None), FLY)


def test_the_length_over_the_speed_is_rounded_up_once() -> None:
    """0.7 km at 6 km/h is 7 minutes, though 0.7 × 60 ÷ 6 is a little more in binary."""
    world = with_type(with_link(FLYING, "hop", km=0.7), km_per_hour=6.0)
    plan = plan_of(world, [fly("1", "wing-1", 0, back=True, travel=7)], [])
    assert codes(world, plan) == set()


def test_movements_are_between_start_and_deadline() -> None:
    def last(arrive: int) -> set[str]:
        return codes(FLYING, with_movement(FLY, "6", depart=arrive - 30, arrive=arrive))

    assert last(1440) == set()
    assert "M2" in last(1441)
    assert "M2" in codes(FLYING, with_movement(FLY, "1", depart=-1, arrive=29))


@pytest.mark.parametrize("tick", [10**7, -(10**7), 10**30, -(10**30)])
def test_absurd_times_are_findings(tick: int) -> None:
    for field in ("depart", "arrive", "people"):
        assert codes(FLYING, with_movement(FLY, "2", **{field: tick}))


def test_links_are_open_to_types_and_people() -> None:
    assert codes(with_link(FLYING, "hop", open_to=("plane",)), FLY) == set()
    assert codes(with_link(FLYING, "hop", open_to=(SELF,)), FLY) == {"M3"}
    assert codes(with_type(FLYING, range_km=299.9), FLY) == {"M3"}
    assert codes(with_link(WALKING, "road", open_to=(SELF,)), WALK) == set()
    assert codes(with_link(WALKING, "road", open_to=("bus",)), WALK) == {"M3"}


def test_no_minute_on_the_way_is_shut() -> None:
    """The first flight with people is on its way at the minutes 50 to 79."""

    def shut(begins: int, ends: int) -> set[str]:
        world = with_link(FLYING, "hop", departures_per_hour=60)
        return codes(with_window(world, Target.LINK, "hop", (begins, ends)), FLY)

    assert shut(180, 190) == set()
    assert shut(179, 190) == {"M4"}
    assert shut(130, 150) == set()
    assert shut(130, 151) == {"M4"}


def test_daily_windows_come_back() -> None:
    late = with_movement(FLY, "6", depart=1400, arrive=1430)
    window = (-60, -10)
    assert codes(with_window(FLYING, Target.PLACE, "field", window), late) == set()
    daily = with_window(FLYING, Target.PLACE, "field", window, repeat=Repeat.DAILY)
    assert codes(daily, late) == {"M5"}


def test_places_are_open_at_departure_and_arrival() -> None:
    def shut(place: str, begins: int, ends: int) -> set[str]:
        return codes(with_window(FLYING, Target.PLACE, place, (begins, ends)), FLY)

    assert shut("field", 71, 130) == set()
    assert shut("field", 70, 130) == {"M5"}
    assert shut("field", 71, 131) == {"M5"}
    assert shut("haven", 101, 180) == set()
    assert shut("haven", 101, 181) == {"M5"}


def test_a_window_until_the_deadline_does_not_hold_at_it() -> None:
    last = with_movement(FLY, "6", depart=1410, arrive=1440)
    assert codes(with_window(FLYING, Target.PLACE, "haven", (1000, None)), last) == set()
    assert codes(with_window(FLYING, Target.PLACE, "haven", (1000, 1441)), last) == {"M5"}


def _limited(change: Callable[[Scenario, float], Scenario], plan: Plan) -> list[float]:
    """Rates that are accepted, of some around the limit."""
    rates = [1.0, 1.99, 2.0, 2.99, 3.0, 4.0]
    base = FLYING if plan is FLY else WALKING
    return [rate for rate in rates if not codes(change(base, rate), plan)]


def test_people_by_themselves_per_slot() -> None:
    assert _limited(lambda w, rate: with_link(w, "path", people_per_hour=rate), WALK) == [3.0, 4.0]


def test_vehicles_per_slot_in_both_directions() -> None:
    """Three set out in the first hour: two empty, one loaded."""
    accepted = _limited(lambda w, rate: with_link(w, "hop", departures_per_hour=rate), FLY)
    assert accepted == [3.0, 4.0]


def test_slots_are_counted_from_the_start() -> None:
    world = with_link(WALKING, "path", people_per_hour=3)
    assert codes(world, with_movement(WALK, "3", depart=60, arrive=120)) == set()
    plan = with_movement(WALK, "3", depart=59, arrive=119)
    assert codes(with_party(world, "b", ready_from=59), plan) == {"M6"}


def test_factors_scale_what_a_slot_allows() -> None:
    """60 minutes at 3 an hour are 3; with 30 of them at two thirds they are 2.5."""
    world = with_link(WALKING, "path", people_per_hour=3)
    third = 0.6667
    assert codes(with_window(world, Target.LINK, "path", (60, 120), 1.0), WALK) == set()
    assert codes(with_window(world, Target.LINK, "path", (60, 90), third), WALK) == {"M6"}
    more = with_link(WALKING, "path", people_per_hour=3.6)
    assert codes(with_window(more, Target.LINK, "path", (60, 90), third), WALK) == set()


def test_decimals_do_not_cost_a_person() -> None:
    """0.1 × 60 minutes × 30 an hour ÷ 60 is 3, whatever binary says."""
    world = with_link(WALKING, "path", people_per_hour=30)
    assert codes(with_window(world, Target.LINK, "path", (0, 180), 0.1), WALK) == set()
    world = with_link(WALKING, "path", people_per_hour=29.9)
    assert codes(with_window(world, Target.LINK, "path", (0, 180), 0.1), WALK) == {"M6"}


def test_long_lists_of_breaches_are_cut() -> None:
    world = with_fleet(FLYING, number=500)
    movements = [fly(str(i), f"wing-{i}", 2000, back=True) for i in range(1, 301)]
    verdict = judge(world, plan_of(world, movements, []), recorded=False)
    late = [finding for finding in verdict.findings if finding.rule == "M2"]
    assert len(late) == MOST_PER_RULE + 1
    assert late[-1].message == "250 more breaches of M2 are not listed."
