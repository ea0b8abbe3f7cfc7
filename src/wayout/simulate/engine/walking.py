"""People by themselves: those who are in time set out together, the others in line."""

from wayout.simulate.compiled import compiled
from wayout.simulate.engine import tables as t
from wayout.simulate.engine.arriving import unloaded
from wayout.simulate.engine.calendar import free_in_slot, open_from
from wayout.simulate.engine.departing import new_trip
from wayout.simulate.engine.people import is_here, leave, leg_of, line_up, original, room
from wayout.simulate.engine.tables import Tables, add, counter, get, put, setting


@compiled
def _free(g: Tables, s: Tables, m: int, tick: int, on_time: bool) -> int:
    """How many people link, place and beds let set out (M6, P4, P5)."""
    slot = tick // setting(g, t.SLOT)
    row = setting(g, t.PLACES) + get(g, t.OF_MOVE, m, t.LINK)
    return min(
        free_in_slot(s, row, slot, on_time),
        free_in_slot(s, get(g, t.OF_MOVE, m, t.ORIGIN), slot, on_time),
        room(g, s, m, tick),
    )


@compiled
def _walk(g: Tables, s: Tables, p: int, trip: int, tick: int) -> None:
    m = get(s, t.IS_TRIP, trip, t.T_MOVEMENT)
    row = setting(g, t.PLACES) + get(g, t.OF_MOVE, m, t.LINK)
    add(s, t.IS_USED, row, tick // setting(g, t.SLOT), get(g, t.OF_PARTY, original(g, p), t.SIZE))
    emptied = leave(g, s, p, trip, tick)
    if emptied != t.NONE and get(s, t.IS_TRIP, emptied, t.T_AT_DOOR) == 0:
        unloaded(g, s, emptied, tick)


@compiled
def set_out_on_time(g: Tables, s: Tables, m: int, tick: int) -> None:
    """Those who are there at the planned minute set out; who cannot joins the line."""
    put(s, t.IS_MOVE, m, t.STATUS, t.GONE)
    put(s, t.IS_MOVE, m, t.WENT, tick)
    left = 0
    if open_from(g, s, m, tick) == tick:
        left = _free(g, s, m, tick, True)
    trip = t.NONE
    for load in range(get(g, t.OF_MOVE, m, t.FIRST_LOAD), get(g, t.OF_MOVE, m, t.AFTER_LOAD)):
        p = get(g, t.OF_LOAD, load, 0)
        if leg_of(g, s, p) != m or not is_here(s, p, tick):
            continue
        size = get(g, t.OF_PARTY, p, t.SIZE)
        if size <= left:
            left -= size
            if trip == t.NONE:
                trip = new_trip(g, s, m, tick, get(s, t.IS_MOVE, m, t.LONGER_WAY))
            _walk(g, s, p, trip, tick)
        else:
            line_up(g, s, p, tick)
    put(s, t.IS_MOVE, m, t.CARRIED, 0 if trip == t.NONE else get(s, t.IS_TRIP, trip, t.T_PEOPLE))


@compiled
def _next_in_line(g: Tables, s: Tables, line: int, tick: int) -> bool:
    """Whether the first in line can set out; if not, when the line is looked at again."""
    p = get(s, t.IS_LINE, line, t.HEAD)
    m = leg_of(g, s, p)
    until = open_from(g, s, m, tick)
    if until + get(g, t.OF_MOVE, m, t.TRAVEL) > setting(g, t.HORIZON):
        put(s, t.IS_LINE, line, t.NEXT_SERVICE, t.PLENTY)
        return False
    if until > tick:
        put(s, t.IS_LINE, line, t.NEXT_SERVICE, until)
        return False
    size = get(g, t.OF_PARTY, original(g, p), t.SIZE)
    if size > _free(g, s, m, tick, False):
        slot = setting(g, t.SLOT)
        put(s, t.IS_LINE, line, t.NEXT_SERVICE, (tick // slot + 1) * slot)
        return False
    return True


@compiled
def serve_line(g: Tables, s: Tables, line: int, tick: int) -> None:
    """Those who wait by themselves set out in their order, as many as link, place and beds take."""
    put(s, t.IS_LINE, line, t.NEXT_SERVICE, t.PLENTY)
    trip = t.NONE
    while get(s, t.IS_LINE, line, t.HEAD) != t.NONE and _next_in_line(g, s, line, tick):
        p = get(s, t.IS_LINE, line, t.HEAD)
        m = leg_of(g, s, p)
        put(s, t.IS_LINE, line, t.HEAD, get(s, t.IS_PARTY, p, t.NEXT_IN_LINE))
        put(s, t.IS_PARTY, p, t.IN_LINE, 0)
        if trip == t.NONE or get(s, t.IS_TRIP, trip, t.T_MOVEMENT) != m:
            trip = new_trip(g, s, m, tick, get(s, t.IS_MOVE, m, t.LONGER_WAY))
        _walk(g, s, p, trip, tick)
    put(
        s,
        t.IS_COUNTER,
        t.NEXT_LINE,
        0,
        min(counter(s, t.NEXT_LINE), get(s, t.IS_LINE, line, t.NEXT_SERVICE)),
    )


@compiled
def serve_lines(g: Tables, s: Tables, tick: int) -> None:
    """Every line whose time has come, or whose way ends where beds became free."""
    put(s, t.IS_COUNTER, t.NEXT_LINE, 0, t.PLENTY)
    for line in range(setting(g, t.LINKS)):
        if get(s, t.IS_LINE, line, t.HEAD) == t.NONE:
            continue
        destination = get(s, t.IS_LINE, line, t.LINE_ENDS)
        if get(s, t.IS_LINE, line, t.NEXT_SERVICE) <= tick or get(s, t.IS_FREED, destination, 0):
            serve_line(g, s, line, tick)
        else:
            until = get(s, t.IS_LINE, line, t.NEXT_SERVICE)
            put(s, t.IS_COUNTER, t.NEXT_LINE, 0, min(counter(s, t.NEXT_LINE), until))
