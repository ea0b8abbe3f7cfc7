"""Losses as data: what is taken away, in words, and the scenario that follows.

    variant = loss.apply(scenario)

A *loss* works through windows: whatever a window of the scenario leaves of a place, a link, a berth
group or a fleet is multiplied by the loss's factor, so that a loss never opens what was shut and a
plan of the variant is a plan of the scenario.
"""

import itertools
from dataclasses import dataclass

import numpy as np

from wayout.clock import MINUTES_PER_DAY
from wayout.network.timeline import Real
from wayout.scenario.model import Scenario
from wayout.scenario.windows import Repeat, Target, Window


@dataclass(frozen=True, slots=True)
class Closure:
    """A target works at ``factor`` of what its windows leave of it, from ``begins`` to ``ends``.

    ``ends`` is None for the rest of the operation.
    """

    target: Target
    what: str
    factor: float
    begins: int
    ends: int | None = None


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that is lost: a change that only ever takes away."""

    kind: str
    what: str
    words: str
    closures: tuple[Closure, ...]

    @property
    def name(self) -> str:
        """Kind and identifier, which is one of a kind: ``place:abbey``."""
        return f"{self.kind}:{self.what}"

    @property
    def from_minute(self) -> int:
        """The first minute at which anything is lost."""
        return max(0, min((closure.begins for closure in self.closures), default=0))

    def apply(self, scenario: Scenario) -> Scenario:
        """The scenario in which it is lost."""
        for closure in self.closures:
            windows = scenario.windows + windows_of(scenario, closure)
            scenario = scenario.replace(windows=windows)
        return scenario


def together(losses: tuple[Loss, ...]) -> Loss:
    """Several losses at once."""
    return Loss(
        kind="several",
        what=" and ".join(loss.name for loss in losses),
        words=" and ".join(loss.words for loss in losses),
        closures=tuple(closure for loss in losses for closure in loss.closures),
    )


def factors_of(scenario: Scenario, target: Target, what: str) -> Real:
    """Factor of a target at each tick of every slot; the last window that holds decides."""
    slot = scenario.policy.slot_minutes
    factors = np.ones((scenario.deadline // slot + 1) * slot)
    for window in scenario.windows:
        if (window.kind, window.what) == (target, what):
            for begins, ends in _spans(window, scenario.deadline):
                factors[max(0, begins) : max(0, ends)] = window.factor
    return factors


def _spans(window: Window, deadline: int) -> list[tuple[int, int]]:
    ends = deadline if window.ends is None else window.ends
    if window.repeat is not Repeat.DAILY:
        return [(window.begins, ends)]
    shifts = range(0, deadline - window.begins + 1, MINUTES_PER_DAY)
    return [(window.begins + shift, ends + shift) for shift in shifts]


def windows_of(scenario: Scenario, closure: Closure) -> tuple[Window, ...]:
    """The windows that, written last, multiply a target's factors by the closure's."""
    factors = factors_of(scenario, closure.target, closure.what) * closure.factor
    begins = max(0, closure.begins)
    ends = len(factors) if closure.ends is None else min(closure.ends, len(factors))
    if ends <= begins:
        return ()
    edges = begins + 1 + np.flatnonzero(np.diff(factors[begins:ends]))
    cuts = [begins, *edges.tolist(), ends]
    return tuple(
        Window(
            kind=closure.target,
            what=closure.what,
            begins=first,
            ends=last,
            factor=float(factors[first]),
            reason="contingency",
        )
        for first, last in itertools.pairwise(cuts)
    )
