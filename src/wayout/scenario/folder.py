"""A scenario as a folder of ``scenario.toml`` and comma-separated tables.

    scenario = read(Path("scenarios/kabul-2021"), Case.HIGH)
    write(scenario.replace(seed=7), Path("another"))

``write(read(folder))`` gives the same bytes for a folder in canonical form: columns whose cells
are all default left out, LF line ends, times in the offset of the start, numbers in their shortest
form. Comments in ``scenario.toml`` are not kept.
"""

import os
from pathlib import Path

from wayout.errors import ScenarioError
from wayout.findings import Where
from wayout.scenario.assembly import Loaded, Parts, assemble, cells_of
from wayout.scenario.book import load_book
from wayout.scenario.delimited import read_grid, read_text, text_of_grid
from wayout.scenario.faults import Fault, Problem, nearest, quoted
from wayout.scenario.figures import Case
from wayout.scenario.model import Scenario
from wayout.scenario.settings import parse_toml, toml_of
from wayout.scenario.tables import SETTINGS_FILE, TABLES

BOOK_SUFFIX = ".xlsx"
_TABLE_SUFFIXES = (".csv", ".tsv", ".toml", ".xls", BOOK_SUFFIX, ".ods")


def read(path: Path, case: Case = Case.LIKELY) -> Scenario:
    """Read a folder or book that can be planned.

    Raises
    ------
    ScenarioError
        With every finding, if one of them is an error.
    """
    return usable(load(path, case), path)


def usable(loaded: Loaded, path: Path) -> Scenario:
    """The scenario of what was read, if it can be planned; raises ScenarioError as `read` does."""
    if loaded.scenario is None or loaded.errors:
        num = len(loaded.errors)
        message = f"{path} cannot be used as it stands: {num} error{'s' if num > 1 else ''}."
        raise ScenarioError(message, loaded.findings)
    return loaded.scenario


def load(path: Path, case: Case = Case.LIKELY) -> Loaded:
    """Read a folder or book as far as it goes, with all findings; never raises for bad content."""
    if path.suffix.casefold() == BOOK_SUFFIX and path.is_file():
        return load_book(path, case)
    if path.is_dir() and os.access(path, os.R_OK | os.X_OK):
        return assemble(_parts(path), case)
    return Loaded(None, (_no_scenario(path).at(Where(path.name or str(path))),))


def _no_scenario(path: Path) -> Problem:
    cure = "Name a scenario's folder or its .xlsx book."
    if path.is_dir():
        return Problem(Fault.NOT_A_FILE, f"{path} must not be read.", "Allow reading it.")
    if path.exists():
        return Problem(Fault.NOT_A_FILE, f"{path} is neither a folder nor a book.", cure)
    return Problem(Fault.MISSING, f"{path} is not there.", cure)


def _parts(folder: Path) -> Parts:
    parts = Parts(folder.resolve().name)
    known = [SETTINGS_FILE, *(table.file for table in TABLES)]
    for path in sorted(folder.iterdir()):
        if path.name == SETTINGS_FILE:
            _read_settings(path, parts)
        elif path.name in known:
            _read_table(path, parts)
        elif _looks_like_table(path, known):
            parts.findings.append(_unknown_file(path.name, known).at(Where(path.name)))
    return parts


def _looks_like_table(path: Path, known: list[str]) -> bool:
    """Whether somebody may have meant this file to be read; notes and pictures are left alone."""
    if path.name.startswith((".", "~")):
        return False
    stems = {name.rpartition(".")[0] for name in known}
    return path.suffix.casefold() in _TABLE_SUFFIXES or path.stem.casefold() in stems


def _unknown_file(name: str, known: list[str]) -> Problem:
    close = nearest(name, known)
    cure = f"Did you mean '{close}'?" if close else "Delete it, or keep it in another folder."
    return Problem(Fault.UNKNOWN_FILE, f"A scenario has no file {quoted(name)}.", cure)


def _read_settings(path: Path, parts: Parts) -> None:
    text, findings = read_text(path)
    parts.findings += findings
    if text is not None:
        parts.settings, parts.lines, faults = parse_toml(text)
        parts.findings += faults
    parts.broken |= parts.settings is None


def _read_table(path: Path, parts: Parts) -> None:
    text, findings = read_text(path)
    grid = None
    if text is not None:
        grid, faults = read_grid(text, path.name)
        findings += faults
    parts.findings += findings
    if grid is None:
        parts.broken = True
    else:
        parts.grids[path.name] = grid


def files_of(scenario: Scenario) -> dict[str, bytes]:
    """The canonical files of a scenario by name: the bytes that ``write`` puts in a folder."""
    files = {SETTINGS_FILE: toml_of(scenario).encode()}
    for table, rows in cells_of(scenario):
        files[table.file] = text_of_grid(rows).encode()
    return files


def write(scenario: Scenario, folder: Path) -> None:
    """Write a scenario in canonical form; tables it has no rows for are removed from the folder.

    Raises
    ------
    OSError
        If the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files = files_of(scenario)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    for table in TABLES:
        if table.file not in files:
            (folder / table.file).unlink(missing_ok=True)
