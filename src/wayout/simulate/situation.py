"""What is known in the middle of a replication: what a planner is told, and what a plan promises.

Nothing here knows of what chance has in store after the tick.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from wayout.plan.model import Loads, Movement, Plan
from wayout.scenario.model import Scenario
from wayout.scenario.windows import Target
from wayout.simulate.engine import tables as t
from wayout.simulate.engine.fresh import Dealt, Stage
from wayout.simulate.engine.tables import Int
from wayout.simulate.giving import targets_of
from wayout.simulate.model import Model
from wayout.simulate.outcome import planning_seats, trips_of

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Closed:
    """A closure that has begun: from ``begins`` to ``ends`` the target works at ``factor``."""

    kind: Target
    what: str
    begins: int
    ends: int
    factor: float


@dataclass(frozen=True, slots=True, eq=False)
class Situation:
    """What a planner is told at a tick: what has departed before it, and what is out of order.

    ``ready_at`` has the tick from which vehicles can leave again that are under repair or late,
    ``stayed_away`` marks the parties that did not come to their first departure. ``operation``
    names scenario and figures, for a planner that keeps what it knows of them.
    """

    scenario: Scenario
    operation: str
    so_far: Plan
    tick: int
    closures: tuple[Closed, ...]
    ready_at: Mapping[str, int]
    stayed_away: Mask


Planner = Callable[[Situation], Plan]
"""Answers with a plan that keeps ``so_far``; raises WayoutError if it finds none."""

Late = dict[tuple[str, str, int], int]
"""Minutes by which a departure that took place arrives late: by vehicle, link and departure."""


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """What departed before a tick, as it took place, and what of it is late.

    ``ready_at`` has the vehicles that are late on their way: when they can leave again.
    """

    plan: Plan
    late: Late
    ready_at: dict[str, int]


def departed(model: Model, stage: Stage, tick: int) -> Past:
    """What departed before a tick."""
    trips = trips_of(stage)
    loads, people = _aboard(model, stage, trips[:, t.T_DEPART] < tick)
    rides = model.move[trips[:, t.T_MOVEMENT], t.VEHICLE] != t.NONE
    kept = (trips[:, t.T_DEPART] < tick) & ((people > 0) | rides)
    index = np.cumsum(kept) - 1
    seats = planning_seats(model.scenario)
    columns = (trips[:, t.T_MOVEMENT], trips[:, t.T_DEPART], _late_by(model, stage, tick), people)
    movements: list[Movement] = []
    late, ready_at = {}, {}
    for row, depart, more, aboard in zip(*(c[kept].tolist() for c in columns), strict=True):
        moved = _moved(model.movement(row), f"{len(movements) + 1}", depart, aboard, seats)
        movements.append(moved)
        if more > 0:
            late[moved.vehicle, moved.link, depart] = more
        there = moved.arrive + more
        if moved.vehicle and more > 0 and there + model.ground_minutes(row) > tick:
            ready_at[moved.vehicle] = there + model.ground_minutes(row)
    loads = Loads(index[loads.movement], loads.party)
    plan = replace(model.plan, movements=tuple(movements), loads=loads)
    return Past(plan, late, ready_at)


def _late_by(model: Model, stage: Stage, tick: int) -> Int:
    """Minutes by which trips arrive after their time: of those under way, what their way takes."""
    trips = trips_of(stage)
    arrive = trips[:, t.T_ARRIVE]
    longer = stage.table(t.IS_MOVE, len(model.move), 12)[trips[:, t.T_MOVEMENT], t.LONGER_WAY]
    there = (arrive != t.NONE) & (arrive <= tick)
    late: Int = np.where(there, arrive - trips[:, t.T_DUE], longer)
    return late


def _moved(
    planned: Movement, name: str, depart: int, people: int, seats: Mapping[str, int]
) -> Movement:
    return Movement(
        movement=name,
        vehicle=planned.vehicle,
        fleet=planned.fleet,
        link=planned.link,
        origin=planned.origin,
        destination=planned.destination,
        depart=depart,
        arrive=depart + planned.arrive - planned.depart,
        people=people,
        emergency=bool(planned.fleet) and people > seats[planned.fleet],
    )


def _aboard(model: Model, stage: Stage, kept: Mask) -> tuple[Loads, Int]:
    """Parties on the trips that are kept, and how many people are on each trip."""
    rode = stage.table(t.IS_RODE, len(model.leg), 1)[:, 0].astype(np.int64)
    legs = model.party[:, t.AFTER_LEG] - model.party[:, t.FIRST_LEG]
    party = np.repeat(np.arange(len(model.party)), legs)
    mine = (rode != t.NONE) & kept[rode]
    size = model.party[party[mine], t.SIZE]
    people = np.bincount(rode[mine], weights=size, minlength=len(kept)).astype(np.int64)
    return Loads(rode[mine], party[mine]), people


def found_broken(model: Model, stage: Stage) -> tuple[Int, Int]:
    """Movements at which a vehicle was found broken, and when."""
    moves = stage.table(t.IS_MOVE, len(model.move), 12).astype(np.int64)
    rows = np.flatnonzero((moves[:, t.REPAIR] > 0) & (moves[:, t.HELD_UNTIL] != t.NONE))
    return rows, moves[rows, t.HELD_UNTIL] - model.hold_minutes - moves[rows, t.REPAIR]


def under_repair(model: Model, stage: Stage, tick: int) -> dict[str, int]:
    """Vehicles that were found broken before a tick, have not left since, and when they can."""
    moves = stage.table(t.IS_MOVE, len(model.move), 12)
    rows, found = found_broken(model, stage)
    repaired = {}
    for row, when in zip(rows.tolist(), found.tolist(), strict=True):
        ready, went = when + int(moves[row, t.REPAIR]), int(moves[row, t.WENT])
        if when < tick < ready and (went == t.NONE or went >= tick):
            repaired[model.movement(row).vehicle] = ready
    return repaired


def stayed_away(model: Model, deal: Dealt, tick: int) -> Mask:
    """Parties that do not come, as far as that has shown at their first departure."""
    travel = np.flatnonzero(model.party[:, t.AFTER_LEG] > model.party[:, t.FIRST_LEG])
    due = model.move[model.leg[model.party[travel, t.FIRST_LEG]], t.DEPART]
    shown = np.zeros(len(model.party), dtype=np.bool_)
    shown[travel] = deal.absent[travel] & (due < tick)
    return shown


def closures_of(model: Model, deal: Dealt, tick: int) -> tuple[Closed, ...]:
    """What has been closed by a tick and still is."""
    targets = targets_of(model.scenario)
    rows = zip(deal.closure.tolist(), deal.closure_factor.tolist(), strict=True)
    return tuple(
        Closed(targets[row][0], targets[row][1], max(begin, tick), end, factor)
        for (begin, end, row), factor in rows
        if begin <= tick < end
    )


def known_by(model: Model, stage: Stage, deal: Dealt, tick: int) -> Dealt:
    """What is dealt, without what nobody can know at a tick: the rest goes as planned."""
    went = stage.table(t.IS_MOVE, len(model.move), 12)[:, t.WENT]
    gone = (went != t.NONE) & (went < tick)
    rows, found = found_broken(model, stage)
    broken = gone.copy()
    broken[rows[found < tick]] = True
    begun = deal.closure[:, 0] <= tick
    return Dealt(
        turn=np.where(gone, deal.turn, 0),
        repair=np.where(broken, deal.repair, 0),
        way=np.where(gone, deal.way, 0),
        absent=stayed_away(model, deal, tick),
        walk_in=deal.walk_in,
        closure=deal.closure[begun],
        closure_factor=deal.closure_factor[begun],
    )


def next_disruption(model: Model, stage: Stage, deal: Dealt, after: int) -> int | None:
    """The first tick after another at which something is closed or a vehicle is found broken."""
    _, broken = found_broken(model, stage)
    ticks = np.concatenate([deal.closure[:, 0], broken])
    later = ticks[ticks > after]
    return int(later.min()) if len(later) else None
