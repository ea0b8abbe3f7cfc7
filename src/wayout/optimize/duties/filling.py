"""Everybody who stays without need gets on what leaves with seats free, in order of time."""

from wayout.optimize.dispatch import world as given
from wayout.optimize.dispatch.boarding import LOOK_PAST, may_take
from wayout.optimize.dispatch.queues import append, unlink
from wayout.optimize.dispatch.tables import Tables, column, element, entry, table
from wayout.optimize.duties import book as kept
from wayout.optimize.duties.bookings import drop_row, new_row
from wayout.optimize.duties.compiled import compiled
from wayout.optimize.duties.gains import gain
from wayout.optimize.duties.onward import find_seats, room_ahead, take
from wayout.optimize.duties.people import (
    fits,
    free_from,
    last_place,
    may_go_on,
    queue_of,
)
from wayout.optimize.duties.pooling import make_room
from wayout.optimize.duties.prices import Prices

MOST_MISSED = 3
"""Parties of a class that find no way on from a place before no more are tried."""


@compiled
def _expect(world: Tables, book: Tables, party: int) -> None:
    """A party waits from when it may leave from where it ends."""
    rides = entry(book, kept.RIDES, party)
    if rides >= kept.MOST_RIDES:
        return
    place = last_place(world, book, party, rides)
    if not may_go_on(world, party, place):
        return
    events = column(book, kept.EVENT)
    tick = max(free_from(world, book, party, rides), entry(book, kept.COUNTERS, kept.BEGINS))
    if tick < len(events) - 1:
        column(book, kept.PLACE)[party] = place
        column(book, kept.BEHIND)[party] = events[tick]
        events[tick] = party


@compiled
def _arrive(world: Tables, book: Tables, tick: int) -> None:
    """Those who may leave from a tick on join their queues."""
    head, tail = table(book, kept.HEAD), table(book, kept.TAIL)
    behind, events = column(book, kept.BEHIND), column(book, kept.EVENT)
    party = events[tick]
    while party >= 0:
        following = behind[party]
        place = entry(book, kept.PLACE, party)
        group = queue_of(world, party, place)
        append(head, tail, behind, place, group, party)
        party = following


@compiled
def _board(
    world: Tables, book: Tables, prices: Prices, row: int, leg: int, tick: int, most: int
) -> int:
    """Fill a movement from the queues with at most ``most`` people, the heaviest class first."""
    place, total = entry(world, given.ORIGIN, leg), 0
    head, tail = table(book, kept.HEAD), table(book, kept.TAIL)
    behind = column(book, kept.BEHIND)
    for group in range(head.shape[1]):
        party, before, passed, missed = head[place, group], -1, 0, 0
        if party < 0 or not may_take(world, group, leg, tick):
            continue
        if gain(world, book, prices, group, leg, tick) <= 0.0:
            continue
        while party >= 0 and total < most and passed < LOOK_PAST:
            after, size = behind[party], entry(world, given.SIZE, party)
            if size <= most - total and fits(world, book, row, party):
                if not take(world, book, row, party):
                    before = party
                    missed += 1
                    if missed > MOST_MISSED:
                        break
                else:
                    unlink(head, tail, behind, place, group, before, party)
                    total += size
                    _expect_again(world, book, party, tick)
            else:
                before = party
                passed += 1
            party = after
    return total


@compiled
def _expect_again(world: Tables, book: Tables, party: int, tick: int) -> None:
    """Who has come to a place on the way waits there; who is safe stays."""
    if free_from(world, book, party, entry(book, kept.RIDES, party)) > tick:
        _expect(world, book, party)


@compiled
def _room(world: Tables, book: Tables, leg: int, tick: int) -> int:
    """People who may leave at a tick over a leg: processing here, beds there."""
    slot = entry(world, given.SETTINGS, given.SLOT)
    most = element(book, kept.FREE_PROCESSING, entry(world, given.ORIGIN, leg), tick // slot)
    return min(most, room_ahead(world, book, leg, tick)) if most > 0 else 0


@compiled
def _anybody(book: Tables, place: int) -> bool:
    head, first = table(book, kept.HEAD), -1
    for group in range(head.shape[1]):
        first = max(first, head[place, group])
    return first >= 0


@compiled
def _walk(world: Tables, book: Tables, prices: Prices, leg: int, tick: int) -> None:
    """People set out by themselves over a leg, as many as may."""
    if element(world, given.POSSIBLE, entry(world, given.MASK, leg), tick) == 0:
        return
    slot, link = entry(world, given.SETTINGS, given.SLOT), entry(world, given.LINK, leg)
    most = element(book, kept.FREE_LINK_PEOPLE, link, tick // slot)
    most = min(most, _room(world, book, leg, tick)) if most > 0 else 0
    if most <= 0:
        return
    row = new_row(world, book, leg, -1, tick)
    if row < 0:
        return
    alive = table(book, kept.ROW)
    alive[row, kept.R_ALIVE] = kept.OPEN
    if _board(world, book, prices, row, leg, tick, most) > 0:
        alive[row, kept.R_ALIVE] = 1
    else:
        drop_row(book, row)


@compiled
def _ride(world: Tables, book: Tables, prices: Prices, row: int) -> None:
    """Fill a movement of a vehicle."""
    leg = element(book, kept.ROW, row, kept.R_LEG)
    tick = element(book, kept.ROW, row, kept.R_DEPART)
    aboard = element(book, kept.ROW, row, kept.R_PEOPLE)
    most = element(world, given.SEATS, entry(world, given.FLEET, leg), tick) - aboard
    if most > 0 and _anybody(book, entry(world, given.ORIGIN, leg)):
        most = min(most, _room(world, book, leg, tick))
        if most > 0:
            _board(world, book, prices, row, leg, tick, most)


@compiled
def _begin(world: Tables, book: Tables) -> None:
    head, tail = table(book, kept.HEAD), table(book, kept.TAIL)
    head[:, :] = -1
    tail[:, :] = -1
    column(book, kept.EVENT)[:] = -1
    for party in range(len(column(world, given.SIZE))):
        _expect(world, book, party)


@compiled
def fill(world: Tables, book: Tables, prices: Prices, num: int) -> None:
    """Seats of movements, in order of time as ORDER has the first ``num``, and ways on foot."""
    _begin(world, book)
    find_seats(world, book, num)
    make_room(book)
    order, rows = column(book, kept.ORDER), table(book, kept.ROW)
    walks, slot = column(world, given.WALKS), entry(world, given.SETTINGS, given.SLOT)
    at, begins = 0, entry(book, kept.COUNTERS, kept.BEGINS)
    while at < num and rows[order[at], kept.R_DEPART] < begins:
        at += 1
    for tick in range(begins, entry(world, given.SETTINGS, given.HORIZON) + 1):
        if entry(book, kept.EVENT, tick) >= 0:
            _arrive(world, book, tick)
        if tick % slot == 0:
            for leg in walks:
                if _anybody(book, entry(world, given.ORIGIN, leg)):
                    _walk(world, book, prices, leg, tick)
        while at < num and rows[order[at], kept.R_DEPART] == tick:
            _ride(world, book, prices, order[at])
            at += 1
