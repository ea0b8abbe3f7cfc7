"""Empty legs, booked backwards: a vehicle comes just in time to where it is wanted.

The dispatcher decides a departure at the minute it happens, when it knows who is there. How the
vehicle came is settled afterwards, out of what spots, slots and hours the time before still has.
So spots of a crowded place are used back to back, and no seat waits for people who are late.
"""

import numpy as np

from wayout.network.timeline import Int
from wayout.optimize.dispatch import state as booked
from wayout.optimize.dispatch import world as given
from wayout.optimize.dispatch.capacity import book_slots, hold_spot, may_depart, spots_left
from wayout.optimize.dispatch.compiled import compiled
from wayout.optimize.dispatch.tables import Tables, column, element, entry, table

MOST_HOPS = 4
"""Most empty legs in a row."""

H_ROW, H_BERTH, H_BEGINS, H_ENDS = range(4)
"""A hop's movement, and the spot held at its end."""

LONGEST_IDLE = 720
"""How far back a vehicle that is in the way may have gone home, in minutes."""

FAR = 1 << 28


@compiled
def add_movement(world: Tables, state: Tables, leg: int, vehicle: int, tick: int) -> int:
    """Append a movement to the timetable and book its slots and hours; returns its row."""
    counters, movement = column(state, booked.COUNTERS), table(state, booked.MOVEMENT)
    row = counters[booked.NUM_MOVEMENTS]
    counters[booked.NUM_MOVEMENTS] = row + 1
    movement[row, booked.M_LEG] = leg
    movement[row, booked.M_VEHICLE] = vehicle
    movement[row, booked.M_DEPART] = tick
    movement[row, booked.M_ARRIVE] = tick + entry(world, given.TRAVEL, leg)
    movement[row, booked.M_PEOPLE] = 0
    movement[row, booked.M_CANCELLED] = 0
    if vehicle >= 0:
        book_slots(world, state, leg, tick, 1)
    return row


@compiled
def switch(world: Tables, state: Tables, row: int, change: int) -> None:
    """Take a vehicle's movement out of the timetable (-1) or put it in again (+1)."""
    movement = table(state, booked.MOVEMENT)[row]
    movement[booked.M_CANCELLED] = 1 if change < 0 else 0
    book_slots(world, state, movement[booked.M_LEG], movement[booked.M_DEPART], change)


@compiled
def drop(world: Tables, state: Tables, row: int) -> None:
    """Take a movement out of the timetable for good; the last one gives its row back."""
    switch(world, state, row, -1)
    counters = column(state, booked.COUNTERS)
    if row == counters[booked.NUM_MOVEMENTS] - 1:
        counters[booked.NUM_MOVEMENTS] = row


@compiled
def holds_until(world: Tables, leg: int, arrival: int, leaves: int) -> int:
    """Until when a vehicle that arrives over a leg and leaves at a tick holds a spot (V6)."""
    fleet, place = entry(world, given.FLEET, leg), entry(world, given.DESTINATION, leg)
    if element(world, given.PARKS, fleet, place):
        return min(leaves, arrival + entry(world, given.GROUND, leg))
    return leaves


@compiled
def _spot_for(
    world: Tables, state: Tables, leg: int, arrival: int, checked: int, leaves: int
) -> bool:
    """Whether a vehicle finds a spot at the end of a leg; ticks from ``checked`` on are known."""
    fleet, place = entry(world, given.FLEET, leg), entry(world, given.DESTINATION, leg)
    ends = holds_until(world, leg, arrival, leaves)
    if element(world, given.PARKS, fleet, place) == 0:
        ends = min(ends, checked)
    berth = entry(world, given.DESTINATION_BERTH, leg)
    return spots_left(state, berth, arrival, ends) > 0


@compiled
def _last_of_other_slots(world: Tables, leg: int, departure: int) -> int:
    """The last tick before a departure that needs other slots: a full one stays so to its begin."""
    slot, travel = entry(world, given.SETTINGS, given.SLOT), entry(world, given.TRAVEL, leg)
    begins, arrives = departure // slot * slot, (departure + travel) // slot * slot - travel
    return max(begins, arrives) - 1


@compiled
def _arrival(world: Tables, state: Tables, leg: int, when: Int, early: int) -> int:
    """Latest bookable arrival over an empty leg, or -1.

    ``when``: earliest departure, latest arrival, and when the vehicle leaves again; ``early``
    counts only the minutes at which the leg is open, so that a vehicle may wait out a night.
    Wherever it waits it holds a spot, so that a tick without one ends the search.
    """
    travel, mask = entry(world, given.TRAVEL, leg), entry(world, given.MASK, leg)
    fleet, place = entry(world, given.FLEET, leg), entry(world, given.DESTINATION, leg)
    waits_free = element(world, given.PARKS, fleet, place)
    if when[1] < travel:
        return -1
    checked, departure = FAR, element(world, given.LAST_OPEN, mask, when[1] - travel)
    while departure >= when[0] and early >= 0:
        arrival, before = departure + travel, departure - 1
        if _spot_for(world, state, leg, arrival, checked, when[2]):
            if may_depart(world, state, leg, departure):
                return arrival
            before = _last_of_other_slots(world, leg, departure)
        elif not waits_free:
            return -1
        checked, early = arrival, early - (departure - before)
        departure = element(world, given.LAST_OPEN, mask, before) if before >= 0 else -1
    return -1


