"""The study of losses: each one bounded from both sides, on any executor, the worst first.

Every loss gets the usual effort; the work that this saves goes to the intervals that are still
wider than they should be.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from types import MappingProxyType

from wayout.contingency.alike import alike
from wayout.contingency.base import base_of
from wayout.contingency.case import examined
from wayout.contingency.covering import covers, greatest
from wayout.contingency.effort import THOROUGH, WIDE, Effort
from wayout.contingency.outcomes import Ends, Figures, Outcome, Study, named
from wayout.contingency.variants import Loss
from wayout.plan.model import Plan
from wayout.scenario.model import Scenario
from wayout.scenario.people import people_of

CHUNK = 6
"""Losses that one task of an executor studies."""

WORST = 10
"""Losses whose interval is to be no wider than ``TWICE`` the base plan's own gap."""

TWICE = 2.0
NARROW = 0.045
"""Share of all people that the interval of any other loss should not be wider than."""

NARROW_AT_LEAST = 0.02
"""Of the worst, where the base plan has hardly any gap."""


def figures_of(plan: Plan) -> Figures:
    """The base plan's own interval."""
    return Figures(
        people_total=plan.people_total,
        people_low=plan.people_safe,
        people_high=plan.bound.people_safe,
        danger_low=plan.bound.danger_hours,
        danger_high=plan.danger_hours,
    )


Known = Mapping[str, Ends]
"""By loss what is known of it already."""


def _task(
    scenario: Scenario,
    plan: Plan,
    losses: tuple[Loss, ...],
    effort: Effort,
    decided: int,
    known: Known,
) -> list[Outcome]:
    base = base_of(scenario, plan)
    return [examined(base, loss, effort, decided, known.get(loss.name))[0] for loss in losses]


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
    *,
    chunk: int = CHUNK,
    known: Known = MappingProxyType({}),
) -> Iterator[Outcome]:
    """Outcomes in the order of the losses, each loss studied once whatever the executor.

    Losses that come to the same are studied once: the others take no time.
    """
    same = alike(scenario, people_of(scenario), losses)
    chosen = [loss for position, loss in enumerate(losses) if same[position] == position]
    chunks = [tuple(chosen[i : i + chunk]) for i in range(0, len(chosen), chunk)]
    spare = bare(plan)
    known_of = [
        {loss.name: known[loss.name] for loss in part if loss.name in known} for part in chunks
    ]
    futures = [
        pool.submit(_task, scenario, spare, part, effort, decided, before)
        for part, before in zip(chunks, known_of, strict=True)
    ]
    results = (outcome for future in futures for outcome in future.result())
    made: dict[int, Outcome] = {}
    for position, loss in enumerate(losses):
        if same[position] == position:
            made[position] = next(results)
            yield made[position]
        else:
            yield replace(made[same[position]], **named(loss), seconds=0.0)


def _in_waves(
    scenario: Scenario,
    plan: Plan,
    losses: Sequence[Loss],
    pool: Executor,
    effort: Effort,
) -> list[Outcome]:
    """Outcomes in the order of the losses: first those that no other loss covers.

    A plan under a greater loss is one under the lesser, and often good enough.
    """
    same = alike(scenario, people_of(scenario), losses)
    chosen = [loss for position, loss in enumerate(losses) if same[position] == position]
    first = greatest(scenario, chosen)
    found = {one.loss: one for one in swept(scenario, plan, first, pool, effort)}
    lesser = [loss for loss in chosen if loss.name not in found]
    lent = {loss.name: _lent(scenario, plan, loss, first, found) for loss in lesser}
    known = {name: one.ends for name, one in lent.items()}
    for one in swept(scenario, plan, lesser, pool, effort, known=known):
        found[one.loss] = replace(_tighter(one, lent[one.loss]), seconds=one.seconds)
    rows = [found[losses[position].name] for position in same]
    return [
        row if row.loss == loss.name else replace(row, **named(loss), seconds=0.0)
        for row, loss in zip(rows, losses, strict=True)
    ]


def _lent(
    scenario: Scenario,
    plan: Plan,
    loss: Loss,
    greater: Sequence[Loss],
    found: Mapping[str, Outcome],
) -> Outcome:
    """What the best plan under a greater loss holds; that loss's ceilings say nothing here."""
    best = min(
        (found[other.name] for other in greater if covers(scenario, other, loss)),
        key=lambda one: (one.danger_high, one.loss),
    )
    total = float(plan.people_total)
    return replace(best, **named(loss), people_high=total, danger_low=0.0)


def ceilings_of(
    sets: Sequence[Loss], losses: Sequence[Loss], outcomes: Iterable[Outcome]
) -> dict[str, Ends]:
    """What is proved of each set because it is proved of a loss in it: more is lost, not less."""
    ends = {outcome.loss: outcome.ends for outcome in outcomes}
    found = {}
    for some in sets:
        closures, known = set(some.closures), Ends()
        for loss in losses:
            if closures.issuperset(loss.closures):
                alone = ends[loss.name]
                known = known.tightened(Ends(0.0, alone.people_high, alone.danger_low))
        found[some.name] = known
    return found


def badness(outcome: Outcome) -> tuple[int, float, float, str]:
    """The worst first: by what is achieved without it, then by what is proved, then by name."""
    return outcome.people_low, -outcome.danger_high, outcome.people_high, outcome.loss


def rank(outcomes: Iterable[Outcome]) -> tuple[Outcome, ...]:
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
    """Study losses of a scenario under a judged plan, the worst ``repair`` of them thoroughly.

    Without an ``effort`` of its own, what stays wide is studied further.
    """
    by_name = {loss.name: loss for loss in losses}
    usual = effort or Effort()
    # What is decided differs between a loss and a greater one, so no plan is lent then.
    ranked = rank(
        swept(scenario, plan, losses, pool, usual, decided)
        if decided
        else _in_waves(scenario, plan, losses, pool, usual)
    )

    def again(chosen: Sequence[Outcome], more: Effort) -> tuple[Outcome, ...]:
        some = [by_name[outcome.loss] for outcome in chosen]
        before = {one.loss: one.ends for one in chosen}
        found = swept(scenario, plan, some, pool, more, decided, chunk=1, known=before)
        tighter = {outcome.loss: outcome for outcome in found}
        return rank(_tighter(outcome, tighter.get(outcome.loss)) for outcome in ranked)

    if effort is None:
        ranked = again(_wide(ranked, plan), WIDE)
    if repair > 0:
        ranked = again(ranked[:repair], THOROUGH)
    return Study(scenario.name, decided, figures_of(plan), ranked)


def _wide(ranked: Sequence[Outcome], plan: Plan) -> list[Outcome]:
    """Outcomes whose interval is wider than it should be, the widest first."""
    total = max(1, plan.people_total)
    worst = min(NARROW, max(NARROW_AT_LEAST, TWICE * plan.gap_people))
    limits = [worst if number < WORST else NARROW for number in range(len(ranked))]
    wide = [
        outcome
        for outcome, limit in zip(ranked, limits, strict=True)
        if (outcome.people_high - outcome.people_low) / total > limit
    ]
    return sorted(wide, key=lambda one: (one.people_low - one.people_high, one.loss))


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
