"""A replication from the first minute to the deadline."""

from wayout.compiling import lent
from wayout.simulate.compiled import compiled
from wayout.simulate.engine import tables as t
from wayout.simulate.engine.arriving import land, land_holding, let_in, make_ready, release_spot
from wayout.simulate.engine.calendar import close
from wayout.simulate.engine.departing import DAY, depart_on_time
from wayout.simulate.engine.exchanging import awaited, change_places
from wayout.simulate.engine.people import join, join_later, stay_danger
from wayout.simulate.engine.tables import (
    Tables,
    add,
    add_real,
    at,
    counter,
    get,
    put,
    put_real,
    setting,
)
from wayout.simulate.engine.waiting import attempt_waiting
from wayout.simulate.engine.walking import serve_lines, set_out_on_time


@compiled
def _gather(g: Tables, s: Tables) -> None:
    """People where they are at first: those who come, and walk-ins beside them."""
    num = setting(g, t.PARTIES)
    for p in range(num):
        party, row = at(g, t.OF_PARTY, p), at(s, t.IS_PARTY, p)
        first, place = g.memory[party + t.FIRST_LEG], g.memory[party + t.PLACE]
        s.memory[row + t.LEG] = first
        s.memory[row + t.FREE_FROM] = g.memory[party + t.READY]
        s.memory[row + t.ENTERED] = 0
        s.memory[row + t.AT] = t.AWAY if get(s, t.IS_ABSENT, p, 0) else t.INSIDE
        if get(s, t.IS_ABSENT, p, 0):
            continue
        size = g.memory[party + t.SIZE]
        add(s, t.IS_STOCK, place, 0, size)
        add(s, t.IS_CLAIMS, place, 0, size)
        if get(g, t.OF_PLACE, place, t.HAVEN):
            s.memory[row + t.IN_HAVEN] = 0
        if get(g, t.OF_PLACE, place, t.SHELTER):
            s.memory[row + t.IN_SHELTER] = 0
            add(s, t.IS_CURVE, 0, 0, size)
        if get(s, t.IS_WALK_IN, p, 0) and first < g.memory[party + t.AFTER_LEG]:
            _bring_along(g, s, num + p, first)


@compiled
def _bring_along(g: Tables, s: Tables, p: int, first: int) -> None:
    """A walk-in stands in line from the minute at which the party it repeats should set out."""
    due = get(g, t.OF_MOVE, get(g, t.OF_LEG, first, 0), t.DEPART)
    put(s, t.IS_PARTY, p, t.LEG, first)
    put(s, t.IS_PARTY, p, t.FREE_FROM, due)
    put(s, t.IS_PARTY, p, t.AT, t.FRESH)
    join_later(g, s, p, due)


@compiled
def _start(g: Tables, s: Tables) -> None:
    _gather(g, s)
    for vehicle in range(setting(g, t.VEHICLES)):
        m = get(g, t.OF_FIRST_TURN, vehicle, 0)
        make_ready(g, s, vehicle, m, get(g, t.OF_FLEET, get(g, t.OF_MOVE, m, t.FLEET), t.SINCE))


@compiled
def _release_spots(g: Tables, s: Tables, tick: int) -> None:
    """Vehicles at their base leave their spots after their time on the ground."""
    vehicle = get(s, t.IS_RELEASING, tick, 0)
    while vehicle != t.NONE:
        berth = get(s, t.IS_VEHICLE, vehicle, t.ON_SPOT)
        if berth != t.NONE:
            release_spot(g, s, vehicle, berth)
        vehicle = get(s, t.IS_VEHICLE, vehicle, t.NEXT_RELEASE)


@compiled
def _arrive(g: Tables, s: Tables, tick: int) -> None:
    """Trips that are due; those that find no spot hold."""
    trip = get(s, t.IS_ARRIVING, tick, 0)
    while trip != t.NONE:
        following = get(s, t.IS_TRIP, trip, t.T_NEXT)
        if not land(g, s, trip, tick):
            put(s, t.IS_HOLDING, counter(s, t.NUM_HOLDING), 0, trip)
            add(s, t.IS_COUNTER, t.NUM_HOLDING, 0, 1)
        trip = following


