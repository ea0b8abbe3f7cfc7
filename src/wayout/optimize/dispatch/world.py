"""What the dispatcher reads: the network as flat integer tables."""

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from wayout.network.model import Network
from wayout.network.reach import NEVER
from wayout.network.timeline import Int, Mask
from wayout.optimize.dispatch.tables import Tables, column, pack
from wayout.optimize.dispatch.ways import (
    PLENTY,
    UNREACHABLE,
    beside_of,
    grouped,
    hops_of,
    in_order,
    last_open,
    loaded_of,
    parks_of,
    upstream_of,
    walks_of,
    worse_of,
)

HORIZON, SLOT, CELL = range(3)
"""Rows of SETTINGS: the deadline, the slot's length, a cell's."""

MOST_CELLS = 440
"""In so many parts at most the time is divided for counting beds: work grows with their number."""

(
    ORIGIN,
    DESTINATION,
    FLEET,
    TRAVEL,
    GROUND,
    ORIGIN_BERTH,
    DESTINATION_BERTH,
    LINK,
    MASK,
    POSSIBLE,
    SEATS,
    NEEDS,
    BEDS,
    SPOTS,
    MOVEMENTS,
    LINK_DEPARTURES,
    LINK_PEOPLE,
    PROCESSING,
    HOURS,
    BASE,
    NUMBER,
    AVAILABLE_FROM,
    SIZE,
    GROUP,
    PLACE,
    READY,
    NEED,
    ONWARD,
    BY_READY,
    USABLE,
    MINUTES,
    SAFE_BY,
    OUTFLOW,
    LOADED_FROM,
    LOADED,
    HOP,
    HOP_MINUTES,
    WALKS,
    STAY,
    HAVEN,
    PARKS,
    FIRST_VEHICLE,
    UPSTREAM,
    LAST,
    IN_ORDER,
    WORSE,
    SETTINGS,
    LAST_OPEN,
    BESIDE,
    LEAVING_FROM,
    LEAVING,
    COMING_IN_FROM,
    COMING_IN,
    DOWN_FROM,
    DOWN,
    PAIR,
    PAIR_FROM,
    PAIR_PLACE,
    FLEET_GROUND,
    SEATS_CHANGE,
    BLOCK,
) = range(61)
"""Names of the tables that are given.

By leg: ORIGIN, DESTINATION, FLEET, TRAVEL, GROUND, ORIGIN_BERTH, DESTINATION_BERTH, LINK, MASK (row
of POSSIBLE, by tick), NEEDS, LAST (tick at which a departure is possible and not too late), BESIDE
(the next of the legs of the same fleet between the same places, in a ring). LAST_OPEN is by row of
POSSIBLE and tick: the last tick up to it at which a departure is possible, or -1. By fleet: SEATS
(by tick), HOURS (by day), BASE, NUMBER, AVAILABLE_FROM, PARKS (by place: may stand without a spot),
FIRST_VEHICLE. By place: LOADED_FROM (where its legs begin in LOADED, the rides that carry people),
UPSTREAM[a, b] (people may come from a to b), BEDS (by *cell*, a part of a slot, on the safe side),
PROCESSING (by slot), OUTFLOW (people who can have left before a slot), STAY, HAVEN. By berth: SPOTS
(by tick), MOVEMENTS (by slot), BLOCK (slots over which those with people aboard leave empty ones
their share). By link: LINK_DEPARTURES, LINK_PEOPLE (by slot). By party: SIZE,
GROUP, PLACE, READY, NEED, ONWARD (may be moved on from haven to haven), BY_READY (order). By class:
USABLE (by leg), MINUTES (least to safety, by place), SAFE_BY; the class after the last is that of
people who are safe. HOP[fleet × places + a, b] is the first leg of the quickest empty way from a to
b, HOP_MINUTES its minutes with the ground times between. LEAVING and COMING_IN are the legs that
carry people by origin and by destination, DOWN by place the places with rides that people may come
to from it. A *pair* is a fleet and a place from which it carries people: PAIR by leg (-1: none),
PAIR_FROM by fleet, PAIR_PLACE by pair; FLEET_GROUND by fleet. SEATS_CHANGE are the ticks at which
some fleet's seats differ from those before. WALKS are the legs of people by
themselves, IN_ORDER the places with rides, from safety outwards.
"""


