"""Tables as files that nothing hides in and that run nothing when they are opened.

A cell that a spreadsheet would take for a formula is written as text: in XLSX by its type, in CSV
by an apostrophe before it (OWASP, "CSV injection").
"""

import csv
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

import xlsxwriter
from defusedxml.ElementTree import fromstring

from wayout.errors import RegistryError

Kind = Literal["csv", "xlsx"]
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def safe(text: str) -> str:
    """Text for a CSV cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def write(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a table by the ending of its name, readable by its owner alone, and look it over.

    Raises RegistryError for an existing file, another ending, or if something hides in the result.
    """
    kind = path.suffix.lower()
    if kind not in (".csv", ".xlsx"):
        raise RegistryError(f"{path.name}: exports are written as .csv or .xlsx.")
    try:
        path.touch(mode=0o600, exist_ok=False)
    except FileExistsError as error:
        raise RegistryError(f"{path} exists: an export is never written over a file.") from error
    if kind == ".csv":
        _write_csv(path, header, rows)
    else:
        _write_xlsx(path, header, rows)
        if hidden := hidden_in(path):
            path.unlink()
            raise RegistryError(f"{path.name} was not released: {', '.join(hidden)}.")


def _write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows([safe(cell) for cell in row] for row in rows)


def _write_xlsx(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    # Without these options a text that looks like a formula, a link or a number becomes one.
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "in_memory": True,
    }
    book = xlsxwriter.Workbook(str(path), options)
    sheet = book.add_worksheet("people")
    for number, row in enumerate([header, *rows]):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, cell)
    book.close()


def hidden_in(path: Path) -> list[str]:
    """What an XLSX file hides or runs: hidden rows, columns or sheets, formulas, other parts."""
    found = []
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if "vba" in name.lower() or "externalLink" in name:
                found.append(f"a part {name}")
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                found += _hidden_in_sheet(archive.read(name))
        book = fromstring(archive.read("xl/workbook.xml"))
        for sheet in book.iter(f"{_SHEET}sheet"):
            if sheet.get("state", "visible") != "visible":
                found.append(f"a hidden sheet {sheet.get('name')}")
    return found


def _hidden_in_sheet(data: bytes) -> list[str]:
    sheet = fromstring(data)
    found = []
    for tag, word in (("row", "a hidden row"), ("col", "a hidden column")):
        count = sum(item.get("hidden") == "1" for item in sheet.iter(f"{_SHEET}{tag}"))
        found += [word] * min(count, 1)
    if any(True for _ in sheet.iter(f"{_SHEET}f")):
        found.append("a formula")
    return found
