"""The dispatch loop: minute by minute, arrivals, departures, walks. Compiled."""

import numpy as np

from wayout.compiling import lent
from wayout.network.timeline import Int, Real
from wayout.optimize.dispatch import state as booked
from wayout.optimize.dispatch import world as given
from wayout.optimize.dispatch.ahead import EVERY, send_ahead
from wayout.optimize.dispatch.approach import FAR, add_movement
from wayout.optimize.dispatch.boarding import board, enqueue, waiting_at, waiting_for, walk_limit
from wayout.optimize.dispatch.capacity import due
from wayout.optimize.dispatch.compiled import compiled
from wayout.optimize.dispatch.departing import serve, set_out
from wayout.optimize.dispatch.slack import BEYOND
from wayout.optimize.dispatch.state import Guide
from wayout.optimize.dispatch.tables import Tables, column, element, entry, table
from wayout.optimize.dispatch.waking import (
    NEVER,
    PEOPLE,
    QUEUE,
    ROOM,
    come_home,
    fewer_to_come,
    next_open,
    other_room,
    set_to_come,
    sleep,
    wake_all,
    wake_at,
)
from wayout.optimize.dispatch.wanting import FULL

TRACE = 0.1
"""Part of a person that is nobody."""


@compiled
def _wait(world: Tables, state: Tables, place: int, party: int) -> None:
    """A party waits to leave a place, or stays there for good."""
    if enqueue(world, state, place, party):
        wake_at(world, state, place, PEOPLE)
    else:
        fewer_to_come(world, state, place, -1, entry(world, given.SIZE, party))


@compiled
def _release_ready(world: Tables, state: Tables, now: int) -> None:
    """Parties that become ready join the queue of their place."""
    counters, order = column(state, booked.COUNTERS), column(world, given.BY_READY)
    ready, place = column(world, given.READY), column(world, given.PLACE)
    position = counters[booked.NEXT_READY]
    while position < len(order) and ready[order[position]] <= now:
        party = order[position]
        column(state, booked.COMING)[place[party]] -= entry(world, given.SIZE, party)
        _wait(world, state, place[party], party)
        position += 1
    counters[booked.NEXT_READY] = position


@compiled
def _arrive(world: Tables, state: Tables, row: int) -> None:
    """The people of a movement are free to leave its destination."""
    movement, loads = table(state, booked.MOVEMENT), table(state, booked.LOAD)
    place = entry(world, given.DESTINATION, movement[row, booked.M_LEG])
    column(state, booked.COMING)[place] -= movement[row, booked.M_PEOPLE]
    load = entry(state, booked.FIRST_LOAD, row)
    while load >= 0:
        _wait(world, state, place, loads[load, 1])
        load = loads[load, 0]


@compiled
def _arrivals(world: Tables, state: Tables, now: int) -> None:
    """People who become free to go on at a tick."""
    events = table(state, booked.EVENT)
    event = entry(state, booked.EVENT_HEAD, now)
    while event >= 0:
        _arrive(world, state, events[event, booked.E_MOVEMENT])
        event = events[event, booked.E_NEXT]


@compiled
def _share_left(world: Tables, state: Tables, guide: Guide, leg: int) -> int:
    """People who may still take this way where the ways of people by themselves part.

    Of all who came to the place, each way takes its share in the relaxation and ``stray`` more.
    """
    place = entry(world, given.ORIGIN, leg)
    come = entry(state, booked.LEFT, place) + waiting_at(state, place)
    share = min(1.0, guide.share[leg] + guide.stray)
    # A trace that the solver leaves on a way that nobody should take is not yet a person.
    return int(np.ceil(share * come - TRACE)) - entry(state, booked.DONE, leg)


@compiled
def _not_before_others(world: Tables, state: Tables, guide: Guide, leg: int, now: int) -> int:
    """People who may set out from a place before the relaxation has so many leave it.

    Where ways merge, those who live nearest would take the room of those in most danger.
    """
    place = entry(world, given.ORIGIN, leg)
    tick = min(now + guide.march, entry(world, given.SETTINGS, given.HORIZON))
    wanted = due(guide.leaving, guide.length, place, tick)
    return int(np.ceil(wanted)) - entry(state, booked.LEFT, place)


