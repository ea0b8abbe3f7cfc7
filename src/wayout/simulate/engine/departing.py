"""Departures of vehicles: what they wait for, and who is aboard when they go."""

import numpy as np

from wayout.simulate.compiled import compiled
from wayout.simulate.engine import tables as t
from wayout.simulate.engine.arriving import (
    abandon,
    cancel,
    release_spot,
    start_waiting,
    unloaded,
)
from wayout.simulate.engine.calendar import (
    berth_row,
    fleet_row,
    free_in_slot,
    open_from,
    per_tick,
)
from wayout.simulate.engine.people import is_here, leave, leg_of, original, room
from wayout.simulate.engine.tables import Int, Tables, add, at, counter, get, put, real, setting

DAY = 1440


@compiled
def _next_slot(g: Tables, tick: int) -> int:
    slot = setting(g, t.SLOT)
    return (tick // slot + 1) * slot


@compiled
def _slots_free_from(g: Tables, s: Tables, m: int, tick: int, on_time: bool) -> int:
    """When link, berths and the fleet's hours allow the departure (M6, V4, V7); ``tick`` if now."""
    move, slot_minutes = at(g, t.OF_MOVE, m), setting(g, t.SLOT)
    slot, arrive = tick // slot_minutes, tick + g.memory[move + t.TRAVEL]
    first = setting(g, t.PLACES) + setting(g, t.LINKS)
    if free_in_slot(s, first + g.memory[move + t.LINK], slot, on_time) < 1:
        return _next_slot(g, tick)
    first += setting(g, t.LINKS)
    berth = g.memory[move + t.FROM_BERTH]
    if berth != t.NONE and free_in_slot(s, first + berth, slot, on_time) < 1:
        return _next_slot(g, tick)
    berth = g.memory[move + t.TO_BERTH]
    if berth != t.NONE and free_in_slot(s, first + berth, arrive // slot_minutes, on_time) < 1:
        return _next_slot(g, arrive) - g.memory[move + t.TRAVEL]
    fleet, day = g.memory[move + t.FLEET], tick // DAY
    left = real(g, t.OF_HOURS, fleet, 0) - get(s, t.IS_HOURS_USED, fleet, day)
    if not on_time:
        left -= get(s, t.IS_HOURS_BOOKED, fleet, day)
    if g.memory[move + t.TRAVEL] > left + 1e-9 * max(1.0, real(g, t.OF_HOURS, fleet, 0)):
        return (day + 1) * DAY
    return tick


@compiled
def _spot_expected(g: Tables, s: Tables, m: int, tick: int) -> bool:
    """Whether a spot will be free on arrival, as far as is known (V6)."""
    berth = get(g, t.OF_MOVE, m, t.TO_BERTH)
    if berth == t.NONE:
        return True
    row, arrive = berth_row(g, berth), tick + get(g, t.OF_MOVE, m, t.TRAVEL)
    if real(g, t.OF_AMOUNT, row, 0) >= t.PLENTY:
        return True
    factor = real(s, t.IS_FACTOR, row, arrive)
    spots = int(real(g, t.OF_AMOUNT, row, 0) * (1.0 if factor == 0.0 else factor) + 1e-9)
    stock = setting(g, t.PLACES) + berth
    claimed = get(g, t.OF_PLANNED, setting(g, t.STOCKS) + stock, tick)
    more = get(s, t.IS_CLAIMS, stock, 0) - get(s, t.IS_LEAVING, stock, 0) - claimed
    return get(g, t.OF_PLANNED, stock, arrive) + more + 1 <= spots


@compiled
def _fits(g: Tables, s: Tables, p: int, left: Int) -> bool:
    """Whether a party finds seats and what it needs (V1, P6)."""
    party = at(g, t.OF_PARTY, original(g, p))
    return (
        g.memory[party + t.SIZE] <= left[0]
        and g.memory[party + t.STRETCHERS] <= left[1]
        and g.memory[party + t.WHEELCHAIRS] <= left[2]
        and g.memory[party + t.CHILDREN] <= left[3]
    )


@compiled
def _take(g: Tables, s: Tables, p: int, trip: int, left: Int, tick: int) -> None:
    party = at(g, t.OF_PARTY, original(g, p))
    left[0] -= g.memory[party + t.SIZE]
    left[1] -= g.memory[party + t.STRETCHERS]
    left[2] -= g.memory[party + t.WHEELCHAIRS]
    left[3] -= g.memory[party + t.CHILDREN]
    emptied = leave(g, s, p, trip, tick)
    if emptied != t.NONE and get(s, t.IS_TRIP, emptied, t.T_AT_DOOR) == 0:
        unloaded(g, s, emptied, tick)


@compiled
def _limits(g: Tables, s: Tables, m: int, tick: int) -> Int:
    """Seats, stretchers, wheelchairs and escorts of a vehicle that departs now."""
    fleet = get(g, t.OF_MOVE, m, t.FLEET)
    left = np.empty(4, dtype=np.int64)
    left[0] = per_tick(g, s, fleet_row(g, fleet), tick)
    for need in range(3):
        left[1 + need] = get(g, t.OF_FLEET, fleet, t.MOST_STRETCHERS + need)
    return left


@compiled
def _unplace(s: Tables, line: int, before: int, p: int) -> None:
    """Take a party out of a line."""
    following = get(s, t.IS_PARTY, p, t.NEXT_IN_LINE)
    if before == t.NONE:
        put(s, t.IS_LINE, line, t.HEAD, following)
    else:
        put(s, t.IS_PARTY, before, t.NEXT_IN_LINE, following)
    if following == t.NONE:
        put(s, t.IS_LINE, line, t.TAIL, before)
    put(s, t.IS_PARTY, p, t.IN_LINE, 0)


@compiled
def _take_waiting(g: Tables, s: Tables, m: int, trip: int, left: Int, tick: int) -> None:
    """Fill seats that are left with those who wait for this way, first come first served."""
    line = setting(g, t.LINKS) + get(g, t.OF_MOVE, m, t.LINK)
    if get(s, t.IS_LINE, line, t.LINE_ENDS) != get(g, t.OF_MOVE, m, t.DESTINATION):
        # A return over the link, which carries nobody.
        return
    place, slot = get(g, t.OF_MOVE, m, t.ORIGIN), tick // setting(g, t.SLOT)
    before, p = t.NONE, get(s, t.IS_LINE, line, t.HEAD)
    while p != t.NONE and left[0] > 0:
        following = get(s, t.IS_PARTY, p, t.NEXT_IN_LINE)
        size = get(g, t.OF_PARTY, original(g, p), t.SIZE)
        allowed = size <= free_in_slot(s, place, slot, False) and size <= room(g, s, m, tick)
        if allowed and _fits(g, s, p, left):
            _unplace(s, line, before, p)
            _take(g, s, p, trip, left, tick)
        else:
            before = p
        p = following


@compiled
def new_trip(g: Tables, s: Tables, m: int, tick: int, extra: int) -> int:
    """A departure takes place; ``extra`` minutes more than the travel time until it is there."""
    trip = counter(s, t.NUM_TRIPS)
    add(s, t.IS_COUNTER, t.NUM_TRIPS, 0, 1)
    row = at(s, t.IS_TRIP, trip)
    for column in range(t.T_FIRST, t.T_PEOPLE):
        s.memory[row + column] = t.NONE
    s.memory[row + t.T_MOVEMENT] = m
    s.memory[row + t.T_VEHICLE] = get(g, t.OF_MOVE, m, t.VEHICLE)
    s.memory[row + t.T_DEPART] = tick
    s.memory[row + t.T_DUE] = tick + get(g, t.OF_MOVE, m, t.TRAVEL)
    s.memory[row + t.T_AT_DOOR] = 0
    s.memory[row + t.T_PEOPLE] = 0
    there = s.memory[row + t.T_DUE] + extra
    if there <= setting(g, t.HORIZON):
        if get(s, t.IS_ARRIVING, there, 0) == t.NONE:
            put(s, t.IS_ARRIVING, there, 0, trip)
        else:
            put(s, t.IS_TRIP, get(s, t.IS_ARRIVING, there, 1), t.T_NEXT, trip)
        put(s, t.IS_ARRIVING, there, 1, trip)
    return trip


@compiled
def _set_out(g: Tables, s: Tables, m: int, tick: int) -> None:
    """Count a vehicle's departure at its link, its berths and its fleet."""
    move, slot_minutes = at(g, t.OF_MOVE, m), setting(g, t.SLOT)
    slot, arrival = tick // slot_minutes, (tick + g.memory[move + t.TRAVEL]) // slot_minutes
    first = setting(g, t.PLACES) + setting(g, t.LINKS)
    add(s, t.IS_USED, first + g.memory[move + t.LINK], slot, 1)
    first += setting(g, t.LINKS)
    if g.memory[move + t.FROM_BERTH] != t.NONE:
        add(s, t.IS_USED, first + g.memory[move + t.FROM_BERTH], slot, 1)
        if get(s, t.IS_VEHICLE, g.memory[move + t.VEHICLE], t.ON_SPOT) != t.NONE:
            release_spot(g, s, g.memory[move + t.VEHICLE], g.memory[move + t.FROM_BERTH])
    if g.memory[move + t.TO_BERTH] != t.NONE:
        add(s, t.IS_USED, first + g.memory[move + t.TO_BERTH], arrival, 1)
        add(s, t.IS_CLAIMS, setting(g, t.PLACES) + g.memory[move + t.TO_BERTH], 0, 1)
    add(s, t.IS_HOURS_USED, g.memory[move + t.FLEET], tick // DAY, g.memory[move + t.TRAVEL])
    put(s, t.IS_MOVE, m, t.STATUS, t.GONE)
    put(s, t.IS_MOVE, m, t.WENT, tick)


@compiled
def goes_on(g: Tables, s: Tables, p: int, trip: int, m: int) -> bool:
    """Whether a party is aboard a trip and can go on with a movement in the minute it lands."""
    if get(s, t.IS_PARTY, p, t.AT) != t.UNDER_WAY or get(s, t.IS_PARTY, p, t.TRIP) != trip:
        return False
    leg = get(s, t.IS_PARTY, p, t.LEG) + 1
    onward = leg < get(g, t.OF_PARTY, p, t.AFTER_LEG) and get(g, t.OF_LEG, leg, 0) == m
    return onward and get(g, t.OF_PLACE, get(g, t.OF_MOVE, m, t.ORIGIN), t.STAY) == 0


@compiled
def _who_is_here(g: Tables, s: Tables, m: int, tick: int, landing: int) -> tuple[int, int]:
    """People booked who can board, and parties booked who may still come.

    Who is aboard the trip ``landing`` counts as here: it lands when this movement goes.
    """
    here = missing = 0
    for load in range(get(g, t.OF_MOVE, m, t.FIRST_LOAD), get(g, t.OF_MOVE, m, t.AFTER_LOAD)):
        p = get(g, t.OF_LOAD, load, 0)
        if get(s, t.IS_PARTY, p, t.AT) == t.AWAY:
            continue
        ready = leg_of(g, s, p) == m and is_here(s, p, tick)
        if ready or (landing != t.NONE and goes_on(g, s, p, landing, m)):
            here += get(g, t.OF_PARTY, p, t.SIZE)
        else:
            missing += 1
    return here, missing


@compiled
def _waits_for(g: Tables, s: Tables, m: int, tick: int, on_time: bool, landing: int) -> int:
    """The tick at which a vehicle tries again; ``tick`` if it can go now."""
    put(s, t.IS_MOVE, m, t.WAKE_PLACE, t.NONE)
    put(s, t.IS_MOVE, m, t.WAKE_BERTH, t.NONE)
    ready = get(s, t.IS_VEHICLE, get(g, t.OF_MOVE, m, t.VEHICLE), t.VEHICLE_READY)
    if ready > tick:
        return ready
    until = open_from(g, s, m, tick)
    if until > tick:
        return until
    until = _slots_free_from(g, s, m, tick, on_time)
    if until > tick:
        return until
    here, missing = _who_is_here(g, s, m, tick, landing)
    patient = tick < get(s, t.IS_MOVE, m, t.HELD_UNTIL)
    if missing > 0 and patient:
        return get(s, t.IS_MOVE, m, t.HELD_UNTIL)
    if not _spot_expected(g, s, m, tick):
        put(s, t.IS_MOVE, m, t.WAKE_BERTH, setting(g, t.PLACES) + get(g, t.OF_MOVE, m, t.TO_BERTH))
        return _next_slot(g, tick)
    if here > 0 and here > room(g, s, m, tick):
        put(s, t.IS_MOVE, m, t.WAKE_PLACE, get(g, t.OF_MOVE, m, t.DESTINATION))
        return _next_slot(g, tick)
    allowed = free_in_slot(s, get(g, t.OF_MOVE, m, t.ORIGIN), tick // setting(g, t.SLOT), on_time)
    if here > allowed and (patient or allowed <= 0):
        return _next_slot(g, tick)
    return tick


@compiled
def _last_departure(g: Tables, m: int) -> int:
    """The last tick at which a vehicle's movement can depart: it has to arrive."""
    move = at(g, t.OF_MOVE, m)
    last = min(get(g, t.OF_FLEET, g.memory[move + t.FLEET], t.UNTIL), setting(g, t.HORIZON))
    return last - g.memory[move + t.TRAVEL]


@compiled
def can_go(g: Tables, s: Tables, m: int, tick: int, on_time: bool, landing: int) -> bool:
    """Whether a vehicle could go now, if the trip ``landing`` came in at this minute."""
    vehicle = get(g, t.OF_MOVE, m, t.VEHICLE)
    if get(s, t.IS_MOVE, m, t.STATUS) != t.PLANNED or get(s, t.IS_VEHICLE, vehicle, t.TURN) != m:
        return False
    return tick <= _last_departure(g, m) and _waits_for(g, s, m, tick, on_time, landing) == tick


@compiled
def attempt(g: Tables, s: Tables, m: int, tick: int, on_time: bool) -> bool:
    """A vehicle that is ready goes, waits or is cancelled; whether it waits."""
    move = at(g, t.OF_MOVE, m)
    until = _waits_for(g, s, m, tick, on_time, t.NONE)
    if until > _last_departure(g, m):
        cancel(g, s, m, tick)
        return False
    if until > tick:
        put(s, t.IS_MOVE, m, t.NEXT_TRY, until)
        return True
    trip = new_trip(g, s, m, tick, get(s, t.IS_MOVE, m, t.LONGER_WAY))
    _set_out(g, s, m, tick)
    left = _limits(g, s, m, tick)
    slot = tick // setting(g, t.SLOT)
    allowed = free_in_slot(s, g.memory[move + t.ORIGIN], slot, on_time)
    for load in range(g.memory[move + t.FIRST_LOAD], g.memory[move + t.AFTER_LOAD]):
        p = get(g, t.OF_LOAD, load, 0)
        if leg_of(g, s, p) != m or not is_here(s, p, tick):
            continue
        size = get(g, t.OF_PARTY, p, t.SIZE)
        if size <= allowed and _fits(g, s, p, left):
            allowed -= size
            _take(g, s, p, trip, left, tick)
    _take_waiting(g, s, m, trip, left, tick)
    put(s, t.IS_MOVE, m, t.CARRIED, get(s, t.IS_TRIP, trip, t.T_PEOPLE))
    abandon(g, s, m, tick)
    return False


@compiled
def depart_on_time(g: Tables, s: Tables, m: int, tick: int) -> None:
    """A vehicle's movement at its planned minute: goes, or begins to wait."""
    vehicle = get(g, t.OF_MOVE, m, t.VEHICLE)
    if get(s, t.IS_MOVE, m, t.STATUS) != t.PLANNED or get(s, t.IS_VEHICLE, vehicle, t.TURN) != m:
        return
    ready = get(s, t.IS_VEHICLE, vehicle, t.VEHICLE_READY) <= tick
    if ready and attempt(g, s, m, tick, True):
        start_waiting(s, m, get(s, t.IS_MOVE, m, t.NEXT_TRY))
