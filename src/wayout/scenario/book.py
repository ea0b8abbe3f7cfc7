"""A scenario as one XLSX book: a sheet for each table, and the sheet ``scenario`` for the settings.

A book holds what a folder holds: reading it gives the same scenario. The same scenario gives the
same bytes.
"""

import io
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import python_calamine
import xlsxwriter
from python_calamine import CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from wayout.errors import ScenarioError
from wayout.findings import Finding, Severity, Where
from wayout.scenario.assembly import Loaded, Parts, assemble, cells_of
from wayout.scenario.cells import UNLIMITED_TEXT, looks_like_number, number_text
from wayout.scenario.delimited import MOST_ROWS, grid_of, line_feeds
from wayout.scenario.faults import Fault, Problem, nearest, quoted
from wayout.scenario.figures import Case
from wayout.scenario.model import Scenario
from wayout.scenario.settings import REPEATED, settings_of
from wayout.scenario.tables import SETTINGS_FILE, TABLES, Kind, columns_of
from wayout.scenario.workbook import LAST_COLUMN, SheetScan, not_a_book, scan

SETTINGS_SHEET = "scenario"
SETTINGS_HEADER = ["key", "value"]
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 (a workbook's date has no offset)
_FILES = {SETTINGS_SHEET: SETTINGS_FILE, **{table.sheet: table.file for table in TABLES}}
_WHOLE_SETTINGS = ("seed", "slot_minutes")


def load_book(path: Path, case: Case = Case.LIKELY) -> Loaded:
    """Read a book as far as it goes, with all findings; never raises for bad content."""
    parts = Parts(path.stem)
    scans = scan(path)
    if isinstance(scans, Problem):
        return Loaded(None, (scans.at(Where(path.name)),))
    try:
        with CalamineWorkbook.from_path(path) as workbook:
            for sheet in workbook.sheets_metadata:
                hidden = sheet.visible is not SheetVisibleEnum.Visible
                _read_sheet(workbook, sheet.name, hidden, scans.get(sheet.name), parts)
    except (python_calamine.CalamineError, OSError) as error:
        return Loaded(None, (not_a_book(str(error)).at(Where(path.name)),))
    loaded = assemble(parts, case)
    return replace(loaded, findings=tuple(_on_sheet(path, each) for each in loaded.findings))


def _on_sheet(path: Path, finding: Finding) -> Finding:
    """The finding with the name of the book and the sheet instead of a file's."""
    sheet = finding.where.file.rpartition(".")[0] or finding.where.file
    return replace(finding, where=replace(finding.where, file=f"{path.name}, sheet {sheet}"))


def _read_sheet(
    workbook: CalamineWorkbook, name: str, hidden: bool, found: SheetScan | None, parts: Parts
) -> None:
    file = _FILES.get(name)
    if file is None:
        message = f"A scenario has no sheet {quoted(name)}."
        close = nearest(name, _FILES)
        cure = f"Did you mean '{close}'?" if close else "Delete it, or keep it in another book."
        parts.findings.append(Problem(Fault.UNKNOWN_FILE, message, cure).at(Where(name)))
        return
    if hidden:
        problem = Problem(Fault.HIDDEN, "The sheet is hidden, and it is read.", "Unhide it.")
        parts.findings.append(problem.at(Where(file), Severity.WARNING))
    if found is not None and not _readable(found, file, parts):
        return
    sheet = workbook.get_sheet_by_name(name)
    _warn_of_merged_cells(sheet, file, parts)
    rows = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    if not any(any(row) for row in rows):
        cure = "Write the header row, or delete the sheet."
        parts.refuse(Problem(Fault.EMPTY, "The sheet is empty.", cure).at(Where(file)))
    elif file == SETTINGS_FILE:
        _read_settings(rows, parts)
    else:
        parts.grids[file] = grid_of(rows)


def _readable(found: SheetScan, file: str, parts: Parts) -> bool:
    if found.too_wide:
        message = f"The sheet has cells to the right of column {LAST_COLUMN}."
        problem = Problem(Fault.TOO_LARGE, message, "Delete every column that has no name.")
        parts.refuse(problem.at(Where(file)))
        return False
    if found.formula is not None:
        cell, row = found.formula
        message = f"Cell {cell} holds a formula, whose last value may be stale."
        problem = Problem(Fault.FORMULA, message, "Copy the sheet and paste it as values.")
        parts.findings.append(problem.at(Where(file, row)))
    return True


def _warn_of_merged_cells(sheet: CalamineSheet, file: str, parts: Parts) -> None:
    for (row, _), _ in sheet.merged_cell_ranges or []:
        message = "Cells are merged here; only the first of them holds the value."
        problem = Problem(Fault.MERGED, message, "Unmerge them and write the value in each.")
        parts.findings.append(problem.at(Where(file, row + 1), Severity.WARNING))


def _text(cell: object) -> str:
    """Text of a cell as the same table would hold it in a folder."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, int | float):
        return number_text(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return line_feeds(str(cell))


def _read_settings(rows: list[list[str]], parts: Parts) -> None:
    """Turn the rows of the settings sheet into what a TOML file would hold."""
    grid = grid_of(rows)
    if grid.header[:2] != SETTINGS_HEADER:
        message = f"The sheet '{SETTINGS_SHEET}' does not begin with the columns key and value."
        problem = Problem(Fault.MISSING_COLUMN, message, "Name them in row 1.")
        parts.refuse(problem.at(Where(SETTINGS_FILE, 1)))
        return
    parts.settings = {}
    for number, cells in zip(grid.numbers, grid.rows, strict=True):
        key, value = cells[0], cells[1]
        if key in parts.lines and key != REPEATED:
            message = f"The setting {quoted(key)} is there twice; the first one is read."
            problem = Problem(Fault.DUPLICATE_COLUMN, message, "Delete one of them.")
            parts.findings.append(problem.at(Where(SETTINGS_FILE, number, key)))
        elif value:
            _put(parts, key, value, number)


def _put(parts: Parts, key: str, value: str, number: int) -> None:
    parts.lines[key] = number
    settings = parts.settings = parts.settings or {}
    section, _, name = key.rpartition(".")
    if section in ("weights.major", "weights.minor"):
        group = section.removeprefix("weights.")
        settings.setdefault("weights", {}).setdefault(group, {})[name] = _setting(key, value)
    elif key == REPEATED:
        settings.setdefault(key, []).append(value)
    else:
        settings[key] = _setting(key, value)


def _setting(key: str, text: str) -> Any:
    """The value a TOML file would hold; text that does not fit is refused where keys are read."""
    if key == "emergency_seats":
        return {"yes": True, "no": False, "true": True, "false": False}.get(text, text)
    convert = int if key in _WHOLE_SETTINGS else float if key.startswith("weights.") else str
    try:
        return convert(text)
    except ValueError:
        return text


def write_book(scenario: Scenario, path: Path) -> None:
    """Write a scenario as a book.

    Raises
    ------
    ScenarioError
        If a table or a text is larger than a sheet or a cell can hold.
    OSError
        If the file cannot be written.
    """
    content = book_bytes(scenario)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def book_bytes(scenario: Scenario) -> bytes:
    """The bytes of the book; raises ScenarioError where a sheet or cell cannot hold its part."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as workbook:
        workbook.set_properties({"title": scenario.title[:255], "created": _CREATED})
        bold = workbook.add_format({"bold": True})
        _write_settings(workbook.add_worksheet(SETTINGS_SHEET), scenario, bold)
        for table, rows in cells_of(scenario):
            numeric = {
                column.name
                for column in columns_of(table)
                if column.kind in (Kind.NUMBER, Kind.WHOLE)
            }
            _write_table(workbook.add_worksheet(table.sheet), rows, numeric, bold)
    return target.getvalue()


def _write_settings(sheet: Any, scenario: Scenario, bold: Any) -> None:
    rows: list[tuple[str, Any]] = []
    for key, value in settings_of(scenario):
        rows += [(key, item) for item in value] if isinstance(value, list) else [(key, value)]
    sheet.write_row(0, 0, SETTINGS_HEADER, bold)
    sheet.set_column(0, 0, 18)
    for number, (key, value) in enumerate(rows, start=1):
        _write_text(sheet, number, 0, key)
        if isinstance(value, bool):
            sheet.write_boolean(number, 1, value)
        elif isinstance(value, str):
            _write_text(sheet, number, 1, value)
        else:
            _write_number(sheet, number, 1, number_text(value))


def _write_table(sheet: Any, rows: list[list[str]], numeric: set[str], bold: Any) -> None:
    if len(rows) > MOST_ROWS:
        message = f"The sheet {sheet.name} would have {len(rows):,} rows; a book holds "
        raise ScenarioError(f"{message}{MOST_ROWS:,}. Use a folder instead.")
    header = rows[0]
    sheet.write_row(0, 0, header, bold)
    sheet.freeze_panes(1, 0)
    for number, cells in enumerate(rows[1:], start=1):
        for position, (name, text) in enumerate(zip(header, cells, strict=True)):
            if text and name in numeric:
                _write_number(sheet, number, position, text)
            elif text:
                _write_text(sheet, number, position, text)


def _write_text(sheet: Any, row: int, column: int, text: str) -> None:
    if sheet.write_string(row, column, text) != 0:
        message = f"A text of {len(text):,} characters does not fit a cell of sheet {sheet.name}."
        raise ScenarioError(f"{message} Shorten it, or use a folder instead.")


def _write_number(sheet: Any, row: int, column: int, text: str) -> None:
    """Write a number; as text where it is a word or the 16 digits of a sheet would change it."""
    if looks_like_number(text) and text != UNLIMITED_TEXT and _survives(text):
        sheet.write_number(row, column, float(text))
    else:
        _write_text(sheet, row, column, text)


def _survives(text: str) -> bool:
    return number_text(float(f"{float(text):.16G}")) == text
