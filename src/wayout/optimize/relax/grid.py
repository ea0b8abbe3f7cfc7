"""Buckets: the coarse time of the relaxation."""

from dataclasses import dataclass

import numpy as np

from wayout.network.timeline import Int, Mask


@dataclass(frozen=True, slots=True)
class Grid:
    """Buckets ``[b·length, (b+1)·length)`` over ``[0, horizon]``; slots never straddle an edge."""

    length: int
    horizon: int

    @property
    def num(self) -> int:
        """Number of buckets in which a departure can be."""
        return max(1, -(-self.horizon // self.length))

    @property
    def last_ticks(self) -> Int:
        """Last tick of each bucket, at most the horizon."""
        return np.minimum((np.arange(self.num) + 1) * self.length - 1, self.horizon)

    def sums(self, per_slot: Int, slot: int) -> Int:
        """Sum of per-slot figures in each bucket; the slot of the horizon itself joins the last."""
        bucket = np.minimum(np.arange(len(per_slot)) * slot // self.length, self.num - 1)
        return np.bincount(bucket, weights=np.minimum(per_slot, 1 << 40), minlength=self.num).astype(np.int64)

    def firsts(self, possible: Mask) -> tuple[Int, Int, Int]:
        """Buckets that hold a possible tick, with the first and the last such tick of each."""
        ticks = np.flatnonzero(possible)
        buckets, start = np.unique(ticks // self.length, return_index=True)
        last = np.append(start[1:], len(ticks)) - 1 if len(ticks) else start
        return buckets, ticks[start], ticks[last]
