"""Plan a scenario: certified bound, executable timetable, judged value."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

import numpy as np

from wayout.errors import PlanError, SolverError
from wayout.findings import Finding
from wayout.network.model import Network, build, hurried
from wayout.optimize.aside import Aside, ClearanceAside
from wayout.optimize.bound import (
    Clearance,
    Proved,
    at_least,
    clearances,
    leaves_some,
    prove,
    soonest,
)
from wayout.optimize.dispatch.compiled import compiled
from wayout.optimize.dispatch.timetable import movements_of
from wayout.optimize.dispatch.world import world_of
from wayout.optimize.duties.prices import prices_of
from wayout.optimize.evaluate import Worth
from wayout.optimize.guide import (
    HURRY,
    guide_of,
    is_coarse,
    lengths_aside,
    lengths_to_clear,
    levels,
    relaxed_of,
    thrifty,
)
from wayout.optimize.limits import binding_limits, no_way_out
from wayout.optimize.portfolio import AT_HAND, MANNERS, Manner
from wayout.optimize.progress import Budget, Observer, Progress, StopAsked
from wayout.optimize.relax.build import Aim, danger_if_nobody_moves, relax
from wayout.optimize.search import (
    WORKERS,
    Search,
    Trial,
    step_of,
    targets_of,
)
from wayout.optimize.starting import starting_point
from wayout.optimize.turns import Turns
from wayout.plan.feasible import judge
from wayout.plan.model import BindingLimit, Bound, Plan
from wayout.scenario.hashing import hash_of
from wayout.scenario.model import Scenario
from wayout.scenario.people import people_of
from wayout.scenario.policy import Objective

DEVIATION = 0.1
"""Where the search for the fastest clearance goes on from is worse than the best by no more than
this share (record-to-record travel, Dueck 1993): the last few who are late make walls."""


@dataclass(frozen=True, slots=True)
class Solution:
    """A judged plan and the seconds spent in each phase: bound, dispatch, improve, judge."""

    plan: Plan
    seconds: dict[str, float]


@dataclass(slots=True)
class _Run:
    """One planning run: what is known so far, and the clock."""

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
    rounds: int = 0

    def elapsed(self) -> float:
        return time.monotonic() - self.started

    def used(self) -> tuple[float, float]:
        """Seconds or, where none are given, rounds so far, and their part of all."""
        if self.budget.seconds is None:
            return float(self.rounds), self.rounds / max(1, self.budget.work or 0)
        return self.elapsed(), self.elapsed() / self.budget.seconds

    def late(self, share: float = 1.0) -> bool:
        """Whether a share of the time is used up, or the user asked to stop."""
        seconds = self.budget.seconds
        return self.stop_asked() or (seconds is not None and self.elapsed() >= seconds * share)

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
        """Take a trial if it is better than the best and the judge accepts it."""
        objective = self.scenario.policy.objective
        energy = trial.worth.energy(objective)
        astray = DEVIATION if objective is Objective.CLEAR_FAST else 0.0
        if self.anchor is None or energy < self.record * (1.0 + astray):
            self.anchor = trial
        self.record = min(self.record, energy)
        if self.best is not None and trial.worth.key(objective) >= self.best.key(objective):
            return False
        began = time.monotonic()
        movements, loads = movements_of(self.network, trial.timetable)
        plan = Plan(
            scenario_name=self.scenario.name,
            scenario_hash="",
            case=self.scenario.case.value,
            objective=objective.value,
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


def _bound_level(run: _Run, length: int) -> None:
    """Prove both bounds at one bucket length; keep the better ones; add guides to the search."""
    began, network = time.monotonic(), run.relaxed
    remaining = None if run.budget.seconds is None else max(1.0, run.budget.seconds - run.elapsed())
    try:
        safest = prove(network, length, Aim.PEOPLE, remaining)
        least = prove(network, length, Aim.DANGER, remaining)
        sparing = thrifty(least, remaining)
    except SolverError:
        run.seconds["bound"] += time.monotonic() - began
        return
    run.take(safest)
    run.take(least)
    if not network.pooled:
        run.search.prices = prices_of(run.network, least)
    for proved in (sparing,) if is_coarse(length) else (sparing, least):
        run.search.sources.append(
            targets_of(run.network, proved, run.search.group, run.search.world)
        )
    run.seconds["bound"] += time.monotonic() - began
    run.tell("bound", f"buckets of {length} minutes")


def _may_clear(run: _Run) -> bool:
    """Whether the fastest clearance is wanted and nothing shows that not everybody can get out."""
    if run.scenario.policy.objective is not Objective.CLEAR_FAST or not run.network.able.all():
        return False
    return run.safest is None or not leaves_some(run.network, run.safest.value)


def _clear_level(run: _Run, length: int) -> None:
    """Prove from when on everybody can be safe, at one bucket length and up to the plan's end."""
    began, network = time.monotonic(), run.network
    known = soonest(network) if run.cleared is None else run.cleared.minute
    for cleared in clearances(network, length, known - 1, _end(run)):
        run.cleared = cleared
        if run.late():
            break
    if run.cleared is None:
        run.cleared = at_least(network, known - 1, length)
    run.seconds["bound"] += time.monotonic() - began
    run.tell("bound", f"clearance with buckets of {length} minutes")


