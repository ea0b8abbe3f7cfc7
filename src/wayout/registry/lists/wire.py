"""What the reading process says to the importing one: one line of JSON a sheet, row or problem.

JSON and not pickle: what reads a hostile file is not trusted, and its words are data only.
"""

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wayout.registry.lists.faults import Fault, Problem

Cell = str | int | float | date | None
"""Text, a number, or a date cell of a spreadsheet; None is blank."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows that follow belong to it. ``hidden_columns`` are letters as a spreadsheet's."""

    name: str | None
    hidden: bool = False
    kind: str = "table"
    """``pfif`` where headers are the standard's."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as shown, its cells from column A on, and what is special about it."""

    number: int
    cells: tuple[Cell, ...]
    hidden: bool = False
    formulas: tuple[int, ...] = ()
    """Positions of cells with formulas."""


@dataclass(frozen=True, slots=True)
class HiddenColumns:
    """Positions of columns that the sheet hides."""

    columns: tuple[int, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class End:
    """The last item: how many rows there were, so that a lost one is noticed."""

    rows: int


Item = Sheet | Row | HiddenColumns | Problem | End


def _plain(cell: Cell) -> Any:
    return [cell.isoformat()] if isinstance(cell, date) else cell


def _cell(plain: Any) -> Cell:
    if isinstance(plain, list):
        return date.fromisoformat(str(plain[0]))
    if isinstance(plain, bool) or not isinstance(plain, str | int | float | None):
        raise TypeError(f"A cell of type {type(plain).__name__}.")
    return plain


def line_of(item: Item) -> bytes:
    """The item as a line."""
    match item:
        case Row():
            parts = [item.number, [_plain(cell) for cell in item.cells]]
            if item.hidden or item.formulas:
                parts += [item.hidden, list(item.formulas)]
        case Sheet():
            parts = ["sheet", item.name, item.hidden, item.kind]
        case HiddenColumns():
            parts = ["columns", list(item.columns)]
        case Problem():
            words = [item.fault.value, item.message, item.cure]
            parts = ["problem", *words, item.stops, item.row, item.column]
        case End():
            parts = ["end", item.rows]
    return json.dumps(parts, separators=(",", ":")).encode("ascii") + b"\n"


def item_of(line: bytes) -> Item:
    """The item of a line; raises ValueError for anything else."""
    try:
        return _item_of(line)
    except (TypeError, IndexError, ValueError, RecursionError) as error:
        raise ValueError("The line is no item of a list.") from error


def _item_of(line: bytes) -> Item:
    head, *parts = json.loads(line)
    match head:
        case int():
            hidden, formulas = (parts[1], parts[2]) if len(parts) > 1 else (False, ())
            return Row(head, tuple(map(_cell, parts[0])), bool(hidden), tuple(map(int, formulas)))
        case "sheet":
            name = None if parts[0] is None else str(parts[0])
            return Sheet(name, bool(parts[1]), str(parts[2]))
        case "columns":
            return HiddenColumns(tuple(map(int, parts[0])))
        case "problem":
            fault, message, cure, stops, row, column = parts
            return Problem(Fault(fault), str(message), str(cure), bool(stops), row, column)
        case "end":
            return End(int(parts[0]))
    raise ValueError(f"A line that begins with {head!r}.")
