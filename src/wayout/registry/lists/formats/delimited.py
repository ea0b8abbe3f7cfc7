"""Text with separators: whichever separator makes rows of one width, quotes and ragged rows."""

import csv
import io
from collections import Counter
from collections.abc import Iterator

from wayout.registry.lists.faults import Fault, Unreadable
from wayout.registry.lists.formats.encoding import decode
from wayout.registry.lists.limits import MOST_CHARACTERS, MOST_COLUMNS, MOST_ROWS
from wayout.registry.lists.wire import Item, Row, Sheet

_SEPARATORS = (",", ";", "\t", "|", "،", "؛")
_LEAST_WIDTH = 3
"""Columns from which on a row inside of a cell can be told from a sentence."""

_SAMPLE_ROWS = 200
_SAMPLE_CHARACTERS = 200_000


def items_of(data: bytes) -> Iterator[Item]:
    """The rows of a CSV file's bytes; raises Unreadable."""
    text, problems = decode(data)
    yield from problems
    yield Sheet(None)
    yield from _rows(text, separator_of(text))


def separator_of(text: str) -> str:
    """The separator that gives the most rows of one width; a comma if there is none."""
    csv.field_size_limit(MOST_CHARACTERS)
    sample = text[:_SAMPLE_CHARACTERS]
    return max(_SEPARATORS, key=lambda separator: _evenness(sample, separator))


def _evenness(sample: str, separator: str) -> float:
    """Cells in rows of the commonest width above one, as a share of all rows."""
    widths: Counter[int] = Counter()
    try:
        for row in csv.reader(io.StringIO(sample, newline=""), delimiter=separator):
            widths[len(row)] += bool(row)
            if widths.total() >= _SAMPLE_ROWS:
                break
    except csv.Error:
        return 0.0
    widths.pop(1, None)
    if not widths:
        return 0.0
    width, count = widths.most_common(1)[0]
    return count * min(width, MOST_COLUMNS)


def _rows(text: str, separator: str) -> Iterator[Row]:
    csv.field_size_limit(MOST_CHARACTERS)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    number, kept, width, before = 0, 0, 0, 0
    odd = text.count('"') % 2 == 1
    spans = False
    try:
        for number, cells in enumerate(reader, start=1):
            width = width or len(cells)
            spans = reader.line_num - before > 1
            before = reader.line_num
            if spans and any(_has_swallowed(cell, separator, width) for cell in cells):
                raise _open_quote(number)
            row = _trimmed(cells, number)
            if row:
                kept += 1
                yield Row(number, row)
            if kept > MOST_ROWS + 1:
                raise _too_many(f"more than {MOST_ROWS:,} rows")
    except csv.Error as error:
        raise _unreadable(error, number + 1, odd) from error
    if spans and odd:
        raise _open_quote(number)


def _has_swallowed(cell: str, separator: str, width: int) -> bool:
    """Whether whole rows stand inside a cell: the quote before them was never closed."""
    if width < _LEAST_WIDTH or "\n" not in cell:
        return False
    return any(line.count(separator) >= width - 1 for line in cell.split("\n")[1:])


def _unreadable(error: csv.Error, row: int, odd: bool) -> Unreadable:
    if "field larger" not in str(error):
        return Unreadable(Fault.DAMAGED, "The row cannot be read.", "Save the list again.", row)
    if odd:
        return _open_quote(row)
    return _too_many(f"a cell of more than {MOST_CHARACTERS:,} characters in row {row:,}")


def _trimmed(cells: list[str], number: int) -> tuple[str | None, ...]:
    """Cells up to the last that is not blank."""
    while cells and not cells[-1].strip():
        cells.pop()
    if len(cells) > MOST_COLUMNS:
        raise _too_many(f"{len(cells):,} columns in row {number:,}")
    return tuple(cell if cell.strip() else None for cell in cells)


def _open_quote(row: int) -> Unreadable:
    message = "A quotation mark opens in this row and does not close: it swallows what follows."
    return Unreadable(Fault.QUOTES, message, "Close it, or delete it.", row)


def _too_many(what: str) -> Unreadable:
    limits = f"A list may have {MOST_ROWS:,} rows and {MOST_COLUMNS} columns."
    cure = "Divide it into smaller lists, or delete what is not people."
    return Unreadable(Fault.TOO_LARGE, f"There are {what}. {limits}", cure)
