"""Pairs of records → pairs of households, and the members of two households → pairs of records."""

from typing import NamedTuple

import numpy as np

from wayout.registry.link.arrays import Ints, Longs
from wayout.registry.link.blocking import packed, unpacked
from wayout.registry.link.compiled import compiled
from wayout.registry.link.prepare import People


class Homes(NamedTuple):
    """The household of every record; a row without one is a household of its own."""

    of: Ints
    size: Ints
    """Rows of each household."""
    source: Ints
    """The list of each household."""
    num_stated: int
    """Households from this number on are rows without one."""


class Groups(NamedTuple):
    """Pairs of records by their pair of households, and those households."""

    one: Ints
    other: Ints
    """The two records of each pair, each of the same household throughout a group."""
    starts: Longs
    """First pair of each group, and the number of pairs at the end."""
    left: Ints
    right: Ints
    """The two households of each group."""


def homes(people: People) -> Homes:
    """Households with a number for every record."""
    household = people.household
    met, of = np.unique(household[household >= 0], return_inverse=True)
    alone = household < 0
    home = np.empty(len(household), dtype=np.int32)
    home[~alone] = of
    home[alone] = len(met) + np.arange(int(alone.sum()), dtype=np.int32)
    source = np.zeros(len(met) + int(alone.sum()), dtype=np.int32)
    source[home] = people.source
    return Homes(home, np.bincount(home).astype(np.int32), source, len(met))


def grouped(pairs: Longs, home: Homes) -> Groups:
    """The packed pairs by household against household, the smaller number first."""
    one, other = unpacked(pairs)
    swap = home.of[one] > home.of[other]
    one, other = np.where(swap, other, one), np.where(swap, one, other)
    key = packed(home.of[one], home.of[other])
    order = np.argsort(key, kind="stable")
    key = key[order]
    first = np.flatnonzero(np.append(True, key[1:] != key[:-1])) if len(key) else np.empty(0, int)
    left, right = unpacked(key[first])
    return Groups(
        one[order], other[order], np.append(first, len(key)).astype(np.int64), left, right
    )


def crossed(pairs: Longs, home: Homes) -> Longs:
    """Every pair of a member of one household and one of another, for the households of pairs."""
    one, other = unpacked(pairs)
    left, right = unpacked(np.unique(packed(home.of[one], home.of[other])))
    rows = np.argsort(home.of, kind="stable").astype(np.int32)
    starts = np.append(0, np.cumsum(home.size)).astype(np.int64)
    return np.unique(_crossed(left, right, rows, starts))


@compiled
def _crossed(left: Ints, right: Ints, rows: Ints, starts: Longs) -> Longs:
    number = 0
    for group in range(len(left)):
        a, b = left[group], right[group]
        number += (starts[a + 1] - starts[a]) * (starts[b + 1] - starts[b])
    pairs = np.empty(number, np.int64)
    filled = 0
    for group in range(len(left)):
        for i in range(starts[left[group]], starts[left[group] + 1]):
            for j in range(starts[right[group]], starts[right[group] + 1]):
                one, other = min(rows[i], rows[j]), max(rows[i], rows[j])
                pairs[filled] = (np.int64(one) << 32) | np.int64(other)
                filled += 1
    return pairs
