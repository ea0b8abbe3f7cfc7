"""Search over duties: some vehicles' are taken out and put back one by one, kept where better.

Ruin and recreate (Schrimpf et al. 2000) in which each vehicle's new duty is the best one beside
all others (``path``).
"""

import numpy as np

from wayout.compiling import lent
from wayout.network.model import Network
from wayout.network.timeline import Int, Real
from wayout.optimize.dispatch import world as given
from wayout.optimize.dispatch.tables import Tables, column, element, entry, table
from wayout.optimize.dispatch.timetable import Timetable
from wayout.optimize.duties import book as kept
from wayout.optimize.duties.book import book_of, timetable_in
from wayout.optimize.duties.bookings import draw
from wayout.optimize.duties.compiled import compiled
from wayout.optimize.duties.filling import fill
from wayout.optimize.duties.inserting import insert
from wayout.optimize.duties.people import cut, least_free
from wayout.optimize.duties.prices import Prices
from wayout.optimize.duties.removing import relieve, remove, sort_rows

WORK = 40_000_000
"""Steps of one search: stages times legs, and what parties take, in each round."""

MOST_ROUNDS = 120

ASTRAY = 3e-4
"""How much worse than the best the search goes on from at first, as a share of what is spared."""

HOW_MANY = (1, 1, 1, 1, 2, 2, 3, 5, 8, 16)
"""How many vehicles are taken out at once: the fewer the quicker, and the more often better."""

WINDOWS = (0, 0, 0, 4, 4, 4, 4, 16, 16)
"""Part of the operation in which they are, as one over this; to the end for 0."""

NEAR = 150
"""Movements before and after one among which others are near it."""

TRUST = (0.0, 0.0, 0.3, 1.0)
"""How far the relaxation's prices of beds in havens are believed."""


@compiled
def suffering(world: Tables, book: Tables, prices: Prices) -> float:
    """Change of danger-hours against nobody moving; who is not brought out may stay at home."""
    total = 0.0
    for party in range(len(column(world, given.SIZE))):
        total += _change(world, book, prices, party)
    return total


@compiled
def _change(world: Tables, book: Tables, prices: Prices, party: int) -> float:
    """Change of danger-hours of a party; that of staying at home where it is not brought out."""
    change, place = 0.0, entry(world, given.PLACE, party)
    for number in range(entry(book, kept.RIDES, party)):
        if entry(world, given.HAVEN, place) > 0:
            break
        row = element(book, kept.RIDE, party, number)
        leg = element(book, kept.ROW, row, kept.R_LEG)
        place = entry(world, given.DESTINATION, leg)
        change += prices.left[place, element(book, kept.ROW, row, kept.R_ARRIVE)]
        change -= prices.left[
            entry(world, given.ORIGIN, leg), element(book, kept.ROW, row, kept.R_DEPART)
        ]
        change += prices.way[leg]
    if entry(world, given.HAVEN, place) == 0:
        change = min(change, 0.0)
    people = entry(world, given.SIZE, party)
    return change * people * prices.weight[entry(world, given.GROUP, party)]


@compiled
def _leave_at_home(world: Tables, book: Tables, prices: Prices) -> None:
    """Who would be stranded on the way, and no better off there, does not leave."""
    slot = entry(world, given.SETTINGS, given.SLOT)
    for party in range(len(column(world, given.SIZE))):
        number = entry(book, kept.RIDES, party)
        if number == 0 or _change(world, book, prices, party) < 0.0:
            continue
        row = element(book, kept.RIDE, party, 0)
        first = element(book, kept.ROW, row, kept.R_DEPART) // slot
        home = entry(world, given.PLACE, party)
        if least_free(book, home, first, 1 << 30) >= entry(world, given.SIZE, party):
            cut(world, book, party, 0)


@compiled
def _mark_near(world: Tables, book: Tables, chosen: Int, wanted: int, num: int) -> tuple[int, int]:
    """Choose vehicles that come to one place about the same time; how many, and when."""
    order, marked = column(book, kept.ORDER), column(book, kept.MARKED)
    rows, at = table(book, kept.ROW), draw(book, num)
    leg = rows[order[at], kept.R_LEG]
    place = entry(world, given.DESTINATION, leg)
    if draw(book, 2) == 0:
        place = entry(world, given.ORIGIN, leg)
    found = 0
    for number in range(max(0, at - NEAR), min(num, at + NEAR)):
        leg, vehicle = rows[order[number], kept.R_LEG], rows[order[number], kept.R_VEHICLE]
        near = entry(world, given.DESTINATION, leg) == place
        near |= entry(world, given.ORIGIN, leg) == place
        if near and marked[vehicle] == 0 and (found < wanted or draw(book, NEAR) < wanted):
            if found >= wanted:
                found -= 1
                marked[chosen[found]] = 0
            marked[vehicle] = 1
            chosen[found] = vehicle
            found += 1
    return found, rows[order[at], kept.R_DEPART]


