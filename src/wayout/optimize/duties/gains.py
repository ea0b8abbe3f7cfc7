"""What one more person on a ride is worth."""

from wayout.optimize.dispatch import world as given
from wayout.optimize.dispatch.tables import Tables, element, entry, table
from wayout.optimize.duties import book as kept
from wayout.optimize.duties.compiled import compiled
from wayout.optimize.duties.prices import Prices

SOON = 0.9
"""Part of the danger left that is spared where seats onward are free."""


@compiled
def _bonus(world: Tables, prices: Prices, group: int, place: int, tick: int) -> float:
    """What being at a place is worth by the relaxation's prices."""
    bucket = min(tick // prices.length, prices.bonus.shape[2] - 1)
    worth = prices.bonus[group, place, bucket]
    return prices.trust * worth if entry(world, given.HAVEN, place) > 0 else worth


@compiled
def gain(world: Tables, book: Tables, prices: Prices, group: int, leg: int, tick: int) -> float:
    """Danger-hours that a ride spares one person of a class who would stay for good otherwise.

    Who is safe already makes room for others: worth most where beds are too few as it is.
    """
    origin, destination = entry(world, given.ORIGIN, leg), entry(world, given.DESTINATION, leg)
    arrive = tick + entry(world, given.TRAVEL, leg)
    free = arrive + entry(world, given.STAY, destination)
    ahead = _bonus(world, prices, group, destination, free)
    if group == len(table(world, given.USABLE)) - 1:
        cell = tick // entry(world, given.SETTINGS, given.CELL)
        relief = prices.relief if element(book, kept.ROOM, origin, cell) < 0 else 0.0
        return relief + ahead - _bonus(world, prices, group, origin, tick)
    spared = prices.left[origin, tick] - prices.left[destination, arrive] - prices.way[leg]
    if entry(world, given.HAVEN, destination) == 0:
        cell = arrive // entry(world, given.SETTINGS, given.CELL)
        if element(book, kept.ONWARD, destination, cell) > 0:
            ahead = max(ahead, SOON * prices.weight[group] * prices.left[destination, arrive])
        return prices.weight[group] * spared + ahead
    return max(1e-9, prices.weight[group] * spared + ahead)
