"""From the raw parts of a folder or book to a scenario with all findings, and back to parts."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from wayout.findings import Finding, Severity, Where, errors_in
from wayout.scenario.cells import Context
from wayout.scenario.checks import check_scenario
from wayout.scenario.delimited import Grid
from wayout.scenario.faults import Fault, Problem
from wayout.scenario.figures import Case, Figure, Reference
from wayout.scenario.model import Scenario
from wayout.scenario.rows import FIRST_ROW, TableRead, read_rows, rows_to_cells
from wayout.scenario.settings import read_settings
from wayout.scenario.tables import FIGURES, SETTINGS_FILE, TABLES, Kind, Table, columns_of


@dataclass(slots=True)
class Parts:
    """What was found of a scenario, before cells are read.

    ``grids`` holds the readable tables by file, ``lines`` the row of each setting. ``broken`` is
    set when a whole table could not be read: rules between tables would then only confuse.
    """

    name: str
    settings: dict[str, Any] | None = None
    lines: dict[str, int] = field(default_factory=dict)
    grids: dict[str, Grid] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    broken: bool = False

    def refuse(self, finding: Finding) -> None:
        """Note a part that cannot be read at all."""
        self.findings.append(finding)
        self.broken = True


@dataclass(frozen=True, slots=True)
class Loaded:
    """A scenario as far as it could be built, with everything that was found.

    ``scenario`` is None where its start or deadline cannot be read; with errors among the
    findings it must not be planned.
    """

    scenario: Scenario | None
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that stop the work."""
        return errors_in(self.findings)


def assemble(parts: Parts, case: Case) -> Loaded:
    """Build the scenario of a folder's or book's parts, and check its rules."""
    require_tables(parts)
    if parts.settings is None:
        return Loaded(None, tuple(parts.findings))
    settings, findings = read_settings(parts.settings, parts.lines, parts.name)
    findings = parts.findings + findings
    if settings is None:
        return Loaded(None, tuple(findings))
    tables = _read_tables(parts, Context(settings.start, case, {}))
    findings += _table_findings(parts, tables)
    rows = {table.field: tables[table.file].rows for table in TABLES if table.file in tables}
    scenario = Scenario(
        name=settings.name,
        title=settings.title,
        start=settings.start,
        deadline=settings.deadline,
        end=settings.end,
        seed=settings.seed,
        description=settings.description,
        policy=settings.policy,
        sources=settings.sources,
        case=case,
        references=tuple(ref for table in tables.values() for ref in table.references),
        **{"places": (), "links": (), **rows},
    )
    columns_missing = any(finding.rule == Fault.MISSING_COLUMN for finding in findings)
    if not parts.broken and not columns_missing:
        findings += _rule_findings(scenario, tables, findings, parts.lines)
    return Loaded(scenario, tuple(findings))


def require_tables(parts: Parts) -> None:
    """Refuse a scenario without its settings, places, links, or people."""
    refused = {finding.where.file for finding in parts.findings}
    for table in TABLES:
        if table.required and table.file not in parts.grids and table.file not in refused:
            problem = Problem(Fault.MISSING, f"{table.file} is not there.", "Add it.")
            parts.refuse(problem.at(Where(table.file)))
    if parts.settings is None and SETTINGS_FILE not in refused:
        cure = "Add it with a start and a deadline; `wayout new` writes one to begin with."
        problem = Problem(Fault.MISSING, f"{SETTINGS_FILE} is not there.", cure)
        parts.refuse(problem.at(Where(SETTINGS_FILE)))
    people = {"parties.csv", "demand.csv"}
    if not people & (parts.grids.keys() | refused):
        message = "There is neither parties.csv nor demand.csv, so nobody has to get out."
        problem = Problem(Fault.NOBODY, message, "Add one of them.")
        parts.findings.append(problem.at(Where("demand.csv")))


