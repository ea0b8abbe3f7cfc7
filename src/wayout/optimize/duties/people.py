"""People on and off movements, and what that books and releases."""

from wayout.optimize.dispatch import world as given
from wayout.optimize.dispatch.tables import Tables, column, element, entry, table
from wayout.optimize.duties import book as kept
from wayout.optimize.duties.bookings import drop_row
from wayout.optimize.duties.compiled import compiled


@compiled
def count_in(book: Tables, place: int, first: int, ends: int, people: int) -> None:
    """Add people to a place for the cells ``[first, ends)``."""
    free = table(book, kept.FREE_BEDS)
    for cell in range(first, min(ends, free.shape[1])):
        free[place, cell] -= people


@compiled
def least_free(book: Tables, place: int, first: int, ends: int) -> int:
    """The fewest beds free in the cells ``[first, ends)``."""
    free = table(book, kept.FREE_BEDS)
    least = 1 << 40
    for cell in range(first, min(ends, free.shape[1])):
        least = min(least, free[place, cell])
    return least


@compiled
def last_place(world: Tables, book: Tables, party: int, rides: int) -> int:
    """Where a party is after so many of its rides."""
    if rides == 0:
        return entry(world, given.PLACE, party)
    row = element(book, kept.RIDE, party, rides - 1)
    leg = element(book, kept.ROW, row, kept.R_LEG)
    return entry(world, given.DESTINATION, leg)


@compiled
def free_from(world: Tables, book: Tables, party: int, rides: int) -> int:
    """From when on it may leave from there (P2)."""
    if rides == 0:
        return entry(world, given.READY, party)
    row = element(book, kept.RIDE, party, rides - 1)
    place = entry(world, given.DESTINATION, element(book, kept.ROW, row, kept.R_LEG))
    return element(book, kept.ROW, row, kept.R_ARRIVE) + entry(world, given.STAY, place)


@compiled
def _book_party(world: Tables, book: Tables, row: int, party: int, change: int) -> None:
    """Seats, needs, processing and a way's limit of one party aboard."""
    rows, size = table(book, kept.ROW), entry(world, given.SIZE, party)
    rows[row, kept.R_PEOPLE] += change * size
    for kind in range(3):
        rows[row, kept.R_NEED + kind] += change * element(world, given.NEED, party, kind)
    leg = rows[row, kept.R_LEG]
    slot = rows[row, kept.R_DEPART] // entry(world, given.SETTINGS, given.SLOT)
    origin = entry(world, given.ORIGIN, leg)
    table(book, kept.FREE_PROCESSING)[origin, slot] -= change * size
    if entry(world, given.FLEET, leg) < 0:
        link = entry(world, given.LINK, leg)
        table(book, kept.FREE_LINK_PEOPLE)[link, slot] -= change * size


@compiled
def fits(world: Tables, book: Tables, row: int, party: int) -> bool:
    """Whether a movement has room for a party's needs (P6)."""
    leg = element(book, kept.ROW, row, kept.R_LEG)
    for kind in range(3):
        used = element(book, kept.ROW, row, kept.R_NEED + kind)
        need = element(world, given.NEED, party, kind)
        if need > 0 and used + need > element(world, given.NEEDS, leg, kind):
            return False
    return True


@compiled
def ride(world: Tables, book: Tables, row: int, party: int) -> None:
    """A party that has no further ride takes a movement from where it is."""
    rides = column(book, kept.RIDES)
    number = rides[party]
    table(book, kept.RIDE)[party, number] = row
    rides[party] = number + 1
    key, first = party * kept.MOST_RIDES + number, column(book, kept.FIRST)
    column(book, kept.FOLLOWS)[key] = first[row]
    first[row] = key
    _book_party(world, book, row, party, 1)
    cell, size = entry(world, given.SETTINGS, given.CELL), entry(world, given.SIZE, party)
    leg = element(book, kept.ROW, row, kept.R_LEG)
    leaves = -(-element(book, kept.ROW, row, kept.R_DEPART) // cell)
    comes = element(book, kept.ROW, row, kept.R_ARRIVE) // cell
    count_in(book, entry(world, given.ORIGIN, leg), leaves, 1 << 30, -size)
    count_in(book, entry(world, given.DESTINATION, leg), comes, 1 << 30, size)


@compiled
def _unlink(book: Tables, row: int, key: int) -> None:
    first, follows = column(book, kept.FIRST), column(book, kept.FOLLOWS)
    if first[row] == key:
        first[row] = follows[key]
        return
    before = first[row]
    while follows[before] != key:
        before = follows[before]
    follows[before] = follows[key]


@compiled
def cut(world: Tables, book: Tables, party: int, number: int) -> None:
    """A party takes none of its rides from ``number`` on: it stays where it is by then."""
    rides = column(book, kept.RIDES)
    cell, size = entry(world, given.SETTINGS, given.CELL), entry(world, given.SIZE, party)
    for which in range(rides[party] - 1, number - 1, -1):
        row = element(book, kept.RIDE, party, which)
        leg = element(book, kept.ROW, row, kept.R_LEG)
        _unlink(book, row, party * kept.MOST_RIDES + which)
        _book_party(world, book, row, party, -1)
        leaves = -(-element(book, kept.ROW, row, kept.R_DEPART) // cell)
        comes = element(book, kept.ROW, row, kept.R_ARRIVE) // cell
        count_in(book, entry(world, given.DESTINATION, leg), comes, 1 << 30, -size)
        count_in(book, entry(world, given.ORIGIN, leg), leaves, 1 << 30, size)
        if entry(world, given.FLEET, leg) < 0:
            alive = element(book, kept.ROW, row, kept.R_ALIVE) == 1
            if alive and element(book, kept.ROW, row, kept.R_PEOPLE) == 0:
                drop_row(book, row)
    rides[party] = number


@compiled
def may_go_on(world: Tables, party: int, place: int) -> bool:
    """Whether a party that is at a place may be taken from there."""
    if entry(world, given.HAVEN, place) > 0:
        return entry(world, given.ONWARD, party) > 0
    return True


@compiled
def queue_of(world: Tables, party: int, place: int) -> int:
    """The class in which a party waits: its own, or that of people who are safe."""
    if entry(world, given.HAVEN, place) > 0:
        return len(table(world, given.USABLE)) - 1
    return entry(world, given.GROUP, party)


@compiled
def cut_all(world: Tables, book: Tables, party: int) -> None:
    """A party stays at home or, where some of its rides are decided, where those take it."""
    cut_from(world, book, party, entry(book, kept.COUNTERS, kept.BEGINS))


@compiled
def cut_from(world: Tables, book: Tables, party: int, begins: int) -> None:
    """A party takes none of its rides from a tick on: it stays where it is by then."""
    number = 0
    while number < entry(book, kept.RIDES, party):
        row = element(book, kept.RIDE, party, number)
        if element(book, kept.ROW, row, kept.R_DEPART) >= begins:
            break
        number += 1
    cut(world, book, party, number)
