"""Weights of evidence: how many bits each level of each field counts for or against.

Fellegi & Sunter (1969): the weight of an agreement is log2 of how much likelier it is between two
rows of one person (m) than between two strangers (u). Rare values count more (Winkler 1989): with
R = −log2 of the share of records that have the value, an agreement on level l counts ::

    w = log2 m(l) + R − log2 C(l),        C(l) = E[2^R · 1(level = l)] over pairs of strangers

which is m / u of that very value, scaled so that strangers' odds are right on average. Against
members of one household a field of one's own (given name, sex, birth, document) has a C of its own,
measured on the households of the lists. In a field that a household shares, mates agree for the
same reason as the person does, in a share r of households, and differ like strangers otherwise, so
that it counts −log2(r + (1 − r)·2^−w) against them.
"""

from typing import NamedTuple

import numpy as np

from wayout.registry.link.arrays import Doubles, Floats, Levels
from wayout.registry.link.compare import Agreement
from wayout.registry.link.levels import NUM_FIELDS, NUM_LEVELS, Field, Name, Plain

MOST_BITS = np.float32(13.0)
"""A value shared by fewer than one record in 8,000 counts as one in 8,000: it may be a slip."""
OWN = (Field.GIVEN, Field.SEX, Field.BIRTH, Field.DOCUMENT)
"""Fields that are a person's own."""
SHARED = tuple(field for field in Field if field not in OWN)
"""Fields that a household shares."""
_RARE = (Field.GIVEN, Field.FAMILY, Field.FATHER, Field.PLACE)
_AGREED = (Name.NEAR, Name.PART, Name.SAME, Name.EXACT)


class Weights(NamedTuple):
    """Tables by field and level, and by field; logarithms to the base 2."""

    match: Doubles
    """log2 m."""
    stranger: Doubles
    """log2 C over strangers."""
    mate: Doubles
    """log2 C over members of one household; used for fields of one's own."""
    shared: Doubles
    """r: share of mates who have a field in common."""


class Evidence(NamedTuple):
    """Bits of every pair for being one person."""

    total: Floats
    """Rather than strangers."""
    mate: Floats
    """Rather than two members of one household."""


def rarity(agreed: Agreement) -> Floats:
    """R of each field of each pair; 0 for fields whose values are not weighed by rarity."""
    table = np.zeros((len(agreed.levels), NUM_FIELDS), dtype=np.float32)
    table[:, _RARE] = np.minimum(agreed.rarity, MOST_BITS)
    return table


def counts(levels: Levels, amounts: Doubles) -> Doubles:
    """By field and level: the sum of the pairs' amounts (a column a field, or one for all)."""
    table = np.zeros((NUM_FIELDS, NUM_LEVELS))
    for field in Field:
        amount = amounts[:, field] if amounts.ndim == 2 else amounts
        table[field] = np.bincount(levels[:, field], amount, minlength=NUM_LEVELS)
    table[:, 0] = 0.0
    return table


def chances(agreed: Agreement) -> Doubles:
    """log2 C: the mean of 2^R by field and level over pairs of others that say the field."""
    said = counts(agreed.levels, np.ones(len(agreed.levels))).sum(axis=1, keepdims=True)
    amount = counts(agreed.levels, np.exp2(rarity(agreed)).astype(np.float64))
    # A level that was never seen may still be met: half a pair is added (Jeffreys).
    bits: Doubles = np.log2((amount + 0.5) / (said + 0.5 * NUM_LEVELS))
    return bits


def in_common(agreed: Agreement) -> Doubles:
    """r: of the mates that both say a field, the share that have it in common."""
    every = counts(agreed.levels, np.ones(len(agreed.levels)))
    names = every[:, list(_AGREED)].sum(axis=1)
    plain = every[:, [Plain.EXACT, Plain.NEAR]].sum(axis=1)
    agreeing = np.where(np.isin(np.arange(NUM_FIELDS), _RARE), names, plain)
    share: Doubles = np.clip((agreeing + 1) / (every.sum(axis=1) + 2), 0.02, 0.98)
    return share


def evidence(agreed: Agreement, weights: Weights) -> Evidence:
    """Bits of every pair under the weights."""
    rare = rarity(agreed)
    total = np.zeros(len(rare), dtype=np.float32)
    mate = total.copy()
    for field in Field:
        bits, less = field_bits(field, agreed.levels[:, field], rare[:, field], weights)
        total += bits
        mate += less
    return Evidence(total, mate)


def field_bits(
    field: Field, levels: Levels, rare: Floats, weights: Weights
) -> tuple[Floats, Floats]:
    """Bits of one field against strangers and against mates."""
    table = (weights.match[field] - weights.stranger[field]).astype(np.float32)
    bits = np.where(levels > 0, table[levels] + rare, np.float32(0))
    if field in OWN:
        table = (weights.match[field] - weights.mate[field]).astype(np.float32)
        return bits, np.where(levels > 0, table[levels] + rare, np.float32(0))
    share = np.float32(weights.shared[field])
    return bits, -np.log2(share + (1 - share) * np.exp2(-bits))
