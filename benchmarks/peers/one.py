"""One peer on one scenario in a process of its own: ``python -m benchmarks.peers.one``.

Two solvers that clash are never in one process, and a model that is too large takes nobody along.
Reading the scenario and writing the plan are outside the seconds, building the model is inside.
"""

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.peers.decode import decoded
from benchmarks.peers.first_come import first_come
from benchmarks.peers.flow import flow_plan, why_not_exact
from benchmarks.peers.grid import GridModel, GridTooLargeError, Real, build_grid
from benchmarks.peers.routes import route_plan
from benchmarks.peers.sheet import Sheet, plan_of
from benchmarks.peers.solvers import solve_cp_sat, solve_highs
from wayout.network.model import Network, build
from wayout.plan.folder import write
from wayout.scenario.folder import read
from wayout.scenario.people import people_of

MEMORY = 12 << 30
"""Bytes of address space that a peer may have."""

Found = tuple[Sheet | None, dict[str, object]]
"""A timetable, or None; and what there is to say about it."""


def _grid(
    solve: Callable[[GridModel, float], tuple[Real | None, str]], step: int
) -> Callable[[Network, float], Found]:
    def plan(network: Network, seconds: float) -> Found:
        until = time.monotonic() + seconds
        try:
            model = build_grid(network, step, until)
        except (MemoryError, GridTooLargeError) as error:
            return None, {"note": f"the model was not built: {type(error).__name__}"}
        size = f"{model.matrix.shape[1]:,} columns, {model.matrix.shape[0]:,} rows"
        x, how = solve(model, until - time.monotonic())
        if x is None:
            return None, {"note": f"{size}; {how}, no solution"}
        return decoded(network, model, x), {"note": f"{size}; {how}"}

    return plan


def _first_come(network: Network, seconds: float) -> Found:
    return first_come(network, seconds), {"note": ""}


def _is_road_only(network: Network) -> bool:
    return all(leg.by_self for leg in network.legs)


def _routes(network: Network, seconds: float) -> Found:
    if not _is_road_only(network):
        return None, {"note": "it plans people by themselves only"}
    return route_plan(network, seconds), {"note": ""}


def _flow(network: Network, seconds: float) -> Found:
    reason = why_not_exact(network)
    if reason:
        return None, {"note": reason}
    sheet, optimum = flow_plan(network)
    return sheet, {"note": "", "optimum": optimum.danger_hours}


PEERS: dict[str, Callable[[Network, float], Found]] = {
    "first-come": _first_come,
    "highs-60": _grid(solve_highs, 60),
    "highs-10": _grid(solve_highs, 10),
    "cp-sat-60": _grid(solve_cp_sat, 60),
    "cp-sat-10": _grid(solve_cp_sat, 10),
    "ccrp": _routes,
    "min-cost-flow": _flow,
}
"""Peers by name; the number is the grid in minutes."""


def main() -> int:
    """Plan, write the plan if there is one, and print what happened as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("peer", choices=sorted(PEERS))
    parser.add_argument("scenario", type=Path)
    parser.add_argument("plan", type=Path)
    parser.add_argument("--seconds", type=float, default=600.0)
    asked = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    scenario = read(asked.scenario)
    network = build(scenario, people_of(scenario))
    began = time.monotonic()
    sheet, said = PEERS[asked.peer](network, asked.seconds)
    said["seconds"] = time.monotonic() - began
    if sheet is not None:
        plan, _ = plan_of(network, sheet)
        write(plan, scenario, asked.plan, network.people)
        said["movements"] = len(plan.movements)
    print(json.dumps(said))
    return 0


if __name__ == "__main__":
    sys.exit(main())
