"""What a study of asks answers, and as JSON."""

import math
from dataclasses import dataclass
from typing import Any

from wayout.contingency.asks.ask import Ask
from wayout.contingency.asks.worth import Ends, Interval

TOLERANCE = 1e-6
"""Of a person: what a certificate rounded outward may be beside a whole number."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An ask and its worth; not ``verified``: nothing was solved again, the estimate is a price."""

    ask: Ask
    people: Interval
    danger: Interval
    verified: bool


@dataclass(frozen=True, slots=True)
class Step:
    """An ask in its place.

    ``people_more`` and ``danger_less`` are estimates of what it adds after those before it;
    ``people`` and ``danger`` are what all asks up to here are worth together.
    """

    ask: Ask
    people_more: float
    danger_less: float
    people: Interval
    danger: Interval


@dataclass(frozen=True, slots=True)
class AskStudy:
    """What is known of the base, the worth of each ask, and what to ask for first."""

    people_total: int
    base: Ends
    answers: tuple[Answer, ...]
    first: tuple[Step, ...]
    length: int


def document_of(study: AskStudy) -> dict[str, Any]:
    """The study under the names that other programs rely on; people are whole.

    A row of ``first_ten`` is the row of ``asks`` of the same name, its worth by itself, with what
    it ``adds`` in its place and what all up to it are worth ``together``.
    """
    base = study.base
    asks = {answer.ask.name: _answered(answer) for answer in study.answers}
    return {
        "base": {
            "people_total": study.people_total,
            "people_safe": {
                "low": base.people_held,
                "high": math.floor(base.people_ceiling + TOLERANCE),
            },
            "danger_hours": {"low": base.danger_floor, "high": base.danger_held},
            "bucket_minutes": study.length,
        },
        "asks": list(asks.values()),
        "first_ten": [
            {
                **asks[step.ask.name],
                "adds": {
                    "people": {"estimate": round(step.people_more, 1)},
                    "danger_hours": {"estimate": round(step.danger_less, 1)},
                },
                "together": {
                    "people": _people(step.people),
                    "danger_hours": _danger(step.danger),
                },
            }
            for step in study.first
        ],
    }


def _answered(answer: Answer) -> dict[str, Any]:
    ask = answer.ask
    return {
        "ask": ask.name,
        "kind": str(ask.kind),
        "words": ask.words,
        "amount": ask.amount,
        "from": ask.owner,
        "people": _people(answer.people),
        "danger_hours": _danger(answer.danger),
        "verified": answer.verified,
    }


def _people(worth: Interval) -> dict[str, float | None]:
    """Nobody is saved by halves: a whole number lies between the ends, rounded inward."""
    low, high = math.ceil(worth.low - TOLERANCE), math.floor(worth.high + TOLERANCE)
    return {"low": low, "high": max(low, high), "estimate": _rounded(worth.estimate)}


def _danger(worth: Interval) -> dict[str, float | None]:
    return {
        "low": math.floor(worth.low * 10) / 10,
        "high": math.ceil(worth.high * 10) / 10,
        "estimate": _rounded(worth.estimate),
    }


def _rounded(estimate: float | None) -> float | None:
    return None if estimate is None else round(estimate, 1)
