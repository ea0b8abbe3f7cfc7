"""Keys → candidate pairs: sort, look at the runs, take every pair of a short run."""

from typing import NamedTuple

import numpy as np

from wayout.registry.link.arrays import Flags, Hashes, Ints, Longs
from wayout.registry.link.compiled import compiled
from wayout.registry.link.keys import Keys, KeySet, key_sets, mixed
from wayout.registry.link.prepare import People
from wayout.registry.link.words import WordTable

_LOW = np.int64(0xFFFFFFFF)


class Runs(NamedTuple):
    """Keys in order, with the place where each run of equal ones begins and how long it is."""

    keys: Keys
    starts: Longs
    sizes: Longs


def packed(one: Ints, other: Ints) -> Longs:
    """Pairs as one number each, the smaller record first."""
    return (np.minimum(one, other).astype(np.int64) << 32) | np.maximum(one, other).astype(np.int64)


def unpacked(pairs: Longs) -> tuple[Ints, Ints]:
    """The two records of each pair."""
    return (pairs >> 32).astype(np.int32), (pairs & _LOW).astype(np.int32)


def candidates(people: People, table: WordTable, fresh: Flags | None = None) -> Longs:
    """Every pair of records that shares a key, packed and sorted, each once.

    Two rows that one list gives as members of one household are no pair: the list says that they
    are two people. With ``fresh`` only pairs of which at least one row is fresh.
    """
    wanted = np.ones(people.num_records, np.bool_) if fresh is None else fresh
    found = [pairs_of(key_set, people.household, wanted) for key_set in key_sets(people, table)]
    return np.unique(np.concatenate(found))


def pairs_of(key_set: KeySet, household: Ints, fresh: Flags) -> Longs:
    """Candidate pairs of one set of keys with a fresh row, each once."""
    found = []
    for runs in layers(key_set):
        used = (runs.sizes <= key_set.cap) & _any(fresh, runs)
        starts, sizes = runs.starts[used], runs.sizes[used]
        found.append(_pairs(runs.keys.rows, starts, sizes, household, fresh))
    return np.unique(np.concatenate(found))


def _any(fresh: Flags, runs: Runs) -> Flags:
    """Whether each run has a fresh row."""
    if not len(runs.starts):
        return np.empty(0, np.bool_)
    found: Flags = np.logical_or.reduceat(fresh[runs.keys.rows], runs.starts)
    return found


def layers(key_set: KeySet) -> list[Runs]:
    """The runs of a set of keys, then those of its too long runs refined, and so on."""
    found = [_runs(key_set.keys)]
    for refinement in key_set.refinements:
        last = found[-1]
        found.append(_runs(_refined(last, last.sizes > key_set.cap, refinement)))
    return found


def _runs(keys: Keys) -> Runs:
    order = np.argsort(keys.hashes, kind="stable")
    ordered = Keys(keys.rows[order], keys.hashes[order])
    if not len(order):
        return Runs(ordered, np.empty(0, np.int64), np.empty(0, np.int64))
    changes = np.append(True, ordered.hashes[1:] != ordered.hashes[:-1])
    starts = np.flatnonzero(changes).astype(np.int64)
    return Runs(ordered, starts, np.diff(np.append(starts, len(order))))


def _refined(runs: Runs, long: Flags, by: Hashes) -> Keys:
    """The keys of the runs that were too long, each with one thing more."""
    kept = np.repeat(long, runs.sizes)
    rows = runs.keys.rows[kept]
    said = by[rows] > 0
    return Keys(rows[said], mixed(runs.keys.hashes[kept][said], by[rows[said]]))


@compiled
def _pairs(rows: Ints, starts: Longs, sizes: Longs, household: Ints, fresh: Flags) -> Longs:
    number = 0
    for run in range(len(starts)):
        number += sizes[run] * (sizes[run] - 1) // 2
    pairs = np.empty(number, np.int64)
    filled = 0
    for run in range(len(starts)):
        end = starts[run] + sizes[run]
        for i in range(starts[run], end):
            for j in range(i + 1, end):
                one, other = min(rows[i], rows[j]), max(rows[i], rows[j])
                if not fresh[one] and not fresh[other]:
                    continue
                if one != other and (household[one] < 0 or household[one] != household[other]):
                    pairs[filled] = (np.int64(one) << 32) | np.int64(other)
                    filled += 1
    return pairs[:filled]
