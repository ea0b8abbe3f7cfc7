"""Put a vehicle's best duty into the timetable, with people aboard."""

from wayout.network.timeline import Int, Real
from wayout.optimize.dispatch import world as given
from wayout.optimize.dispatch.boarding import LOOK_PAST, may_take
from wayout.optimize.dispatch.tables import Tables, column, element, entry, table
from wayout.optimize.duties import book as kept
from wayout.optimize.duties.bookings import book_slots, hold, is_free, may_depart, new_row, parks
from wayout.optimize.duties.compiled import compiled
from wayout.optimize.duties.gains import gain
from wayout.optimize.duties.onward import find_seats, room_ahead, take
from wayout.optimize.duties.path import NEVER, STAY, people_for, plan_duty, ride_value
from wayout.optimize.duties.people import fits
from wayout.optimize.duties.pooling import make_pools, make_room
from wayout.optimize.duties.prices import Prices

MOST_PLANS = 6
"""How often a duty is planned again because fewer people were there than it counted on."""

FEW_MISSING = 4
"""People by which a departure may fall short of what was counted on without planning again."""


@compiled
def _board(world: Tables, book: Tables, prices: Prices, row: int, most: int) -> int:
    """Those of the pools who may go with a movement, the heaviest class first."""
    leg = element(book, kept.ROW, row, kept.R_LEG)
    tick = element(book, kept.ROW, row, kept.R_DEPART)
    origin, places = entry(world, given.ORIGIN, leg), len(column(world, given.STAY))
    begins, parties, total = column(book, kept.POOL_FROM), column(book, kept.POOL_PARTY), 0
    for group in range(len(table(world, given.USABLE))):
        if total >= most or not may_take(world, group, leg, tick):
            continue
        if gain(world, book, prices, group, leg, tick) <= 0.0:
            continue
        passed, key = 0, group * places + origin
        for number in range(begins[key], begins[key + 1]):
            party = parties[number]
            if total >= most or passed >= LOOK_PAST:
                break
            if party < 0 or entry(book, kept.SINCE, party) > tick:
                continue
            size = entry(world, given.SIZE, party)
            if size > most - total or not fits(world, book, row, party):
                passed += 1
                continue
            if take(world, book, row, party):
                parties[number] = -1
                total += size
            else:
                passed += 10
    return total


@compiled
def _depart(world: Tables, book: Tables, prices: Prices, vehicle: int, leg: int, tick: int) -> int:
    """One movement of a duty; returns how many fewer people it found than were counted on."""
    expected = people_for(world, book, prices, leg, tick)[0]
    row = new_row(world, book, leg, vehicle, tick)
    if row < 0:
        return 0
    book_slots(world, book, leg, tick, 1)
    arrive = tick + entry(world, given.TRAVEL, leg)
    berth = entry(world, given.DESTINATION_BERTH, leg)
    hold(book, berth, arrive, arrive + entry(world, given.GROUND, leg), 1)
    if expected <= 0:
        return 0
    room = room_ahead(world, book, leg, tick)
    return expected - _board(world, book, prices, row, min(expected, room))


@compiled
def _instead(
    world: Tables,
    book: Tables,
    prices: Prices,
    value: Real,
    fleet: int,
    place: int,
    stage: int,
    step: int,
    goal: int,
) -> int:
    """The best that can be done where the ride that was planned cannot be, as hours are used up."""
    begins, legs = column(book, kept.LEGS_FROM), column(book, kept.LEGS_OF)
    key, tick = fleet * len(column(world, given.STAY)) + place, stage * step
    best, chosen = NEVER, STAY
    if stage + 1 < value.shape[1] and (
        parks(world, fleet, place)
        or is_free(book, element(book, kept.BERTH, fleet, place), tick, tick + step)
    ):
        best = value[place, stage + 1]
    for number in range(begins[key], begins[key + 1]):
        worth = ride_value(world, book, prices, value, legs[number], tick, step, goal < 0)
        if worth > best:
            best, chosen = worth, legs[number]
    if best <= NEVER:
        column(book, kept.COUNTERS)[kept.FAILED] = 1
    return chosen


@compiled
def insert(
    world: Tables,
    book: Tables,
    prices: Prices,
    value: Real,
    choice: Int,
    vehicle: int,
    step: int,
    num: int,
) -> None:
    """Give a vehicle the duty that is worth most between what is kept before and after it."""
    fleet, place, ready, goal, until = _free_time(world, book, vehicle)
    ticks = entry(world, given.SETTINGS, given.HORIZON) + 1
    end = value.shape[1] - 1 if goal < 0 else until // step
    held = ready
    stage = -(-max(ready, entry(book, kept.COUNTERS, kept.BEGINS)) // step)
    plans, fresh = 0, False
    if not parks(world, fleet, place):
        berth = element(book, kept.BERTH, fleet, place)
        if not is_free(book, berth, ready, min(stage * step, ticks)):
            column(book, kept.COUNTERS)[kept.FAILED] = 1
            return
    while stage <= end:
        if not fresh:
            plans += 1
            make_pools(world, book)
            make_room(book)
            find_seats(world, book, num)
            plan_duty(world, book, prices, value, choice, fleet, step, stage, goal, until)
            fresh = True
            if value[place, stage] <= NEVER:
                column(book, kept.COUNTERS)[kept.FAILED] = 1
                return
        leg, tick = choice[place, stage], stage * step
        if leg != STAY and not may_depart(world, book, leg, tick):
            leg = _instead(world, book, prices, value, fleet, place, stage, step, goal)
        if leg == STAY:
            stage += 1
            continue
        if not parks(world, fleet, place):
            hold(book, element(book, kept.BERTH, fleet, place), held, tick, 1)
        missing = _depart(world, book, prices, vehicle, leg, tick)
        place = entry(world, given.DESTINATION, leg)
        held = tick + entry(world, given.TRAVEL, leg) + entry(world, given.GROUND, leg)
        stage = -(-held // step)
        fresh = missing <= FEW_MISSING or plans >= MOST_PLANS
    if goal >= 0 and place != goal:
        column(book, kept.COUNTERS)[kept.FAILED] = 1
        return
    if not parks(world, fleet, place):
        ends = until if goal >= 0 else ticks
        berth = element(book, kept.BERTH, fleet, place)
        if not is_free(book, berth, held, ends):
            column(book, kept.COUNTERS)[kept.FAILED] = 1
        hold(book, berth, held, ends, 1)


@compiled
def _free_time(world: Tables, book: Tables, vehicle: int) -> tuple[int, int, int, int, int]:
    """Fleet, place and tick from which a vehicle is free, place and tick until which (-1: end)."""
    fleet = 0
    while entry(world, given.FIRST_VEHICLE, fleet + 1) <= vehicle:
        fleet += 1
    place = entry(world, given.BASE, fleet)
    ready = entry(world, given.AVAILABLE_FROM, fleet)
    last, following = entry(book, kept.LAST_ROW, vehicle), entry(book, kept.NEXT_ROW, vehicle)
    if last >= 0:
        leg = element(book, kept.ROW, last, kept.R_LEG)
        place = entry(world, given.DESTINATION, leg)
        ready = element(book, kept.ROW, last, kept.R_ARRIVE) + entry(world, given.GROUND, leg)
    goal, until = -1, 0
    if following >= 0:
        leg = element(book, kept.ROW, following, kept.R_LEG)
        goal = entry(world, given.ORIGIN, leg)
        until = element(book, kept.ROW, following, kept.R_DEPART)
    return fleet, place, max(ready, 0), goal, until
