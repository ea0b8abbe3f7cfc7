"""Vehicles that are late: which of them try again."""

import numpy as np

from wayout.simulate.compiled import compiled
from wayout.simulate.engine import tables as t
from wayout.simulate.engine.arriving import start_waiting
from wayout.simulate.engine.departing import attempt
from wayout.simulate.engine.exchanging import change_places
from wayout.simulate.engine.tables import Tables, counter, get, put


@compiled
def _is_woken(s: Tables, m: int) -> bool:
    """Whether something left where the movement waits for beds or for a spot."""
    place, berth = get(s, t.IS_MOVE, m, t.WAKE_PLACE), get(s, t.IS_MOVE, m, t.WAKE_BERTH)
    if place != t.NONE and get(s, t.IS_FREED, place, 0):
        return True
    return berth != t.NONE and get(s, t.IS_FREED, berth, 0) == 1


@compiled
def attempt_waiting(g: Tables, s: Tables, tick: int) -> None:
    """Movements that are late and whose time has come, in the order of the plan."""
    num = counter(s, t.NUM_WAITING)
    # Departures may make other vehicles ready, which are sorted in while these are looked at.
    pending = np.empty(num, dtype=np.int64)
    for position in range(num):
        pending[position] = get(s, t.IS_WAITING, position, 0)
    put(s, t.IS_COUNTER, t.NUM_WAITING, 0, 0)
    put(s, t.IS_COUNTER, t.NUM_WAKING, 0, 0)
    put(s, t.IS_COUNTER, t.NEXT_WAITING, 0, t.PLENTY)
    for position in range(num):
        m = pending[position]
        if get(s, t.IS_MOVE, m, t.STATUS) != t.PLANNED:
            continue
        due = get(s, t.IS_MOVE, m, t.NEXT_TRY) <= tick or _is_woken(s, m)
        if due:
            change_places(g, s, m, tick, False)
        if not due or attempt(g, s, m, tick, False):
            start_waiting(s, m, get(s, t.IS_MOVE, m, t.NEXT_TRY))
