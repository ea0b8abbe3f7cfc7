"""The ways of a network as the dispatcher has them: who may come from where, and how."""

import numpy as np

from wayout.network.legs import NO_BERTH
from wayout.network.model import Network
from wayout.network.timeline import Int

PLENTY = 1 << 30
"""Stands for unlimited in the dispatcher's arrays."""

UNREACHABLE = 1 << 28


def hops_of(network: Network) -> tuple[Int, Int]:
    """Quickest empty ways between all pairs of places, per fleet (Floyd-Warshall)."""
    num, fleets = network.num_places, len(network.scenario.fleets)
    minutes = np.full((fleets, num, num), UNREACHABLE, dtype=np.int64)
    hop = np.full((fleets, num, num), -1, dtype=np.int64)
    for index, leg in enumerate(network.legs):
        if leg.fleet < 0:
            continue
        if leg.travel < minutes[leg.fleet, leg.origin, leg.destination]:
            minutes[leg.fleet, leg.origin, leg.destination] = leg.travel
            hop[leg.fleet, leg.origin, leg.destination] = index
    grounds = np.zeros(fleets, dtype=np.int64)
    for leg in network.legs:
        if leg.fleet >= 0:
            grounds[leg.fleet] = leg.ground
    for fleet in range(fleets):
        table, first = minutes[fleet], hop[fleet]
        touched = np.flatnonzero(
            (table < UNREACHABLE).any(axis=0) | (table < UNREACHABLE).any(axis=1)
        )
        for via in touched:
            through = table[:, via][:, None] + table[via, :][None, :] + grounds[fleet]
            better = through < table
            table[better] = through[better]
            first[better] = np.broadcast_to(first[:, via][:, None], first.shape)[better]
    return hop, minutes


def loaded_of(network: Network) -> tuple[Int, Int]:
    """Rides that carry people, by place: where each place's begin, and the legs."""
    rides: list[list[int]] = [[] for _ in range(network.num_places)]
    for index, leg in enumerate(network.legs):
        if leg.carries and not leg.by_self:
            rides[leg.origin].append(index)
    starts = np.cumsum([0] + [len(group) for group in rides])
    return starts.astype(np.int64), np.array([i for group in rides for i in group], dtype=np.int64)


def grouped(keys: Int, items: Int, num: int) -> tuple[Int, Int]:
    """Items by key: where each key's begin, and the items in order."""
    order = np.argsort(keys, kind="stable")
    starts = np.concatenate([[0], np.cumsum(np.bincount(keys, minlength=num))])
    return starts.astype(np.int64), items[order].astype(np.int64)


def upstream_of(network: Network) -> Int:
    """From where people can come to a place, itself included (transitive closure)."""
    table = np.eye(network.num_places, dtype=np.bool_)
    for leg in network.legs:
        if leg.carries:
            table[leg.origin, leg.destination] = True
    for via in range(network.num_places):
        table |= table[:, via][:, None] & table[via, :][None, :]
    return table.astype(np.int64)


def worse_of(network: Network) -> Int:
    """Whether waiting at the second place is more dangerous than at the first."""
    left = network.danger_left[:, 0]
    return (left[None, :] > left[:, None]).astype(np.int64)


def in_order(network: Network, loaded_from: Int) -> Int:
    """Places with rides, havens first and then nearest to safety: room opens before it is used."""
    nearest = np.min([reach.minutes for reach in network.reach], axis=0, initial=UNREACHABLE)
    nearest = np.where(network.haven, -1, nearest)
    return np.array(
        sorted(np.flatnonzero(np.diff(loaded_from)), key=lambda place: (nearest[place], place)),
        dtype=np.int64,
    )


def parks_of(network: Network) -> Int:
    """A vehicle needs no spot at its base, without a berth, or where spots are unlimited."""
    table = np.zeros((len(network.scenario.fleets), network.num_places), dtype=np.int64)
    for leg in network.legs:
        if leg.fleet >= 0:
            for place, berth in (
                (leg.origin, leg.origin_berth),
                (leg.destination, leg.destination_berth),
            ):
                free = berth == NO_BERTH or (network.berth_spots[berth] >= PLENTY).all()
                table[leg.fleet, place] = free
    places = {place.place: i for i, place in enumerate(network.scenario.places)}
    for index, fleet in enumerate(network.scenario.fleets):
        table[index, places[fleet.base]] = 1
    return table


def walks_of(network: Network) -> Int:
    """Legs of people by themselves, nearest to safety first: room opens before it is used."""
    nearest = (
        np.min([r.minutes for r in network.reach], axis=0)
        if network.reach
        else np.zeros(network.num_places)
    )
    walks = [i for i, leg in enumerate(network.legs) if leg.by_self]
    return np.array(
        sorted(walks, key=lambda i: (int(nearest[network.legs[i].destination]), i)), dtype=np.int64
    )


def last_open(possible: Int) -> Int:
    """The last tick up to each at which a departure is possible, or -1."""
    ticks = np.arange(possible.shape[1])
    table: Int = np.maximum.accumulate(np.where(possible > 0, ticks, -1), axis=1)
    return table


def beside_of(network: Network) -> Int:
    """The next leg of the same fleet between the same places, the last one's being the first."""
    rings: dict[tuple[int, int, int], list[int]] = {}
    for index, leg in enumerate(network.legs):
        rings.setdefault((leg.fleet, leg.origin, leg.destination), []).append(index)
    following = np.arange(len(network.legs))
    for ring in rings.values():
        following[ring] = ring[1:] + ring[:1]
    return following
