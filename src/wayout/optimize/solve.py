"""Plan a scenario: certified bound, executable timetable, judged value."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from wayout.errors import PlanError, SolverError
from wayout.network.model import build, hurried
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
from wayout.optimize.dispatch.compiled import compiled as dispatcher
from wayout.optimize.dispatch.world import world_of
from wayout.optimize.duties.compiled import compiled as duties
from wayout.optimize.duties.prices import prices_of, prices_to_clear
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
from wayout.optimize.progress import Budget, Observer, StopAsked
from wayout.optimize.relax.build import Aim, relax
from wayout.optimize.running import Run
from wayout.optimize.search import (
    ROUND,
    WORKERS,
    Search,
    step_of,
    targets_of,
)
from wayout.optimize.starting import starting_point
from wayout.optimize.turns import Turns
from wayout.plan.model import BindingLimit, Plan
from wayout.scenario.hashing import hash_of
from wayout.scenario.model import Scenario
from wayout.scenario.people import people_of
from wayout.scenario.policy import Objective

COMPILING = "compiling, once on this machine: about half a minute"

GUIDED_BY = 0.25
"""Part of the time by which the finest guide is to be there."""

DEARER = 1.7
"""Seconds of a proof grow by this power of how much finer its buckets are."""


@dataclass(frozen=True, slots=True)
class Solution:
    """A judged plan and the seconds spent in each phase: bound, dispatch, improve, judge."""

    plan: Plan
    seconds: dict[str, float]


def _bound_level(run: Run, length: int) -> None:
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
    if not network.pooled and run.scenario.policy.objective is Objective.REACH_SAFETY:
        run.search.prices = prices_of(run.network, least)
    for proved in (sparing,) if is_coarse(length) else (sparing, least):
        run.search.sources.append(
            targets_of(run.network, proved, run.search.group, run.search.world)
        )
    run.finest, run.proving = length, time.monotonic() - began
    run.seconds["bound"] += run.proving
    run.tell("bound", f"buckets of {length} minutes")


def _affords(run: Run, length: int) -> bool:
    """Whether a finer bound is expected to be proved early enough to guide; else it is aside."""
    if run.budget.seconds is None:
        return True
    proving = run.proving * float((run.finest / length) ** DEARER)
    return run.elapsed() + proving <= GUIDED_BY * run.budget.seconds


def _may_clear(run: Run) -> bool:
    """Whether the fastest clearance is wanted and nothing shows that not everybody can get out."""
    if run.scenario.policy.objective is not Objective.CLEAR_FAST or not run.network.able.all():
        return False
    return run.safest is None or not leaves_some(run.network, run.safest.value)


def _clear_level(run: Run, length: int) -> None:
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


def _end(run: Run) -> int:
    """The last arrival of the best plan, if it has everybody out; else the deadline."""
    clear = None if run.plan is None else run.plan.clear_minute
    return run.network.horizon if clear is None else clear


def _hurry(run: Run, length: int) -> None:
    """Guides that aim at deadlines between the earliest clearance and the best plan's end."""
    if run.cleared is None:
        return
    began, search, network = time.monotonic(), run.search, run.network
    search.aimed_at = run.hurried_at = max(1, run.cleared.minute)
    if not (network.protecting & ~network.haven).any():
        search.prices = prices_to_clear(network, search.aimed_at)
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


def _hurry_again(run: Run) -> bool:
    """Whether bound and best plan are so much nearer that other deadlines are of use."""
    if run.cleared is None or run.hurried_to is None:
        return False
    apart = _end(run) - run.cleared.minute
    return 0 < 3 * apart <= 2 * (run.hurried_to - run.hurried_at)


def _dispatch(
    run: Run,
    sources: range,
    pool: ThreadPoolExecutor,
    manner: Manner = AT_HAND,
    share: float = 1.0,
) -> None:
    """Try the portfolio on new guides, up to a share of the time once there is a plan."""
    began = time.monotonic()
    if not dispatcher.is_kept("run.dispatch"):
        run.tell("dispatch", COMPILING)
    judged = run.seconds["judge"]
    for source in sources:
        for trial in run.search.trials(run.search.portfolio(source, manner), pool):
            run.tried += 1
            if run.keep(trial):
                run.tell("dispatch")
        if (run.late(share) and run.best is not None) or run.gap() <= 0:
            break
    run.seconds["dispatch"] += time.monotonic() - began - (run.seconds["judge"] - judged)


def _clear(run: Run, pool: ThreadPoolExecutor) -> None:
    """The fastest clearance: when it can be at the earliest, and plans that aim at that."""
    known = len(run.search.sources)
    for number, length in enumerate(lengths_to_clear(run.network)):
        if number > 0 and run.late(0.1):
            break
        _clear_level(run, length)
        _hurry(run, length)
    _in_all_manners(run, range(known, len(run.search.sources)), pool)


def _in_all_manners(run: Run, sources: range, pool: ThreadPoolExecutor) -> None:
    """Try the portfolio with vehicles sent ahead and without, waiting longer and less long."""
    for manner in MANNERS:
        if not run.late(0.5) and run.gap() > 0:
            _dispatch(run, sources, pool, manner, 0.5)


def _improve(run: Run, pool: ThreadPoolExecutor) -> str:
    """Improve, and where a time is given refine the bounds beside it; returns what stopped it."""
    lengths = lengths_aside(run.relaxed, run.finest)
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
    run: Run, pool: ThreadPoolExecutor, finer_bound: Callable[[], Proved | Clearance | None]
) -> str:
    """Rounds of variations until a budget is used up; returns what stopped it."""
    began, judged = time.monotonic(), run.seconds["judge"]
    stopped, turns = "", Turns(run.search, timed=run.budget.seconds is not None)
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
        if turns.mends and not duties.is_kept("mending.mend"):
            run.tell("improve", COMPILING)
        for trial in run.search.trials(tried, pool):
            if run.keep(trial):
                run.tell("improve", f"round {run.rounds}")
    run.seconds["improve"] += time.monotonic() - began - (run.seconds["judge"] - judged)
    return stopped or "work"


def _reason_to_stop(run: Run) -> str:
    if run.stop_asked():
        return "user"
    if run.gap() <= max(run.budget.gap, 1e-9):
        return "optimal" if run.budget.gap <= 0 else "gap"
    if run.budget.work is not None and run.rounds >= run.budget.work:
        return "work"
    return "time" if run.late(ahead=0.5 * ROUND * run.pace()) else ""


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
    run = Run(
        scenario,
        network,
        relaxed_of(network),
        budget or Budget(),
        observe,
        stop_asked,
        search,
        started,
    )
    search.stop_asked = run.late
    given = None if start_from is None else starting_point(network, start_from)
    if given is not None and frozen_until > 0:
        search.decided, search.begins = given.before(frozen_until), frozen_until
    run.tell("bound")
    with ThreadPoolExecutor(WORKERS) as pool:
        for number, length in enumerate(levels(run.relaxed)):
            if number > 0 and (not _affords(run, length) or (_may_clear(run) and run.clears())):
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


def _finished(run: Run, stopped: str) -> Plan:
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