def _end(run: _Run) -> int:
    """The last arrival of the best plan, if it has everybody out; else the deadline."""
    clear = None if run.plan is None else run.plan.clear_minute
    return run.network.horizon if clear is None else clear


def _hurry(run: _Run, length: int) -> None:
    """Guides that aim at deadlines between the earliest clearance and the best plan's end."""
    if run.cleared is None:
        return
    began, search, network = time.monotonic(), run.search, run.network
    search.aimed_at = run.hurried_at = max(1, run.cleared.minute)
    run.hurried_to = _end(run)
    for share in HURRY:
        # At an edge of buckets: a deadline within one leaves its last trips half counted.
        apart = max(0, run.hurried_to - search.aimed_at)
        edge = -(-int(search.aimed_at + share * apart) // length) * length
        deadline = min(edge, network.horizon)
        guide = guide_of(relax(hurried(network, deadline), length, Aim.DANGER), None)
        for strict in (False, True):
            world = world_of(network, deadline, nobody_later=strict)
            search.sources.append(targets_of(network, guide, search.group, world))
    run.record = np.inf
    if run.anchor is not None:
        run.anchor = search.valued_again(run.anchor)
        run.record = run.anchor.worth.energy(run.scenario.policy.objective)
    run.seconds["bound"] += time.monotonic() - began


def _hurry_again(run: _Run) -> bool:
    """Whether bound and best plan are so much nearer that other deadlines are of use."""
    if run.cleared is None or run.hurried_to is None:
        return False
    apart = _end(run) - run.cleared.minute
    return 0 < 3 * apart <= 2 * (run.hurried_to - run.hurried_at)


def _dispatch(
    run: _Run,
    sources: range,
    pool: ThreadPoolExecutor,
    manner: Manner = AT_HAND,
    share: float = 1.0,
) -> None:
    """Try the portfolio on new guides, up to a share of the time once there is a plan."""
    began = time.monotonic()
    if not compiled.is_kept("run.dispatch"):
        run.tell("dispatch", "compiling, once on this machine: about half a minute")
    judged = run.seconds["judge"]
    for source in sources:
        for trial in run.search.trials(run.search.portfolio(source, manner), pool):
            if run.keep(trial):
                run.tell("dispatch")
        if (run.late(share) and run.best is not None) or run.gap() <= 0:
            break
    run.seconds["dispatch"] += time.monotonic() - began - (run.seconds["judge"] - judged)


def _clear(run: _Run, pool: ThreadPoolExecutor) -> None:
    """The fastest clearance: when it can be at the earliest, and plans that aim at that."""
    known = len(run.search.sources)
    for number, length in enumerate(lengths_to_clear(run.network)):
        if number > 0 and run.late(0.1):
            break
        _clear_level(run, length)
        _hurry(run, length)
    _in_all_manners(run, range(known, len(run.search.sources)), pool)


def _in_all_manners(run: _Run, sources: range, pool: ThreadPoolExecutor) -> None:
    """Try the portfolio with vehicles sent ahead and without, waiting longer and less long."""
    for manner in MANNERS:
        if not run.late(0.5) and run.gap() > 0:
            _dispatch(run, sources, pool, manner, 0.5)


def _improve(run: _Run, pool: ThreadPoolExecutor) -> str:
    """Improve, and where a time is given refine the bounds beside it; returns what stopped it."""
    lengths = lengths_aside(run.relaxed)
    if run.budget.seconds is None:
        return _vary_until_stopped(run, pool, lambda: None)
    if _may_clear(run) and run.cleared is not None:
        lengths = levels(run.network)[1:] + lengths
        with ClearanceAside(run.network, lengths, run.cleared.minute) as clearing:
            return _vary_until_stopped(run, pool, clearing.ready)
    tasks = [(length, aim) for length in lengths for aim in (Aim.PEOPLE, Aim.DANGER)]
    with Aside(run.relaxed, tasks) as aside:
        return _vary_until_stopped(run, pool, aside.ready)


def _vary_until_stopped(
    run: _Run, pool: ThreadPoolExecutor, finer_bound: Callable[[], Proved | Clearance | None]
) -> str:
    """Rounds of variations until a budget is used up; returns what stopped it."""
    began, judged = time.monotonic(), run.seconds["judge"]
    stopped, turns = "", Turns(run.search)
    while not stopped:
        finer = finer_bound()
        if finer is not None:
            run.take(finer)
            run.tell("improve", "finer bound")
        if _hurry_again(run):
            _hurry(run, levels(run.network)[-1])
        stopped = _reason_to_stop(run)
        if stopped or run.anchor is None:
            break
        run.rounds += 1
        tried = turns.attempts(run.anchor, run.rounds, *run.used())
        for trial in run.search.trials(tried, pool):
            if run.keep(trial):
                run.tell("improve", f"round {run.rounds}")
    run.seconds["improve"] += time.monotonic() - began - (run.seconds["judge"] - judged)
    return stopped or "work"


def _reason_to_stop(run: _Run) -> str:
    if run.stop_asked():
        return "user"
    if run.gap() <= max(run.budget.gap, 1e-9):
        return "optimal" if run.budget.gap <= 0 else "gap"
    if run.budget.work is not None and run.rounds >= run.budget.work:
        return "work"
    return "time" if run.late() else ""


def solve(
    scenario: Scenario,
    *,
    budget: Budget | None = None,
    seed: int | None = None,
    observe: Observer = lambda _: None,
    stop_asked: StopAsked = lambda: False,
    start_from: Plan | None = None,
    frozen_until: int = 0,
) -> Solution:
    """Plan ``scenario``; ``seed`` defaults to the scenario's. Never raises for infeasibility.

    With ``start_from`` the result is never worse than that plan where it is valid; its movements
    that depart before ``frozen_until`` stay as they are. The bounds are those of the whole
    operation: what could have been reached from the start.

    Raises
    ------
    PlanError
        With the judge's findings, if the movements that are to stay lead to no valid plan.
    """
    started = time.monotonic()
    network = build(scenario, people_of(scenario))
    search = Search(
        network, world_of(network), scenario.seed if seed is None else seed, step_of(network)
    )
    run = _Run(
        scenario,
        network,
        relaxed_of(network),
        budget or Budget(),
        observe,
        stop_asked,
        search,
        started,
    )
    given = None if start_from is None else starting_point(network, start_from)
    if given is not None and frozen_until > 0:
        search.decided, search.begins = given.before(frozen_until), frozen_until
    run.tell("bound")
    with ThreadPoolExecutor(WORKERS) as pool:
        for number, length in enumerate(levels(run.relaxed)):
            if number > 0 and (run.late(0.25) or (_may_clear(run) and run.clears())):
                break
            _bound_level(run, length)
            if number == 0 and given is not None and not run.keep(search.as_it_is(given)):
                run.anchor = None
            _dispatch(run, range(max(0, len(search.sources) - 2), len(search.sources)), pool)
        if scenario.policy.objective is Objective.CLEAR_FAST and not run.late():
            if _may_clear(run):
                _clear(run, pool)
            else:
                known = len(search.sources)
                _in_all_manners(run, range(max(0, known - 2), known), pool)
        stopped = _improve(run, pool)
    return Solution(_finished(run, stopped), run.seconds)


def _finished(run: _Run, stopped: str) -> Plan:
    """The best plan with its bounds, its limits and its origin."""
    if run.plan is None and run.search.decided is not None:
        raise PlanError("What is to be kept of the plan leads to no valid plan.", run.refused)
    if run.plan is None:
        raise SolverError(
            "The judge accepted no timetable: an error of the planner, please report it."
        )
    limits: tuple[BindingLimit, ...] = ()
    if run.safest is not None and run.least is not None:
        limits = binding_limits(run.relaxed, run.safest, run.least)
    return replace(
        run.plan,
        scenario_hash=hash_of(run.scenario),
        bound=run.bound(),
        stopped_by=stopped,
        limits=limits,
        no_way_out=no_way_out(run.network),
    )
