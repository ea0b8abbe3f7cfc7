"""The study of losses: each one bounded from both sides, on any executor, the worst first.

Per loss: what is left of the base plan (always tried), the ceiling of the variant's relaxation with
buckets as fine as the interval needs, and dispatches of the variant where the interval is wide. A
ceiling of the whole scenario holds for every variant that only takes away, so that the tighter of
the two is reported. (A berth that is shut lets what stands on it stay on all its spots, rule V6:
where that is more than its windows leave, the variant's own ceiling alone is reported.)
"""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace

from wayout.contingency.alike import alike
from wayout.contingency.base import Base, base_of
from wayout.contingency.bounding import DAILY, THIRDS, Decided, bucket_minutes, proved
from wayout.contingency.outcomes import (
    Figures,
    Outcome,
    Steps,
    Study,
    left_out,
    named,
    safe_of,
    steps_between,
)
from wayout.contingency.repairing import Dispatcher, Start, better, idle_plan, judged
from wayout.contingency.surviving import plan_left, struck, survivors
from wayout.contingency.variants import Loss
from wayout.network.model import Network, build
from wayout.optimize.bound import Proved
from wayout.optimize.dispatch.timetable import timetable_of_plan
from wayout.optimize.relax.build import Aim
from wayout.plan.model import Plan
from wayout.scenario.model import Scenario
from wayout.scenario.people import people_of

AS_PLANNED = "as planned"
LEFT = "without what is lost"
ANEW = "planned anew"
IDLE = "nobody moves"
NOTHING = "no accepted plan found"

LIKE_THE_BASE = 1.2
"""An interval this many times the base plan's own gap is narrow enough."""

CHUNK = 4
"""Losses that one task of an executor studies."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How much work goes into one loss.

    At most ``dispatches`` of the quick tries are made while an interval is wider than ``narrow``,
    as a share of all people and of the danger that can be averted, or than the base plan's own.
    ``rounds`` is None for no thorough repair, else the rounds of variations after the whole
    portfolio. ``lengths`` are the bucket lengths tried, coarse to fine, until both are narrow.
    """

    dispatches: int = 2
    narrow: float = 0.015
    rounds: int | None = None
    lengths: tuple[int, ...] = (DAILY, THIRDS)


BOUNDS_ONLY = Effort(dispatches=0, lengths=(DAILY,))
"""What is left against the daily ceiling; one dispatch where nothing is left."""

THOROUGH = Effort(dispatches=4, rounds=6, narrow=0.0, lengths=(DAILY, THIRDS, 180))


@dataclass(slots=True)
class _Case:
    """One loss under study."""

    base: Base
    loss: Loss
    decided: int
    variant: Scenario
    network: Network
    past: Decided | None
    plan: Plan | None
    achieved: str
    people_high: float
    danger_low: float

    def take(self, plan: Plan | None, achieved: str) -> None:
        if plan is not None and better(plan, self.plan):
            self.plan, self.achieved = plan, achieved

    def width(self) -> float:
        """People between the two ends, as a share of everybody."""
        total = max(1, self.base.people.num_people)
        low = 0 if self.plan is None else self.plan.people_safe
        return (self.people_high - low) / total

    def is_open(self, effort: Effort) -> bool:
        """Whether either interval is wider than it should be."""
        given = self.base.plan
        reach = max(1.0, given.danger_hours_if_nobody_moves - self.danger_low)
        high = given.danger_hours_if_nobody_moves if self.plan is None else self.plan.danger_hours
        people = max(effort.narrow, LIKE_THE_BASE * given.gap_people * (effort.narrow > 0))
        danger = max(effort.narrow, LIKE_THE_BASE * given.gap_danger * (effort.narrow > 0))
        return self.width() > people or (high - self.danger_low) / reach > danger