@compiled
def _best_arrival(world: Tables, state: Tables, leg: int, when: Int, early: int, best: Int) -> None:
    """The latest arrival over a leg or one beside it; ``best`` receives the leg and the arrival."""
    best[0], best[1], other = leg, -1, leg
    while True:
        arrival = _arrival(world, state, other, when, early)
        if arrival > best[1]:
            best[0], best[1] = other, arrival
        other = entry(world, given.BESIDE, other)
        if other == leg:
            return


@compiled
def _way(world: Tables, fleet: int, begins: int, ends: int, way: Int) -> int:
    """The quickest empty way between two places; returns how many legs, or -1 if there is none."""
    hop, num, place = table(world, given.HOP), 0, begins
    while place != ends:
        leg = hop[fleet * len(column(world, given.STAY)) + place, ends]
        if leg < 0 or num == MOST_HOPS:
            return -1
        way[num] = leg
        num += 1
        place = entry(world, given.DESTINATION, leg)
    return num


@compiled
def way_minutes(world: Tables, fleet: int, begins: int, ends: int) -> int:
    """Minutes of the quickest empty way with the ground times between its legs; FAR if none."""
    if begins == ends:
        return 0
    return element(world, given.HOP_MINUTES, fleet * len(column(world, given.STAY)) + begins, ends)


@compiled
def _switch_home(world: Tables, state: Tables, vehicle: int, change: int) -> None:
    """Take the way home that is booked for a vehicle out of the timetable (-1), or put it back."""
    it, movement = table(state, booked.VEHICLE)[vehicle], table(state, booked.MOVEMENT)
    if it[booked.V_HOME] < 0:
        return
    last = it[booked.V_HOME] + it[booked.V_HOPS] - 1
    for row in range(it[booked.V_HOME], last + 1):
        # Rows stand in the order in which they were booked: the last leg first.
        leg = movement[row, booked.M_LEG]
        leaves = FAR if row == it[booked.V_HOME] else movement[row - 1, booked.M_DEPART]
        arrival = movement[row, booked.M_ARRIVE]
        switch(world, state, row, change)
        hold_spot(
            state,
            entry(world, given.DESTINATION_BERTH, leg),
            arrival,
            holds_until(world, leg, arrival, leaves),
            change,
        )


@compiled
def _stays_until(state: Tables, vehicle: int) -> int:
    """The tick up to which a vehicle holds the spot where it stands."""
    it = table(state, booked.VEHICLE)[vehicle]
    if it[booked.V_HOME] < 0:
        return FAR
    last = it[booked.V_HOME] + it[booked.V_HOPS] - 1
    return element(state, booked.MOVEMENT, last, booked.M_DEPART)


@compiled
def give_up(world: Tables, state: Tables, vehicle: int, change: int) -> None:
    """Give up (-1) or take back (+1) the spot where a vehicle stands and its booked way home."""
    it = table(state, booked.VEHICLE)[vehicle]
    hold_spot(state, it[booked.V_BERTH], it[booked.V_READY], _stays_until(state, vehicle), change)
    _switch_home(world, state, vehicle, change)


@compiled
def take_back(world: Tables, state: Tables, vehicle: int, hops: Int, num: int) -> None:
    """Undo ``bring``: its ``num`` empty legs, and the spot that the vehicle gave up."""
    it = table(state, booked.VEHICLE)[vehicle]
    for hop in range(num - 1, -1, -1):
        hold_spot(state, hops[hop, H_BERTH], hops[hop, H_BEGINS], hops[hop, H_ENDS], -1)
        drop(world, state, hops[hop, H_ROW])
    hold_spot(state, it[booked.V_BERTH], it[booked.V_READY], hops[MOST_HOPS, 0], -1)
    give_up(world, state, vehicle, 1)


@compiled
def _book_hops(
    world: Tables, state: Tables, vehicle: int, way: Int, when: Int, early: int, hops: Int
) -> int:
    """Book the legs of a way, the last one first; returns how many could be."""
    it, latest, leaves = table(state, booked.VEHICLE)[vehicle], when[0], when[1]
    num, best = when[2], np.empty(2, dtype=np.int64)
    for step in range(num):
        leg = way[num - 1 - step]
        first = it[booked.V_READY] + way_minutes(
            world, it[booked.V_FLEET], it[booked.V_PLACE], entry(world, given.ORIGIN, leg)
        )
        _best_arrival(world, state, leg, np.array([first, latest, leaves]), early, best)
        leg, arrival = best[0], best[1]
        if arrival < 0:
            return step
        tick = arrival - entry(world, given.TRAVEL, leg)
        ends = holds_until(world, leg, arrival, leaves)
        berth = entry(world, given.DESTINATION_BERTH, leg)
        row = add_movement(world, state, leg, vehicle, tick)
        hops[step] = np.array([row, berth, arrival, ends])
        hold_spot(state, berth, arrival, ends, 1)
        leaves, latest = tick, tick - entry(world, given.GROUND, leg)
    return num


