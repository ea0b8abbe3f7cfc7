"""Loaded departures, decided at their minute: which leg, which vehicle, who is aboard."""

import numpy as np

from wayout.network.timeline import Int, Real
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
    due,
    hold_spot,
    leaves_slots,
    may_depart,
    room,
    spots_left,
)
from wayout.optimize.dispatch.compiled import compiled
from wayout.optimize.dispatch.state import Guide
from wayout.optimize.dispatch.tables import Tables, column, element, entry, table

NO = -1e18
FULL = 1000
"""A full load in the units of DONE."""


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
    slot = entry(world, given.SETTINGS, given.SLOT)
    leave(world, state, entry(world, given.ORIGIN, leg), tick, people, people)
    ahead = entry(world, given.DESTINATION, leg)
    count_present(state, ahead, movement[booked.M_ARRIVE] // slot, people)
    add_arrival(world, state, row)


@compiled
def _to_come(world: Tables, state: Tables, place: int) -> int:
    """People who may still come to a place or are there."""
    upstream, coming, total = table(world, given.UPSTREAM), column(state, booked.COMING), 0
    for other in range(len(coming)):
        if upstream[other, place]:
            total += coming[other] + waiting_at(state, other)
    return total


@compiled
def _enough(world: Tables, state: Tables, guide: Guide, leg: int, people: int, now: int) -> bool:
    """Whether so many people are worth a departure: a share of the seats, or of all to come."""
    place = entry(world, given.ORIGIN, leg)
    if people >= guide.fill * element(world, given.SEATS, entry(world, given.FLEET, leg), now):
        return True
    if entry(world, given.HAVEN, place):
        return False
    if now >= entry(world, given.LAST, leg) - entry(world, given.GROUND, leg):
        return True
    if now - entry(state, booked.SINCE, place) >= guide.patience:
        return True
    return people >= guide.fill * _to_come(world, state, place)


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
def _wanted(world: Tables, state: Tables, guide: Guide, leg: int, now: int) -> float:
    """How much the relaxation wants a leg now; NO when it is ahead of what it wants."""
    origin, group = entry(world, given.ORIGIN, leg), guide.group[leg]
    own = due(guide.target, guide.length, leg, now) - entry(state, booked.DONE, leg) / FULL
    together = (
        due(guide.group_target, guide.length, group, now)
        - entry(state, booked.DONE_GROUP, group) / FULL
    )
    penalty = guide.penalty[leg, min(now // guide.length, guide.penalty.shape[1] - 1)]
    if entry(world, given.HAVEN, origin):
        if own < -guide.slack_onward:
            return NO
    elif own < -guide.slack_own or together < -guide.slack_group or penalty > guide.refuse:
        seats = element(world, given.SEATS, entry(world, given.FLEET, leg), now)
        berth, before = entry(world, given.ORIGIN_BERTH, leg), entry(world, given.GROUND, leg)
        idle = spots_left(state, berth, now - before, now) > guide.spare
        if not idle or penalty > guide.refuse or waiting_for(world, state, leg, now) < 3 * seats:
            return NO
    wanted = guide.weights[0] * min(own, guide.catch_up) + guide.bias[leg]
    wanted += guide.weights[1] * min(together, guide.catch_up)
    return wanted - guide.weights[2] * penalty


@compiled
def _nearest(world: Tables, state: Tables, guide: Guide, leg: int, now: int, tried: Int) -> int:
    """The vehicle with the shortest empty way that can leave on a leg now, or -1.

    One that idles on a spot which others may need counts as nearer by ``idle`` times the minutes.
    Places marked in ``tried`` are passed over.
    """
    fleet, place = entry(world, given.FLEET, leg), entry(world, given.ORIGIN, leg)
    ground, berth = entry(world, given.GROUND, leg), entry(world, given.ORIGIN_BERTH, leg)
    vehicles, first = table(state, booked.VEHICLE), column(world, given.FIRST_VEHICLE)
    parks = element(world, given.PARKS, fleet, place)
    crowded = not parks and spots_left(state, berth, now - ground, now) <= 0
    best, shortest = -1, 1e18
    for vehicle in range(first[fleet], first[fleet + 1]):
        it = vehicles[vehicle]
        if tried[it[booked.V_PLACE]] or (crowded and it[booked.V_PLACE] != place):
            continue
        minutes = way_minutes(world, fleet, it[booked.V_PLACE], place)
        before = 0 if it[booked.V_PLACE] == place else minutes + ground
        if it[booked.V_READY] + before > now:
            continue
        cost = float(minutes)
        if it[booked.V_BERTH] >= 0:
            cost -= guide.idle * (now - before - it[booked.V_READY])
        if cost < shortest:
            best, shortest = vehicle, cost
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
    arrival, berth = (
        now + entry(world, given.TRAVEL, leg),
        entry(world, given.DESTINATION_BERTH, leg),
    )
    hold_spot(state, berth, arrival, holds_until(world, leg, arrival, FAR), 1)
    parks = element(world, given.PARKS, it[booked.V_FLEET], ahead)
    it[booked.V_BERTH] = -1 if parks else berth
    it[booked.V_HOME] = -1
    it[booked.V_PLACE] = ahead
    it[booked.V_READY] = arrival + entry(world, given.GROUND, leg)
    return True


@compiled
def _depart(world: Tables, state: Tables, guide: Guide, leg: int, now: int) -> bool:
    """Let a vehicle leave on a leg now, if one can have come in time."""
    tried = np.zeros(len(column(world, given.STAY)), dtype=np.int64)
    hops = np.empty((MOST_HOPS + 1, 4), dtype=np.int64)
    when = np.array([now - entry(world, given.GROUND, leg), now])
    while True:
        vehicle = _nearest(world, state, guide, leg, now, tried)
        if vehicle < 0:
            return False
        place = element(state, booked.VEHICLE, vehicle, booked.V_PLACE)
        tried[place] = 1
        if not _clear_far_spot(world, state, leg, vehicle, now):
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
    vehicle = _nearest(
        world, state, guide, leg, now, np.zeros(len(column(world, given.STAY)), np.int64)
    )
    if vehicle < 0:
        return FAR
    it = table(state, booked.VEHICLE)[vehicle]
    minutes = way_minutes(
        world, it[booked.V_FLEET], it[booked.V_PLACE], entry(world, given.ORIGIN, leg)
    )
    return minutes / 60.0


@compiled
def _score(world: Tables, state: Tables, guide: Guide, leg: int, now: int) -> float:
    """How much a departure is wanted now; NO when it cannot be or is not worth it.

    What is cheap to ask and often refused is asked first.
    """
    if not may_depart(world, state, leg, now):
        return NO
    if not leaves_slots(world, state, leg, now, guide.loaded):
        return NO
    hours = _approach(world, state, guide, leg, now)
    if hours >= FAR:
        return NO
    people = _aboard(world, state, guide, leg, now)
    if people <= 0 or not _enough(world, state, guide, leg, people, now):
        return NO
    wanted = _wanted(world, state, guide, leg, now)
    hours += entry(world, given.TRAVEL, leg) / 60.0
    return NO if wanted <= NO else wanted - guide.late * hours


@compiled
def serve(world: Tables, state: Tables, guide: Guide, scores: Real, place: int, now: int) -> None:
    """All departures of vehicles with people from a place at a tick, the most wanted first."""
    legs, total = column(world, given.LOADED), waiting_at(state, place)
    first, last = (
        entry(world, given.LOADED_FROM, place),
        entry(world, given.LOADED_FROM, place + 1),
    )
    fresh = True
    while total > 0 and last > first:
        best = first
        for index in range(first, last):
            if fresh:
                scores[index] = _score(world, state, guide, legs[index], now)
            if scores[index] > scores[best]:
                best = index
        if scores[best] <= NO:
            return
        fresh = _depart(world, state, guide, legs[best], now)
        scores[best] = NO
