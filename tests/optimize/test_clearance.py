"""The fastest clearance: its bound, and the far place that must not be left for the end."""

import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.plan.worlds import flying_world

from wayout.network.model import Network, build, hurried
from wayout.optimize.aside import ClearanceAside
from wayout.optimize.bound import Clearance, clearances, prove_clearance, soonest
from wayout.optimize.dispatch.world import world_of
from wayout.optimize.guide import guide_of
from wayout.optimize.portfolio import MANNERS
from wayout.optimize.progress import Budget
from wayout.optimize.proof import check
from wayout.optimize.relax.build import Aim, relax
from wayout.optimize.search import Search, step_of, targets_of
from wayout.optimize.solve import solve
from wayout.scenario.fleet import Fleet, VehicleType
from wayout.scenario.folder import read
from wayout.scenario.links import Berth, Link, Mode
from wayout.scenario.model import Scenario
from wayout.scenario.parties import Party
from wayout.scenario.people import people_of
from wayout.scenario.places import Place, PlaceKind
from wayout.scenario.policy import Objective, Policy

FAR, NEAR = 600, 60
LAST_READY = 23 * 60
CLEAR = LAST_READY + NEAR
"""Back from the far port at minute 1,200, the ship waits for the last of the near one."""

SCENARIOS = Path(__file__).parents[2] / "scenarios"


def two_ports() -> Scenario:
    """One ship; somebody comes to the near port every hour of a day, five wait at the far one."""
    return Scenario(
        name="two-ports",
        title="Two ports",
        start=datetime(2026, 1, 1, tzinfo=UTC),
        deadline=4320,
        end=8640,
        policy=Policy(objective=Objective.CLEAR_FAST),
        places=(
            Place(place="near", kind=PlaceKind.PORT),
            Place(place="far", kind=PlaceKind.PORT),
            Place(place="haven", kind=PlaceKind.HAVEN),
        ),
        links=(
            Link(link="ferry", origin="near", destination="haven", mode=Mode.SEA, minutes=NEAR),
            Link(link="voyage", origin="far", destination="haven", mode=Mode.SEA, minutes=FAR),
        ),
        berths=tuple(
            Berth(berth=f"{place}-quay", place=place, mode=Mode.SEA, spots=1, movements_per_hour=6)
            for place in ("near", "far", "haven")
        ),
        vehicles=(
            VehicleType(
                type="ship",
                mode=Mode.SEA,
                seats=30,
                km_per_hour=20,
                load_minutes=0,
                unload_minutes=0,
            ),
        ),
        fleets=(Fleet(fleet="ship", type="ship", number=1, base="haven"),),
        parties=(
            *(Party(party=f"far{n}", size=1, place="far", priority="V-E") for n in range(5)),
            *(
                Party(
                    party=f"near{hour}",
                    size=1,
                    place="near",
                    priority="I-A",
                    ready_from=60 * hour,
                )
                for hour in range(24)
            ),
        ),
    )


def network_of(scenario: Scenario) -> Network:
    return build(scenario, people_of(scenario))


def test_the_longest_way_of_a_party_is_proved_where_nothing_binds() -> None:
    network = network_of(two_ports())
    assert soonest(network) == CLEAR
    cleared = prove_clearance(network, 60)
    assert cleared is not None
    assert cleared.minute == CLEAR


@pytest.mark.parametrize("length", [10, 60, 360])
def test_bounds_go_on_from_the_one_in_hand(length: int) -> None:
    network = network_of(replace_seats(two_ports(), 3))
    found = list(clearances(network, length, soonest(network) - 1, network.horizon))
    minutes = [cleared.minute for cleared in found]
    assert minutes
    assert minutes == sorted(set(minutes))
    assert minutes[0] > soonest(network)


def replace_seats(scenario: Scenario, seats: int) -> Scenario:
    vehicles = tuple(replace(vehicle, seats=seats) for vehicle in scenario.vehicles)
    return scenario.replace(vehicles=vehicles)


def test_nothing_is_proved_where_not_everybody_can_get_out() -> None:
    tight = two_ports().replace(deadline=CLEAR - 1)
    assert prove_clearance(network_of(tight), 60) is None


def all_of(aside: ClearanceAside) -> list[Clearance]:
    """What the process finds until it ends."""
    found: list[Clearance] = []
    while True:
        alive, cleared = aside.process.is_alive(), aside.ready()
        if cleared is not None:
            found.append(cleared)
        elif not alive:
            return found
        else:
            time.sleep(0.02)


def test_a_bound_found_aside_is_later_and_its_certificate_holds() -> None:
    scenario = replace_seats(two_ports(), 3)
    network = network_of(scenario)
    with ClearanceAside(network, (60, 10), soonest(network)) as aside:
        found = all_of(aside)
    assert [c.minute for c in found] == sorted(c.minute for c in found)
    best = prove_clearance(network, 10)
    assert best is not None
    assert abs(found[-1].minute - best.minute) <= 2
    plan = solve(scenario, budget=Budget(seconds=None, work=0)).plan
    certificate = plan.bound.certificate | {"clear": found[-1].certificate}
    bound = replace(plan.bound, clear_minute=found[-1].minute, certificate=certificate)
    assert check(scenario, bound) == ()
    later = replace(bound, clear_minute=found[-1].minute + 1)
    assert [finding.rule for finding in check(scenario, later)] == ["C1"]


def test_a_ship_is_sent_ahead_to_the_far_port() -> None:
    network = network_of(two_ports())
    search = Search(network, world_of(network), 1, step_of(network))
    guide = guide_of(relax(hurried(network, CLEAR), 60, Aim.DANGER), None)
    search.sources.append(targets_of(network, guide, search.group, world_of(network, CLEAR)))
    ahead = next(manner for manner in MANNERS if manner.ahead == NEAR * 6)
    trials = [search.run(attempt) for attempt in search.portfolio(0, ahead)]
    assert {trial.worth.people_safe for trial in trials} == {29}
    assert min(trial.worth.last_arrival for trial in trials) < CLEAR + FAR


def test_the_fastest_clearance_is_planned_and_proved() -> None:
    plan = solve(two_ports(), budget=Budget(seconds=None, work=2)).plan
    assert (plan.people_safe, plan.clear_minute) == (29, CLEAR)
    assert plan.bound.clear_minute == CLEAR
    assert plan.stopped_by == "optimal"


def test_as_many_as_can_are_out_where_not_everybody_can_be() -> None:
    tight = two_ports().replace(deadline=CLEAR - 1)
    plan = solve(tight, budget=Budget(seconds=None, work=2)).plan
    assert (plan.people_safe, plan.clear_minute) == (28, None)
    assert plan.bound.clear_minute is None
    assert plan.bound.people_safe == pytest.approx(28)


def test_whoever_starts_in_a_haven_is_safe_at_once() -> None:
    world = flying_world()
    only = tuple(replace(party, place="haven") for party in world.parties)
    assert soonest(network_of(world.replace(parties=only))) == 0


@pytest.mark.long
@pytest.mark.parametrize("name", ["raahat-2015", "libya-2011"])
def test_operations_clear_as_soon_as_can_be(name: str) -> None:
    scenario = read(SCENARIOS / name)
    policy = replace(scenario.policy, objective=Objective.CLEAR_FAST)
    plan = solve(scenario.replace(policy=policy), budget=Budget(seconds=None, work=0)).plan
    assert plan.clear_minute is not None
    assert plan.bound.clear_minute is not None
    assert plan.clear_minute <= 1.03 * plan.bound.clear_minute
