"""What the engine reads and what it writes: tables of integers whose columns have names.

Tables ``OF_…`` are given with a scenario and a plan and never change; tables ``IS_…`` are what one
replication is dealt and where everything is at a minute of it.

Rows of ``factor``: places, beds by place, links, berths, fleets, in this order. Rows of ``limit``,
``used`` and ``booked`` (by slot): processing by place, people by themselves by link, departures by
link, movements by berth. Rows of stocks: people by place, vehicles by berth.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wayout.simulate.compiled import compiled

Int = NDArray[np.int64]
Memory = NDArray[np.int32]
"""Half as wide as numpy's own whole numbers, and so twice as many in a cache."""

Real = NDArray[np.float64]

NONE = -1
PLENTY = 1 << 30
"""Stands for unlimited, and for a tick that never comes."""

(
    OF_SETTING,
    OF_MOVE,
    OF_LOAD,
    OF_LEG,
    OF_PARTY,
    OF_PLACE,
    OF_FLEET,
    OF_FIRST_TURN,
    OF_SLOT_FACTOR,
    OF_PLANNED,
    OF_RATE,
    OF_LINK_RATE,
    OF_AMOUNT,
    OF_HOURS,
    OF_SLOT_AMOUNT,
    OF_FACTOR,
) = range(16)
"""Given. LEG and LOAD: movements by party, parties by movement. FIRST_TURN: by vehicle. PLANNED has
what the plan foresees of each stock by tick: first what is there, then what is there or under way
to it. The last six are numbers: RATE by place (before and after expiry), AMOUNT by row of factor,
HOURS by fleet, SLOT_AMOUNT by row of limits (an hour).
"""

(
    IS_COUNTER,
    IS_MOVE,
    IS_PARTY,
    IS_VEHICLE,
    IS_LINE,
    IS_DOOR,
    IS_WAITING,
    IS_ARRIVING,
    IS_JOINING,
    IS_RELEASING,
    IS_STOCK,
    IS_CLAIMS,
    IS_LEAVING,
    IS_FREED,
    IS_HAS_SHUT,
    IS_LIMIT,
    IS_USED,
    IS_BOOKED,
    IS_HOURS_USED,
    IS_HOURS_BOOKED,
    IS_CURVE,
    IS_ABSENT,
    IS_WALK_IN,
    IS_CLOSURE,
    IS_RODE,
    IS_LET_IN,
    IS_TRIP,
    IS_HOLDING,
    IS_DANGER,
    IS_CLOSURE_FACTOR,
    IS_FACTOR,
) = range(31)
"""Of the state. ARRIVING and JOINING: first and last of a list by tick. CURVE: people who become
safe, by hour. CLOSURE: begin, end, row of factor, by begin. RODE and LET_IN: the trip that a party
took and when it was let in, by leg. The last three are numbers: DANGER in minutes × rate by party,
FACTOR as far as it is known.
"""

MOST_TABLES = 32

HORIZON, SLOT, HOLD, END, PLACES, LINKS, BERTHS, FLEETS, PARTIES, MOVES, VEHICLES = range(11)
STOCKS, LIMITS, LOADS = 11, 12, 13
"""Settings: the deadline, the slot's length, the minutes vehicles wait, the end; how many."""

LINK, VEHICLE, FLEET, ORIGIN, DESTINATION, DEPART, TRAVEL, PEOPLE = range(8)
FROM_BERTH, TO_BERTH, FIRST_LOAD, AFTER_LOAD, NEXT_TURN = range(8, 13)
"""Movements: ``VEHICLE`` is NONE for people by themselves; ``NEXT_TURN`` is the vehicle's next."""

SIZE, PLACE, READY, SAFE_BY, STRETCHERS, WHEELCHAIRS, CHILDREN, FIRST_LEG, AFTER_LEG = range(9)
"""Parties; a walk-in repeats the party it comes with."""

STAY, HAVEN, SHELTER, EXPIRY = range(4)
"""Places: least minutes of a stay; whether danger ends there; whether it counts as safe."""

GROUND, SINCE, UNTIL, BASE, MOST_STRETCHERS, MOST_WHEELCHAIRS, MOST_CHILDREN = range(7)
"""Fleets: minutes on the ground, first departure, last arrival, base, needs per vehicle."""


class Tables(NamedTuple):
    """Many tables in one piece of memory, of integers and of numbers.

    Compiled functions are handed two of these (what is given, what changes) instead of dozens of
    arrays: every argument of a compiled function costs at each call and at compile time.
    ``memory`` begins with where each table begins, and then its number of columns.
    """

    memory: Memory
    real: Real


STATUS, WENT, CAME, CARRIED, RESOLVED, NEXT_TRY, HELD_UNTIL, WAKE_PLACE, WAKE_BERTH = range(9)
LONGER_TURN, REPAIR, LONGER_WAY = 9, 10, 11
"""Movements of the state: when it went and came, whom it carried, when it tries again, and the
minutes that it is dealt.
"""

PLANNED, GONE, CANCELLED = range(3)