@compiled
def _mark_any(world: Tables, book: Tables, chosen: Int, wanted: int) -> int:
    """Choose vehicles of one fleet or of any; returns how many."""
    marked, first = column(book, kept.MARKED), column(world, given.FIRST_VEHICLE)
    begins, ends, found = 0, len(marked), 0
    if draw(book, 2) == 0:
        fleet = draw(book, len(first) - 1)
        begins, ends = first[fleet], first[fleet + 1]
    for _ in range(3 * wanted):
        if found >= wanted or ends <= begins:
            break
        vehicle = begins + draw(book, ends - begins)
        if marked[vehicle] == 0:
            marked[vehicle] = 1
            chosen[found] = vehicle
            found += 1
    return found


@compiled
def _choose(world: Tables, book: Tables, chosen: Int) -> tuple[int, int, int]:
    """Which vehicles are taken out, mostly one or two, from when and until when."""
    column(book, kept.MARKED)[:] = 0
    num, horizon = sort_rows(world, book), entry(world, given.SETTINGS, given.HORIZON)
    wanted = HOW_MANY[draw(book, len(HOW_MANY))]
    if num > 0 and draw(book, 2) == 0:
        found, middle = _mark_near(world, book, chosen, wanted, num)
    else:
        found, middle = _mark_any(world, book, chosen, wanted), draw(book, horizon + 1)
    part = WINDOWS[draw(book, len(WINDOWS))]
    if part == 0:
        return found, draw(book, 3) * middle // 2, horizon + 1
    length = 120 + draw(book, max(1, horizon // part))
    first = max(0, middle - draw(book, length))
    return found, first, first + length


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
) -> None:
    """Take vehicles out between two ticks and put them back in the order given."""
    remove(world, book, sort_rows(world, book), begins, ends)
    num = sort_rows(world, book)
    # Whoever was aboard may find later seats, or wait for what is put back: either may be better.
    if draw(book, 2) == 0:
        fill(world, book, prices, num)
    for vehicle in vehicles:
        insert(world, book, prices, value, choice, vehicle, step, begins, num)
        num = sort_rows(world, book)
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
) -> tuple[float, int]:
    """So many rounds; returns the change of danger-hours and how often it became less."""
    world, prices = lent(world), lent(prices)
    order = np.zeros(64, dtype=np.int64)
    fill(world, book, prices, sort_rows(world, book))
    best, better = suffering(world, book, prices), 0
    memory, record = book.memory.copy(), book.memory.copy()
    for number in range(rounds):
        num, first, last = _choose(world, book, order)
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
        _rebuild(world, book, priced, value, choice, order[:num], step, first, last)
        now = suffering(world, book, prices)
        good = entry(book, kept.COUNTERS, kept.FAILED) == 0
        state = entry(book, kept.COUNTERS, kept.RANDOM)
        allowed = ASTRAY * (1.0 - number / rounds) * abs(best)
        if good and now <= best + allowed:
            memory[:] = book.memory
            if now < best:
                better += 1
                best = now
                record[:] = book.memory
        else:
            book.memory[:] = memory
            column(book, kept.COUNTERS)[kept.RANDOM] = state
    book.memory[:] = record
    _leave_at_home(world, book, prices)
    return best, better


def rounds_of(network: Network, step: int) -> int:
    """Rounds of one search, about a second's worth; none where a single one would take as long.

    And none where there is no vehicle.
    """
    if all(leg.by_self for leg in network.legs):
        return 0
    each = (network.horizon // step + 1) * len(network.legs) + 10 * network.people.num_parties
    return min(MOST_ROUNDS, WORK // max(1, each))


def mended(
    network: Network, world: Tables, timetable: Timetable, prices: Prices, seed: int, step: int
) -> Timetable:
    """A timetable whose danger-hours are no more than those of the one given."""
    book = book_of(network, world, timetable, seed)
    stages = network.horizon // step + 1
    value = np.zeros((network.num_places, stages))
    choice = np.zeros((network.num_places, stages), dtype=np.int64)
    mend(world, book, prices, value, choice, step, rounds_of(network, step))
    return timetable_in(network, world, book)
