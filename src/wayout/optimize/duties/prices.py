"""What it is worth to be somewhere: danger that is left, and what the relaxation's prices say.

``reward`` of a ride is the danger that people are spared who would otherwise stay where they are
for good, and at the far end what their being there is worth by the dual vector of the danger
relaxation: ``-(y[people k, q, b] + y[beds q, b])``. A movement uses what others may need more:
``-Σ y[r] a[r, m]`` over the rows ``r`` of SCARCE.
"""

from typing import NamedTuple

import numpy as np

from wayout.network.model import Network
from wayout.network.timeline import Int, Real
from wayout.optimize.bound import Proved

SCARCE = ("movements", "spots", "standing", "hours_per_day", "departures_per_hour")
"""Families of what a movement uses and other vehicles could."""


class Prices(NamedTuple):
    """Weight by class; danger left by place and tick, and on the way by leg, in hours a person.

    ``bonus[class, place, bucket]`` is the worth of one more person there in danger-hours, the last
    class that of people who are safe; ``length`` the minutes of a bucket. ``trust`` scales it and
    ``cost`` is what an hour of a vehicle under way costs.
    ``use[leg, bucket]`` is the price of what a movement uses, ``share`` how much of it counts,
    ``stand`` what a minute of waiting on a limited spot costs, ``relief`` what it is worth that one
    more leaves a haven that is too full.
    """

    weight: Real
    left: Real
    way: Real
    bonus: Real
    length: int
    trust: float
    cost: float
    use: Real
    share: float
    stand: float
    relief: float


def _rows_of(proved: Proved, family: str) -> dict[int, Int]:
    blocks = [block for block in proved.relaxation.blocks if block.family == family]
    return {block.what: block.first + np.arange(len(block.buckets)) for block in blocks}


def bonus_of(network: Network, proved: Proved) -> Real:
    """Worth of being at each place at the begin of each bucket, by class and for the safe."""
    columns, y = proved.relaxation.columns, proved.solution.y
    kinds, places, num = columns.people.shape
    stock = y[_rows_of(proved, "people")[-1]].reshape(kinds, places, num)
    beds = np.zeros((places, num))
    for place, rows in _rows_of(proved, "beds").items():
        beds[place] = y[rows]
    bonus = np.zeros((len(network.classes) + 1, places, num))
    keys = [(c.weight, c.safe_by, tuple(c.enter.tolist())) for c in columns.commodities]
    for number, group in enumerate(network.classes):
        key = (group.weight, group.safe_by, tuple(network.may_enter(group).tolist()))
        if key in keys:
            bonus[number] = -(stock[keys.index(key)] + beds)
    bonus[-1] = -(stock[-1] + beds)
    for number in range(len(network.classes)):
        bonus[number, columns.absorbing] = bonus[-1, columns.absorbing]
        ahead = network.reach[number].minutes < network.horizon
        bonus[number, ~ahead & ~columns.absorbing] = 0.0
    return bonus


def use_of(network: Network, proved: Proved) -> Real:
    """Danger-hours that others could be spared with what a movement uses, by leg and bucket."""
    relaxation = proved.relaxation
    scarce = np.zeros(relaxation.program.matrix.shape[0])
    for block in relaxation.blocks:
        if block.family in SCARCE:
            rows = slice(block.first, block.first + len(block.buckets))
            scarce[rows] = proved.solution.y[rows]
    moves = relaxation.columns.moves
    use = np.zeros((len(network.legs), relaxation.grid.num))
    price = -(relaxation.program.matrix.T @ scarce)[moves.column]
    use[moves.leg, moves.bucket] = np.maximum(price, 0.0)
    return use


def prices_of(network: Network, proved: Proved) -> Prices:
    """Prices of a solution of the danger relaxation."""
    legs, links = network.legs, network.scenario.links
    way = np.array([links[leg.link].danger * leg.travel / 60.0 for leg in legs])
    weight = np.array([*(group.weight for group in network.classes), 0.0])
    average = proved.relaxation.constant / max(1.0, float(network.people.size.sum()))
    return Prices(
        weight=weight,
        left=np.ascontiguousarray(network.danger_left),
        way=way,
        bonus=bonus_of(network, proved),
        length=proved.relaxation.grid.length,
        trust=1.0,
        cost=1e-4 * average,
        use=use_of(network, proved),
        share=0.0,
        stand=1e-3 * average,
        relief=average,
    )


def if_nobody_moves(network: Network, prices: Prices) -> float:
    """Danger-hours, or what else the prices count, of everybody staying at home."""
    people = network.people
    each = prices.weight[network.party_class] * prices.left[people.place, 0]
    return float((each * people.size).sum())


HALF_WAY = 0.5
"""What it is worth to be on the way, as a share of being safe in time."""


def prices_to_clear(network: Network, aimed_at: int) -> Prices:
    """Minutes late after the one that is aimed at, in place of danger-hours.

    As the search for the fastest clearance counts them (``evaluate.Worth.late``): nobody safe is
    two operations late. What is scarce has no price here.
    """
    ticks = np.arange(network.horizon + 1)
    late = np.maximum(0, ticks - aimed_at).astype(np.float64)
    never = 2.0 * network.horizon
    left = np.where(network.haven[:, None], late[None, :], never)
    groups = len(network.classes) + 1
    bonus = np.zeros((groups, network.num_places, 1))
    bonus[:-1, ~network.haven] = HALF_WAY * never
    return Prices(
        weight=np.append(np.ones(groups - 1), 0.0),
        left=left,
        way=np.zeros(len(network.legs)),
        bonus=bonus,
        length=network.horizon + 1,
        trust=0.0,
        cost=1e-4 * never,
        use=np.zeros((len(network.legs), 1)),
        share=0.0,
        stand=1e-3 * never,
        relief=never,
    )
