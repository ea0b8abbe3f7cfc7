"""Two lists: Chapman's estimate, and what it would be if the lists were not independent.

Two lists cannot show whether they depend on each other, so the range is over a supposition: that
being on the one list doubles or halves the odds of being on the other (the sensitivity analysis
of Gerritse, van der Heijden and Bakker 2015).
"""

from wayout.registry.estimate.overlaps import Float, Overlaps

SUPPOSITIONS = (
    ("Chapman, lists independent", 1.0),
    ("Chapman, being on one list halves the odds of the other", 0.5),
    ("Chapman, being on one list doubles the odds of the other", 2.0),
)
"""Name of each supposition and its odds ratio."""


def chapman(tables: Float, odds_ratio: float = 1.0) -> Float:
    """Size of the population by table, columns first only, second only, both.

    Chapman (1951): (n₁+1)(n₂+1)/(m+1) − 1, which is the people counted and
    ``first·second/(both+1)`` more on neither list; those more are multiplied by the odds ratio.
    """
    first, second, both = tables[:, 0], tables[:, 1], tables[:, 2]
    size: Float = first + second + both + odds_ratio * first * second / (both + 1)
    return size


def of_pair(overlaps: Overlaps, one: int, other: int) -> float:
    """Chapman's estimate from two of the lists alone."""
    both = overlaps.shared(one, other)
    return (overlaps.size(one) + 1) * (overlaps.size(other) + 1) / (both + 1) - 1
