"""The dispatch loop: minute by minute, arrivals, decisions, departures, walks. Compiled."""

import numpy as np

from wayout.network.timeline import Real
from wayout.optimize.dispatch import state as booked
from wayout.optimize.dispatch import world as given
from wayout.optimize.dispatch.boarding import (
    announce,
    board,
    enqueue,
    leave,
    processing_left,
    waiting_for,
    walk_limit,
)
from wayout.optimize.dispatch.capacity import count_present
from wayout.optimize.dispatch.compiled import compiled
from wayout.optimize.dispatch.rotation import MILLION, add_event, add_movement, decide
from wayout.optimize.dispatch.state import Guide
from wayout.optimize.dispatch.tables import Tables, column, table

MEMORY_MINUTES = 180
"""Over how long the arrival rate at a place is averaged."""


@compiled
def _release_ready(world: Tables, state: Tables, now: int) -> None:
    """Parties that become ready join the queue of their place."""
    counters, order = column(state, booked.COUNTERS), column(world, given.BY_READY)
    ready, place = column(world, given.READY), column(world, given.PLACE)
    position = counters[booked.NEXT_READY]
    while position < len(order) and ready[order[position]] <= now:
        enqueue(world, state, place[order[position]], order[position])
        position += 1
    counters[booked.NEXT_READY] = position


@compiled
def _arrive(world: Tables, state: Tables, row: int) -> None:
    """The people of a movement are free to leave its destination."""
    movement, loads = table(state, booked.MOVEMENT), table(state, booked.LOAD)
    place = column(world, given.DESTINATION)[movement[row, booked.M_LEG]]
    load = column(state, booked.FIRST_LOAD)[row]
    while load >= 0:
        enqueue(world, state, place, loads[load, 1])
        load = loads[load, 0]
    column(state, booked.INFLOW)[place] += (
        movement[row, booked.M_PEOPLE] * MILLION // MEMORY_MINUTES
    )


@compiled
def _go_exit(world: Tables, state: Tables, row: int) -> None:
    """The booked way on is taken, unless something better took its place."""
    movement = table(state, booked.MOVEMENT)
    if movement[row, booked.M_CANCELLED]:
        return
    vehicle, last = movement[row, booked.M_VEHICLE], row
    while movement[last, booked.M_CREDIT] > 0:
        last = movement[last, booked.M_CREDIT]
    leg = movement[last, booked.M_LEG]
    it = table(state, booked.VEHICLE)[vehicle]
    it[booked.V_IDLE] = 0
    it[booked.V_EXIT] = -1
    it[booked.V_PLACE] = column(world, given.DESTINATION)[leg]
    ready = movement[last, booked.M_ARRIVE] + column(world, given.GROUND)[leg]
    add_event(state, ready, booked.READY_AGAIN, vehicle)


@compiled
def _depart(world: Tables, state: Tables, row: int, now: int) -> None:
    """A booked vehicle leaves with who is there; what was booked for them is set right."""
    movement = table(state, booked.MOVEMENT)
    if movement[row, booked.M_KIND] == booked.EXIT:
        _go_exit(world, state, row)
        return
    leg, reserved, credit = (
        movement[row, booked.M_LEG],
        movement[row, booked.M_RESERVED],
        movement[row, booked.M_CREDIT],
    )
    place, ahead = column(world, given.ORIGIN)[leg], column(world, given.DESTINATION)[leg]
    people = board(
        world, state, row, leg, now, min(reserved, processing_left(world, state, place, now))
    )
    movement[row, booked.M_PEOPLE] = people
    table(state, booked.PROMISED)[place, column(world, given.HAVEN)[place]] -= reserved
    arrival = movement[row, booked.M_ARRIVE]
    if people != reserved:
        count_present(
            state, ahead, arrival // column(world, given.SETTINGS)[given.SLOT], people - reserved
        )
        announce(world, state, ahead, arrival, people - reserved)
        haven = column(world, given.HAVEN)
        if haven[ahead] and not haven[place]:
            column(state, booked.COUNTERS)[booked.UNCALLED] += reserved - people
    leave(world, state, place, now, people - credit, people)
    if people > 0:
        add_event(state, arrival + column(world, given.STAY)[ahead], booked.ARRIVAL, row)


