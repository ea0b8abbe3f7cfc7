"""Figures: sourced numbers with a low, a likely and a high value."""

from dataclasses import dataclass
from enum import StrEnum

from wayout.scenario.columns import column


class Case(StrEnum):
    """Which of a figure's three values holds."""

    LOW = "low"
    LIKELY = "likely"
    HIGH = "high"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number with its source. Any number of a scenario may name a figure instead of a value."""

    figure: str = column("Identifier; a number elsewhere may be this word.", key=True)
    likely: float = column("Most likely value.")
    low: float | None = column("Low value.", default=None, default_text="likely")
    high: float | None = column("High value.", default=None, default_text="likely")
    unit: str = column("Unit.", default="", default_text="none")
    as_of: str = column("Date of the figure.", default="", default_text="unknown")
    source: str = column("Where it is from.")
    confidence: str = column(
        "`read` in the source, `second-hand`, `derived` by arithmetic, or `assumed`.",
        default="assumed",
    )

    def value(self, case: Case) -> float:
        """The value in a case; a blank low or high is the likely value."""
        chosen = {Case.LOW: self.low, Case.LIKELY: self.likely, Case.HIGH: self.high}[case]
        return self.likely if chosen is None else chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A cell that names a figure: kept so that writing restores the word and not the number."""

    file: str
    row: int
    column: str
    figure: str
