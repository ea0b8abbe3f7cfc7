"""Comma-separated text: bytes to rows of cells with every fault of the format named, and back."""

import codecs
import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from wayout.findings import Finding, Severity, Where
from wayout.scenario.faults import Fault, Problem
from wayout.scenario.tables import SETTINGS_FILE

MOST_ROWS = 1_048_576
"""Most lines of a file, header included: what a sheet of a spreadsheet holds."""

MOST_BYTES = 256 * 1024 * 1024
"""Most bytes of a file."""

_PIECE = 1024 * 1024
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SPREADSHEET_CURE = "Save it from the spreadsheet as 'CSV UTF-8 (comma delimited)'."
_MARKS_OF_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NEEDS_QUOTES = re.compile(r'[",\r\n]')


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells of a table, stripped: the header, the rows that are not blank, and their numbers."""

    header: list[str]
    rows: list[list[str]]
    numbers: list[int]


def read_text(path: Path) -> tuple[str | None, list[Finding]]:
    """Text of a file within the limits, or None with the finding that says why not."""
    data = _read_bytes(path)
    if isinstance(data, Problem):
        return None, [data.at(Where(path.name))]
    return decode(data, path.name)


def _read_bytes(path: Path) -> bytes | Problem:
    """Read piece by piece and stop at the first limit, whatever the size of the file."""
    if not path.is_file():
        message = f"{path.name} is a folder." if path.is_dir() else f"{path.name} is no file."
        return Problem(Fault.NOT_A_FILE, message, "Put the file of that name in its place.")
    data = bytearray()
    lines = 0
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                data += piece
                lines += piece.count(b"\n")
                if lines > MOST_ROWS or len(data) > MOST_BYTES:
                    return _too_large(path.name)
    except OSError as error:
        cure = "Allow reading it, or copy it to a place that can be read."
        return Problem(Fault.NOT_A_FILE, f"{path.name} cannot be read: {error.strerror}.", cure)
    return bytes(data)


def _too_large(name: str) -> Problem:
    message = f"{name} has more than {MOST_ROWS:,} rows or {MOST_BYTES // 1024**2} MiB."
    cure = "Describe crowds in demand.csv, where one row stands for any number of people."
    if name == SETTINGS_FILE:
        cure = "Keep to the settings; notes belong in a file of their own."
    return Problem(Fault.TOO_LARGE, message, cure)


def decode(data: bytes, name: str) -> tuple[str | None, list[Finding]]:
    """UTF-8 text without byte order mark and control characters, or None and why not."""
    findings = []
    if data.startswith(_MARKS_OF_UTF_16):
        problem = Problem(Fault.ENCODING, f"{name} is UTF-16, not UTF-8.", _SPREADSHEET_CURE)
        return None, [problem.at(Where(name, 1))]
    if data.startswith(codecs.BOM_UTF8):
        data = data.removeprefix(codecs.BOM_UTF8)
        cure = "Nothing needs to be done; the mark is ignored."
        mark = Problem(Fault.BYTE_ORDER_MARK, f"{name} begins with a byte order mark.", cure)
        findings.append(mark.at(Where(name), Severity.WARNING))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        message = f"Byte 0x{data[error.start]:02x} at offset {error.start} is not UTF-8."
        problem = Problem(Fault.ENCODING, message, _SPREADSHEET_CURE)
        return None, [*findings, problem.at(Where(name, row))]
    control = _CONTROL.search(text)
    if control is not None:
        return None, [*findings, _control_character(text, control.start(), name)]
    return text, findings


def _control_character(text: str, position: int, name: str) -> Finding:
    row = text.count("\n", 0, position) + 1
    what = "A NUL byte" if text[position] == "\0" else f"Control character {ord(text[position])}"
    message = f"{what} stands in the text; the file may be damaged or not be a text file."
    problem = Problem(Fault.CONTROL_CHARACTER, message, "Delete it, or export the file again.")
    return problem.at(Where(name, row))


def read_grid(text: str, name: str) -> tuple[Grid | None, list[Finding]]:
    """Cells of a comma-separated text, or None with the finding that says why not."""
    if not text.strip():
        cure = "Write the header row, or delete the file."
        return None, [Problem(Fault.EMPTY, f"{name} is empty.", cure).at(Where(name))]
    separator = _wrong_separator(text)
    if separator is not None:
        message = f"The cells of {name} are separated by {separator}s."
        problem = Problem(Fault.SEPARATOR, message, f"Use commas. {_SPREADSHEET_CURE}")
        return None, [problem.at(Where(name, 1))]
    rows: list[list[str]] = []
    try:
        rows.extend(csv.reader(io.StringIO(line_feeds(text), newline=""), strict=True))
    except csv.Error as error:
        return None, [_broken(str(error)).at(Where(name, len(rows) + 1))]
    return grid_of(rows), []


def line_feeds(text: str) -> str:
    """The text with every line end as a line feed, inside cells too."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _wrong_separator(text: str) -> str | None:
    header = text.lstrip().split("\n", 1)[0]
    for sign, word in ((";", "semicolon"), ("\t", "tab")):
        if header.count(sign) > header.count(","):
            return word
    return None


def _broken(error: str) -> Problem:
    if "field limit" in error:
        message = "A cell that begins in this row is far too long."
        return Problem(Fault.TOO_LARGE, message, "Shorten it, or close its quotation mark.")
    message = "A quotation mark is not closed in this row, or text follows a closing one."
    cure = 'Put the whole cell in quotation marks and write "" for each one inside it.'
    return Problem(Fault.QUOTES, message, cure)


def grid_of(rows: list[list[str]]) -> Grid:
    """A grid of raw rows: cells stripped, blank rows left out, rows numbered from 1."""
    kept = [
        (number, cells)
        for number, raw in enumerate(rows, start=1)
        if any(cells := [cell.strip() for cell in raw])
    ]
    header = kept[0][1] if kept else []
    return Grid(header, [cells for _, cells in kept[1:]], [number for number, _ in kept[1:]])


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if _NEEDS_QUOTES.search(text) else text


def text_of_grid(rows: Iterable[Iterable[str]]) -> str:
    """Comma-separated text with line feeds; quotation marks only where they are needed."""
    return "".join(",".join(map(_cell, row)) + "\n" for row in rows)
