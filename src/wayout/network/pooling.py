"""Fleets that differ only in their base as one: a smaller network that allows at least as much.

A relaxation of a large network is mostly copies of the same road legs, one for each fleet of
coaches. In the pooled network the vehicles of such fleets stand together at the base of the first
and go to the other bases in no time, once, when they become available; hours are added up. At those
other bases, where each fleet may park outside the berth, no spot and no slot is counted. So each
plan of the network is one of the pooled network, and a bound of this bounds the other.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from wayout.network.legs import NO_BERTH, SELF_MOVING, Leg
from wayout.network.model import Network
from wayout.network.timeline import NO_LIMIT, Int, Real
from wayout.scenario.fleet import Fleet
from wayout.scenario.windows import Target


def _alike(network: Network, index: int, fleet: Fleet) -> tuple[object, ...]:
    """Equal for fleets that may be pooled."""
    own = index if network.timeline.varies(Target.FLEET, fleet.fleet) else -1
    return (fleet.type, fleet.available_from, fleet.available_until, own)


def _pools(network: Network) -> list[list[int]]:
    """Fleets that are alike, in the order of the first of each."""
    pools: dict[tuple[object, ...], list[int]] = {}
    for index, fleet in enumerate(network.scenario.fleets):
        pools.setdefault(_alike(network, index, fleet), []).append(index)
    return list(pools.values())


def _pooled_leg(network: Network, leg: Leg, pool: int, others: set[int]) -> Leg:
    """A leg as the pool's own, without the berths of bases at which some of its fleets may park."""
    if leg.fleet == SELF_MOVING:
        return leg
    origin = NO_BERTH if leg.origin in others else leg.origin_berth
    destination = NO_BERTH if leg.destination in others else leg.destination_berth
    return replace(leg, fleet=pool, origin_berth=origin, destination_berth=destination)


def _relocation(network: Network, like: Leg, base: int, other: int, tick: int) -> Leg:
    """The way in no time from the pool's base to another one, at the tick they are available."""
    possible = np.zeros(network.horizon + 1, dtype=np.bool_)
    possible[min(max(0, tick), network.horizon)] = True
    return replace(
        like,
        origin=base,
        destination=other,
        forward=False,
        travel=0,
        ground=0,
        origin_berth=NO_BERTH,
        destination_berth=NO_BERTH,
        possible=possible,
        seats=np.zeros(network.horizon + 1, dtype=np.int64),
    )


def _unlimited(network: Network, legs: Sequence[Leg], pool: int) -> Leg | None:
    """A leg of a pool over a link that any number of vehicles may take."""
    for leg in legs:
        if leg.fleet == pool and (network.link_departures[leg.link] >= NO_LIMIT).all():
            return leg
    return None


def pooled(network: Network) -> Network:
    """The network with fleets that are alike as one; itself where there are none."""
    pools, fleets = _pools(network), network.scenario.fleets
    if len(pools) == len(fleets):
        return network
    places = {place.place: i for i, place in enumerate(network.scenario.places)}
    pool_of = {fleet: pool for pool, members in enumerate(pools) for fleet in members}
    bases = [[places[fleets[fleet].base] for fleet in members] for members in pools]
    kept: dict[tuple[int, int, bool], Leg] = {}
    for leg in network.legs:
        pool = pool_of.get(leg.fleet, SELF_MOVING)
        others = set(bases[pool]) - {bases[pool][0]} if pool >= 0 else set()
        key = (leg.link, pool, leg.forward)
        if key not in kept:
            kept[key] = _pooled_leg(network, leg, pool, others)
    legs = list(kept.values())
    for pool, members in enumerate(pools):
        like = _unlimited(network, legs, pool)
        for base in sorted(set(bases[pool]) - {bases[pool][0]}):
            if like is None:
                return network
            tick = fleets[members[0]].available_from
            legs.append(_relocation(network, like, bases[pool][0], base, tick))
    together = tuple(
        replace(fleets[members[0]], number=sum(fleets[fleet].number for fleet in members))
        for members in pools
    )
    return replace(
        network,
        scenario=replace(network.scenario, fleets=together),
        legs=tuple(legs),
        hours=np.array([network.hours[members].sum(axis=0) for members in pools]),
        pooled=True,
    )


def counterparts(network: Network, pool: Network) -> tuple[Int, Real]:
    """For each leg of a network the pooled one, and the part of the pool that its fleet is."""
    pool_of = {fleet: n for n, members in enumerate(_pools(network)) for fleet in members}
    fleets, together = network.scenario.fleets, pool.scenario.fleets
    first: dict[tuple[int, int, bool], int] = {}
    for index, leg in enumerate(pool.legs):
        first.setdefault((leg.link, leg.fleet, leg.forward), index)
    keys = [(g.link, pool_of.get(g.fleet, SELF_MOVING), g.forward) for g in network.legs]
    part = [
        fleets[leg.fleet].number / together[key[1]].number if key[1] >= 0 else 1.0
        for leg, key in zip(network.legs, keys, strict=True)
    ]
    return np.array([first[key] for key in keys], dtype=np.int64), np.array(part)
