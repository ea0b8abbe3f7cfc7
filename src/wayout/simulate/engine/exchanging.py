"""One vehicle lands on the spot that another leaves in the same minute with people of the first.

The rules look at spots after everything that happens at a minute (V6), so that a plan may do so. A
vehicle that finds no spot holds; whoever awaits people aboard goes after all others of its minute,
so that spots that become free count, and then changes places with it.
"""

from wayout.simulate.compiled import compiled
from wayout.simulate.engine import tables as t
from wayout.simulate.engine.arriving import land, land_holding, release_spot
from wayout.simulate.engine.departing import can_go, goes_on
from wayout.simulate.engine.tables import Tables, add, counter, get, put, setting


@compiled
def _brings(g: Tables, s: Tables, trip: int, m: int) -> bool:
    """Whether people booked on a movement are aboard a trip that ends where it begins."""
    ends = get(g, t.OF_MOVE, get(s, t.IS_TRIP, trip, t.T_MOVEMENT), t.DESTINATION)
    if ends != get(g, t.OF_MOVE, m, t.ORIGIN):
        return False
    for load in range(get(g, t.OF_MOVE, m, t.FIRST_LOAD), get(g, t.OF_MOVE, m, t.AFTER_LOAD)):
        if goes_on(g, s, get(g, t.OF_LOAD, load, 0), trip, m):
            return True
    return False


@compiled
def awaited(g: Tables, s: Tables, m: int) -> int:
    """Position among the trips that hold of the first with people for a movement, NONE if none."""
    for position in range(counter(s, t.NUM_HOLDING)):
        if _brings(g, s, get(s, t.IS_HOLDING, position, 0), m):
            return position
    return t.NONE


@compiled
def change_places(g: Tables, s: Tables, m: int, tick: int, on_time: bool) -> None:
    """Let whom a movement awaits land: on a spot that is free by now, else on its vehicle's own.

    Its own only if the vehicle can then go at once.
    """
    if awaited(g, s, m) == t.NONE:
        return
    land_holding(g, s, tick)
    position, vehicle = awaited(g, s, m), get(g, t.OF_MOVE, m, t.VEHICLE)
    berth = get(g, t.OF_MOVE, m, t.FROM_BERTH)
    if position == t.NONE or berth == t.NONE:
        return
    trip = get(s, t.IS_HOLDING, position, 0)
    if get(g, t.OF_MOVE, get(s, t.IS_TRIP, trip, t.T_MOVEMENT), t.TO_BERTH) != berth:
        return
    if get(s, t.IS_VEHICLE, vehicle, t.ON_SPOT) != berth or not can_go(
        g, s, m, tick, on_time, trip
    ):
        return
    release_spot(g, s, vehicle, berth)
    if land(g, s, trip, tick):
        _no_longer_holds(s, position)
    else:
        _stay(g, s, vehicle, berth)


@compiled
def _no_longer_holds(s: Tables, position: int) -> None:
    num = counter(s, t.NUM_HOLDING) - 1
    for later in range(position, num):
        put(s, t.IS_HOLDING, later, 0, get(s, t.IS_HOLDING, later + 1, 0))
    put(s, t.IS_COUNTER, t.NUM_HOLDING, 0, num)


@compiled
def _stay(g: Tables, s: Tables, vehicle: int, berth: int) -> None:
    """A vehicle keeps the spot that it was about to leave."""
    stock = setting(g, t.PLACES) + berth
    add(s, t.IS_STOCK, stock, 0, 1)
    add(s, t.IS_CLAIMS, stock, 0, 1)
    put(s, t.IS_VEHICLE, vehicle, t.ON_SPOT, berth)
