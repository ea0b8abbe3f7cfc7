"""More used than there is: slots and runs of ticks in which a limit is passed."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from wayout.findings import Where
from wayout.plan.feasible.breaches import MOVEMENTS, Breaches
from wayout.plan.feasible.calendar import Int, Real
from wayout.plan.feasible.replay import Replay


@dataclass(frozen=True, slots=True, eq=False)
class Use:
    """What is used of a capacity beside its limit, per slot or per tick; ``what`` is in words."""

    what: str
    used: Real
    limit: Real


def add_slots(rule: str, replay: Replay, breaches: Breaches, use: Use) -> None:
    """Report every slot in which more is used than the limit allows."""
    for slot in np.flatnonzero(use.used > use.limit).tolist():
        begins = slot * replay.calendar.slot_minutes
        ends = begins + replay.calendar.slot_minutes
        message = (
            f"{use.used[slot]:,.0f} {use.what} in the slot from {replay.at(begins)} to "
            f"{replay.at(ends)}; the limit is {use.limit[slot]:,.0f}."
        )
        breaches.add(rule, Where(MOVEMENTS), message, "Move some of them to another slot.")


def add_ticks(rule: str, replay: Replay, breaches: Breaches, use: Use, cure: str) -> None:
    """Report every unbroken run of ticks at which more is used than the limit allows."""
    over = np.concatenate([[False], use.used > use.limit, [False]])
    edges = np.flatnonzero(over[1:] != over[:-1])
    for begins, ends in edges.reshape(-1, 2).tolist():
        worst = begins + int(np.argmax((use.used - use.limit)[begins:ends]))
        message = (
            f"{use.used[worst]:,.0f} {use.what} at {replay.at(worst)}; the limit is "
            f"{use.limit[worst]:,.0f}. It is passed from {replay.at(begins)} to "
            f"{replay.at(ends - 1)}."
        )
        breaches.add(rule, Where(MOVEMENTS), message, cure)


def groups(index: Int, num: int) -> Iterator[tuple[int, Int]]:
    """Each value ``0 … num - 1`` that occurs in ``index``, with the positions where it does."""
    order = np.argsort(index, kind="stable")
    bounds = np.searchsorted(index[order], np.arange(num + 1))
    for value in range(num):
        if bounds[value] < bounds[value + 1]:
            yield value, order[bounds[value] : bounds[value + 1]]