def _case(base: Base, loss: Loss, decided: int) -> _Case:
    """Begin with what is left of the base plan."""
    variant = loss.apply(base.scenario)
    hit = struck(base, loss)
    left = plan_left(base, variant, survivors(base, hit, decided))
    network = build(variant, base.people)
    past = Decided(timetable_of_plan(network, left).before(decided), decided) if decided else None
    bound = base.plan.bound
    case = _Case(
        base=base,
        loss=loss,
        decided=decided,
        variant=variant,
        network=network,
        past=past,
        plan=None,
        achieved=NOTHING,
        people_high=float(base.people.num_people),
        danger_low=0.0,
    )
    if (network.berth_spots <= base.network.berth_spots).all():
        case.people_high = min(case.people_high, bound.people_safe)
        case.danger_low = bound.danger_hours
    filled, verdict = judged(variant, left, base.people)
    if verdict.accepted:
        case.take(filled, LEFT if hit.any() else AS_PLANNED)
    elif not decided:
        idle, verdict = judged(variant, idle_plan(variant, base.plan, base.people), base.people)
        case.take(idle if verdict.accepted else None, IDLE)
    return case


def _bounded(case: _Case, length: int) -> Proved:
    """Lower the ceiling with the relaxation at a bucket length; returns what guides."""
    safest = proved(case.network, length, Aim.PEOPLE, case.past)
    least = proved(case.network, length, Aim.DANGER, case.past)
    case.people_high = min(case.people_high, safest.value)
    case.danger_low = max(case.danger_low, least.value)
    return least


def _starts(case: _Case) -> list[Start]:
    """Going on from what the base plan does before the first movement that is lost.

    Once with those on the way who will lose a movement later, once without them.
    """
    base, decided = case.base, case.decided
    hit = struck(base, case.loss)
    later = base.depart[hit & (base.depart >= decided)]
    begins = int(later.min()) if len(later) else max(decided, case.loss.from_minute)
    if begins <= decided:
        return []
    whole = plan_left(base, case.variant, survivors(base, hit, begins))
    left = plan_left(base, case.variant, survivors(base, hit, decided))
    pasts = [timetable_of_plan(case.network, plan).before(begins) for plan in (whole, left)]
    return [Start(past, begins) for past in pasts]


def _dispatched(case: _Case, least: Proved, effort: Effort) -> Dispatcher:
    """Quick tries until the interval is narrow or they are used up."""
    dispatcher = Dispatcher(case.network, least, case.base.plan, case.past, _starts(case))
    for number, plan in enumerate(dispatcher.quick(), 1):
        case.take(plan, ANEW)
        if number >= effort.dispatches or not case.is_open(effort):
            break
    return dispatcher


def _worked(case: _Case, effort: Effort) -> None:
    """Bound and dispatch until the interval is narrow or the effort is spent."""
    dispatcher: Dispatcher | None = None
    for length in dict.fromkeys(bucket_minutes(case.network, n) for n in effort.lengths):
        if dispatcher is not None and not case.is_open(effort):
            return
        least = _bounded(case, length)
        wanted = effort.dispatches > 0 or case.achieved in (IDLE, NOTHING)
        if dispatcher is None and wanted and case.is_open(effort):
            dispatcher = _dispatched(case, least, effort)
    if dispatcher is not None and effort.rounds is not None:
        dispatcher.thorough(effort.rounds)
        case.take(dispatcher.plan, ANEW)


def examined(base: Base, loss: Loss, effort: Effort, decided: int = 0) -> tuple[Outcome, Plan]:
    """One loss from both sides, and the repaired plan (the idle one where none was found)."""
    began = time.process_time()
    case = _case(base, loss, decided)
    if case.achieved != AS_PLANNED or decided:
        _worked(case, effort)
    plan = case.plan or idle_plan(case.variant, base.plan, base.people)
    return _outcome(case, plan, time.process_time() - began), plan