AT, LEG, ENTERED, FREE_FROM, IN_HAVEN, IN_SHELTER, TRIP, NEXT_ABOARD, NEXT_IN_LINE = range(9)
LEFT_AT, NEXT_TO_JOIN, IN_LINE, NEXT_AT_DOOR = range(9, 13)
"""Parties of the state: where they are and since when, their next leg, their places in lists."""

AWAY, INSIDE, AT_DOOR, UNDER_WAY, FRESH = range(5)
"""``AT``: not coming, in a place, before it, on a link, a walk-in before the first leg."""

T_MOVEMENT, T_VEHICLE, T_FIRST, T_LAST, T_DUE, T_DEPART, T_AT_DOOR, T_NEXT, T_ARRIVE = range(9)
T_PEOPLE = 9
"""Trips: a departure that took place. ``T_DUE`` is when it should arrive, by the travel time."""

TURN, VEHICLE_READY, ON_SPOT, NEXT_RELEASE = range(4)
"""Vehicles of the state: the movement it makes next, when it is ready for it."""

HEAD, TAIL, NEXT_SERVICE, LINE_ENDS = range(4)
"""Lines of people: by themselves by link, then for vehicles by link."""

NUM_TRIPS, NUM_WAITING, NUM_HOLDING, NUM_DOORS, FREED, NEXT_WAITING, NEXT_LINE, MISSED = range(8)
NUM_CLOSURES, NUM_WAKING = 8, 9
NUM_COUNTERS = 10


@compiled
def get(tables: Tables, name: int, row: int, column: int) -> int:
    """A whole number of a table."""
    memory = tables.memory
    return memory[memory[name] + row * memory[MOST_TABLES + name] + column]


@compiled
def put(tables: Tables, name: int, row: int, column: int, value: int) -> None:
    """Write a whole number."""
    memory = tables.memory
    memory[memory[name] + row * memory[MOST_TABLES + name] + column] = value


@compiled
def add(tables: Tables, name: int, row: int, column: int, value: int) -> None:
    """Add to a whole number."""
    memory = tables.memory
    memory[memory[name] + row * memory[MOST_TABLES + name] + column] += value


@compiled
def at(tables: Tables, name: int, row: int) -> int:
    """Where a row begins in the memory."""
    return tables.memory[name] + row * tables.memory[MOST_TABLES + name]


@compiled
def width(tables: Tables, name: int) -> int:
    """How many columns a table has."""
    return tables.memory[MOST_TABLES + name]


@compiled
def real(tables: Tables, name: int, row: int, column: int) -> float:
    """A number of a table of numbers."""
    memory = tables.memory
    return tables.real[memory[name] + row * memory[MOST_TABLES + name] + column]


@compiled
def put_real(tables: Tables, name: int, row: int, column: int, value: float) -> None:
    """Write a number."""
    memory = tables.memory
    tables.real[memory[name] + row * memory[MOST_TABLES + name] + column] = value


@compiled
def add_real(tables: Tables, name: int, row: int, column: int, value: float) -> None:
    """Add to a number."""
    memory = tables.memory
    tables.real[memory[name] + row * memory[MOST_TABLES + name] + column] += value


@compiled
def setting(given: Tables, name: int) -> int:
    """One of the settings."""
    return given.memory[given.memory[OF_SETTING] + name]


@compiled
def counter(state: Tables, name: int) -> int:
    """One of the counters of the state."""
    return state.memory[state.memory[IS_COUNTER] + name]


@dataclass(frozen=True, slots=True, eq=False)
class Numbers:
    """Tables of numbers, one after another: rows and columns by name, and what is in them."""

    shapes: Mapping[int, tuple[int, int]]
    real: Real


def numbers_of(tables: Mapping[int, Real]) -> Numbers:
    """Put tables of numbers one after another; the keys are their names."""
    flat = [table.astype(np.float64, copy=False).reshape(-1) for table in tables.values()]
    return Numbers({name: _shape(table) for name, table in tables.items()}, np.concatenate(flat))


def pack(
    whole: Mapping[int, Int],
    numbers: Numbers,
    unset: Mapping[int, tuple[int, int]] | None = None,
) -> Tables:
    """Put arrays of one or two dimensions one after another; the keys are their names.

    Last come the tables ``unset``, given by their rows and columns, whose content does not matter.
    The numbers are not copied.
    """
    head = np.zeros(2 * MOST_TABLES, dtype=np.int32)
    shapes = {name: _shape(piece) for name, piece in whole.items()}
    num = _lay_out(head, {**shapes, **(unset or {})}, len(head))
    _lay_out(head, numbers.shapes, 0)
    memory = np.empty(num, dtype=np.int32)
    memory[: len(head)] = head
    for name, piece in whole.items():
        place = memory[head[name] : head[name] + piece.size].reshape(piece.shape)
        np.minimum(piece, PLENTY, out=place, casting="unsafe")
    return Tables(memory, numbers.real)


def _shape(table: Int | Real) -> tuple[int, int]:
    return len(table), table.shape[1] if table.ndim == 2 else 1


def _lay_out(head: Memory, shapes: Mapping[int, tuple[int, int]], begins: int) -> int:
    """Note where each table begins and how many columns it has; where the last one ends."""
    for name, (rows, columns) in shapes.items():
        head[name], head[MOST_TABLES + name] = begins, columns
        begins += rows * columns
    return begins
