"""One planning run: what is known so far, and the clock."""

import time
from dataclasses import dataclass, field, replace

import numpy as np

from wayout.findings import Finding
from wayout.network.model import Network
from wayout.optimize.bound import Clearance, Proved
from wayout.optimize.dispatch.timetable import movements_of
from wayout.optimize.evaluate import Worth
from wayout.optimize.progress import Budget, Observer, Progress, StopAsked
from wayout.optimize.relax.build import Aim, danger_if_nobody_moves
from wayout.optimize.search import Search, Trial
from wayout.plan.feasible import judge
from wayout.plan.model import Bound, Plan
from wayout.scenario.model import Scenario
from wayout.scenario.policy import Objective

DEVIATION = 0.1
"""Where the search for the fastest clearance goes on from is worse than the best by no more than
this share (record-to-record travel, Dueck 1993): the last few who are late make walls."""


@dataclass(slots=True)
class Run:
    """One planning run: what is known so far, and the clock.

    ``finest`` are the minutes of the finest buckets that guide, ``proving`` the seconds they took;
    ``tried`` counts dispatches of the portfolio.
    """

    scenario: Scenario
    network: Network
    relaxed: Network
    budget: Budget
    observe: Observer
    stop_asked: StopAsked
    search: Search
    started: float
    seconds: dict[str, float] = field(
        default_factory=lambda: dict.fromkeys(("bound", "dispatch", "improve", "judge"), 0.0)
    )
    finest: int = 0
    proving: float = 0.0
    safest: Proved | None = None
    least: Proved | None = None
    cleared: Clearance | None = None
    hurried_at: int = 0
    hurried_to: int | None = None
    anchor: Trial | None = None
    record: float = np.inf
    best: Worth | None = None
    plan: Plan | None = None
    refused: tuple[Finding, ...] = ()
    tried: int = 0
    rounds: int = 0

    def elapsed(self) -> float:
        """Seconds since planning began."""
        return time.monotonic() - self.started

    def used(self) -> tuple[float, float]:
        """Seconds or, where none are given, rounds before this one, and their part of all."""
        if self.budget.seconds is None:
            before = self.rounds - 1
            return float(before), before / max(1, self.budget.work or 0)
        return self.elapsed(), self.elapsed() / self.budget.seconds

    def pace(self) -> float:
        """Seconds that a dispatch of the portfolio took on average."""
        return self.seconds["dispatch"] / max(1, self.tried)

    def late(self, share: float = 1.0, ahead: float = 0.0) -> bool:
        """Whether a share of the time is used up seconds ``ahead``, or the user asked to stop."""
        seconds = self.budget.seconds
        used = self.elapsed() + ahead
        return self.stop_asked() or (seconds is not None and used >= seconds * share)

    def tell(self, phase: str, detail: str = "") -> None:
        """A line of the live view."""
        plan = self.plan
        self.observe(
            Progress(
                phase=phase,
                seconds=self.elapsed(),
                people_total=self.network.people.num_people,
                people_safe=None if plan is None else plan.people_safe,
                people_bound=None if self.safest is None else self.safest.value,
                danger_hours=None if plan is None else plan.danger_hours,
                danger_bound=None if self.least is None else self.least.value,
                clear_minute=None if plan is None else plan.clear_minute,
                clear_bound=None if self.cleared is None else self.cleared.minute,
                rounds=self.rounds,
                detail=detail,
            )
        )

    def bound(self) -> Bound:
        """The best bounds so far with their certificates."""
        certificate: dict[str, object] = {}
        if self.safest is not None:
            certificate["people"] = self.safest.certificate
        if self.least is not None:
            certificate["danger"] = self.least.certificate
        if self.cleared is not None:
            certificate["clear"] = self.cleared.certificate
        return Bound(
            people_safe=float(self.network.people.num_people)
            if self.safest is None
            else self.safest.value,
            danger_hours=0.0 if self.least is None else self.least.value,
            clear_minute=None if self.cleared is None else self.cleared.minute,
            certificate=certificate,
        )

    def keep(self, trial: Trial) -> bool:
        """Take a trial if it is better than the best and the judge accepts it.

        Nothing goes on from what the judge refuses.
        """
        objective = self.scenario.policy.objective
        better = self.best is None or trial.worth.key(objective) < self.best.key(objective)
        if better and not self._accepts(trial):
            return False
        energy = trial.worth.energy(objective)
        astray = DEVIATION if objective is Objective.CLEAR_FAST else 0.0
        if self.anchor is None or energy < self.record * (1.0 + astray):
            self.anchor = trial
        self.record = min(self.record, energy)
        return better

    def _accepts(self, trial: Trial) -> bool:
        """Whether the judge accepts a trial, which is the best then."""
        began = time.monotonic()
        movements, loads = movements_of(self.network, trial.timetable)
        plan = Plan(
            scenario_name=self.scenario.name,
            scenario_hash="",
            case=self.scenario.case.value,
            objective=self.scenario.policy.objective.value,
            seed=self.search.seed,
            movements=movements,
            loads=loads,
            bound=self.bound(),
            people_total=self.network.people.num_people,
            danger_hours_if_nobody_moves=float(danger_if_nobody_moves(self.network).sum()),
        )
        verdict = judge(self.scenario, plan, self.network.people, recorded=False)
        self.seconds["judge"] += time.monotonic() - began
        if not verdict.accepted:
            self.refused = verdict.findings
            return False
        self.best = trial.worth
        self.plan = replace(
            plan,
            people_safe=verdict.people_safe,
            danger_hours=verdict.danger_hours,
            danger_hours_if_nobody_moves=verdict.danger_hours_if_nobody_moves,
            clear_minute=verdict.clear_minute,
        )
        return True

    def clears(self) -> bool:
        """Whether the best plan brings everybody out."""
        return self.plan is not None and self.plan.clear_minute is not None

    def take(self, proved: Proved | Clearance) -> None:
        """Keep a bound if it is better than the one in hand."""
        if isinstance(proved, Clearance):
            if self.cleared is None or proved.minute > self.cleared.minute:
                self.cleared = proved
            return
        if proved.relaxation.aim is Aim.PEOPLE:
            if self.safest is None or proved.value < self.safest.value:
                self.safest = proved
        elif self.least is None or proved.value > self.least.value:
            self.least = proved

    def gap(self) -> float:
        """The objective's own gap, as far as it is known."""
        if self.plan is None:
            return np.inf
        plan = replace(self.plan, bound=self.bound())
        if self.scenario.policy.objective is Objective.CLEAR_FAST:
            if plan.clear_minute is None or not plan.bound.clear_minute:
                return np.inf
            return (plan.clear_minute - plan.bound.clear_minute) / plan.bound.clear_minute
        return max(plan.gap_danger, plan.gap_people) if self.least is not None else np.inf
