"""The worst double loss, with a certificate that covers every pair.

Let ``R(p)`` be the people whom the best plan under the pair ``p`` brings to safety. A plan that the
judge accepts gives ``A(p) ≤ R(p)``, the dual of the variant's relaxation ``R(p) ≤ c(p)``. Three
facts make a certificate out of few relaxations:

1. *Cover.* If a loss takes away no more than another, every plan under the greater one is a plan
   under the lesser: ``R(a, x) ≥ R(b, x)``. Only pairs of losses that no other covers are examined.
2. *Oracle and master.* With ``U`` the least ceiling found so far, a pair with ``A(p) ≥ U`` is no
   worse than the one that gave ``U``: ``R(p) ≥ A(p) ≥ U ≥ R(p*)``. So pairs are taken in the order
   of ``A(p)``, each bounded (which may lower ``U``) and, if still open, dispatched anew, until the
   next ``A(p)`` reaches ``U``.
3. *Both ends.* At the end ``min A ≤ min R ≤ U``: whatever the pair, at least ``min A`` people can
   be brought to safety, and one pair leaves at most ``U``.

Nothing here relies on a solver's word: ``A`` is the judge's, ``c`` is recomputed from a dual.
"""

import itertools
import time
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

from wayout.contingency.base import Base, base_of
from wayout.contingency.case import examined
from wayout.contingency.covering import greatest
from wayout.contingency.effort import Effort
from wayout.contingency.judging import judged
from wayout.contingency.outcomes import WorstPair
from wayout.contingency.study import bare
from wayout.contingency.surviving import plan_left, struck, survivors
from wayout.contingency.variants import Loss, together
from wayout.plan.model import Plan
from wayout.scenario.model import Scenario

Pair = tuple[Loss, Loss]

BATCH = 8
"""Pairs bounded between two looks at the least ceiling; the same whatever the executor."""

TASK = 24
"""Pairs whose left-over plans one task judges."""

PAIR_EFFORT = Effort(dispatches=4, people=0.0, danger=1.0)
"""People are what pairs are compared by."""


@dataclass(slots=True)
class _Known:
    """What is known of one pair."""

    pair: Pair
    achieved: int
    ceiling: float
    settled: bool = False

    @property
    def names(self) -> tuple[str, str]:
        return self.pair[0].name, self.pair[1].name


@dataclass(frozen=True, slots=True, eq=False)
class _Foundation:
    """A plan from which left-over plans are made: the base, or a repaired one of one loss."""

    scenario: Scenario
    plan: Plan


def _left(base: Base, loss: Loss, decided: int) -> int | None:
    """People safe by what is left of a plan under a loss; None where the judge refuses it."""
    variant = loss.apply(base.scenario)
    left = plan_left(base, variant, survivors(base, struck(base, loss), decided))
    plan, verdict = judged(variant, left, base.people)
    return plan.people_safe if verdict.accepted else None


def _left_of(foundation: _Foundation, losses: tuple[Loss, ...], decided: int) -> list[int | None]:
    base = base_of(foundation.scenario, foundation.plan)
    return [_left(base, loss, decided) for loss in losses]


def _repaired(foundation: _Foundation, loss: Loss, decided: int) -> _Foundation:
    base = base_of(foundation.scenario, foundation.plan)
    _, plan = examined(base, loss, Effort(), decided)
    return _Foundation(loss.apply(foundation.scenario), bare(plan))


def _settled(
    scenario: Scenario, plan: Plan, pair: Pair, effort: Effort, decided: int
) -> tuple[int, float]:
    outcome, _ = examined(base_of(scenario, plan), together(pair), effort, decided)
    return outcome.people_low, outcome.people_high


def _in_tasks(
    foundation: _Foundation, losses: Sequence[Loss], pool: Executor, decided: int
) -> list[int | None]:
    tasks = [tuple(losses[i : i + TASK]) for i in range(0, len(losses), TASK)]
    futures = [pool.submit(_left_of, foundation, task, decided) for task in tasks]
    return [people for future in futures for people in future.result()]


