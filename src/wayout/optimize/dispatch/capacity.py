"""Booking of capacities: spots, movement slots, beds, hours. Compiled.

Nothing here decides anything; each function says whether something is free or books it.
"""

from wayout.network.timeline import Real
from wayout.optimize.dispatch import state as booked
from wayout.optimize.dispatch import world as given
from wayout.optimize.dispatch.compiled import compiled
from wayout.optimize.dispatch.slack import BEYOND, change_slack, least_slack
from wayout.optimize.dispatch.state import Guide
from wayout.optimize.dispatch.tables import Tables, element, entry, table

DAY = 1440


@compiled
def spots_left(state: Tables, berth: int, begins: int, ends: int) -> int:
    """Spots that are free at all ticks of ``[begins, ends)`` (V6); many where none is needed."""
    if berth < 0:
        return BEYOND
    return least_slack(table(state, booked.FREE_SPOTS), berth, begins, ends)


@compiled
def hold_spot(state: Tables, berth: int, begins: int, ends: int, change: int) -> None:
    """Book (+1) or release (-1) a spot for the ticks ``[begins, ends)``."""
    if berth >= 0:
        change_slack(table(state, booked.FREE_SPOTS), berth, begins, ends, -change)


@compiled
def due(target: Real, length: int, row: int, tick: int) -> float:
    """What the relaxation has done by a tick: departures of a leg, people leaving a place."""
    bucket = min(tick // length, target.shape[1] - 1)
    before = target[row, bucket - 1] if bucket > 0 else 0.0
    share = min(1.0, (tick - bucket * length + 1) / length)
    return before + share * (target[row, bucket] - before)


@compiled
def _gone_by(world: Tables, state: Tables, guide: Guide, place: int, now: int, tick: int) -> int:
    """People at a place, or who come to it, who will have left by a tick as the guide has it."""
    cell = entry(world, given.SETTINGS, given.CELL)
    if guide.ease[place] <= 0.0:
        return 0
    leave = due(guide.leaving, guide.length, place, tick)
    leave -= due(guide.leaving, guide.length, place, now)
    last = max(now, tick - entry(world, given.STAY, place)) // cell
    free = least_slack(table(state, booked.FREE_BEDS), place, last, last + 1)
    return max(
        0, min(int(guide.ease[place] * leave + 0.5), element(world, given.BEDS, place, last) - free)
    )


@compiled
def room(world: Tables, state: Tables, guide: Guide, place: int, now: int, tick: int) -> int:
    """Beds free from a tick on for those who set out now (P5).

    In a haven to the end of the plan: who is there may stay. Elsewhere for ``beds_for`` minutes,
    as people are expected to go on. Who then still is where beds are too few is left at home
    afterwards (``overfull``).
    """
    cell = entry(world, given.SETTINGS, given.CELL)
    ends = BEYOND if entry(world, given.HAVEN, place) else (tick + guide.beds_for) // cell + 1
    free = least_slack(table(state, booked.FREE_BEDS), place, tick // cell, ends)
    return free + _gone_by(world, state, guide, place, now, tick)


@compiled
def count_present(state: Tables, place: int, cell: int, change: int) -> None:
    """Add people to a place from a cell to the end of the plan."""
    change_slack(table(state, booked.FREE_BEDS), place, cell, BEYOND, -change)


@compiled
def book_slots(world: Tables, state: Tables, leg: int, tick: int, change: int) -> None:
    """Book (+1) or release (-1) the slots and hours of one vehicle's departure (M6, V4, V7)."""
    size = entry(world, given.SETTINGS, given.SLOT)
    travel = entry(world, given.TRAVEL, leg)
    table(state, booked.LINK_DEPARTURES_USED)[entry(world, given.LINK, leg), tick // size] += change
    movements = table(state, booked.MOVEMENTS_USED)
    berth = entry(world, given.ORIGIN_BERTH, leg)
    if berth >= 0:
        movements[berth, tick // size] += change
    berth = entry(world, given.DESTINATION_BERTH, leg)
    if berth >= 0:
        movements[berth, (tick + travel) // size] += change
    table(state, booked.HOURS_USED)[entry(world, given.FLEET, leg), tick // DAY] += change * travel


@compiled
def slots_free(world: Tables, state: Tables, leg: int, tick: int) -> bool:
    """Whether the slots of a departure are free on the link and at both berths."""
    size = entry(world, given.SETTINGS, given.SLOT)
    link, slot = entry(world, given.LINK, leg), tick // size
    departures = table(state, booked.LINK_DEPARTURES_USED)
    if departures[link, slot] >= element(world, given.LINK_DEPARTURES, link, slot):
        return False
    used, most = table(state, booked.MOVEMENTS_USED), table(world, given.MOVEMENTS)
    berth = entry(world, given.ORIGIN_BERTH, leg)
    if berth >= 0 and used[berth, slot] >= most[berth, slot]:
        return False
    berth = entry(world, given.DESTINATION_BERTH, leg)
    slot = (tick + entry(world, given.TRAVEL, leg)) // size
    return berth < 0 or used[berth, slot] < most[berth, slot]


@compiled
def count_loaded(world: Tables, state: Tables, leg: int, tick: int) -> None:
    """Count a departure with people aboard at both berths."""
    size = entry(world, given.SETTINGS, given.SLOT)
    loaded = table(state, booked.LOADED_USED)
    berth = entry(world, given.ORIGIN_BERTH, leg)
    if berth >= 0:
        loaded[berth, tick // size] += 1
    berth = entry(world, given.DESTINATION_BERTH, leg)
    if berth >= 0:
        loaded[berth, (tick + entry(world, given.TRAVEL, leg)) // size] += 1


@compiled
def _shared(world: Tables, state: Tables, berth: int, tick: int, share: float) -> bool:
    """Whether one more with people aboard leaves empty ones their share of a block of slots."""
    used, most = table(state, booked.LOADED_USED), table(world, given.MOVEMENTS)
    num = entry(world, given.BLOCK, berth)
    first = tick // entry(world, given.SETTINGS, given.SLOT) // num * num
    loaded, capacity = 0, 0
    for slot in range(first, min(first + num, most.shape[1])):
        loaded += used[berth, slot]
        capacity += most[berth, slot]
    return loaded < share * capacity


@compiled
def leaves_slots(world: Tables, state: Tables, leg: int, tick: int, share: float) -> bool:
    """Whether a departure with people aboard leaves empty ones their share at both berths.

    Once no vehicle can come back with people any more, nothing has to leave empty.
    """
    travel = entry(world, given.TRAVEL, leg)
    if share >= 1.0 or tick + 3 * travel > entry(world, given.SETTINGS, given.HORIZON):
        return True
    berth = entry(world, given.ORIGIN_BERTH, leg)
    if berth >= 0 and not _shared(world, state, berth, tick, share):
        return False
    berth = entry(world, given.DESTINATION_BERTH, leg)
    return berth < 0 or _shared(world, state, berth, tick + travel, share)


@compiled
def may_depart(world: Tables, state: Tables, leg: int, tick: int) -> bool:
    """Whether a leg is open at a tick with slots and hours left; spots are another question."""
    if tick < 0 or element(world, given.POSSIBLE, entry(world, given.MASK, leg), tick) == 0:
        return False
    fleet, travel = entry(world, given.FLEET, leg), entry(world, given.TRAVEL, leg)
    used, most = table(state, booked.HOURS_USED), table(world, given.HOURS)
    if used[fleet, tick // DAY] + travel > most[fleet, tick // DAY]:
        return False
    return slots_free(world, state, leg, tick)
