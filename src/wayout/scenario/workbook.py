"""The XLSX container: what is known of a workbook before its cells are read.

A workbook is a compressed archive made by others, so its size and its width are looked at before
anything is unpacked into memory; formulas are found here because cell readers only see results.
"""

import html
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from wayout.scenario.faults import Fault, Problem

MOST_UNPACKED_BYTES = 1024**3
"""Most bytes of a workbook once unpacked."""

LAST_COLUMN = "Z"
"""No table is wider; a stray cell further right would fill the memory with blanks."""

_PIECE = 1024 * 1024
_OVERLAP = 1024
_FORMULA = re.compile(rb'r="([A-Z]+)([0-9]+)"[^>]*>\s*<f[ />]')
_TOO_FAR_RIGHT = re.compile(rb'<c r="[A-Z]{2,3}[0-9]')
_BOOK_CURE = "Save it again from the spreadsheet as an .xlsx workbook without a password."


@dataclass(frozen=True, slots=True)
class SheetScan:
    """First formula of a sheet as (cell, row), and whether it is wider than any table."""

    formula: tuple[str, int] | None
    too_wide: bool


def not_a_book(reason: str) -> Problem:
    """The fault of a file that is no workbook."""
    return Problem(Fault.NOT_A_BOOK, f"The book cannot be opened: {reason}.", _BOOK_CURE)


def scan(path: Path) -> dict[str, SheetScan] | Problem:
    """Scan of every sheet by its name, or why the workbook cannot be read."""
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED_BYTES:
                message = "The book is larger than 1 GiB once unpacked."
                return Problem(Fault.TOO_LARGE, message, "Use a folder, or demand instead of rows.")
            members = _members(archive)
            return {name: _scan_sheet(archive, member) for name, member in members.items()}
    except (zipfile.BadZipFile, KeyError, OSError, EOFError, NotImplementedError) as error:
        return not_a_book(str(error).strip("."))


def _members(archive: zipfile.ZipFile) -> dict[str, str]:
    """Name of the archive's member by name of the sheet."""
    relations = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    targets = {
        _attribute(tag, "Id"): _attribute(tag, "Target")
        for tag in re.findall(r"<Relationship\b[^>]*>", relations)
    }
    workbook = archive.read("xl/workbook.xml").decode("utf-8", "replace")
    sheets = {
        html.unescape(_attribute(tag, "name")): targets.get(_attribute(tag, "r:id"), "")
        for tag in re.findall(r"<sheet\b[^>]*>", workbook)
    }
    present = set(archive.namelist())
    placed = {name: _member(target) for name, target in sheets.items()}
    return {name: member for name, member in placed.items() if member in present}


def _member(target: str) -> str:
    return target[1:] if target.startswith("/") else f"xl/{target}"


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return found.group(1) if found else ""


def _scan_sheet(archive: zipfile.ZipFile, member: str) -> SheetScan:
    formula, too_wide, tail = None, False, b""
    with archive.open(member) as file:
        while piece := file.read(_PIECE):
            text = tail + piece
            found = _FORMULA.search(text) if formula is None else None
            if found is not None:
                formula = (b"".join(found.groups()).decode(), int(found.group(2)))
            too_wide = too_wide or _TOO_FAR_RIGHT.search(text) is not None
            tail = text[-_OVERLAP:]
    return SheetScan(formula, too_wide)
