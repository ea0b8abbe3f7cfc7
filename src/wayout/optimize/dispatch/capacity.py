"""Booking of capacities: spots, movement slots, beds, hours. Compiled.

Nothing here decides anything; each function says whether something is free or books it.
"""

from wayout.network.timeline import Int
from wayout.optimize.dispatch import state as booked
from wayout.optimize.dispatch import world as given
from wayout.optimize.dispatch.compiled import compiled
from wayout.optimize.dispatch.tables import Tables, column, table

DAY = 1440


@compiled
def last_spot_conflict(used: Int, spots: Int, berth: int, begins: int, ends: int) -> int:
    """Last tick in ``[begins, ends)`` at which no spot is free, or -1 when one always is."""
    if berth < 0:
        return -1
    for tick in range(min(ends, spots.shape[1]) - 1, begins - 1, -1):
        if used[berth, tick] >= spots[berth, tick]:
            return tick
    return -1


@compiled
def hold_spot(state: Tables, berth: int, begins: int, ends: int, change: int) -> None:
    """Book (+1) or release (-1) a spot for the ticks ``[begins, ends)``."""
    if berth < 0:
        return
    used = table(state, booked.SPOTS_USED)
    for tick in range(begins, min(ends, used.shape[1])):
        used[berth, tick] += change


@compiled
def room(world: Tables, state: Tables, place: int, tick: int) -> int:
    """Beds free from a tick to the end of the plan, whatever is booked until then (P5)."""
    beds, present = table(world, given.BEDS), table(state, booked.PRESENT)
    least = 1 << 40
    for cell in range(tick // column(world, given.SETTINGS)[given.SLOT], beds.shape[1]):
        free = beds[place, cell] - present[place, cell]
        if free < least:
            least = free
            if least <= 0:
                break
    return least


@compiled
def count_present(state: Tables, place: int, cell: int, change: int) -> None:
    """Add people to a place from a cell to the end of the plan."""
    present = table(state, booked.PRESENT)
    for later in range(max(cell, 0), present.shape[1]):
        present[place, later] += change


@compiled
def book_slots(world: Tables, state: Tables, leg: int, tick: int, change: int) -> None:
    """Book (+1) or release (-1) the slots and hours of one vehicle's departure (M6, V4, V7)."""
    size = column(world, given.SETTINGS)[given.SLOT]
    travel = column(world, given.TRAVEL)[leg]
    table(state, booked.LINK_DEPARTURES_USED)[column(world, given.LINK)[leg], tick // size] += (
        change
    )
    movements = table(state, booked.MOVEMENTS_USED)
    berth = column(world, given.ORIGIN_BERTH)[leg]
    if berth >= 0:
        movements[berth, tick // size] += change
    berth = column(world, given.DESTINATION_BERTH)[leg]
    if berth >= 0:
        movements[berth, (tick + travel) // size] += change
    table(state, booked.HOURS_USED)[column(world, given.FLEET)[leg], tick // DAY] += change * travel


@compiled
def _slots_free(world: Tables, state: Tables, leg: int, tick: int) -> bool:
    """Whether the slots of a departure are free on the link and at both berths."""
    size = column(world, given.SETTINGS)[given.SLOT]
    link, slot = column(world, given.LINK)[leg], tick // size
    departures = table(state, booked.LINK_DEPARTURES_USED)
    if departures[link, slot] >= table(world, given.LINK_DEPARTURES)[link, slot]:
        return False
    used, most = table(state, booked.MOVEMENTS_USED), table(world, given.MOVEMENTS)
    berth = column(world, given.ORIGIN_BERTH)[leg]
    if berth >= 0 and used[berth, slot] >= most[berth, slot]:
        return False
    berth = column(world, given.DESTINATION_BERTH)[leg]
    slot = (tick + column(world, given.TRAVEL)[leg]) // size
    return berth < 0 or used[berth, slot] < most[berth, slot]


@compiled
def find_departure(
    world: Tables, state: Tables, leg: int, begins: int, latest: int, own: int
) -> int:
    """Earliest departure in ``[begins, latest]`` with everything free, or -1.

    ``own`` is the berth whose spot the vehicle holds at ``begins`` and must keep until it leaves
    (-1 where it needs none).
    """
    travel, ground = column(world, given.TRAVEL)[leg], column(world, given.GROUND)[leg]
    fleet, berth = column(world, given.FLEET)[leg], column(world, given.DESTINATION_BERTH)[leg]
    possible, mask = table(world, given.POSSIBLE), column(world, given.MASK)[leg]
    used, spots = table(state, booked.SPOTS_USED), table(world, given.SPOTS)
    hours, most = table(state, booked.HOURS_USED), table(world, given.HOURS)
    size = column(world, given.SETTINGS)[given.SLOT]
    last = min(latest, column(world, given.SETTINGS)[given.HORIZON] - travel)
    tick = begins
    while tick <= last:
        if own >= 0 and tick > begins and used[own, tick - 1] >= spots[own, tick - 1]:
            return -1
        if possible[mask, tick] == 0:
            tick += 1
        elif hours[fleet, tick // DAY] + travel > most[fleet, tick // DAY]:
            tick = (tick // DAY + 1) * DAY
        elif not _slots_free(world, state, leg, tick):
            edge = (tick // size + 1) * size
            if berth >= 0:
                edge = min(edge, ((tick + travel) // size + 1) * size - travel)
            tick = max(tick + 1, edge)
        else:
            conflict = last_spot_conflict(used, spots, berth, tick + travel, tick + travel + ground)
            if conflict < 0:
                if own >= 0 and last_spot_conflict(used, spots, own, begins, tick) >= 0:
                    return -1
                return tick
            tick = conflict + 1 - travel
    return -1
