"""Replications in blocks, which any process of any machine can run."""

import gc
import hashlib
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field

import numpy as np

from wayout.plan.model import Plan
from wayout.scenario.hashing import hash_of
from wayout.scenario.model import Scenario
from wayout.scenario.people import people_of
from wayout.simulate.dealing import Dealer
from wayout.simulate.disruptions import NOTHING, Disruptions
from wayout.simulate.engine import tables as t
from wayout.simulate.engine.fresh import Stage, undisturbed
from wayout.simulate.engine.running import run
from wayout.simulate.engine.tables import Int
from wayout.simulate.model import Model, model_of
from wayout.simulate.outcome import Departure, Outcome, departures_of, outcome_of

BLOCK = 25
"""Replications a task: the results do not depend on it, only how evenly the work is shared."""


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """What is simulated. ``key`` names scenario, plan and waiting time, for reuse in a process."""

    scenario: Scenario
    plan: Plan
    disruptions: Disruptions
    seed: int
    key: str = field(default="")


def job_of(scenario: Scenario, plan: Plan, disruptions: Disruptions, seed: int) -> Job:
    """A job with its key."""
    digest = hashlib.sha256(f"{hash_of(scenario)} {disruptions['policy.hold_minutes']}".encode())
    digest.update(repr(plan.movements).encode())
    digest.update(plan.loads.movement.tobytes() + plan.loads.party.tobytes())
    return Job(scenario, plan, disruptions, seed, digest.hexdigest())


class Theatre:
    """A model and its stage, with what the plan itself achieves when nothing happens."""

    def __init__(self, job: Job) -> None:
        people = people_of(job.scenario)
        hold = round(job.disruptions["policy.hold_minutes"])
        self.model: Model = model_of(job.scenario, job.plan, people, hold_minutes=hold)
        self.stage: Stage = self.model.stage()
        nothing = undisturbed(len(self.model.move), len(self.model.party))
        run(self.model.given, self.stage.deal(nothing))
        shelter = self.stage.table(t.IS_PARTY, len(self.model.party), 13)[:, t.IN_SHELTER]
        in_time = (shelter != t.NONE) & (shelter <= self.model.party[:, t.SAFE_BY])
        self.planned_safe: Int = in_time.astype(np.int64)

    def show(self, dealer: Dealer, replication: int, lighter: float = 0.0) -> Outcome:
        """Run one replication and measure it."""
        run(self.model.given, self.stage.deal(dealer.deal(replication, lighter)))
        return outcome_of(self.model, self.stage, replication, self.planned_safe)


_OPEN: dict[str, Theatre] = {}


def theatre_of(job: Job) -> Theatre:
    """The theatre of a job; a process keeps the last one."""
    if job.key not in _OPEN:
        _OPEN.clear()
        _OPEN[job.key] = Theatre(job)
        # It lives as long as the process works: the collector need not look through it each time.
        gc.freeze()
    return _OPEN[job.key]


@dataclass(frozen=True, slots=True)
class Task:
    """Replications ``first`` to ``after`` − 1 under a job's figures, of loads a share lighter."""

    disruptions: Disruptions
    first: int
    after: int
    lighter: float = 0.0


def perform(job: Job, task: Task) -> list[Outcome]:
    """One task, in whatever process; a process that was lost is no loss, it can be done again."""
    theatre = theatre_of(job)
    dealer = Dealer(theatre.model, task.disruptions, job.seed)
    return [theatre.show(dealer, index, task.lighter) for index in range(task.first, task.after)]


def trace(job: Job, replication: int | None) -> tuple[Departure, ...]:
    """Every departure of one replication; of None those of the plan when nothing happens."""
    theatre = Theatre(job)
    dealer = Dealer(theatre.model, NOTHING if replication is None else job.disruptions, job.seed)
    theatre.show(dealer, replication or 0)
    return departures_of(theatre.model, theatre.stage)


def tasks_of(disruptions: Disruptions, num: int, lighter: float = 0.0) -> list[Task]:
    """``num`` replications as tasks."""
    firsts = range(0, num, BLOCK)
    return [Task(disruptions, first, min(first + BLOCK, num), lighter) for first in firsts]


def results_of(job: Job, tasks: Sequence[Task], pool: Executor) -> Iterator[list[Outcome]]:
    """The outcomes of each task, in the order of the tasks."""
    futures: list[Future[list[Outcome]]] = [pool.submit(perform, job, task) for task in tasks]
    for future in futures:
        yield future.result()
