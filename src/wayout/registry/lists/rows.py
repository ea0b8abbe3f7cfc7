"""One row of a list understood, with what could not be: nothing of it is ever left out.

Findings name the file, the sheet, the row and the column and never what stands there, so that they
can be shown and sent to whoever made the list.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wayout.findings import Finding
from wayout.registry.lists.births import Birth, Habits, birth_of
from wayout.registry.lists.columns import Column
from wayout.registry.lists.faults import Fault, Problem
from wayout.registry.lists.people import (
    age_of,
    document_of,
    email_of,
    kind_of,
    name_of,
    nation_of,
    needs_of,
    said,
    sex_of,
    split_name,
)
from wayout.registry.lists.phones import phone_of
from wayout.registry.lists.text import has_control, has_direction, western
from wayout.registry.lists.wire import Cell, Row
from wayout.registry.lists.words import regions
from wayout.registry.records import Record

WORDS: dict[Fault, tuple[str, str]] = {
    Fault.DATE: ("The date of birth cannot be read as a day.", "Ask for it, or for the year."),
    Fault.LUNAR: ("The date is lunar Hijri; its year only was taken.", "Ask for the Western date."),
    Fault.PHONE: (
        "This cannot be a telephone number.",
        "Ask for it; give --region if it is local.",
    ),
    Fault.PHONES: ("There are several numbers; the first was taken.", "Give each its own column."),
    Fault.PHONE_DIGITS: (
        "A spreadsheet has rounded the number; its last digits are lost.",
        "Ask for the list with the column as text.",
    ),
    Fault.DOCUMENT: ("This cannot be a document's number.", "Ask for it."),
    Fault.DOCUMENT_KIND: ("The kind of document is not known; it stays as written.", "Look at it."),
    Fault.SEX: ("The word for the sex is not known.", "Write f or m."),
    Fault.NATION: ("The nationality is not known; it stays as written.", "Write the ISO code."),
    Fault.NEEDS: (
        "A need is not known; it stays as written.",
        "Write wheelchair, stretcher or unaccompanied.",
    ),
    Fault.EMAIL: ("This cannot be an e-mail address.", "Ask for it."),
    Fault.AGE: ("This cannot be an age.", "Ask for it."),
    Fault.NO_GIVEN: ("There is no given name.", "Ask for it."),
    Fault.NO_NAME: ("There is no name at all.", "Look whether this row is a person."),
    Fault.FORMULA: ("A formula; the value last computed was taken.", "Save the list as values."),
    Fault.FORMULA_TEXT: (
        "The text would run as a formula in a spreadsheet; here it is text.",
        "Look who wrote it.",
    ),
    Fault.CELL_ERROR: ("The cell holds a spreadsheet's error.", "Repair it where it was made."),
    Fault.CONTROL: ("Control characters are in the cell; they count for nothing.", "Look at it."),
    Fault.DIRECTION: (
        "Characters that nobody sees, or that turn the writing round, count for nothing.",
        "Look at it.",
    ),
    Fault.RAGGED: ("There is more in the row than there are headers; it is kept.", "Look at it."),
    Fault.SAME_ROW: (
        "The row is the same as an earlier one; both are kept.",
        "Delete one of them.",
    ),
    Fault.EXPIRED: ("Whoever made the record asked for it to be deleted by now.", "Erase it."),
}
"""What each fault of a row says, and its cure."""

_ERRORS = ("#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!")
_RUNS = ("=", "@")


@dataclass(frozen=True, slots=True)
class Reader:
    """How the rows of one sheet are read: its columns, their habits, where its phones ring."""

    columns: tuple[Column, ...]
    habits: dict[int, Habits]
    """Of each column with dates of birth, by its place."""
    region: str | None
    source: str
    as_of: date
    where: str
    """File and sheet, for findings."""

    def faulty(self, fault: Fault, row: int, column: Column | None = None) -> Finding:
        """The finding of a fault in a row."""
        message, cure = WORDS[fault]
        header = None if column is None else column.header
        return Problem(fault, message, cure, row=row, column=header).at(self.where)


def cell_text(cell: Cell) -> str:
    """The cell as it is kept: dates as ISO 8601, numbers as they are."""
    if cell is None:
        return ""
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def kept_cells(row: Row, columns: Sequence[Column]) -> dict[str, str]:
    """Every cell that is not blank, under its column's header."""
    return {
        column.header: cell_text(cell)
        for column, cell in zip(columns, row.cells, strict=False)
        if cell is not None
    }


