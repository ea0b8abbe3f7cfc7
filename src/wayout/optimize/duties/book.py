"""A timetable as tables that single vehicles are taken out of and put back into.

Everything that is limited is kept as what is left of it, by tick, slot or cell, so that taking out
is adding. All tables lie in one piece of memory: a copy of it is a way back.
"""

import numpy as np

from wayout.network.model import Network
from wayout.network.timeline import Int
from wayout.optimize.dispatch import world as given
from wayout.optimize.dispatch.capacity import DAY
from wayout.optimize.dispatch.tables import Tables, column, pack, table
from wayout.optimize.dispatch.timetable import Timetable

NUM_ROWS, NUM_FREE, RANDOM, FAILED, BEGINS = range(5)
"""Rows of COUNTERS: rows ever used, rows that are free again, the state of the random numbers,
whether what is being changed can lead to nothing, and the tick before which all is decided."""

(
    COUNTERS,
    ROW,
    FIRST,
    FREE_ROWS,
    ORDER,
    RIDE,
    RIDES,
    FOLLOWS,
    FREE_BEDS,
    FREE_SPOTS,
    FREE_MOVEMENTS,
    FREE_LINK_DEPARTURES,
    FREE_LINK_PEOPLE,
    FREE_PROCESSING,
    FREE_HOURS,
    MARKED,
    LAST_ROW,
    NEXT_ROW,
    PLACE,
    SINCE,
    POOL,
    POOL_FROM,
    POOL_PARTY,
    HEAD,
    TAIL,
    BEHIND,
    EVENT,
    NEXT_FULL,
    ROOM,
    LEGS_FROM,
    LEGS_OF,
    POOL_AT,
    TAIL_ROW,
    SEAT_FROM,
    SEAT_ROW,
    ONWARD,
    CARRIES,
    BERTH,
) = range(38)
"""Names of the tables.

ROW by movement, columns below; FIRST by movement: the first of those aboard, as party times
MOST_RIDES plus number of the ride; FOLLOWS by ride: the next one aboard. FREE_ROWS: rows without a
movement. ORDER: rows by departure. RIDE by party: its movements; RIDES how many. FREE_BEDS by place
and cell, FREE_SPOTS by berth and tick, the other FREE_ by slot or day. By vehicle: MARKED for being
taken out, LAST_ROW before and NEXT_ROW after what is taken out (-1: none). By party: PLACE where it
ends and SINCE when it may leave from there.
POOL by class, place and slot: people who could leave and do not; POOL_FROM where the parties of a
class and place begin in POOL_PARTY. HEAD, TAIL by place and class, BEHIND by party: queues. EVENT
by tick: the first party that may leave from then on. NEXT_FULL by berth and tick: the next tick
without a free spot. ROOM by place and cell: the least free beds from there to the end. LEGS_FROM by
fleet and place: where its legs begin in LEGS_OF. POOL_AT by place and slot: POOL of all classes.
TAIL_ROW by vehicle: its movement looked at last. SEAT_FROM by place: where its movements with seats
free begin in SEAT_ROW; ONWARD by place and cell: their seats in the time after. CARRIES by leg.
BERTH by fleet and place: the one that the fleet uses there (-1: none).
"""

R_LEG, R_VEHICLE, R_DEPART, R_ARRIVE, R_PEOPLE, R_NEED, R_ALIVE = 0, 1, 2, 3, 4, 5, 8
ROW_WIDTH = 9

OPEN = 2
"""R_ALIVE of a movement that may have nobody aboard for a moment."""

MORE_ROWS = 4000
"""Movements for which there is room besides as many again as there are."""

MOST_RIDES = 8
"""Rides of a party in one timetable; longer ones are left as they are, by not planning at all."""


def _legs_by_place(world: Tables) -> tuple[Int, Int]:
    """Legs of each fleet from each place."""
    places = len(column(world, given.STAY))
    fleet, origin = column(world, given.FLEET), column(world, given.ORIGIN)
    rides = np.flatnonzero(fleet >= 0)
    key = fleet[rides] * places + origin[rides]
    order = np.argsort(key, kind="stable")
    num = len(column(world, given.NUMBER)) * places
    starts = np.concatenate([[0], np.cumsum(np.bincount(key, minlength=num))])
    return starts.astype(np.int64), rides[order].astype(np.int64)


