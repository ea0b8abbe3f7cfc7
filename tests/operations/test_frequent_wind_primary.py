"""Frequent Wind 1975: the primary site is given up half-way; the secondary point has to do."""

from pathlib import Path

import pytest
from tests.operations.arithmetic import link_flow, place_named
from tests.operations.movements import at, carried, loaded

from wayout.optimize.progress import Budget
from wayout.optimize.solve import solve
from wayout.plan.feasible import judge
from wayout.plan.model import Plan
from wayout.scenario.folder import read
from wayout.scenario.model import Scenario

SCENARIOS = Path(__file__).parents[2] / "scenarios"
SMALL = Budget(seconds=None, work=2)


@pytest.fixture(scope="module")
def saigon() -> Scenario:
    """The likely case."""
    return read(SCENARIOS / "frequent-wind-1975")


@pytest.fixture(scope="module")
def plan(saigon: Scenario) -> Plan:
    """A plan of the likely case, accepted by the judge."""
    made = solve(saigon, budget=SMALL).plan
    assert judge(saigon, made).accepted
    return made


def bound_to_the_embassy(scenario: Scenario) -> int:
    """People at the embassy whom no bus can have taken to the compound."""
    there = sum(row.people for row in scenario.demand if row.place in ("embassy", "street"))
    return there - link_flow(scenario, "embassy-dao", scenario.deadline)


def test_the_embassy_needs_many_times_the_two_helicopters_it_was_given(saigon: Scenario) -> None:
    assert bound_to_the_embassy(saigon) > 15 * 2 * 58


def test_the_plan_takes_them_from_the_embassy(saigon: Scenario, plan: Plan) -> None:
    left_behind = sum(row.people for row in saigon.demand) - plan.people_safe
    flown = carried(loaded(plan, ("embassy",)))
    assert flown >= bound_to_the_embassy(saigon) - left_behind
    assert flown >= 2_000


def test_nobody_leaves_the_compound_once_it_is_given_up(saigon: Scenario, plan: Plan) -> None:
    given_up = at(saigon, "1975-04-29T22:50+08:00")
    departures = [movement.depart for movement in loaded(plan, ("dao",))]
    assert departures
    assert max(departures) < given_up
    assert loaded(plan, ("embassy",))[-1].depart > given_up + 4 * 60


def test_the_compound_passed_four_thousand_and_more_before(plan: Plan) -> None:
    """395 and 4,475 in history, the last of them shortly after 20:00."""
    assert carried(loaded(plan, ("dao",))) == pytest.approx(4_870, rel=0.1)


def test_shelled_at_seven_the_compound_leaves_most_to_the_embassy() -> None:
    tight = read(SCENARIOS / "frequent-wind-1975-tight")
    plan = solve(tight, budget=SMALL).plan
    assert judge(tight, plan).accepted
    assert loaded(plan, ("dao",))[-1].depart < at(tight, "1975-04-29T19:00+08:00")
    assert carried(loaded(plan, ("embassy",))) > 1.2 * bound_to_two_pads_until_dark(tight)


def bound_to_two_pads_until_dark(tight: Scenario) -> int:
    """What car park and roof can pass until 20:00, when it is dark."""
    types = {vehicle.type: vehicle for vehicle in tight.vehicles}
    dark, opens = at(tight, "1975-04-29T20:00+08:00"), at(tight, "1975-04-29T16:00+08:00")
    first = at(tight, "1975-04-29T14:46+08:00")
    large, small = types["ch53"], types["ch46"]
    lifts = (dark - opens) // large.ground_minutes * tight.seats(large)
    return lifts + (dark - first) // small.ground_minutes * tight.seats(small)


def test_with_nothing_to_spare_decks_and_helicopters_fall_short() -> None:
    tight = read(SCENARIOS / "frequent-wind-1975-tight")
    people = sum(row.people for row in tight.demand)
    boats = next(fleet for fleet in tight.fleets if fleet.type == "lighter")
    hours = (tight.deadline - at(tight, "1975-04-29T14:46+08:00")) / 60
    carried_on = boats.number * 120 * hours / ((2 * 10 + 2 * 70) / 60)
    assert place_named(tight, "task-force").beds + carried_on < 0.75 * people
    cycle = (2 * 46 + 2 * 20) / 60
    before = (at(tight, "1975-04-29T19:00+08:00") - at(tight, "1975-04-29T14:00+08:00")) / 60
    large = sum(fleet.number for fleet in tight.fleets if fleet.type == "ch53")
    assert large * 58 * before / cycle < 0.5 * people
