"""Rotations: an empty leg to a pick-up, a loaded leg, and a way on; booked as one or not at all."""

import numpy as np

from wayout.network.timeline import Int, Real
from wayout.optimize.dispatch import state as booked
from wayout.optimize.dispatch import world as given
from wayout.optimize.dispatch.boarding import announce, announced, upstream, waiting_for
from wayout.optimize.dispatch.capacity import (
    book_slots,
    count_present,
    find_departure,
    hold_spot,
    room,
)
from wayout.optimize.dispatch.compiled import compiled
from wayout.optimize.dispatch.state import Guide
from wayout.optimize.dispatch.tables import Tables, column, table

MILLION = 1_000_000
MOST_HOPS = 4
"""Most empty legs in a row on the way to a pick-up."""

LAST_STAY = 1440
"""Minutes before the deadline from which vehicles may end their work where they are."""


@compiled
def add_event(state: Tables, tick: int, kind: int, of: int) -> None:
    """Something will happen at a tick (ignored after the horizon)."""
    head = column(state, booked.EVENT_HEAD)
    if tick >= len(head):
        return
    counters, event = column(state, booked.COUNTERS), table(state, booked.EVENT)
    row = counters[booked.NUM_EVENTS]
    counters[booked.NUM_EVENTS] = row + 1
    event[row, 0] = head[tick]
    event[row, 1] = kind
    event[row, 2] = of
    head[tick] = row


@compiled
def add_movement(
    world: Tables, state: Tables, leg: int, vehicle: int, tick: int, reserved: int, kind: int
) -> int:
    """Append a movement to the timetable; returns its row."""
    counters, movement = column(state, booked.COUNTERS), table(state, booked.MOVEMENT)
    row = counters[booked.NUM_MOVEMENTS]
    counters[booked.NUM_MOVEMENTS] = row + 1
    movement[row, booked.M_LEG] = leg
    movement[row, booked.M_VEHICLE] = vehicle
    movement[row, booked.M_DEPART] = tick
    movement[row, booked.M_ARRIVE] = tick + column(world, given.TRAVEL)[leg]
    movement[row, booked.M_RESERVED] = reserved
    movement[row, booked.M_KIND] = kind
    movement[row, booked.M_PEOPLE] = 0
    movement[row, booked.M_CANCELLED] = 0
    movement[row, booked.M_CREDIT] = 0
    if vehicle >= 0:
        book_slots(world, state, leg, tick, 1)
    return row


@compiled
def _far_spot(world: Tables, state: Tables, leg: int, tick: int, change: int) -> None:
    """Book or release the spot at a leg's far end for the ground time."""
    arrival = tick + column(world, given.TRAVEL)[leg]
    berth = column(world, given.DESTINATION_BERTH)[leg]
    hold_spot(state, berth, arrival, arrival + column(world, given.GROUND)[leg], change)


@compiled
def _drop(world: Tables, state: Tables, row: int) -> None:
    """Take the movement that was added last, and the spot at its far end, out of the timetable."""
    movement = table(state, booked.MOVEMENT)
    leg, tick = movement[row, booked.M_LEG], movement[row, booked.M_DEPART]
    column(state, booked.COUNTERS)[booked.NUM_MOVEMENTS] = row
    book_slots(world, state, leg, tick, -1)
    _far_spot(world, state, leg, tick, -1)


@compiled
def _unbook(world: Tables, state: Tables, hops: Int, num: int) -> None:
    """Take back the last ``num`` empty legs and the spots held before them."""
    for hop in range(num - 1, -1, -1):
        hold_spot(state, hops[hop, 1], hops[hop, 2], hops[hop, 3], -1)
        _drop(world, state, hops[hop, 0])


