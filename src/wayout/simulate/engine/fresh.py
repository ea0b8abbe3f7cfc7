"""The state of a replication at its first minute, in memory that replications share in turn."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from wayout.simulate.engine import tables as t
from wayout.simulate.engine.tables import Int, Memory, Real, Tables, numbers_of, pack

MOST_CLOSURES = 4096
"""Closures that a replication can be dealt."""


@dataclass(frozen=True, slots=True, eq=False)
class Dealt:
    """What one replication is dealt: minutes by movement, who comes, and closures by begin.

    A closure is begin, end and row of factor; ``closure_factor`` is what it works at.
    """

    turn: Int
    repair: Int
    way: Int
    absent: NDArray[np.bool_]
    walk_in: NDArray[np.bool_]
    closure: Int
    closure_factor: Real


def undisturbed(num_moves: int, num_parties: int) -> Dealt:
    """What a replication is dealt in which nothing happens."""
    return Dealt(
        turn=np.zeros(num_moves, dtype=np.int64),
        repair=np.zeros(num_moves, dtype=np.int64),
        way=np.zeros(num_moves, dtype=np.int64),
        absent=np.zeros(num_parties, dtype=np.bool_),
        walk_in=np.zeros(num_parties, dtype=np.bool_),
        closure=np.zeros((0, 3), dtype=np.int64),
        closure_factor=np.zeros(0),
    )


def _table(rows: int, columns: int, filled: int = t.NONE) -> Int:
    return np.full((rows, columns), filled, dtype=np.int64)


def _counter() -> Int:
    counter = np.zeros(t.NUM_COUNTERS, dtype=np.int64)
    counter[[t.NEXT_WAITING, t.NEXT_LINE]] = t.PLENTY
    return counter


def _lines(link_ends: Int) -> Int:
    line = _table(2 * len(link_ends), 4)
    line[:, t.NEXT_SERVICE] = t.PLENTY
    line[:, t.LINE_ENDS] = np.tile(link_ends, 2)
    return line


def _parties(num: int) -> Int:
    party = _table(2 * num, 13)
    party[:, t.AT] = t.AWAY
    party[:, t.IN_LINE] = 0
    return party


def _moves(num: int) -> Int:
    move = _table(num, 12)
    for column in (t.RESOLVED, t.CARRIED, t.LONGER_TURN, t.REPAIR, t.LONGER_WAY):
        move[:, column] = 0
    move[:, t.STATUS] = t.PLANNED
    return move


@dataclass(frozen=True, slots=True, eq=False)
class Booked:
    """Bookings and limits with which every replication begins."""

    limit: Int
    booked: Int
    hours_booked: Int
    factor: Real


def _setting(given: Tables, name: int) -> int:
    return int(given.memory[given.memory[t.OF_SETTING] + name])


def _of_trips(given: Tables) -> dict[int, tuple[int, int]]:
    """Rows and columns of the tables of trips, which are written before they are read."""
    num = _setting(given, t.MOVES) + 2 * _setting(given, t.LOADS) + 1
    return {t.IS_TRIP: (num, 10), t.IS_HOLDING: (num, 1)}


def _whole(given: Tables, begin: Booked, link_ends: Int) -> dict[int, Int]:
    """Every table of whole numbers that has to be as new in each replication."""
    moves, parties, vehicles, places, stocks, loads, horizon = (
        _setting(given, name)
        for name in (t.MOVES, t.PARTIES, t.VEHICLES, t.PLACES, t.STOCKS, t.LOADS, t.HORIZON)
    )
    num_ticks = begin.factor.shape[1] + 1
    stock = np.zeros(stocks, dtype=np.int64)
    return {
        t.IS_COUNTER: _counter(),
        t.IS_MOVE: _moves(moves),
        t.IS_PARTY: _parties(parties),
        t.IS_VEHICLE: _table(vehicles, 4),
        t.IS_LINE: _lines(link_ends),
        t.IS_DOOR: _table(places, 2),
        t.IS_WAITING: _table(vehicles + 1, 1),
        t.IS_ARRIVING: _table(num_ticks, 2),
        t.IS_JOINING: _table(num_ticks, 2),
        t.IS_RELEASING: _table(num_ticks, 1),
        t.IS_STOCK: stock,
        t.IS_CLAIMS: stock,
        t.IS_LEAVING: stock,
        t.IS_FREED: stock,
        t.IS_HAS_SHUT: (begin.factor == 0.0).any(axis=1).astype(np.int64),
        t.IS_LIMIT: begin.limit,
        t.IS_USED: np.zeros_like(begin.limit),
        t.IS_BOOKED: begin.booked,
        t.IS_HOURS_USED: np.zeros_like(begin.hours_booked),
        t.IS_HOURS_BOOKED: begin.hours_booked,
        t.IS_CURVE: np.zeros(horizon // 60 + 1, dtype=np.int64),
        t.IS_ABSENT: np.zeros(parties, dtype=np.int64),
        t.IS_WALK_IN: np.zeros(parties, dtype=np.int64),
        t.IS_CLOSURE: _table(MOST_CLOSURES, 3),
        t.IS_RODE: _table(loads, 1),
        t.IS_LET_IN: _table(loads, 1),
    }


@dataclass(slots=True, eq=False)
class Stage:
    """Memory in which one replication after the other takes place."""

    given: Tables
    begin: Booked
    link_ends: Int
    state: Tables = field(init=False)
    _first: Memory = field(init=False)
    _dirty: list[int] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        """Lay the memory out."""
        whole = _whole(self.given, self.begin, self.link_ends)
        num_parties = len(whole[t.IS_ABSENT])
        numbers = {
            t.IS_DANGER: np.zeros(2 * num_parties),
            t.IS_CLOSURE_FACTOR: np.ones(MOST_CLOSURES),
            t.IS_FACTOR: self.begin.factor,
        }
        self.state = pack(whole, numbers_of(numbers), _of_trips(self.given))
        self._first = self.state.memory[: self.state.memory[t.IS_TRIP]].copy()

    def table(self, name: int, rows: int, columns: int) -> Memory:
        """The first rows of a table of whole numbers, as a view."""
        begins = self.state.memory[name]
        return self.state.memory[begins : begins + rows * columns].reshape(rows, columns)

    def numbers(self, name: int, num: int) -> Real:
        """The first entries of a table of numbers, as a view."""
        begins = self.state.memory[name]
        return self.state.real[begins : begins + num]

    def deal(self, dealt: Dealt) -> Tables:
        """Set everything back to the first minute and write down what is dealt."""
        self.state.memory[: len(self._first)] = self._first
        self._restore_factors()
        num_moves, num_parties = len(dealt.turn), len(dealt.absent)
        self.numbers(t.IS_DANGER, 2 * num_parties)[:] = 0.0
        move = self.table(t.IS_MOVE, num_moves, 12)
        move[:, t.LONGER_TURN], move[:, t.REPAIR] = dealt.turn, dealt.repair
        move[:, t.LONGER_WAY] = dealt.way
        self.table(t.IS_ABSENT, num_parties, 1)[:, 0] = dealt.absent
        self.table(t.IS_WALK_IN, num_parties, 1)[:, 0] = dealt.walk_in
        num = len(dealt.closure)
        self.table(t.IS_CLOSURE, num, 3)[:] = dealt.closure
        self.numbers(t.IS_CLOSURE_FACTOR, num)[:] = dealt.closure_factor
        self.table(t.IS_COUNTER, t.NUM_COUNTERS, 1)[t.NUM_CLOSURES] = num
        self._dirty = sorted(set(dealt.closure[:, 2].tolist()))
        return self.state

    def _restore_factors(self) -> None:
        rows, columns = self.begin.factor.shape
        factor = self.numbers(t.IS_FACTOR, rows * columns).reshape(rows, columns)
        for row in self._dirty:
            factor[row] = self.begin.factor[row]
