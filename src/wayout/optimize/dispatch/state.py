"""What a dispatch changes: queues of parties, booked capacities, vehicles, events, the result."""

from typing import NamedTuple

import numpy as np

from wayout.network.timeline import Int, Real
from wayout.optimize.dispatch import world as given
from wayout.optimize.dispatch.tables import Tables, column, pack, table

NUM_MOVEMENTS, NUM_LOADS, NEXT_READY, NUM_EVENTS, UNCALLED = 0, 1, 2, 3, 4
"""Rows of COUNTERS; UNCALLED are people with neither a haven nor a seat booked to one."""

(
    COUNTERS,
    HEAD,
    TAIL,
    FOLLOWS,
    WAITING,
    PROMISED,
    INFLOW,
    PRESENT,
    ARRIVING,
    LEAVING,
    SPOTS_USED,
    MOVEMENTS_USED,
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
) = range(24)
"""Names of the tables that change.

HEAD, TAIL, WAITING (people) by place and class, FOLLOWS by party: the queues. PROMISED by place:
seats promised outside (0) and inside havens (1). INFLOW by place: recent arrivals per minute, in
millionths. PRESENT by place and cell: people booked to be there; ARRIVING: people
booked to become free to leave it in the cell; LEAVING: seats booked to depart in the cell. DONE,
DONE_GROUP by leg and group: loaded departures.
VEHICLE columns: fleet, place, exit (row of the booked way on), idle, since. EVENT columns: next,
kind, of. MOVEMENT columns: as named below. LOAD columns: next, party.
"""

V_FLEET, V_PLACE, V_EXIT, V_IDLE, V_SINCE = 0, 1, 2, 3, 4
M_LEG, M_VEHICLE, M_DEPART, M_ARRIVE, M_RESERVED, M_PEOPLE, M_KIND, M_CANCELLED, M_CREDIT = range(9)

EMPTY, LOADED, EXIT = 0, 1, 2
"""Kinds of movements: an exit is a way on that may still be replaced by something better."""

ARRIVAL, READY_AGAIN, DEPARTURE = 0, 1, 2
"""Kinds of events."""


class Guide(NamedTuple):
    """What one dispatch follows: the relaxation's departures, and the knobs of the search.

    ``target[leg, bucket]`` are loaded departures up to the end of each bucket, ``group_target`` the
    same summed over the legs of a fleet from one place (``group[leg]``). A leg is wanted by
    ``weights[0]`` × its own deficit + ``weights[1]`` × its group's + ``bias[leg]`` − ``late`` × the
    hours until its departure − ``weights[2]`` × ``penalty[leg, bucket]`` (what a departure costs
    beyond its worth at the relaxation's prices, in full loads). Deficits count up to ``catch_up``:
    what was missed may no longer be worth it.

    ``slack_onward`` is how far a leg from a haven may be ahead of its target, ``slack_group`` how
    far a group from elsewhere and ``refuse`` how large its penalty, unless more than ``spare``
    spots are free and people for three full loads are there. ``fill`` is the least share of seats
    worth a rotation, ``max_wait`` the longest wait before one begins, ``ground_wait`` at the
    pick-up, ``linger`` at the far end, where a vehicle with no way on leaves the share
    ``keep_free`` of the spots to others. ``stock_slots`` is how many slots' worth of people may
    queue at a place, ``step`` the minutes between two looks at idle vehicles and walks.
    """

    length: int
    target: Real
    group: Int
    group_target: Real
    penalty: Real
    bias: Real
    weights: Real
    slack_group: float
    slack_onward: float
    spare: int
    refuse: float
    catch_up: float
    late: float
    fill: float
    max_wait: int
    ground_wait: int
    linger: int
    keep_free: float
    stock_slots: int
    step: int


def _most_movements(world: Tables, step: int) -> int:
    """An upper limit of movements: turn-rounds of every vehicle, and walks at every step."""
    horizon = int(column(world, given.SETTINGS)[given.HORIZON])
    number, fleet = column(world, given.NUMBER), column(world, given.FLEET)
    duty = np.maximum(1, column(world, given.TRAVEL) + column(world, given.GROUND))
    rides = 0
    for index in range(len(number)):
        shortest = int(duty[fleet == index].min(initial=horizon + 1))
        rides += int(number[index]) * (horizon // shortest + 2) * 2
    return min(rides, 4_000_000) + len(column(world, given.WALKS)) * (horizon // step + 2) + 16


def _unsafe(world: Tables) -> int:
    """People with a way out who do not start in a haven."""
    ready = column(world, given.READY) <= column(world, given.SETTINGS)[given.HORIZON]
    outside = column(world, given.HAVEN)[column(world, given.PLACE)] == 0
    return int(column(world, given.SIZE)[ready & outside].sum())


def new_state(world: Tables, guide: Guide) -> Tables:
    """An empty timetable: everybody at home, every vehicle at its base."""
    size, place, number = (
        column(world, given.SIZE),
        column(world, given.PLACE),
        column(world, given.NUMBER),
    )
    parties, places = len(size), len(column(world, given.STAY))
    groups, legs = table(world, given.USABLE).shape
    ticks = int(column(world, given.SETTINGS)[given.HORIZON]) + 1
    movements, vehicles = _most_movements(world, guide.step), int(number.sum())
    present = np.zeros(table(world, given.BEDS).shape, dtype=np.int64)
    present += np.bincount(place, weights=size, minlength=places).astype(np.int64)[:, None]
    vehicle = np.zeros((vehicles, 5), dtype=np.int64)
    vehicle[:, V_FLEET] = np.repeat(np.arange(len(number)), number)
    vehicle[:, V_PLACE] = np.repeat(column(world, given.BASE), number)
    vehicle[:, V_EXIT] = -1
    vehicle[:, V_SINCE] = np.repeat(column(world, given.AVAILABLE_FROM), number)

    def like(name: int) -> Int:
        return np.zeros(table(world, name).shape, dtype=np.int64)

    def blank(*shape: int) -> Int:
        return np.full(shape, -1, dtype=np.int64)

    return pack(
        {
            COUNTERS: np.array([0, 0, 0, 0, _unsafe(world)], dtype=np.int64),
            HEAD: blank(places, groups),
            TAIL: blank(places, groups),
            FOLLOWS: blank(parties),
            WAITING: np.zeros((places, groups), dtype=np.int64),
            PROMISED: np.zeros((places, 2), dtype=np.int64),
            INFLOW: np.zeros(places, dtype=np.int64),
            PRESENT: present,
            ARRIVING: like(given.BEDS),
            LEAVING: like(given.BEDS),
            SPOTS_USED: like(given.SPOTS),
            MOVEMENTS_USED: like(given.MOVEMENTS),
            LINK_DEPARTURES_USED: like(given.LINK_DEPARTURES),
            LINK_PEOPLE_USED: like(given.LINK_PEOPLE),
            PROCESSED: like(given.PROCESSING),
            HOURS_USED: like(given.HOURS),
            DONE: np.zeros(legs, dtype=np.int64),
            DONE_GROUP: np.zeros(legs, dtype=np.int64),
            VEHICLE: vehicle,
            EVENT_HEAD: blank(ticks + 1),
            EVENT: np.zeros((movements * 3 + vehicles + 16, 3), dtype=np.int64),
            MOVEMENT: np.zeros((movements, 9), dtype=np.int64),
            FIRST_LOAD: blank(movements),
            LOAD: blank(parties * 10 + 16, 2),
        }
    )
