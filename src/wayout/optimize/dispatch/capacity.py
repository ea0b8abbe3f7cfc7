"""Booking of capacities: spots, movement slots, beds, hours. Compiled.

Nothing here decides anything; each function says whether something is free or books it.
"""

from wayout.optimize.dispatch import state as booked
from wayout.optimize.dispatch import world as given
from wayout.optimize.dispatch.compiled import compiled
from wayout.optimize.dispatch.tables import Tables, column, table

DAY = 1440


@compiled
def spot_free(world: Tables, state: Tables, berth: int, begins: int, ends: int) -> bool:
    """Whether a spot is free at all ticks of ``[begins, ends)`` (V6); -1 needs none."""
    if berth < 0:
        return True
    used, spots = table(state, booked.SPOTS_USED), table(world, given.SPOTS)
    for tick in range(max(begins, 0), min(ends, spots.shape[1])):
        if used[berth, tick] >= spots[berth, tick]:
            return False
    return True


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
def slots_free(world: Tables, state: Tables, leg: int, tick: int) -> bool:
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
def may_depart(world: Tables, state: Tables, leg: int, tick: int) -> bool:
    """Whether a leg is open at a tick with slots and hours left; spots are another question."""
    if tick < 0 or table(world, given.POSSIBLE)[column(world, given.MASK)[leg], tick] == 0:
        return False
    fleet, travel = column(world, given.FLEET)[leg], column(world, given.TRAVEL)[leg]
    used, most = table(state, booked.HOURS_USED), table(world, given.HOURS)
    if used[fleet, tick // DAY] + travel > most[fleet, tick // DAY]:
        return False
    return slots_free(world, state, leg, tick)
