"""A finding: one thing that is wrong, where it is, and what to do about it.

Checks return findings and never stop at the first; the caller decides what to refuse.
"""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An error stops the work; a warning is shown and the work goes on."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Where:
    """A cell of a table: file, row as a spreadsheet counts it (the header is row 1), column."""

    file: str
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        """``places.csv, row 3, column beds``, as far as it is known."""
        row = "" if self.row is None else f", row {self.row}"
        column = "" if self.column is None else f", column {self.column}"
        return f"{self.file}{row}{column}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One broken rule: its stable code, how bad it is, where, what is wrong, and the cure."""

    rule: str
    severity: Severity
    where: Where
    message: str
    cure: str

    def __str__(self) -> str:
        """One line for a terminal."""
        return f"{self.severity} {self.rule} {self.where}: {self.message} {self.cure}".rstrip()


def errors_in(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings that stop the work."""
    return tuple(finding for finding in findings if finding.severity is Severity.ERROR)