@compiled
def _join(g: Tables, s: Tables, tick: int) -> None:
    """Parties that are free to leave later than was planned."""
    p = get(s, t.IS_JOINING, tick, 0)
    while p != t.NONE:
        following = get(s, t.IS_PARTY, p, t.NEXT_TO_JOIN)
        join(g, s, p, tick)
        p = following


@compiled
def _book(g: Tables, s: Tables, m: int, sign: int) -> None:
    """A movement's bookings: used now, or given back for others."""
    move, slot_minutes = at(g, t.OF_MOVE, m), setting(g, t.SLOT)
    slot = g.memory[move + t.DEPART] // slot_minutes
    arrival = (g.memory[move + t.DEPART] + g.memory[move + t.TRAVEL]) // slot_minutes
    add(s, t.IS_BOOKED, g.memory[move + t.ORIGIN], slot, sign * g.memory[move + t.PEOPLE])
    first = setting(g, t.PLACES)
    if g.memory[move + t.VEHICLE] == t.NONE:
        add(s, t.IS_BOOKED, first + g.memory[move + t.LINK], slot, sign * g.memory[move + t.PEOPLE])
        return
    first += setting(g, t.LINKS)
    add(s, t.IS_BOOKED, first + g.memory[move + t.LINK], slot, sign)
    first += setting(g, t.LINKS)
    if g.memory[move + t.FROM_BERTH] != t.NONE:
        add(s, t.IS_BOOKED, first + g.memory[move + t.FROM_BERTH], slot, sign)
    if g.memory[move + t.TO_BERTH] != t.NONE:
        add(s, t.IS_BOOKED, first + g.memory[move + t.TO_BERTH], arrival, sign)
    day = g.memory[move + t.DEPART] // DAY
    add(s, t.IS_HOURS_BOOKED, g.memory[move + t.FLEET], day, sign * g.memory[move + t.TRAVEL])


@compiled
def _leaving(g: Tables, s: Tables, m: int, sign: int) -> None:
    """What a movement planned for this minute will free."""
    move = at(g, t.OF_MOVE, m)
    add(s, t.IS_LEAVING, g.memory[move + t.ORIGIN], 0, sign * g.memory[move + t.PEOPLE])
    berth = g.memory[move + t.FROM_BERTH]
    if berth != t.NONE and get(s, t.IS_VEHICLE, g.memory[move + t.VEHICLE], t.ON_SPOT) == berth:
        add(s, t.IS_LEAVING, setting(g, t.PLACES) + berth, 0, sign)


@compiled
def _go(g: Tables, s: Tables, m: int, tick: int) -> None:
    """A movement at its planned minute."""
    _book(g, s, m, -1)
    put(s, t.IS_MOVE, m, t.RESOLVED, 1)
    _leaving(g, s, m, -1)
    if get(g, t.OF_MOVE, m, t.VEHICLE) == t.NONE:
        set_out_on_time(g, s, m, tick)
    else:
        depart_on_time(g, s, m, tick)


@compiled
def _depart(g: Tables, s: Tables, first: int, tick: int) -> int:
    """Everything planned for this minute, in the order of the plan; where the plan goes on.

    Whoever awaits people aboard a vehicle that holds goes last.
    """
    after = first
    while after < setting(g, t.MOVES) and get(g, t.OF_MOVE, after, t.DEPART) == tick:
        _leaving(g, s, after, 1)
        after += 1
    for m in range(first, after):
        if awaited(g, s, m) == t.NONE:
            _go(g, s, m, tick)
    for m in range(first, after):
        if get(s, t.IS_MOVE, m, t.RESOLVED) == 0:
            change_places(g, s, m, tick, True)
            _go(g, s, m, tick)
    return after