def _berths(world: Tables) -> Int:
    """The berth of each fleet at each place that it comes to or leaves."""
    berths = np.full((len(column(world, given.NUMBER)), len(column(world, given.STAY))), -1)
    fleet = column(world, given.FLEET)
    rides = fleet >= 0
    for place, berth in (
        (given.ORIGIN, given.ORIGIN_BERTH),
        (given.DESTINATION, given.DESTINATION_BERTH),
    ):
        berths[fleet[rides], column(world, place)[rides]] = column(world, berth)[rides]
    return berths.astype(np.int64)


def _left_of(capacity: Int, rows: Int, columns: Int, amounts: Int | int) -> Int:
    left = capacity.copy()
    np.subtract.at(left, (rows, columns), amounts)
    return left


def _spots(world: Tables, rows: Int, vehicle: Int) -> Int:
    """Free spots at each tick."""
    spots = table(world, given.SPOTS)
    change = np.zeros((spots.shape[0], spots.shape[1] + 1), dtype=np.int64)
    berth = column(world, given.DESTINATION_BERTH)[rows[:, R_LEG]]
    fleet = column(world, given.FLEET)[rows[:, R_LEG]]
    place = column(world, given.DESTINATION)[rows[:, R_LEG]]
    ready = rows[:, R_ARRIVE] + column(world, given.GROUND)[rows[:, R_LEG]]
    order = np.lexsort((rows[:, R_DEPART], vehicle))
    leaves = np.full(len(rows), spots.shape[1], dtype=np.int64)
    same = vehicle[order][1:] == vehicle[order][:-1]
    leaves[order[:-1][same]] = rows[order[1:][same], R_DEPART]
    parks = table(world, given.PARKS)[np.maximum(fleet, 0), place] > 0
    ends = np.minimum(np.where(parks, np.minimum(leaves, ready), leaves), spots.shape[1])
    held = (berth >= 0) & (vehicle >= 0)
    np.add.at(change, (berth[held], rows[held, R_ARRIVE]), 1)
    np.add.at(change, (berth[held], ends[held]), -1)
    return spots - np.cumsum(change[:, :-1], axis=1)


def _rides(network: Network, timetable: Timetable) -> tuple[Int, Int]:
    """Movements of each party in their order, and how many."""
    parties = network.people.num_parties
    order = np.lexsort((timetable.depart[timetable.load_movement], timetable.load_party))
    party = timetable.load_party[order]
    count = np.bincount(party, minlength=parties)
    begins = np.concatenate([[0], np.cumsum(count)])
    number = np.arange(len(order)) - begins[party]
    rides = np.full((parties, MOST_RIDES), -1, dtype=np.int64)
    fits = number < MOST_RIDES
    rides[party[fits], number[fits]] = timetable.load_movement[order][fits]
    return rides, count


def has_room(timetable: Timetable) -> bool:
    """Whether no party has more movements than there is room for."""
    return int(np.bincount(timetable.load_party).max(initial=0)) <= MOST_RIDES - 2


def _chains(rides: Int, num_rows: int) -> tuple[Int, Int]:
    """Who is aboard of each movement, as linked lists of rides."""
    first = np.full(num_rows, -1, dtype=np.int64)
    follows = np.full(rides.size, -1, dtype=np.int64)
    keys = np.flatnonzero(rides.reshape(-1) >= 0)
    row = rides.reshape(-1)[keys]
    order = np.argsort(row, kind="stable")
    keys, row = keys[order], row[order]
    same = row[1:] == row[:-1]
    follows[keys[:-1][same]] = keys[1:][same]
    heads = np.append(True, ~same)[: len(keys)]
    first[row[heads]] = keys[heads]
    return first, follows


