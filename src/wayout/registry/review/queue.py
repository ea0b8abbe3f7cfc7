"""What to ask a person next: household against household, the most doubtful first.

One answer about two households settles several pairs, and a pair that is as likely the same as not
is worth the most: a household pair is worth the sum of p(1 − p) over its pairs, where p is the
chance that they are the same (uncertainty sampling, Lewis and Gale 1994). Merges that wait for a
second reviewer, and disputes, come before everything.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from wayout.registry.review.verdicts import Pair, Standing, Verdict, pair_of

OUTCOME, ASK = "outcome", "ask"
_LEAST_CHANCE = 0.02
_BEFORE_EVERYTHING = 1000.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pair to be answered: its score (log2 of the odds) and what each field weighs in it."""

    pair: Pair
    score: float
    explanation: Mapping[str, float]
    waiting: bool = False

    @property
    def chance(self) -> float:
        """Chance that the two are the same person."""
        odds: float = 2.0 ** max(min(self.score, 60.0), -60.0)
        return odds / (1 + odds)


@dataclass(frozen=True, slots=True)
class Item:
    """Two households side by side, with the pairs between them, the most doubtful first."""

    one: str
    other: str
    candidates: tuple[Candidate, ...]
    worth: float


def queue(
    pairs: pl.DataFrame,
    household: Mapping[str, str],
    verdicts: Mapping[Pair, Verdict],
    reviewer: str,
) -> tuple[Item, ...]:
    """What one reviewer should be asked, worth most first.

    ``household`` maps each record to the household of its person. Whatever the reviewer has
    answered, or others have settled, is left out.
    """
    groups: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
    for candidate in candidates(pairs, verdicts, reviewer):
        left, right = candidate.pair.left, candidate.pair.right
        if left in household and right in household:
            one, other = sorted((household[left], household[right]))
            groups[one, other].append(candidate)
    items = [
        Item(one, other, tuple(sorted(found, key=_doubt)), sum(map(_worth, found)))
        for (one, other), found in groups.items()
    ]
    return tuple(sorted(items, key=lambda item: (-item.worth, item.one, item.other)))


def candidates(
    pairs: pl.DataFrame, verdicts: Mapping[Pair, Verdict], reviewer: str
) -> Iterable[Candidate]:
    """The pairs that are open for a reviewer."""
    for row in _open(pairs).iter_rows(named=True):
        pair = pair_of(row["left"], row["right"])
        verdict = verdicts.get(pair)
        if verdict is None:
            yield Candidate(pair, row["score"], explanation_of(row))
        elif reviewer not in verdict.authors and verdict.standing in _ASKED_AGAIN:
            yield Candidate(pair, row["score"], explanation_of(row), waiting=True)


def candidate_of(pairs: pl.DataFrame, pair: Pair) -> Candidate:
    """A pair with its score as linking left it; no score says no more than a toss of a coin."""
    found = pairs.filter((pl.col("left") == pair.left) & (pl.col("right") == pair.right))
    for row in found.iter_rows(named=True):
        return Candidate(pair, row["score"], explanation_of(row))
    return Candidate(pair, 0.0, {})


_ASKED_AGAIN = (Standing.WAITING, Standing.DISPUTED, Standing.UNSURE)


def _open(pairs: pl.DataFrame) -> pl.DataFrame:
    """Pairs that linking leaves to people, by its own word or else by their chance."""
    if OUTCOME in pairs.columns:
        return pairs.filter(pl.col(OUTCOME) == ASK)
    chance = 1 / (1 + 2.0 ** -pl.col("score").clip(-60, 60))
    return pairs.filter(chance.is_between(_LEAST_CHANCE, 1 - _LEAST_CHANCE))


def explanation_of(row: Mapping[str, Any]) -> dict[str, float]:
    """What each field weighs in a score, from a row of the table of pairs."""
    given = row.get("explanation")
    if isinstance(given, str):
        given = json.loads(given)
    if not isinstance(given, dict):
        given = {name.removeprefix("bits_"): row[name] for name in row if name.startswith("bits_")}
    numbers = {name: value for name, value in given.items() if isinstance(value, int | float)}
    return {name: float(value) for name, value in numbers.items() if value}


def _worth(candidate: Candidate) -> float:
    doubt = candidate.chance * (1 - candidate.chance)
    return doubt + (_BEFORE_EVERYTHING if candidate.waiting else 0)


def _doubt(candidate: Candidate) -> tuple[float, Pair]:
    return (-_worth(candidate), candidate.pair)


def households_joined(
    pair: Pair, household: Mapping[str, str], sizes: Mapping[str, int]
) -> tuple[str, str] | None:
    """The two households of several people that a merge of a pair would bring together, if any."""
    one, other = household[pair.left], household[pair.right]
    if one == other or min(sizes[one], sizes[other]) < 2:
        return None
    return (one, other) if one < other else (other, one)
