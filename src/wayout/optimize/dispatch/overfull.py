"""Beds of places on the way, after a dispatch that expected people to go on in time.

Where some did not before beds became fewer, the least endangered of those present are left at home
altogether: taking people off movements breaks no upper limit.
"""

import numpy as np

from wayout.network.model import Network
from wayout.network.timeline import Int, Mask
from wayout.optimize.dispatch.timetable import Timetable, without


class _Stays:
    """Who is where from when until when: a row per load, and one per party at its first place."""

    def __init__(self, network: Network, timetable: Timetable) -> None:
        ends = np.array([(leg.origin, leg.destination, leg.travel) for leg in network.legs])
        legs = ends.reshape(-1, 3)[timetable.leg[timetable.load_movement]]
        depart = timetable.depart[timetable.load_movement]
        order = np.lexsort((depart, timetable.load_party))
        self.party = timetable.load_party[order]
        self.place = legs[order, 1]
        self.begins = depart[order] + legs[order, 2]
        same = self.party[1:] == self.party[:-1]
        self.ends = np.full(len(order), network.horizon + 1, dtype=np.int64)
        self.ends[:-1][same] = depart[order][1:][same]
        first = np.append(True, ~same)[: len(order)]
        self.leaves = np.full(network.people.num_parties, network.horizon + 1, dtype=np.int64)
        self.leaves[self.party[first]] = depart[order][first]


def _present(network: Network, stays: _Stays, place: int) -> Int:
    """People at a place at each tick of the plan."""
    people, here, home = network.people, stays.place == place, network.people.place == place
    change = np.zeros(network.horizon + 2, dtype=np.int64)
    change[0] = people.size[home].sum()
    np.subtract.at(change, stays.leaves[home], people.size[home])
    np.add.at(change, stays.begins[here], people.size[stays.party[here]])
    np.subtract.at(change, stays.ends[here], people.size[stays.party[here]])
    return np.cumsum(change)[:-1]


def _left_at_home(network: Network, stays: _Stays, place: int, may: Mask) -> Int:
    """Parties to leave at home so that a place is never overfull, as far as that helps."""
    people, beds = network.people, network.beds[place]
    present = _present(network, stays, place)
    here = np.flatnonzero((stays.place == place) & may[stays.party])
    gone: list[int] = []
    for tick in np.flatnonzero(present > beds).tolist():
        excess = int(present[tick] - beds[tick])
        if excess <= 0:
            continue
        there = here[(stays.begins[here] <= tick) & (stays.ends[here] > tick)]
        party = stays.party[there]
        order = np.lexsort((-stays.ends[there], people.weight[party]))
        num = int(np.searchsorted(np.cumsum(people.size[party[order]]), excess)) + 1
        for row in there[order[:num]].tolist():
            present[stays.begins[row] : stays.ends[row]] -= people.size[stays.party[row]]
            gone.append(int(stays.party[row]))
        here = here[~np.isin(stays.party[here], gone)]
    return np.array(gone, dtype=np.int64)


def within_beds(network: Network, timetable: Timetable, may: Mask) -> Timetable:
    """The timetable without as many of the parties that ``may`` stay at home as beds require."""
    limited = (network.beds < network.people.num_people).any(axis=1)
    places = np.flatnonzero(limited)
    if len(places) == 0 or len(timetable.load_party) == 0:
        return timetable
    stays = _Stays(network, timetable)
    gone = np.zeros(network.people.num_parties, dtype=np.bool_)
    for place in places.tolist():
        gone[_left_at_home(network, stays, place, may & ~gone)] = True
    return timetable if not gone.any() else without(network, timetable, gone)
