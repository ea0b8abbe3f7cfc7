"""What the two decision pages hold: the content, cut to what fits whatever the scenario."""

from dataclasses import replace

from wayout.report.charts.drawing import cut
from wayout.report.content.assemble import Content
from wayout.report.content.pieces import Cell, Item, Row, Table
from wayout.report.text import count

_LONGEST = 90
_LONGEST_TEXT = 420


def _short_cell(cell: str | Cell) -> str | Cell:
    if isinstance(cell, Cell):
        return replace(cell, text=cut(cell.text, _LONGEST))
    return cut(cell, _LONGEST)


def excerpt(table: Table, most: int, keep: tuple[int, ...], where: str) -> Table:
    """The first rows and some columns of a table; says where the rest is."""
    columns = tuple(table.columns[index] for index in keep)
    rows: tuple[Row, ...] = tuple(
        tuple(_short_cell(row[index]) for index in keep) for row in table.rows[:most]
    )
    left = len(table.rows) - most
    note = f"{count(left)} more in {where}." if left > 0 else ""
    return Table(table.caption, columns, rows, note)


def points(items: tuple[Item, ...], most: int) -> list[dict[str, str]]:
    """The first paragraphs, cut."""
    return [
        {"head": cut(item.head, _LONGEST), "text": cut(item.text, 260)} for item in items[:most]
    ]


def words(text: str) -> str:
    """A text of bounded length."""
    return cut(text, _LONGEST_TEXT)


def by_size(table: Table, column: int, most: int) -> Table:
    """The rows with the greatest number in a column, in their own order."""

    def number(row: Row) -> int:
        cell = row[column]
        text = (cell.text if isinstance(cell, Cell) else cell).replace(",", "")
        return int(text) if text.isdecimal() else 0

    if len(table.rows) <= most:
        return table
    kept = sorted(range(len(table.rows)), key=lambda index: (-number(table.rows[index]), index))[
        :most
    ]
    ordered = [*sorted(kept), *(index for index in range(len(table.rows)) if index not in kept)]
    return replace(table, rows=tuple(table.rows[index] for index in ordered))


def tightest(table: Table, column: int) -> Table:
    """The rows with the greatest share first; rows without a share last."""

    def share(row: Row) -> float:
        cell = row[column]
        return -(cell.share or 0.0) if isinstance(cell, Cell) else 1.0

    return replace(table, rows=tuple(sorted(table.rows, key=share)))


def decision_tables(content: Content) -> dict[str, Table]:
    """The tables of the second page."""
    return {
        "vehicles": excerpt(
            by_size(content.vehicles, 6, 9), 9, (0, 1, 2, 3, 4, 5), "annex A and the report"
        ),
        "beds": excerpt(tightest(content.beds, 4), 7, (0, 2, 3, 4), "annex A"),
        "openings": excerpt(by_size(content.openings, 4, 7), 7, (0, 2, 3, 4), "annex A"),
        "hazards": excerpt(content.hazards, 4, (0, 1, 3), "annex A"),
        "helps": excerpt(content.helps, 3, (0, 2, 3), "the report"),
        "priorities": excerpt(by_size(content.priorities, 2, 8), 8, (0, 2, 3, 4, 6), "the report"),
    }