def _beds(network: Network, world: Tables, rows: Int, timetable: Timetable) -> Int:
    """Free beds in each cell, on the safe side as in the dispatcher.

    Who leaves in a cell and who comes in it are both there in it. Beds that a timetable uses more
    closely than that it keeps; who then has none is left at home in the end (``within_beds``).
    """
    beds = table(world, given.BEDS)
    cell = int(column(world, given.SETTINGS)[given.CELL])
    people = network.people
    change = np.zeros((beds.shape[0], beds.shape[1] + 1), dtype=np.int64)
    np.add.at(change[:, 0], people.place, people.size)
    row = timetable.load_movement
    size = people.size[timetable.load_party]
    leg = rows[row, R_LEG]
    leaves = -(-rows[row, R_DEPART] // cell)
    np.subtract.at(change, (column(world, given.ORIGIN)[leg], leaves), size)
    comes = rows[row, R_ARRIVE] // cell
    np.add.at(change, (column(world, given.DESTINATION)[leg], comes), size)
    return np.maximum(beds - np.cumsum(change[:, :-1], axis=1), 0)


def _rows_of(network: Network, world: Tables, timetable: Timetable) -> Int:
    """The movements as rows, with who is aboard counted."""
    num, fleet = len(timetable.leg), column(world, given.FLEET)[timetable.leg]
    first = column(world, given.FIRST_VEHICLE)[np.maximum(fleet, 0)]
    rows = np.zeros((num, ROW_WIDTH), dtype=np.int64)
    rows[:, R_LEG], rows[:, R_DEPART] = timetable.leg, timetable.depart
    rows[:, R_VEHICLE] = np.where(fleet >= 0, first + timetable.vehicle - 1, -1)
    rows[:, R_ARRIVE] = timetable.depart + column(world, given.TRAVEL)[timetable.leg]
    aboard, party = timetable.load_movement, timetable.load_party
    np.add.at(rows[:, R_PEOPLE], aboard, network.people.size[party])
    need = table(world, given.NEED)[party]
    for kind in range(3):
        np.add.at(rows[:, R_NEED + kind], aboard, need[:, kind])
    rows[:, R_ALIVE] = 1
    return rows


def _movements(world: Tables, rows: Int) -> Int:
    """What is left of landings and departures in each slot."""
    slot = int(column(world, given.SETTINGS)[given.SLOT])
    left = table(world, given.MOVEMENTS).copy()
    for berths, when in (
        (given.ORIGIN_BERTH, rows[:, R_DEPART]),
        (given.DESTINATION_BERTH, rows[:, R_ARRIVE]),
    ):
        berth = column(world, berths)[rows[:, R_LEG]]
        at = (rows[:, R_VEHICLE] >= 0) & (berth >= 0)
        np.subtract.at(left, (berth[at], when[at] // slot), 1)
    return left


def _limited(network: Network, world: Tables, rows: Int, timetable: Timetable) -> dict[int, Int]:
    """What is left of everything that is limited."""
    slot = int(column(world, given.SETTINGS)[given.SLOT])
    leg, people, slots = rows[:, R_LEG], rows[:, R_PEOPLE], rows[:, R_DEPART] // slot
    fleet, link = column(world, given.FLEET)[leg], column(world, given.LINK)[leg]
    ride, walk, origin = fleet >= 0, fleet < 0, column(world, given.ORIGIN)[leg]
    days, travel = rows[ride, R_DEPART] // DAY, column(world, given.TRAVEL)[leg]
    departures, walkers = table(world, given.LINK_DEPARTURES), table(world, given.LINK_PEOPLE)
    return {
        FREE_BEDS: _beds(network, world, rows, timetable),
        FREE_SPOTS: _spots(world, rows, rows[:, R_VEHICLE]),
        FREE_MOVEMENTS: _movements(world, rows),
        FREE_LINK_DEPARTURES: _left_of(departures, link[ride], slots[ride], 1),
        FREE_LINK_PEOPLE: _left_of(walkers, link[walk], slots[walk], people[walk]),
        FREE_PROCESSING: _left_of(table(world, given.PROCESSING), origin, slots, people),
        FREE_HOURS: _left_of(table(world, given.HOURS), fleet[ride], days, travel[ride]),
    }


def _to_be_filled(world: Tables, most: int) -> dict[int, Int]:
    """Tables that rounds fill for themselves."""
    (places, cells), ticks = table(world, given.BEDS).shape, table(world, given.POSSIBLE).shape[1]
    slots = -(-ticks // int(column(world, given.SETTINGS)[given.SLOT]))
    groups, parties = len(table(world, given.USABLE)), len(column(world, given.SIZE))
    vehicles, berths = int(column(world, given.FIRST_VEHICLE)[-1]), len(table(world, given.SPOTS))
    shapes: dict[int, tuple[int, ...]] = {
        FREE_ROWS: (most,),
        ORDER: (most,),
        MARKED: (vehicles,),
        LAST_ROW: (vehicles,),
        NEXT_ROW: (vehicles,),
        TAIL_ROW: (vehicles,),
        PLACE: (parties,),
        SINCE: (parties,),
        POOL: (groups * places, slots),
        POOL_FROM: (groups * places + 1,),
        POOL_PARTY: (parties,),
        POOL_AT: (places, slots),
        HEAD: (places, groups),
        TAIL: (places, groups),
        BEHIND: (parties,),
        EVENT: (ticks + 1,),
        NEXT_FULL: (berths, ticks + 1),
        ROOM: (places, cells + 1),
        SEAT_FROM: (places + 1,),
        SEAT_ROW: (most,),
        ONWARD: (places, cells),
    }
    return {name: np.zeros(shape, dtype=np.int64) for name, shape in shapes.items()}


def book_of(
    network: Network, world: Tables, timetable: Timetable, seed: int, decided: int = 0
) -> Tables:
    """Everything that a timetable books, and room for as many movements again.

    What departs before the tick ``decided`` stays.
    """
    rows = _rows_of(network, world, timetable)
    num, most = len(rows), 2 * len(rows) + MORE_ROWS
    rides, count = _rides(network, timetable)
    first, follows = _chains(rides, most)
    legs_from, legs_of = _legs_by_place(world)
    kept = {
        COUNTERS: np.array([num, 0, seed, 0, decided], dtype=np.int64),
        ROW: np.concatenate([rows, np.zeros((most - num, ROW_WIDTH), dtype=np.int64)]),
        FIRST: first,
        RIDE: rides,
        RIDES: count.astype(np.int64),
        FOLLOWS: follows,
        LEGS_FROM: legs_from,
        LEGS_OF: legs_of,
        BERTH: _berths(world),
        CARRIES: np.max(table(world, given.USABLE), axis=0),
    }
    limited = _limited(network, world, rows, timetable)
    return pack(kept | limited | _to_be_filled(world, most))


def timetable_in(network: Network, world: Tables, book: Tables) -> Timetable:
    """The timetable that the tables hold, in order of departure."""
    num = int(column(book, COUNTERS)[NUM_ROWS])
    rows = table(book, ROW)[:num]
    alive = np.flatnonzero(rows[:, R_ALIVE] > 0)
    order = np.lexsort((rows[alive, R_VEHICLE], rows[alive, R_LEG], rows[alive, R_DEPART]))
    alive = alive[order]
    position = np.full(num, -1, dtype=np.int64)
    position[alive] = np.arange(len(alive))
    leg, vehicle = rows[alive, R_LEG], rows[alive, R_VEHICLE]
    fleet = column(world, given.FLEET)[leg]
    within = vehicle - column(world, given.FIRST_VEHICLE)[np.maximum(fleet, 0)] + 1
    rides, count = table(book, RIDE), column(book, RIDES)
    party, number = np.nonzero(np.arange(MOST_RIDES)[None, :] < count[:, None])
    movement = position[rides[party, number]]
    loads = np.argsort(movement, kind="stable")
    return Timetable(
        leg,
        np.where(vehicle >= 0, within, 0),
        rows[alive, R_DEPART].copy(),
        movement[loads],
        party[loads].astype(np.int64),
    )
