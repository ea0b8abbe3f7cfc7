"""Answers of people: what each is worth to linking, and which question is worth most."""

from collections.abc import Iterable, Mapping

import numpy as np

from wayout.registry.link.arrays import Flags, Longs
from wayout.registry.link.blocking import packed
from wayout.registry.link.outcomes import numbered
from wayout.registry.link.overlap import chance_of
from wayout.registry.link.scoring import NOTHING_TOLD, Scored, Told

ERRORS = 0.02
"""How often a reviewer is taken to be wrong: an answer counts log2(0.98 / 0.02) bits."""


def told_by(answers: Iterable[tuple[str, str, bool]], number: Mapping[str, int]) -> Told:
    """Answers about pairs of identifiers (same or not); of records not linked none counts."""
    known = [
        (number[left], number[right], same)
        for left, right, same in answers
        if left in number and right in number
    ]
    if not known:
        return NOTHING_TOLD
    one = np.array([row[0] for row in known], dtype=np.int32)
    other = np.array([row[1] for row in known], dtype=np.int32)
    return told_of(packed(one, other), np.array([row[2] for row in known]))


def told_of(pairs: Longs, same: Flags) -> Told:
    """Answers about packed pairs; of several about one pair the last counts."""
    worth = np.log2((1 - ERRORS) / ERRORS)
    last = {int(pair): bool(answer) for pair, answer in zip(pairs, same, strict=True)}
    ordered = sorted(last.items())
    return Told(
        np.array([pair for pair, _ in ordered], dtype=np.int64),
        np.array([worth if answer else -worth for _, answer in ordered], dtype=np.float32),
    )


def questions(scored: Scored, answers: Told, number: int) -> Longs:
    """The pairs to ask a person about, worth most first: one for each two households.

    A question about two households is worth the sum of p(1 − p) over their pairs, and the pair
    with the largest p(1 − p) is asked (uncertainty sampling, Lewis & Gale 1994).
    """
    chance = chance_of(scored.odds)
    doubt = chance * (1 - chance)
    key = numbered(scored)
    doubt[np.isin(key, answers.pairs)] = 0.0
    starts = scored.groups.starts
    worth = np.add.reduceat(doubt, starts[:-1])
    best = np.argsort(-worth, kind="stable")[:number]
    first, last = starts[best], starts[best + 1]
    asked = [a + int(np.argmax(doubt[a:b])) for a, b in zip(first, last, strict=True)]
    return key[asked]
