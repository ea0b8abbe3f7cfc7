"""Rows of several tables that the same rule concerns."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from wayout.scenario.checks.wording import FIRST_ROW
from wayout.scenario.model import Scenario
from wayout.scenario.parties import Demand, Party
from wayout.scenario.tables import Table
from wayout.scenario.windows import Hazard, Window


def rows_of(scenario: Scenario, table: Table) -> tuple[Any, ...]:
    """Items of a table."""
    rows: tuple[Any, ...] = getattr(scenario, table.field)
    return rows


def people_rows(scenario: Scenario) -> Iterator[tuple[str, int, Party | Demand]]:
    """Every row of people with its file and index."""
    for index, party in enumerate(scenario.parties):
        yield "parties.csv", index, party
    for index, demand in enumerate(scenario.demand):
        yield "demand.csv", index, demand


def changes(scenario: Scenario) -> Iterator[tuple[str, int, Window | Hazard]]:
    """Every window and hazard with its file and index."""
    for index, window in enumerate(scenario.windows):
        yield "windows.csv", index, window
    for index, hazard in enumerate(scenario.hazards):
        yield "hazards.csv", index, hazard


def names_figure(scenario: Scenario, file: str, index: int, column: str) -> bool:
    """Whether a cell names a figure: then a 0 is a case of it and no slip of the hand."""
    return any(
        (cell.file, cell.row, cell.column) == (file, index + FIRST_ROW, column)
        for cell in scenario.references
    )


def people_at_start(scenario: Scenario) -> Counter[str]:
    """People by the place where they are at the start."""
    people: Counter[str] = Counter()
    for party in scenario.parties:
        people[party.place] += party.size
    for demand in scenario.demand:
        people[demand.place] += demand.people
    return people
