"""The files of made-up lists, read back by other programs' readers."""

import csv
import io
from pathlib import Path

import polars as pl
import pytest
import python_calamine

from wayout.cli.main import run
from wayout.registry.synthesize import MadeList, synthesize
from wayout.registry.synthesize.writing import list_file, truth_table, write

MADE = synthesize(300, 5, "hard", seed=4)
BY_NAME = {found.name: found for found in MADE.lists}


def _rows(found: MadeList) -> list[dict[str, str]]:
    text = list_file(found).decode(found.style.encoding)
    return list(csv.DictReader(io.StringIO(text), delimiter=found.style.delimiter))


def test_every_row_of_every_file_says_that_it_is_made_up(tmp_path: Path) -> None:
    *files, truth = write(MADE, tmp_path)
    for path, found in zip(files, MADE.lists, strict=True):
        if path.suffix == ".xlsx":
            book = python_calamine.load_workbook(path)
            header, *rows = book.get_sheet_by_index(0).to_python()
            assert len(rows) == found.records.height
            assert {row[len(header) - 1] for row in rows} == {"SYNTHETIC"}
        else:
            assert {"SYNTHETIC"} == {list(row.values())[-1] for row in _rows(found)}
    assert set(pl.read_csv(truth)["note"]) == {"SYNTHETIC"}


def test_csv_has_what_the_records_say() -> None:
    found = BY_NAME["embassy-desk"]
    for row, record in zip(_rows(found), found.records.iter_rows(named=True), strict=True):
        assert row["First Name"] == (record["given"] or "")
        assert row["Phone Number"] == (record["phone"] or "")
        assert row["Date of Birth"][-4:] == str(record["birth_year"] or "")


def test_semicolons_and_capitals_of_the_french_list() -> None:
    rows = _rows(BY_NAME["volontaires"])
    assert all(row["Prénom"] == row["Prénom"].upper() for row in rows)
    assert {row["Sexe"] for row in rows} == {"femme", "homme", ""}


def test_the_same_list_is_the_same_bytes() -> None:
    again = synthesize(300, 5, "hard", seed=4)
    assert [list_file(found) for found in again.lists] == [list_file(found) for found in MADE.lists]


def test_truth_names_file_and_row() -> None:
    truth = truth_table(MADE)
    first = truth.filter(pl.col("file") == "hotline.csv").row(0, named=True)
    record = BY_NAME["hotline"].records["record"][0]
    person = MADE.truth.filter(pl.col("record") == record)["person"][0]
    assert (first["row"], first["person"]) == (2, person)


def test_the_command_writes_lists_and_truth(tmp_path: Path) -> None:
    folder = tmp_path / "made"
    arguments = ["people", "synthesize", "--people", "60", "--lists", "2", "-o", str(folder)]
    assert _exit_code(arguments) == 0
    names = {path.name for path in folder.iterdir()}
    assert names == {"embassy-desk.csv", "provincial-office.xlsx", "truth.csv"}
    assert _exit_code(arguments) == 1


def _exit_code(arguments: list[str]) -> int:
    with pytest.raises(SystemExit, match=r"^[01]$") as ended:
        run(arguments)
    return int(str(ended.value))
