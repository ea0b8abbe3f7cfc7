"""Libya 2011: a ship that may not sail delays 300 people by three days; a border has a queue."""

from pathlib import Path

import pytest
from tests.operations.arithmetic import place_named, processed
from tests.operations.movements import at, carried

from wayout.clock import MINUTES_PER_DAY
from wayout.optimize.progress import Budget
from wayout.optimize.solve import solve
from wayout.plan.feasible import judge
from wayout.plan.model import Plan
from wayout.scenario.folder import read
from wayout.scenario.model import Scenario

LIBYA = Path(__file__).parents[2] / "scenarios" / "libya-2011"


@pytest.fixture(scope="module")
def libya() -> Scenario:
    """The likely case."""
    return read(LIBYA)


def catamaran(libya: Scenario) -> Scenario:
    """The part of the operation that the United States had to plan: one ship, 300 people."""
    return libya.replace(
        demand=tuple(row for row in libya.demand if row.place == "tripoli-embassy"),
        fleets=tuple(fleet for fleet in libya.fleets if fleet.fleet == "maria-dolores"),
    )


def planned(scenario: Scenario) -> Plan:
    """A judged plan that leaves nobody behind."""
    plan = solve(scenario, budget=Budget(seconds=None, work=0)).plan
    assert judge(scenario, plan).accepted
    assert plan.people_safe == 300
    return plan


def reaches_malta(plan: Plan) -> int:
    """Tick at which the last of them are in Malta."""
    return max(m.arrive for m in plan.movements if m.destination == "malta" and m.people)


def test_the_gale_delays_three_hundred_people_by_three_days(libya: Scenario) -> None:
    """Aboard on Wednesday the 23rd; in Malta that afternoon, or else on Friday night."""
    part = catamaran(libya)
    held = reaches_malta(planned(part))
    calm = reaches_malta(planned(part.replace(windows=())))
    assert calm < at(libya, "2011-02-24T00:00+02:00")
    assert at(libya, "2011-02-25T18:00+02:00") <= held <= at(libya, "2011-02-26T06:00+02:00")
    assert held - calm >= 2 * MINUTES_PER_DAY


def test_the_crossing_takes_eight_hours(libya: Scenario) -> None:
    ship = next(m for m in planned(catamaran(libya)).movements if m.link == "tripoli-malta")
    assert ship.arrive - ship.depart == pytest.approx(8 * 60, abs=30)


@pytest.mark.parametrize(
    ("crossing", "until", "passed"),
    [("ras-ajdir", "2011-03-03T08:00+02:00", 90_000), ("musaid", "2011-03-03T00:00+02:00", 80_000)],
)
def test_the_borders_pass_what_they_passed(
    libya: Scenario, crossing: str, until: str, passed: int
) -> None:
    """A tenth and a half more than in history at the most, with everybody there from the start."""
    most = processed(libya, place_named(libya, crossing), at(libya, until))
    assert passed <= most <= 1.55 * passed


def test_a_queue_grows_in_front_of_the_crossing_to_tunisia(libya: Scenario) -> None:
    """The road brings nearly twice as many in an hour as the crossing lets through."""
    road = next(link for link in libya.links if link.link == "west-road")
    assert road.people_per_hour > 1.5 * place_named(libya, "ras-ajdir").processing_per_hour


@pytest.mark.long
def test_nobody_is_at_sea_in_the_gale(libya: Scenario) -> None:
    plan = solve(libya, budget=Budget(seconds=None, work=0)).plan
    assert judge(libya, plan).accepted
    begins, ends = at(libya, "2011-02-23T06:00+02:00"), at(libya, "2011-02-25T14:00+02:00")
    malta = [m for m in plan.movements if m.link in ("tripoli-malta", "misrata-malta")]
    assert carried(malta) > 5_000
    assert all(m.arrive <= begins or m.depart >= ends for m in malta)
