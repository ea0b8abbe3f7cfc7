"""The policy ``replan``: every so many hours the plan is made anew from where everything is.

The planner is handed in, so that this package needs none: a callable that is told the situation
and answers with a plan which keeps what has happened.
"""

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, replace

import numpy as np

from wayout.clock import MINUTES_PER_HOUR
from wayout.errors import WayoutError
from wayout.plan.model import Loads, Movement, Plan
from wayout.scenario.model import Scenario
from wayout.scenario.windows import Target
from wayout.simulate.dealing import Dealer
from wayout.simulate.disruptions import Disruptions, Kind
from wayout.simulate.engine import tables as t
from wayout.simulate.engine.fresh import Dealt, Stage
from wayout.simulate.engine.running import run
from wayout.simulate.engine.tables import Int
from wayout.simulate.giving import targets_of
from wayout.simulate.model import Model, model_of
from wayout.simulate.outcome import Outcome, outcome_of, realised
from wayout.simulate.running import Job, Theatre


@dataclass(frozen=True, slots=True)
class Closed:
    """A closure that has begun: from ``begins`` to ``ends`` the target works at ``factor``."""

    kind: Target
    what: str
    begins: int
    ends: int
    factor: float


@dataclass(frozen=True, slots=True)
class Situation:
    """What a planner is told at a tick: what has departed before it, and what is closed now."""

    scenario: Scenario
    so_far: Plan
    tick: int
    closures: tuple[Closed, ...]


Planner = Callable[[Situation], Plan]
"""Answers with a plan that keeps ``so_far``; raises WayoutError if it finds none."""


@dataclass(slots=True)
class _Episode:
    """The plan in force, since when, which one it is, and vehicles that are still being repaired.

    Departures before ``since`` are as they took place: nothing more is dealt to them.
    """

    plan: Plan
    since: int = 0
    number: int = 0
    repaired_at: dict[str, int] | None = None

    def deal(self, dealer: Dealer, replication: int, model: Model) -> Dealt:
        """What chance deals to departures from ``since`` on."""
        whole = dealer.deal(replication)
        later = model.move[:, t.DEPART] >= self.since
        repair = np.where(later, whole.repair, 0)
        self._keep_repairs(model, repair)
        turn, way = np.where(later, whole.turn, 0), np.where(later, whole.way, 0)
        return replace(whole, turn=turn, way=way, repair=repair)

    def _keep_repairs(self, model: Model, repair: Int) -> None:
        """A vehicle under repair when the plan was made is ready no sooner for that."""
        waiting = dict(self.repaired_at or {})
        for row in np.flatnonzero(model.move[:, t.VEHICLE] != t.NONE).tolist():
            movement = model.plan.movements[int(model.order[row])]
            if movement.depart >= self.since and movement.vehicle in waiting:
                late = waiting.pop(movement.vehicle) - movement.depart
                repair[row] = max(int(repair[row]), late)


def _kept(model: Model, stage: Stage, tick: int) -> Plan:
    """What departed before a tick, each so much later as its way took longer."""
    plan, as_due = realised(model, stage), realised(model, stage, as_due=True)
    travel = {(m.link, m.vehicle): m.arrive - m.depart for m in as_due.movements}
    rows = [i for i, m in enumerate(plan.movements) if _shifted(m, travel).depart < tick]
    index = {row: new for new, row in enumerate(rows)}
    mine = np.isin(plan.loads.movement, np.array(rows, dtype=np.int64))
    aboard = [index[row] for row in plan.loads.movement[mine].tolist()]
    loads = Loads(np.array(aboard, dtype=np.int64), plan.loads.party[mine])
    movements = tuple(_shifted(plan.movements[row], travel) for row in rows)
    return replace(plan, movements=movements, loads=loads)


def _shifted(movement: Movement, travel: dict[tuple[str, str], int]) -> Movement:
    depart = movement.arrive - travel[movement.link, movement.vehicle]
    return replace(movement, depart=max(movement.depart, depart))


def _under_repair(model: Model, stage: Stage, tick: int) -> dict[str, int]:
    """Vehicles that have not departed and are not ready at a tick, and when they will be."""
    vehicles = stage.table(t.IS_VEHICLE, len(np.unique(model.move[:, t.VEHICLE])), 4)
    moves = stage.table(t.IS_MOVE, len(model.move), 12)
    found = {}
    for row in np.flatnonzero(moves[:, t.REPAIR] > 0).tolist():
        movement = model.plan.movements[int(model.order[row])]
        ready = int(moves[row, t.WENT]) if moves[row, t.STATUS] == t.GONE else 0
        ready = max(ready, int(vehicles[model.move[row, t.VEHICLE], t.VEHICLE_READY]))
        if movement.depart < tick < ready and int(moves[row, t.WENT]) >= tick:
            found[movement.vehicle] = ready
    return found


def _closures(model: Model, deal: Dealt, tick: int) -> tuple[Closed, ...]:
    """What has been closed by a tick and still is."""
    targets = targets_of(model.scenario)
    rows = zip(deal.closure.tolist(), deal.closure_factor.tolist(), strict=True)
    return tuple(
        Closed(targets[row][0], targets[row][1], max(begin, tick), end, factor)
        for (begin, end, row), factor in rows
        if begin <= tick < end
    )


def replanned(job: Job, planner: Planner, every_hours: float, replication: int) -> Outcome:
    """One replication under the policy ``replan``.

    Where the planner finds nothing, the plan in force goes on. Walk-ins are no part of it: no
    planner knows of them.
    """
    planned_safe = Theatre(job).planned_safe
    figures = job.disruptions.without(Kind.WALK_IN)
    episode, step = _Episode(job.plan), max(1, round(every_hours * MINUTES_PER_HOUR))
    model, stage, deal = _played(job, figures, episode, replication)
    for tick in range(step, job.scenario.deadline, step):
        so_far = _kept(model, stage, tick)
        situation = Situation(job.scenario, so_far, tick, _closures(model, deal, tick))
        try:
            plan = planner(situation)
        except WayoutError:
            continue
        repaired_at = _under_repair(model, stage, tick)
        episode = _Episode(plan, tick, episode.number + 1, repaired_at)
        model, stage, deal = _played(job, figures, episode, replication)
    return outcome_of(model, stage, replication, planned_safe)


def _played(
    job: Job, figures: Disruptions, episode: _Episode, replication: int
) -> tuple[Model, Stage, Dealt]:
    hold = round(figures["policy.hold_minutes"])
    model = model_of(job.scenario, episode.plan, hold_minutes=hold)
    dealer = Dealer(model, figures, job.seed, episode.number)
    deal, stage = episode.deal(dealer, replication, model), model.stage()
    run(model.given, stage.deal(deal))
    return model, stage, deal


def replanned_all(
    job: Job,
    planner: Planner,
    every_hours: float,
    num: int,
    pool: Executor,
    observe: Callable[[int, int], None] = lambda done, total: None,
) -> list[Outcome]:
    """Replications 0 to ``num`` − 1, each a task of its own, in their order."""
    tasks = [pool.submit(replanned, job, planner, every_hours, index) for index in range(num)]
    outcomes = []
    for task in tasks:
        outcomes.append(task.result())
        observe(len(outcomes), num)
    return outcomes