def _read_tables(parts: Parts, context: Context) -> dict[str, TableRead]:
    """Read the tables that are there; figures first, because other cells may name them."""
    tables: dict[str, TableRead] = {}
    if FIGURES.file in parts.grids:
        tables[FIGURES.file] = read_rows(FIGURES, parts.grids[FIGURES.file], context)
        figures: dict[str, Figure] = {row.figure: row for row in tables[FIGURES.file].rows}
        context = replace(context, figures=figures)
    for table in TABLES:
        if table.file in parts.grids and table is not FIGURES:
            tables[table.file] = read_rows(table, parts.grids[table.file], context)
    return {table.file: tables[table.file] for table in TABLES if table.file in tables}


def _table_findings(parts: Parts, tables: dict[str, TableRead]) -> list[Finding]:
    """Findings of all cells; words are not judged while the figures they may name are unread."""
    findings = [finding for table in tables.values() for finding in table.findings]
    refused = {finding.where.file for finding in parts.findings}
    if FIGURES.file in refused and FIGURES.file not in parts.grids:
        return [finding for finding in findings if finding.rule != Fault.NOT_A_NUMBER]
    return findings


def _rule_findings(
    scenario: Scenario,
    tables: dict[str, TableRead],
    known: list[Finding],
    lines: dict[str, int],
) -> list[Finding]:
    """Findings of the rules, on the rows of the files, apart from rows that cannot be read."""
    errors = [finding.where for finding in known if finding.severity is Severity.ERROR]
    unreadable = {_subject(where) for where in errors}
    found = check_scenario(scenario, unread=bool(errors))
    placed = (_on_row_of_file(finding, tables, lines) for finding in found)
    return [finding for finding in placed if _subject(finding.where) not in unreadable]


def _subject(where: Where) -> tuple[str, object]:
    """What a finding is about: a row of a table, or a setting."""
    return where.file, where.column if where.file == SETTINGS_FILE else where.row


def _on_row_of_file(
    finding: Finding, tables: dict[str, TableRead], lines: dict[str, int]
) -> Finding:
    """The finding on the file's own row: blank rows count in a spreadsheet."""
    if finding.where.file == SETTINGS_FILE and finding.where.column is not None:
        line = lines.get(finding.where.column)
        return replace(finding, where=replace(finding.where, row=line))
    table, row = tables.get(finding.where.file), finding.where.row
    if table is None or row is None or not 0 <= row - FIRST_ROW < len(table.numbers):
        return finding
    return replace(finding, where=replace(finding.where, row=table.numbers[row - FIRST_ROW]))


def cells_of(scenario: Scenario) -> Iterator[tuple[Table, list[list[str]]]]:
    """Every table that has rows, as header and cells in canonical form."""
    for table in TABLES:
        rows = getattr(scenario, table.field)
        if rows:
            words = _words(scenario, table)
            yield table, rows_to_cells(table, rows, scenario.start, words)


def _words(scenario: Scenario, table: Table) -> dict[tuple[int, str], str]:
    """Cells that name a figure, as long as they still hold the value the figure has."""
    rows = getattr(scenario, table.field)
    columns = {column.name: column for column in columns_of(table)}
    figures = {figure.figure: figure for figure in scenario.figures}
    words = {}
    for reference in scenario.references:
        if reference.file == table.file and _holds(
            reference, rows, columns, figures, scenario.case
        ):
            words[reference.row, reference.column] = reference.figure
    return words


def _holds(
    reference: Reference,
    rows: tuple[Any, ...],
    columns: dict[str, Any],
    figures: dict[str, Figure],
    case: Case,
) -> bool:
    index = reference.row - FIRST_ROW
    if reference.figure not in figures or not 0 <= index < len(rows):
        return False
    column = columns[reference.column]
    value = figures[reference.figure].value(case)
    held = getattr(rows[index], column.field)
    return bool(held == (int(value + 0.5) if column.kind is Kind.WHOLE else value))
