"""Queues of parties and boarding: whole parties, heaviest class first, first come first served."""

from wayout.network.timeline import Int
from wayout.optimize.dispatch import state as booked
from wayout.optimize.dispatch import world as given
from wayout.optimize.dispatch.capacity import count_present, room
from wayout.optimize.dispatch.compiled import compiled
from wayout.optimize.dispatch.queues import append, unlink
from wayout.optimize.dispatch.slack import least_slack
from wayout.optimize.dispatch.state import Guide
from wayout.optimize.dispatch.tables import Tables, column, element, entry, table

LOOK_PAST = 40
"""How many parties in a row may be passed over because they do not fit."""


@compiled
def enqueue(world: Tables, state: Tables, place: int, party: int) -> bool:
    """A party is free to leave a place; in a haven only those that may be moved on wait for it."""
    group = entry(world, given.GROUP, party)
    tail, follows = table(state, booked.TAIL), column(state, booked.FOLLOWS)
    if entry(world, given.HAVEN, place):
        if entry(world, given.ONWARD, party) == 0:
            return False
        group = tail.shape[1] - 1
    append(table(state, booked.HEAD), tail, follows, place, group, party)
    table(state, booked.WAITING)[place, group] += entry(world, given.SIZE, party)
    return True


@compiled
def _add_load(state: Tables, movement: int, party: int) -> None:
    counters, load = column(state, booked.COUNTERS), table(state, booked.LOAD)
    first = column(state, booked.FIRST_LOAD)
    row = counters[booked.NUM_LOADS]
    counters[booked.NUM_LOADS] = row + 1
    load[row, 0] = first[movement]
    load[row, 1] = party
    first[movement] = row


@compiled
def may_take(world: Tables, group: int, leg: int, tick: int) -> bool:
    """Whether a class may take a leg at a tick and can still be safe by its deadline."""
    if element(world, given.USABLE, group, leg) == 0:
        return False
    arrival = tick + entry(world, given.TRAVEL, leg)
    ahead = entry(world, given.DESTINATION, leg)
    return arrival + element(world, given.MINUTES, group, ahead) <= entry(
        world, given.SAFE_BY, group
    )


@compiled
def _fits(need: Int, most: Int, leg: int, party: int, used: tuple[int, int, int]) -> bool:
    return (
        used[0] + need[party, 0] <= most[leg, 0]
        and used[1] + need[party, 1] <= most[leg, 1]
        and used[2] + need[party, 2] <= most[leg, 2]
    )


@compiled
def board(world: Tables, state: Tables, movement: int, leg: int, tick: int, most: int) -> int:
    """Fill a movement with at most ``most`` people; returns how many boarded."""
    place, total, used = entry(world, given.ORIGIN, leg), 0, (0, 0, 0)
    need, needs, size = (
        table(world, given.NEED),
        table(world, given.NEEDS),
        column(world, given.SIZE),
    )
    head, tail = table(state, booked.HEAD), table(state, booked.TAIL)
    follows, waiting = column(state, booked.FOLLOWS), table(state, booked.WAITING)
    for group in range(head.shape[1]):
        if not may_take(world, group, leg, tick):
            continue
        before, party, passed = -1, head[place, group], 0
        while party >= 0 and total < most and passed < LOOK_PAST:
            after = follows[party]
            if size[party] <= most - total and _fits(need, needs, leg, party, used):
                unlink(head, tail, follows, place, group, before, party)
                waiting[place, group] -= size[party]
                _add_load(state, movement, party)
                total += size[party]
                used = (
                    used[0] + need[party, 0],
                    used[1] + need[party, 1],
                    used[2] + need[party, 2],
                )
            else:
                before = party
                passed += 1
            party = after
    return total


@compiled
def waiting_at(state: Tables, place: int) -> int:
    """People who wait at a place, whoever they are."""
    waiting, total = table(state, booked.WAITING), 0
    for group in range(waiting.shape[1]):
        total += waiting[place, group]
    return total


@compiled
def waiting_for(world: Tables, state: Tables, leg: int, tick: int) -> int:
    """People who wait at a leg's origin and may take it at a tick."""
    place, total = entry(world, given.ORIGIN, leg), 0
    waiting = table(state, booked.WAITING)
    for group in range(waiting.shape[1]):
        if waiting[place, group] > 0 and may_take(world, group, leg, tick):
            total += waiting[place, group]
    return total


@compiled
def leave(world: Tables, state: Tables, place: int, tick: int, people: int, counted: int) -> None:
    """Book ``people`` out of a place; ``counted`` of them against its processing."""
    slot, cell = entry(world, given.SETTINGS, given.SLOT), entry(world, given.SETTINGS, given.CELL)
    count_present(state, place, -(-tick // cell), -people)
    table(state, booked.PROCESSED)[place, tick // slot] += counted


@compiled
def processing_left(world: Tables, state: Tables, place: int, tick: int) -> int:
    """People who may still leave a place in the slot of a tick (P4)."""
    slot = tick // entry(world, given.SETTINGS, given.SLOT)
    return element(world, given.PROCESSING, place, slot) - element(
        state, booked.PROCESSED, place, slot
    )


@compiled
def walk_limit(world: Tables, state: Tables, guide: Guide, leg: int, tick: int) -> int:
    """Most people who may set out by themselves now: link, processing, beds and stock ahead."""
    link, slot = entry(world, given.LINK, leg), tick // entry(world, given.SETTINGS, given.SLOT)
    most = element(world, given.LINK_PEOPLE, link, slot) - element(
        state, booked.LINK_PEOPLE_USED, link, slot
    )
    most = min(most, processing_left(world, state, entry(world, given.ORIGIN, leg), tick))
    if most <= 0:
        return 0
    ahead, arrival = entry(world, given.DESTINATION, leg), tick + entry(world, given.TRAVEL, leg)
    most = min(most, room(world, state, guide, ahead, tick, arrival))
    if element(world, given.WORSE, entry(world, given.ORIGIN, leg), ahead):
        most = min(most, _stock_room(world, state, ahead, arrival, guide.stock_slots))
    return most


@compiled
def _stock_room(world: Tables, state: Tables, place: int, tick: int, stock_slots: int) -> int:
    """How many more people a place can pass on in the slots after a tick."""
    outflow, last = table(world, given.OUTFLOW), table(world, given.BEDS).shape[1] - 1
    cell = min(tick // entry(world, given.SETTINGS, given.CELL), last)
    slot = min(tick // entry(world, given.SETTINGS, given.SLOT), outflow.shape[1] - 1)
    until = min(slot + stock_slots, outflow.shape[1] - 1)
    free = least_slack(table(state, booked.FREE_BEDS), place, cell, cell + 1)
    present = element(world, given.BEDS, place, cell) - free
    return outflow[place, until] - outflow[place, slot] - present
