"""Beds of places on the way, after a dispatch that expected people to go on in time.

Where some did not before beds became fewer, the least endangered of those present are left at home
altogether: taking people off movements breaks no upper limit.
"""

from heapq import heappop, heappush

import numpy as np

from wayout.network.model import Network
from wayout.network.timeline import Int, Mask, Real
from wayout.optimize.dispatch.compiled import compiled
from wayout.optimize.dispatch.timetable import Timetable, without


class _Stays:
    """Who is where from when until when: a row per load, and one per party at its first place."""

    def __init__(self, network: Network, timetable: Timetable) -> None:
        ends = np.array([(leg.origin, leg.destination, leg.travel) for leg in network.legs])
        legs = ends.reshape(-1, 3)[timetable.leg[timetable.load_movement]]
        depart = timetable.depart[timetable.load_movement]
        order = np.argsort(timetable.load_party * (network.horizon + 1) + depart)
        self.party = timetable.load_party[order]
        self.place = legs[order, 1]
        self.begins = depart[order] + legs[order, 2]
        same = self.party[1:] == self.party[:-1]
        self.ends = np.full(len(order), network.horizon + 1, dtype=np.int64)
        self.ends[:-1][same] = depart[order][1:][same]
        first = np.append(True, ~same)[: len(order)]
        self.leaves = np.full(network.people.num_parties, network.horizon + 1, dtype=np.int64)
        self.leaves[self.party[first]] = depart[order][first]


def _excess(network: Network, stays: _Stays) -> Real:
    """People above the beds of each place at each tick of the plan; below them where negative."""
    people, width = network.people, network.horizon + 2
    size, here = people.size[stays.party], stays.place * width
    home, leaves = people.place * width, people.place * width + stays.leaves
    cells = np.concatenate([home, leaves, here + stays.begins, here + stays.ends])
    more = np.concatenate([people.size, -people.size, size, -size])
    change = np.bincount(cells, weights=more, minlength=network.num_places * width)
    # One table and no copy of it: of a million people in 500 places it has 200 MB.
    present: Real = change.astype(np.float64, copy=False).reshape(-1, width)
    np.cumsum(present, axis=1, out=present)
    excess = present[:, :-1]
    excess -= network.beds
    return excess


@compiled
def _send_home(
    excess: Int, begins: Int, ends: Int, sizes: Int, weights: Real, parties: Int, gone: Mask
) -> None:
    """Leave out stays until nobody is in excess at any tick.

    At each tick of those present the least endangered first, of these who stays longest.
    """
    present = [(0.0, 0, 0) for _ in range(0)]
    released = np.zeros(len(excess) + 1, dtype=np.int64)
    order, relief, following = np.argsort(begins), 0, 0
    for tick in range(len(excess)):
        relief -= released[tick]
        while following < len(begins) and begins[order[following]] <= tick:
            row = order[following]
            heappush(present, (weights[row], -ends[row], row))
            following += 1
        while excess[tick] > relief and len(present) > 0:
            row = heappop(present)[2]
            if ends[row] > tick and not gone[parties[row]]:
                gone[parties[row]] = True
                relief += sizes[row]
                released[ends[row]] += sizes[row]


def _leave_at_home(
    network: Network, stays: _Stays, place: int, excess: Int, may: Mask, gone: Mask
) -> None:
    """Mark parties to leave at home so that a place is never overfull, as far as that helps."""
    people = network.people
    here = np.flatnonzero((stays.place == place) & (may & ~gone)[stays.party])
    party = stays.party[here]
    columns = (stays.begins[here], stays.ends[here], people.size[party], people.weight[party])
    _send_home(excess, *columns, party, gone)


def within_beds(network: Network, timetable: Timetable, may: Mask) -> Timetable:
    """The timetable without as many of the parties that ``may`` stay at home as beds require."""
    if len(timetable.load_party) == 0:
        return timetable
    stays = _Stays(network, timetable)
    excess = _excess(network, stays)
    gone = np.zeros(network.people.num_parties, dtype=np.bool_)
    for place in np.flatnonzero((excess > 0).any(axis=1)).tolist():
        _leave_at_home(network, stays, place, excess[place].astype(np.int64), may, gone)
    return timetable if not gone.any() else without(network, timetable, gone)
