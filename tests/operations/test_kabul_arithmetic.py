"""Kabul 2021: the inputs alone must make departures stop when the Gulf beds are full, 20 August."""

from datetime import datetime
from pathlib import Path

import pytest
from tests.operations.arithmetic import (
    gate_flow,
    link_flow,
    links_between,
    open_beds,
    place_named,
    seats_per_day,
)

from wayout.clock import tick_of
from wayout.scenario.figures import Case
from wayout.scenario.folder import read
from wayout.scenario.model import Scenario
from wayout.scenario.people import people_of
from wayout.scenario.places import PlaceKind

KABUL = Path(__file__).parents[2] / "scenarios" / "kabul-2021"
OPENING = "2021-08-20T17:00+04:30"


@pytest.fixture(scope="module")
def kabul() -> Scenario:
    """The likely case."""
    return read(KABUL, Case.LIKELY)


def at(scenario: Scenario, text: str) -> int:
    """Tick of a time."""
    return tick_of(datetime.fromisoformat(text), scenario.start)


def airfield_inflow(scenario: Scenario, until: int) -> int:
    """Most people who can have set out for the airfield: through gates, and from the embassies."""
    embassies = sum(row.people for row in scenario.demand if row.place == "embassies")
    return gate_flow(scenario, until) + min(embassies, link_flow(scenario, "embassies-hkia", until))


def filled(scenario: Scenario) -> int:
    """First slot by whose end as many people can have passed as beds were open before 20 August."""
    beds = open_beds(scenario, "hkia", at(scenario, OPENING) - 1)
    return next(
        tick for tick in range(60, scenario.deadline, 60) if airfield_inflow(scenario, tick) >= beds
    )


def minutes_to_haven(scenario: Scenario) -> list[int]:
    """Flight times of a C-17 from the airfield to the havens open before 20 August."""
    speed = next(v.km_per_hour for v in scenario.vehicles if v.type == "c17")
    assert speed is not None
    links = links_between(scenario, "hkia", PlaceKind.HAVEN)
    return [
        int((link.km or 0) * 60 / speed)
        for link in links
        if link.minutes is None and "c17" in link.open_to
    ]


@pytest.mark.parametrize(
    ("case", "people"), [(Case.LOW, 70_000), (Case.LIKELY, 124_000), (Case.HIGH, 200_000)]
)
def test_three_cases_of_the_people(case: Case, people: int) -> None:
    assert people_of(read(KABUL, case)).num_people == people


def test_the_beds_cannot_be_full_before_20_august(kabul: Scenario) -> None:
    midnight = at(kabul, "2021-08-20T00:00+04:30")
    assert airfield_inflow(kabul, midnight) < open_beds(kabul, "hkia", midnight)


def test_the_beds_are_full_in_the_small_hours_of_20_august(kabul: Scenario) -> None:
    assert (
        at(kabul, "2021-08-20T02:00+04:30") <= filled(kabul) <= at(kabul, "2021-08-20T08:00+04:30")
    )


def test_departures_have_nowhere_to_go_for_six_to_nine_hours(kabul: Scenario) -> None:
    """From the last bed's passenger taking off until a flight may land on a bed that opens."""
    stay = int(place_named(kabul, "hkia").min_stay_hours * 60)
    last_departure = filled(kabul) + 20 + stay
    next_departure = at(kabul, OPENING) - min(minutes_to_haven(kabul))
    assert 6 * 60 <= next_departure - last_departure <= 9 * 60


def test_nearly_ten_thousand_wait_inside_when_the_havens_open(kabul: Scenario) -> None:
    opening = at(kabul, OPENING)
    waiting = airfield_inflow(kabul, opening) - open_beds(kabul, "hkia", opening - 1)
    assert 6_000 <= waiting <= place_named(kabul, "hkia").beds


@pytest.mark.parametrize("day", [17, 18, 19, 20])
def test_aircraft_were_not_the_limit(kabul: Scenario, day: int) -> None:
    morning = at(kabul, f"2021-08-{day}T06:00+04:30")
    inflow = airfield_inflow(kabul, morning + 1440) - airfield_inflow(kabul, morning)
    assert seats_per_day(kabul, "hkia", morning) > inflow


def test_the_gates_can_pass_everybody_in_the_likely_case_and_not_in_the_high_one(
    kabul: Scenario,
) -> None:
    through = airfield_inflow(kabul, kabul.deadline)
    assert 1.1 * 124_000 <= through <= 0.8 * 200_000


def test_best_day_of_the_gates_is_near_the_best_day_seen(kabul: Scenario) -> None:
    """21,600 people were flown out in the best 24 hours; the replay may be a fifth away."""
    morning = at(kabul, "2021-08-24T06:00+04:30")
    assert gate_flow(kabul, morning + 1440) - gate_flow(kabul, morning) == pytest.approx(
        21_600, rel=0.2
    )


@pytest.mark.parametrize(
    ("until", "flown"), [("22T12:00", 30_300), ("24T11:30", 58_700), ("26T11:30", 96_000)]
)
def test_cumulative_inflow_is_near_the_published_totals(
    kabul: Scenario, until: str, flown: int
) -> None:
    """The airfield may hold 10,000 more than had been flown out."""
    inflow = airfield_inflow(kabul, at(kabul, f"2021-08-{until}+04:30"))
    assert 0.9 * flown <= inflow <= 1.2 * flown + 10_000
