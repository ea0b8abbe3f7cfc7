"""Ways on from a place in between: who is taken there is booked through to safety where seats are.

A bed on the way is then needed until the next departure, not to the end.
"""

from wayout.optimize.dispatch import world as given
from wayout.optimize.dispatch.boarding import may_take
from wayout.optimize.dispatch.tables import Tables, column, element, entry, table
from wayout.optimize.duties import book as kept
from wayout.optimize.duties.compiled import compiled
from wayout.optimize.duties.people import (
    cut,
    fits,
    free_from,
    last_place,
    least_free,
    may_go_on,
    queue_of,
    ride,
)

MOST_CHANGES = 4
"""Rides after the first that are booked at once."""

FAR = 1440
"""Minutes after an arrival within which seats onward are counted on."""


@compiled
def find_seats(world: Tables, book: Tables, num: int) -> None:
    """SEAT_ROW: movements with seats free by place, in order of time; ONWARD: how many seats."""
    begins, rows = column(book, kept.SEAT_FROM), table(book, kept.ROW)
    order, listed = column(book, kept.ORDER), column(book, kept.SEAT_ROW)
    places, total = len(begins) - 1, 0
    begins[:] = 0
    for number in range(num):
        if _seats(world, book, order[number]) > 0:
            begins[entry(world, given.ORIGIN, rows[order[number], kept.R_LEG])] += 1
            total += 1
    for place in range(1, places):
        begins[place] += begins[place - 1]
    begins[places] = total
    for number in range(num - 1, -1, -1):
        if _seats(world, book, order[number]) > 0:
            place = entry(world, given.ORIGIN, rows[order[number], kept.R_LEG])
            begins[place] -= 1
            listed[begins[place]] = order[number]
    _sum_up(world, book)


@compiled
def _sum_up(world: Tables, book: Tables) -> None:
    """Free seats that leave each place within FAR minutes from each cell on."""
    onward, rows = table(book, kept.ONWARD), table(book, kept.ROW)
    begins, listed = column(book, kept.SEAT_FROM), column(book, kept.SEAT_ROW)
    minutes = entry(world, given.SETTINGS, given.CELL)
    cells, far = onward.shape[1], max(1, FAR // minutes)
    onward[:, :] = 0
    for place in range(len(onward)):
        for number in range(begins[place], begins[place + 1]):
            row = listed[number]
            cell = min(cells - 1, rows[row, kept.R_DEPART] // minutes)
            onward[place, cell] += _seats(world, book, row)
        for cell in range(cells - 2, -1, -1):
            onward[place, cell] += onward[place, cell + 1]
        for cell in range(cells - far):
            onward[place, cell] -= onward[place, cell + far]


@compiled
def beds_until_seats(book: Tables, place: int, cell: int) -> int:
    """People who have a bed at a place at first, and seats to go on soon."""
    there = element(book, kept.FREE_BEDS, place, cell)
    return min(there, element(book, kept.ONWARD, place, cell))


@compiled
def room_ahead(world: Tables, book: Tables, leg: int, tick: int) -> int:
    """People who have a bed at a leg's end: to the end, or until seats take them on."""
    place = entry(world, given.DESTINATION, leg)
    cell = (tick + entry(world, given.TRAVEL, leg)) // entry(world, given.SETTINGS, given.CELL)
    return max(least_free(book, place, cell, 1 << 30), beds_until_seats(book, place, cell))


@compiled
def _seats(world: Tables, book: Tables, row: int) -> int:
    """Free seats of a movement that carries people."""
    leg = element(book, kept.ROW, row, kept.R_LEG)
    if entry(book, kept.CARRIES, leg) == 0:
        return 0
    tick = element(book, kept.ROW, row, kept.R_DEPART)
    seats = element(world, given.SEATS, entry(world, given.FLEET, leg), tick)
    return seats - element(book, kept.ROW, row, kept.R_PEOPLE)


@compiled
def _next_ride(world: Tables, book: Tables, party: int, place: int, tick: int) -> int:
    """The first movement from a place with a seat and a bed at its end for a party; -1 if none."""
    begins, listed = column(book, kept.SEAT_FROM), column(book, kept.SEAT_ROW)
    size, slot = entry(world, given.SIZE, party), entry(world, given.SETTINGS, given.SLOT)
    low, high = begins[place], begins[place + 1]
    while low < high:
        middle = (low + high) // 2
        if element(book, kept.ROW, listed[middle], kept.R_DEPART) < tick:
            low = middle + 1
        else:
            high = middle
    for number in range(low, begins[place + 1]):
        row = listed[number]
        if element(book, kept.ROW, row, kept.R_ALIVE) == 0 or _seats(world, book, row) < size:
            continue
        leg = element(book, kept.ROW, row, kept.R_LEG)
        depart = element(book, kept.ROW, row, kept.R_DEPART)
        if not may_take(world, queue_of(world, party, place), leg, depart):
            continue
        if element(book, kept.FREE_PROCESSING, place, depart // slot) < size:
            continue
        ahead = entry(world, given.DESTINATION, leg)
        cell = element(book, kept.ROW, row, kept.R_ARRIVE) // entry(
            world, given.SETTINGS, given.CELL
        )
        if least_free(book, ahead, cell, cell + 1) >= size and fits(world, book, row, party):
            return row
    return -1


@compiled
def take(world: Tables, book: Tables, row: int, party: int) -> bool:
    """A party takes a movement and all it needs from there to safety, or stays as it was.

    Where there is no way on it waits at the far end, if there is a bed to the end.
    """
    first, minutes = entry(book, kept.RIDES, party), entry(world, given.SETTINGS, given.CELL)
    for _ in range(MOST_CHANGES):
        ride(world, book, row, party)
        number = entry(book, kept.RIDES, party)
        place = last_place(world, book, party, number)
        cell = element(book, kept.ROW, row, kept.R_ARRIVE) // minutes
        room = least_free(book, place, cell, 1 << 30)
        if room >= 0 and entry(world, given.HAVEN, place) > 0:
            return True
        row = -1
        if number < kept.MOST_RIDES and may_go_on(world, party, place):
            row = _next_ride(world, book, party, place, free_from(world, book, party, number))
        if row < 0:
            if room >= 0:
                return True
            break
        leaves = -(-element(book, kept.ROW, row, kept.R_DEPART) // minutes)
        if least_free(book, place, cell, leaves) < 0:
            break
    cut(world, book, party, first)
    return False