def _first_look(
    base: _Foundation, candidates: Sequence[Loss], pairs: list[Pair], pool: Executor, decided: int
) -> list[int]:
    """An accepted lower end for each pair.

    Losses that leave no accepted plan of the base (capacities that are only lowered) get a repaired
    plan first, and what the other loss leaves of that stands for the pair.
    """
    alone = _in_tasks(base, candidates, pool, decided)
    poor = [loss for loss, people in zip(candidates, alone, strict=True) if people is None]
    futures = [pool.submit(_repaired, base, loss, decided) for loss in poor]
    mended = {loss.name: future.result() for loss, future in zip(poor, futures, strict=True)}
    known = [0] * len(pairs)
    for name, foundation in {"": base, **mended}.items():
        mine = [i for i, pair in enumerate(pairs) if _stands_on(pair, mended) == name]
        losses = [_rest(pairs[i], name) for i in mine]
        found = _in_tasks(foundation, losses, pool, decided)
        for position, people in zip(mine, found, strict=True):
            known[position] = people or 0
    return known


def _stands_on(pair: Pair, mended: dict[str, _Foundation]) -> str:
    """Which of a pair's losses has a repaired plan of its own; none is the empty name."""
    return next((loss.name for loss in pair if loss.name in mended), "")


def _rest(pair: Pair, name: str) -> Loss:
    left = tuple(loss for loss in pair if loss.name != name)
    return left[0] if len(left) == 1 else together(left)


def worst_pair(
    scenario: Scenario,
    plan: Plan,
    losses: Sequence[Loss],
    pool: Executor,
    *,
    decided: int = 0,
    effort: Effort = PAIR_EFFORT,
) -> WorstPair | None:
    """The pair of losses after which the fewest people can be saved; None if there are not two.

    The result is the same whatever the executor.
    """
    began, spare = time.monotonic(), bare(plan)
    candidates = greatest(scenario, losses)
    pairs = list(itertools.combinations(candidates, 2))
    if not pairs:
        return None
    total = float(plan.people_total)
    first = _first_look(_Foundation(scenario, spare), candidates, pairs, pool, decided)
    known = [_Known(pair, low, total) for pair, low in zip(pairs, first, strict=True)]
    _settle(scenario, spare, known, pool, effort, decided)
    worst = min(known, key=lambda item: (item.ceiling, item.achieved, item.names))
    floor = min(known, key=lambda item: (item.achieved, item.names))
    return WorstPair(
        losses=worst.names,
        words=together(worst.pair).words,
        people_low=worst.achieved,
        people_high=worst.ceiling,
        floor_people=floor.achieved,
        floor_losses=floor.names,
        num_pairs=len(losses) * (len(losses) - 1) // 2,
        num_covered=len(losses) * (len(losses) - 1) // 2 - len(pairs),
        num_bounded=sum(item.settled for item in known),
        complete=True,
        seconds=time.monotonic() - began,
    )


def _settle(
    scenario: Scenario,
    plan: Plan,
    known: list[_Known],
    pool: Executor,
    effort: Effort,
    decided: int,
) -> None:
    """Bound and dispatch the open pairs, the worst first, until no open one can be the worst."""
    while True:
        least = min(item.ceiling for item in known)
        open_ones = [item for item in known if not item.settled and item.achieved < least]
        if not open_ones:
            return
        open_ones.sort(key=lambda item: (item.achieved, item.names))
        batch = open_ones[:BATCH]
        futures = [
            pool.submit(_settled, scenario, plan, item.pair, effort, decided) for item in batch
        ]
        for item, future in zip(batch, futures, strict=True):
            low, high = future.result()
            item.achieved, item.ceiling = max(item.achieved, low), min(item.ceiling, high)
            item.settled = True
