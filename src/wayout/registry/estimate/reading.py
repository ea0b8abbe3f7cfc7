"""Reads an overlap table: one column of 0 and 1 for each list, and ``count``.

    LA,NG,GO,count
    1,0,0,54
    1,1,0,15

Patterns that are not there count nobody. Every fault is found at once.
"""

from enum import StrEnum
from pathlib import Path

import numpy as np

from wayout.errors import RegistryError
from wayout.findings import Finding, Severity, Where, errors_in
from wayout.registry.estimate.models import MOST_LISTS
from wayout.registry.estimate.overlaps import Overlaps, pattern_of
from wayout.scenario.delimited import Grid, read_grid, read_text

COUNT = "count"
_MOST_PEOPLE = 10**12


class Fault(StrEnum):
    """What can be wrong with an overlap table."""

    NO_COUNT = "no-count-column"
    LISTS = "number-of-lists"
    NAMES = "names-of-lists"
    WIDTH = "cells-in-row"
    MEMBERSHIP = "membership-not-0-or-1"
    NUMBER = "count-not-a-number"
    DARK = "row-of-people-on-no-list"
    TWICE = "pattern-twice"
    EMPTY = "nobody-counted"


def read_overlaps(path: Path) -> Overlaps:
    """Read a table.

    Raises
    ------
    RegistryError
        With every finding, if the table cannot be used.
    """
    text, findings = read_text(path)
    grid: Grid | None = None
    if text is not None:
        grid, faults = read_grid(text, path.name)
        findings += faults
    if grid is not None:
        reader = _Reader(path.name, grid)
        found = reader.overlaps()
        findings += reader.findings
        if found is not None and not errors_in(tuple(findings)):
            return found
    num = len(errors_in(tuple(findings)))
    message = f"{path} cannot be used as it stands: {num} error{'s' if num > 1 else ''}."
    raise RegistryError(message, tuple(findings))


class _Reader:
    """Reads row by row and keeps what is wrong with each."""

    def __init__(self, file: str, grid: Grid) -> None:
        self.file, self.grid = file, grid
        self.findings: list[Finding] = []

    def report(self, rule: Fault, row: int, column: str | None, message: str, cure: str) -> None:
        where = Where(self.file, row, column)
        self.findings.append(Finding(rule, Severity.ERROR, where, message, cure))

    def overlaps(self) -> Overlaps | None:
        lists = self._lists()
        if lists is None:
            return None
        counts = np.zeros(2 ** len(lists) - 1, dtype=np.int64)
        seen: dict[int, int] = {}
        for number, cells in zip(self.grid.numbers, self.grid.rows, strict=True):
            row = self._row(number, cells)
            if row is None:
                continue
            pattern, count = row
            if pattern in seen:
                message = f"The same lists are in row {seen[pattern]} already."
                self.report(Fault.TWICE, number, None, message, "Add the two counts up.")
            elif pattern:
                counts[pattern - 1] = count
            seen.setdefault(pattern, number)
        if not self.findings and counts.sum() == 0:
            self.report(Fault.EMPTY, 1, COUNT, "Nobody is counted.", "Write the counts.")
        return Overlaps(lists, counts)

    def _lists(self) -> tuple[str, ...] | None:
        header = self.grid.header
        if header.count(COUNT) != 1:
            message = f"There is {'no' if COUNT not in header else 'more than one'} column count."
            cure = "Head the numbers of people with count, and each list's column with its name."
            self.report(Fault.NO_COUNT, 1, COUNT, message, cure)
            return None
        lists = tuple(name for name in header if name != COUNT)
        if len(set(lists)) < len(lists) or not all(lists):
            message = "Two lists have one name, or one has none."
            self.report(Fault.NAMES, 1, None, message, "Give each list a name of its own.")
        if not 2 <= len(lists) <= MOST_LISTS:
            message = f"There are {len(lists)} lists."
            cure = f"Give 2 to {MOST_LISTS}; join lists of the same origin."
            self.report(Fault.LISTS, 1, None, message, cure)
            return None
        return lists

    def _row(self, number: int, cells: list[str]) -> tuple[int, int] | None:
        header, before = self.grid.header, len(self.findings)
        if len(cells) != len(header):
            message = f"The row has {len(cells)} cells, the header {len(header)}."
            self.report(Fault.WIDTH, number, None, message, "Write one cell for each column.")
            return None
        on = [self._on(number, name, text) for name, text in self._of_lists(cells)]
        count = self._count(number, cells[header.index(COUNT)])
        pattern = pattern_of(place for place, member in enumerate(on) if member)
        if not pattern and count and before == len(self.findings):
            message = "People on no list cannot be counted; they are what is asked for."
            self.report(Fault.DARK, number, None, message, "Delete the row.")
        return (pattern, count) if before == len(self.findings) else None

    def _of_lists(self, cells: list[str]) -> list[tuple[str, str]]:
        pairs = zip(self.grid.header, cells, strict=True)
        return [(name, text) for name, text in pairs if name != COUNT]

    def _on(self, number: int, column: str, text: str) -> bool:
        if text not in ("0", "1"):
            message = f"'{text[:40]}' is neither 0 nor 1."
            cure = "Write 1 if these people are on the list, 0 if not."
            self.report(Fault.MEMBERSHIP, number, column, message, cure)
        return text == "1"

    def _count(self, number: int, text: str) -> int:
        if text.isascii() and text.isdecimal() and len(text) < 14 and int(text) <= _MOST_PEOPLE:
            return int(text)
        message = f"'{text[:40]}' is no number of people."
        self.report(Fault.NUMBER, number, COUNT, message, "Write a whole number of 0 or more.")
        return 0
