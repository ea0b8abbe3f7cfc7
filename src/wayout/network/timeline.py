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


def _whole(amounts: Real) -> Int:
    """Round down to whole units; 1e-9 forgives what binary fractions lose of decimals."""
    return np.floor(amounts + _ROUNDING + amounts * 1e-12).astype(np.int64)


def _spans(window: Window, horizon: int) -> list[tuple[int, int]]:
    """The half-open tick intervals in which a window holds; daily ones begin up to the horizon.

    A window without an end holds until the horizon, not at it.
    """
    ends = horizon if window.ends is None else window.ends
    daily = window.repeat is Repeat.DAILY
    shifts = range(0, horizon - window.begins + 1, MINUTES_PER_DAY) if daily else (0,)
    spans = [(max(0, window.begins + shift), ends + shift) for shift in shifts]
    return [(begins, end) for begins, end in spans if end > begins]


class Timeline:
    """Factors of every target over the ticks ``0 … horizon``; 1 where no window holds.

    Slots count their own ticks to the last, also where the horizon cuts one.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.horizon = scenario.deadline
        self.slot = scenario.policy.slot_minutes
        self.num_slots = self.horizon // self.slot + 1
        self._factors: dict[tuple[Target, str], Real] = {}
        self._ones = np.ones(self.num_slots * self.slot)
        for window in scenario.windows:
            factors = self._factors.setdefault((window.kind, window.what), self._ones.copy())
            for begins, ends in _spans(window, self.horizon):
                factors[begins:ends] = window.factor

    def varies(self, kind: Target, what: str) -> bool:
        """Whether any window is about a target."""
        return (kind, what) in self._factors

    def factor(self, kind: Target, what: str) -> Real:
        """Factor of a target at each tick."""
        return self._factors.get((kind, what), self._ones)[: self.horizon + 1]

    def open(self, kind: Target, what: str) -> Mask:
        """Whether a target is not shut at each tick."""
        mask: Mask = self.factor(kind, what) > 0.0
        return mask

    def scaled(
        self, kind: Target, what: str, amount: float, *, shut_counts_full: bool = False
    ) -> Int:
        """``floor(amount × factor)`` at each tick; unlimited never binds, whatever the factor."""
        factors = self.factor(kind, what)
        if shut_counts_full:
            factors = np.where(factors == 0.0, 1.0, factors)
        if amount == np.inf:
            return np.full(len(factors), NO_LIMIT, dtype=np.int64)
        return _whole(amount * factors)

    def slot_capacity(self, kind: Target, what: str, per_hour: float) -> Int:
        """Whole units per slot: ``floor(Σ over its ticks of factor × per_hour ÷ 60)``."""
        if per_hour == np.inf:
            return np.full(self.num_slots, NO_LIMIT, dtype=np.int64)
        factors = self._factors.get((kind, what), self._ones)
        sums = factors.reshape(self.num_slots, self.slot).sum(axis=1)
        return _whole(sums * per_hour / MINUTES_PER_HOUR)
