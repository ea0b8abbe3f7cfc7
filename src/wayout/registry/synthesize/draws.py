"""Seeded chance, drawn one number at a time but made many at a time."""

from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from typing import TypeVar

import numpy as np

T = TypeVar("T")
_AT_ONCE = 65_536


class Draw:
    """Random choices that follow from whole numbers alone: the same seed, the same choices.

    >>> Draw(1, 2).chance(1.0)
    True
    """

    def __init__(self, *seed: int) -> None:
        self._source = np.random.default_rng(seed)
        self._waiting: list[float] = []

    def share(self) -> float:
        """A number from 0 up to, not including, 1."""
        if not self._waiting:
            self._waiting = self._source.random(_AT_ONCE).tolist()
        return self._waiting.pop()

    def chance(self, probability: float) -> bool:
        """True with the probability."""
        return self.share() < probability

    def below(self, limit: int) -> int:
        """A whole number from 0 up to, not including, ``limit``."""
        return int(self.share() * limit)

    def between(self, least: int, most: int) -> int:
        """A whole number from ``least`` to ``most``, both included."""
        return least + self.below(most - least + 1)

    def pick(self, choices: Sequence[T]) -> T:
        """One of them, all equally likely."""
        return choices[self.below(len(choices))]

    def shuffle(self, items: list[T]) -> None:
        """Any order, in place (Fisher and Yates)."""
        for last in range(len(items) - 1, 0, -1):
            other = self.below(last + 1)
            items[last], items[other] = items[other], items[last]

    def digits(self, count: int) -> str:
        """So many decimal digits."""
        return str(self.below(10**count)).zfill(count)


class Weighted:
    """Choices of which some are likelier than others."""

    def __init__(self, weights: Sequence[float]) -> None:
        self._until = list(accumulate(weights))

    def index(self, draw: Draw) -> int:
        """The position of one of them."""
        return bisect(self._until, draw.share() * self._until[-1])


def popularity(count: int, exponent: float = 0.9, offset: float = 3.0) -> list[float]:
    """Weights by rank after Zipf and Mandelbrot: few names have many bearers, many have few."""
    return [(rank + offset) ** -exponent for rank in range(count)]
