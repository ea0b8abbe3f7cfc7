"""Windows as arrays over minutes, and hourly capacities as whole numbers per slot."""

import numpy as np
from numpy.typing import NDArray

from wayout.clock import MINUTES_PER_DAY, MINUTES_PER_HOUR
from wayout.scenario.model import Scenario
from wayout.scenario.windows import Repeat, Target, Window

Int = NDArray[np.int64]
Real = NDArray[np.float64]
Mask = NDArray[np.bool_]

NO_LIMIT = 1 << 40
"""Stands for an unlimited capacity in integer arrays."""

_ROUNDING = 1e-9


def _spans(window: Window, horizon: int) -> list[tuple[int, int]]:
    """The half-open tick intervals in which a window holds, cut to ``[0, horizon]``."""
    ends = horizon if window.ends is None else window.ends
    shifts = range(0, horizon + 1, MINUTES_PER_DAY) if window.repeat is Repeat.DAILY else (0,)
    return [
        (max(0, window.begins + shift), min(horizon + 1, ends + shift))
        for shift in shifts
        if window.begins + shift <= horizon and ends + shift > 0
    ]


class Timeline:
    """Factors of every target over the ticks ``0 … horizon``; 1 where no window holds."""

    def __init__(self, scenario: Scenario) -> None:
        self.horizon = scenario.deadline
        self.slot = scenario.policy.slot_minutes
        self.num_slots = self.horizon // self.slot + 1
        self._factors: dict[tuple[Target, str], Real] = {}
        self._ones = np.ones(self.horizon + 1)
        for window in scenario.windows:
            factors = self._factors.setdefault((window.kind, window.what), self._ones.copy())
            for begins, ends in _spans(window, self.horizon):
                factors[begins:ends] = window.factor

    def factor(self, kind: Target, what: str) -> Real:
        """Factor of a target at each tick."""
        return self._factors.get((kind, what), self._ones)

    def open(self, kind: Target, what: str) -> Mask:
        """Whether a target is not shut at each tick."""
        mask: Mask = self.factor(kind, what) > 0.0
        return mask

    def scaled(self, kind: Target, what: str, amount: float, *, shut_counts_full: bool = False) -> Int:
        """``floor(amount × factor)`` at each tick; unlimited stays unlimited."""
        factors = self.factor(kind, what)
        if shut_counts_full:
            factors = np.where(factors == 0.0, 1.0, factors)
        if amount == np.inf:
            return np.where(factors > 0.0, NO_LIMIT, 0).astype(np.int64)
        return np.floor(amount * factors + _ROUNDING).astype(np.int64)

    def slot_capacity(self, kind: Target, what: str, per_hour: float) -> Int:
        """Whole units per slot: ``floor(Σ over its ticks of factor × per_hour ÷ 60)``."""
        starts = np.arange(self.num_slots) * self.slot
        factors = self.factor(kind, what)
        padded = np.concatenate([factors, np.full(self.num_slots * self.slot - len(factors), factors[-1])])
        sums = np.add.reduceat(padded, starts)
        if per_hour == np.inf:
            return np.where(sums > 0.0, NO_LIMIT, 0).astype(np.int64)
        return np.floor(sums * per_hour / MINUTES_PER_HOUR + _ROUNDING).astype(np.int64)
