"""What the dispatcher follows: a solution of the relaxation that a timetable can come close to.

The relaxation is a bound: it credits everybody as early as anything allows and counts a bed only
when somebody is in it for sure. A guide may ask for less. It is the danger relaxation with

- a price on hours under way, so that nothing moves without need; and
- *beds at their fullest*: who is there at a bucket's begin and a share ``CROWD`` of those who come
  in it have a bed, ``Σ_k S[k,p,b-1] + CROWD · Σ x(into p, credit = b) ≤ beds[p]``, at a price.

None of this touches the bound.
"""

import numpy as np
from scipy.sparse import coo_array, csr_array, hstack, vstack

from wayout.network.model import Network
from wayout.network.pooling import pooled
from wayout.network.timeline import Real
from wayout.optimize.bound import Proved
from wayout.optimize.linear import solve_linear
from wayout.optimize.program import LinearProgram
from wayout.optimize.relax.build import Relaxation
from wayout.optimize.relax.columns import Columns

THRIFT = 1e-4
"""Cost of all hours that the fleets have, as a share of the danger-hours if nobody moved."""

CROWD = 0.6
"""Share of a bucket's arrivals that are there before anybody leaves."""

MOST_COLUMNS = 60_000
"""Bucket lengths are refined while the relaxation stays about this small."""

CHEAP_COLUMNS = 8_000
"""Of a relaxation that is solved in a fraction of a second."""

HURRY = (0.0, 0.1, 0.2, 0.33, 0.6)
"""Deadlines that guides for the fastest clearance aim at: from the bound to the best plan's end."""

MOST_COLUMNS_ASIDE = 200_000
"""As far a bound is refined beside the search, which it does not guide."""

MOST_COLUMNS_COARSE = 120_000
"""As large as it gets where even days are too fine."""

RUNS_OF_DAYS = (1440, 2880, 4320, 7200, 10080, 14400, 20160)

LENGTHS = (1440, 720, 360, 180, 120, 60, 30, 15, 10, 5, 3, 2, 1)


def _crowding(columns: Columns) -> tuple[csr_array, Real]:
    """Rows of *beds at their fullest* and their right-hand sides."""
    network, num = columns.network, columns.grid.num
    flows, ends = columns.flows, columns.ends[columns.flows.leg]
    start = np.bincount(
        network.people.place, weights=network.people.size, minlength=network.num_places
    )
    places = sorted(columns.housed)
    rows, cols, values, upper = [], [], [], []
    for number, place in enumerate(places):
        base = number * num
        stock = columns.people[:, place, :-1]
        rows.append(np.broadcast_to(base + np.arange(1, num), stock.shape).reshape(-1))
        cols.append(stock.reshape(-1))
        values.append(np.ones(stock.size))
        into = (ends[:, 1] == place) & (flows.credit < num)
        rows.append(base + flows.credit[into])
        cols.append(flows.column[into])
        values.append(np.full(int(into.sum()), CROWD))
        beds = network.beds[place][columns.grid.last_ticks].astype(np.float64)
        upper.append(np.maximum(beds, start[place]))
    shape = (len(places) * num, columns.boxes.num)
    if not places:
        return csr_array(shape), np.zeros(0)
    entries = (np.concatenate(values), (np.concatenate(rows), np.concatenate(cols)))
    return csr_array(coo_array(entries, shape=shape)), np.concatenate(upper)


