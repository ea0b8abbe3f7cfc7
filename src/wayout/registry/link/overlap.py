"""How common it is that two households are one family, learnt from all pairs of households."""

import numpy as np

from wayout.registry.link.arrays import Doubles, Longs
from wayout.registry.link.grouping import Groups, Homes
from wayout.registry.link.model import Overlap

NUM_KINDS = 6
NUM_ROUNDS = 15
START_PRESENT = 0.85
START_TWICE = 0.1
"""``Overlap.twice`` before anything is learnt: mates are mostly two people."""
LEAST_SEEN = 30.0
"""Families that must be seen to learn a share from."""


def kinds(groups: Groups, home: Homes) -> Longs:
    """The kind of each pair of households, as :class:`Overlap` counts them."""
    alone = (groups.left >= home.num_stated).astype(np.int64) + (groups.right >= home.num_stated)
    same = home.source[groups.left] == home.source[groups.right]
    kind: Longs = alone + 3 * same
    return kind


def num_pairs(home: Homes) -> Doubles:
    """How many pairs of households of each kind there are."""
    num_sources = int(home.source.max(initial=0)) + 1
    stated = np.bincount(home.source[: home.num_stated], minlength=num_sources).astype(float)
    alone = np.bincount(home.source[home.num_stated :], minlength=num_sources).astype(float)
    inside = np.array(
        [(stated * (stated - 1)).sum() / 2, (stated * alone).sum(), (alone * (alone - 1)).sum() / 2]
    )
    s, a = stated.sum(), alone.sum()
    across = np.array([s * (s - 1) / 2, s * a, a * (a - 1) / 2]) - inside
    number: Doubles = np.maximum(np.concatenate([across, inside]), 1.0)
    return number


def membership(groups: Groups, home: Homes, overlap: Overlap) -> tuple[Doubles, Doubles]:
    """Of each pair of households: odds that a member is a given one there; chance to be there."""
    kind = kinds(groups, home)
    size = np.maximum(home.size[groups.left], home.size[groups.right]).astype(np.float64)
    # Two rows of unknown households that are one family: one of those whom each may be.
    here = np.where(kind == 2, 1.0 / (1.0 + overlap.mates), overlap.present)
    here = np.where(kind >= 3, overlap.twice, here)
    return here / (1.0 - here) / np.where(kind % 3 == 2, 1.0, size), here


def learnt(family: Doubles, kind: Longs, number: Doubles) -> tuple[float, ...]:
    """Priors by kind: expectation-maximisation on S + log2 Z of every pair of households."""
    seen = np.bincount(kind, minlength=NUM_KINDS)
    prior = np.log2((0.1 * seen + 1) / number)
    for _ in range(NUM_ROUNDS):
        expected = np.bincount(kind, chance_of(family + prior[kind]), minlength=NUM_KINDS)
        prior = np.log2((expected + 1) / number)
    return tuple(float(value) for value in prior)


def chance_of(odds: Doubles) -> Doubles:
    """Probability of log2 odds."""
    chance: Doubles = 1.0 / (1.0 + np.exp2(-np.clip(odds, -60, 60)))
    return chance


def odds_of(chance: Doubles) -> Doubles:
    """log2 odds of a probability."""
    kept = np.clip(chance, 1e-15, 1 - 1e-15)
    odds: Doubles = np.log2(kept) - np.log2(1 - kept)
    return odds


def presence(groups: Groups, home: Homes, certain: Doubles, chance: Doubles) -> tuple[float, float]:
    """Of the smaller of two households that are one family, the share found again.

    On two lists that state both, and in one list. ``certain`` is the chance of each group to be
    one family, ``chance`` each pair's share.
    """
    kind = kinds(groups, home)
    smaller = np.minimum(home.size[groups.left], home.size[groups.right]).astype(np.float64)
    found = np.add.reduceat(chance, groups.starts[:-1]) if len(smaller) else smaller
    across = np.where(kind == 0, certain, 0.0)
    inside = np.where(kind >= 3, certain, 0.0)
    return (
        _share(found, smaller, across, START_PRESENT, (0.5, 0.97)),
        _share(found, smaller, inside, START_TWICE, (0.005, 0.97)),
    )


def _share(
    found: Doubles, whole: Doubles, weight: Doubles, start: float, limits: tuple[float, float]
) -> float:
    if weight.sum() < LEAST_SEEN:
        return start
    return float(np.clip((found * weight).sum() / (whole * weight).sum(), *limits))