def _clip(values: Int) -> Int:
    return np.minimum(values, PLENTY).astype(np.int64)


def cell_minutes(slot: int, ticks: int) -> int:
    """Minutes of a cell: the shorter, the closer beds are used; a slot has whole ones."""
    whole = [minutes for minutes in range(1, slot + 1) if slot % minutes == 0]
    return next((minutes for minutes in whole if minutes * MOST_CELLS >= ticks), slot)


def _cells(beds: Int, cell: int) -> Int:
    """Least beds within each cell."""
    starts = np.arange(-(-beds.shape[1] // cell)) * cell
    return _clip(np.minimum.reduceat(beds, starts, axis=1))


def _usable(network: Network) -> Int:
    """Which class may take which leg: nearer to safety, or on without return, so never in a circle.

    The safe go only from haven to haven.
    """
    no_return = _no_return(network)
    entered = [network.may_enter(group) for group in network.classes]
    table = np.zeros((len(network.classes) + 1, len(network.legs)), dtype=np.int64)
    for index, leg in enumerate(network.legs):
        if not leg.carries:
            continue
        if network.haven[leg.origin]:
            table[-1, index] = network.haven[leg.destination]
            continue
        for number, group in enumerate(network.classes):
            minutes = network.reach[number].minutes
            nearer = minutes[leg.destination] < minutes[leg.origin]
            onward = no_return[leg.origin, leg.destination] and minutes[leg.destination] < NEVER
            allowed = group.may_use(leg) and entered[number][leg.destination]
            table[number, index] = allowed and (nearer or onward)
    return table


def _no_return(network: Network) -> Mask:
    """Whether nobody can come back to the first place from the second: a way there ends no cycle.

    Ways between strongly connected parts of the network make no cycle (Tarjan 1972).
    """
    ends = [(leg.origin, leg.destination) for leg in network.legs if leg.carries]
    origin, destination = np.array(ends, dtype=np.int64).reshape(-1, 2).T
    graph = coo_array(
        (np.ones(len(origin)), (origin, destination)), shape=(network.num_places,) * 2
    )
    _, part = connected_components(graph, directed=True, connection="strong")
    table: Mask = part[:, None] != part[None, :]
    return table


def _onward(network: Network) -> Int:
    """Parties that may be moved on from haven to haven: free to go anywhere and without needs."""
    free = [
        not (g.destinations or g.stretchers or g.wheelchairs or g.unaccompanied)
        for g in network.classes
    ]
    return np.array(free, dtype=np.int64)[network.party_class]


def _minutes(network: Network) -> Int:
    """Least minutes to safety by class and place; none for those who are safe."""
    rows = [np.minimum(reach.minutes, UNREACHABLE) for reach in network.reach]
    return np.array([*rows, np.zeros(network.num_places)], dtype=np.int64)


def _outflow(network: Network) -> Int:
    """Most people who can leave each place up to each slot, summed from the start."""
    slots = network.timeline.num_slots
    ways = np.zeros((network.num_places, slots), dtype=np.int64)
    starts = np.arange(slots) * network.timeline.slot
    masks = {id(leg.possible): leg.possible for leg in network.legs}
    in_slots = {key: np.logical_or.reduceat(mask, starts) for key, mask in masks.items()}
    for leg in network.legs:
        if not leg.carries:
            continue
        open_slots = in_slots[id(leg.possible)]
        capacity = network.link_people[leg.link] if leg.by_self else np.full(slots, PLENTY)
        ways[leg.origin] += np.where(open_slots, np.minimum(capacity, PLENTY), 0)
    most = np.minimum(np.minimum(ways, network.processing), PLENTY)
    return np.concatenate(
        [np.zeros((network.num_places, 1), dtype=np.int64), np.cumsum(most, axis=1)], axis=1
    )


def _way_tables(network: Network, upstream: Int, loaded_from: Int) -> dict[int, Int]:
    """Legs by where they begin and end, and places that people may still come to."""
    ends = np.array([(leg.origin, leg.destination) for leg in network.legs], dtype=np.int64)
    ends = ends.reshape(-1, 2)
    carrying = np.array([i for i, leg in enumerate(network.legs) if leg.carries], dtype=np.int64)
    num = network.num_places
    leaving_from, leaving = grouped(ends[carrying, 0], carrying, num)
    coming_in_from, coming_in = grouped(ends[carrying, 1], carrying, num)
    begins, down = np.nonzero(upstream * (np.diff(loaded_from) > 0))
    down_from, down = grouped(begins, down, num)
    return {
        LEAVING_FROM: leaving_from,
        LEAVING: leaving,
        COMING_IN_FROM: coming_in_from,
        COMING_IN: coming_in,
        DOWN_FROM: down_from,
        DOWN: down,
    }


def _pair_tables(network: Network) -> dict[int, Int]:
    """Fleets and the places from which they carry people."""
    fleets = len(network.scenario.fleets)
    pairs = sorted(
        {(leg.fleet, leg.origin) for leg in network.legs if leg.carries and not leg.by_self}
    )
    numbers = {pair: number for number, pair in enumerate(pairs)}
    columns = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    ground = np.zeros(fleets, dtype=np.int64)
    for leg in network.legs:
        if not leg.by_self:
            ground[leg.fleet] = leg.ground
    pair = [numbers.get((leg.fleet, leg.origin), -1) if leg.carries else -1 for leg in network.legs]
    return {
        PAIR: np.array(pair, dtype=np.int64),
        PAIR_FROM: np.searchsorted(columns[:, 0], np.arange(fleets + 1)).astype(np.int64),
        PAIR_PLACE: columns[:, 1].copy(),
        FLEET_GROUND: ground,
    }


def _last(network: Network, aimed_at: int) -> Int:
    """The last tick at which each leg is possible and, if that is earlier, safety in time."""
    nearest = np.min([reach.minutes for reach in network.reach], axis=0, initial=UNREACHABLE)
    last = [
        max(
            0,
            min(
                int(np.flatnonzero(leg.possible).max(initial=0)),
                aimed_at - leg.travel - int(nearest[leg.destination]),
            ),
        )
        for leg in network.legs
    ]
    return np.array(last, dtype=np.int64)


def _leg_tables(network: Network, aimed_at: int) -> dict[int, Int]:
    legs, ticks = network.legs, network.horizon + 1

    def of_legs(name: str) -> Int:
        return np.array([getattr(leg, name) for leg in legs], dtype=np.int64)

    masks = {id(leg.possible): leg.possible for leg in legs}
    rows: dict[bytes, int] = {}
    row_of = {key: rows.setdefault(row.tobytes(), len(rows)) for key, row in masks.items()}
    possible = np.array([np.frombuffer(row, dtype=np.bool_) for row in rows], dtype=np.int64)
    possible = possible.reshape(len(rows), ticks)
    return {
        ORIGIN: of_legs("origin"),
        DESTINATION: of_legs("destination"),
        FLEET: of_legs("fleet"),
        TRAVEL: of_legs("travel"),
        GROUND: of_legs("ground"),
        ORIGIN_BERTH: of_legs("origin_berth"),
        DESTINATION_BERTH: of_legs("destination_berth"),
        LINK: of_legs("link"),
        MASK: np.array([row_of[id(leg.possible)] for leg in legs], dtype=np.int64),
        POSSIBLE: possible,
        LAST_OPEN: last_open(possible),
        BESIDE: beside_of(network),
        LAST: _last(network, aimed_at),
        NEEDS: np.array(
            [(g.stretchers, g.wheelchairs, g.escorts) for g in legs], dtype=np.int64
        ).reshape(-1, 3),
    }


FEW = 24
"""Movements that a block of slots takes at least where it is fully open."""


def _blocks(movements: Int) -> Int:
    """Slots by berth that together take a few movements: one slot alone may take only one."""
    most: Int = np.maximum(movements.max(axis=1, initial=0), 1)
    return -(-FEW // most)


def _cell(network: Network) -> int:
    return cell_minutes(network.timeline.slot, network.horizon + 1)


def _capacity_tables(network: Network) -> dict[int, Int]:
    return {
        BEDS: _cells(network.beds, _cell(network)),
        SPOTS: _clip(network.berth_spots).reshape(-1, network.horizon + 1),
        MOVEMENTS: _clip(network.berth_movements),
        BLOCK: _blocks(network.berth_movements),
        LINK_DEPARTURES: _clip(network.link_departures),
        LINK_PEOPLE: _clip(network.link_people),
        PROCESSING: _clip(network.processing),
        OUTFLOW: _outflow(network),
        STAY: network.min_stay,
        HAVEN: network.haven.astype(np.int64),
    }


def _fleet_tables(network: Network) -> dict[int, Int]:
    scenario = network.scenario
    places = {place.place: i for i, place in enumerate(scenario.places)}
    hop, hop_minutes = hops_of(network)
    loaded_from, loaded = loaded_of(network)
    upstream = upstream_of(network)
    seats = np.zeros((len(scenario.fleets), network.horizon + 1), dtype=np.int64)
    rides = [leg for leg in network.legs if leg.fleet >= 0 and leg.carries]
    for fleet, most in {
        (leg.fleet, id(leg.seats)): (leg.fleet, leg.seats) for leg in rides
    }.values():
        seats[fleet] = np.maximum(seats[fleet], most)
    return {
        SEATS: seats,
        HOURS: network.hours,
        BASE: np.array([places[fleet.base] for fleet in scenario.fleets], dtype=np.int64),
        NUMBER: np.array([fleet.number for fleet in scenario.fleets], dtype=np.int64),
        FIRST_VEHICLE: np.cumsum([0] + [fleet.number for fleet in scenario.fleets]),
        AVAILABLE_FROM: np.array(
            [fleet.available_from for fleet in scenario.fleets], dtype=np.int64
        ),
        PARKS: parks_of(network),
        LOADED_FROM: loaded_from,
        LOADED: loaded,
        UPSTREAM: upstream,
        SEATS_CHANGE: np.flatnonzero((np.diff(seats, axis=1) != 0).any(axis=0)) + 1,
        WORSE: worse_of(network),
        IN_ORDER: in_order(network, loaded_from),
        HOP: hop.reshape(-1, network.num_places),
        HOP_MINUTES: hop_minutes.reshape(-1, network.num_places),
        **_way_tables(network, upstream, loaded_from),
        **_pair_tables(network),
    }


def _ready_tables(network: Network) -> dict[int, Int]:
    """From when parties may leave, and their order; those who are not able never may."""
    ready = np.where(network.able, network.people.ready_from, network.horizon + 1)
    order = np.argsort(ready, kind="stable")
    return {READY: ready.astype(np.int64), BY_READY: order.astype(np.int64)}


def with_others_able(world: Tables, network: Network) -> Tables:
    """The world of a network from that of another one which differs in who is able to leave."""
    other = Tables(world.memory.copy(), world.layout)
    for name, values in _ready_tables(network).items():
        column(other, name)[:] = values
    return other


def _people_tables(network: Network, latest: int) -> dict[int, Int]:
    people = network.people
    children = np.where(people.unaccompanied, people.size, 0)
    return {
        SIZE: people.size,
        GROUP: network.party_class,
        PLACE: people.place,
        NEED: np.column_stack([people.stretchers, people.wheelchairs, children]).astype(np.int64),
        ONWARD: _onward(network),
        **_ready_tables(network),
        USABLE: _usable(network),
        MINUTES: _minutes(network),
        SAFE_BY: np.array(
            [*(min(g.safe_by, latest) for g in network.classes), network.horizon], dtype=np.int64
        ),
    }


def world_of(
    network: Network, aimed_at: int | None = None, *, nobody_later: bool = False
) -> Tables:
    """Flatten a network for the dispatcher; all worlds of one network fit each other's states.

    ``aimed_at`` is a minute by which everybody is wanted safe: whoever would be too late for it by
    waiting for a fuller vehicle does not wait. With ``nobody_later`` nobody is taken who comes
    later.
    """
    aim = network.horizon if aimed_at is None else aimed_at
    settings = [network.horizon, network.timeline.slot, _cell(network)]
    pieces = (
        _leg_tables(network, aim)
        | _capacity_tables(network)
        | _fleet_tables(network)
        | _people_tables(network, aim if nobody_later else network.horizon)
    )
    return pack(pieces | {WALKS: walks_of(network), SETTINGS: np.array(settings, dtype=np.int64)})