def guiding(relaxation: Relaxation) -> LinearProgram:
    """The program of a guide: thrifty, with beds at their fullest; feasible if nobody moves."""
    program, columns = relaxation.program, relaxation.columns
    network, moves = columns.network, columns.moves
    travel = np.array([leg.travel for leg in network.legs], dtype=np.float64)
    cost = program.cost.copy()
    price = THRIFT * relaxation.constant / max(1.0, float(network.hours.sum()))
    cost[moves.column] += price * travel[moves.leg]
    crowding, beds = _crowding(columns)
    num = len(beds)
    dear = 10.0 * relaxation.constant / max(1, network.people.num_people)
    over = csr_array((-np.ones(num), (np.arange(num), np.arange(num))), shape=(num, num))
    below = hstack([crowding, over])
    above = hstack([program.matrix, csr_array((program.matrix.shape[0], num))])
    return LinearProgram(
        np.concatenate([cost, np.full(num, dear)]),
        np.concatenate([program.lower, np.zeros(num)]),
        np.concatenate([program.upper, np.full(num, float(network.people.num_people))]),
        csr_array(vstack([above, below])),
        np.concatenate([program.row_lower, np.full(num, -np.inf)]),
        np.concatenate([program.row_upper, beds]),
    )


def thrifty(least: Proved, seconds: float | None) -> Proved:
    """A guide from the start of the operation."""
    return Proved(least.relaxation, guide_of(least.relaxation, seconds).solution, least.value)


def guide_of(relaxation: Relaxation, seconds: float | None) -> Proved:
    """A guide of a relaxation of which no value is wanted: it is that of knowing nothing."""
    return Proved(relaxation, solve_linear(guiding(relaxation), seconds), 0.0)


def _estimated_columns(network: Network, length: int) -> int:
    """About how many columns the relaxation has at a bucket length."""
    buckets = -(-network.horizon // length)
    weights = len({(group.weight, group.safe_by, group.destinations) for group in network.classes})
    loaded = sum(leg.carries for leg in network.legs)
    rides = sum(not leg.by_self for leg in network.legs)
    return buckets * (loaded * (weights + 1) // 2 + rides + network.num_places * (weights + 2))


def _fitting(network: Network) -> list[int]:
    """Bucket lengths of whole slots, from coarse to fine; the slot where there are none."""
    slot, horizon = network.timeline.slot, network.horizon
    most = max(horizon, 3 * slot)
    return [n for n in LENGTHS if n % slot == 0 and slot <= n and n * 3 <= most] or [slot]


def levels(network: Network) -> list[int]:
    """Bucket lengths from coarse to fine, as far as the size of the relaxation allows."""
    small = [n for n in _fitting(network) if _estimated_columns(network, n) <= MOST_COLUMNS]
    return small[-3:] or [_coarse(network)]


def lengths_to_clear(network: Network) -> list[int]:
    """As ``levels``, without the coarse ones where a fine one is cheap: what counts is the end."""
    lengths = levels(network)
    cheap = [n for n in lengths if _estimated_columns(network, n) <= CHEAP_COLUMNS]
    return lengths[max(0, len(cheap) - 1) :]


def _coarse(network: Network) -> int:
    """The shortest run of days at which the relaxation of a very large network is small enough."""
    most = max(network.horizon // 2, 3 * network.timeline.slot)
    runs = [length for length in RUNS_OF_DAYS if length <= most] or _fitting(network)[:1]
    small = [n for n in runs if _estimated_columns(network, n) <= MOST_COLUMNS_COARSE]
    return small[0] if small else runs[-1]


def relaxed_of(network: Network) -> Network:
    """What is bounded: the network, or where even days are too fine one with fewer fleets."""
    return pooled(network) if is_coarse(levels(network)[0]) else network


def is_coarse(length: int) -> bool:
    """Whether buckets are runs of days, which say little about when."""
    return length > LENGTHS[0]


def lengths_aside(network: Network, finest: int) -> list[int]:
    """Bucket lengths below ``finest`` to prove one after the other while the search goes on.

    Parts of slots too: slots are then limited over several buckets together, vehicles and people
    are followed more closely.
    """
    slot = network.timeline.slot
    finer = [n for n in LENGTHS if n < finest and (n % slot == 0 or slot % n == 0)]
    if is_coarse(finest):
        return finer[:1]
    return [n for n in finer if _estimated_columns(network, n) <= MOST_COLUMNS_ASIDE]
