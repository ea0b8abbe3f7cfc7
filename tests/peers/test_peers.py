"""Every peer writes plans that the judge accepts, and is as good as it says it is."""

from collections.abc import Callable

import pytest
from benchmarks.peers.decode import decoded
from benchmarks.peers.first_come import first_come
from benchmarks.peers.flow import earliest_arrival, flow_plan
from benchmarks.peers.grid import build_grid
from benchmarks.peers.road import river_plain
from benchmarks.peers.routes import route_plan
from benchmarks.peers.sheet import Sheet, plan_of
from benchmarks.peers.solvers import solve_cp_sat
from tests.oracle.exact import Goal, optimum
from tests.oracle.worlds import draw_world
from tests.peers.worlds import STEP, ferry_world, network_of, road_world

from wayout.network.model import Network, build
from wayout.optimize.progress import Budget
from wayout.optimize.solve import solve
from wayout.scenario.people import people_of

NO_HURRY = 1e6
SEEDS = range(12)


def grid_plan(network: Network, step: int) -> Sheet | None:
    """The grid model by CP-SAT; None where it found nothing."""
    model = build_grid(network, step)
    x, _ = solve_cp_sat(model, 20.0)
    return None if x is None else decoded(network, model, x)


def test_the_ferry_takes_whoever_came_first_as_long_as_there_are_beds() -> None:
    network = network_of(ferry_world())
    plan, verdict = plan_of(network, first_come(network, NO_HURRY))
    assert verdict.accepted, verdict.findings
    assert verdict.people_safe == 10
    assert sum(movement.fleet == "" for movement in plan.movements) >= 2


def test_the_direct_model_is_at_least_as_good_as_the_room() -> None:
    network = network_of(ferry_world())
    sheet = grid_plan(network, 10)
    assert sheet is not None
    verdict = plan_of(network, sheet)[1]
    assert verdict.accepted, verdict.findings
    by_hand = plan_of(network, first_come(network, NO_HURRY))[1]
    assert verdict.people_safe == 10
    assert verdict.danger_hours <= by_hand.danger_hours


@pytest.mark.parametrize("seed", SEEDS)
def test_the_flow_is_the_best_plan_of_people_one_by_one(seed: int) -> None:
    world = road_world(seed)
    network = network_of(world.scenario)
    best = optimum(world, Goal.DANGER_HOURS)
    assert best.proved
    assert best.value is not None
    sheet, flow = flow_plan(network)
    assert flow.danger_hours == pytest.approx(float(best.value), abs=1e-3)
    verdict = plan_of(network, sheet)[1]
    assert verdict.accepted, verdict.findings
    assert verdict.danger_hours == pytest.approx(flow.danger_hours, abs=1e-3)


@pytest.mark.parametrize("planner", [first_come, route_plan])
@pytest.mark.parametrize("seed", SEEDS)
def test_nobody_beats_the_flow(planner: Callable[[Network, float], Sheet], seed: int) -> None:
    network = network_of(road_world(seed).scenario)
    verdict = plan_of(network, planner(network, NO_HURRY))[1]
    assert verdict.accepted, verdict.findings
    assert verdict.danger_hours >= earliest_arrival(network).danger_hours - 1e-3
    assert verdict.people_safe > 0


@pytest.mark.parametrize("seed", SEEDS)
def test_the_direct_model_finds_the_flow(seed: int) -> None:
    network = network_of(road_world(seed).scenario)
    sheet = grid_plan(network, STEP)
    assert sheet is not None
    verdict = plan_of(network, sheet)[1]
    assert verdict.accepted, verdict.findings
    assert verdict.danger_hours == pytest.approx(earliest_arrival(network).danger_hours, abs=1e-3)


@pytest.mark.parametrize("first_seed", range(0, 150, 50))
def test_the_room_keeps_every_rule_in_worlds_of_every_kind(first_seed: int) -> None:
    for seed in range(first_seed, first_seed + 50):
        scenario = draw_world(seed).scenario
        network = build(scenario, people_of(scenario))
        verdict = plan_of(network, first_come(network, NO_HURRY))[1]
        assert verdict.accepted, (seed, verdict.findings)


@pytest.mark.parametrize("first_seed", range(0, 60, 20))
def test_the_direct_model_keeps_every_rule_in_worlds_of_every_kind(first_seed: int) -> None:
    """On their own grid; slots there are multiples of it, or longer than a day's limits."""
    for seed in range(first_seed, first_seed + 20):
        world = draw_world(seed)
        network = build(world.scenario, people_of(world.scenario))
        sheet = grid_plan(network, world.step)
        if sheet is not None:
            verdict = plan_of(network, sheet)[1]
            assert verdict.accepted, (seed, verdict.findings)


def test_ours_is_never_behind_on_roads() -> None:
    behind = []
    for seed in SEEDS:
        scenario = road_world(seed).scenario
        network = network_of(scenario)
        plan = solve(scenario, budget=Budget(None, 0.0, 5)).plan
        peers = [planner(network, NO_HURRY) for planner in (first_come, route_plan)]
        least = min(plan_of(network, sheet)[1].danger_hours for sheet in peers)
        if plan.danger_hours > least + 1e-6:
            behind.append((seed, plan.danger_hours, least))
    assert not behind


@pytest.mark.parametrize("seed", SEEDS)
def test_the_certified_bound_is_never_above_the_flow(seed: int) -> None:
    scenario = road_world(seed).scenario
    bound = solve(scenario, budget=Budget(None, 0.0, 0)).plan.bound
    flow = earliest_arrival(network_of(scenario))
    assert bound.danger_hours <= flow.danger_hours + 1e-6
    assert bound.people_safe >= flow.people_safe


def test_a_world_with_vehicles_is_no_single_commodity() -> None:
    with pytest.raises(ValueError, match="It has vehicles"):
        earliest_arrival(network_of(ferry_world()))


def test_route_planner_and_flow_on_the_river_plain() -> None:
    network = network_of(river_plain())
    sheet, flow = flow_plan(network)
    exact = plan_of(network, sheet)[1]
    routed = plan_of(network, route_plan(network, NO_HURRY))[1]
    assert exact.accepted, exact.findings
    assert routed.accepted, routed.findings
    assert flow.people_safe == 70_000
    assert exact.people_safe > 0.999 * 70_000
    assert flow.danger_hours <= min(exact.danger_hours, routed.danger_hours)
    assert exact.danger_hours < 1.01 * flow.danger_hours
