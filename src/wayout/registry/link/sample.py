"""Pairs that are known to be two people: strangers drawn at random, and mates of one household."""

import numpy as np

from wayout.registry.link.arrays import Ints
from wayout.registry.link.prepare import People

NUM_STRANGERS = 1_000_000
NUM_MATES = 200_000


def strangers(people: People, seed: int, one_nation: bool = False) -> tuple[Ints, Ints]:
    """Pairs drawn at random; the few that are one person after all do not count.

    With ``one_nation`` both are of one nationality, as far as it is stated.
    """
    draw = np.random.default_rng(seed)
    number = min(NUM_STRANGERS, people.num_records**2)
    one = draw.integers(0, people.num_records, number, dtype=np.int32)
    if one_nation:
        other = _compatriots(people.nationality, one, draw)
    else:
        other = draw.integers(0, people.num_records, number, dtype=np.int32)
    home = people.household
    apart = (one != other) & ((home[one] != home[other]) | (home[one] < 0))
    return one[apart], other[apart]


def _compatriots(nationality: Ints, one: Ints, draw: np.random.Generator) -> Ints:
    """For each record another one of the same nationality, drawn at random."""
    order = np.argsort(nationality, kind="stable").astype(np.int32)
    size = np.bincount(nationality)
    first = np.cumsum(size) - size
    nation = nationality[one]
    chosen = first[nation] + (draw.random(len(one)) * size[nation]).astype(np.int64)
    found: Ints = order[chosen]
    return found


def mates(people: People, seed: int) -> tuple[Ints, Ints]:
    """Pairs that one list gives as members of one household: each next to the one after it."""
    rows = np.flatnonzero(people.household >= 0).astype(np.int32)
    np.random.default_rng(seed).shuffle(rows)
    rows = rows[np.argsort(people.household[rows], kind="stable")]
    pairs = []
    for step in (1, 2, 3):
        one, other = rows[:-step], rows[step:]
        same = people.household[one] == people.household[other]
        pairs.append(np.stack([one[same], other[same]]))
    one, other = np.concatenate(pairs, axis=1)[:, :NUM_MATES]
    return one, other
