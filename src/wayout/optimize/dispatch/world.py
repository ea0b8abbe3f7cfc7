"""What the dispatcher reads: the network as flat integer arrays."""

from typing import NamedTuple

import numpy as np

from wayout.network.legs import NO_BERTH
from wayout.network.model import Network
from wayout.network.timeline import Int

PLENTY = 1 << 30
"""Stands for unlimited in the dispatcher's arrays."""

UNREACHABLE = 1 << 28


class World(NamedTuple):
    """Inputs of one dispatch. Shapes: ``[leg]``, ``[leg, tick]``, ``[place, cell]`` and so on.

    A *cell* is a slot long; beds are booked by cell, on the safe side. The class after the last is
    that of people who are safe. ``loaded`` lists the legs that carry people, fleet by fleet
    (``loaded_from`` where each fleet's begin). ``hop[fleet, a, b]`` is the first leg of the
    quickest empty way from ``a`` to ``b``, ``hop_minutes`` its minutes, ground times between legs
    included. ``parks[fleet, place]`` says that vehicles may stand there without a spot.
    """

    horizon: int
    slot: int
    origin: Int
    destination: Int
    fleet: Int
    travel: Int
    ground: Int
    origin_berth: Int
    destination_berth: Int
    link: Int
    possible: Int
    seats: Int
    needs: Int
    beds: Int
    spots: Int
    movements: Int
    link_departures: Int
    link_people: Int
    processing: Int
    hours: Int
    base: Int
    number: Int
    available_from: Int
    size: Int
    group: Int
    place: Int
    ready: Int
    need: Int
    by_ready: Int
    usable: Int
    loaded_from: Int
    loaded: Int
    hop: Int
    hop_minutes: Int
    walks: Int
    stay: Int
    haven: Int
    parks: Int
    largest: int


def _clip(values: Int) -> Int:
    return np.minimum(values, PLENTY).astype(np.int64)


def _cells(beds: Int, slot: int) -> Int:
    """Least beds within each cell."""
    starts = np.arange(-(-beds.shape[1] // slot)) * slot
    return _clip(np.minimum.reduceat(beds, starts, axis=1))


def _usable(network: Network) -> Int:
    """Which class may take which leg: always towards safety; the safe only from haven to haven."""
    table = np.zeros((len(network.classes) + 1, len(network.legs)), dtype=np.int64)
    for index, leg in enumerate(network.legs):
        if not leg.carries:
            continue
        if network.haven[leg.origin]:
            table[-1, index] = network.haven[leg.destination]
            continue
        for number, group in enumerate(network.classes):
            minutes = network.reach[number].minutes
            enter = network.may_enter(group)
            nearer = minutes[leg.destination] < minutes[leg.origin]
            table[number, index] = group.may_use(leg) and enter[leg.destination] and nearer
    return table


def _hops(network: Network) -> tuple[Int, Int]:
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
        touched = np.flatnonzero((table < UNREACHABLE).any(axis=0) | (table < UNREACHABLE).any(axis=1))
        for via in touched:
            through = table[:, via][:, None] + table[via, :][None, :] + grounds[fleet]
            better = through < table
            table[better] = through[better]
            first[better] = np.broadcast_to(first[:, via][:, None], first.shape)[better]
    return hop, minutes


def _loaded(network: Network) -> tuple[Int, Int]:
    legs = [
        [i for i, leg in enumerate(network.legs) if leg.fleet == fleet and leg.carries]
        for fleet in range(len(network.scenario.fleets))
    ]
    starts = np.cumsum([0] + [len(group) for group in legs])
    return starts.astype(np.int64), np.array([i for group in legs for i in group], dtype=np.int64)


def _parks(network: Network) -> Int:
    """A vehicle needs no spot at its base, without a berth, or where spots are unlimited."""
    table = np.zeros((len(network.scenario.fleets), network.num_places), dtype=np.int64)
    for leg in network.legs:
        if leg.fleet >= 0:
            for place, berth in ((leg.origin, leg.origin_berth), (leg.destination, leg.destination_berth)):
                free = berth == NO_BERTH or (network.berth_spots[berth] >= PLENTY).all()
                table[leg.fleet, place] = free
    places = {place.place: i for i, place in enumerate(network.scenario.places)}
    for index, fleet in enumerate(network.scenario.fleets):
        table[index, places[fleet.base]] = 1
    return table


def _walks(network: Network) -> Int:
    """Legs of people by themselves, nearest to safety first, so that room opens before it is used."""
    nearest = np.min([r.minutes for r in network.reach], axis=0) if network.reach else np.zeros(network.num_places)
    walks = [i for i, leg in enumerate(network.legs) if leg.by_self]
    return np.array(sorted(walks, key=lambda i: (int(nearest[network.legs[i].destination]), i)), dtype=np.int64)


def world_of(network: Network) -> World:
    """Flatten a network for the dispatcher."""
    legs, people, scenario = network.legs, network.people, network.scenario
    ticks = network.horizon + 1
    places = {place.place: i for i, place in enumerate(scenario.places)}
    hop, hop_minutes = _hops(network)
    loaded_from, loaded = _loaded(network)
    seats = np.zeros((max(1, len(scenario.fleets)), ticks), dtype=np.int64)
    for leg in legs:
        if leg.fleet >= 0 and leg.carries:
            seats[leg.fleet] = np.maximum(seats[leg.fleet], leg.seats)

    def column(name: str) -> Int:
        return np.array([getattr(leg, name) for leg in legs], dtype=np.int64)

    able_ready = np.where(network.able, people.ready_from, ticks)
    need = np.column_stack([people.stretchers, people.wheelchairs, np.where(people.unaccompanied, people.size, 0)])
    return World(
        horizon=network.horizon,
        slot=network.timeline.slot,
        origin=column("origin"),
        destination=column("destination"),
        fleet=column("fleet"),
        travel=column("travel"),
        ground=column("ground"),
        origin_berth=column("origin_berth"),
        destination_berth=column("destination_berth"),
        link=column("link"),
        possible=np.array([leg.possible for leg in legs], dtype=np.uint8).reshape(len(legs), ticks),
        seats=seats,
        needs=np.array([(g.stretchers, g.wheelchairs, g.escorts) for g in legs], dtype=np.int64).reshape(-1, 3),
        beds=_cells(network.beds, network.timeline.slot),
        spots=_clip(network.berth_spots).reshape(-1, ticks),
        movements=_clip(network.berth_movements),
        link_departures=_clip(network.link_departures),
        link_people=_clip(network.link_people),
        processing=_clip(network.processing),
        hours=network.hours,
        base=np.array([places[fleet.base] for fleet in scenario.fleets], dtype=np.int64),
        number=np.array([fleet.number for fleet in scenario.fleets], dtype=np.int64),
        available_from=np.array([fleet.available_from for fleet in scenario.fleets], dtype=np.int64),
        size=people.size,
        group=network.party_class,
        place=people.place,
        ready=able_ready.astype(np.int64),
        need=need.astype(np.int64),
        by_ready=np.argsort(able_ready, kind="stable").astype(np.int64),
        usable=_usable(network),
        loaded_from=loaded_from,
        loaded=loaded,
        hop=hop,
        hop_minutes=hop_minutes,
        walks=_walks(network),
        stay=network.min_stay,
        haven=network.haven.astype(np.int64),
        parks=_parks(network),
        largest=int(people.size[network.able].max(initial=1)),
    )
