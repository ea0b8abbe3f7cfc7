"""Sudan 2023: convoys leave and arrive inside a ceasefire, and noon on 29 April is a cut-off."""

from pathlib import Path

import numpy as np
import pytest
from tests.operations.movements import at, carried, loaded

from wayout.optimize.progress import Budget
from wayout.optimize.solve import solve
from wayout.plan.feasible import judge
from wayout.plan.model import Plan
from wayout.scenario.folder import read
from wayout.scenario.model import Scenario
from wayout.scenario.people import people_of

SUDAN = Path(__file__).parents[2] / "scenarios" / "sudan-2023"
CEASEFIRES = (
    ("2023-04-25T00:00+02:00", "2023-04-28T00:00+02:00"),
    ("2023-04-28T12:00+02:00", "2023-05-01T00:00+02:00"),
)
NOON = "2023-04-29T12:00+02:00"


@pytest.fixture(scope="module")
def sudan() -> Scenario:
    """The likely case."""
    return read(SUDAN)


@pytest.fixture(scope="module")
def plan(sudan: Scenario) -> Plan:
    """A judged plan."""
    made = solve(sudan, budget=Budget(seconds=None, work=0)).plan
    assert judge(sudan, made).accepted
    return made


def test_every_convoy_leaves_and_arrives_inside_one_ceasefire(sudan: Scenario, plan: Plan) -> None:
    spans = [(at(sudan, begins), at(sudan, ends)) for begins, ends in CEASEFIRES]
    buses = [m for m in plan.movements if m.link == "convoy-road"]
    assert carried(buses) > 5_000
    for bus in buses:
        assert any(begins <= bus.depart and bus.arrive <= ends for begins, ends in spans)


def test_both_ceasefires_are_used_and_each_bus_drives_more_than_once(
    sudan: Scenario, plan: Plan
) -> None:
    buses = [m for m in loaded(plan, ["rally-point"]) if m.link == "convoy-road"]
    halves = [carried(m for m in buses if m.depart < at(sudan, CEASEFIRES[0][1]))]
    halves.append(carried(buses) - halves[0])
    assert min(halves) > 1_500
    assert len(buses) > 1.5 * len({bus.vehicle for bus in buses})


def test_a_convoy_of_twelve_hours_is_the_last_one(sudan: Scenario) -> None:
    """Whoever is not aboard twelve hours before the end of the ceasefire stays."""
    road = next(link for link in sudan.links if link.link == "convoy-road")
    bus = next(vehicle for vehicle in sudan.vehicles if vehicle.type == "bus")
    assert road.km is not None
    assert bus.km_per_hour is not None
    assert 10 <= road.km / bus.km_per_hour <= 12


def test_nobody_leaves_by_the_air_bridge_after_the_cut_off(sudan: Scenario, plan: Plan) -> None:
    gate = [m for m in plan.movements if m.origin == "wadi-gate"]
    flights = loaded(plan, ["wadi-saeedna"])
    assert max(m.depart for m in gate) < at(sudan, NOON)
    assert max(m.depart for m in flights) < at(sudan, "2023-04-29T22:00+02:00")
    assert carried(flights) == carried(gate) > 2_500


def test_who_is_ready_after_the_cut_off_comes_out_through_port_sudan(
    sudan: Scenario, plan: Plan
) -> None:
    late = people_of(sudan).ready_from >= at(sudan, NOON)
    origins = np.array([movement.origin for movement in plan.movements])[plan.loads.movement]
    aboard = late[plan.loads.party]
    assert np.count_nonzero(aboard & (origins == "port-sudan")) > 50
    assert not np.any(aboard & (origins == "wadi-saeedna"))


def test_who_is_ready_when_the_last_convoy_has_left_stays(sudan: Scenario, plan: Plan) -> None:
    people = people_of(sudan)
    city = [place.place for place in sudan.places].index("khartoum")
    last = at(sudan, "2023-04-30T12:10+02:00")
    late = np.flatnonzero((people.ready_from >= last) & (people.place == city))
    assert not set(late) & set(plan.loads.party)
