"""Rules about identifiers: each is used once, and each reference leads somewhere."""

from collections.abc import Callable, Iterator
from typing import Any

from wayout.findings import Finding
from wayout.scenario.checks.rows import changes, rows_of
from wayout.scenario.checks.wording import FIRST_ROW, Known, error
from wayout.scenario.links import SELF
from wayout.scenario.model import Scenario
from wayout.scenario.tables import TABLES, Column, Kind, Table, columns_of
from wayout.scenario.windows import Target

_FILE_OF_TARGET = {
    Target.PLACE: "places.csv",
    Target.BEDS: "places.csv",
    Target.LINK: "links.csv",
    Target.BERTH: "berths.csv",
    Target.FLEET: "fleet.csv",
}


def _keyed_tables() -> Iterator[tuple[Table, Column]]:
    """The tables whose rows have an identifier, and its column."""
    for table in TABLES:
        for column in columns_of(table):
            if column.key:
                yield table, column


def known_names(scenario: Scenario) -> dict[str, Known]:
    """Identifiers by file."""
    known = {}
    for table, key in _keyed_tables():
        names = (getattr(row, key.field) for row in rows_of(scenario, table))
        known[table.file] = Known(names, table.file)
    return known


def check_duplicates(scenario: Scenario) -> Iterator[Finding]:
    """S01: an identifier is used by one row of its table."""
    for table, key in _keyed_tables():
        first: dict[str, int] = {}
        for index, row in enumerate(rows_of(scenario, table)):
            name = getattr(row, key.field)
            earlier = first.setdefault(name, index)
            if earlier != index:
                message = f"'{name}' is already used in row {earlier + FIRST_ROW}."
                cure = "Give each row an identifier of its own, or delete one of the two."
                yield error("S01", table.file, index, key.name, message, cure)


def check_identifiers(scenario: Scenario) -> Iterator[Finding]:
    """S02: an identifier is one word, so that lists can name it."""
    for table, key in _keyed_tables():
        for index, row in enumerate(rows_of(scenario, table)):
            name = getattr(row, key.field)
            if not name or name.split() != [name]:
                message = f"The identifier '{name}' is not one word."
                cure = "Write it without spaces, as in hamid-karzai; put the full name in name."
                yield error("S02", table.file, index, key.name, message, cure)
            elif table.file == "vehicles.csv" and name == SELF:
                message = f"'{SELF}' stands for people who move by themselves."
                yield error("S02", table.file, index, key.name, message, "Name the type otherwise.")


def _dangling(
    table: Table, column: Column, rows: tuple[Any, ...], known: Known
) -> Iterator[Finding]:
    many = column.kind is Kind.WORDS
    for index, row in enumerate(rows):
        value = getattr(row, column.field)
        for name in value if many else (value,):
            if name not in known:
                message = f"'{name}' is not in {known.file}."
                yield error("S03", table.file, index, column.name, message, known.cure(name))


def check_references(scenario: Scenario) -> Iterator[Finding]:
    """S03: a place, type or fleet that a row names is there."""
    known = known_names(scenario)
    for table in TABLES:
        rows = rows_of(scenario, table)
        for column in columns_of(table):
            if column.refers_to is not None:
                yield from _dangling(table, column, rows, known[column.refers_to])


def check_targets(scenario: Scenario) -> Iterator[Finding]:
    """S04: what a window or hazard changes is there."""
    known = known_names(scenario)
    for file, index, row in changes(scenario):
        names = known[_FILE_OF_TARGET[row.kind]]
        if row.what not in names:
            message = f"'{row.what}' is not in {names.file}, where its kind, {row.kind}, is sought."
            yield error("S04", file, index, "what", message, names.cure(row.what))


def check_open_to(scenario: Scenario) -> Iterator[Finding]:
    """S05: ``open_to`` names vehicle types of the link's mode, or ``self``."""
    types = {vehicle.type: vehicle.mode for vehicle in scenario.vehicles}
    known = Known([*types, SELF], "vehicles.csv")
    for index, link in enumerate(scenario.links):
        for name in link.open_to:
            if name not in known:
                message = f"'{name}' is neither a type of vehicles.csv nor '{SELF}'."
                yield error("S05", "links.csv", index, "open_to", message, known.cure(name))
            elif name != SELF and types[name] is not link.mode:
                message = f"'{name}' travels by {types[name]}, but the link is {link.mode}."
                cure = "Correct the link's mode, or take the type off the list."
                yield error("S05", "links.csv", index, "open_to", message, cure)


def check_drawn_names(scenario: Scenario) -> Iterator[Finding]:
    """S06: no listed party has the identifier of one drawn from demand (``d1-000001``)."""
    drawn = {demand.demand for demand in scenario.demand}
    for index, party in enumerate(scenario.parties):
        stem, dash, number = party.party.rpartition("-")
        if dash and stem in drawn and len(number) >= 6 and number.isdigit():
            message = f"'{party.party}' is how parties drawn from demand '{stem}' are named."
            cure = "Give the party or the demand another identifier."
            yield error("S06", "parties.csv", index, "party", message, cure)


NAME_RULES: tuple[Callable[[Scenario], Iterator[Finding]], ...] = (
    check_duplicates,
    check_identifiers,
    check_references,
    check_targets,
    check_open_to,
    check_drawn_names,
)
