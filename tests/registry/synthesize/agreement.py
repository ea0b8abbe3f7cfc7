"""How often two records of one person agree, by a key that no part of Wayout uses.

The key is like the one the target figures were measured with: anyascii, lower case, consonants
only, with the few pairs of letters that spellings exchange made one. Both must say something.
"""

import itertools
import re
from collections.abc import Callable
from functools import cache
from typing import Any

import polars as pl
from anyascii import anyascii

from wayout.registry.synthesize import Synthetic

_SAME = (
    ("kh", "h"), ("gh", "h"), ("sh", "s"), ("ch", "s"), ("dj", "j"), ("dh", "z"), ("th", "s"),
    ("ph", "f"), ("x", "h"), ("g", "h"), ("q", "k"), ("c", "k"), ("v", "w"),
)  # fmt: skip


def _token(word: str) -> str:
    text = word.rstrip("h") or word
    for old, new in _SAME:
        text = text.replace(old, new)
    text = re.sub(r"[^b-df-hj-np-tvxz]", "", text)
    return re.sub(r"(.)\1+", r"\1", text)


@cache
def key(name: str) -> str:
    """Mohammad and Muhammad are mhmd; Zaki and Dhaki zk; Fatima and Fatimah ftm."""
    return "".join(map(_token, re.split(r"[^a-z']+", anyascii(name).lower())))


def pairs_of(made: Synthetic) -> list[tuple[str, str]]:
    """Every pair of records of one person."""
    grouped = made.truth.group_by("person", maintain_order=True).agg("record")
    return [pair for records in grouped["record"] for pair in itertools.combinations(records, 2)]


def _whole_date(row: dict[str, Any]) -> tuple[int, ...] | None:
    if row["birth_precision"] != "day":
        return None
    return row["birth_year"], row["birth_month"], row["birth_day"]


_FIELDS: dict[str, Callable[[dict[str, Any]], object]] = {
    "given": lambda row: key(row["given"] or "") or None,
    "family": lambda row: key(row["family"] or "") or None,
    "phone": lambda row: row["phone"],
    "year": lambda row: row["birth_year"],
    "birth": _whole_date,
    "document": lambda row: row["document"],
}


def agreement(made: Synthetic) -> dict[str, float]:
    """Share of the true pairs that agree, by field."""
    rows = {row["record"]: row for row in made.records.iter_rows(named=True)}
    pairs = [(rows[left], rows[right]) for left, right in pairs_of(made)]
    return {
        name: sum(of(a) is not None and of(a) == of(b) for a, b in pairs) / len(pairs)
        for name, of in _FIELDS.items()
    }


def share(frame: pl.DataFrame, condition: pl.Expr) -> float:
    """Share of the rows for which it holds."""
    return frame.filter(condition).height / frame.height
