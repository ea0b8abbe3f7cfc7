"""Who could be taken from where and when: parties that stay without need, by class and place."""

from wayout.optimize.dispatch import world as given
from wayout.optimize.dispatch.tables import Tables, column, entry, table
from wayout.optimize.duties import book as kept
from wayout.optimize.duties.compiled import compiled
from wayout.optimize.duties.people import free_from, last_place, may_go_on, queue_of


@compiled
def _count(world: Tables, book: Tables) -> None:
    """People by class, place and slot from which on they may leave; parties by class and place."""
    pool, begins = table(book, kept.POOL), column(book, kept.POOL_FROM)
    pool[:, :] = 0
    begins[:] = 0
    slot, places = entry(world, given.SETTINGS, given.SLOT), len(column(world, given.STAY))
    for party in range(len(column(world, given.SIZE))):
        rides = entry(book, kept.RIDES, party)
        place = last_place(world, book, party, rides)
        tick = free_from(world, book, party, rides)
        since = -(-tick // slot)
        if rides >= kept.MOST_RIDES or since >= pool.shape[1] or not may_go_on(world, party, place):
            column(book, kept.PLACE)[party] = -1
            continue
        key = queue_of(world, party, place) * places + place
        column(book, kept.PLACE)[party] = key
        column(book, kept.SINCE)[party] = tick
        pool[key, since] += entry(world, given.SIZE, party)
        begins[key + 1] += 1


@compiled
def make_pools(world: Tables, book: Tables) -> None:
    """Fill POOL, and POOL_PARTY with the parties of each class and place in their order."""
    _count(world, book)
    pool, begins = table(book, kept.POOL), column(book, kept.POOL_FROM)
    for key in range(len(pool)):
        begins[key + 1] += begins[key]
        for slot in range(1, pool.shape[1]):
            pool[key, slot] += pool[key, slot - 1]
    places, total = len(column(world, given.STAY)), table(book, kept.POOL_AT)
    total[:, :] = 0
    for key in range(len(pool)):
        for slot in range(pool.shape[1]):
            total[key % places, slot] += pool[key, slot]
    _list(world, book)


@compiled
def _list(world: Tables, book: Tables) -> None:
    """Parties by class and place, who is ready first before others (counting sort)."""
    begins, place = column(book, kept.POOL_FROM), column(book, kept.PLACE)
    parties, order = column(book, kept.POOL_PARTY), column(world, given.BY_READY)
    total = begins[len(begins) - 1]
    for number in range(len(order) - 1, -1, -1):
        party = order[number]
        key = place[party]
        if key >= 0:
            begins[key + 1] -= 1
            parties[begins[key + 1]] = party
    for key in range(len(begins) - 1):
        begins[key] = begins[key + 1]
    begins[len(begins) - 1] = total


@compiled
def make_room(book: Tables) -> None:
    """ROOM: the least free beds of each place from a cell to the end."""
    room, free = table(book, kept.ROOM), table(book, kept.FREE_BEDS)
    for place in range(len(free)):
        least = 1 << 40
        room[place, free.shape[1]] = least
        for cell in range(free.shape[1] - 1, -1, -1):
            least = min(least, free[place, cell])
            room[place, cell] = least
