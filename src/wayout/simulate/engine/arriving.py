"""Arrivals: trips come in, their people are let in, their vehicles are made ready."""

from wayout.simulate.compiled import compiled
from wayout.simulate.engine import tables as t
from wayout.simulate.engine.calendar import (
    beds_row,
    berth_row,
    can_land,
    free_in_slot,
    per_tick,
    spots,
)
from wayout.simulate.engine.people import enter, join, join_later, leg_of, line_up, original
from wayout.simulate.engine.tables import Tables, add, at, counter, get, put, setting


@compiled
def wait_until(s: Tables, m: int, tick: int) -> None:
    """A movement whose vehicle is there tries again at a tick."""
    put(s, t.IS_MOVE, m, t.NEXT_TRY, tick)
    put(s, t.IS_COUNTER, t.NEXT_WAITING, 0, min(counter(s, t.NEXT_WAITING), tick))


@compiled
def start_waiting(s: Tables, m: int, tick: int) -> None:
    """Add a movement to those that wait, which are kept in the order of the plan."""
    place = counter(s, t.NUM_WAITING)
    while place > 0 and get(s, t.IS_WAITING, place - 1, 0) > m:
        put(s, t.IS_WAITING, place, 0, get(s, t.IS_WAITING, place - 1, 0))
        place -= 1
    put(s, t.IS_WAITING, place, 0, m)
    add(s, t.IS_COUNTER, t.NUM_WAITING, 0, 1)
    if get(s, t.IS_MOVE, m, t.WAKE_PLACE) != t.NONE or get(s, t.IS_MOVE, m, t.WAKE_BERTH) != t.NONE:
        add(s, t.IS_COUNTER, t.NUM_WAKING, 0, 1)
    wait_until(s, m, tick)


@compiled
def make_ready(g: Tables, s: Tables, vehicle: int, m: int, free_from: int) -> None:
    """A vehicle turns to its next movement: ready when repaired, and not before its time."""
    put(s, t.IS_VEHICLE, vehicle, t.TURN, m)
    if m == t.NONE:
        return
    due = get(g, t.OF_MOVE, m, t.DEPART)
    ready = max(due, free_from) + get(s, t.IS_MOVE, m, t.REPAIR)
    put(s, t.IS_VEHICLE, vehicle, t.VEHICLE_READY, ready)
    put(s, t.IS_MOVE, m, t.HELD_UNTIL, ready + setting(g, t.HOLD))
    if ready > due or get(s, t.IS_MOVE, m, t.RESOLVED):
        start_waiting(s, m, ready)


@compiled
def release_spot(g: Tables, s: Tables, vehicle: int, berth: int) -> None:
    """A vehicle leaves its spot."""
    stock = setting(g, t.PLACES) + berth
    put(s, t.IS_VEHICLE, vehicle, t.ON_SPOT, t.NONE)
    add(s, t.IS_STOCK, stock, 0, -1)
    add(s, t.IS_CLAIMS, stock, 0, -1)
    put(s, t.IS_FREED, stock, 0, 1)
    put(s, t.IS_COUNTER, t.FREED, 0, 1)


@compiled
def unloaded(g: Tables, s: Tables, trip: int, tick: int) -> None:
    """The last of a vehicle's people is off: its time on the ground begins."""
    vehicle = get(s, t.IS_TRIP, trip, t.T_VEHICLE)
    if vehicle == t.NONE:
        return
    m = get(s, t.IS_TRIP, trip, t.T_MOVEMENT)
    move = at(g, t.OF_MOVE, m)
    ground = get(g, t.OF_FLEET, g.memory[move + t.FLEET], t.GROUND)
    following = g.memory[move + t.NEXT_TURN]
    extra = get(s, t.IS_MOVE, following, t.LONGER_TURN) if following != t.NONE else 0
    make_ready(g, s, vehicle, following, tick + ground + extra)
    base = get(g, t.OF_FLEET, g.memory[move + t.FLEET], t.BASE)
    if g.memory[move + t.DESTINATION] == base and g.memory[move + t.TO_BERTH] != t.NONE:
        if ground == 0:
            release_spot(g, s, vehicle, g.memory[move + t.TO_BERTH])
        elif tick + ground <= setting(g, t.HORIZON):
            put(s, t.IS_VEHICLE, vehicle, t.NEXT_RELEASE, get(s, t.IS_RELEASING, tick + ground, 0))
            put(s, t.IS_RELEASING, tick + ground, 0, vehicle)


@compiled
def let_in(g: Tables, s: Tables, place: int, tick: int) -> None:
    """Those before a place enter in the order in which they came, while there are beds (P5)."""
    beds = per_tick(g, s, beds_row(g, place), tick)
    while get(s, t.IS_DOOR, place, 0) != t.NONE:
        p = get(s, t.IS_DOOR, place, 0)
        size = get(g, t.OF_PARTY, original(g, p), t.SIZE)
        if get(s, t.IS_STOCK, place, 0) + size > beds:
            return
        put(s, t.IS_DOOR, place, 0, get(s, t.IS_PARTY, p, t.NEXT_AT_DOOR))
        if get(s, t.IS_DOOR, place, 0) == t.NONE:
            add(s, t.IS_COUNTER, t.NUM_DOORS, 0, -1)
        add(s, t.IS_STOCK, place, 0, size)
        enter(g, s, p, place, tick)
        put(s, t.IS_PARTY, p, t.AT, t.INSIDE)
        trip = get(s, t.IS_PARTY, p, t.TRIP)
        add(s, t.IS_TRIP, trip, t.T_AT_DOOR, -1)
        if get(s, t.IS_TRIP, trip, t.T_AT_DOOR) == 0:
            unloaded(g, s, trip, tick)


