"""What the dispatcher follows: a solution of the relaxation that moves no more than it needs to."""

import numpy as np

from wayout.network.model import Network
from wayout.optimize.bound import Proved
from wayout.optimize.linear import solve_linear

THRIFT = 1e-4
"""Cost of all hours that the fleets have, as a share of the danger-hours if nobody moved."""

MOST_COLUMNS = 60_000
"""Bucket lengths are refined while the relaxation stays about this small."""

LENGTHS = (1440, 720, 360, 180, 120, 60, 30, 15)


def thrifty(network: Network, least: Proved, seconds: float | None) -> Proved:
    """The danger relaxation solved again where hours under way cost a little."""
    relaxation = least.relaxation
    travel = np.array([leg.travel for leg in network.legs], dtype=np.float64)
    moves = relaxation.columns.moves
    cost = relaxation.program.cost.copy()
    price = THRIFT * relaxation.constant / max(1.0, float(network.hours.sum()))
    cost[moves.column] += price * travel[moves.leg]
    solution = solve_linear(relaxation.program.with_cost(cost), seconds)
    return Proved(relaxation, solution, least.value)


def _estimated_columns(network: Network, length: int) -> int:
    """About how many columns the relaxation has at a bucket length."""
    buckets = -(-network.horizon // length)
    weights = len({(group.weight, group.safe_by, group.destinations) for group in network.classes})
    loaded = sum(leg.carries for leg in network.legs)
    rides = sum(not leg.by_self for leg in network.legs)
    return buckets * (loaded * (weights + 1) // 2 + rides + network.num_places * (weights + 2))


def levels(network: Network) -> list[int]:
    """Bucket lengths from coarse to fine, as far as the size of the relaxation allows."""
    slot = network.timeline.slot
    fitting = [
        n
        for n in LENGTHS
        if n % slot == 0 and n >= slot and n * 3 <= max(network.horizon, 3 * slot)
    ]
    fitting = fitting or [slot]
    small = [n for n in fitting if _estimated_columns(network, n) <= MOST_COLUMNS] or fitting[:1]
    return small[-3:]
