"""Loaded departures, decided at their minute: which leg, which vehicle, who is aboard."""

import numpy as np

from wayout.network.timeline import Real
from wayout.optimize.dispatch import state as booked
from wayout.optimize.dispatch import world as given
from wayout.optimize.dispatch.approach import (
    FAR,
    MOST_HOPS,
    add_movement,
    bring,
    drop,
    give_up,
    holds_until,
    make_room,
    take_back,
    way_minutes,
)
from wayout.optimize.dispatch.boarding import board, leave, processing_left, waiting_at, waiting_for
from wayout.optimize.dispatch.capacity import (
    count_loaded,
    count_present,
    hold_spot,
    leaves_slots,
    may_depart,
    room,
    spots_left,
)
from wayout.optimize.dispatch.compiled import compiled
from wayout.optimize.dispatch.state import Guide
from wayout.optimize.dispatch.tables import Tables, column, element, entry, table
from wayout.optimize.dispatch.waking import (
    NEVER,
    PEOPLE,
    QUEUE,
    ROOM,
    fewer_to_come,
    next_open,
    other_room,
    other_slots,
    sleep,
    stands_next,
    wake_all,
    wake_at,
    wake_into,
)
from wayout.optimize.dispatch.wanting import FULL, refused_until, short_of_people, wanted_now

NO = -1e18


@compiled
def add_arrival(world: Tables, state: Tables, row: int) -> None:
    """The people of a movement will be free to leave its destination after their stay there."""
    movement, head = table(state, booked.MOVEMENT)[row], column(state, booked.EVENT_HEAD)
    ahead = entry(world, given.DESTINATION, movement[booked.M_LEG])
    column(state, booked.COMING)[ahead] += movement[booked.M_PEOPLE]
    tick = movement[booked.M_ARRIVE] + entry(world, given.STAY, ahead)
    if tick >= len(head):
        return
    counters, event = column(state, booked.COUNTERS), table(state, booked.EVENT)
    number = counters[booked.NUM_EVENTS]
    counters[booked.NUM_EVENTS] = number + 1
    event[number, booked.E_NEXT] = head[tick]
    event[number, booked.E_MOVEMENT] = row
    head[tick] = number