@compiled
def _come_to_door(g: Tables, s: Tables, p: int, place: int, tick: int) -> None:
    """A party stands before a place; its least stay counts from now."""
    row = at(s, t.IS_PARTY, p)
    s.memory[row + t.AT], s.memory[row + t.NEXT_AT_DOOR] = t.AT_DOOR, t.NONE
    s.memory[row + t.FREE_FROM] = tick + get(g, t.OF_PLACE, place, t.STAY)
    s.memory[row + t.LEG] += 1
    if get(s, t.IS_DOOR, place, 0) == t.NONE:
        put(s, t.IS_DOOR, place, 0, p)
        add(s, t.IS_COUNTER, t.NUM_DOORS, 0, 1)
    else:
        put(s, t.IS_PARTY, get(s, t.IS_DOOR, place, 1), t.NEXT_AT_DOOR, p)
    put(s, t.IS_DOOR, place, 1, p)
    m = leg_of(g, s, p)
    if m == t.NONE:
        return
    walk_in = p >= setting(g, t.PARTIES)
    late = (
        s.memory[row + t.FREE_FROM] > get(g, t.OF_MOVE, m, t.DEPART)
        or get(s, t.IS_MOVE, m, t.RESOLVED) == 1
    )
    if walk_in or late or get(s, t.IS_MOVE, m, t.STATUS) != t.PLANNED:
        if s.memory[row + t.FREE_FROM] <= tick:
            join(g, s, p, tick)
        else:
            join_later(g, s, p, s.memory[row + t.FREE_FROM])


@compiled
def land(g: Tables, s: Tables, trip: int, tick: int) -> bool:
    """A trip comes in, if there is a spot (V6) and, when it is late, a slot (V7)."""
    m, vehicle = get(s, t.IS_TRIP, trip, t.T_MOVEMENT), get(s, t.IS_TRIP, trip, t.T_VEHICLE)
    move = at(g, t.OF_MOVE, m)
    berth, due = g.memory[move + t.TO_BERTH], get(s, t.IS_TRIP, trip, t.T_DUE)
    if tick > due and not can_land(g, s, m, tick):
        return False
    if berth != t.NONE and vehicle != t.NONE:
        stock = setting(g, t.PLACES) + berth
        if get(s, t.IS_STOCK, stock, 0) + 1 > spots(g, berth_row(g, berth), tick):
            return False
        row = setting(g, t.PLACES) + 2 * setting(g, t.LINKS) + berth
        slot, booked = tick // setting(g, t.SLOT), due // setting(g, t.SLOT)
        if slot != booked:
            if free_in_slot(s, row, slot, False) < 1:
                return False
            add(s, t.IS_USED, row, booked, -1)
            add(s, t.IS_USED, row, slot, 1)
        add(s, t.IS_STOCK, stock, 0, 1)
        put(s, t.IS_VEHICLE, vehicle, t.ON_SPOT, berth)
    put(s, t.IS_TRIP, trip, t.T_ARRIVE, tick)
    put(s, t.IS_MOVE, m, t.CAME, tick)
    _disembark(g, s, trip, tick)
    return True


@compiled
def land_holding(g: Tables, s: Tables, tick: int) -> None:
    """Trips that hold come in when they can, first come first served."""
    num, kept = counter(s, t.NUM_HOLDING), 0
    for position in range(num):
        trip = get(s, t.IS_HOLDING, position, 0)
        if not land(g, s, trip, tick):
            put(s, t.IS_HOLDING, kept, 0, trip)
            kept += 1
    put(s, t.IS_COUNTER, t.NUM_HOLDING, 0, kept)


@compiled
def _disembark(g: Tables, s: Tables, trip: int, tick: int) -> None:
    place = get(g, t.OF_MOVE, get(s, t.IS_TRIP, trip, t.T_MOVEMENT), t.DESTINATION)
    p = get(s, t.IS_TRIP, trip, t.T_FIRST)
    if p == t.NONE:
        unloaded(g, s, trip, tick)
        return
    num = 0
    following = p
    while following != t.NONE:
        num += 1
        following = get(s, t.IS_PARTY, following, t.NEXT_ABOARD)
    put(s, t.IS_TRIP, trip, t.T_AT_DOOR, num)
    while p != t.NONE:
        following = get(s, t.IS_PARTY, p, t.NEXT_ABOARD)
        _come_to_door(g, s, p, place, tick)
        p = following
    let_in(g, s, place, tick)


@compiled
def abandon(g: Tables, s: Tables, m: int, tick: int) -> None:
    """Whoever was booked on a movement and is not aboard waits for the next one that has room."""
    for load in range(get(g, t.OF_MOVE, m, t.FIRST_LOAD), get(g, t.OF_MOVE, m, t.AFTER_LOAD)):
        p = get(g, t.OF_LOAD, load, 0)
        row = at(s, t.IS_PARTY, p)
        inside = s.memory[row + t.AT] == t.INSIDE or s.memory[row + t.AT] == t.AT_DOOR
        if not inside or s.memory[row + t.IN_LINE] or leg_of(g, s, p) != m:
            continue
        if s.memory[row + t.FREE_FROM] <= tick:
            line_up(g, s, p, tick)
        elif s.memory[row + t.FREE_FROM] <= get(g, t.OF_MOVE, m, t.DEPART):
            # Nobody has noted when it is free: it was thought to be in time.
            join_later(g, s, p, s.memory[row + t.FREE_FROM])


@compiled
def cancel(g: Tables, s: Tables, m: int, tick: int) -> None:
    """A movement and all later ones of its vehicle do not take place."""
    while m != t.NONE:
        put(s, t.IS_MOVE, m, t.STATUS, t.CANCELLED)
        abandon(g, s, m, tick)
        m = get(g, t.OF_MOVE, m, t.NEXT_TURN)