@compiled
def bring(
    world: Tables, state: Tables, vehicle: int, place: int, when: Int, early: int, hops: Int
) -> int:
    """Book a vehicle's empty way to a place; returns how many legs, or -1 if it cannot be.

    ``when`` is the latest arrival and the tick at which it leaves again, ``early`` how much too
    early it may arrive anywhere. The spot where it stands is given up from when it leaves, the
    ones on the way are held. ``hops`` (one row more than MOST_HOPS) receives what ``take_back``
    needs; its last row says when the vehicle leaves where it stands.
    """
    it = table(state, booked.VEHICLE)[vehicle]
    way = np.empty(MOST_HOPS, dtype=np.int64)
    num = _way(world, it[booked.V_FLEET], it[booked.V_PLACE], place, way)
    if num < 0:
        return -1
    give_up(world, state, vehicle, -1)
    done = _book_hops(world, state, vehicle, way, np.array([when[0], when[1], num]), early, hops)
    leaves = when[1]
    if done > 0:
        leaves = element(state, booked.MOVEMENT, hops[done - 1, H_ROW], booked.M_DEPART)
    promised = it[booked.V_HOME] >= 0 and leaves > it[booked.V_LEAVES_BY]
    stands = spots_left(state, it[booked.V_BERTH], it[booked.V_READY], leaves) > 0
    if done == num and stands and not promised:
        hold_spot(state, it[booked.V_BERTH], it[booked.V_READY], leaves, 1)
        hops[MOST_HOPS, 0] = leaves
        return num
    hops[MOST_HOPS, 0] = it[booked.V_READY]
    take_back(world, state, vehicle, hops, done)
    return -1


@compiled
def _longest_idle(state: Tables, berth: int, tick: int, but: int, stuck: Int) -> int:
    """The vehicle that has been ready longest on a berth's spots by a tick, or -1.

    Fleets marked in ``stuck`` are passed over.
    """
    vehicles, chosen = table(state, booked.VEHICLE), -1
    for vehicle in range(len(vehicles)):
        it = vehicles[vehicle]
        if it[booked.V_BERTH] != berth or it[booked.V_READY] > tick:
            continue
        if vehicle == but or it[booked.V_HOME] >= 0 or stuck[it[booked.V_FLEET]]:
            continue
        if chosen < 0 or it[booked.V_READY] < vehicles[chosen, booked.V_READY]:
            chosen = vehicle
    return chosen


@compiled
def _send_home(world: Tables, state: Tables, vehicle: int, leaves_by: int, tick: int) -> bool:
    """Book a way home for an idle vehicle that leaves where it stands by a minute, if there is.

    Something better may replace it that leaves by ``tick``.
    """
    it = table(state, booked.VEHICLE)[vehicle]
    base = entry(world, given.BASE, it[booked.V_FLEET])
    minutes = way_minutes(world, it[booked.V_FLEET], it[booked.V_PLACE], base)
    latest = min(leaves_by + minutes, entry(world, given.SETTINGS, given.HORIZON))
    hops = np.empty((MOST_HOPS + 1, 4), dtype=np.int64)
    num = bring(world, state, vehicle, base, np.array([latest, FAR]), LONGEST_IDLE, hops)
    if num <= 0:
        return False
    it[booked.V_HOME] = hops[0, H_ROW]
    it[booked.V_HOPS] = num
    column(state, booked.COUNTERS)[booked.SPARE_ROWS] -= num
    it[booked.V_LEAVES_BY] = tick
    return True


@compiled
def _leaves(world: Tables, state: Tables, vehicle: int, tick: int, soon: bool) -> bool:
    """Whether an idle vehicle can go home by a tick: as late as it can, or as soon as it can."""
    if not soon:
        return _send_home(world, state, vehicle, tick, tick)
    slot = entry(world, given.SETTINGS, given.SLOT)
    for leaves_by in range(element(state, booked.VEHICLE, vehicle, booked.V_READY), tick, slot):
        if _send_home(world, state, vehicle, leaves_by, tick):
            return True
    return _send_home(world, state, vehicle, tick, tick)


@compiled
def make_room(world: Tables, state: Tables, berth: int, tick: int, but: int, soon: bool) -> bool:
    """Promise a spot to another from a tick on: for one who idles there a way home is booked.

    Where the one who idled longest cannot go, one of another fleet may. ``soon``: as early as
    there is a slot, which leaves later slots to those who come free later.
    """
    if entry(state, booked.COUNTERS, booked.SPARE_ROWS) < MOST_HOPS:
        return False
    stuck = np.zeros(len(column(world, given.BASE)), dtype=np.int64)
    while True:
        vehicle = _longest_idle(state, berth, tick, but, stuck)
        if vehicle < 0:
            return False
        if _leaves(world, state, vehicle, tick, soon):
            return True
        stuck[element(state, booked.VEHICLE, vehicle, booked.V_FLEET)] = 1
