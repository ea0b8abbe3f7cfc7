"""What goes into the register and what comes back: rows of lists, receipts, decisions."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import polars as pl

from wayout.findings import Finding
from wayout.registry.records import Record
from wayout.registry.vault.roles import Role


@dataclass(frozen=True, slots=True)
class Position:
    """Where a source row stood: file, sheet (None: a file without sheets), row as shown there."""

    file: str
    sheet: str | None
    row: int


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row of a list: as it was read, and as it was understood.

    ``cells`` maps the list's own column headers to their text and is kept for ever. ``record`` is
    the row understood; its ``record`` field is empty, because the store gives the identifier, and
    its ``source`` is that of the list. ``hash`` is the row's hash as import defines it. ``hidden``:
    the row or its sheet was hidden in the file.
    """

    position: Position
    cells: Mapping[str, str]
    record: Record
    hash: str
    findings: tuple[Finding, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A source row as the register keeps it: with its identifier and the list it came in."""

    record: str
    list_id: str
    row: SourceRow


@dataclass(frozen=True, slots=True)
class ListEntry:
    """A list that was taken in."""

    list_id: str
    source: str
    as_of: date
    file_name: str
    file_hash: str
    num_rows: int


@dataclass(frozen=True, slots=True)
class ListReceipt:
    """The answer to ``add_list``: the list, and whether it is new.

    ``records`` are the identifiers of its rows in the list's order. ``is_new`` is False when the
    very file was there already: then nothing changed.
    """

    entry: ListEntry
    is_new: bool
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """Something a person, or a rule in a person's name, decided about records.

    ``number`` orders all decisions. ``reason`` is None when a record that it was about was erased.
    """

    number: int
    kind: str
    body: Mapping[str, Any]
    reason: str | None
    records: tuple[str, ...]
    author: str
    role: Role
    time: datetime


PAIR_SCHEMA = pl.Schema({"left": pl.String, "right": pl.String, "score": pl.Float64})
"""Columns that a table of scored pairs must have; it may have more, such as an explanation."""


@dataclass(frozen=True, slots=True)
class Linking:
    """What linking knew when it last ran: the model as text (no person is in it), lists linked."""

    model: str
    lists: tuple[str, ...]

    @property
    def version(self) -> str:
        """By what the model is known in the log: the first half of its SHA-256."""
        return hashlib.sha256(self.model.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Look:
    """What a look-up by number asks: at least one of them; both narrow it down."""

    phone: str | None = None
    """E.164."""
    document: str | None = None
