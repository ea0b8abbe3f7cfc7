"""What a timetable spares people, and who had better stay at home."""

from wayout.optimize.dispatch import world as given
from wayout.optimize.dispatch.tables import Tables, column, element, entry
from wayout.optimize.duties import book as kept
from wayout.optimize.duties.compiled import compiled
from wayout.optimize.duties.people import cut_all, least_free
from wayout.optimize.duties.prices import Prices


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
def leave_at_home(world: Tables, book: Tables, prices: Prices) -> None:
    """Who would be stranded on the way, and no better off there, does not leave."""
    cell = entry(world, given.SETTINGS, given.CELL)
    for party in range(len(column(world, given.SIZE))):
        number = entry(book, kept.RIDES, party)
        if number == 0 or _change(world, book, prices, party) < 0.0:
            continue
        depart = element(book, kept.ROW, element(book, kept.RIDE, party, 0), kept.R_DEPART)
        home, size = entry(world, given.PLACE, party), entry(world, given.SIZE, party)
        decided = depart < entry(book, kept.COUNTERS, kept.BEGINS)
        if not decided and least_free(book, home, depart // cell, 1 << 30) >= size:
            cut_all(world, book, party)
