"""When a place has to be looked at again: nothing is asked twice while its answer stays the same.

A leg that is refused *sleeps* until the first tick at which the reason may be gone: the slot, the
day or the bucket ends, a vehicle can be there, patience runs out. What time alone does not bring
wakes it before: people who become free at its origin (PEOPLE), people who leave its destination
(ROOM), people who leave its origin (QUEUE, where the first in the queue did not fit). A tick that
is too early costs a look in vain; none may be too late, so that a dispatch is the same as if every
leg were looked at at every tick.
"""

from wayout.optimize.dispatch import state as booked
from wayout.optimize.dispatch import world as given
from wayout.optimize.dispatch.approach import way_minutes
from wayout.optimize.dispatch.capacity import DAY
from wayout.optimize.dispatch.compiled import compiled
from wayout.optimize.dispatch.state import Guide
from wayout.optimize.dispatch.tables import Tables, column, element, entry, table

PEOPLE, ROOM, QUEUE = 1, 2, 4
"""What may wake a leg before its time, as bits."""

NEVER = 1 << 40


@compiled
def sleep(world: Tables, state: Tables, leg: int, until: int, reasons: int) -> None:
    """A leg is not looked at before a tick unless one of the reasons is gone."""
    column(state, booked.NEXT)[leg] = until
    column(state, booked.REASONS)[leg] = reasons
    column(state, booked.WAITS_HERE)[entry(world, given.ORIGIN, leg)] |= reasons
    column(state, booked.WAITS_AHEAD)[entry(world, given.DESTINATION, leg)] |= reasons & ROOM


@compiled
def wake_at(world: Tables, state: Tables, place: int, reason: int) -> None:
    """Something has changed at a place for the legs from it."""
    if entry(state, booked.WAITS_HERE, place) & reason == 0:
        return
    legs, reasons = column(world, given.LEAVING), column(state, booked.REASONS)
    following = column(state, booked.NEXT)
    first = entry(world, given.LEAVING_FROM, place)
    for index in range(first, entry(world, given.LEAVING_FROM, place + 1)):
        if reasons[legs[index]] & reason:
            following[legs[index]] = 0
    column(state, booked.WAITS_HERE)[place] &= ~reason
    column(state, booked.WAKE)[place] = 0


@compiled
def wake_into(world: Tables, state: Tables, place: int) -> None:
    """Somebody has left a place: for the legs into it there may be room."""
    if entry(state, booked.WAITS_AHEAD, place) == 0:
        return
    legs, reasons = column(world, given.COMING_IN), column(state, booked.REASONS)
    following, wake = column(state, booked.NEXT), column(state, booked.WAKE)
    first = entry(world, given.COMING_IN_FROM, place)
    for index in range(first, entry(world, given.COMING_IN_FROM, place + 1)):
        if reasons[legs[index]] & ROOM:
            following[legs[index]] = 0
            wake[entry(world, given.ORIGIN, legs[index])] = 0
    column(state, booked.WAITS_AHEAD)[place] = 0


@compiled
def wake_all(state: Tables) -> None:
    """Look at everything: the guide has changed, or seats, or what was booked is free again."""
    column(state, booked.NEXT)[:] = 0
    column(state, booked.REASONS)[:] = 0
    column(state, booked.WAITS_HERE)[:] = 0
    column(state, booked.WAITS_AHEAD)[:] = 0
    column(state, booked.WAKE)[:] = 0
    column(state, booked.FREE_FROM)[:] = 0


@compiled
def _vehicle_comes(world: Tables, state: Tables, vehicle: int) -> None:
    """A vehicle stands, or will, at another place: it may be wanted wherever it can come to."""
    it = table(state, booked.VEHICLE)[vehicle]
    fleet, place, ready = it[booked.V_FLEET], it[booked.V_PLACE], it[booked.V_READY]
    places, free = column(world, given.PAIR_PLACE), column(state, booked.FREE_FROM)
    wake, ground = column(state, booked.WAKE), entry(world, given.FLEET_GROUND, fleet)
    first = entry(world, given.PAIR_FROM, fleet)
    for pair in range(first, entry(world, given.PAIR_FROM, fleet + 1)):
        begins = ready
        if places[pair] != place:
            begins += way_minutes(world, fleet, place, places[pair]) + ground
        if begins < free[pair]:
            free[pair] = begins
            wake[places[pair]] = min(wake[places[pair]], begins)


