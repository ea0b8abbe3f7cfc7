"""Breaches of the rules of execution, collected as findings: all counted, few of a kind shown."""

from collections import Counter
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from wayout.findings import Finding, Severity, Where

MOST_PER_RULE = 50
"""Findings shown per rule; a last one says how many more there are."""

FIRST_ROW = 2
"""Row of the first item in a table, as a spreadsheet counts: the header is row 1."""

MOVEMENTS = "movements.csv"
LOADS = "loads.csv"
PLAN = "plan.json"


class Breaches:
    """Every breach is counted; the first ``MOST_PER_RULE`` of each rule become findings."""

    def __init__(self) -> None:
        self._findings: dict[str, list[Finding]] = {}
        self._counts: Counter[str] = Counter()

    def add(self, rule: str, where: Where, message: str, cure: str) -> None:
        """Count a breach that is already in words."""
        self._counts[rule] += 1
        shown = self._findings.setdefault(rule, [])
        if len(shown) < MOST_PER_RULE:
            shown.append(Finding(rule, Severity.ERROR, where, message, cure))

    def first_of(self, rule: str, items: NDArray[np.int64]) -> list[int]:
        """The items that are still shown and have to be added; the others are counted here."""
        room = max(0, MOST_PER_RULE - self._counts[rule])
        self._counts[rule] += max(0, len(items) - room)
        return [int(item) for item in items[:room]]

    def add_rows(
        self,
        rule: str,
        rows: NDArray[np.int64],
        describe: Callable[[int], str],
        cure: str,
        *,
        file: str = MOVEMENTS,
        column: str | None = None,
    ) -> None:
        """Count a breach for each row; only those that are shown are put into words."""
        for row in self.first_of(rule, rows):
            self.add(rule, Where(file, row + FIRST_ROW, column), describe(row), cure)

    def findings(self) -> tuple[Finding, ...]:
        """The findings by rule, with a line for those that are not shown."""
        return tuple(self._all())

    def _all(self) -> Iterator[Finding]:
        for rule in self._counts:
            shown = self._findings.get(rule, [])
            yield from shown
            more = self._counts[rule] - len(shown)
            if more:
                message = f"{more:,} more breaches of {rule} are not listed."
                yield Finding(rule, Severity.ERROR, Where(PLAN), message, "Correct the first ones.")
