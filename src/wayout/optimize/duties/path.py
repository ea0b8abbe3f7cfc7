"""The best duty of one vehicle beside all others, by dynamic programming over places and time.

``V[p, t] = max(wait: V[p, t + step], ride l: reward(l, t) - cost + V[q, t + travel + ground])``
where a ride needs its slots, hours and a spot at the far end, and waiting a spot at each tick.
"""

from wayout.network.timeline import Int, Real
from wayout.optimize.dispatch import world as given
from wayout.optimize.dispatch.boarding import may_take
from wayout.optimize.dispatch.tables import Tables, column, element, entry, table
from wayout.optimize.duties import book as kept
from wayout.optimize.duties.bookings import may_depart, parks
from wayout.optimize.duties.compiled import compiled
from wayout.optimize.duties.gains import gain
from wayout.optimize.duties.onward import beds_until_seats
from wayout.optimize.duties.prices import Prices

NEVER = -1e30
STAY = -1


@compiled
def find_full(book: Tables) -> None:
    """NEXT_FULL: the next tick at which a berth has no free spot."""
    full, free = table(book, kept.NEXT_FULL), table(book, kept.FREE_SPOTS)
    ticks = free.shape[1]
    for berth in range(len(free)):
        following = 1 << 40
        full[berth, ticks] = following
        for tick in range(ticks - 1, -1, -1):
            if free[berth, tick] <= 0:
                following = tick
            full[berth, tick] = following


@compiled
def people_for(
    world: Tables, book: Tables, prices: Prices, leg: int, tick: int
) -> tuple[int, float]:
    """People who stay without need that a departure could take, and what that is worth."""
    fleet, origin = entry(world, given.FLEET, leg), entry(world, given.ORIGIN, leg)
    slot, places = entry(world, given.SETTINGS, given.SLOT), len(column(world, given.STAY))
    most = min(
        element(world, given.SEATS, fleet, tick),
        element(book, kept.FREE_PROCESSING, origin, tick // slot),
    )
    arrive, place = tick + entry(world, given.TRAVEL, leg), entry(world, given.DESTINATION, leg)
    cell = arrive // entry(world, given.SETTINGS, given.CELL)
    room = max(element(book, kept.ROOM, place, cell), beds_until_seats(book, place, cell))
    most = min(most, room)
    people, worth = 0, 0.0
    for group in range(len(table(world, given.USABLE))):
        if most <= 0:
            break
        there = element(book, kept.POOL, group * places + origin, tick // slot)
        if there <= 0 or not may_take(world, group, leg, tick):
            continue
        each = gain(world, book, prices, group, leg, tick)
        if each > 0.0:
            taken = min(most, there)
            people += taken
            worth += taken * each
            most -= taken
    return people, worth


@compiled
def ride_value(
    world: Tables,
    book: Tables,
    prices: Prices,
    value: Real,
    leg: int,
    tick: int,
    step: int,
    open_end: bool,
) -> float:
    """What a departure at a tick and all after it is worth; NEVER where it cannot be."""
    if not may_depart(world, book, leg, tick):
        return NEVER
    place, fleet = entry(world, given.DESTINATION, leg), entry(world, given.FLEET, leg)
    arrive = tick + entry(world, given.TRAVEL, leg)
    ready = arrive + entry(world, given.GROUND, leg)
    stage = -(-ready // step)
    berth = entry(world, given.DESTINATION_BERTH, leg)
    ticks = entry(world, given.SETTINGS, given.HORIZON) + 1
    last = stage >= value.shape[1]
    if berth >= 0:
        until = ready if parks(world, fleet, place) else (ticks if last else stage * step)
        if element(book, kept.NEXT_FULL, berth, arrive) < min(until, ticks):
            return NEVER
    if last and not open_end:
        return NEVER
    future = 0.0 if last else value[place, stage]
    if future <= NEVER:
        return NEVER
    worth = 0.0
    slot = tick // entry(world, given.SETTINGS, given.SLOT)
    if element(book, kept.POOL_AT, entry(world, given.ORIGIN, leg), slot) > 0:
        worth = people_for(world, book, prices, leg, tick)[1]
    worth -= prices.cost * entry(world, given.TRAVEL, leg) / 60.0
    if prices.share > 0.0:
        worth -= prices.share * prices.use[leg, min(tick // prices.length, prices.use.shape[1] - 1)]
    return worth + future


@compiled
def plan_duty(
    world: Tables,
    book: Tables,
    prices: Prices,
    value: Real,
    choice: Int,
    fleet: int,
    step: int,
    first: int,
    goal: int,
    until: int,
) -> None:
    """Fill ``value`` and ``choice`` by place and stage from ``first`` on (stages are steps).

    With a ``goal`` (-1: none) the duty ends there, ready at the tick ``until``.
    """
    find_full(book)
    begins, legs = column(book, kept.LEGS_FROM), column(book, kept.LEGS_OF)
    places, last = len(column(world, given.STAY)), value.shape[1] - 1
    end = last if goal < 0 else until // step
    leaves = entry(world, given.SETTINGS, given.HORIZON) + 1 if goal < 0 else until
    value[:, first:] = NEVER
    for stage in range(end, first - 1, -1):
        tick = stage * step
        for place in range(places):
            key = fleet * places + place
            berth = element(book, kept.BERTH, fleet, place)
            free = berth < 0 or parks(world, fleet, place)
            best, chosen = NEVER, STAY
            if stage == end:
                stays = free or element(book, kept.NEXT_FULL, berth, tick) >= leaves
                if stays and (goal < 0 or place == goal):
                    best = 0.0
            elif free or element(book, kept.NEXT_FULL, berth, tick) >= tick + step:
                best = value[place, stage + 1] - (0.0 if free else prices.stand * step)
            for number in range(begins[key], begins[key + 1]):
                worth = ride_value(world, book, prices, value, legs[number], tick, step, goal < 0)
                if worth > best:
                    best, chosen = worth, legs[number]
            value[place, stage], choice[place, stage] = best, chosen
