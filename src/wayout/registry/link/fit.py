"""The weights learnt from the lists themselves, with no answer known.

Expectation-maximisation (Dempster, Laird & Rubin 1977; for record linkage Winkler 1988) over three
classes: one person, two members of one household, two strangers. Only the matches' part is learnt
from candidate pairs, and it counts every pair there is, not only the candidates. What strangers
have in common is measured on pairs drawn at random inside a nation, what mates have in common on
the households that the lists state, and there are as many pairs of mates for a match as a row has
mates, so that neither class can take the matches' place.
"""

from typing import NamedTuple

import numpy as np

from wayout.registry.link.arrays import Doubles
from wayout.registry.link.compare import Agreement
from wayout.registry.link.levels import NUM_FIELDS, NUM_LEVELS, Birth, Field, Name, Plain
from wayout.registry.link.weights import Evidence, Weights, chances, counts, evidence, in_common

NUM_ROUNDS = 25
PSEUDO_PAIRS = 100.0
"""How many pairs the starting shares count as, so that few pairs cannot say anything absurd."""
_NAME: dict[int, float] = {
    Name.DIFFERENT: 0.1,
    Name.SHARED: 0.03,
    Name.NEAR: 0.05,
    Name.PART: 0.1,
    Name.SAME: 0.3,
    Name.EXACT: 0.4,
    Name.ELSEWHERE: 0.02,
}
_PLAIN: dict[int, float] = {Plain.DIFFERENT: 0.2, Plain.EXACT: 0.75, Plain.NEAR: 0.05}
_BIRTH: dict[int, float] = {
    Birth.EXACT: 0.4,
    Birth.SWAPPED: 0.02,
    Birth.YEAR: 0.3,
    Birth.YEAR_AND_PART: 0.03,
    Birth.YEAR_ONLY: 0.02,
    Birth.DAY_OF_NEAR_YEAR: 0.03,
    Birth.ONE_OFF: 0.09,
    Birth.TWO_OFF: 0.06,
    Birth.NEAR: 0.04,
    Birth.FAR: 0.01,
}
_SEX: dict[int, float] = {Plain.DIFFERENT: 0.01, Plain.EXACT: 0.99}
_START: dict[Field, dict[int, float]] = {
    **dict.fromkeys(Field, _PLAIN),
    **dict.fromkeys((Field.GIVEN, Field.FAMILY, Field.FATHER, Field.PLACE), _NAME),
    Field.BIRTH: _BIRTH,
    Field.SEX: _SEX,
}


class Samples(NamedTuple):
    """Pairs to learn from: candidates, strangers of any nation and of one, mates of one list."""

    candidates: Agreement
    strangers: Agreement
    compatriots: Agreement
    mates: Agreement


class Rates(NamedTuple):
    """Odds of any pair before evidence, in log2: to be one person, and to be two mates."""

    match: float
    mate: float


def fit(samples: Samples, num_pairs: float, mates_each: float) -> tuple[Weights, Rates]:
    """Weights, and how common matches are among ``num_pairs`` pairs that the candidates stand for.

    ``mates_each`` is how many others of the household a row has on average.
    """
    start = _start()
    chance = chances(samples.compatriots)
    # Inside a nation all agree on it: how telling it is, only strangers of any nation can say.
    chance[Field.NATIONALITY] = chances(samples.strangers)[Field.NATIONALITY]
    weights = Weights(np.log2(start), chance, chances(samples.mates), in_common(samples.mates))
    pairs = samples.candidates
    match = float(np.log2(max(1, len(pairs.levels)) / 16 / num_pairs))
    rates = Rates(match, match + float(np.log2(mates_each)))
    for _ in range(NUM_ROUNDS):
        likely = posterior(evidence(pairs, weights), rates)
        seen = counts(pairs.levels, likely) + PSEUDO_PAIRS * start
        shares = seen / seen.sum(axis=1, keepdims=True)
        weights = weights._replace(match=np.log2(np.maximum(shares, 1e-6)))
        match = float(np.log2((likely.sum() + 1) / num_pairs))
        rates = Rates(match, match + float(np.log2(mates_each)))
    return weights, rates


def _start() -> Doubles:
    table = np.full((NUM_FIELDS, NUM_LEVELS), 1e-6)
    for field, levels in _START.items():
        for level, share in levels.items():
            table[field, level] = share
    return table


def posterior(bits: Evidence, rates: Rates) -> Doubles:
    """Chance of each pair to be one person rather than two mates or two strangers."""
    match = np.exp2(np.clip(bits.total.astype(np.float64) + rates.match, -60, 60))
    mate = np.exp2(np.clip((bits.total - bits.mate).astype(np.float64) + rates.mate, -60, 60))
    likely: Doubles = match / (match + mate + 1.0)
    return likely
