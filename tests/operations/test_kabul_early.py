"""The order given on 1 June: what August cannot make good, whatever is opened then."""

from datetime import datetime
from pathlib import Path

import pytest
from tests.operations.arithmetic import place_named, processed

from wayout.clock import MINUTES_PER_DAY, tick_of
from wayout.contingency.achieving import achieved
from wayout.contingency.asks.openings import opening_of
from wayout.contingency.asks.worth import network_with
from wayout.network.model import Network
from wayout.optimize.bound import prove
from wayout.optimize.relax.build import Aim
from wayout.plan.measures import measure
from wayout.scenario.figures import Case
from wayout.scenario.folder import read
from wayout.scenario.model import Scenario

SCENARIOS = Path(__file__).parents[2] / "scenarios"
CITY_FALLS = datetime.fromisoformat("2021-08-15T00:00+04:30")


def early(case: Case = Case.LIKELY) -> Scenario:
    return read(SCENARIOS / "kabul-2021-early", case)


def august(case: Case = Case.LIKELY) -> Scenario:
    return read(SCENARIOS / "kabul-2021", case)


def with_bagram(scenario: Scenario) -> Scenario:
    for part in opening_of(scenario, "bagram"):
        scenario = part.apply(scenario)
    return scenario


def network(scenario: Scenario) -> Network:
    return network_with(scenario, ())


@pytest.mark.parametrize("case", list(Case))
def test_the_people_are_those_of_august(case: Case) -> None:
    """Row for row the same counts and priorities; only when they are ready differs."""
    rows = [
        [(row.demand, row.place, row.people, row.priority, row.sizes) for row in scenario.demand]
        for scenario in (early(case), august(case))
    ]
    assert rows[0] == rows[1]


def test_the_fleet_that_was_asked_for_makes_three_hundred_flights() -> None:
    scenario = early()
    fleet = next(fleet for fleet in scenario.fleets if fleet.fleet == "asked-flights")
    vehicle = next(v for v in scenario.vehicles if v.type == fleet.type)
    link = next(link for link in scenario.links if link.link == "hkia-guam")
    assert link.km is not None
    assert vehicle.km_per_hour is not None
    assert fleet.available_until is not None
    days = (fleet.available_until - fleet.available_from) / MINUTES_PER_DAY
    round_trip = 2 * link.km / vehicle.km_per_hour
    flights = days * fleet.number * vehicle.hours_per_day / round_trip
    assert flights == pytest.approx(300, rel=0.08)
    assert flights * vehicle.seats == pytest.approx(70_000, rel=0.08)


def test_the_terminal_passes_more_people_a_day_than_the_flights_carry() -> None:
    """Before the city falls aircraft bind and no gate does: a second airfield adds little."""
    scenario = early()
    south = place_named(scenario, "south")
    a_day = processed(scenario, south, MINUTES_PER_DAY)
    assert a_day > 5 * 233


def test_no_plan_of_august_saves_as_many_as_the_early_one_even_with_bagram() -> None:
    """For the high estimate: a proof for August, a judged plan for June."""
    ceilings = [
        prove(network(scenario), MINUTES_PER_DAY, Aim.PEOPLE).value
        for scenario in (august(Case.HIGH), with_bagram(august(Case.HIGH)))
    ]
    plan = achieved(network(early(Case.HIGH)), tries=1)
    assert plan is not None
    assert plan.people_safe > max(ceilings) + 30_000
    # Opening Bagram in August moves what is possible by less than one in a hundred: beds bind.
    assert ceilings[1] < 1.01 * ceilings[0]


@pytest.mark.long
def test_sixty_thousand_are_out_before_the_city_falls() -> None:
    scenario = early()
    plan = achieved(network(scenario))
    assert plan is not None
    curve = measure(scenario, plan).safe_curve
    tick = tick_of(CITY_FALLS, scenario.start)
    assert int(curve.people[curve.ticks <= tick][-1]) > 60_000
