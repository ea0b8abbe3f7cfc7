"""What is open and how much it takes, as far as is known at a minute."""

import numpy as np

from wayout.simulate.compiled import compiled
from wayout.simulate.engine import tables as t
from wayout.simulate.engine.tables import Tables, at, get, put, put_real, real, setting, width

TOLERANCE = 1e-9
"""Limits are products of decimals; whoever compares them with whole numbers forgives this."""


@compiled
def whole(amount: float) -> int:
    """Round down to whole units, forgiving binary fractions; unlimited stays so."""
    if amount >= t.PLENTY:
        return t.PLENTY
    return int(np.floor(amount + TOLERANCE + amount * 1e-12))


@compiled
def per_tick(g: Tables, s: Tables, row: int, tick: int) -> int:
    """Beds or seats of a row of ``factor`` at a tick."""
    if real(g, t.OF_AMOUNT, row, 0) >= t.PLENTY:
        return t.PLENTY
    return whole(real(g, t.OF_AMOUNT, row, 0) * real(s, t.IS_FACTOR, row, tick))


@compiled
def spots(g: Tables, row: int, tick: int) -> int:
    """Spots as the scenario has them: what is under way to them is still let in."""
    if real(g, t.OF_AMOUNT, row, 0) >= t.PLENTY:
        return t.PLENTY
    factor = real(g, t.OF_FACTOR, row, tick)
    return whole(real(g, t.OF_AMOUNT, row, 0) * (1.0 if factor == 0.0 else factor))


@compiled
def fleet_row(g: Tables, fleet: int) -> int:
    """Row of ``factor`` of a fleet."""
    return 2 * setting(g, t.PLACES) + setting(g, t.LINKS) + setting(g, t.BERTHS) + fleet


@compiled
def berth_row(g: Tables, berth: int) -> int:
    """Row of ``factor`` of a berth."""
    return 2 * setting(g, t.PLACES) + setting(g, t.LINKS) + berth


@compiled
def link_row(g: Tables, link: int) -> int:
    """Row of ``factor`` of a link."""
    return 2 * setting(g, t.PLACES) + link


@compiled
def beds_row(g: Tables, place: int) -> int:
    """Row of ``factor`` of a place's beds."""
    return setting(g, t.PLACES) + place


@compiled
def close(g: Tables, s: Tables, index: int) -> None:
    """A closure becomes known: from now to its end the target works at its factor."""
    begin = get(s, t.IS_CLOSURE, index, 0)
    end = get(s, t.IS_CLOSURE, index, 1)
    row = get(s, t.IS_CLOSURE, index, 2)
    factor = real(s, t.IS_CLOSURE_FACTOR, index, 0)
    for tick in range(begin, min(end, width(s, t.IS_FACTOR))):
        put_real(s, t.IS_FACTOR, row, tick, factor * real(s, t.IS_FACTOR, row, tick))
    if factor == 0.0:
        put(s, t.IS_HAS_SHUT, row, 0, 1)
    for limit in range(setting(g, t.LIMITS)):
        amount = real(g, t.OF_SLOT_AMOUNT, limit, 0)
        if get(g, t.OF_SLOT_FACTOR, limit, 0) == row and amount < t.PLENTY:
            _limit_anew(g, s, limit, row, begin, end)


@compiled
def _limit_anew(g: Tables, s: Tables, limit: int, row: int, begin: int, end: int) -> None:
    """Limits of the slots from ``begin`` to ``end``, from the factors as they are now."""
    slot_minutes, num = setting(g, t.SLOT), width(s, t.IS_LIMIT)
    amount = real(g, t.OF_SLOT_AMOUNT, limit, 0)
    for slot in range(begin // slot_minutes, min(-(-end // slot_minutes), num)):
        total = 0.0
        for tick in range(slot * slot_minutes, (slot + 1) * slot_minutes):
            total += real(s, t.IS_FACTOR, row, tick)
        put(s, t.IS_LIMIT, limit, slot, whole(total * amount / 60.0))


@compiled
def _open_from(g: Tables, s: Tables, row: int, tick: int) -> int:
    """The first tick from ``tick`` on at which a row is not shut; after the deadline, never."""
    if get(s, t.IS_HAS_SHUT, row, 0) == 0:
        return tick
    while tick <= setting(g, t.HORIZON) and real(s, t.IS_FACTOR, row, tick) == 0.0:
        tick += 1
    return tick if tick <= setting(g, t.HORIZON) else t.PLENTY


@compiled
def _link_open_from(g: Tables, s: Tables, row: int, depart: int, arrive: int) -> int:
    """The departure after the last shut tick of ``[depart, arrive)``; ``depart`` if none is."""
    if get(s, t.IS_HAS_SHUT, row, 0):
        for tick in range(arrive - 1, depart - 1, -1):
            if real(s, t.IS_FACTOR, row, tick) == 0.0:
                return tick + 1
    return depart


@compiled
def open_from(g: Tables, s: Tables, m: int, tick: int) -> int:
    """When a movement should try again, by what is shut now; ``tick`` if nothing is (M4, M5, V7).

    A closure to come is not foreseen; one that began is known with its end.
    """
    move = at(g, t.OF_MOVE, m)
    arrive = tick + g.memory[move + t.TRAVEL]
    if arrive > setting(g, t.HORIZON):
        return t.PLENTY
    until = max(
        _link_open_from(g, s, link_row(g, g.memory[move + t.LINK]), tick, arrive),
        _open_from(g, s, g.memory[move + t.ORIGIN], tick),
        _open_from(g, s, g.memory[move + t.DESTINATION], arrive) - g.memory[move + t.TRAVEL],
    )
    if g.memory[move + t.FROM_BERTH] != t.NONE:
        until = max(until, _open_from(g, s, berth_row(g, g.memory[move + t.FROM_BERTH]), tick))
    if g.memory[move + t.TO_BERTH] != t.NONE:
        row = berth_row(g, g.memory[move + t.TO_BERTH])
        until = max(until, _open_from(g, s, row, arrive) - g.memory[move + t.TRAVEL])
    if g.memory[move + t.FLEET] != t.NONE:
        until = max(until, _open_from(g, s, fleet_row(g, g.memory[move + t.FLEET]), tick))
    return until


@compiled
def can_land(g: Tables, s: Tables, m: int, tick: int) -> bool:
    """Whether place and berth at a movement's end are open at a tick."""
    move = at(g, t.OF_MOVE, m)
    if real(s, t.IS_FACTOR, g.memory[move + t.DESTINATION], tick) == 0.0:
        return False
    berth = g.memory[move + t.TO_BERTH]
    return berth == t.NONE or real(s, t.IS_FACTOR, berth_row(g, berth), tick) != 0.0


@compiled
def free_in_slot(s: Tables, row: int, slot: int, on_time: bool) -> int:
    """How much of a limit is left in a slot; who is late leaves alone what others have booked."""
    left = get(s, t.IS_LIMIT, row, slot) - get(s, t.IS_USED, row, slot)
    return left if on_time else left - get(s, t.IS_BOOKED, row, slot)