@compiled
def _book_way(
    world: Tables, state: Tables, vehicle: int, ends: Int, when: Int, kind: int, hops: Int
) -> int:
    """Book empty legs from ``ends[0]`` to ``ends[1]``; returns how many, or -1 when it cannot be.

    ``ends[2]`` is the berth whose spot the vehicle holds at first. ``when`` is the earliest
    departure and the longest wait before each leg. ``hops`` receives per leg its row, the berth
    held before it, and from when until when.
    """
    fleet, parks = table(state, booked.VEHICLE)[vehicle, booked.V_FLEET], table(world, given.PARKS)
    place, own, begins, num = ends[0], ends[2], when[0], 0
    while place != ends[1] and not (kind == booked.EXIT and num > 0 and parks[fleet, place]):
        leg, tick = table(world, given.HOP)[fleet * parks.shape[1] + place, ends[1]], -1
        if leg >= 0 and num < MOST_HOPS:
            tick = find_departure(world, state, leg, begins, begins + when[1], own)
        if tick < 0:
            _unbook(world, state, hops, num)
            return -1
        row = add_movement(world, state, leg, vehicle, tick, 0, kind)
        _far_spot(world, state, leg, tick, 1)
        hold_spot(state, own, begins, tick, 1)
        hops[num] = np.array([row, own, begins, tick])
        num += 1
        begins = tick + column(world, given.TRAVEL)[leg] + column(world, given.GROUND)[leg]
        place = column(world, given.DESTINATION)[leg]
        own = -1 if parks[fleet, place] else column(world, given.DESTINATION_BERTH)[leg]
    return num


@compiled
def _book_home(
    world: Tables, state: Tables, vehicle: int, place: int, berth: int, when: Int
) -> bool:
    """Book the way from a place to where the vehicle may stand, as its way on."""
    it, movement = table(state, booked.VEHICLE)[vehicle], table(state, booked.MOVEMENT)
    hops = np.empty((MOST_HOPS, 4), dtype=np.int64)
    ends = np.array([place, column(world, given.BASE)[it[booked.V_FLEET]], berth])
    num = _book_way(world, state, vehicle, ends, when, booked.EXIT, hops)
    if num <= 0:
        return False
    for hop in range(num - 1):
        movement[hops[hop, 0], booked.M_CREDIT] = hops[hop + 1, 0]
    it[booked.V_EXIT] = hops[0, 0]
    return True


@compiled
def _may_stay(world: Tables, state: Tables, berth: int, begins: int, keep: float) -> bool:
    """Whether a vehicle may stand at a berth to the end and leave a share of it to others."""
    used, spots = table(state, booked.SPOTS_USED), table(world, given.SPOTS)
    for tick in range(begins, spots.shape[1]):
        if spots[berth, tick] - used[berth, tick] <= keep * spots[berth, tick]:
            return False
    return True


@compiled
def _book_exit(
    world: Tables, state: Tables, guide: Guide, vehicle: int, leg: int, ready: int
) -> bool:
    """After a loaded leg: a spot to the end where there are enough, else until a booked way on.

    The spot for the ground time is already held.
    """
    fleet, place = column(world, given.FLEET)[leg], column(world, given.DESTINATION)[leg]
    berth = column(world, given.DESTINATION_BERTH)[leg]
    table(state, booked.VEHICLE)[vehicle, booked.V_EXIT] = -1
    if table(world, given.PARKS)[fleet, place]:
        return True
    horizon = column(world, given.SETTINGS)[given.HORIZON]
    keep = 0.0 if ready >= horizon - LAST_STAY else guide.keep_free
    if _may_stay(world, state, berth, min(ready, horizon), keep):
        hold_spot(state, berth, ready, horizon + 1, 1)
        return True
    return _book_home(world, state, vehicle, place, berth, np.array([ready, guide.linger]))


