"""A book is read like a folder, and what only books can have is found."""

import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from wayout.errors import ScenarioError
from wayout.scenario import book
from wayout.scenario.assembly import cells_of
from wayout.scenario.faults import MEANINGS
from wayout.scenario.folder import load, read
from wayout.scenario.settings import settings_of
from wayout.scenario.template import write_template

CODES = {str(fault) for fault in MEANINGS}
Sheets = dict[str, list[list[Any]]]


@pytest.fixture
def sheets(tmp_path: Path) -> Sheets:
    """Cells of a sound book to break, by sheet."""
    write_template("town", tmp_path / "town")
    scenario = read(tmp_path / "town")
    settings = [["key", "value"]]
    for key, value in settings_of(scenario):
        settings += [[key, item] for item in (value if isinstance(value, list) else [value])]
    tables: Sheets = {table.sheet: list(map(list, rows)) for table, rows in cells_of(scenario)}
    return {"scenario": settings, **tables}


def found(
    path: Path, sheets: Sheets, change: Callable[[Any, dict[str, Any]], None] | None = None
) -> list[str]:
    with xlsxwriter.Workbook(path) as workbook:
        written = {name: workbook.add_worksheet(name) for name in sheets}
        for name, rows in sheets.items():
            for number, cells in enumerate(rows):
                written[name].write_row(number, 0, cells)
        if change is not None:
            change(workbook, written)
    return [str(finding) for finding in load(path).findings if finding.rule in CODES]


def test_a_sound_book_has_no_faults(tmp_path: Path, sheets: Sheets) -> None:
    path = tmp_path / "town.xlsx"
    assert found(path, sheets) == []
    assert read(path) == read(tmp_path / "town")


def test_numbers_and_switches_may_be_cells_of_their_own_type(
    tmp_path: Path, sheets: Sheets
) -> None:
    sheets["scenario"] += [["emergency_seats", True], ["slot_minutes", 30], ["weights.minor.A", 2]]
    sheets["places"][3][5] = 600.5
    path = tmp_path / "town.xlsx"
    assert found(path, sheets) == []
    scenario = read(path)
    assert scenario.policy.emergency_seats
    assert scenario.policy.slot_minutes == 30
    assert scenario.policy.minors["A"] == 2.0
    assert scenario.places[2].beds == 600.5


def test_cells_are_named_by_book_and_sheet(tmp_path: Path, sheets: Sheets) -> None:
    sheets["places"][3][5] = -1
    assert found(tmp_path / "town.xlsx", sheets) == [
        "error F20 town.xlsx, sheet places, row 4, column beds: '-1' is outside what beds can be. "
        "Write a number from 0 to 1000000000."
    ]


def test_a_date_of_a_spreadsheet_has_no_offset(tmp_path: Path, sheets: Sheets) -> None:
    def change(workbook: Any, written: dict[str, Any]) -> None:
        form = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        moment = datetime(2030, 6, 1, 8)  # noqa: DTZ001
        written["fleet"].write_datetime(2, 4, moment, form)

    assert found(tmp_path / "town.xlsx", sheets, change) == [
        "error F24 town.xlsx, sheet fleet, row 3, column from: The time '2030-06-01T08:00:00' has "
        "no offset. Add the offset from UTC, as in 2021-08-15T06:30+04:30 (Z stands for +00:00)."
    ]


def test_formulas_are_refused(tmp_path: Path, sheets: Sheets) -> None:
    def change(_: Any, written: dict[str, Any]) -> None:
        written["places"].write_formula(3, 5, "=300*2", None, 600)

    assert found(tmp_path / "town.xlsx", sheets, change) == [
        "error F35 town.xlsx, sheet places, row 4: Cell F4 holds a formula, whose last value may "
        "be stale. Copy the sheet and paste it as values."
    ]


