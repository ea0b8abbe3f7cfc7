"""Ukraine 2022: the platforms of the west bind, Lviv takes 45,000 a day, trains do not bind."""

import math
from pathlib import Path

import pytest
from tests.operations.movements import carried

from wayout.clock import MINUTES_PER_DAY
from wayout.network.model import Network, build
from wayout.optimize.bound import prove
from wayout.optimize.limits import binding_limits
from wayout.optimize.progress import Budget
from wayout.optimize.relax.build import Aim
from wayout.optimize.solve import solve
from wayout.plan.feasible import judge
from wayout.plan.model import BindingLimit
from wayout.scenario.folder import read
from wayout.scenario.model import Scenario
from wayout.scenario.people import people_of

UKRAINE = Path(__file__).parents[2] / "scenarios" / "ukraine-rail-2022"
WEST = ("lviv", "uzhhorod", "ivano-frankivsk", "chernivtsi", "khmelnytskyi", "kovel")
DAYS = 15


@pytest.fixture(scope="module")
def ukraine() -> Scenario:
    """The likely case."""
    return read(UKRAINE)


@pytest.fixture(scope="module")
def limits(ukraine: Scenario) -> tuple[BindingLimit, ...]:
    """What keeps the best possible from being better, in buckets of a day."""
    network: Network = build(ukraine, people_of(ukraine))
    safest, least = (prove(network, MINUTES_PER_DAY, aim, None) for aim in Aim)
    return binding_limits(network, safest, least)


def seats(scenario: Scenario) -> int:
    """People in a night train."""
    return next(scenario.seats(it) for it in scenario.vehicles if it.type == "train")


def arrivals_per_day(scenario: Scenario, place: str) -> int:
    """People a day whom a station can take, if each train that comes in leaves again."""
    movements = next(
        berth.movements_per_hour
        for berth in scenario.berths
        if berth.place == place and "train" in berth.types
    )
    return math.floor(movements * 24 / 2) * seats(scenario)


def test_lviv_takes_45_000_a_day(ukraine: Scenario) -> None:
    assert arrivals_per_day(ukraine, "lviv") == pytest.approx(45_000, rel=0.02)


def test_all_western_stations_take_about_what_history_took(ukraine: Scenario) -> None:
    """A little less, as the trains of the last days need not go back."""
    a_day = sum(arrivals_per_day(ukraine, place) for place in WEST)
    assert 0.9 <= a_day * DAYS / 2_000_000 <= 1.0


def test_trains_are_not_what_is_missing(ukraine: Scenario) -> None:
    """Eight hundred kilometres there and back with both turns: further than most come."""
    train = next(vehicle for vehicle in ukraine.vehicles if vehicle.type == "train")
    assert train.km_per_hour is not None
    hours = 2 * (800 / train.km_per_hour + train.ground_minutes / 60)
    number = sum(fleet.number for fleet in ukraine.fleets if fleet.type == "train")
    a_day = sum(arrivals_per_day(ukraine, place) for place in WEST)
    assert a_day < number * 24 / hours * seats(ukraine) < 1.6 * a_day


def test_platforms_of_the_west_bind_and_trains_do_not(limits: tuple[BindingLimit, ...]) -> None:
    worth = {limit.what: limit.worth_danger_hours for limit in limits}
    platforms = [worth.get(f"{place}-platforms", 0) for place in WEST]
    trains = [worth.get(f"{base}-trains", 0) for base in ("kyiv", "kharkiv", "dnipro", "odesa")]
    assert sum(value > 1_000 for value in platforms) >= 3
    assert sum(platforms) > 100 * sum(trains)


@pytest.mark.long
def test_lviv_is_used_to_its_limit_in_a_plan(ukraine: Scenario) -> None:
    plan = solve(ukraine, budget=Budget(seconds=None, work=0)).plan
    assert judge(ukraine, plan).accepted
    arrived = [m for m in plan.movements if m.destination == "lviv" and m.people]
    best = max(
        carried(m for m in arrived if day <= m.arrive < day + MINUTES_PER_DAY)
        for day in range(0, ukraine.deadline, MINUTES_PER_DAY)
    )
    assert 0.9 * 45_000 <= best <= 46_000