@compiled
def switch_exit(
    world: Tables, state: Tables, vehicle: int, berth: int, now: int, change: int
) -> int:
    """Release (-1) the booked way on, so that something better can take its place, or restore it.

    Returns the row of the way on, or -1 where none was booked.
    """
    it, movement = table(state, booked.VEHICLE)[vehicle], table(state, booked.MOVEMENT)
    row, own, begins = it[booked.V_EXIT], berth, now
    if table(world, given.PARKS)[it[booked.V_FLEET], it[booked.V_PLACE]]:
        return -1
    if row < 0:
        hold_spot(state, berth, now, column(world, given.SETTINGS)[given.HORIZON] + 1, change)
        return -1
    while True:
        leg, tick = movement[row, booked.M_LEG], movement[row, booked.M_DEPART]
        movement[row, booked.M_CANCELLED] = 1 if change < 0 else 0
        book_slots(world, state, leg, tick, change)
        hold_spot(state, own, begins, tick, change)
        _far_spot(world, state, leg, tick, change)
        if movement[row, booked.M_CREDIT] == 0:
            break
        row, own = movement[row, booked.M_CREDIT], column(world, given.DESTINATION_BERTH)[leg]
        begins = tick + column(world, given.TRAVEL)[leg] + column(world, given.GROUND)[leg]
    return it[booked.V_EXIT]


@compiled
def expected(world: Tables, state: Tables, leg: int, tick: int, now: int) -> int:
    """People who can be aboard at a departure: waiting and not promised, or on their way."""
    place = column(world, given.ORIGIN)[leg]
    safe = column(world, given.HAVEN)[place]
    waiting = waiting_for(world, state, leg, tick) - table(state, booked.PROMISED)[place, safe]
    coming = announced(world, state, place, now, tick)
    if safe:
        return waiting + coming
    steady = column(state, booked.INFLOW)[place] * (tick - now) // MILLION
    return waiting + max(steady, coming + upstream(world, state, place, now, tick))


@compiled
def _least(world: Tables, state: Tables, guide: Guide, leg: int, seats: int) -> float:
    """Fewest people worth a departure: a share of the seats, or of all that are left to call."""
    left = seats
    haven = column(world, given.HAVEN)
    if haven[column(world, given.DESTINATION)[leg]] and not haven[column(world, given.ORIGIN)[leg]]:
        left = max(1, column(state, booked.COUNTERS)[booked.UNCALLED])
    return guide.fill * min(seats, left)


