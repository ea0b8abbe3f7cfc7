"""ODS workbooks (OpenDocument 1.3 part 3, 9): the same as XLSX in other words."""

from collections.abc import Iterator
from datetime import date

from wayout.registry.lists.faults import Fault, Unreadable
from wayout.registry.lists.formats import markup
from wayout.registry.lists.formats.archive import Archive
from wayout.registry.lists.limits import MOST_COLUMNS, MOST_ROWS
from wayout.registry.lists.wire import Cell, Item, Row, Sheet


def items_of(archive: Archive) -> Iterator[Item]:
    """The sheets and rows of a workbook; raises Unreadable."""
    elements = _Content()
    for _ in markup.read(archive.pieces("content.xml"), elements):
        yield from elements.take()


class _Content(markup.Elements):
    """``content.xml``: styles that hide sheets, sheets, rows and cells, all of them repeatable."""

    def __init__(self) -> None:
        self._done: list[Item] = []
        self._hiding: set[str] = set()
        self._style_name = ""
        self._number = self._kept = 0
        self._row: dict[str, str] = {}
        self._cells: dict[int, Cell] = {}
        self._formulas: list[int] = []
        self._column = 0
        self._cell: dict[str, str] = {}
        self._text = markup.Text()
        self._in_cell = self._in_paragraph = self._in_note = 0
        self._paragraphs = 0

    def take(self) -> list[Item]:
        """What was completed since the last time."""
        done, self._done = self._done, []
        return done

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        match name:
            case "style":
                self._style_name = attributes.get("name", "")
            case "table-properties" if attributes.get("display") == "false":
                self._hiding.add(self._style_name)
            case "table":
                hidden = attributes.get("style-name", "") in self._hiding
                self._done.append(Sheet(attributes.get("name", ""), hidden))
                self._number = 0
            case "table-row":
                self._row, self._column = attributes, 0
                self._cells.clear()
                self._formulas.clear()
            case "table-cell" | "covered-table-cell":
                self._cell, self._in_cell, self._paragraphs = attributes, 1, 0
            case "annotation":
                self._in_note += 1
            case "p" if self._in_cell and not self._in_note:
                self._in_paragraph = 1
                if self._paragraphs:
                    self._text.add("\n")
                self._paragraphs += 1
            case "s" if self._in_paragraph:
                self._text.add(" " * min(_repeated(attributes, "c"), 100))
            case "tab" | "line-break" if self._in_paragraph:
                self._text.add(" ")

    def text(self, text: str) -> None:
        if self._in_paragraph and not self._in_note:
            self._text.add(text)

    def end(self, name: str) -> None:
        match name:
            case "p":
                self._in_paragraph = 0
            case "annotation":
                self._in_note -= 1
            case "table-cell" | "covered-table-cell":
                self._end_cell()
            case "table-row":
                self._end_row()

    def _end_cell(self) -> None:
        self._in_cell = 0
        value = _value(self._cell, self._text.take())
        first, count = self._column, _repeated(self._cell, "number-columns-repeated")
        self._column += count
        if value is None:
            return
        if self._column > MOST_COLUMNS:
            raise _too_many(f"something in column {self._column:,}", self._number + 1)
        self._cells.update(dict.fromkeys(range(first, first + count), value))
        if "formula" in self._cell:
            self._formulas += range(first, first + count)

    def _end_row(self) -> None:
        count = _repeated(self._row, "number-rows-repeated")
        first, self._number = self._number + 1, self._number + count
        if not self._cells:
            return
        self._kept += count
        if self._kept > MOST_ROWS:
            raise _too_many(f"more than {MOST_ROWS:,} rows", first)
        cells = tuple(self._cells.get(column) for column in range(max(self._cells) + 1))
        hidden = self._row.get("visibility", "visible") != "visible"
        formulas = tuple(self._formulas)
        self._done += [Row(first + turn, cells, hidden, formulas) for turn in range(count)]


def _repeated(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    return int(text) if text.isascii() and text.isdecimal() and 0 < len(text) < 9 else 1


def _value(attributes: dict[str, str], text: str) -> Cell:
    kind = attributes.get("value-type", "")
    if kind == "date":
        try:
            return date.fromisoformat(attributes.get("date-value", "")[:10])
        except ValueError:
            return text or attributes.get("date-value")
    if kind in ("float", "currency", "percentage"):
        return _number(attributes.get("value", ""), text)
    return text if text.strip() else None


def _number(value: str, text: str) -> Cell:
    try:
        number = float(value)
    except ValueError:
        return text or value or None
    whole = abs(number) < 1e15 and number == int(number)
    return int(number) if whole else value


def _too_many(what: str, row: int) -> Unreadable:
    limits = f"A list may have {MOST_ROWS:,} rows and {MOST_COLUMNS} columns."
    cure = "Divide it into smaller lists, or delete what is not people."
    return Unreadable(Fault.TOO_LARGE, f"There is {what}. {limits}", cure, row)
