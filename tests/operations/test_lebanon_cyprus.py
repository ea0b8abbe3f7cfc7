"""Lebanon 2006: if as many come as were feared, Cyprus fills, and only seats onward help."""

from pathlib import Path

import pytest
from tests.operations.arithmetic import beds_at, place_named
from tests.operations.movements import at, carried, loaded, most_present

from wayout.optimize.progress import Budget
from wayout.optimize.solve import solve
from wayout.plan.feasible import judge
from wayout.plan.model import Plan
from wayout.scenario.figures import Case
from wayout.scenario.folder import read
from wayout.scenario.links import Mode
from wayout.scenario.model import Scenario

LEBANON = Path(__file__).parents[2] / "scenarios" / "lebanon-2006"
CYPRUS = ("larnaca", "limassol")
HAVENS = (*CYPRUS, "mersin")


def british(scenario: Scenario) -> Scenario:
    """The part of the operation that one country had to plan."""
    return scenario.replace(demand=tuple(d for d in scenario.demand if "british" in d.demand))


@pytest.fixture(scope="module")
def feared() -> Scenario:
    """All British who were feared to come, and nobody else."""
    return british(read(LEBANON, Case.HIGH))


@pytest.fixture(scope="module")
def plan(feared: Scenario) -> Plan:
    """A judged plan for them."""
    made = solve(feared, budget=Budget(seconds=None, work=0)).plan
    assert judge(feared, made).accepted
    return made


def people(scenario: Scenario) -> int:
    """People of all demand."""
    return sum(row.people for row in scenario.demand)


def onward_per_day(scenario: Scenario) -> float:
    """Seats a day from Cyprus and Mersin to Europe, once all aircraft are there."""
    types = {vehicle.type: vehicle for vehicle in scenario.vehicles}
    kilometres = max(link.km or 0 for link in scenario.links if link.destination == "europe")
    total = 0.0
    for fleet in scenario.fleets:
        it = types[fleet.type]
        if it.mode is Mode.AIR and it.km_per_hour is not None and it.type != "ch53":
            trips = it.hours_per_day / (2 * kilometres / it.km_per_hour)
            total += fleet.number * scenario.seats(it) * trips
    return total


def by_sea_per_day(scenario: Scenario) -> float:
    """Places a day on all ships between Beirut and Larnaca, once all are there."""
    types = {vehicle.type: vehicle for vehicle in scenario.vehicles}
    kilometres = next(link.km or 0 for link in scenario.links if link.link == "beirut-larnaca")
    total = 0.0
    for fleet in scenario.fleets:
        it = types[fleet.type]
        if it.mode is Mode.SEA and it.km_per_hour is not None:
            hours = 2 * (kilometres / it.km_per_hour + it.ground_minutes / 60)
            total += fleet.number * scenario.seats(it) * 24 / hours
    return total


def test_one_country_was_wrong_by_a_factor_of_28() -> None:
    low, high = (people(british(read(LEBANON, case))) for case in (Case.LOW, Case.HIGH))
    assert high == 28 * low == 70_000


def test_ships_bring_more_than_aircraft_take_on() -> None:
    scenario = read(LEBANON)
    assert by_sea_per_day(scenario) > 1.5 * onward_per_day(scenario)


def test_cyprus_can_take_on_what_came_and_not_what_was_feared() -> None:
    """From 18 July to the deadline, with all aircraft there all the time: more than there were."""
    for case, enough in ((Case.LOW, True), (Case.LIKELY, True), (Case.HIGH, False)):
        scenario = read(LEBANON, case)
        beds = sum(int(place_named(scenario, haven).beds) for haven in HAVENS)
        assert (people(scenario) <= beds + 13 * onward_per_day(scenario)) is enough


@pytest.mark.long
def test_cyprus_fills(feared: Scenario, plan: Plan) -> None:
    most, tick = most_present(plan, CYPRUS)
    beds = sum(int(place_named(feared, haven).beds) for haven in CYPRUS)
    assert most >= 0.9 * beds
    assert tick >= at(feared, "2006-07-19T00:00+03:00")
    assert all(most_present(plan, [h])[0] <= beds_at(feared, h, feared.deadline) for h in CYPRUS)


@pytest.mark.long
def test_the_way_on_binds_and_ships_do_not(plan: Plan) -> None:
    worth = {limit.what: limit.worth_danger_hours for limit in plan.limits}
    onward = worth["airliners-first"] + worth["airliners-surge"]
    ships = ("french-cruise-ships", "other-cruise-ships", "us-amphibious-ships", "destroyers")
    assert onward > 100 * sum(worth.get(ship, 0) for ship in ships)


@pytest.mark.long
def test_fewer_are_flown_on_than_came_by_sea(plan: Plan) -> None:
    """What is in the beds at the end is the difference: nobody is safe for want of a bed before."""
    came = carried(loaded(plan, ("beirut-port", "tyre-port", "embassy-pad")))
    flown = carried(m for m in loaded(plan, HAVENS) if m.destination == "europe")
    assert flown < came
    assert plan.people_safe == came