@compiled
def set_out(world: Tables, state: Tables, row: int, people: int) -> None:
    """Count the people of a movement out of its origin and into its destination."""
    movement = table(state, booked.MOVEMENT)[row]
    leg, tick = movement[booked.M_LEG], movement[booked.M_DEPART]
    movement[booked.M_PEOPLE] = people
    cell = entry(world, given.SETTINGS, given.CELL)
    place, ahead = entry(world, given.ORIGIN, leg), entry(world, given.DESTINATION, leg)
    leave(world, state, place, tick, people, people)
    wake_at(world, state, place, QUEUE)
    wake_into(world, state, place)
    fewer_to_come(world, state, place, ahead, people)
    count_present(state, ahead, movement[booked.M_ARRIVE] // cell, people)
    add_arrival(world, state, row)


@compiled
def _aboard(world: Tables, state: Tables, guide: Guide, leg: int, now: int) -> int:
    """People who could be aboard a departure now."""
    place, ahead = entry(world, given.ORIGIN, leg), entry(world, given.DESTINATION, leg)
    people = element(world, given.SEATS, entry(world, given.FLEET, leg), now)
    people = min(people, waiting_for(world, state, leg, now))
    people = min(people, processing_left(world, state, place, now))
    if people <= 0:
        return 0
    arrival = now + entry(world, given.TRAVEL, leg)
    return min(people, room(world, state, guide, ahead, now, arrival))


@compiled
def _crowded(world: Tables, state: Tables, leg: int, now: int) -> bool:
    """Whether only a vehicle that stands where a leg begins can leave on it now."""
    fleet, place = entry(world, given.FLEET, leg), entry(world, given.ORIGIN, leg)
    if element(world, given.PARKS, fleet, place):
        return False
    berth, before = entry(world, given.ORIGIN_BERTH, leg), entry(world, given.GROUND, leg)
    return spots_left(state, berth, now - before, now) <= 0


@compiled
def _nearest(world: Tables, state: Tables, guide: Guide, leg: int, now: int) -> int:
    """The vehicle with the shortest empty way that can leave on a leg now, or -1.

    One that idles on a spot which others may need counts as nearer by ``idle`` times the minutes.
    Places that this try has passed over are left out. Where there is none, the pair's FREE_FROM
    is set to when there may be one.
    """
    fleet, place = entry(world, given.FLEET, leg), entry(world, given.ORIGIN, leg)
    ground, this_try = (
        entry(world, given.GROUND, leg),
        entry(state, booked.COUNTERS, booked.NUM_TRIES),
    )
    vehicles, first = table(state, booked.VEHICLE), column(world, given.FIRST_VEHICLE)
    tried, crowded = column(state, booked.TRIED), _crowded(world, state, leg, now)
    best, shortest, soonest = -1, 1e18, now if crowded else NEVER
    for vehicle in range(first[fleet], first[fleet + 1]):
        it = vehicles[vehicle]
        if tried[it[booked.V_PLACE]] == this_try:
            soonest = now
            continue
        if crowded and it[booked.V_PLACE] != place:
            continue
        minutes = way_minutes(world, fleet, it[booked.V_PLACE], place)
        before = 0 if it[booked.V_PLACE] == place else minutes + ground
        if it[booked.V_READY] + before > now:
            soonest = min(soonest, it[booked.V_READY] + before)
            continue
        cost = float(minutes)
        if it[booked.V_BERTH] >= 0:
            cost -= guide.idle * (now - before - it[booked.V_READY])
        if cost < shortest:
            best, shortest = vehicle, cost
    if best < 0:
        column(state, booked.FREE_FROM)[entry(world, given.PAIR, leg)] = soonest
    return best


@compiled
def _far_spot(world: Tables, state: Tables, leg: int, now: int) -> bool:
    """Whether a spot is free at the far end from the arrival of a departure now."""
    arrival = now + entry(world, given.TRAVEL, leg)
    ends = holds_until(world, leg, arrival, FAR)
    berth = entry(world, given.DESTINATION_BERTH, leg)
    return spots_left(state, berth, arrival, ends) > 0


@compiled
def _clear_far_spot(world: Tables, state: Tables, leg: int, vehicle: int, now: int) -> bool:
    """As ``_far_spot`` once the vehicle has left where it stands; others may have to give room."""
    arrival = now + entry(world, given.TRAVEL, leg)
    for _ in range(MOST_HOPS):
        give_up(world, state, vehicle, -1)
        free = _far_spot(world, state, leg, now)
        give_up(world, state, vehicle, 1)
        berth = entry(world, given.DESTINATION_BERTH, leg)
        if free or not make_room(world, state, berth, arrival, vehicle, False):
            return free
    return False


@compiled
def _leave_with(
    world: Tables, state: Tables, guide: Guide, leg: int, vehicle: int, now: int
) -> bool:
    """The vehicle leaves with who is there, if a party fits, and holds its spot at the far end."""
    it, group = table(state, booked.VEHICLE)[vehicle], guide.group[leg]
    place, ahead = entry(world, given.ORIGIN, leg), entry(world, given.DESTINATION, leg)
    row, most = (
        add_movement(world, state, leg, vehicle, now),
        _aboard(world, state, guide, leg, now),
    )
    people = board(world, state, row, leg, now, most)
    if people == 0:
        drop(world, state, row)
        return False
    set_out(world, state, row, people)
    count_loaded(world, state, leg, now)
    seats = element(world, given.SEATS, it[booked.V_FLEET], now)
    column(state, booked.DONE)[leg] += people * FULL // seats
    column(state, booked.DONE_GROUP)[group] += people * FULL // seats
    column(state, booked.SINCE)[place] = now
    if it[booked.V_HOME] >= 0:
        wake_all(state)
    arrival, berth = (
        now + entry(world, given.TRAVEL, leg),
        entry(world, given.DESTINATION_BERTH, leg),
    )
    hold_spot(state, berth, arrival, holds_until(world, leg, arrival, FAR), 1)
    stands_next(world, state, vehicle, ahead, berth, arrival + entry(world, given.GROUND, leg))
    return True


@compiled
def _begin_try(state: Tables) -> None:
    column(state, booked.COUNTERS)[booked.NUM_TRIES] += 1


@compiled
def _stands_apart(world: Tables, state: Tables, leg: int, vehicle: int) -> bool:
    """Whether what a vehicle gives up when it leaves cannot be a spot at the leg's far end."""
    it = table(state, booked.VEHICLE)[vehicle]
    ahead = entry(world, given.DESTINATION_BERTH, leg)
    return it[booked.V_BERTH] != ahead and it[booked.V_HOME] < 0


@compiled
def _depart(world: Tables, state: Tables, guide: Guide, leg: int, now: int) -> bool:
    """Let a vehicle leave on a leg now, if one can have come in time."""
    hops = np.empty((MOST_HOPS + 1, 4), dtype=np.int64)
    when = np.array([now - entry(world, given.GROUND, leg), now])
    _begin_try(state)
    this_try, blocked = entry(state, booked.COUNTERS, booked.NUM_TRIES), False
    while True:
        vehicle = _nearest(world, state, guide, leg, now)
        if vehicle < 0:
            return False
        place = element(state, booked.VEHICLE, vehicle, booked.V_PLACE)
        column(state, booked.TRIED)[place] = this_try
        apart = _stands_apart(world, state, leg, vehicle)
        if (blocked and apart) or not _clear_far_spot(world, state, leg, vehicle, now):
            blocked = blocked or apart
            continue
        num = bring(world, state, vehicle, entry(world, given.ORIGIN, leg), when, guide.early, hops)
        if num < 0:
            continue
        if (
            may_depart(world, state, leg, now)
            and _far_spot(world, state, leg, now)
            and _leave_with(world, state, guide, leg, vehicle, now)
        ):
            return True
        take_back(world, state, vehicle, hops, num)


@compiled
def _approach(world: Tables, state: Tables, guide: Guide, leg: int, now: int) -> float:
    """Hours of the empty approach to a leg; FAR when no vehicle can have come in time."""
    _begin_try(state)
    vehicle = _nearest(world, state, guide, leg, now)
    if vehicle < 0:
        return FAR
    it = table(state, booked.VEHICLE)[vehicle]
    minutes = way_minutes(
        world, it[booked.V_FLEET], it[booked.V_PLACE], entry(world, given.ORIGIN, leg)
    )
    return minutes / 60.0


@compiled
def _may_leave(world: Tables, state: Tables, guide: Guide, leg: int, now: int) -> bool:
    """Whether a departure is open, wanted and worth it; the leg sleeps if it is not.

    What is cheap to ask and often refused is asked first.
    """
    if not may_depart(world, state, leg, now):
        sleep(world, state, leg, next_open(world, leg, now), 0)
        return False
    if not leaves_slots(world, state, leg, now, guide.loaded):
        sleep(world, state, leg, other_slots(world, leg, now), 0)
        return False
    until = refused_until(world, state, guide, leg, now)
    if until > 0:
        sleep(world, state, leg, until, PEOPLE)
        return False
    people = _aboard(world, state, guide, leg, now)
    if people <= 0:
        sleep(world, state, leg, other_room(world, guide, leg, now), PEOPLE | ROOM)
        return False
    until = short_of_people(world, state, guide, leg, people, now)
    if until > 0:
        sleep(world, state, leg, until, PEOPLE | ROOM)
        return False
    return True


@compiled
def _score(world: Tables, state: Tables, guide: Guide, leg: int, now: int) -> float:
    """How much a departure is wanted now; NO when it cannot be or is not worth it."""
    if entry(state, booked.NEXT, leg) > now:
        return NO
    if entry(state, booked.FREE_FROM, entry(world, given.PAIR, leg)) > now:
        return NO
    if not _may_leave(world, state, guide, leg, now):
        return NO
    hours = _approach(world, state, guide, leg, now)
    if hours >= FAR:
        return NO
    hours += entry(world, given.TRAVEL, leg) / 60.0
    return wanted_now(world, state, guide, leg, now) - guide.late * hours


@compiled
def _rest(world: Tables, state: Tables, guide: Guide, leg: int, now: int, departed: bool) -> None:
    """A departure that was tried in vain rests twice as long as the last time."""
    failed = column(state, booked.FAILED)
    if departed:
        failed[leg] = 0
        return
    failed[leg] = min(guide.retry, max(guide.step, 2 * failed[leg]))
    if failed[leg] > guide.step:
        sleep(world, state, leg, now + failed[leg], ROOM)


@compiled
def _next_look(world: Tables, state: Tables, place: int, now: int) -> int:
    """The first tick after ``now`` at which some ride from a place may not be refused."""
    legs, soonest = column(world, given.LOADED), NEVER
    first = entry(world, given.LOADED_FROM, place)
    for index in range(first, entry(world, given.LOADED_FROM, place + 1)):
        free = entry(state, booked.FREE_FROM, entry(world, given.PAIR, legs[index]))
        soonest = min(soonest, max(free, entry(state, booked.NEXT, legs[index])))
    return max(soonest, now + 1)


@compiled
def serve(world: Tables, state: Tables, guide: Guide, scores: Real, place: int, now: int) -> None:
    """All departures of vehicles with people from a place at a tick, the most wanted first."""
    legs, total = column(world, given.LOADED), waiting_at(state, place)
    if total == 0:
        column(state, booked.WAITS_HERE)[place] |= PEOPLE
        column(state, booked.WAKE)[place] = NEVER
        return
    first, last = (
        entry(world, given.LOADED_FROM, place),
        entry(world, given.LOADED_FROM, place + 1),
    )
    fresh = True
    while True:
        best = first
        for index in range(first, last):
            if fresh:
                scores[index] = _score(world, state, guide, legs[index], now)
            if scores[index] > scores[best]:
                best = index
        if scores[best] <= NO:
            break
        fresh = _depart(world, state, guide, legs[best], now)
        if guide.retry > guide.step:
            _rest(world, state, guide, legs[best], now, fresh)
        scores[best] = NO
    column(state, booked.WAKE)[place] = _next_look(world, state, place, now)
