"""Search over duties: some vehicles' are taken out and put back one by one, kept where better.

Ruin and recreate (Schrimpf et al. 2000) in which each vehicle's new duty is the best one beside
all others (``path``). What is a little worse than the best is gone on from too, less and less of it
(record-to-record travel, Dueck 1993).
"""

from collections.abc import Callable

import numpy as np

from wayout.compiling import lent
from wayout.network.model import Network
from wayout.network.timeline import Int, Real
from wayout.optimize.dispatch.tables import Tables, column, entry
from wayout.optimize.dispatch.timetable import Timetable
from wayout.optimize.duties import book as kept
from wayout.optimize.duties.book import book_of, timetable_in
from wayout.optimize.duties.bookings import draw
from wayout.optimize.duties.choosing import choose
from wayout.optimize.duties.compiled import compiled
from wayout.optimize.duties.filling import fill
from wayout.optimize.duties.inserting import insert
from wayout.optimize.duties.prices import Prices, if_nobody_moves
from wayout.optimize.duties.removing import call_back, has_too_few, relieve, remove, sort_rows
from wayout.optimize.duties.suffering import leave_at_home, suffering

WORK = 40_000_000
"""Steps of one search: stages times legs of a fleet and places, and what parties take."""

MOST_ROUNDS = 120

PARTS = 20
"""Parts of a search with the same limit: it falls from one to the next."""

ASTRAY = 2e-5
"""How much worse than the best the search goes on from at first, as a share of what is spared or of
what is suffered, whichever is less, for each round a vehicle: a search that is too short to come
back from worse does not go there."""

FARTHEST = 1e-3
"""And how much at most."""

SELDOM = 8
"""In one of so many rounds that leave some without a bed all are given seats anew."""

TRUST = (0.0, 0.0, 0.3, 1.0)
"""How far the relaxation's prices of beds in havens are believed."""


@compiled
def _rebuild(
    world: Tables,
    book: Tables,
    prices: Prices,
    value: Real,
    choice: Int,
    vehicles: Int,
    step: int,
    begins: int,
    ends: int,
    num: int,
) -> None:
    """Take vehicles out between two ticks and put them back in the order given.

    ORDER has ``num`` movements.
    """
    remove(world, book, num, begins, ends)
    num = sort_rows(world, book)
    # Whoever was aboard may find later seats, or wait for what is put back: either may be better.
    if draw(book, 2) == 0:
        fill(world, book, prices, num)
    for vehicle in vehicles:
        insert(world, book, prices, value, choice, vehicle, step, num)
        if entry(book, kept.COUNTERS, kept.FAILED) > 0:
            return
        num = sort_rows(world, book)
    fill(world, book, prices, num)
    # Where more wait than have beds, all may be given seats anew; or just those stay at home.
    if has_too_few(book):
        if draw(book, SELDOM) == 0:
            call_back(world, book, max(begins, entry(book, kept.COUNTERS, kept.BEGINS)))
            fill(world, book, prices, num)
        if relieve(world, book):
            fill(world, book, prices, num)


@compiled
def mend(
    world: Tables,
    book: Tables,
    prices: Prices,
    value: Real,
    choice: Int,
    step: int,
    rounds: int,
    best: float,
    astray: float,
    memory: Int,
    record: Int,
) -> float:
    """So many rounds from what ``memory`` holds too; the best goes to ``record`` and is returned.

    ``astray`` is how much worse than the best, in danger-hours, is gone on from.
    """
    world, prices, book = lent(world), lent(prices), lent(book)
    memory, record = lent(memory), lent(record)
    chosen = np.zeros(64, dtype=np.int64)
    for _ in range(rounds):
        num = sort_rows(world, book)
        found, first, last = choose(world, book, chosen, num)
        column(book, kept.COUNTERS)[kept.FAILED] = 0
        share = 0.3 * draw(book, 4)
        priced = Prices(
            prices.weight,
            prices.left,
            prices.way,
            prices.bonus,
            prices.length,
            TRUST[draw(book, len(TRUST))],
            prices.cost,
            prices.use,
            share,
            prices.stand * 10.0 ** draw(book, 4),
            prices.relief,
        )
        _rebuild(world, book, priced, value, choice, chosen[:found], step, first, last, num)
        now = suffering(world, book, prices)
        good = entry(book, kept.COUNTERS, kept.FAILED) == 0
        state = entry(book, kept.COUNTERS, kept.RANDOM)
        if good and now <= best + astray:
            memory[:] = book.memory
            if now < best:
                best = now
                record[:] = book.memory
        else:
            book.memory[:] = memory
            column(book, kept.COUNTERS)[kept.RANDOM] = state
    return best


@compiled
def _begin(world: Tables, book: Tables, prices: Prices) -> float:
    """Fill what is free as it is; the danger-hours."""
    fill(world, book, prices, sort_rows(world, book))
    return suffering(world, book, prices)


def rounds_of(network: Network, step: int) -> int:
    """Rounds of one search, about a second's worth; none where a single one would take as long.

    And none where there is no vehicle.
    """
    rides = sum(not leg.by_self for leg in network.legs)
    if rides == 0:
        return 0
    each_stage = rides // len(network.scenario.fleets) + network.num_places
    stages, parties = network.horizon // step + 1, network.people.num_parties
    return min(MOST_ROUNDS, WORK // (stages * each_stage + 10 * parties))


def mended(
    network: Network,
    world: Tables,
    timetable: Timetable,
    prices: Prices,
    seed: int,
    step: int,
    begins: int,
    rounds: int,
    stop_asked: Callable[[], bool],
) -> Timetable:
    """A timetable with the same departures before ``begins``, and as a rule fewer danger-hours.

    The best so far where ``stop_asked``, within a twentieth of the ``rounds``.
    """
    book = book_of(network, world, timetable, seed, begins)
    stages, vehicles = network.horizon // step + 1, sum(f.number for f in network.scenario.fleets)
    value = np.zeros((network.num_places, stages))
    choice = np.zeros((network.num_places, stages), dtype=np.int64)
    best = _begin(world, book, prices)
    memory, record = book.memory.copy(), book.memory.copy()
    share = min(FARTHEST, ASTRAY * rounds / max(1, vehicles))
    idle = if_nobody_moves(network, prices)
    for number in range(PARTS):
        some = rounds * (number + 1) // PARTS - rounds * number // PARTS
        astray = share * (1.0 - number / PARTS) * max(0.0, min(-best, idle + best))
        tables = (world, book, prices, value, choice, step, some, best, astray)
        best = mend(*tables, memory, record)
        if stop_asked():
            break
    book.memory[:] = record
    leave_at_home(world, book, prices)
    return timetable_in(network, world, book)
