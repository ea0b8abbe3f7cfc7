"""Dynamo 1940: docks lost at once, small boats from the beaches, nights only at the end."""

from pathlib import Path

import pytest
from tests.operations.arithmetic import factors, place_named
from tests.operations.movements import at, carried, loaded

from wayout.clock import MINUTES_PER_DAY
from wayout.optimize.progress import Budget
from wayout.optimize.solve import solve
from wayout.plan.feasible import judge
from wayout.plan.model import Plan
from wayout.scenario.folder import read
from wayout.scenario.model import Scenario
from wayout.scenario.windows import Target

SCENARIOS = Path(__file__).parents[2] / "scenarios"
SHIPPED = ("docks", "mole", "roads")
DAWN = "1940-06-02T03:30+01:00"


@pytest.fixture(scope="module")
def dunkirk() -> Scenario:
    """The likely case."""
    return read(SCENARIOS / "dynamo-1940")


@pytest.fixture(scope="module")
def plan(dunkirk: Scenario) -> Plan:
    """A plan of the likely case, accepted by the judge."""
    made = solve(dunkirk, budget=Budget(seconds=None, work=0)).plan
    assert judge(dunkirk, made).accepted
    return made


def by_night(scenario: Scenario) -> int:
    """Most men who can leave the mole once only the nights are left."""
    open_minutes = factors(scenario, Target.BERTH, "mole-side")[at(scenario, DAWN) :].count(1.0)
    return int(open_minutes * place_named(scenario, "mole").processing_per_hour / 60)


def test_the_last_nights_pass_what_history_passed(dunkirk: Scenario) -> None:
    """26,000 in each of the two last nights; the morning of the 4th counts as the second."""
    assert by_night(dunkirk) == pytest.approx(2 * 26_000, rel=0.1)


def test_most_have_to_be_out_before_the_nights(dunkirk: Scenario) -> None:
    people = sum(row.people for row in dunkirk.demand)
    assert people - by_night(dunkirk) > 0.8 * people


def test_after_1_june_ships_leave_by_night_only(dunkirk: Scenario, plan: Plan) -> None:
    dawn, midnight = at(dunkirk, DAWN), at(dunkirk, "1940-05-26T00:00+01:00")
    late = [movement for movement in loaded(plan, SHIPPED) if movement.depart >= dawn]
    clocks = {(movement.depart - midnight) % MINUTES_PER_DAY for movement in late}
    assert late
    assert all(clock < 3 * 60 + 30 or clock >= 21 * 60 for clock in clocks)


def test_the_nights_carry_tens_of_thousands_and_the_days_before_most(
    dunkirk: Scenario, plan: Plan
) -> None:
    dawn = at(dunkirk, DAWN)
    rides = loaded(plan, SHIPPED)
    before = carried(movement for movement in rides if movement.depart < dawn)
    after = carried(movement for movement in rides if movement.depart >= dawn)
    assert before > 3 * after
    assert after > 15_000


def test_the_docks_are_lost_on_the_first_day(dunkirk: Scenario, plan: Plan) -> None:
    docks = loaded(plan, ("docks",))
    assert docks
    assert docks[-1].depart < at(dunkirk, "1940-05-27T12:00+01:00")


def test_whoever_leaves_the_beaches_does_so_by_boat(plan: Plan) -> None:
    """No ship lies at a beach: 98,780 men came over the boats in history."""
    boats = loaded(plan, ("bray", "la-panne"))
    assert {movement.fleet for movement in boats} <= {"boats-first", "boats-more"}
    assert carried(boats) > 50_000
    assert carried(loaded(plan, ("roads",))) <= carried(boats)


def lifted_by_ships(scenario: Scenario) -> float:
    """Men whom the ships can carry if each goes by the shortest way that stayed open, always full.

    Hours under way a day and the time in port both limit the trips.
    """
    types, total = {vehicle.type: vehicle for vehicle in scenario.vehicles}, 0.0
    for fleet in scenario.fleets:
        ship = types[fleet.type]
        if ship.km_per_hour is None:
            continue
        there = 102 / ship.km_per_hour * 60
        ends = scenario.deadline if fleet.available_until is None else fleet.available_until
        a_day = min(
            ship.hours_per_day * 60 / (2 * there),
            MINUTES_PER_DAY / (2 * (there + ship.ground_minutes)),
        )
        days = max(0, ends - fleet.available_from) / MINUTES_PER_DAY
        total += fleet.number * days * a_day * scenario.seats(ship)
    return total


def lifted_by_boats(scenario: Scenario) -> float:
    """Men whom the boats can take off the beaches of Malo and Bray-Dunes, always full."""
    seats = next(scenario.seats(v) for v in scenario.vehicles if v.type == "boats")
    surf = factors(scenario, Target.BERTH, "bray-surf")
    cycle = 2 * (40 + 35)
    return sum(
        fleet.number * sum(surf[fleet.available_from : scenario.deadline]) / cycle * seats
        for fleet in scenario.fleets
        if fleet.type == "boats"
    )


def passed_by_the_mole(scenario: Scenario) -> float:
    """Men who can leave the mole while ships may lie there."""
    rate = place_named(scenario, "mole").processing_per_hour / 60
    raids = factors(scenario, Target.PLACE, "mole")
    ships = factors(scenario, Target.BERTH, "mole-side")
    return sum(rate * by_day for by_day, side in zip(raids, ships, strict=True) if side > 0)


def test_with_nothing_to_spare_ships_fall_short_and_so_do_mole_and_boats() -> None:
    """Each alone would leave men behind, with every trip full."""
    tight = read(SCENARIOS / "dynamo-1940-tight")
    people = sum(row.people for row in tight.demand)
    assert lifted_by_ships(tight) < people
    assert passed_by_the_mole(tight) + lifted_by_boats(tight) < 0.85 * people


def test_the_best_day_of_the_mole_is_that_of_history(dunkirk: Scenario) -> None:
    """47,081 men on 1 June."""
    day = at(dunkirk, "1940-06-01T03:30+01:00")
    raids = factors(dunkirk, Target.PLACE, "mole")[day : day + MINUTES_PER_DAY]
    passed = sum(raids) * place_named(dunkirk, "mole").processing_per_hour / 60
    assert passed == pytest.approx(47_081, rel=0.01)


def test_in_history_ships_suffice_and_mole_and_boats_just_do(dunkirk: Scenario) -> None:
    """239,446 men from the harbour and 98,780 from the beaches."""
    people = sum(row.people for row in dunkirk.demand)
    mole, boats = passed_by_the_mole(dunkirk), lifted_by_boats(dunkirk)
    assert lifted_by_ships(dunkirk) > 1.5 * people
    assert mole == pytest.approx(239_446, rel=0.2)
    assert boats == pytest.approx(98_780, rel=0.3)
    assert people < mole + boats < 1.2 * people
