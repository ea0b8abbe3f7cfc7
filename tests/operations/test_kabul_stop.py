"""Played with the beds, gates and aircraft of history, departures stop on 20 August."""

from datetime import datetime
from pathlib import Path

from wayout.clock import tick_of
from wayout.optimize.progress import Budget
from wayout.optimize.solve import solve
from wayout.plan.feasible import judge
from wayout.scenario.folder import read

SCENARIO = Path(__file__).parents[2] / "scenarios" / "kabul-2021"


def test_departures_stop_when_the_gulf_beds_are_full_on_20_august() -> None:
    """Until Europe opens at 17:00 there are hours without any departure, and few people leave."""
    scenario = read(SCENARIO)
    plan = solve(scenario, budget=Budget(seconds=None, work=0)).plan
    assert judge(scenario, plan).accepted
    midnight = tick_of(datetime.fromisoformat("2021-08-20T00:00+04:30"), scenario.start)
    hourly = [0] * 24
    for movement in plan.movements:
        hour = (movement.depart - midnight) // 60
        if movement.origin == "hkia" and 0 <= hour < 24:
            hourly[hour] += movement.people
    full, opened = hourly[:17], hourly[17:]
    assert full.count(0) >= 3
    assert sum(full) / len(full) < 0.5 * sum(opened) / len(opened)
