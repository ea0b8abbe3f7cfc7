"""Ukraine 2022: Lviv's platforms bind, the trains do not."""

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
    """What keeps the best possible from being better, in buckets of twelve hours."""
    network: Network = build(ukraine, people_of(ukraine))
    safest, least = (prove(network, MINUTES_PER_DAY // 2, aim, None) for aim in Aim)
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


def test_all_western_stations_take_a_fifth_more_than_history(ukraine: Scenario) -> None:
    a_day = sum(arrivals_per_day(ukraine, place) for place in WEST)
    assert 1.1 <= a_day * DAYS / 2_000_000 <= 1.3


def test_trains_are_not_what_is_missing(ukraine: Scenario) -> None:
    """Eight hundred kilometres there and back with both turns: further than most come."""
    train = next(vehicle for vehicle in ukraine.vehicles if vehicle.type == "train")
    assert train.km_per_hour is not None
    hours = 2 * (800 / train.km_per_hour + train.ground_minutes / 60)
    number = sum(fleet.number for fleet in ukraine.fleets if fleet.type == "train")
    a_day = sum(arrivals_per_day(ukraine, place) for place in WEST)
    assert a_day < number * 24 / hours * seats(ukraine) < 1.3 * a_day


@pytest.mark.long
def test_the_platforms_of_lviv_bind_and_trains_do_not(limits: tuple[BindingLimit, ...]) -> None:
    worth = {limit.what: limit.worth_danger_hours for limit in limits}
    trains = sum(worth.get(f"{city}-trains", 0) for city in ("kyiv", "kharkiv", "dnipro", "odesa"))
    assert worth["lviv-platforms"] == max(worth.get(f"{place}-platforms", 0) for place in WEST)
    assert worth["lviv-platforms"] > trains


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
