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
    number, kept, before = 0, 0, 0
    try:
        for number, cells in enumerate(reader, start=1):
            _refuse_swallowed(text, before, reader.line_num, number)
            before = reader.line_num
            row = _trimmed(cells, number)
            if row:
                kept += 1
                yield Row(number, row)
            if kept > MOST_ROWS:
                raise _too_many(f"more than {MOST_ROWS:,} rows")
    except csv.Error as error:
        if "field larger" not in str(error):
            raise Unreadable(
                Fault.DAMAGED, "The row cannot be read.", "Save the list again.", number + 1
            ) from error
        if text.count('"') % 2:
            raise _open_quote(number + 1) from error
        raise _too_many(f"a cell of more than {MOST_CHARACTERS:,} characters") from error


def _trimmed(cells: list[str], number: int) -> tuple[str | None, ...]:
    """Cells up to the last that is not blank."""
    while cells and not cells[-1].strip():
        cells.pop()
    if len(cells) > MOST_COLUMNS:
        raise _too_many(f"{len(cells):,} columns in row {number:,}")
    return tuple(cell if cell.strip() else None for cell in cells)


def _refuse_swallowed(text: str, before: int, after: int, number: int) -> None:
    """A quote that nobody closed makes one cell of all the lines up to the end of the file."""
    if after - before > 1 and text.count('"') % 2 and after >= text.count("\n"):
        raise _open_quote(number)


def _open_quote(row: int) -> Unreadable:
    message = "A quotation mark opens in this row and does not close: it swallows what follows."
    return Unreadable(Fault.QUOTES, message, "Close it, or delete it.", row)


def _too_many(what: str) -> Unreadable:
    limits = f"A list may have {MOST_ROWS:,} rows and {MOST_COLUMNS} columns."
    cure = "Divide it into smaller lists, or delete what is not people."
    return Unreadable(Fault.TOO_LARGE, f"There are {what}. {limits}", cure)
