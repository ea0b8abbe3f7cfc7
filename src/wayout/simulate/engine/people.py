"""People: into a place, out of it, and in line for the next departure."""

from wayout.simulate.compiled import compiled
from wayout.simulate.engine import tables as t
from wayout.simulate.engine.calendar import beds_row, per_tick
from wayout.simulate.engine.tables import (
    Tables,
    add,
    add_real,
    at,
    counter,
    get,
    put,
    real,
    setting,
)


@compiled
def stay_danger(g: Tables, place: int, begins: int, ends: int) -> float:
    """Minutes × rate of a stay, at the rate after expiry from a refuge's expiry on."""
    expiry = min(max(get(g, t.OF_PLACE, place, t.EXPIRY), begins), ends)
    return (expiry - begins) * real(g, t.OF_RATE, place, 0) + (ends - expiry) * real(
        g, t.OF_RATE, place, 1
    )


@compiled
def original(g: Tables, p: int) -> int:
    """The party of the plan that ``p`` is, or that a walk-in came with."""
    return p % setting(g, t.PARTIES)


@compiled
def leg_of(g: Tables, s: Tables, p: int) -> int:
    """The movement of the plan that a party takes next, NONE if it is where it should be."""
    leg = get(s, t.IS_PARTY, p, t.LEG)
    if leg >= get(g, t.OF_PARTY, original(g, p), t.AFTER_LEG):
        return t.NONE
    return get(g, t.OF_LEG, leg, 0)


@compiled
def is_here(s: Tables, p: int, tick: int) -> bool:
    """Whether a party can leave from where it is."""
    row = at(s, t.IS_PARTY, p)
    where = s.memory[row + t.AT]
    if where == t.AWAY or where == t.UNDER_WAY or s.memory[row + t.IN_LINE] == 1:
        return False
    return s.memory[row + t.FREE_FROM] <= tick


@compiled
def room(g: Tables, s: Tables, m: int, tick: int) -> int:
    """Beds that will be free at a movement's end when it arrives, as far as is known.

    What the plan foresees for then, plus what is more (or fewer) than it foresees for now.
    """
    place, arrive = get(g, t.OF_MOVE, m, t.DESTINATION), tick + get(g, t.OF_MOVE, m, t.TRAVEL)
    beds = per_tick(g, s, beds_row(g, place), arrive)
    if beds >= t.PLENTY:
        return t.PLENTY
    ahead = get(g, t.OF_PLANNED, place, arrive)
    claimed = get(g, t.OF_PLANNED, setting(g, t.STOCKS) + place, tick)
    return beds - (ahead + get(s, t.IS_CLAIMS, place, 0) - get(s, t.IS_LEAVING, place, 0) - claimed)


@compiled
def line_up(g: Tables, s: Tables, p: int, tick: int) -> None:
    """A party that missed its departure, or has none, joins the line for the next one."""
    move = at(g, t.OF_MOVE, leg_of(g, s, p))
    line = g.memory[move + t.LINK]
    if g.memory[move + t.VEHICLE] != t.NONE:
        line += setting(g, t.LINKS)
    put(s, t.IS_PARTY, p, t.IN_LINE, 1)
    put(s, t.IS_PARTY, p, t.NEXT_IN_LINE, t.NONE)
    add(s, t.IS_COUNTER, t.MISSED, 0, 1 if p < setting(g, t.PARTIES) else 0)
    if get(s, t.IS_LINE, line, t.HEAD) == t.NONE:
        put(s, t.IS_LINE, line, t.HEAD, p)
        if g.memory[move + t.VEHICLE] == t.NONE:
            put(s, t.IS_LINE, line, t.NEXT_SERVICE, tick)
            put(s, t.IS_COUNTER, t.NEXT_LINE, 0, min(counter(s, t.NEXT_LINE), tick))
    else:
        put(s, t.IS_PARTY, get(s, t.IS_LINE, line, t.TAIL), t.NEXT_IN_LINE, p)
    put(s, t.IS_LINE, line, t.TAIL, p)


@compiled
def join(g: Tables, s: Tables, p: int, tick: int) -> None:
    """A party is free to leave, later than its departure was planned."""
    if not is_here(s, p, tick):
        return
    m = leg_of(g, s, p)
    held = get(g, t.OF_MOVE, m, t.VEHICLE) != t.NONE and get(s, t.IS_MOVE, m, t.STATUS) == t.PLANNED
    if held and p < setting(g, t.PARTIES):
        # The vehicle is late too, or waits: whoever is aboard goes with it.
        put(s, t.IS_MOVE, m, t.NEXT_TRY, min(get(s, t.IS_MOVE, m, t.NEXT_TRY), tick))
        put(s, t.IS_COUNTER, t.NEXT_WAITING, 0, min(counter(s, t.NEXT_WAITING), tick))
    else:
        line_up(g, s, p, tick)


