"""Slots, hours, spots and rows of movements: whether they are free, booking and release."""

from wayout.optimize.dispatch import world as given
from wayout.optimize.dispatch.capacity import DAY
from wayout.optimize.dispatch.tables import Tables, column, element, entry, table
from wayout.optimize.duties import book as kept
from wayout.optimize.duties.compiled import compiled


@compiled
def draw(book: Tables, most: int) -> int:
    """A random number from 0 up to below ``most`` (xorshift, Marsaglia 2003)."""
    counters = column(book, kept.COUNTERS)
    state = counters[kept.RANDOM]
    state ^= (state << 13) & 0x7FFFFFFFFFFFFFFF
    state ^= state >> 7
    state ^= (state << 17) & 0x7FFFFFFFFFFFFFFF
    counters[kept.RANDOM] = state
    return (state >> 11) % most


@compiled
def book_slots(world: Tables, book: Tables, leg: int, tick: int, change: int) -> None:
    """Book (+1) or release (-1) the slots and hours of a vehicle's departure (M6, V4, V7)."""
    size, travel = entry(world, given.SETTINGS, given.SLOT), entry(world, given.TRAVEL, leg)
    link = entry(world, given.LINK, leg)
    table(book, kept.FREE_LINK_DEPARTURES)[link, tick // size] -= change
    free = table(book, kept.FREE_MOVEMENTS)
    berth = entry(world, given.ORIGIN_BERTH, leg)
    if berth >= 0:
        free[berth, tick // size] -= change
    berth = entry(world, given.DESTINATION_BERTH, leg)
    if berth >= 0:
        free[berth, (tick + travel) // size] -= change
    fleet = entry(world, given.FLEET, leg)
    table(book, kept.FREE_HOURS)[fleet, tick // DAY] -= change * travel


@compiled
def may_depart(world: Tables, book: Tables, leg: int, tick: int) -> bool:
    """Whether a leg is open at a tick with slots and hours left."""
    if element(world, given.POSSIBLE, entry(world, given.MASK, leg), tick) == 0:
        return False
    travel = entry(world, given.TRAVEL, leg)
    fleet = entry(world, given.FLEET, leg)
    if element(book, kept.FREE_HOURS, fleet, tick // DAY) < travel:
        return False
    size = entry(world, given.SETTINGS, given.SLOT)
    link = entry(world, given.LINK, leg)
    if element(book, kept.FREE_LINK_DEPARTURES, link, tick // size) <= 0:
        return False
    near, far = entry(world, given.ORIGIN_BERTH, leg), entry(world, given.DESTINATION_BERTH, leg)
    ends = (tick + travel) // size
    if near >= 0 and element(book, kept.FREE_MOVEMENTS, near, tick // size) <= 0:
        return False
    if far < 0:
        return True
    needed = 2 if far == near and ends == tick // size else 1
    return element(book, kept.FREE_MOVEMENTS, far, ends) >= needed


@compiled
def parks(world: Tables, fleet: int, place: int) -> bool:
    """Whether a vehicle needs no spot once it is unloaded and loaded."""
    return element(world, given.PARKS, fleet, place) > 0


@compiled
def hold(book: Tables, berth: int, begins: int, ends: int, change: int) -> None:
    """Book (+1) or release (-1) a spot for the ticks ``[begins, ends)``."""
    if berth < 0:
        return
    free = table(book, kept.FREE_SPOTS)
    for tick in range(begins, min(ends, free.shape[1])):
        free[berth, tick] -= change


@compiled
def is_free(book: Tables, berth: int, begins: int, ends: int) -> bool:
    """Whether a spot is free at all ticks ``[begins, ends)`` (V6)."""
    if berth < 0:
        return True
    free, least = table(book, kept.FREE_SPOTS), 1
    for tick in range(begins, min(ends, free.shape[1])):
        least = min(least, free[berth, tick])
    return least > 0


@compiled
def new_row(world: Tables, book: Tables, leg: int, vehicle: int, tick: int) -> int:
    """A movement with nobody aboard; -1 where there is no room for one more."""
    counters, rows = column(book, kept.COUNTERS), table(book, kept.ROW)
    if counters[kept.NUM_FREE] > 0:
        counters[kept.NUM_FREE] -= 1
        row = column(book, kept.FREE_ROWS)[counters[kept.NUM_FREE]]
    elif counters[kept.NUM_ROWS] < len(rows):
        row = counters[kept.NUM_ROWS]
        counters[kept.NUM_ROWS] += 1
    else:
        counters[kept.FAILED] = 1
        return -1
    rows[row, kept.R_LEG], rows[row, kept.R_VEHICLE] = leg, vehicle
    rows[row, kept.R_DEPART] = tick
    rows[row, kept.R_ARRIVE] = tick + entry(world, given.TRAVEL, leg)
    rows[row, kept.R_PEOPLE] = 0
    for kind in range(3):
        rows[row, kept.R_NEED + kind] = 0
    rows[row, kept.R_ALIVE] = 1
    column(book, kept.FIRST)[row] = -1
    return row


@compiled
def drop_row(book: Tables, row: int) -> None:
    """Take a movement out; nobody is aboard."""
    table(book, kept.ROW)[row, kept.R_ALIVE] = 0
    counters = column(book, kept.COUNTERS)
    column(book, kept.FREE_ROWS)[counters[kept.NUM_FREE]] = row
    counters[kept.NUM_FREE] += 1
