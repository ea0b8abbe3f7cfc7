"""What people decided about pairs, folded from the decisions in their order.

Nothing is overwritten: every answer is a decision of its own, with its author, and ``undo`` is one
more that takes an earlier one back (or an earlier undo, which brings it back). What holds is what
is left. The later answer of one author replaces his earlier one; answers of several authors that
differ are a dispute and are asked again. A merge that joins two households holds when a second
person has said the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from wayout.registry.entries import Decision

UNDO = "undo"


class Answer(StrEnum):
    """What a reviewer says of a pair; each is a kind of decision."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


class Standing(StrEnum):
    """What holds for a pair."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"
    WAITING = "waiting for a second reviewer"
    DISPUTED = "disputed"


ANSWERS = frozenset(Answer)


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """Two records, the smaller identifier first."""

    left: str
    right: str


def pair_of(one: str, other: str) -> Pair:
    """The pair of two records in whichever order."""
    return Pair(*sorted((one, other)))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What holds for a pair, who said so, and the decisions that it rests on."""

    pair: Pair
    standing: Standing
    authors: tuple[str, ...]
    numbers: tuple[int, ...]
    score: float | None


def standing_decisions(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decisions that were not taken back, in order; undo itself is left out."""
    ordered = sorted(decisions, key=lambda decision: decision.number)
    undone: set[int] = set()
    for decision in reversed(ordered):
        if decision.kind == UNDO and decision.number not in undone:
            undone.add(int(decision.body["undoes"]))
    return tuple(
        decision for decision in ordered if decision.kind != UNDO and decision.number not in undone
    )


def verdicts(decisions: Iterable[Decision]) -> dict[Pair, Verdict]:
    """What holds for every pair that was ever answered and not wholly taken back."""
    answers: dict[Pair, dict[str, Decision]] = {}
    for decision in standing_decisions(decisions):
        if decision.kind in ANSWERS:
            pair = pair_of(decision.body["left"], decision.body["right"])
            answers.setdefault(pair, {})[decision.author] = decision
    return {pair: _verdict(pair, by_author) for pair, by_author in answers.items()}


def _verdict(pair: Pair, by_author: Mapping[str, Decision]) -> Verdict:
    decided = [one for one in by_author.values() if one.kind != Answer.UNSURE]
    counted = decided or list(by_author.values())
    kinds = {one.kind for one in counted}
    if len(kinds) > 1:
        standing = Standing.DISPUTED
    elif kinds == {Answer.SAME} and len(counted) < 2 and counted[0].body.get("joins"):
        standing = Standing.WAITING
    else:
        standing = Standing(kinds.pop())
    scores = [one.body.get("score") for one in counted]
    return Verdict(
        pair,
        standing,
        tuple(sorted(one.author for one in counted)),
        tuple(sorted(one.number for one in counted)),
        next((float(score) for score in scores if score is not None), None),
    )


def body_of(
    pair: Pair,
    score: float | None,
    explanation: Mapping[str, float],
    joins: tuple[str, str] | None,
) -> dict[str, Any]:
    """The body of an answer: identifiers, the score and what each field weighed; no value.

    ``joins`` are the two households that a merge of the pair would bring together, if it does.
    """
    return {
        "left": pair.left,
        "right": pair.right,
        "score": score,
        "explanation": dict(explanation),
        "joins": list(joins) if joins else None,
    }
