"""What a dispatch changes: queues of parties, booked capacities, vehicles, events, the result."""

from typing import NamedTuple

import numpy as np

from wayout.network.timeline import Int, Real
from wayout.optimize.dispatch import world as given
from wayout.optimize.dispatch.slack import slack_of
from wayout.optimize.dispatch.tables import Tables, column, pack, table

NUM_MOVEMENTS, NUM_LOADS, NEXT_READY, NUM_EVENTS, SPARE_ROWS, NUM_TRIES = range(6)
"""Rows of COUNTERS; SPARE_ROWS are rows of MOVEMENT left for ways home that are not taken."""

(
    COUNTERS,
    HEAD,
    TAIL,
    FOLLOWS,
    WAITING,
    COMING,
    SINCE,
    LEFT,
    FREE_BEDS,
    FREE_SPOTS,
    MOVEMENTS_USED,
    LOADED_USED,
    LINK_DEPARTURES_USED,
    LINK_PEOPLE_USED,
    PROCESSED,
    HOURS_USED,
    DONE,
    DONE_GROUP,
    VEHICLE,
    EVENT_HEAD,
    EVENT,
    MOVEMENT,
    FIRST_LOAD,
    LOAD,
    NEXT,
    REASONS,
    WAITS_HERE,
    WAITS_AHEAD,
    WAKE,
    FREE_FROM,
    TO_COME,
    TRIED,
    FAILED,
) = range(33)
"""Names of the tables that change.

HEAD, TAIL, WAITING (people) by place and class, FOLLOWS by party: the queues. COMING by place:
people who are not ready yet or on their way to it. SINCE by place: when a vehicle last took people
from it. FREE_BEDS by place over cells and FREE_SPOTS by berth over
ticks are what is left of both (see ``slack``). DONE, DONE_GROUP by leg and group:
loaded departures in thousandths of full loads, or people by themselves; LEFT by place: people who
left it by themselves. VEHICLE, EVENT and MOVEMENT columns as named below;
LOAD columns: next, party. LOADED_USED is the part of MOVEMENTS_USED with people aboard.

NEXT by leg: the tick before which it is not looked at unless one of its REASONS is gone (see
``waking``); WAITS_HERE and WAITS_AHEAD by place: reasons of legs from it and into it; WAKE by
place: when its rides are looked at next; FREE_FROM by pair: the tick before which no vehicle of the
fleet can be there. TO_COME by place with rides: people who are there or may still come. TRIED by
place: the number of the last try that passed over the vehicles there. FAILED by leg: the minutes
it slept when it was last tried in vain.
"""

V_FLEET, V_PLACE, V_READY, V_BERTH, V_HOME, V_HOPS, V_LEAVES_BY = range(7)
"""Where a vehicle stands or will, from when it may leave, and the berth it holds (-1 for none).

Where its spot is promised to another from the tick V_LEAVES_BY on, a way home is booked for it that
something better may replace: V_HOPS movements from row V_HOME on (-1: none).
"""

MOST_LEGS = 10
"""More movements than any party takes: each brings it nearer to safety, or on without return."""

E_NEXT, E_MOVEMENT = range(2)
M_LEG, M_VEHICLE, M_DEPART, M_ARRIVE, M_PEOPLE, M_CANCELLED = range(6)


class Guide(NamedTuple):
    """What one dispatch follows: the relaxation's departures, and the knobs of the search.

    ``target[leg, bucket]`` are loaded departures up to the end of each bucket, ``group_target`` the
    same summed over the legs of a fleet from one place (``group[leg]``). A leg is wanted by
    ``weights[0]`` × its own deficit + ``weights[1]`` × its group's + ``bias[leg]`` − ``late`` × the
    hours of its empty approach and of its own − ``weights[2]`` × ``penalty[leg, bucket]`` (what a
    departure costs beyond its worth at the relaxation's prices, in full loads). Deficits count up
    to ``catch_up``: what was missed may no longer be worth it.

    ``slack_onward`` is how far a leg from a haven may be ahead of its target, ``slack_own`` and
    ``slack_group`` how far a leg and a group from elsewhere and ``refuse`` how large its penalty,
    unless more than ``spare`` spots are free and people for three full loads are there. ``fill`` is
    the least share of seats worth a departure while more people are to come, ``patience`` the
    minutes after which fewer will do, ``early`` by how much a vehicle may come too early, ``idle``
    how much nearer one counts per minute that it idles on a spot. Where the ways of people by
    themselves part, each takes its ``share`` and ``stray`` more. ``stock_slots`` is how many slots'
    worth of people may queue at a place, ``loaded`` the most of a slot's movements with people
    aboard, so that the empty ones find theirs, ``beds_for`` the minutes for which who comes to
    a place that is no haven must have a bed, ``ease`` (by place) the share of the people
    ``leaving`` it in the relaxation (up to the end of each bucket) whose beds others may
    count on, ``march`` the minutes by which people may set out by themselves before it has them
    do so, ``turns`` whether places are served in turn of their deficits, ``rest`` the least share
    of seats worth a departure that uses up a place's processing in a slot, ``step`` the minutes
    between two looks. A departure for which no vehicle could come, though some stood by, is tried
    again after twice as long each time, at most ``retry`` minutes, or when a vehicle leaves its far
    end. Vehicles are sent to places ``ahead`` minutes away or more before anybody is there to
    leave.
    """

    length: int
    target: Real
    group: Int
    group_target: Real
    penalty: Real
    bias: Real
    share: Real
    leaving: Real
    weights: Real
    slack_own: float
    slack_group: float
    slack_onward: float
    spare: int
    refuse: float
    catch_up: float
    late: float
    fill: float
    patience: int
    early: int
    idle: float
    stray: float
    stock_slots: int
    loaded: float
    beds_for: int
    ease: Real
    march: int
    turns: bool
    rest: float
    step: int
    retry: int
    ahead: int


