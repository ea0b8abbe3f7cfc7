"""The state of an operation part of which is decided: where everybody and everything is by then.

Movements that depart before a tick are taken as they are, whoever made them; a dispatch goes on
from there. So a plan is mended from the day that something is lost, and so the search keeps the
days that are good.
"""

import numpy as np

from wayout.network.timeline import Int
from wayout.optimize.dispatch import state as booked
from wayout.optimize.dispatch import world as given
from wayout.optimize.dispatch.approach import FAR, make_room
from wayout.optimize.dispatch.boarding import enqueue
from wayout.optimize.dispatch.capacity import DAY, spots_left
from wayout.optimize.dispatch.compiled import compiled
from wayout.optimize.dispatch.slack import slack_of
from wayout.optimize.dispatch.state import Guide, new_state
from wayout.optimize.dispatch.tables import Tables, column, table
from wayout.optimize.dispatch.timetable import Timetable
from wayout.optimize.dispatch.wanting import FULL


@compiled
def _queue(world: Tables, state: Tables, places: Int, parties: Int) -> None:
    for row in range(len(parties)):
        enqueue(world, state, places[row], parties[row])


@compiled
def _first_overfull(state: Tables, berth: int, begins: int, ends: int) -> int:
    """The first tick of ``[begins, ends)`` with more vehicles than spots; ``ends`` if none."""
    while begins < ends:
        middle = (begins + ends) // 2
        if spots_left(state, berth, begins, middle + 1) < 0:
            ends = middle
        else:
            begins = middle + 1
    return ends


@compiled
def _make_way(world: Tables, state: Tables, begins: int, ends: int) -> None:
    """Where there come to be more vehicles than spots, those who idle longest leave in time."""
    for berth in range(len(table(world, given.SPOTS))):
        tick = _first_overfull(state, berth, begins, ends)
        while tick < ends and make_room(world, state, berth, tick, -1, True):
            tick = _first_overfull(state, berth, tick, ends)


class _Past:
    """Decided movements as columns, with what the tables need of them."""

    def __init__(self, world: Tables, timetable: Timetable) -> None:
        self.leg, self.depart = timetable.leg, timetable.depart
        fleet = column(world, given.FLEET)[self.leg]
        first = column(world, given.FIRST_VEHICLE)
        self.rides = fleet >= 0
        self.fleet = fleet
        self.vehicle = np.where(self.rides, first[np.maximum(fleet, 0)] + timetable.vehicle - 1, -1)
        self.arrive = self.depart + column(world, given.TRAVEL)[self.leg]
        self.origin = column(world, given.ORIGIN)[self.leg]
        self.destination = column(world, given.DESTINATION)[self.leg]
        self.free = self.arrive + column(world, given.STAY)[self.destination]
        self.load_movement, self.load_party = timetable.load_movement, timetable.load_party
        size = column(world, given.SIZE)[self.load_party]
        self.people = np.bincount(self.load_movement, weights=size, minlength=len(self.leg)).astype(
            np.int64
        )


