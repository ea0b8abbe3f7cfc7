"""A judged plan of a scenario, made quickly: relaxations guide a few dispatches.

It is what a what-if study holds against its ceilings: whatever it brings out can be brought out.
``optimize.solve`` finds better plans in more time.

A dispatch may look less often than the planner's own: every quarter of an hour costs less than half
of every five minutes and brings out as much (Kabul 2021: decision 0051).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from wayout.contingency.bounding import bucket_minutes
from wayout.contingency.judging import accepted, plan_of
from wayout.network.model import Network
from wayout.optimize.bound import Proved
from wayout.optimize.dispatch.timetable import Timetable
from wayout.optimize.dispatch.world import world_of
from wayout.optimize.guide import guiding
from wayout.optimize.linear import solve_linear
from wayout.optimize.portfolio import Kind
from wayout.optimize.relax.build import Aim, Relaxation, relax
from wayout.optimize.search import Attempt, Search, Trial, step_of, targets_of
from wayout.plan.model import Plan

FEW = 2
"""Guides of the portfolio that are tried if nobody says how many."""

ORDER = (Kind.UNLED, Kind.GREEDY, Kind.LOOSE, Kind.ONWARD, Kind.UNCAPPED, Kind.PLAIN)
"""Kinds of the portfolio: first those that lean least on a coarse guide (measured on Kabul)."""

ROUGH = 1e-3
"""How near to its optimum a guide is solved, relative: nothing is proved by it."""

LOOKS = 1000
"""A quick dispatch looks at least so often, and no less often than the planner's own."""

SELDOM = 15
"""Most minutes between two looks of a quick dispatch."""


def quick_step(network: Network) -> int:
    """Minutes between two looks of a quick dispatch."""
    step = step_of(network)
    most = min(SELDOM, network.horizon // LOOKS)
    return step * max(1, most // step)


@dataclass(frozen=True, slots=True, eq=False)
class Start:
    """Where a dispatch sets in: at the tick ``begins``, after the movements of ``past`` before it.

    ``past`` None is the begin of the operation.
    """

    past: Timetable | None = None
    begins: int = 0


@dataclass(slots=True)
class Dispatcher:
    """Dispatches one network, from one start or another; keeps the best plan the judge accepts."""

    network: Network
    decided: Start = field(default_factory=Start)
    plan: Plan | None = None
    best: Trial | None = None
    best_start: Start | None = None
    _search: Search | None = None
    _sources: dict[int, int] = field(default_factory=dict)

    @property
    def search(self) -> Search:
        """The search whose portfolio is tried; its tables are made when first needed."""
        if self._search is None:
            network = self.network
            step = quick_step(network)
            self._search = Search(network, world_of(network), network.scenario.seed, step)
            self._search.decided, self._search.begins = self.decided.past, self.decided.begins
        return self._search

    def guided_by(self, given: int | Relaxation) -> int:
        """The number of the guide made from a danger relaxation, or one of a bucket length."""
        length = given if isinstance(given, int) else given.grid.length
        if length not in self._sources:
            known = relax(self.network, length, Aim.DANGER) if isinstance(given, int) else given
            solution = solve_linear(guiding(known), tolerance=ROUGH)
            search, guide = self.search, Proved(known, solution, 0.0)
            self._sources[length] = len(search.sources)
            search.sources.append(targets_of(self.network, guide, search.group, search.world))
        return self._sources[length]

    def dispatched(self, source: int, kind: Kind, start: Start | None = None) -> Trial:
        """One dispatch by a guide and a kind of the portfolio."""
        where = self.decided if start is None else start
        plain = self.search.of_kind(source, kind)
        return self.search.run(Attempt(plain.phases, where.begins, where.past))

    def take(self, trials: Sequence[Trial], start: Start | None = None) -> Plan | None:
        """Keep the best of some trials that the judge accepts, if it is better than the plan."""
        objective = self.network.scenario.policy.objective
        for trial in sorted(trials, key=lambda one: one.worth.key(objective)):
            known = self.best
            if known is not None and trial.worth.key(objective) >= known.worth.key(objective):
                break
            plan = accepted(self.network, plan_of(self.network, trial.timetable))
            if plan is not None:
                self.plan, self.best = plan, trial
                self.best_start = self.decided if start is None else start
                break
        return self.plan

    def through_all(self, source: int) -> Plan | None:
        """Run the whole portfolio from the best start."""
        start = self.best_start
        for kind in Kind:
            self.take([self.dispatched(source, kind, start)], start)
        return self.plan

    def varied(self, rounds: int) -> Plan | None:
        """Rounds of variations of the best dispatch."""
        start = self.best_start
        for number in range(1, rounds + 1):
            if self.best is not None:
                attempts = self.search.variations(self.best, number)
                self.take([self.search.run(attempt) for attempt in attempts], start)
        return self.plan


def achieved(network: Network, least: Proved | None = None, tries: int = FEW) -> Plan | None:
    """The best plan of the first ``tries`` kinds that the judge accepts, or None.

    ``least`` is the danger relaxation to be guided by, if there is one already.
    """
    dispatcher = Dispatcher(network)
    given = bucket_minutes(network) if least is None else least.relaxation
    source = dispatcher.guided_by(given)
    return dispatcher.take([dispatcher.dispatched(source, kind) for kind in ORDER[:tries]])
