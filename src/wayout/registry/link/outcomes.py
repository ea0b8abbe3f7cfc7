"""Scores → three outcomes: the same person, different people, or a question to somebody."""

from collections.abc import Sequence
from enum import StrEnum

import numpy as np
import polars as pl
from numpy.typing import NDArray

from wayout.registry.link.arrays import Doubles, Flags, Floats, Ints, Longs
from wayout.registry.link.clusters import NEVER, clusters
from wayout.registry.link.levels import Field
from wayout.registry.link.run import Linkage
from wayout.registry.link.scoring import NOTHING_TOLD, Scored, Told
from wayout.registry.link.weights import field_bits, rarity

SURE = 3.0
"""log2 odds beyond which two are united without a person. Odds of 8 to 1 for the doubtful end of
what is united make 99 in 100 of the whole right, and more: measured on the tuning half."""
LEAST_ASKED = -5.6
"""Below 1 in 50 (log2 odds) a pair is different and nobody is asked."""
LEAST_KEPT = -12.0
"""Pairs below this are not worth a row."""
ANSWERED = 14.0
"""log2 odds of a pair that a person called the same."""


class Outcome(StrEnum):
    """What is done about a pair."""

    SAME = "same"
    DIFFERENT = "different"
    ASK = "ask"


def persons(linkage: Linkage, answers: Told = NOTHING_TOLD, sure: float = SURE) -> Ints:
    """The person of each record (the number of its first record), uniting what is ``sure``.

    What people answered holds: the same is united (unless one list keeps the two apart), different
    never.
    """
    scored = linkage.scored
    bits = settled(scored, answers) - sure
    kept = (bits > LEAST_KEPT) | np.isneginf(bits)
    one, other = scored.groups.one[kept].tolist(), scored.groups.other[kept].tolist()
    household = linkage.world.people.household.tolist()
    edges = zip(one, other, bits[kept].tolist(), strict=True)
    return np.array(clusters(len(household), edges, household), dtype=np.int32)


def settled(scored: Scored, answers: Told) -> Doubles:
    """Odds with the answers of people in their place."""
    return settle(numbered(scored), scored.odds, answers)


def settle(key: Longs, odds: Doubles, answers: Told) -> Doubles:
    """The odds of packed pairs with the answers of people in their place."""
    if not len(answers.pairs):
        return odds
    place = np.minimum(np.searchsorted(answers.pairs, key), len(answers.pairs) - 1)
    bits = np.where(answers.pairs[place] == key, answers.bits[place], 0.0)
    held = np.where(bits > 0, np.maximum(odds, ANSWERED), odds)
    return np.where(bits < 0, NEVER, held)


def numbered(scored: Scored) -> Longs:
    """Each pair as one number, the smaller record first."""
    one, other = scored.groups.one, scored.groups.other
    return (np.minimum(one, other).astype(np.int64) << 32) | np.maximum(one, other).astype(np.int64)


def table(linkage: Linkage, records: Sequence[str], answers: Told = NOTHING_TOLD) -> pl.DataFrame:
    """The pairs worth a row: left, right, score, outcome, and what each field counts in bits.

    The bits of a row sum up to its score: those of the fields are against strangers, and
    ``bits_household`` is all the rest: how rare matches are, and what the two households say for
    or against (a member who fits better; the same brothers and sisters).
    """
    return rows_of(linkage, persons(linkage, answers), records, answers)


def rows_of(
    linkage: Linkage, united: Ints, records: Sequence[str], answers: Told = NOTHING_TOLD
) -> pl.DataFrame:
    """As ``table``, where it is known which person (``united``) each record is."""
    scored = linkage.scored
    one, other = scored.groups.one, scored.groups.other
    same = united[one] == united[other]
    kept = np.flatnonzero(same | (scored.odds > LEAST_KEPT))
    outcome = outcomes(same, settled(scored, answers))
    names = np.array(records, dtype=object)
    left, right = names[one[kept]], names[other[kept]]
    swap = left > right
    frame = pl.DataFrame(
        {
            "left": pl.Series(np.where(swap, right, left).tolist(), dtype=pl.String),
            "right": pl.Series(np.where(swap, left, right).tolist(), dtype=pl.String),
            "score": scored.odds[kept],
            "outcome": pl.Series(outcome[kept].tolist(), dtype=pl.String),
            **explanation(linkage, kept),
        }
    )
    return frame.sort(["score", "left", "right"], descending=[True, False, False])


def outcomes(same: Flags, odds: Doubles) -> NDArray[np.str_]:
    """The outcome of pairs that are one person or not, by their settled odds."""
    asked = (odds > LEAST_ASKED) & ~same
    return np.where(same, Outcome.SAME, np.where(asked, Outcome.ASK, Outcome.DIFFERENT))


def explanation(linkage: Linkage, kept: Longs) -> dict[str, Floats]:
    """Bits of each field of the pairs, and of their households."""
    agreed = linkage.scored.agreed
    some = type(agreed)(agreed.levels[kept], agreed.rarity[kept])
    rare = rarity(some)
    found = {
        f"bits_{field.name.lower()}": field_bits(
            field, some.levels[:, field], rare[:, field], linkage.model.weights
        )[0]
        for field in Field
    }
    rest = linkage.scored.odds[kept] - sum(found.values())
    return {**found, "bits_household": rest.astype(np.float32)}
