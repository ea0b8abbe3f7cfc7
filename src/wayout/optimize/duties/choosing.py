"""Which vehicles are taken out, at random: mostly one or two, those near each other or any."""

from wayout.network.timeline import Int
from wayout.optimize.dispatch import world as given
from wayout.optimize.dispatch.tables import Tables, column, entry, table
from wayout.optimize.duties import book as kept
from wayout.optimize.duties.bookings import draw
from wayout.optimize.duties.compiled import compiled

HOW_MANY = (1, 1, 1, 1, 2, 2, 3, 5, 8, 16)
"""How many vehicles are taken out at once: the fewer the quicker, and the more often better."""

WINDOWS = (0, 0, 0, 4, 4, 4, 4, 16, 16)
"""Part of the operation in which they are, as one over this; to the end for 0."""

NEAR = 150
"""Movements before and after one among which others are near it."""


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
def choose(world: Tables, book: Tables, chosen: Int, num: int) -> tuple[int, int, int]:
    """How many vehicles are taken out, listed in ``chosen``, from when and until when.

    ORDER has ``num`` movements.
    """
    column(book, kept.MARKED)[:] = 0
    horizon = entry(world, given.SETTINGS, given.HORIZON)
    wanted = HOW_MANY[draw(book, len(HOW_MANY))]
    if num > 0 and draw(book, 2) == 0:
        found, middle = _mark_near(world, book, chosen, wanted, num)
    else:
        found, middle = _mark_any(world, book, chosen, wanted), draw(book, horizon + 1)
    part = WINDOWS[draw(book, len(WINDOWS))]
    begins = entry(book, kept.COUNTERS, kept.BEGINS)
    if part == 0:
        return found, max(begins, draw(book, 3) * middle // 2), horizon + 1
    length = 120 + draw(book, max(1, horizon // part))
    first = max(begins, middle - draw(book, length))
    return found, first, first + length