@compiled
def join_later(g: Tables, s: Tables, p: int, tick: int) -> None:
    """Note that a party is free to leave at a tick; nothing moves after the deadline."""
    if tick > setting(g, t.HORIZON):
        return
    put(s, t.IS_PARTY, p, t.NEXT_TO_JOIN, t.NONE)
    if get(s, t.IS_JOINING, tick, 0) == t.NONE:
        put(s, t.IS_JOINING, tick, 0, p)
    else:
        put(s, t.IS_PARTY, get(s, t.IS_JOINING, tick, 1), t.NEXT_TO_JOIN, p)
    put(s, t.IS_JOINING, tick, 1, p)


@compiled
def enter(g: Tables, s: Tables, p: int, place: int, tick: int) -> None:
    """Count a party's way here, and its safety from now on."""
    who = original(g, p)
    row = at(s, t.IS_PARTY, p)
    if s.memory[row + t.IN_HAVEN] == t.NONE:
        m = get(s, t.IS_TRIP, s.memory[row + t.TRIP], t.T_MOVEMENT)
        rate = real(g, t.OF_LINK_RATE, get(g, t.OF_MOVE, m, t.LINK), 0)
        add_real(s, t.IS_DANGER, p, 0, (tick - s.memory[row + t.LEFT_AT]) * rate)
        if get(g, t.OF_PLACE, place, t.HAVEN):
            s.memory[row + t.IN_HAVEN] = tick
    if get(g, t.OF_PLACE, place, t.SHELTER) and s.memory[row + t.IN_SHELTER] == t.NONE:
        s.memory[row + t.IN_SHELTER] = tick
        if p < setting(g, t.PARTIES) and tick <= get(g, t.OF_PARTY, who, t.SAFE_BY):
            add(s, t.IS_CURVE, tick // 60, 0, get(g, t.OF_PARTY, who, t.SIZE))
    s.memory[row + t.ENTERED] = tick
    if p == who:
        put(s, t.IS_LET_IN, s.memory[row + t.LEG] - 1, 0, tick)


@compiled
def _step_from_door(s: Tables, p: int, place: int) -> None:
    """Take a party out of those who stand before a place."""
    before, there = t.NONE, get(s, t.IS_DOOR, place, 0)
    while there != p:
        before, there = there, get(s, t.IS_PARTY, there, t.NEXT_AT_DOOR)
    following = get(s, t.IS_PARTY, p, t.NEXT_AT_DOOR)
    if before == t.NONE:
        put(s, t.IS_DOOR, place, 0, following)
    else:
        put(s, t.IS_PARTY, before, t.NEXT_AT_DOOR, following)
    if following == t.NONE:
        put(s, t.IS_DOOR, place, 1, before)
    if get(s, t.IS_DOOR, place, 0) == t.NONE:
        add(s, t.IS_COUNTER, t.NUM_DOORS, 0, -1)


@compiled
def leave(g: Tables, s: Tables, p: int, trip: int, tick: int) -> int:
    """A party sets out on a trip; hands back the trip at whose door it still was, or NONE."""
    who, row = original(g, p), at(s, t.IS_PARTY, p)
    size = get(g, t.OF_PARTY, who, t.SIZE)
    m = get(s, t.IS_TRIP, trip, t.T_MOVEMENT)
    place = get(g, t.OF_MOVE, m, t.ORIGIN)
    left = t.NONE
    if s.memory[row + t.AT] == t.AT_DOOR:
        _step_from_door(s, p, place)
        enter(g, s, p, place, tick)
        left = s.memory[row + t.TRIP]
        add(s, t.IS_TRIP, left, t.T_AT_DOOR, -1)
    elif s.memory[row + t.AT] == t.INSIDE:
        add(s, t.IS_STOCK, place, 0, -size)
    if s.memory[row + t.AT] != t.FRESH:
        add(s, t.IS_CLAIMS, place, 0, -size)
        put(s, t.IS_FREED, place, 0, 1)
        put(s, t.IS_COUNTER, t.FREED, 0, 1)
    if s.memory[row + t.IN_HAVEN] == t.NONE and s.memory[row + t.AT] != t.FRESH:
        add_real(s, t.IS_DANGER, p, 0, stay_danger(g, place, s.memory[row + t.ENTERED], tick))
    add(s, t.IS_CLAIMS, get(g, t.OF_MOVE, m, t.DESTINATION), 0, size)
    add(s, t.IS_USED, place, tick // setting(g, t.SLOT), size)
    s.memory[row + t.AT] = t.UNDER_WAY
    s.memory[row + t.LEFT_AT] = tick
    s.memory[row + t.TRIP] = trip
    s.memory[row + t.NEXT_ABOARD] = t.NONE
    if p == who:
        put(s, t.IS_RODE, s.memory[row + t.LEG], 0, trip)
    if get(s, t.IS_TRIP, trip, t.T_FIRST) == t.NONE:
        put(s, t.IS_TRIP, trip, t.T_FIRST, p)
    else:
        put(s, t.IS_PARTY, get(s, t.IS_TRIP, trip, t.T_LAST), t.NEXT_ABOARD, p)
    put(s, t.IS_TRIP, trip, t.T_LAST, p)
    add(s, t.IS_TRIP, trip, t.T_PEOPLE, size)
    return left