def _most_rides(world: Tables) -> int:
    """An upper limit of movements of vehicles: as often as the shortest duty of each fits."""
    horizon = int(column(world, given.SETTINGS)[given.HORIZON])
    number, fleet = column(world, given.NUMBER), column(world, given.FLEET)
    duty = np.maximum(1, column(world, given.TRAVEL) + column(world, given.GROUND))
    rides = 0
    for index in range(len(number)):
        shortest = int(duty[fleet == index].min(initial=horizon + 1))
        rides += int(number[index]) * (horizon // shortest + 2)
    return min(rides, 4_000_000)


def _most_walks(world: Tables, step: int) -> int:
    """An upper limit of movements of people by themselves: one at every look, a party in each."""
    horizon = int(column(world, given.SETTINGS)[given.HORIZON])
    looks = len(column(world, given.WALKS)) * (horizon // step + 2)
    return min(looks, len(column(world, given.SIZE)) * MOST_LEGS)


def _at_their_bases(world: Tables) -> Int:
    """Every vehicle stands where its fleet is based, ready when the fleet is."""
    number = column(world, given.NUMBER)
    vehicle = np.zeros((int(number.sum()), 7), dtype=np.int64)
    vehicle[:, V_FLEET] = np.repeat(np.arange(len(number)), number)
    vehicle[:, V_PLACE] = np.repeat(column(world, given.BASE), number)
    vehicle[:, V_READY] = np.repeat(column(world, given.AVAILABLE_FROM), number)
    vehicle[:, V_BERTH] = -1
    vehicle[:, V_HOME] = -1
    return vehicle


def new_state(world: Tables, guide: Guide, rows: int = 0, loads: int = 0) -> Tables:
    """An empty timetable: everybody at home, every vehicle at its base.

    ``rows`` more are left for movements and ``loads`` more for who is aboard.
    """
    size, place = column(world, given.SIZE), column(world, given.PLACE)
    parties, places = len(size), len(column(world, given.STAY))
    groups, legs = table(world, given.USABLE).shape
    ticks = int(column(world, given.SETTINGS)[given.HORIZON]) + 1
    rides = _most_rides(world)
    movements = 2 * rides + _most_walks(world, guide.step) + 64 + rows
    start = np.bincount(place, weights=size, minlength=places).astype(np.int64)
    able = column(world, given.READY) < ticks
    coming = np.bincount(place[able], weights=size[able], minlength=places).astype(np.int64)

    def like(name: int) -> Int:
        return np.zeros(table(world, name).shape, dtype=np.int64)

    def blank(*shape: int) -> Int:
        return np.full(shape, -1, dtype=np.int64)

    return pack(
        {
            COUNTERS: np.array([0, 0, 0, 0, rides, 0], dtype=np.int64),
            HEAD: blank(places, groups),
            TAIL: blank(places, groups),
            FOLLOWS: blank(parties),
            WAITING: np.zeros((places, groups), dtype=np.int64),
            COMING: coming,
            SINCE: np.zeros(places, dtype=np.int64),
            LEFT: np.zeros(places, dtype=np.int64),
            FREE_BEDS: slack_of(table(world, given.BEDS) - start[:, None]),
            FREE_SPOTS: slack_of(table(world, given.SPOTS)),
            MOVEMENTS_USED: like(given.MOVEMENTS),
            LOADED_USED: like(given.MOVEMENTS),
            LINK_DEPARTURES_USED: like(given.LINK_DEPARTURES),
            LINK_PEOPLE_USED: like(given.LINK_PEOPLE),
            PROCESSED: like(given.PROCESSING),
            HOURS_USED: like(given.HOURS),
            DONE: np.zeros(legs, dtype=np.int64),
            DONE_GROUP: np.zeros(legs, dtype=np.int64),
            VEHICLE: _at_their_bases(world),
            EVENT_HEAD: blank(ticks + 1),
            EVENT: np.zeros((movements + 16, 2), dtype=np.int64),
            MOVEMENT: np.zeros((movements, 6), dtype=np.int64),
            FIRST_LOAD: blank(movements),
            LOAD: blank(parties * MOST_LEGS + 16 + loads, 2),
            FREE_FROM: like(given.PAIR_PLACE).reshape(-1),
        }
        | {name: np.zeros(legs, dtype=np.int64) for name in (NEXT, REASONS, FAILED)}
        | {
            name: np.zeros(places, dtype=np.int64)
            for name in (WAITS_HERE, WAITS_AHEAD, WAKE, TO_COME, TRIED)
        }
    )
