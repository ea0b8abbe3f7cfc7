"""The overlap table: how many people are on exactly which lists.

A pattern is a whole number from 1 to 2^K − 1; bit ``k`` says whether list ``k`` has the person.
Pattern 0, on no list, is the count that nobody has: the dark figure.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Int = NDArray[np.int64]
Float = NDArray[np.float64]
Bool = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Overlaps:
    """Counts of people by pattern, and how the people of one household came together.

    ``counts[p - 1]`` is the number of people with pattern ``p``. ``households`` holds, for every
    household that any list knows, its own such counts; None where only the table is known.
    """

    lists: tuple[str, ...]
    counts: Int
    households: Int | None = field(default=None)

    @property
    def num_lists(self) -> int:
        """How many lists there are."""
        return len(self.lists)

    @property
    def num_people(self) -> int:
        """How many different people are on at least one list."""
        return int(self.counts.sum())

    @property
    def members(self) -> Bool:
        """Row by pattern, column by list: whether the pattern has the list."""
        return members_of(self.num_lists)

    @property
    def num_repeated(self) -> int:
        """How many people are on two lists or more."""
        return int(self.counts[self.members.sum(axis=1) > 1].sum())

    def size(self, position: int) -> int:
        """How many people are on one list."""
        return int(self.counts[self.members[:, position]].sum())

    def shared(self, first: int, second: int) -> int:
        """How many people are on both of two lists."""
        both = self.members[:, first] & self.members[:, second]
        return int(self.counts[both].sum())


def members_of(num_lists: int) -> Bool:
    """Patterns 1 to 2^K − 1 as rows of membership."""
    patterns = np.arange(1, 2**num_lists)
    return ((patterns[:, None] >> np.arange(num_lists)) & 1).astype(np.bool_)


def pattern_of(lists: Iterable[int]) -> int:
    """The pattern that has these lists, given by position."""
    return sum(1 << position for position in set(lists))


def overlaps_of(lists: tuple[str, ...], patterns: Int, households: Int | None = None) -> Overlaps:
    """The table of people given one by one: each one's pattern and household (a number from 0)."""
    width = 2 ** len(lists) - 1
    counts = np.bincount(patterns - 1, minlength=width).astype(np.int64)
    if households is None:
        return Overlaps(lists, counts)
    by_household = np.zeros((int(households.max(initial=-1)) + 1, width), dtype=np.int64)
    np.add.at(by_household, (households, patterns - 1), 1)
    return Overlaps(lists, counts, by_household)
