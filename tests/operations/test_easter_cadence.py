"""Easter Parade 1949: a landing in Berlin every 62 seconds, and never two on one beat."""

from collections import Counter
from pathlib import Path

import pytest
from tests.operations.movements import loaded

from wayout.optimize.progress import Budget
from wayout.optimize.solve import solve
from wayout.plan.feasible import judge
from wayout.plan.model import Plan
from wayout.scenario.folder import read
from wayout.scenario.model import Scenario

SCENARIOS = Path(__file__).parents[2] / "scenarios"
BERLIN = ("tempelhof", "gatow", "tegel")
BASES = ("rhein-main", "wiesbaden", "fassberg", "celle", "wunstorf", "schleswig")
BEAT = 3
"""Minutes in which an airfield takes one landing and one take-off."""


@pytest.fixture(scope="module")
def berlin() -> Scenario:
    """The likely case."""
    return read(SCENARIOS / "easter-parade-1949")


@pytest.fixture(scope="module")
def plan(berlin: Scenario) -> Plan:
    """A plan of the likely case, accepted by the judge."""
    made = solve(berlin, budget=Budget(seconds=None, work=0)).plan
    assert judge(berlin, made).accepted
    return made


def load_of(scenario: Scenario, base: str) -> int:
    """Seats of the aircraft that stand at a base."""
    seats = {vehicle.type: vehicle.seats for vehicle in scenario.vehicles}
    return next(seats[fleet.type] for fleet in scenario.fleets if fleet.base == base)


def test_full_loads_make_1398_flights(berlin: Scenario) -> None:
    """12,940 short tons, ten to a C-54: as many flights as were flown."""
    flights = sum(-(-row.people // load_of(berlin, row.place)) for row in berlin.demand)
    assert sum(row.people for row in berlin.demand) == 129_400
    assert flights == 1_398
    assert 24 * 3_600 / flights == pytest.approx(61.8, abs=0.05)


def test_that_is_97_in_100_beats_of_three_airfields(berlin: Scenario) -> None:
    ramps = [berth for berth in berlin.berths if berth.place in BERLIN]
    landings = sum(berth.movements_per_hour / 2 * 24 for berth in ramps)
    assert landings == 24 * 60 / BEAT * 3
    assert 1_398 / landings == pytest.approx(0.97, abs=0.005)


def test_no_two_landings_and_no_two_take_offs_too_many_on_a_beat(plan: Plan) -> None:
    beats = Counter(
        (place, tick // BEAT)
        for movement in plan.movements
        for place, tick in (
            (movement.origin, movement.depart),
            (movement.destination, movement.arrive),
        )
    )
    assert max(beats.values()) == 2


def test_a_loaded_aircraft_lands_about_every_minute(plan: Plan) -> None:
    """From the first landing to the last; the record day had one every 61.8 seconds."""
    landings = sorted(movement.arrive for movement in loaded(plan, BASES))
    assert len(landings) >= 0.9 * 1_398
    seconds = (landings[-1] - landings[0]) * 60 / (len(landings) - 1)
    assert seconds <= 61.8 * 1.1


def test_at_its_best_a_landing_every_minute_for_an_hour(plan: Plan) -> None:
    """Twenty an hour at each of three airfields."""
    hours = Counter(movement.arrive // 60 for movement in loaded(plan, BASES))
    assert max(hours.values()) >= 60


def test_with_nothing_to_spare_beats_and_ramps_both_fall_short() -> None:
    tight = read(SCENARIOS / "easter-parade-1949-tight")
    people = sum(row.people for row in tight.demand)
    shut = 4 * 20 + 6 * 10
    assert (24 * 60 - shut) * 100 < 0.85 * people
    ramps = sum(berth.spots for berth in tight.berths if berth.place in BERLIN)
    assert ramps * (24 * 60 / 30) * 100 < 1.2 * people
