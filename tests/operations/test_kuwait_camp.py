"""Kuwait 1990: the road is faster than the air bridge, so the camps in Jordan grow."""

from pathlib import Path

import pytest
from tests.operations.arithmetic import place_named, processed
from tests.operations.movements import at, carried, loaded, most_present

from wayout.optimize.progress import Budget
from wayout.optimize.solve import solve
from wayout.plan.feasible import judge
from wayout.scenario.folder import read
from wayout.scenario.model import Scenario

SCENARIOS = Path(__file__).parents[2] / "scenarios"
CAMPS = ("shaalan", "amman", "azraq", "queen-alia")


@pytest.fixture(scope="module")
def kuwait() -> Scenario:
    """The likely case."""
    return read(SCENARIOS / "kuwait-1990")


@pytest.fixture(scope="module")
def tight() -> Scenario:
    """The sibling in which not everybody gets out."""
    return read(SCENARIOS / "kuwait-1990-tight")


def flights_until(scenario: Scenario, until: int) -> dict[str, int]:
    """Round trips by type of aircraft: one a day for each, from the day on which it comes."""
    types = {vehicle.type: vehicle for vehicle in scenario.vehicles}
    flights = {"b747": 0, "a310": 0, "a320": 0}
    for fleet in scenario.fleets:
        if fleet.type in flights:
            legs = types[fleet.type].hours_per_day * 60 / 330
            days = max(0, until - fleet.available_from) // 1440
            flights[fleet.type] += int(legs / 2 * days * fleet.number)
    return flights


def flown_until(scenario: Scenario, until: int) -> int:
    """Most people whom those flights can take."""
    seats = {vehicle.type: vehicle.seats for vehicle in scenario.vehicles}
    return sum(number * seats[name] for name, number in flights_until(scenario, until).items())


def test_the_fleet_flies_what_history_flew_and_a_little_more(kuwait: Scenario) -> None:
    flights = sum(flights_until(kuwait, kuwait.deadline).values())
    people = flown_until(kuwait, kuwait.deadline)
    assert 488 <= flights <= 1.2 * 488
    assert 111_711 <= people <= 1.15 * 111_711
    assert people / flights == pytest.approx(229, rel=0.1)


@pytest.mark.parametrize("day", ["1990-08-20", "1990-08-30", "1990-09-10"])
def test_eighty_buses_bring_more_than_the_aircraft_take(kuwait: Scenario, day: str) -> None:
    morning = at(kuwait, f"{day}T00:00+03:00")
    flown = flown_until(kuwait, morning + 1440) - flown_until(kuwait, morning)
    assert 1.3 * flown < 80 * 45


def camp_by_day(scenario: Scenario) -> list[int]:
    """People in Jordan at the end of each day: the buses in, the seats out, two days after leaving.

    A bus is back after four days; there are beds without limit here.
    """
    waiting = sum(row.people for row in scenario.demand if row.place == "kuwait-city")
    present, days = 0, []
    for day in range(3, scenario.deadline // 1440):
        seats = flown_until(scenario, (day + 1) * 1440) - flown_until(scenario, day * 1440)
        arrived = min(waiting, 80 * 45)
        waiting -= arrived
        present += arrived - min(seats, present + arrived)
        days.append(present)
    return days


def test_without_a_limit_the_camps_would_hold_more_than_all_their_beds(kuwait: Scenario) -> None:
    """Those from Kuwait City alone; others come from Baghdad."""
    most = max(camp_by_day(kuwait))
    beds = sum(place_named(kuwait, camp).beds for camp in ("shaalan", "amman"))
    assert most > 2 * beds
    assert camp_by_day(kuwait).index(most) > 20


@pytest.mark.long
def test_the_camps_fill_in_a_plan(kuwait: Scenario) -> None:
    """Played by the planner: four fifths of all beds at the border and in Amman, in August."""
    plan = solve(kuwait, budget=Budget(seconds=None, work=0)).plan
    assert judge(kuwait, plan).accepted
    people, tick = most_present(plan, CAMPS)
    beds = sum(place_named(kuwait, camp).beds for camp in ("shaalan", "amman"))
    assert people >= 0.8 * beds
    assert at(kuwait, "1990-08-23T00:00+03:00") <= tick <= at(kuwait, "1990-09-20T00:00+03:00")
    weeks = 21 * 1440
    by_road = carried(m for m in loaded(plan, ("kuwait-stand", "baghdad")) if m.depart < weeks)
    assert by_road > 1.5 * carried(m for m in loaded(plan, ("queen-alia",)) if m.depart < weeks)


def test_with_nothing_to_spare_seats_papers_and_buses_all_fall_short(tight: Scenario) -> None:
    people = sum(row.people for row in tight.demand)
    seats = flown_until(tight, tight.deadline)
    papers = processed(tight, place_named(tight, "kuwait-stand"), tight.deadline)
    buses = {fleet.fleet: fleet for fleet in tight.fleets if fleet.type == "jordan-bus"}
    cycle = 2 * (336 + 120)
    trips = sum(
        (tight.deadline - fleet.available_from) // cycle * fleet.number for fleet in buses.values()
    )
    for most in (seats, papers, trips * 45):
        assert 0.5 * people < most < 0.85 * people
