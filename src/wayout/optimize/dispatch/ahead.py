"""Vehicles sent ahead, empty, to far places where the relaxation will want them.

A departure is decided at its minute and its vehicle comes just in time. To come in time to a far
place it must have idled as long as the way takes; where near places always find somebody to carry,
none does, and who waits far away is served last. Here the relaxation's targets are looked up as far
ahead as the way to each place takes, and what idles now is sent in time.
"""

import numpy as np

from wayout.optimize.dispatch import state as booked
from wayout.optimize.dispatch import world as given
from wayout.optimize.dispatch.approach import FAR, H_BERTH, H_ROW, MOST_HOPS, bring, way_minutes
from wayout.optimize.dispatch.capacity import due
from wayout.optimize.dispatch.compiled import compiled
from wayout.optimize.dispatch.state import Guide
from wayout.optimize.dispatch.tables import Tables, column, element, entry, table
from wayout.optimize.dispatch.waking import stands_next, wake_all
from wayout.optimize.dispatch.wanting import FULL

EVERY = 6
"""At every so manieth look vehicles are sent ahead."""

WANTED = 0.1
"""Departures that must be missing at a place, a share of one: of a large ship some is enough."""


@compiled
def _standing(world: Tables, state: Tables, fleet: int, place: int) -> int:
    """Vehicles of a fleet that stand at a place or are on their way to it."""
    vehicles, first = table(state, booked.VEHICLE), column(world, given.FIRST_VEHICLE)
    number = 0
    for vehicle in range(first[fleet], first[fleet + 1]):
        number += vehicles[vehicle, booked.V_PLACE] == place
    return number


@compiled
def _missing(world: Tables, state: Tables, guide: Guide, leg: int, tick: int) -> float:
    """Departures of a leg's fleet from its origin that nobody stands ready for by a tick."""
    group, fleet = guide.group[leg], entry(world, given.FLEET, leg)
    tick = min(tick, entry(world, given.SETTINGS, given.HORIZON))
    wanted = due(guide.group_target, guide.length, group, tick)
    wanted -= entry(state, booked.DONE_GROUP, group) / FULL
    return wanted - _standing(world, state, fleet, entry(world, given.ORIGIN, leg))


@compiled
def _is_wanted(world: Tables, state: Tables, guide: Guide, vehicle: int, now: int) -> bool:
    """Whether a vehicle would be missing where it stands."""
    it, legs = table(state, booked.VEHICLE)[vehicle], column(world, given.LOADED)
    first = entry(world, given.LOADED_FROM, it[booked.V_PLACE])
    for index in range(first, entry(world, given.LOADED_FROM, it[booked.V_PLACE] + 1)):
        if entry(world, given.FLEET, legs[index]) == it[booked.V_FLEET]:
            return _missing(world, state, guide, legs[index], now) + 1.0 >= WANTED
    return False


@compiled
def _idle(world: Tables, state: Tables, guide: Guide, fleet: int, place: int, now: int) -> int:
    """The nearest vehicle of a fleet that idles elsewhere and is not wanted there, or -1."""
    vehicles, first = table(state, booked.VEHICLE), column(world, given.FIRST_VEHICLE)
    best, shortest = -1, FAR
    for vehicle in range(first[fleet], first[fleet + 1]):
        it = vehicles[vehicle]
        if it[booked.V_READY] > now or it[booked.V_PLACE] == place or it[booked.V_HOME] >= 0:
            continue
        minutes = way_minutes(world, fleet, it[booked.V_PLACE], place)
        if minutes < shortest and not _is_wanted(world, state, guide, vehicle, now):
            best, shortest = vehicle, minutes
    return best


@compiled
def _send(world: Tables, state: Tables, leg: int, vehicle: int, arrival: int, early: int) -> bool:
    """A vehicle goes to the origin of a leg and waits there."""
    place = entry(world, given.ORIGIN, leg)
    hops = np.empty((MOST_HOPS + 1, 4), dtype=np.int64)
    num = bring(world, state, vehicle, place, np.array([arrival, FAR]), early, hops)
    if num <= 0:
        return False
    arrived = element(state, booked.MOVEMENT, hops[0, H_ROW], booked.M_ARRIVE)
    wake_all(state)
    ready = arrived + entry(world, given.GROUND, leg)
    stands_next(world, state, vehicle, place, hops[0, H_BERTH], ready)
    return True


@compiled
def send_ahead(world: Tables, state: Tables, guide: Guide, now: int) -> None:
    """Send idle vehicles to where they will be missing, if that is ``ahead`` minutes or more."""
    legs = column(world, given.LOADED)
    for index in range(len(legs)):
        leg = legs[index]
        fleet, place = entry(world, given.FLEET, leg), entry(world, given.ORIGIN, leg)
        vehicle = _idle(world, state, guide, fleet, place, now)
        if vehicle < 0:
            continue
        stands = element(state, booked.VEHICLE, vehicle, booked.V_PLACE)
        arrival = now + way_minutes(world, fleet, stands, place)
        ground = entry(world, given.GROUND, leg)
        if arrival - now < guide.ahead or arrival > entry(world, given.LAST, leg) - ground:
            continue
        if _missing(world, state, guide, leg, arrival + ground) >= WANTED:
            _send(world, state, leg, vehicle, arrival, guide.early)