def test_merged_cells_and_hidden_sheets_are_warned_of(tmp_path: Path, sheets: Sheets) -> None:
    def change(_: Any, written: dict[str, Any]) -> None:
        written["windows"].hide()
        written["windows"].merge_range(2, 0, 3, 0, "")

    assert found(tmp_path / "town.xlsx", sheets, change) == [
        "warning F34 town.xlsx, sheet windows: The sheet is hidden, and it is read. Unhide it.",
        "warning F33 town.xlsx, sheet windows, row 3: Cells are merged here; only the first of "
        "them holds the value. Unmerge them and write the value in each.",
    ]


def test_unknown_and_empty_sheets_are_found(tmp_path: Path, sheets: Sheets) -> None:
    sheets["place"], sheets["hazards"] = [["place"]], []
    assert found(tmp_path / "town.xlsx", sheets) == [
        "error F03 town.xlsx, sheet place: A scenario has no sheet 'place'. Did you mean 'places'?",
        "error F04 town.xlsx, sheet hazards: The sheet is empty. "
        "Write the header row, or delete the sheet.",
    ]


def test_a_sheet_wider_than_any_table_is_refused(tmp_path: Path, sheets: Sheets) -> None:
    def change(_: Any, written: dict[str, Any]) -> None:
        written["windows"].write(1_000_000, 16_000, "far away")

    assert found(tmp_path / "town.xlsx", sheets, change) == [
        "error F09 town.xlsx, sheet windows: The sheet has cells to the right of column Z. "
        "Delete every column that has no name."
    ]


def test_settings_of_a_book_are_checked(tmp_path: Path, sheets: Sheets) -> None:
    sheets["scenario"] += [["seed", 2], ["sede", 3]]
    assert found(tmp_path / "town.xlsx", sheets) == [
        "error F11 town.xlsx, sheet scenario, row 9, column seed: The setting 'seed' is there "
        "twice; the first one is read. Delete one of them.",
        "error F29 town.xlsx, sheet scenario, row 10, column sede: There is no setting 'sede'. "
        "Did you mean 'seed'?",
    ]
    sheets["scenario"][0] = ["setting", "content"]
    assert found(tmp_path / "town.xlsx", sheets) == [
        "error F14 town.xlsx, sheet scenario, row 1: The sheet 'scenario' does not begin with the "
        "columns key and value. Name them in row 1."
    ]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 and then nothing", b"place,kind\n"])
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "town.xlsx"
    path.write_bytes(content)
    (finding,) = load(path).findings
    assert str(finding).startswith("error F32 town.xlsx: The book cannot be opened: ")
    assert finding.cure == (
        "Save it again from the spreadsheet as an .xlsx workbook without a password."
    )


def test_an_archive_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "town.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hello.txt", "hello")
    (finding,) = load(path).findings
    assert finding.rule == "F32"


def test_a_book_that_unpacks_to_more_than_a_gibibyte_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "town.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/workbook.xml", "w", force_zip64=True) as file,
    ):
        for _ in range(65):
            file.write(bytes(16 * 1024**2))
    (finding,) = load(path).findings
    assert str(finding) == (
        "error F09 town.xlsx: The book is larger than 1 GiB once unpacked. "
        "Use a folder, or demand instead of rows."
    )


def test_a_text_too_long_for_a_cell_is_refused_on_writing(tmp_path: Path) -> None:
    write_template("town", tmp_path / "town")
    scenario = read(tmp_path / "town").replace(description="x" * 40_000)
    with pytest.raises(ScenarioError, match="A text of 40,000 characters does not fit a cell"):
        book.write_book(scenario, tmp_path / "town.xlsx")
    assert not (tmp_path / "town.xlsx").exists()


def test_a_table_too_long_for_a_sheet_is_refused_on_writing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_template("town", tmp_path / "town")
    monkeypatch.setattr(book, "MOST_ROWS", 5)
    with pytest.raises(ScenarioError, match="The sheet places would have 7 rows; a book holds 5"):
        book.write_book(read(tmp_path / "town"), tmp_path / "town.xlsx")
