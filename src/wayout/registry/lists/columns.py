"""Which column means what: proposed from its header and its cells, shown, and remembered.

A mapping is a dictionary from a list's own headers to ``FIELDS``. What a person has said, or what
was right for the last list of the same source, goes before anything that is inferred.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz, process

from wayout.registry.lists.phones import is_international
from wayout.registry.lists.text import clean, folded, western
from wayout.registry.lists.wire import Cell
from wayout.registry.lists.words import headers

FIELDS = (
    "household", "given", "family", "name", "father", "sex", "birth", "birth_year", "birth_month",
    "birth_day", "age", "phone", "email", "document", "passport", "tazkira", "document_kind",
    "nationality", "place", "employer", "needs", "threat", "note",
)  # fmt: skip
"""What a column can mean. ``name`` is a whole name, ``passport`` and ``tazkira`` their numbers."""

NOTHING = "nothing"
"""Said of a column that is kept but means none of these."""

_WHOLE_OR_GIVEN = "name?"
_ALIKE = 88.0
"""Least likeness (of 100) of a mistyped header to a known one."""

_LEAST_LETTERS = 6
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_PHONE = re.compile(r"[+0][\d\s()\-./]{7,18}")
_MOST = 0.7
"""Share of a column's cells that must look alike to say what it is."""

_SAMPLE = 500


class Reason(StrEnum):
    """Why a column is taken for what it is taken for."""

    TOLD = "as told"
    REMEMBERED = "as the last time"
    KNOWN = "known header"
    ALIKE = "like a known header"
    CELLS = "by what is in it"
    UNKNOWN = "not understood"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its place, its header as written (made different where two are the same)."""

    place: int
    header: str
    field: str | None
    reason: Reason


def letters_of(place: int) -> str:
    """``A`` for the first column, ``AA`` for the twenty-seventh."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def header_texts(cells: Sequence[Cell], width: int) -> tuple[str, ...]:
    """A header for every column, each one different: as written, or the column's letter."""
    taken: dict[str, int] = {}
    texts = []
    for place in range(width):
        cell = cells[place] if place < len(cells) else None
        text = "" if cell is None else str(cell).strip()
        text = text if clean(text) else f"column {letters_of(place)}"
        taken[text] = taken.get(text, 0) + 1
        texts.append(text if taken[text] == 1 else f"{text} ({taken[text]})")
    return tuple(texts)


def num_known(cells: Iterable[Cell], said: Iterable[str]) -> int:
    """How many cells of a row are headers: known words, or words that somebody has explained."""
    explained = {folded(word) for word in said}
    texts = {folded(cell) for cell in cells if isinstance(cell, str) and len(cell) < 100}
    return sum(text in headers() or text in explained for text in texts)


def propose(
    texts: Sequence[str],
    samples: Sequence[Sequence[Cell]],
    told: Mapping[str, str],
    remembered: Mapping[str, str],
) -> tuple[Column, ...]:
    """What each column means. ``samples`` are cells of each column."""
    found = [
        _column(place, text, samples[place], told, remembered) for place, text in enumerate(texts)
    ]
    return _settled(found)


def _column(
    place: int,
    text: str,
    sample: Sequence[Cell],
    told: Mapping[str, str],
    remembered: Mapping[str, str],
) -> Column:
    for said, reason in ((told, Reason.TOLD), (remembered, Reason.REMEMBERED)):
        words = {folded(word): field for word, field in said.items()}
        if (field := said.get(text) or words.get(folded(text))) is not None:
            return Column(place, text, None if field == NOTHING else field, reason)
    word = folded(re.sub(r" \(\d+\)$", "", text))
    if word in headers():
        return Column(place, text, headers()[word], Reason.KNOWN)
    if len(word) >= _LEAST_LETTERS:
        alike = process.extractOne(word, headers().keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE)
        if alike is not None and len(alike[0]) >= _LEAST_LETTERS:
            return Column(place, text, headers()[alike[0]], Reason.ALIKE)
    field = _by_cells(sample)
    return Column(place, text, field, Reason.CELLS if field else Reason.UNKNOWN)


def _by_cells(sample: Sequence[Cell]) -> str | None:
    """Only what cannot be anything else: addresses of mail, and international numbers."""
    texts = [western(clean(str(cell))) for cell in sample[:_SAMPLE] if cell is not None]
    if len(texts) < 3:
        return None
    if sum(_EMAIL.fullmatch(text) is not None for text in texts) >= _MOST * len(texts):
        return "email"
    phones = sum(_PHONE.fullmatch(text) is not None and is_international(text) for text in texts)
    return "phone" if phones >= _MOST * len(texts) else None


def _settled(columns: Sequence[Column]) -> tuple[Column, ...]:
    """``Name`` is a given name beside a family's, the family's beside a given one in French.

    Where only inferred columns mean the same as a column that was told or known, they give way.
    """
    fields = {column.field for column in columns}
    if "given" in fields and "family" not in fields:
        plain = "family"
    else:
        plain = "given" if "family" in fields and "given" not in fields else "name"
    known = {column.field for column in columns if column.reason not in _WEAK}
    settled = []
    for column in columns:
        field, reason = column.field, column.reason
        if field == _WHOLE_OR_GIVEN:
            field = plain
        if reason is Reason.CELLS and field in known:
            field, reason = None, Reason.UNKNOWN
        settled.append(Column(column.place, column.header, field, reason))
    return tuple(settled)


_WEAK = (Reason.CELLS, Reason.UNKNOWN)
