"""How the rules word and place what they find."""

from collections.abc import Iterable

from wayout.findings import Finding, Severity, Where
from wayout.scenario.faults import nearest

FIRST_ROW = 2
"""Row of a table's first item as a spreadsheet counts it: the header is row 1."""

MOST_SUGGESTIONS = 100
"""Distinct unknown names for which a near one is sought, because the search is slow."""


def _where(file: str, index: int | None, column: str | None) -> Where:
    return Where(file, None if index is None else index + FIRST_ROW, column)


def error(
    rule: str, file: str, index: int | None, column: str | None, message: str, cure: str
) -> Finding:
    """An error at item ``index`` of a table, or of the whole file where ``index`` is None."""
    return Finding(rule, Severity.ERROR, _where(file, index, column), message, cure)


def warning(
    rule: str, file: str, index: int | None, column: str | None, message: str, cure: str
) -> Finding:
    """A warning at item ``index`` of a table, or of the whole file where ``index`` is None."""
    return Finding(rule, Severity.WARNING, _where(file, index, column), message, cure)


def setting(rule: str, key: str, message: str, cure: str) -> Finding:
    """An error in a setting of ``scenario.toml``."""
    return error(rule, "scenario.toml", None, key, message, cure)


def amount(value: float) -> str:
    """A number as a reader writes it: without needless decimals."""
    return f"{value:,.10g}" if abs(value) < 1e9 else f"{value:g}"


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun: ``1 party``, ``3 parties``."""
    return f"{number:,} {one if number == 1 else many}"


def listed(names: Iterable[str], most: int = 5) -> str:
    """Names in a sentence: the first few, and how many more there are."""
    everything = list(names)
    shown = ", ".join(f"'{name}'" for name in everything[:most])
    more = len(everything) - most
    return f"{shown} and {more:,} more" if more > 0 else shown


class Known:
    """The names that a column may hold, with a cure for one that is not among them."""

    def __init__(self, names: Iterable[str], file: str) -> None:
        self.names = set(names)
        self.file = file
        self._cures: dict[str, str] = {}

    def __contains__(self, name: str) -> bool:
        """Whether the name is known."""
        return name in self.names

    def cure(self, name: str) -> str:
        """What to do about an unknown name: the nearest known one if any is alike."""
        if name not in self._cures:
            if len(self._cures) >= MOST_SUGGESTIONS:
                return self._without_suggestion()
            close = nearest(name, sorted(self.names))
            suggestion = f"Did you mean '{close}'?" if close else self._without_suggestion()
            self._cures[name] = suggestion
        return self._cures[name]

    def _without_suggestion(self) -> str:
        return f"Correct the name, or add it to {self.file}."