def _book_use(world: Tables, state: Tables, guide: Guide, past: _Past) -> None:
    """Slots, hours, processing, and what the guide counts as done."""
    slot = int(column(world, given.SETTINGS)[given.SLOT])
    link = column(world, given.LINK)[past.leg]
    rides, walks = past.rides, ~past.rides
    begins, ends = past.depart // slot, past.arrive // slot
    np.add.at(table(state, booked.LINK_DEPARTURES_USED), (link[rides], begins[rides]), 1)
    for berths, when in ((given.ORIGIN_BERTH, begins), (given.DESTINATION_BERTH, ends)):
        berth = column(world, berths)[past.leg]
        parked = rides & (berth >= 0)
        np.add.at(table(state, booked.MOVEMENTS_USED), (berth[parked], when[parked]), 1)
        parked &= past.people > 0
        np.add.at(table(state, booked.LOADED_USED), (berth[parked], when[parked]), 1)
    np.add.at(
        table(state, booked.HOURS_USED),
        (past.fleet[rides], past.depart[rides] // DAY),
        column(world, given.TRAVEL)[past.leg[rides]],
    )
    np.add.at(table(state, booked.PROCESSED), (past.origin, begins), past.people)
    np.add.at(
        table(state, booked.LINK_PEOPLE_USED), (link[walks], begins[walks]), past.people[walks]
    )
    np.add.at(column(state, booked.LEFT), past.origin[walks], past.people[walks])
    loaded = rides & (past.people > 0)
    np.maximum.at(column(state, booked.SINCE), past.origin[loaded], past.depart[loaded])
    _count_done(world, state, guide, past)


def _count_done(world: Tables, state: Tables, guide: Guide, past: _Past) -> None:
    """Loaded departures in thousandths of full loads; people by themselves one by one."""
    loaded = past.rides & (past.people > 0)
    seats = table(world, given.SEATS)[past.fleet[loaded], past.depart[loaded]]
    done = past.people[loaded] * FULL // np.maximum(seats, 1)
    np.add.at(column(state, booked.DONE), past.leg[loaded], done)
    np.add.at(column(state, booked.DONE_GROUP), guide.group[past.leg[loaded]], done)
    walks = ~past.rides
    np.add.at(column(state, booked.DONE), past.leg[walks], past.people[walks])


def _book_beds(world: Tables, state: Tables, past: _Past) -> None:
    """People present by cell: out from the cell after their departure, in from their arrival's."""
    cell = int(column(world, given.SETTINGS)[given.CELL])
    beds, size = table(world, given.BEDS), column(world, given.SIZE)
    places, cells = beds.shape
    change = np.zeros((places, cells + 1), dtype=np.int64)
    change[:, 0] = np.bincount(column(world, given.PLACE), weights=size, minlength=places)
    leaves = np.minimum(-(-past.depart // cell), cells)
    np.add.at(change, (past.origin, leaves), -past.people)
    np.add.at(change, (past.destination, past.arrive // cell), past.people)
    table(state, booked.FREE_BEDS)[:] = slack_of(beds - np.cumsum(change[:, :-1], axis=1))


def _book_vehicles(world: Tables, state: Tables, past: _Past) -> None:
    """Where each vehicle stands after its last movement, and the spots that were held."""
    ground, berths = column(world, given.GROUND), column(world, given.DESTINATION_BERTH)
    parks, vehicles = table(world, given.PARKS), table(state, booked.VEHICLE)
    spots = table(world, given.SPOTS)
    rows = np.flatnonzero(past.rides)
    rows = rows[np.lexsort((past.depart[rows], past.vehicle[rows]))]
    vehicle, leg = past.vehicle[rows], past.leg[rows]
    last = np.append(vehicle[1:] != vehicle[:-1], True)[: len(rows)]
    leaves = np.where(last, FAR, np.append(past.depart[rows][1:], FAR)[: len(rows)])
    ready = past.arrive[rows] + ground[leg]
    free = parks[past.fleet[rows], past.destination[rows]] > 0
    ends = np.where(free, np.minimum(leaves, ready), leaves)
    change = np.zeros((spots.shape[0], spots.shape[1] + 1), dtype=np.int64)
    held = berths[leg] >= 0
    np.add.at(change, (berths[leg][held], past.arrive[rows][held]), 1)
    np.add.at(change, (berths[leg][held], np.minimum(ends[held], spots.shape[1])), -1)
    table(state, booked.FREE_SPOTS)[:] = slack_of(spots - np.cumsum(change[:, :-1], axis=1))
    moved = vehicle[last]
    vehicles[moved, booked.V_PLACE] = past.destination[rows][last]
    vehicles[moved, booked.V_READY] = ready[last]
    vehicles[moved, booked.V_BERTH] = np.where(free[last], -1, berths[leg][last])


def _chain(heads: Int, owner: Int) -> Int:
    """Link the rows of each owner into a list; fills ``heads``, returns each row's next one."""
    order = np.argsort(owner, kind="stable")
    follows = np.full(len(owner), -1, dtype=np.int64)
    if len(order):
        same = owner[order][1:] == owner[order][:-1]
        follows[order[:-1][same]] = order[1:][same]
        first = np.append(True, ~same)
        heads[owner[order][first]] = order[first]
    return follows


def _write_movements(state: Tables, past: _Past) -> None:
    """The decided movements and loads become the first rows of the timetable."""
    num, movement = len(past.leg), table(state, booked.MOVEMENT)
    columns = (past.leg, past.vehicle, past.depart, past.arrive, past.people, np.zeros(num))
    movement[:num] = np.column_stack(columns)
    loads = table(state, booked.LOAD)
    loads[: len(past.load_party), 0] = _chain(column(state, booked.FIRST_LOAD), past.load_movement)
    loads[: len(past.load_party), 1] = past.load_party
    counters = column(state, booked.COUNTERS)
    counters[booked.NUM_MOVEMENTS], counters[booked.NUM_LOADS] = num, len(past.load_party)


def _place_people(world: Tables, state: Tables, past: _Past, begins: int) -> None:
    """Who waits where, who is on the way, who is not ready yet."""
    size, ready = column(world, given.SIZE), column(world, given.READY)
    place, since = column(world, given.PLACE).copy(), ready.copy()
    place[past.load_party] = past.destination[past.load_movement]
    since[past.load_party] = past.free[past.load_movement]
    heads, events = column(state, booked.EVENT_HEAD), table(state, booked.EVENT)
    coming = np.flatnonzero((past.people > 0) & (past.free >= begins) & (past.free < len(heads)))
    events[: len(coming), booked.E_NEXT] = _chain(heads, past.free[coming])
    events[: len(coming), booked.E_MOVEMENT] = coming
    counters, order = column(state, booked.COUNTERS), column(world, given.BY_READY)
    counters[booked.NUM_EVENTS] = len(coming)
    released = order[ready[order] < begins]
    counters[booked.NEXT_READY] = len(released)
    ahead = column(state, booked.COMING)
    np.subtract.at(ahead, column(world, given.PLACE)[released], size[released])
    still = (past.people > 0) & (past.free >= begins)
    np.add.at(ahead, past.destination[still], past.people[still])
    waiting = released[since[released] < begins]
    waiting = waiting[np.argsort(since[waiting], kind="stable")]
    _queue(world, state, place[waiting], waiting)


def opened(
    world: Tables, guide: Guide, past: Timetable, begins: int, earliest: int | Int
) -> Tables:
    """The state at tick ``begins`` when ``past`` (departures before it) is decided.

    Vehicles may still be given empty ways that begin at ``earliest`` or later (for all of them, or
    for each): the present, where the past has happened, which may lie before ``begins``.
    """
    state = new_state(world, guide, len(past.leg), len(past.load_party))
    columns = _Past(world, past)
    _book_use(world, state, guide, columns)
    _book_beds(world, state, columns)
    _book_vehicles(world, state, columns)
    _write_movements(state, columns)
    _place_people(world, state, columns, begins)
    ready = table(state, booked.VEHICLE)[:, booked.V_READY]
    np.maximum(ready, earliest, out=ready)
    _make_way(world, state, begins, int(column(world, given.SETTINGS)[given.HORIZON]) + 1)
    return state
