"""A plan for a changed scenario, made quickly and accepted by the judge.

The relaxation of the variant, solved for the ceiling anyway, guides a few dispatches; each goes on
from what of the base plan is kept. The best that the judge accepts is the repaired plan.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from wayout.contingency.bounding import Decided
from wayout.network.model import Network
from wayout.optimize.bound import Proved
from wayout.optimize.dispatch.timetable import Timetable, movements_of
from wayout.optimize.dispatch.world import world_of
from wayout.optimize.guide import thrifty
from wayout.optimize.search import Attempt, Search, Trial, step_of, targets_of
from wayout.plan.feasible import Verdict, judge
from wayout.plan.model import Bound, Loads, Plan
from wayout.scenario.model import Scenario
from wayout.scenario.people import People
from wayout.scenario.policy import Objective

QUICK = (6, 7)
"""Kinds of the portfolio that are tried first: those that lean least on a coarse guide."""


def judged(scenario: Scenario, plan: Plan, people: People) -> tuple[Plan, Verdict]:
    """A plan with the judge's figures in it, and the verdict."""
    verdict = judge(scenario, plan, people, recorded=False)
    filled = replace(
        plan,
        scenario_name=scenario.name,
        scenario_hash="",
        people_total=verdict.people_total,
        people_safe=verdict.people_safe,
        danger_hours=verdict.danger_hours,
        danger_hours_if_nobody_moves=verdict.danger_hours_if_nobody_moves,
        clear_minute=verdict.clear_minute,
    )
    return filled, verdict


def idle_plan(scenario: Scenario, like: Plan, people: People) -> Plan:
    """Nobody and nothing moves."""
    nothing = np.zeros(0, dtype=np.int64)
    return replace(
        like,
        movements=(),
        loads=Loads(nothing, nothing),
        bound=Bound(float(people.num_people), 0.0),
        limits=(),
        no_way_out=(),
    )


def better(first: Plan, second: Plan | None) -> bool:
    """Whether a judged plan beats another by the objective of the scenario."""
    if second is None:
        return True
    if first.objective == Objective.CLEAR_FAST.value:
        return (-first.people_safe, first.danger_hours) < (-second.people_safe, second.danger_hours)
    return (first.danger_hours, -first.people_safe) < (second.danger_hours, -second.people_safe)


@dataclass(frozen=True, slots=True, eq=False)
class Start:
    """Where a dispatch sets in: at the tick ``begins``, after the movements of ``past`` before it.

    ``past`` None is the begin of the operation.
    """

    past: Timetable | None
    begins: int


class Dispatcher:
    """Dispatches one variant, guided by its relaxation, from several starts; keeps the best plan.

    A start that keeps what the base plan does before the first lost movement is often far better
    than planning all anew: the base plan had more time to be good.
    """

    def __init__(
        self,
        network: Network,
        least: Proved,
        like: Plan,
        decided: Decided | None,
        starts: Sequence[Start] = (),
    ) -> None:
        self.network, self.like = network, like
        self.search = Search(network, world_of(network), like.seed, step_of(network))
        if decided is not None:
            self.search.decided, self.search.begins = decided.timetable, decided.minute
        for source in (thrifty(least, None), least):
            targets = targets_of(network, source, self.search.group, self.search.world)
            self.search.sources.append(targets)
        begin = Start(self.search.decided, self.search.begins)
        self.starts = (*starts[:1], begin, *starts[1:])
        self.best: Trial | None = None
        self.best_start = begin
        self.plan: Plan | None = None

    def quick(self) -> Iterator[Plan | None]:
        """The best plan so far after each of the first tries: every start, then a second guide."""
        for start in self.starts:
            self._try(QUICK[0], start)
            yield self.plan
        self._try(QUICK[1], self.best_start)
        yield self.plan

    def thorough(self, rounds: int) -> None:
        """Run the whole portfolio from the best start, and rounds of variations of the best."""
        start = self.best_start
        for kind in range(len(self.search.portfolio(0))):
            self._try(kind, start)
        for number in range(1, rounds + 1):
            if self.best is not None:
                for attempt in self.search.variations(self.best, number):
                    self._take(attempt, start)

    def _try(self, kind: int, start: Start) -> None:
        plain = self.search.portfolio(0)[kind]
        self._take(Attempt(plain.phases, start.begins, start.past), start)

    def _take(self, attempt: Attempt, start: Start) -> None:
        """Keep a trial that is better than the best, if the judge accepts it."""
        objective = self.network.scenario.policy.objective
        trial = self.search.run(attempt)
        if self.best is not None and trial.worth.key(objective) >= self.best.worth.key(objective):
            return
        plan = self._judged(trial)
        if plan is not None:
            self.best, self.best_start, self.plan = trial, start, plan

    def _judged(self, trial: Trial) -> Plan | None:
        movements, loads = movements_of(self.network, trial.timetable)
        scenario, people = self.network.scenario, self.network.people
        plan = replace(idle_plan(scenario, self.like, people), movements=movements, loads=loads)
        filled, verdict = judged(scenario, plan, people)
        return filled if verdict.accepted else None
