"""The cells of one sheet of an XLSX workbook (ECMA-376 part 1, 18.3), as rows of what they hold."""

import re

from wayout.registry.lists.faults import Fault, Problem, Unreadable
from wayout.registry.lists.formats import markup
from wayout.registry.lists.formats.dates import date_of
from wayout.registry.lists.limits import MOST_COLUMNS, MOST_ROWS
from wayout.registry.lists.wire import Cell, HiddenColumns, Item, Row

_MOST_HIDDEN = 1_000
"""Hidden columns that are listed; a sheet often hides all from its last one to the end."""

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_TRUE = frozenset(("1", "true"))


class SheetElements(markup.Elements):
    """Collects rows; ``take`` hands over those that are complete."""

    def __init__(self, shared: list[str], date_styles: frozenset[int], from_1904: bool) -> None:
        self._shared, self._date_styles, self._from_1904 = shared, date_styles, from_1904
        self._done: list[Item] = []
        self._hidden_columns: list[int] = []
        self._number = self._kept = 0
        self._hidden = False
        self._cells: dict[int, Cell] = {}
        self._formulas: list[int] = []
        self._column = -1
        self._type = self._style = ""
        self._text = markup.Text()
        self._inside = False
        self._merged = False

    def take(self) -> list[Item]:
        """What was completed since the last time."""
        done, self._done = self._done, []
        return done

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins: a row, a cell, its value or its formula."""
        if name == "c":
            self._begin_cell(attributes)
        elif name in ("v", "t"):
            self._inside = True
        elif name == "f":
            self._formulas.append(self._column)
        elif name == "row":
            self._begin_row(attributes)
        elif name == "col":
            self._hide_columns(attributes)
        elif name == "mergeCell" and not self._merged:
            self._merged = True
            message = f"Merged cells at {attributes.get('ref', '?')}: only the first has the value."
            cure = "Undo the merging and fill in the others if they should have it too."
            self._done.append(Problem(Fault.MERGED, message, cure))

    def text(self, text: str) -> None:
        """A part of a value."""
        if self._inside:
            self._text.add(text)

    def end(self, name: str) -> None:
        """An element ends."""
        if name in ("v", "t"):
            self._inside = False
        elif name == "c":
            self._end_cell()
        elif name == "row":
            self._end_row()
        elif name == "cols" and self._hidden_columns:
            self._done.append(HiddenColumns(tuple(self._hidden_columns)))

    def _begin_row(self, attributes: dict[str, str]) -> None:
        given = attributes.get("r", "")
        self._number = int(given) if _is_small(given) else self._number + 1
        self._hidden = attributes.get("hidden") in _TRUE
        self._column = -1
        self._cells.clear()
        self._formulas.clear()

    def _end_row(self) -> None:
        if not self._cells:
            return
        self._kept += 1
        if self._kept > MOST_ROWS:
            raise _too_many(f"more than {MOST_ROWS:,} rows", self._number)
        cells = tuple(self._cells.get(column) for column in range(max(self._cells) + 1))
        self._done.append(Row(self._number, cells, self._hidden, tuple(self._formulas)))

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        place = _column(attributes["r"]) if "r" in attributes else -1
        self._column = place if place >= 0 else self._column + 1
        self._type = attributes.get("t", "n")
        self._style = attributes.get("s", "")

    def _end_cell(self) -> None:
        text = self._text.take()
        value = self._value(text) if text.strip() else None
        if value is None or (isinstance(value, str) and not value.strip()):
            return
        if self._column >= MOST_COLUMNS:
            raise _too_many(f"something in column {self._column + 1:,}", self._number)
        self._cells[self._column] = plain(value) if isinstance(value, str) else value

    def _value(self, text: str) -> Cell:
        if self._type == "s":
            return self._shared[int(text)] if _is_below(text, len(self._shared)) else "#REF!"
        if self._type == "b":
            return "TRUE" if text in _TRUE else "FALSE"
        if self._type == "n":
            return self._number_or_date(text)
        return text

    def _number_or_date(self, text: str) -> Cell:
        try:
            value = float(text)
        except ValueError:
            return text
        if _is_small(self._style) and int(self._style) in self._date_styles:
            found = date_of(value, self._from_1904)
            if found is not None:
                return found
        whole = abs(value) < 1e15 and value == int(value)
        return int(value) if whole else text

    def _hide_columns(self, attributes: dict[str, str]) -> None:
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if attributes.get("hidden") in _TRUE and _is_small(first) and _is_small(last):
            room = _MOST_HIDDEN - len(self._hidden_columns)
            self._hidden_columns += range(int(first) - 1, min(int(last), int(first) - 1 + room))


def plain(text: str) -> str:
    """Text with characters that XML cannot hold, written ``_x000D_`` (ECMA-376, 22.9.2.19)."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _is_small(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 9


def _is_below(text: str, limit: int) -> bool:
    return _is_small(text) and int(text) < limit


def _column(reference: str) -> int:
    """``C7`` is 2: columns are counted in letters, from A; -1 if it is no reference."""
    column = 0
    for letter in reference[:4]:
        if not "A" <= letter <= "Z":
            break
        column = column * 26 + ord(letter) - 64
    return column - 1


def _too_many(what: str, row: int) -> Unreadable:
    limits = f"A list may have {MOST_ROWS:,} rows and {MOST_COLUMNS} columns."
    cure = "Divide it into smaller lists, or delete what is not people."
    return Unreadable(Fault.TOO_LARGE, f"There is {what}. {limits}", cure, row)
