"""Two records, or two households, side by side: what a reviewer looks at, on whatever screen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum

from wayout.registry.records import Record
from wayout.registry.review.queue import Candidate

_BIRTH = ("birth_year", "birth_month", "birth_day", "birth_precision")
SHOWN = (
    "source",
    *(f.name for f in fields(Record) if f.name not in ("record", "source", "household", *_BIRTH)),
)
_LABELS = {"given": "given name", "family": "family name", "father": "father's name"}


class Match(StrEnum):
    """How two cells compare as text."""

    EQUAL = "="
    DIFFERENT = "≠"
    ONE_SIDED = " "


@dataclass(frozen=True, slots=True)
class Line:
    """One field of both: label, the two texts, how they compare, bits it weighs (None: none)."""

    label: str
    left: str
    right: str
    match: Match
    bits: float | None = None


def lines(left: Record, right: Record, candidate: Candidate) -> tuple[Line, ...]:
    """The fields that at least one of two records states, in the order of a record."""
    found = []
    for name in SHOWN:
        texts = [_text(record, name) for record in (left, right)]
        if any(texts):
            label = _LABELS.get(name, name.replace("_", " "))
            found.append(_line(label, texts, candidate.explanation.get(name)))
        if name == "father":
            birth = [birth_text(record) for record in (left, right)]
            found.append(_line("birth", birth, candidate.explanation.get("birth")))
    return tuple(found)


def _line(label: str, texts: Sequence[str], bits: float | None) -> Line:
    left, right = texts
    if not left or not right:
        match = Match.ONE_SIDED
    else:
        match = Match.EQUAL if left.casefold() == right.casefold() else Match.DIFFERENT
    return Line(label, left, right, match, bits)


def _text(record: Record, name: str) -> str:
    value = getattr(record, name)
    return "" if value is None else printable(str(value))


def printable(text: str) -> str:
    """The text without characters that steer a terminal or turn the direction of reading."""
    return "".join(sign if sign.isprintable() and sign not in _STEERING else "�" for sign in text)


_STEERING = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def birth_text(record: Record) -> str:
    """A birth date as far as the list says it; ``1 Jan?`` where the day is only a default."""
    if record.birth_year is None:
        return ""
    parts = [f"{record.birth_year:04d}"]
    if record.birth_month is not None:
        parts.append(f"{record.birth_month:02d}")
        if record.birth_day is not None:
            parts.append(f"{record.birth_day:02d}")
    return "-".join(parts) + (" (default?)" if record.birth_precision == "default" else "")


def name_text(record: Record) -> str:
    """All names of a record in one line."""
    names = (record.given, record.father, record.family)
    return printable(" ".join(name for name in names if name)) or "(no name)"


def household_lines(
    persons: Sequence[str], records: Mapping[str, Sequence[Record]]
) -> tuple[str, ...]:
    """A line for each person of a household: name, sex, birth, and how many lists state it."""
    found = []
    for person in persons:
        first = records[person][0]
        parts = (name_text(first), first.sex or "", birth_text(first))
        text = ", ".join(part for part in parts if part)
        more = len(records[person])
        found.append(f"{text} ({more} rows)" if more > 1 else text)
    return tuple(found)
