"""The forms that content takes: facts, tables, notes. Cells are plain text."""

from dataclasses import dataclass, field
from enum import StrEnum


class Tone(StrEnum):
    """A mark that sets a cell apart, in words and in shape."""

    PLAIN = ""
    ASSUMED = "assumed"
    INTERNAL = "internal"
    BAD = "bad"
    GOOD = "good"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with a mark; ``share`` (0 to 1) draws a bar behind the number."""

    text: str
    tone: Tone = Tone.PLAIN
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, whether it holds numbers, and its relative width on paper."""

    head: str
    numeric: bool = False
    weight: float = 1.0


Row = tuple[str | Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption that says what a row is."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure with its name and a remark."""

    label: str
    value: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph with a heading of its own."""

    head: str
    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Group:
    """Tables that belong together under one collapsible title."""

    title: str
    remark: str
    tables: tuple[Table, ...] = field(default=())


def text_of(cell: str | Cell) -> str:
    """The plain text of a cell."""
    return cell.text if isinstance(cell, Cell) else cell