def _outcome(case: _Case, plan: Plan, seconds: float) -> Outcome:
    base, people, found = case.base, case.base.people, case.plan is not None
    before = safe_of(base.scenario, base.plan, people)
    after = safe_of(case.variant, plan, people) if found else before & False
    places = [place.place for place in base.scenario.places]
    idle = base.plan.danger_hours_if_nobody_moves
    return Outcome(
        **named(case.loss),
        people_low=plan.people_safe if found else 0,
        people_high=max(case.people_high, float(plan.people_safe if found else 0)),
        danger_low=min(case.danger_low, plan.danger_hours if found else idle),
        danger_high=plan.danger_hours if found else idle,
        lost_by_priority=left_out(people, before, after, people.priority, [*people.priorities]),
        lost_by_place=left_out(people, before, after, people.place, places),
        achieved=case.achieved,
        steps=steps_between(base.plan, plan) if found else Steps(0, len(base.plan.movements), 0),
        seconds=seconds,
    )


def figures_of(plan: Plan) -> Figures:
    """The base plan's own interval."""
    return Figures(
        people_total=plan.people_total,
        people_low=plan.people_safe,
        people_high=plan.bound.people_safe,
        danger_low=plan.bound.danger_hours,
        danger_high=plan.danger_hours,
    )


def _task(
    scenario: Scenario, plan: Plan, losses: tuple[Loss, ...], effort: Effort, decided: int
) -> list[Outcome]:
    base = base_of(scenario, plan)
    return [examined(base, loss, effort, decided)[0] for loss in losses]


def bare(plan: Plan) -> Plan:
    """A plan without its proofs, which no task needs."""
    return replace(plan, bound=replace(plan.bound, certificate={}), limits=(), no_way_out=())


def swept(
    scenario: Scenario,
    plan: Plan,
    losses: Sequence[Loss],
    pool: Executor,
    effort: Effort,
    decided: int = 0,
) -> Iterator[Outcome]:
    """Outcomes in the order of the losses, each loss studied once whatever the executor.

    Losses that come to the same are studied once: the others take no time.
    """
    same = alike(scenario, people_of(scenario), losses)
    chosen = [loss for position, loss in enumerate(losses) if same[position] == position]
    chunks = [tuple(chosen[i : i + CHUNK]) for i in range(0, len(chosen), CHUNK)]
    spare = bare(plan)
    futures = [pool.submit(_task, scenario, spare, chunk, effort, decided) for chunk in chunks]
    results = (outcome for future in futures for outcome in future.result())
    known: dict[int, Outcome] = {}
    for position, loss in enumerate(losses):
        if same[position] == position:
            known[position] = next(results)
            yield known[position]
        else:
            yield replace(known[same[position]], **named(loss), seconds=0.0)


def badness(outcome: Outcome) -> tuple[int, float, float, str]:
    """The worst first: by what is achieved without it, then by what is proved, then by name."""
    return outcome.people_low, -outcome.danger_high, outcome.people_high, outcome.loss


def rank(outcomes: Sequence[Outcome]) -> tuple[Outcome, ...]:
    """Outcomes, the worst first."""
    return tuple(sorted(outcomes, key=badness))


def study(
    scenario: Scenario,
    plan: Plan,
    losses: Sequence[Loss],
    pool: Executor,
    *,
    effort: Effort | None = None,
    repair: int = 0,
    decided: int = 0,
) -> Study:
    """Study losses of a scenario under a judged plan, the worst ``repair`` of them thoroughly."""
    usual = effort or Effort()
    ranked = rank(list(swept(scenario, plan, losses, pool, usual, decided)))
    if repair > 0:
        known = {loss.name: loss for loss in losses}
        worst = [known[outcome.loss] for outcome in ranked[:repair]]
        again = {o.loss: o for o in swept(scenario, plan, worst, pool, THOROUGH, decided)}
        ranked = rank([_tighter(outcome, again.get(outcome.loss)) for outcome in ranked])
    return Study(scenario.name, decided, figures_of(plan), ranked)


def _tighter(first: Outcome, second: Outcome | None) -> Outcome:
    """Both ends hold: the better of each, with the words of the better plan."""
    if second is None:
        return first
    plan = second if second.danger_high <= first.danger_high else first
    return replace(
        plan,
        people_high=min(first.people_high, second.people_high),
        danger_low=max(first.danger_low, second.danger_low),
        seconds=first.seconds + second.seconds,
    )
