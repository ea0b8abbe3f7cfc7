"""One row of one list, read: what import makes, the vault seals, and linking compares.

A record is never changed and never merged into another. That two records are the same person is a
decision beside them, with its reason, its author and its undo.
"""

from dataclasses import dataclass, fields
from enum import StrEnum

import polars as pl


class DatePrecision(StrEnum):
    """How much of a date of birth the list really says."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    DEFAULT = "default"
    """1 January, which lists write when they know the year only."""


class Sex(StrEnum):
    """As the list states it."""

    FEMALE = "f"
    MALE = "m"


@dataclass(frozen=True)
class Record:
    """What one row of a list says of one person. None: the list does not say, or it is unreadable.

    Names are as written, in the list's script. Numbers of telephones are E.164. ``household`` and
    ``member`` are the list's own labels and mean nothing outside of ``source``. Needs are
    separated by single spaces, in the words of a scenario's parties.
    """

    record: str
    """Opaque identifier of the source row: it carries no meaning."""
    source: str
    """Name of the list, as it was imported."""
    household: str | None = None
    given: str | None = None
    family: str | None = None
    father: str | None = None
    sex: str | None = None
    birth_year: int | None = None
    birth_month: int | None = None
    birth_day: int | None = None
    birth_precision: str | None = None
    phone: str | None = None
    email: str | None = None
    document: str | None = None
    document_kind: str | None = None
    nationality: str | None = None
    place: str | None = None
    employer: str | None = None
    needs: str | None = None
    threat: str | None = None
    note: str | None = None


_WHOLE = {"birth_year": pl.Int16, "birth_month": pl.Int8, "birth_day": pl.Int8}

RECORD_SCHEMA = pl.Schema({f.name: _WHOLE.get(f.name, pl.String) for f in fields(Record)})
"""Many records as a table: the same columns, a row a record."""
