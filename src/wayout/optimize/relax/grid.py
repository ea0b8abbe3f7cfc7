"""Buckets: the coarse time of the relaxation."""

import math
from dataclasses import dataclass

import numpy as np

from wayout.network.timeline import NO_LIMIT, Int, Mask


@dataclass(frozen=True, slots=True)
class Grid:
    """Buckets ``[b·length, (b+1)·length)`` over ``[0, horizon]``.

    Limits per slot or per day are kept per *span*: the shortest run of whole buckets that is also
    a run of whole slots or days. Where slots divide the buckets, spans are the buckets themselves.
    ``horizon`` is the deadline or, where ``closed`` is false, an edge of buckets before it: nothing
    later is counted. At the deadline itself people arrive and nobody departs.

    A ``cautious`` grid bounds nothing: on it who and what comes free within a bucket departs from
    the next one on, as in a timetable whose departures are at the begins of buckets.
    """

    length: int
    horizon: int
    closed: bool = True
    cautious: bool = False

    @property
    def num(self) -> int:
        """Number of buckets in which a departure can be."""
        return max(1, -(-self.horizon // self.length))

    @property
    def ticks(self) -> int:
        """Number of ticks in all buckets together."""
        return self.num * self.length

    @property
    def starts(self) -> Int:
        """First tick of each bucket."""
        return np.arange(self.num, dtype=np.int64) * self.length

    @property
    def last_ticks(self) -> Int:
        """Last tick of each bucket; of the last one the deadline."""
        last = self.starts + self.length - 1
        if self.closed:
            last[-1] = self.horizon
        return last

    def arrivals(self, ticks: Int) -> Int:
        """Bucket of each arrival; the deadline belongs to the last one."""
        bucket = ticks // self.length
        at_end = (ticks == self.horizon) & self.closed
        return np.where(at_end, np.minimum(bucket, self.num - 1), bucket)

    def free(self, ticks: Int) -> Int:
        """Bucket from which whoever comes free at a tick departs."""
        return -(-ticks // self.length) if self.cautious else ticks // self.length

    def spans(self, period: int) -> Int:
        """Span of each bucket, for limits per ``period`` minutes."""
        span: Int = np.arange(self.num) * self.length // math.lcm(self.length, period)
        return span

    def first_of_spans(self, period: int) -> Int:
        """First bucket of each span."""
        return np.unique(self.spans(period), return_index=True)[1].astype(np.int64)

    def sums(self, per_period: Int, period: int) -> Int:
        """Sum of a figure per period in each span; periods after the last bucket are left out."""
        num = int(self.spans(period)[-1]) + 1
        counted = per_period[: -(-self.ticks // period)]
        span = np.arange(len(counted)) * period // math.lcm(self.length, period)
        capped = np.minimum(counted, NO_LIMIT)
        return np.bincount(span, weights=capped, minlength=num).astype(np.int64)

    def firsts(self, possible: Mask) -> tuple[Int, Int, Int]:
        """Buckets that hold a possible tick, with the first and the last such tick of each."""
        ticks = np.flatnonzero(possible[: self.ticks])
        buckets, start = np.unique(ticks // self.length, return_index=True)
        last = np.append(start[1:], len(ticks)) - 1 if len(ticks) else start
        return buckets, ticks[start], ticks[last]