def row_hash(cells: dict[str, str]) -> str:
    """SHA-256 of headers and cells in their order, as compact JSON in UTF-8."""
    text = json.dumps(list(cells.items()), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class RowUnderstanding:
    """Reads one row: collects what it says, field by field, and what cannot be read."""

    def __init__(self, reader: Reader, row: Row) -> None:
        self.reader, self.row = reader, row
        self.found: dict[str, Any] = {}
        self.findings: list[Finding] = []
        self._notes: list[str] = []

    def record(self) -> Record:
        """What the row says; ``findings`` is complete after this."""
        self._look_at_cells()
        for column in self.reader.columns:
            cell = self.row.cells[column.place] if column.place < len(self.row.cells) else None
            if column.field is not None and cell is not None:
                _READ[column.field](self, column, cell)
        self._read_phones()
        self._finish()
        note = "; ".join(self._notes) or None
        return Record(record="", source=self.reader.source, note=note, **self.found)

    def flag(self, fault: Fault, column: Column | None = None) -> None:
        """Something could not be read."""
        self.findings.append(self.reader.faulty(fault, self.row.number, column))

    def put(self, field: str, value: Any) -> None:
        """Keep a value, unless an earlier column said something."""
        if value is not None:
            self.found.setdefault(field, value)

    def keep(self, field: str, read: tuple[Any, Fault | None], column: Column) -> None:
        """Keep what was read of a cell, and flag what could not be."""
        value, fault = read
        if fault is not None:
            self.flag(fault, column)
        self.put(field, value)

    def _look_at_cells(self) -> None:
        """What no cell should hold, whatever its column means."""
        columns, formulas = self.reader.columns, set(self.row.formulas)
        for place, cell in enumerate(self.row.cells):
            if not isinstance(cell, str):
                if formulas and place in formulas:
                    self.flag(Fault.FORMULA, columns[place])
                continue
            if place in formulas:
                self.flag(Fault.FORMULA, columns[place])
            if not (cell.isascii() and cell.isprintable()):
                if has_control(cell):
                    self.flag(Fault.CONTROL, columns[place])
                if has_direction(cell):
                    self.flag(Fault.DIRECTION, columns[place])
            if cell[:1] in _RUNS:
                self.flag(Fault.FORMULA_TEXT, columns[place])
            elif cell[:1] == "#" and cell.strip() in _ERRORS:
                self.flag(Fault.CELL_ERROR, columns[place])

    def read_text(self, column: Column, cell: Cell) -> None:
        """A field that is kept as it is written."""
        self.put(str(column.field), said(cell_text(cell)))

    def read_label(self, column: Column, cell: Cell) -> None:
        """A label of the list's own, in Western digits."""
        plain = said(cell_text(cell))
        self.put(str(column.field), plain and western(plain))

    def read_name(self, column: Column, cell: Cell) -> None:
        """A given, family or father's name."""
        self.put(str(column.field), name_of(cell_text(cell)))

    def read_whole_name(self, column: Column, cell: Cell) -> None:
        """One column for the whole name."""
        whole = name_of(cell_text(cell))
        if whole is not None:
            given, family = split_name(whole)
            self.found.setdefault("whole", (given, family))

    def read_note(self, column: Column, cell: Cell) -> None:
        """Remarks of all columns with remarks."""
        if plain := said(cell_text(cell)):
            self._notes.append(plain)

    def read_birth(self, column: Column, cell: Cell) -> None:
        """A date of birth."""
        if isinstance(cell, str) and said(cell) is None:
            return
        reader = self.reader
        self.keep("birth", birth_of(cell, reader.habits[column.place], reader.as_of), column)

    def read_birth_part(self, column: Column, cell: Cell) -> None:
        """Year, month or day in a column of its own."""
        text = said(western(cell_text(cell)))
        if text is None:
            return
        if text.isdecimal() and len(text) <= 4:
            self.put(str(column.field), int(text))
        else:
            self.flag(Fault.DATE, column)

    def read_age(self, column: Column, cell: Cell) -> None:
        """An age, which gives the year of birth or the one before it."""
        self.keep("age", age_of(cell_text(cell)), column)

    def read_phone(self, column: Column, cell: Cell) -> None:
        """A number; read when the nationality is known."""
        text = cell_text(cell)
        if said(text) is not None:
            self.found.setdefault("phones", []).append((column, text))

    def read_document(self, column: Column, cell: Cell) -> None:
        """A document's number; the header may say of what kind."""
        text = cell_text(cell)
        if not text.strip():
            return
        number, fault = document_of(text)
        if fault is not None:
            self.flag(fault, column)
        if number is not None and column.field != "document" and "document" not in self.found:
            self.found.setdefault("implied", column.field)
        self.put("document", number)

    def read_word(self, column: Column, cell: Cell) -> None:
        """A word from a known set."""
        field = str(column.field)
        self.keep(field, _WORDS_OF[field](cell_text(cell)), column)

    def _read_phones(self) -> None:
        """The first number that is one."""
        nation = self.found.get("nationality", "")
        regions_of_row = (regions().get(nation), self.reader.region)
        known = tuple(dict.fromkeys(region for region in regions_of_row if region))
        for column, text in self.found.pop("phones", ()):
            self.keep("phone", phone_of(text, known), column)

    def _finish(self) -> None:
        """What follows from several columns."""
        found = self.found
        whole = found.pop("whole", None)
        if whole is not None and "given" not in found and "family" not in found:
            given, family = whole
            self.put("given", given)
            self.put("family", family)
        self.put("document_kind", found.pop("implied", None))
        self._finish_birth()
        if "given" not in found:
            self.flag(Fault.NO_GIVEN if "family" in found else Fault.NO_NAME)

    def _finish_birth(self) -> None:
        found = self.found
        parts = [found.pop(name, None) for name in ("birth_year", "birth_month", "birth_day")]
        birth, age = found.pop("birth", None), found.pop("age", None)
        if birth is None and parts[0] is not None:
            birth = self._from_parts(*parts)
        if birth is None and age is not None:
            birth = Birth(self.reader.as_of.year - age)
        if birth is not None:
            found["birth_year"], found["birth_month"] = birth.year, birth.month
            found["birth_day"], found["birth_precision"] = birth.day, birth.precision.value

    def _from_parts(self, year: int, month: int | None, day: int | None) -> Birth | None:
        text = "-".join(str(part) for part in (year, month, day if month else None) if part)
        birth, fault = birth_of(text if month else int(year), Habits(), self.reader.as_of)
        if fault is not None:
            self.flag(fault)
        return birth


_WORDS_OF: dict[str, Callable[[str], tuple[str | None, Fault | None]]] = {
    "sex": sex_of,
    "document_kind": kind_of,
    "nationality": nation_of,
    "needs": needs_of,
    "email": email_of,
}
_READ: dict[str, Callable[[RowUnderstanding, Column, Cell], None]] = {
    "household": RowUnderstanding.read_label,
    "given": RowUnderstanding.read_name,
    "family": RowUnderstanding.read_name,
    "father": RowUnderstanding.read_name,
    "name": RowUnderstanding.read_whole_name,
    "birth": RowUnderstanding.read_birth,
    "birth_year": RowUnderstanding.read_birth_part,
    "birth_month": RowUnderstanding.read_birth_part,
    "birth_day": RowUnderstanding.read_birth_part,
    "age": RowUnderstanding.read_age,
    "phone": RowUnderstanding.read_phone,
    "document": RowUnderstanding.read_document,
    "passport": RowUnderstanding.read_document,
    "tazkira": RowUnderstanding.read_document,
    "place": RowUnderstanding.read_text,
    "employer": RowUnderstanding.read_text,
    "threat": RowUnderstanding.read_text,
    "note": RowUnderstanding.read_note,
    **dict.fromkeys(_WORDS_OF, RowUnderstanding.read_word),
}