@compiled
def _commit(world: Tables, state: Tables, vehicle: int, row: int, group: int) -> None:
    """Reserve beds and people for a loaded movement, and say when things happen."""
    movement = table(state, booked.MOVEMENT)
    leg, tick, people = (
        movement[row, booked.M_LEG],
        movement[row, booked.M_DEPART],
        movement[row, booked.M_RESERVED],
    )
    place, ahead = column(world, given.ORIGIN)[leg], column(world, given.DESTINATION)[leg]
    arrival, slot = movement[row, booked.M_ARRIVE], column(world, given.SETTINGS)[given.SLOT]
    count_present(state, ahead, arrival // slot, people)
    announce(world, state, ahead, arrival, people)
    if column(world, given.HAVEN)[ahead] and not column(world, given.HAVEN)[place]:
        column(state, booked.COUNTERS)[booked.UNCALLED] -= people
    safe, promised = column(world, given.HAVEN)[place], table(state, booked.PROMISED)
    there = waiting_for(world, state, leg, tick) - promised[place, safe]
    promised[place, safe] += people
    table(state, booked.LEAVING)[place, tick // slot] += people
    if safe:
        credit = max(0, min(people, there) - column(world, given.SETTINGS)[given.LARGEST] + 1)
        movement[row, booked.M_CREDIT] = credit
        count_present(state, place, -(-tick // slot), -credit)
    column(state, booked.DONE)[leg] += 1
    column(state, booked.DONE_GROUP)[group] += 1
    table(state, booked.VEHICLE)[vehicle, booked.V_PLACE] = ahead
    add_event(state, tick, booked.DEPARTURE, row)
    add_event(state, arrival + column(world, given.GROUND)[leg], booked.READY_AGAIN, vehicle)


@compiled
def _book_loaded(
    world: Tables,
    state: Tables,
    guide: Guide,
    vehicle: int,
    leg: int,
    begins: int,
    own: int,
    now: int,
) -> bool:
    """Book a loaded leg with its beds, far spot and way on; ``own`` as in ``find_departure``."""
    wait = guide.max_wait if own < 0 else guide.ground_wait
    tick = find_departure(world, state, leg, begins, begins + wait, own)
    if tick < 0:
        return False
    arrival = tick + column(world, given.TRAVEL)[leg]
    seats = table(world, given.SEATS)[column(world, given.FLEET)[leg], tick]
    people = min(seats, expected(world, state, leg, tick, now))
    people = min(people, room(world, state, column(world, given.DESTINATION)[leg], arrival))
    if people < _least(world, state, guide, leg, seats) or people <= 0:
        return False
    row = add_movement(world, state, leg, vehicle, tick, people, booked.LOADED)
    _far_spot(world, state, leg, tick, 1)
    before = table(state, booked.VEHICLE)[vehicle, booked.V_EXIT]
    ready = arrival + column(world, given.GROUND)[leg]
    if not _book_exit(world, state, guide, vehicle, leg, ready):
        _drop(world, state, row)
        table(state, booked.VEHICLE)[vehicle, booked.V_EXIT] = before
        return False
    if own >= 0:
        hold_spot(state, own, begins, tick, 1)
    _commit(world, state, vehicle, row, guide.group[leg])
    return True


@compiled
def _book_rotation(
    world: Tables, state: Tables, guide: Guide, vehicle: int, leg: int, now: int, berth: int
) -> bool:
    """Bring the vehicle to a loaded leg's origin, over several empty legs if need be; book it."""
    it, parks = table(state, booked.VEHICLE)[vehicle], table(world, given.PARKS)
    fleet, place, origin = it[booked.V_FLEET], it[booked.V_PLACE], column(world, given.ORIGIN)[leg]
    own, begins = -1 if parks[fleet, place] else berth, now
    hops = np.empty((MOST_HOPS, 4), dtype=np.int64)
    when = np.array([now, guide.max_wait])
    num = _book_way(world, state, vehicle, np.array([place, origin, own]), when, booked.EMPTY, hops)
    if num < 0:
        return False
    if num > 0:
        last = table(state, booked.MOVEMENT)[hops[num - 1, 0]]
        begins = last[booked.M_ARRIVE] + column(world, given.GROUND)[leg]
        own = -1 if parks[fleet, origin] else column(world, given.ORIGIN_BERTH)[leg]
    if _book_loaded(world, state, guide, vehicle, leg, begins, own, now):
        return True
    _unbook(world, state, hops, num)
    return False


@compiled
def _due(target: Real, length: int, row: int, tick: int) -> float:
    """Loaded departures that the relaxation has made by a tick."""
    bucket = min(tick // length, target.shape[1] - 1)
    before = target[row, bucket - 1] if bucket > 0 else 0.0
    share = min(1.0, (tick - bucket * length + 1) / length)
    return before + share * (target[row, bucket] - before)


@compiled
def _few_spots(
    world: Tables, state: Tables, berth: int, begins: int, ends: int, spare: int
) -> bool:
    """Whether at most ``spare`` spots of a berth are free at some tick of ``[begins, ends)``."""
    if berth < 0:
        return False
    used, spots = table(state, booked.SPOTS_USED), table(world, given.SPOTS)
    for tick in range(begins, min(ends, spots.shape[1])):
        if spots[berth, tick] - used[berth, tick] <= spare:
            return True
    return False


@compiled
def _score(world: Tables, state: Tables, guide: Guide, leg: int, place: int, now: int) -> float:
    """How much a loaded leg is wanted by a vehicle at a place; -inf when it cannot be."""
    fleet, origin = column(world, given.FLEET)[leg], column(world, given.ORIGIN)[leg]
    haven = column(world, given.HAVEN)
    approach = 0
    if place != origin:
        approach = table(world, given.HOP_MINUTES)[fleet * len(haven) + place, origin]
        approach += column(world, given.GROUND)[leg]
    departure = now + approach
    arrival = departure + column(world, given.TRAVEL)[leg]
    if arrival > column(world, given.SETTINGS)[given.HORIZON]:
        return -1e18
    least = _least(world, state, guide, leg, table(world, given.SEATS)[fleet, departure])
    people = expected(world, state, leg, departure, now)
    if people < least:
        return -1e18
    if room(world, state, column(world, given.DESTINATION)[leg], arrival) < least:
        return -1e18
    group = guide.group[leg]
    deficit = _due(guide.target, guide.length, leg, departure) - column(state, booked.DONE)[leg]
    deficit_group = (
        _due(guide.group_target, guide.length, group, departure)
        - column(state, booked.DONE_GROUP)[group]
    )
    if haven[origin] and deficit < -guide.slack_onward:
        return -1e18
    bucket = min(departure // guide.length, guide.penalty.shape[1] - 1)
    penalty = guide.penalty[leg, bucket]
    if not haven[origin] and (deficit_group < -guide.slack_group or penalty > guide.refuse):
        berth = column(world, given.ORIGIN_BERTH)[leg]
        stands = departure - column(world, given.GROUND)[leg]
        scarce = people < 3 * table(world, given.SEATS)[fleet, departure]
        if scarce or _few_spots(world, state, berth, max(now, stands), departure, guide.spare):
            return -1e18
    deficit = min(deficit, guide.catch_up)
    deficit_group = min(deficit_group, guide.catch_up)
    wanted = guide.weights[0] * deficit + guide.weights[1] * deficit_group + guide.bias[leg]
    return wanted - guide.weights[2] * penalty - guide.late * approach / 60.0


@compiled
def _berth_here(world: Tables, fleet: int, place: int) -> int:
    """Berth that a fleet uses at a place (-1 for none)."""
    for leg in range(len(column(world, given.FLEET))):
        if column(world, given.FLEET)[leg] == fleet:
            if column(world, given.ORIGIN)[leg] == place:
                return column(world, given.ORIGIN_BERTH)[leg]
            if column(world, given.DESTINATION)[leg] == place:
                return column(world, given.DESTINATION_BERTH)[leg]
    return -1


@compiled
def _go_home(world: Tables, state: Tables, guide: Guide, vehicle: int, now: int) -> int:
    """Book the way home for a vehicle that stands where others could; returns its row or -1."""
    it = table(state, booked.VEHICLE)[vehicle]
    berth = _berth_here(world, it[booked.V_FLEET], it[booked.V_PLACE])
    switch_exit(world, state, vehicle, berth, now, -1)
    if not _book_home(
        world, state, vehicle, it[booked.V_PLACE], berth, np.array([now, guide.linger])
    ):
        switch_exit(world, state, vehicle, berth, now, 1)
    return it[booked.V_EXIT]


@compiled
def decide(
    world: Tables, state: Tables, guide: Guide, scores: Real, vehicle: int, now: int
) -> bool:
    """Give a vehicle that is ready its next rotation, the most wanted that can be booked."""
    it, loaded = table(state, booked.VEHICLE)[vehicle], column(world, given.LOADED)
    fleet, place = it[booked.V_FLEET], it[booked.V_PLACE]
    first, last = (
        column(world, given.LOADED_FROM)[fleet],
        column(world, given.LOADED_FROM)[fleet + 1],
    )
    wanted = False
    for index in range(first, last):
        scores[index] = _score(world, state, guide, loaded[index], place, now)
        wanted |= scores[index] > -1e17
    row = it[booked.V_EXIT]
    if wanted:
        berth = _berth_here(world, fleet, place)
        row = switch_exit(world, state, vehicle, berth, now, -1)
        for _ in range(first, last):
            best = first
            for index in range(first, last):
                if scores[index] > scores[best]:
                    best = index
            if scores[best] <= -1e17:
                break
            if _book_rotation(world, state, guide, vehicle, loaded[best], now, berth):
                return True
            scores[best] = -1e18
        switch_exit(world, state, vehicle, berth, now, 1)
    if row < 0 and table(world, given.PARKS)[fleet, place] == 0:
        berth = _berth_here(world, fleet, place)
        if not _may_stay(world, state, berth, now, guide.keep_free / 2):
            row = _go_home(world, state, guide, vehicle, now)
    movement = table(state, booked.MOVEMENT)
    if row >= 0 and movement[row, booked.M_RESERVED] == 0:
        movement[row, booked.M_RESERVED] = 1
        add_event(state, movement[row, booked.M_DEPART], booked.DEPARTURE, row)
    return False