@compiled
def stands_next(
    world: Tables, state: Tables, vehicle: int, place: int, berth: int, ready: int
) -> None:
    """A vehicle stands at a place next, on a spot of the berth unless it may park there."""
    it = table(state, booked.VEHICLE)[vehicle]
    it[booked.V_BERTH] = -1 if element(world, given.PARKS, it[booked.V_FLEET], place) else berth
    it[booked.V_HOME] = -1
    it[booked.V_PLACE] = place
    it[booked.V_READY] = ready
    _vehicle_comes(world, state, vehicle)


@compiled
def other_slots(world: Tables, leg: int, now: int) -> int:
    """The next tick at which a departure needs another slot somewhere, or another day's hours."""
    slot, arrival = entry(world, given.SETTINGS, given.SLOT), now + entry(world, given.TRAVEL, leg)
    return min(now + slot - now % slot, now + slot - arrival % slot, now + DAY - now % DAY)


@compiled
def other_room(world: Tables, guide: Guide, leg: int, now: int) -> int:
    """The next tick at which more people may fit in at the far end, or into other slots."""
    if guide.ease[entry(world, given.DESTINATION, leg)] > 0.0:
        return now + 1
    cell, arrival = entry(world, given.SETTINGS, given.CELL), now + entry(world, given.TRAVEL, leg)
    return min(now + cell - arrival % cell, other_slots(world, leg, now))


@compiled
def next_open(world: Tables, leg: int, now: int) -> int:
    """The next tick at which a leg that may not depart is open or needs other slots."""
    until, mask = other_slots(world, leg, now), entry(world, given.MASK, leg)
    if element(world, given.POSSIBLE, mask, now):
        return until
    ticks = entry(world, given.SETTINGS, given.HORIZON) + 1
    for tick in range(now + 1, min(until, ticks)):
        if element(world, given.POSSIBLE, mask, tick):
            return tick
    return until


@compiled
def set_to_come(world: Tables, state: Tables) -> None:
    """Count who is at each place with rides or may still come to it."""
    total, coming = column(state, booked.TO_COME), column(state, booked.COMING)
    down, waiting = column(world, given.DOWN), table(state, booked.WAITING)
    total[:] = 0
    for place in range(len(coming)):
        here = coming[place]
        for group in range(waiting.shape[1]):
            here += waiting[place, group]
        for index in range(
            entry(world, given.DOWN_FROM, place), entry(world, given.DOWN_FROM, place + 1)
        ):
            total[down[index]] += here


@compiled
def fewer_to_come(world: Tables, state: Tables, place: int, ahead: int, people: int) -> None:
    """People at a place go on to another, or (-1) nowhere: those who hoped for them know it."""
    down, total = column(world, given.DOWN), column(state, booked.TO_COME)
    for index in range(
        entry(world, given.DOWN_FROM, place), entry(world, given.DOWN_FROM, place + 1)
    ):
        if ahead < 0 or element(world, given.UPSTREAM, ahead, down[index]) == 0:
            total[down[index]] -= people
            wake_at(world, state, down[index], PEOPLE)


@compiled
def come_home(world: Tables, state: Tables, now: int) -> None:
    """Vehicles whose booked way home has happened stand at their base."""
    vehicles, movement = table(state, booked.VEHICLE), table(state, booked.MOVEMENT)
    for vehicle in range(len(vehicles)):
        it = vehicles[vehicle]
        if it[booked.V_HOME] < 0:
            continue
        last = movement[it[booked.V_HOME]]
        ready = last[booked.M_ARRIVE] + entry(world, given.GROUND, last[booked.M_LEG])
        if ready <= now:
            base = entry(world, given.BASE, it[booked.V_FLEET])
            stands_next(world, state, vehicle, base, -1, ready)
