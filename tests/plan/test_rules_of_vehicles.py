"""V1 to V7: accepted at the limit, refused one beyond it."""

import dataclasses

import pytest
from tests.plan.worlds import (
    codes,
    fly,
    flying_plan,
    flying_world,
    plan_of,
    with_berth,
    with_fleet,
    with_movement,
    with_party,
    with_type,
    with_window,
)

from wayout.plan.model import Plan
from wayout.scenario.links import Berth, Mode
from wayout.scenario.model import Scenario
from wayout.scenario.policy import Policy
from wayout.scenario.windows import Target

FLYING = flying_world()
FLY = flying_plan(FLYING)
CROWDED = FLYING.replace(policy=Policy(emergency_seats=True))


def larger_party(size: int) -> tuple[Scenario, Plan]:
    world = with_party(CROWDED, "a", size=size)
    world = world.replace(places=(dataclasses.replace(world.places[0], beds=20), world.places[1]))
    return world, with_movement(FLY, "2", people=size, emergency=size > 4)


def test_seats_as_planned_and_in_an_emergency() -> None:
    world, plan = larger_party(5)
    assert codes(world, plan) == set()
    assert codes(world, with_movement(plan, "2", emergency=False)) == {"V1"}
    assert codes(world.replace(policy=Policy()), plan) == {"V1"}
    world, plan = larger_party(6)
    assert codes(world, plan) == {"V1"}
    assert codes(CROWDED, FLY) == set()
    assert codes(CROWDED, with_movement(FLY, "2", emergency=True)) == {"V1"}


def test_windows_of_a_fleet_scale_its_seats() -> None:
    def scaled(factor: float, begins: int) -> set[str]:
        return codes(with_window(FLYING, Target.FLEET, "wing", (begins, 51), factor), FLY)

    assert scaled(1.0, 50) == set()
    assert scaled(0.99, 50) == {"V1"}
    assert scaled(0.99, 51) == set()
    assert scaled(0.0, 50) >= {"V3"}


def test_a_vehicle_starts_at_its_base() -> None:
    assert codes(with_fleet(FLYING, base="field"), FLY) >= {"V2"}


def test_a_vehicle_goes_on_from_where_it_is() -> None:
    assert codes(FLYING, with_movement(FLY, "5", vehicle="wing-2")) >= {"V2"}


def test_time_on_the_ground() -> None:
    """wing-1 arrives at 30 and is ready at 50."""
    for depart, broken in ((50, set()), (49, {"V2"})):
        plan = with_movement(FLY, "2", depart=depart, arrive=depart + 30)
        assert codes(FLYING, plan) == broken
    assert codes(with_type(FLYING, turn_minutes=1), FLY) == {"V2"}


def test_a_fleet_is_there_from_and_until() -> None:
    later = plan_of(FLYING, [fly("1", "wing-1", 10, back=True)], [])
    for begins, broken in ((10, set()), (11, {"V3"})):
        assert codes(with_fleet(FLYING, available_from=begins), later) == broken
    for ends, broken in ((180, set()), (179, {"V3"})):
        assert codes(with_fleet(FLYING, available_until=ends), FLY) == broken


def test_hours_under_way_per_day() -> None:
    """Six flights of half an hour are three hours for two aircraft."""
    for hours, broken in ((1.5, set()), (1.499, {"V4"})):
        assert codes(with_type(FLYING, hours_per_day=hours), FLY) == broken


def test_hours_belong_to_the_day_of_departure() -> None:
    world = with_type(FLYING, hours_per_day=0.25).replace(deadline=2880)
    first = fly("1", "wing-1", 1439, back=True)
    for depart, broken in ((1440, set()), (1439, {"V4"})):
        plan = plan_of(world, [first, fly("2", "wing-2", depart, back=True)], [])
        assert codes(world, plan) - {"V6"} == broken


def test_berths_are_needed_but_for_the_road() -> None:
    assert codes(FLYING.replace(berths=FLYING.berths[:1]), FLY) == {"V5"}
    link = dataclasses.replace(FLYING.links[0], mode=Mode.ROAD)
    road = with_type(FLYING.replace(links=(link,), berths=()), mode=Mode.ROAD)
    assert codes(road, FLY) == set()


def test_a_berth_that_lists_the_type_wins() -> None:
    own = Berth(
        berth="own",
        place="field",
        mode=Mode.AIR,
        types=("plane",),
        spots=0,
        movements_per_hour=3,
        runway_m=2000,
    )
    assert codes(FLYING.replace(berths=(*FLYING.berths, own)), FLY) == {"V6"}
    other = dataclasses.replace(own, types=("helicopter",))
    assert codes(FLYING.replace(berths=(*FLYING.berths, other)), FLY) == set()


@pytest.mark.parametrize(("needs", "broken"), [(2000.0, set()), (2000.1, {"V5"})])
def test_runways_are_long_enough(needs: float, broken: set[str]) -> None:
    assert codes(with_type(FLYING, runway_m=needs), FLY) == broken


def test_water_is_deep_enough() -> None:
    shallow = with_berth(FLYING, "ramp", depth_m=5)
    assert codes(with_type(shallow, draught_m=5), FLY) == set()
    assert codes(with_type(shallow, draught_m=5.1), FLY) == {"V5"}


def test_a_spot_is_free_when_its_vehicle_leaves() -> None:
    """wing-2 arrives at 50, when wing-1 leaves."""
    assert codes(FLYING, FLY) == set()
    plan = with_movement(FLY, "3", depart=19, arrive=49)
    assert codes(FLYING, plan) == {"V6"}
    assert codes(with_berth(FLYING, "ramp", spots=2), plan) == set()


def test_a_vehicle_that_stays_keeps_its_spot() -> None:
    stays = plan_of(
        FLYING, [fly("1", "wing-1", 0, back=True), fly("2", "wing-2", 1410, back=True)], []
    )
    assert codes(FLYING, stays) == {"V6"}


def test_at_its_base_a_vehicle_keeps_its_spot_while_it_is_on_the_ground() -> None:
    """wing-1 is back at 80 and off the apron at 100, when wing-2 is back."""
    one = with_berth(FLYING, "apron", spots=1)
    assert codes(one, FLY) == set()
    for depart, broken in ((50, set()), (51, {"V6"})):
        movements = [
            fly("1", "wing-1", 0, back=True),
            fly("2", "wing-1", depart, 4),
            fly("3", "wing-2", 20, back=True),
            fly("4", "wing-2", 70, 3),
        ]
        plan = plan_of(FLYING, movements, [("2", "a"), ("4", "b")])
        assert codes(with_berth(one, "ramp", spots=2), plan) == broken


def test_spots_are_scaled_but_a_shut_berth_keeps_what_stands_there() -> None:
    busy = with_berth(FLYING, "ramp", movements_per_hour=60)
    for factor, broken in ((0.5, {"V6"}), (0.0, set())):
        assert codes(with_window(busy, Target.BERTH, "ramp", (35, 45), factor), FLY) == broken


def test_movements_per_slot() -> None:
    """Two arrivals and one departure at the ramp in the first hour."""
    for rate, broken in ((3, set()), (2.99, {"V7"})):
        assert codes(with_berth(FLYING, "ramp", movements_per_hour=rate), FLY) == broken


def test_nothing_comes_or_goes_while_a_berth_is_shut() -> None:
    for begins, ends, broken in ((71, 80, set()), (70, 80, {"V7"}), (120, 131, {"V7"})):
        shut = with_window(
            with_berth(FLYING, "ramp", movements_per_hour=60), Target.BERTH, "ramp", (begins, ends)
        )
        assert codes(shut, FLY) == broken
