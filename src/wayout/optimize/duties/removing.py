"""Take movements of marked vehicles out of the timetable."""

from wayout.optimize.dispatch import world as given
from wayout.optimize.dispatch.tables import Tables, column, element, entry, table
from wayout.optimize.duties import book as kept
from wayout.optimize.duties.bookings import book_slots, drop_row, hold, parks
from wayout.optimize.duties.compiled import compiled
from wayout.optimize.duties.people import cut, cut_all, cut_from


@compiled
def sort_rows(world: Tables, book: Tables) -> int:
    """ORDER: the movements of vehicles by departure (counting sort); returns how many."""
    rows, order = table(book, kept.ROW), column(book, kept.ORDER)
    total = entry(book, kept.COUNTERS, kept.NUM_ROWS)
    count = column(book, kept.EVENT)
    count[:] = 0
    num = 0
    for row in range(total):
        if rows[row, kept.R_ALIVE] > 0 and rows[row, kept.R_VEHICLE] >= 0:
            count[rows[row, kept.R_DEPART]] += 1
            num += 1
    for tick in range(1, len(count)):
        count[tick] += count[tick - 1]
    for row in range(total - 1, -1, -1):
        if rows[row, kept.R_ALIVE] > 0 and rows[row, kept.R_VEHICLE] >= 0:
            count[rows[row, kept.R_DEPART]] -= 1
            order[count[rows[row, kept.R_DEPART]]] = row
    return num


@compiled
def _release(world: Tables, book: Tables, row: int, until: int, whole: bool) -> None:
    """Release the spot of a vehicle after a movement: all of it, or from when it is ready."""
    leg = element(book, kept.ROW, row, kept.R_LEG)
    arrive = element(book, kept.ROW, row, kept.R_ARRIVE)
    ready = arrive + entry(world, given.GROUND, leg)
    place, fleet = entry(world, given.DESTINATION, leg), entry(world, given.FLEET, leg)
    ends = min(ready, until) if parks(world, fleet, place) else until
    hold(book, entry(world, given.DESTINATION_BERTH, leg), arrive if whole else ready, ends, -1)


@compiled
def remove(world: Tables, book: Tables, num: int, begins: int, ends: int) -> None:
    """Take out what marked vehicles do from ``begins`` to before ``ends``; nobody stays aboard.

    LAST_ROW and NEXT_ROW tell what is left of theirs before and after.
    """
    rows, order = table(book, kept.ROW), column(book, kept.ORDER)
    last, following = column(book, kept.LAST_ROW), column(book, kept.NEXT_ROW)
    marked, touched = column(book, kept.MARKED), column(book, kept.TAIL_ROW)
    last[:] = -1
    following[:] = -1
    touched[:] = -1
    for number in range(num):
        row = order[number]
        vehicle, depart = rows[row, kept.R_VEHICLE], rows[row, kept.R_DEPART]
        if marked[vehicle] == 0:
            continue
        before = touched[vehicle]
        if before >= 0 and depart >= begins:
            gone = rows[before, kept.R_ALIVE] == 0
            if gone or rows[before, kept.R_DEPART] < begins:
                _release(world, book, before, depart, gone)
        touched[vehicle] = row
        if depart < begins:
            last[vehicle] = row
        elif depart < ends:
            rows[row, kept.R_ALIVE] = 0
            book_slots(world, book, rows[row, kept.R_LEG], depart, -1)
        elif following[vehicle] < 0:
            following[vehicle] = row
    for vehicle in range(len(marked)):
        row = touched[vehicle]
        if marked[vehicle] == 0 or row < 0:
            continue
        if rows[row, kept.R_ALIVE] == 0 or following[vehicle] < 0:
            _release(world, book, row, 1 << 30, rows[row, kept.R_ALIVE] == 0)
    _strand(world, book)
    for number in range(num):
        row = order[number]
        if rows[row, kept.R_ALIVE] == 0:
            drop_row(book, row)


@compiled
def _strand(world: Tables, book: Tables) -> None:
    """Who was aboard stays where the ride began, for now whether there are beds or not."""
    ride, rides = table(book, kept.RIDE), column(book, kept.RIDES)
    for party in range(len(rides)):
        for number in range(rides[party]):
            if element(book, kept.ROW, ride[party, number], kept.R_ALIVE) == 0:
                cut(world, book, party, number)
                break


@compiled
def _send_home(world: Tables, book: Tables, place: int, cell: int) -> None:
    """Who is at a place in a cell in which beds are too few stays at home, until they are not."""
    free, rides = table(book, kept.FREE_BEDS), column(book, kept.RIDES)
    minutes = entry(world, given.SETTINGS, given.CELL)
    for party in range(len(rides) - 1, -1, -1):
        if free[place, cell] >= 0:
            return
        for number in range(rides[party]):
            row = element(book, kept.RIDE, party, number)
            leg = element(book, kept.ROW, row, kept.R_LEG)
            if entry(world, given.DESTINATION, leg) != place:
                continue
            if element(book, kept.ROW, row, kept.R_ARRIVE) // minutes > cell:
                break
            leaves = 1 << 40
            if number + 1 < rides[party]:
                after = element(book, kept.RIDE, party, number + 1)
                leaves = -(-element(book, kept.ROW, after, kept.R_DEPART) // minutes)
            if leaves > cell:
                cut_all(world, book, party)
            break


@compiled
def has_too_few(book: Tables) -> bool:
    """Whether beds are too few anywhere."""
    return table(book, kept.FREE_BEDS).min() < 0


@compiled
def relieve(world: Tables, book: Tables) -> bool:
    """Where beds came to be too few, some stay at home after all; whether anybody had to."""
    free, relieved = table(book, kept.FREE_BEDS), False
    for place in range(len(free)):
        for cell in range(free.shape[1]):
            if free[place, cell] < 0:
                relieved = True
                _send_home(world, book, place, cell)
                if free[place, cell] < 0:
                    column(book, kept.COUNTERS)[kept.FAILED] = 1
                    return True
    return relieved


@compiled
def call_back(world: Tables, book: Tables, begins: int) -> None:
    """Nobody has a ride from a tick on: all are to be given seats anew, in order of time."""
    for party in range(len(column(book, kept.RIDES))):
        cut_from(world, book, party, begins)
