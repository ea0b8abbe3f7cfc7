"""The order in which to ask: always for what is worth most after all that was asked for before.

The worth of an ask shrinks as others are granted, most of the time, so the worths of earlier steps
are taken as limits and only what may still be the best is worked out again (Minoux, Accelerated
greedy algorithms, 1978). Two asks that are worth something only together are found when the first
of them is.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from wayout.contingency.asks.ask import Ask
from wayout.contingency.asks.worth import Relaxed
from wayout.scenario.policy import Objective

BATCH = 4
"""Asks worked out side by side: the same number whatever the machine."""

NOTHING = 1e-6
"""Share of the figures below which a difference is the solver's, not the ask's."""

Relax = Callable[[Sequence[tuple[Ask, ...]]], list[Relaxed]]
"""Works out the figures of several sets of asks, in their order."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An ask in its place: what it adds after those before it, and the figures from then on."""

    ask: Ask
    people: float
    danger: float
    after: Relaxed


def key_of(objective: Objective, people: float, danger: float) -> tuple[float, float]:
    """Larger is better: danger-hours saved, or people where the fastest clearance is wanted."""
    return (people, danger) if objective is Objective.CLEAR_FAST else (danger, people)


@dataclass(slots=True)
class _Step:
    """What one step knows: the latest gain of each ask, and which gains are of this step."""

    gains: dict[str, tuple[float, float]]
    fresh: dict[str, Relaxed] = field(default_factory=dict)


def in_order(
    asks: Sequence[Ask],
    base: Relaxed,
    alone: Sequence[Relaxed],
    relax: Relax,
    objective: Objective,
    most: int = 10,
) -> Iterator[Choice]:
    """At most ``most`` asks, the best first; ``alone`` are the figures with each granted alone."""
    by_name = {ask.name: ask for ask in asks}
    step = _Step({}, {ask.name: value for ask, value in zip(asks, alone, strict=True)})
    chosen: tuple[Ask, ...] = ()
    current = base
    for _ in range(most):
        gains = {name: _gain(current, value) for name, value in step.fresh.items()}
        step.gains |= gains
        best = _best(step, by_name, chosen, current, relax, objective)
        if best is None:
            return
        people, danger = step.gains[best]
        if not _counts(current, people, danger):
            return
        current, chosen = step.fresh[best], (*chosen, by_name[best])
        yield Choice(by_name[best], people, danger, current)
        if not by_name[best].again:
            del by_name[best]
        step = _Step({name: step.gains[name] for name in by_name})


def _gain(before: Relaxed, after: Relaxed) -> tuple[float, float]:
    return max(0.0, after.people - before.people), max(0.0, before.danger - after.danger)


def _counts(current: Relaxed, people: float, danger: float) -> bool:
    return people > NOTHING * max(1.0, current.people) or danger > NOTHING * max(
        1.0, current.danger
    )


def _best(
    step: _Step,
    by_name: dict[str, Ask],
    chosen: tuple[Ask, ...],
    current: Relaxed,
    relax: Relax,
    objective: Objective,
) -> str | None:
    """The ask with the largest gain, once no gain of an earlier step is as large."""

    def rank(name: str) -> tuple[float, float, str]:
        return (*key_of(objective, *step.gains[name]), name)

    while True:
        order = sorted((name for name in by_name if name in step.gains), key=rank, reverse=True)
        if not order:
            return None
        if order[0] in step.fresh:
            return order[0]
        stale = [name for name in order if name not in step.fresh][:BATCH]
        found = relax([(*chosen, by_name[name]) for name in stale])
        for name, value in zip(stale, found, strict=True):
            step.fresh[name] = value
            step.gains[name] = _gain(current, value)
