"""Households against households: who of the one is who of the other, all decided together.

Two rows alone rarely tell a person from a brother or a namesake. Two whole households do: if the
same names come back, each family is the other one, and then each member is at most one member
there. So every pair of households (a row without a household is a household of one) is one
question with two parts ::

    same family:  prior + S + log2 Z
    i is j:       the share of Z in which i and j are matched, if it is the same family

S is what the best pair shares as mates would (telephone, family name, place), in bits against
strangers, counted once. Z sums over every one-to-one assignment of members the product of the
bits of the matched pairs against mates; each member of the smaller side is there with chance q.
One-to-one as in Jaro (1989) and Sadinle (2017), but summed over exactly (a dynamic programme over
subsets) instead of maximised or sampled, so that doubt between brothers stays doubt.
"""

import numpy as np

from wayout.registry.link.arrays import Doubles, Floats, Ints, Longs
from wayout.registry.link.compiled import compiled

MOST_SUMMED = 10
"""Members of the smaller side that are summed over exactly; beyond, each chooses alone."""
_LEAST, _MOST = -30.0, 40.0
"""Bits of a pair are kept between these; without a key in common a pair has the least."""


@compiled
def _forward(gains: Doubles) -> Doubles:
    """By number of rows walked and set of columns taken: the sum over assignments so far."""
    num_rows, num_columns = gains.shape
    sums = np.zeros((num_rows + 1, 1 << num_columns))
    sums[0, 0] = 1.0
    for row in range(num_rows):
        for taken in range(1 << num_columns):
            value = sums[row, taken]
            if value > 0.0:
                sums[row + 1, taken] += value
                for column in range(num_columns):
                    if not taken & (1 << column):
                        sums[row + 1, taken | (1 << column)] += value * gains[row, column]
    return sums


@compiled
def _backward(gains: Doubles) -> Doubles:
    """By number of rows walked and set of columns taken: the sum over what may follow."""
    num_rows, num_columns = gains.shape
    sums = np.ones((num_rows + 1, 1 << num_columns))
    for row in range(num_rows - 1, -1, -1):
        for taken in range(1 << num_columns):
            value = sums[row + 1, taken]
            for column in range(num_columns):
                if not taken & (1 << column):
                    value += gains[row, column] * sums[row + 1, taken | (1 << column)]
            sums[row, taken] = value
    return sums


@compiled
def assigned(gains: Doubles) -> tuple[float, Doubles]:
    """log2 of the sum over all one-to-one assignments, and the share with each pair matched.

    ``gains`` are the factors by which a matched pair counts, rows against at most
    :data:`MOST_SUMMED` columns.
    """
    num_rows, num_columns = gains.shape
    before, after = _forward(gains), _backward(gains)
    chance = np.zeros((num_rows, num_columns))
    for row in range(num_rows):
        for taken in range(1 << num_columns):
            value = before[row, taken]
            if value > 0.0:
                for column in range(num_columns):
                    if not taken & (1 << column):
                        rest = after[row + 1, taken | (1 << column)]
                        chance[row, column] += value * gains[row, column] * rest
    return np.log2(after[0, 0]), chance / after[0, 0]


@compiled
def each_alone(gains: Doubles) -> tuple[float, Doubles]:
    """As :func:`assigned` for large groups: every row chooses alone, columns are shared out."""
    chance = gains.copy()
    whole = 0.0
    for row in range(len(gains)):
        total = 1.0 + chance[row].sum()
        whole += np.log2(total)
        chance[row] /= total
    for column in range(gains.shape[1]):
        chance[:, column] /= max(1.0, chance[:, column].sum())
    return whole, chance


@compiled
def households(
    starts: Longs, one: Ints, other: Ints, total: Floats, mate: Floats, odds: Doubles, here: Doubles
) -> tuple[Doubles, Doubles]:
    """For groups of pairs, each group two households: S + log2 Z, and of every pair its share.

    ``starts`` are the first pairs of the groups, with the number of pairs at the end; ``one`` is
    of the one household and ``other`` of the other throughout a group. ``odds`` are a group's
    odds, before any evidence, that a member is a given one of the other side, ``here`` the chance
    that a member of the smaller side is on the other at all.
    """
    num_groups = len(starts) - 1
    family, chance = np.empty(num_groups), np.zeros(len(one))
    for group in range(num_groups):
        first, last = starts[group], starts[group + 1]
        rows, columns = np.unique(one[first:last]), np.unique(other[first:last])
        flip = len(columns) > len(rows)
        if flip:
            rows, columns = columns, rows
        bits = np.full((len(rows), len(columns)), _LEAST)
        at_row, at_column = np.empty(last - first, np.int64), np.empty(last - first, np.int64)
        shared = -60.0
        for pair in range(first, last):
            a, b = (other[pair], one[pair]) if flip else (one[pair], other[pair])
            row, column = np.searchsorted(rows, a), np.searchsorted(columns, b)
            at_row[pair - first], at_column[pair - first] = row, column
            bits[row, column] = min(_MOST, max(_LEAST, mate[pair]))
            shared = max(shared, total[pair] - mate[pair])
        gains = odds[group] * 2.0**bits
        inside, matched = assigned(gains) if len(columns) <= MOST_SUMMED else each_alone(gains)
        family[group] = shared + inside + len(columns) * np.log2(1.0 - here[group])
        for pair in range(first, last):
            chance[pair] = matched[at_row[pair - first], at_column[pair - first]]
    return family, chance
