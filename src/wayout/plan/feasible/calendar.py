"""Windows as factors per tick, and limits per tick and per slot, straight from the scenario."""

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from wayout.clock import MINUTES_PER_DAY, MINUTES_PER_HOUR
from wayout.scenario.model import Scenario
from wayout.scenario.windows import Repeat, Target, Window

Int = NDArray[np.int64]
Real = NDArray[np.float64]
Mask = NDArray[np.bool_]

TOLERANCE = 1e-9
"""Limits are products of decimals: 0.1 × 60 ticks × 10 an hour ÷ 60 is 1, whatever binary says."""


def whole(amounts: Real) -> Real:
    """Round down to whole units, forgiving binary fractions."""
    floored: Real = np.floor(amounts + TOLERANCE + amounts * 1e-12)
    return floored


class Calendar:
    """Factors of every target at the ticks ``0 … last``, where ``last`` ends the deadline's slot.

    ``deadline`` is the last tick of a plan.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.deadline = scenario.deadline
        self.slot_minutes = scenario.policy.slot_minutes
        self.num_slots = self.deadline // self.slot_minutes + 1
        self._num_ticks = self.num_slots * self.slot_minutes
        self._windows: dict[tuple[Target, str], list[Window]] = defaultdict(list)
        for window in scenario.windows:
            self._windows[window.kind, window.what].append(window)

    def differs(self, kind: Target, what: str) -> bool:
        """Whether any window is written for the target."""
        return (kind, what) in self._windows

    def _spans(self, window: Window) -> Iterator[tuple[int, int]]:
        """Half-open intervals in which a window holds; daily ones begin up to the deadline."""
        ends = self.deadline if window.ends is None else window.ends
        if window.repeat is not Repeat.DAILY:
            yield window.begins, ends
            return
        for shift in range(0, self.deadline - window.begins + 1, MINUTES_PER_DAY):
            yield window.begins + shift, ends + shift

    def factors(self, kind: Target, what: str) -> Real:
        """Factor at each tick of every slot; 1 where no window holds."""
        factors = np.ones(self._num_ticks)
        for window in self._windows.get((kind, what), ()):
            for begins, ends in self._spans(window):
                factors[max(0, begins) : max(0, ends)] = window.factor
        return factors

    def shut(self, kind: Target, what: str) -> Mask:
        """Whether the target is shut at each tick."""
        mask: Mask = self.factors(kind, what) == 0.0
        return mask

    def per_tick(
        self, kind: Target, what: str, amount: float, *, zero_as_one: bool = False
    ) -> Real:
        """``floor(amount × factor)`` at the ticks ``0 … deadline``."""
        factors = self.factors(kind, what)[: self.deadline + 1]
        if zero_as_one:
            factors[factors == 0.0] = 1.0
        return whole(amount * factors)

    def per_slot(self, kind: Target, what: str, per_hour: float) -> Real:
        """``floor(Σ over the slot's ticks of factor × per_hour ÷ 60)`` for each slot."""
        factors = self.factors(kind, what).reshape(self.num_slots, self.slot_minutes)
        return whole(factors.sum(axis=1) * per_hour / MINUTES_PER_HOUR)