@compiled
def _any_freed(g: Tables, s: Tables) -> bool:
    num = 0
    for stock in range(setting(g, t.STOCKS)):
        num += get(s, t.IS_FREED, stock, 0)
    return num > 0


@compiled
def _forget_freed(g: Tables, s: Tables) -> None:
    for stock in range(setting(g, t.STOCKS)):
        put(s, t.IS_FREED, stock, 0, 0)


@compiled
def _settle(g: Tables, s: Tables, tick: int) -> None:
    """What can still happen at this minute: lines, late vehicles, doors; until nothing changes."""
    again = True
    while again:
        if counter(s, t.NUM_HOLDING):
            land_holding(g, s, tick)
        if counter(s, t.NUM_DOORS):
            for place in range(setting(g, t.PLACES)):
                let_in(g, s, place, tick)
        put(s, t.IS_COUNTER, t.FREED, 0, 0)
        freed = _any_freed(g, s)
        woken = freed and counter(s, t.NUM_WAKING) > 0
        if woken or counter(s, t.NEXT_WAITING) <= tick:
            attempt_waiting(g, s, tick)
        if freed or counter(s, t.NEXT_LINE) <= tick:
            serve_lines(g, s, tick)
        again = counter(s, t.FREED) == 1
        if not again:
            _forget_freed(g, s)
            again = counter(s, t.NEXT_WAITING) <= tick or counter(s, t.NEXT_LINE) <= tick


@compiled
def _count_danger(g: Tables, s: Tables) -> None:
    """Danger from the deadline to the end, and of those who came late: all of it where they were.

    Who is under way at the deadline counts as if they had never left.
    """
    end = setting(g, t.END)
    for p in range(setting(g, t.PARTIES)):
        row, party = at(s, t.IS_PARTY, p), at(g, t.OF_PARTY, p)
        haven, where = s.memory[row + t.IN_HAVEN], s.memory[row + t.AT]
        if where == t.AWAY or (haven != t.NONE and haven <= g.memory[party + t.SAFE_BY]):
            continue
        if where == t.INSIDE and haven == t.NONE:
            trip, place = s.memory[row + t.TRIP], g.memory[party + t.PLACE]
            if trip != t.NONE:
                place = get(g, t.OF_MOVE, get(s, t.IS_TRIP, trip, t.T_MOVEMENT), t.DESTINATION)
            add_real(s, t.IS_DANGER, p, 0, stay_danger(g, place, s.memory[row + t.ENTERED], end))
        else:
            put_real(s, t.IS_DANGER, p, 0, stay_danger(g, g.memory[party + t.PLACE], 0, end))


@compiled
def _run(g: Tables, s: Tables) -> None:
    _start(g, s)
    position = closure = 0
    for tick in range(setting(g, t.HORIZON) + 1):
        while closure < counter(s, t.NUM_CLOSURES) and get(s, t.IS_CLOSURE, closure, 0) <= tick:
            close(g, s, closure)
            closure += 1
        if get(s, t.IS_RELEASING, tick, 0) != t.NONE:
            _release_spots(g, s, tick)
        if get(s, t.IS_ARRIVING, tick, 0) != t.NONE:
            _arrive(g, s, tick)
        if get(s, t.IS_JOINING, tick, 0) != t.NONE:
            _join(g, s, tick)
        if position < setting(g, t.MOVES) and get(g, t.OF_MOVE, position, t.DEPART) == tick:
            position = _depart(g, s, position, tick)
        busy = counter(s, t.NUM_HOLDING) + counter(s, t.NUM_DOORS) + counter(s, t.FREED)
        if busy or counter(s, t.NEXT_WAITING) <= tick or counter(s, t.NEXT_LINE) <= tick:
            _settle(g, s, tick)
    _count_danger(g, s)


@compiled
def run(g: Tables, s: Tables) -> None:
    """Run a replication in a fresh state, to the deadline."""
    _run(lent(g), lent(s))