@compiled
def _walk(world: Tables, state: Tables, guide: Guide, leg: int, now: int) -> None:
    """People set out by themselves over a link, as many as everything ahead allows."""
    if element(world, given.POSSIBLE, entry(world, given.MASK, leg), now) == 0:
        sleep(world, state, leg, next_open(world, leg, now), 0)
        return
    if waiting_for(world, state, leg, now) == 0:
        sleep(world, state, leg, NEVER, PEOPLE)
        return
    most = walk_limit(world, state, guide, leg, now)
    most = min(most, _share_left(world, state, guide, leg))
    if guide.march < BEYOND:
        most = min(most, _not_before_others(world, state, guide, leg, now))
        if most <= 0:
            return
    if most <= 0:
        sleep(world, state, leg, other_room(world, guide, leg, now), PEOPLE | ROOM)
        return
    row = add_movement(world, state, leg, -1, now)
    people = board(world, state, row, leg, now, most)
    if people == 0:
        column(state, booked.COUNTERS)[booked.NUM_MOVEMENTS] = row
        sleep(world, state, leg, other_room(world, guide, leg, now), PEOPLE | ROOM | QUEUE)
        return
    slot = entry(world, given.SETTINGS, given.SLOT)
    table(state, booked.LINK_PEOPLE_USED)[entry(world, given.LINK, leg), now // slot] += people
    column(state, booked.DONE)[leg] += people
    column(state, booked.LEFT)[entry(world, given.ORIGIN, leg)] += people
    set_out(world, state, row, people)


@compiled
def _behind(world: Tables, state: Tables, guide: Guide, place: int, now: int) -> float:
    """By how many loaded departures the way that is most so is behind the relaxation."""
    legs, most = column(world, given.LOADED), -1e18
    first = entry(world, given.LOADED_FROM, place)
    for index in range(first, entry(world, given.LOADED_FROM, place + 1)):
        leg = legs[index]
        done = entry(state, booked.DONE, leg) / FULL
        most = max(most, due(guide.target, guide.length, leg, now) - done)
    return most


@compiled
def _put_in_turn(world: Tables, state: Tables, guide: Guide, now: int, turn: Int) -> None:
    """Havens first, as room opens there before it is used; then who is most behind the relaxation.

    Places compete for spots and slots ahead: served in a fixed order, the first would take all.
    """
    places, behind = column(world, given.IN_ORDER), np.empty(len(turn), dtype=np.float64)
    for index in range(len(places)):
        place, position = places[index], index
        value = 1e18 - index
        if entry(world, given.HAVEN, place) == 0:
            value = _behind(world, state, guide, place, now)
        while position > 0 and behind[position - 1] < value:
            behind[position], turn[position] = behind[position - 1], turn[position - 1]
            position -= 1
        behind[position], turn[position] = value, place


@compiled
def _serve_all(
    world: Tables, state: Tables, guide: Guide, scores: Real, turn: Int, now: int
) -> None:
    """Departures from every place that is awake when its turn comes."""
    wake = column(state, booked.WAKE)
    if guide.turns:
        _put_in_turn(world, state, guide, now, turn)
    for index in range(len(turn)):
        if wake[turn[index]] <= now:
            serve(world, state, guide, scores, turn[index], now)


@compiled
def _walk_all(world: Tables, state: Tables, guide: Guide, now: int) -> None:
    """People by themselves on every way that is awake."""
    walks, following = column(world, given.WALKS), column(state, booked.NEXT)
    for index in range(len(walks)):
        if following[walks[index]] <= now:
            _walk(world, state, guide, walks[index], now)


@compiled
def _dispatch(world: Tables, state: Tables, guide: Guide, begins: int, ends: int) -> None:
    scores = np.zeros(len(column(world, given.LOADED)), dtype=np.float64)
    turn = column(world, given.IN_ORDER).copy()
    changes = column(world, given.SEATS_CHANGE)
    change = np.searchsorted(changes, begins)
    set_to_come(world, state)
    wake_all(state)
    for now in range(begins, ends):
        _release_ready(world, state, now)
        _arrivals(world, state, now)
        if change < len(changes) and changes[change] <= now:
            wake_all(state)
            change += 1
        if now % guide.step == 0:
            if guide.ahead < FAR and now % (EVERY * guide.step) == 0:
                send_ahead(world, state, guide, now)
            come_home(world, state, now)
            _serve_all(world, state, guide, scores, turn, now)
            _walk_all(world, state, guide, now)


@compiled
def dispatch(world: Tables, state: Tables, guide: Guide, begins: int, ends: int) -> None:
    """Run the operation through the ticks ``[begins, ends)``, filling ``state``."""
    _dispatch(lent(world), lent(state), lent(guide), begins, ends)
