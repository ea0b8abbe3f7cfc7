"""Rows of a table: from a grid of cells to dataclasses with every fault found, and back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wayout.findings import Finding, Where
from wayout.scenario.cells import (
    Context,
    FromFigure,
    looks_like_number,
    parse,
    text_of_value,
)
from wayout.scenario.delimited import Grid
from wayout.scenario.faults import Fault, Problem, one_of, quoted
from wayout.scenario.figures import Figure, Reference
from wayout.scenario.tables import (
    Column,
    Kind,
    Table,
    columns_of,
    must_be_written,
)

FIRST_ROW = 2
"""The header is row 1, as in a spreadsheet."""


@dataclass(frozen=True, slots=True)
class TableRead:
    """What was read of a table; ``numbers`` are the rows of the file that ``rows`` came from."""

    rows: tuple[Any, ...]
    numbers: list[int]
    findings: list[Finding]
    references: list[Reference]


def read_rows(table: Table, grid: Grid, context: Context) -> TableRead:
    """Rows of a table; unreadable cells hold their default or a neutral value."""
    reader = _Reader(table, grid, context)
    columns = reader.columns()
    values = {column.field: reader.values(column, at) for column, at in columns}
    names = tuple(values)
    row_type = table.row_type
    missing = {
        column.field: column.neutral
        for column in columns_of(table)
        if column.required and column.field not in values
    }
    rows = tuple(
        row_type(**missing, **dict(zip(names, cells, strict=True)))
        for cells in zip(*values.values(), strict=True)
    )
    reader.check_limits(rows, dict(columns))
    reader.check_figure_names(rows)
    return TableRead(rows, grid.numbers, reader.findings, reader.references)


class _Reader:
    """One table while it is read."""

    def __init__(self, table: Table, grid: Grid, context: Context) -> None:
        self.table, self.context = table, context
        self.numbers = grid.numbers
        self.header = grid.header
        self.findings: list[Finding] = []
        self.references: list[Reference] = []
        self.ragged: set[int] = set()
        self.rows = self._squared(grid)

    def _report(self, problem: Problem, row: int | None, column: str | None = None) -> None:
        self.findings.append(problem.at(Where(self.table.file, row, column)))

    def _squared(self, grid: Grid) -> list[list[str]]:
        """Give every row as many cells as the header; note the rows that have not."""
        width = len(self.header)
        rows = grid.rows
        for index, cells in enumerate(rows):
            if len(cells) == width:
                continue
            if len(cells) < width or any(cells[width:]):
                self.ragged.add(index)
                message = f"The row has {len(cells)} cells and the header has {width}."
                cure = "Give it one cell per column; put a cell that has a comma in quotes."
                self._report(Problem(Fault.RAGGED, message, cure), self.numbers[index])
            rows[index] = (cells + [""] * width)[:width]
        return rows

    def columns(self) -> list[tuple[Column, int]]:
        """Known columns of the file with their positions; every fault of the header is noted."""
        known = {column.name: column for column in columns_of(self.table)}
        found: dict[str, int] = {}
        for position, name in enumerate(self.header):
            if name in found:
                message = f"The column '{name}' is there twice; the first one is read."
                problem = Problem(Fault.DUPLICATE_COLUMN, message, "Delete or rename one of them.")
                self._report(problem, 1, name)
            elif name in known:
                found[name] = position
            elif name or any(cells[position] for cells in self.rows):
                self._unknown_column(name, list(known))
        for name, column in known.items():
            if column.required and name not in found:
                message = f"The column '{name}' is missing, and it has no default."
                problem = Problem(Fault.MISSING_COLUMN, message, f"Add it: {column.meaning}")
                self._report(problem, None, name)
        return [(known[name], position) for name, position in found.items()]

    def _unknown_column(self, name: str, known: list[str]) -> None:
        if name:
            message = f"{self.table.file} has no column {quoted(name)}."
            problem = Problem(Fault.UNKNOWN_COLUMN, message, one_of(name, known))
        else:
            message = "A column has cells and no name."
            problem = Problem(Fault.UNKNOWN_COLUMN, message, "Name it in row 1, or delete it.")
        self._report(problem, 1, name or None)

    def values(self, column: Column, position: int) -> list[Any]:
        """Values of one column, each distinct text read once."""
        texts = [cells[position] for cells in self.rows]
        read: dict[str, Any] = {text: parse(column, text, self.context) for text in set(texts)}
        odd = {text for text, value in read.items() if isinstance(value, Problem | FromFigure)}
        if odd:
            self._note_odd(column, texts, {text: read[text] for text in odd})
        for text in odd:
            value = read[text]
            read[text] = value.value if isinstance(value, FromFigure) else column.neutral
        return [read[text] for text in texts]

    def _note_odd(self, column: Column, texts: list[str], odd: dict[str, Any]) -> None:
        """Note the cells that cannot be read and those that name a figure."""
        for index, text in enumerate(texts):
            value = odd.get(text)
            if isinstance(value, FromFigure):
                row = index + FIRST_ROW
                reference = Reference(
                    file=self.table.file, row=row, column=column.name, figure=value.figure
                )
                self.references.append(reference)
            elif isinstance(value, Problem) and index not in self.ragged:
                self._report(value, self.numbers[index], column.name)

    def check_limits(self, rows: tuple[Any, ...], positions: dict[Column, int]) -> None:
        """Refuse blank cells where a capacity has to be written: blank is not "no limit"."""
        broken = {finding.where.row for finding in self.findings}
        for column in columns_of(self.table):
            if not _may_have_to_be_written(column):
                continue
            at = positions.get(column)
            needing = [
                index
                for index, row in enumerate(rows)
                if (at is None or not self.rows[index][at])
                and self.numbers[index] not in broken
                and must_be_written(row, column.field)
            ]
            if at is None and needing:
                message = f"The column '{column.name}' is missing, and some rows need it."
                cure = "Add it with a number, or 'unlimited' where it is known not to bind."
                problem = Problem(Fault.MISSING_COLUMN, message, cure)
                self._report(problem, self.numbers[needing[0]], column.name)
                continue
            for index in needing:
                message = f"{column.name} is blank, and this row needs it."
                cure = "Write a number, or 'unlimited' if it is known not to bind."
                problem = Problem(Fault.BLANK, message, cure)
                self._report(problem, self.numbers[index], column.name)

    def check_figure_names(self, rows: tuple[Any, ...]) -> None:
        """Refuse figures that no cell could name, because their name reads as a number."""
        for index, row in enumerate(rows):
            if isinstance(row, Figure) and looks_like_number(row.figure):
                message = f"The figure {quoted(row.figure)} has a name that reads as a number."
                problem = Problem(Fault.FIGURE_NAME, message, "Give it a name that is a word.")
                self._report(problem, self.numbers[index], "figure")


def _may_have_to_be_written(column: Column) -> bool:
    return column.field in ("beds", "processing_per_hour", "people_per_hour")


def rows_to_cells(
    table: Table,
    rows: Sequence[Any],
    start: datetime,
    words: dict[tuple[int, str], str],
) -> list[list[str]]:
    """Header and cells of a table, columns left out where every cell is the default.

    ``words`` are the names of figures by row number and column name.
    """
    named = {column for _, column in words}
    header, columns = [], []
    for column in columns_of(table):
        texts = _texts(column, rows, start)
        if column.name in named:
            texts = [
                words.get((index, column.name), text)
                for index, text in enumerate(texts, start=FIRST_ROW)
            ]
        if column.required or any(texts):
            header.append(column.name)
            columns.append(texts)
    return [header, *(list(cells) for cells in zip(*columns, strict=True))]


def _texts(column: Column, rows: Sequence[Any], start: datetime) -> list[str]:
    """Cells of one column; blank for the default unless the row needs it written."""
    values = [getattr(row, column.field) for row in rows]
    if column.kind is Kind.TEXT and column.required:
        return values
    written: dict[Any, str] = {
        value: "" if value == column.default else text_of_value(column, value, start)
        for value in set(values)
    }
    texts = [written[value] for value in values]
    if _may_have_to_be_written(column):
        for index, row in enumerate(rows):
            if not texts[index] and must_be_written(row, column.field):
                texts[index] = text_of_value(column, values[index], start)
    return texts