@compiled
def _walk(world: Tables, state: Tables, guide: Guide, leg: int, now: int) -> None:
    """People set out by themselves over a link, as many as everything ahead allows."""
    if table(world, given.POSSIBLE)[column(world, given.MASK)[leg], now] == 0:
        return
    if waiting_for(world, state, leg, now) == 0:
        return
    most = walk_limit(world, state, leg, now, guide.stock_slots)
    if most <= 0:
        return
    row = add_movement(world, state, leg, -1, now, 0, booked.LOADED)
    people = board(world, state, row, leg, now, most)
    if people == 0:
        column(state, booked.COUNTERS)[booked.NUM_MOVEMENTS] = row
        return
    table(state, booked.MOVEMENT)[row, booked.M_PEOPLE] = people
    slot = column(world, given.SETTINGS)[given.SLOT]
    table(state, booked.LINK_PEOPLE_USED)[column(world, given.LINK)[leg], now // slot] += people
    leave(world, state, column(world, given.ORIGIN)[leg], now, people, people)
    arrival, ahead = now + column(world, given.TRAVEL)[leg], column(world, given.DESTINATION)[leg]
    count_present(state, ahead, arrival // slot, people)
    announce(world, state, ahead, arrival, people)
    add_event(state, arrival + column(world, given.STAY)[ahead], booked.ARRIVAL, row)


@compiled
def _wake(world: Tables, state: Tables, guide: Guide, scores: Real, now: int) -> None:
    """Ask every idle vehicle; equal vehicles at the same place are asked until one declines."""
    vehicles, places = table(state, booked.VEHICLE), len(column(world, given.STAY))
    declined = np.zeros(len(column(world, given.NUMBER)) * places, dtype=np.bool_)
    for vehicle in range(len(vehicles)):
        if vehicles[vehicle, booked.V_IDLE] == 0:
            continue
        kind = vehicles[vehicle, booked.V_FLEET] * places + vehicles[vehicle, booked.V_PLACE]
        if declined[kind]:
            continue
        if decide(world, state, guide, scores, vehicle, now):
            vehicles[vehicle, booked.V_IDLE] = 0
        else:
            declined[kind] = True


@compiled
def _arrivals(world: Tables, state: Tables, guide: Guide, scores: Real, now: int) -> None:
    """People and vehicles that become free at a tick; vehicles decide at once."""
    events, vehicles = table(state, booked.EVENT), table(state, booked.VEHICLE)
    event = column(state, booked.EVENT_HEAD)[now]
    while event >= 0:
        if events[event, 1] == booked.ARRIVAL:
            _arrive(world, state, events[event, 2])
        elif events[event, 1] == booked.READY_AGAIN:
            vehicles[events[event, 2], booked.V_IDLE] = 1
        event = events[event, 0]
    event = column(state, booked.EVENT_HEAD)[now]
    while event >= 0:
        vehicle = events[event, 2]
        if events[event, 1] == booked.READY_AGAIN and decide(
            world, state, guide, scores, vehicle, now
        ):
            vehicles[vehicle, booked.V_IDLE] = 0
        event = events[event, 0]


@compiled
def _departures(world: Tables, state: Tables, now: int) -> None:
    events = table(state, booked.EVENT)
    event = column(state, booked.EVENT_HEAD)[now]
    while event >= 0:
        if events[event, 1] == booked.DEPARTURE:
            _depart(world, state, events[event, 2], now)
        event = events[event, 0]


@compiled
def dispatch(world: Tables, state: Tables, guide: Guide) -> None:
    """Run the operation from the first tick to the deadline, filling ``state``."""
    inflow, walks = column(state, booked.INFLOW), column(world, given.WALKS)
    scores = np.zeros(len(column(world, given.LOADED)), dtype=np.float64)
    vehicles = table(state, booked.VEHICLE)
    for vehicle in range(len(vehicles)):
        add_event(state, vehicles[vehicle, booked.V_SINCE], booked.READY_AGAIN, vehicle)
    for now in range(column(world, given.SETTINGS)[given.HORIZON] + 1):
        for place in range(len(inflow)):
            inflow[place] -= inflow[place] // MEMORY_MINUTES
        _release_ready(world, state, now)
        _arrivals(world, state, guide, scores, now)
        if now % guide.step == 0:
            _wake(world, state, guide, scores, now)
        _departures(world, state, now)
        if now % guide.step == 0:
            for index in range(len(walks)):
                _walk(world, state, guide, walks[index], now)
