"""The policy ``replan``: the plan is made anew from where everything is.

At each disruption, though not sooner than some hours after the last plan, or every so many hours.
The planner is handed in, so that this package needs none: a callable that is told the situation
and answers with a plan which keeps what has happened. Whichever of that plan and the one in force
promises more, by all that is known then, is played on.
"""

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace

import numpy as np

from wayout.clock import MINUTES_PER_HOUR
from wayout.errors import WayoutError
from wayout.plan.model import Plan
from wayout.scenario.policy import Objective
from wayout.simulate.dealing import Dealer
from wayout.simulate.disruptions import Disruptions, Kind
from wayout.simulate.engine import tables as t
from wayout.simulate.engine.fresh import Dealt, Stage, undisturbed
from wayout.simulate.engine.running import run
from wayout.simulate.engine.tables import Int
from wayout.simulate.model import Model
from wayout.simulate.outcome import Outcome, outcome_of
from wayout.simulate.running import Job, Theatre, theatre_of
from wayout.simulate.situation import (
    Late,
    Planner,
    Situation,
    closures_of,
    departed,
    known_by,
    next_disruption,
    under_repair,
)

AT_DISRUPTIONS = None
"""Plan again at each disruption: ``policy.replan_hours`` is the least time between two plans."""


@dataclass(slots=True)
class _Episode:
    """The plan in force, since when, which one it is, and what it has been handed.

    Departures before ``since`` are as they took place, some of them ``late``: nothing more is
    dealt to them. ``ready_at`` has vehicles that cannot leave before a tick.
    """

    plan: Plan
    since: int = 0
    number: int = 0
    ready_at: dict[str, int] = field(default_factory=dict)
    late: Late = field(default_factory=dict)

    def deal(self, whole: Dealt, model: Model) -> Dealt:
        """What chance deals to departures from ``since`` on."""
        later = model.move[:, t.DEPART] >= self.since
        repair, way = np.where(later, whole.repair, 0), np.where(later, whole.way, 0)
        self._keep_repairs(model, repair)
        self._keep_late(model, way)
        return replace(whole, turn=np.where(later, whole.turn, 0), way=way, repair=repair)

    def _keep_repairs(self, model: Model, repair: Int) -> None:
        """A vehicle that was not ready when the plan was made is ready no sooner for that."""
        waiting = dict(self.ready_at)
        for row in np.flatnonzero(model.move[:, t.DEPART] >= self.since).tolist():
            if not waiting:
                return
            movement = model.movement(row)
            if movement.vehicle in waiting:
                late = waiting.pop(movement.vehicle) - movement.depart
                repair[row] = max(int(repair[row]), late)

    def _keep_late(self, model: Model, way: Int) -> None:
        if self.late:
            for row in np.flatnonzero(model.move[:, t.DEPART] < self.since).tolist():
                movement = model.movement(row)
                way[row] = self.late.get((movement.vehicle, movement.link, movement.depart), 0)


class _Replication:
    """One replication as it is played on, plan after plan."""

    def __init__(self, job: Job, replication: int) -> None:
        self.theatre: Theatre = theatre_of(job)
        self.job, self.number = job, replication
        self.figures: Disruptions = job.disruptions.without(Kind.WALK_IN)
        self.episode = _Episode(job.plan)
        self.model, self.stage = self.theatre.model, self.theatre.stage
        self.aside = self.model.stage()
        self.deal = self._dealt(self.episode, self.model)
        self._play()

    def _play(self) -> None:
        run(self.model.given, self.stage.deal(self.deal))

    def _dealt(self, episode: _Episode, model: Model) -> Dealt:
        dealer = Dealer(model, self.figures, self.job.seed, episode.number)
        return episode.deal(dealer.deal(self.number), model)

    def outcome(self) -> Outcome:
        return outcome_of(self.model, self.stage, self.number, self.theatre.planned_safe)

    def next_disruption(self, after: int) -> int | None:
        return next_disruption(self.model, self.stage, self.deal, after)

    def replan(self, planner: Planner, tick: int) -> None:
        """Ask the planner at a tick and play on what promises more."""
        model, stage = self.model, self.stage
        past, known = departed(model, stage, tick), known_by(model, stage, self.deal, tick)
        episode = _Episode(self.episode.plan, tick, self.episode.number + 1, late=past.late)
        episode.ready_at = past.ready_at | under_repair(model, stage, tick)
        try:
            episode.plan = planner(self._situation(past.plan, episode, known))
        except WayoutError:
            return
        anew = model.of_plan(episode.plan)
        other = anew.stage()
        if self._promise(anew, other, episode.deal(_nothing_more(known, anew), anew)) < (
            self._promise(model, self.aside, known)
        ):
            self.episode, self.model, self.stage, self.aside = episode, anew, other, anew.stage()
            self.deal = self._dealt(episode, anew)
            self._play()

    def _situation(self, so_far: Plan, episode: _Episode, known: Dealt) -> Situation:
        return Situation(
            scenario=self.model.scenario,
            operation=self.job.key,
            so_far=so_far,
            tick=episode.since,
            closures=closures_of(self.model, known, episode.since),
            ready_at=episode.ready_at,
            stayed_away=known.absent,
        )

    def _promise(self, model: Model, stage: Stage, known: Dealt) -> tuple[float, float]:
        """What a plan comes to if nothing more happens, least first, by the objective."""
        run(model.given, stage.deal(known))
        found = outcome_of(model, stage, self.number, self.theatre.planned_safe)
        if model.scenario.policy.objective is Objective.CLEAR_FAST:
            return -found.safe, found.danger_hours
        return found.danger_hours, -found.safe


def _nothing_more(known: Dealt, model: Model) -> Dealt:
    """The same for another plan, to whose departures nothing has been dealt."""
    nothing = undisturbed(len(model.move), len(model.party))
    return replace(known, turn=nothing.turn, repair=nothing.repair, way=nothing.way)


def replanned(job: Job, planner: Planner, every_hours: float | None, replication: int) -> Outcome:
    """One replication under the policy ``replan``, every so many hours or AT_DISRUPTIONS.

    Where the planner finds nothing better, the plan in force goes on. Walk-ins are no part of it:
    no planner knows of them.
    """
    played, deadline = _Replication(job, replication), job.scenario.deadline
    hours = job.disruptions["policy.replan_hours"] if every_hours is None else every_hours
    step, tick = max(1, round(hours * MINUTES_PER_HOUR)), 0
    while True:
        found = played.next_disruption(tick) if every_hours is None else tick + step
        if found is None:
            break
        tick = max(found, tick + step if tick else 1)
        if tick >= deadline:
            break
        played.replan(planner, tick)
    return played.outcome()


def replanned_all(
    job: Job,
    planner: Planner,
    every_hours: float | None,
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
