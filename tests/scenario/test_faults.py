"""Every fault of the files is one finding: where it is, what is wrong, what to do."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.scenario.breaking import change, found

from wayout.errors import ScenarioError
from wayout.findings import Severity
from wayout.scenario import delimited
from wayout.scenario.folder import load, read

FILE_FAULTS: dict[str, tuple[str, Callable[[bytes], bytes], str]] = {
    "byte order mark": (
        "places.csv",
        lambda data: b"\xef\xbb\xbf" + data,
        "warning F05 places.csv: places.csv begins with a byte order mark. "
        "Nothing needs to be done; the mark is ignored.",
    ),
    "semicolons": (
        "places.csv",
        lambda data: data.replace(b",", b";"),
        "error F06 places.csv, row 1: The cells of places.csv are separated by semicolons. "
        "Use commas. Save it from the spreadsheet as 'CSV UTF-8 (comma delimited)'.",
    ),
    "tabs": (
        "links.csv",
        lambda data: data.replace(b",", b"\t"),
        "error F06 links.csv, row 1: The cells of links.csv are separated by tabs. "
        "Use commas. Save it from the spreadsheet as 'CSV UTF-8 (comma delimited)'.",
    ),
    "latin-1": (
        "places.csv",
        lambda data: data.replace(b"Northtown", b"N\xf6rdtown"),
        "error F07 places.csv, row 2: Byte 0xf6 at offset 65 is not UTF-8. "
        "Save it from the spreadsheet as 'CSV UTF-8 (comma delimited)'.",
    ),
    "utf-16": (
        "places.csv",
        lambda data: data.decode().encode("utf-16"),
        "error F07 places.csv, row 1: places.csv is UTF-16, not UTF-8. "
        "Save it from the spreadsheet as 'CSV UTF-8 (comma delimited)'.",
    ),
    "nul bytes": (
        "places.csv",
        lambda data: data.replace(b"Southtown", b"South\0town"),
        "error F08 places.csv, row 3: A NUL byte stands in the text; the file may be damaged or "
        "not be a text file. Delete it, or export the file again.",
    ),
    "bell": (
        "places.csv",
        lambda data: data.replace(b"Southtown", b"South\7town"),
        "error F08 places.csv, row 3: Control character 7 stands in the text; the file may be "
        "damaged or not be a text file. Delete it, or export the file again.",
    ),
    "empty": (
        "demand.csv",
        lambda _: b"",
        "error F04 demand.csv: demand.csv is empty. Write the header row, or delete the file.",
    ),
    "blanks only": (
        "demand.csv",
        lambda _: b"\n \n",
        "error F04 demand.csv: demand.csv is empty. Write the header row, or delete the file.",
    ),
    "row too long": (
        "fleet.csv",
        lambda data: data + b"more,bus,1,gate,,,,,one more\n",
        "error F10 fleet.csv, row 4: The row has 9 cells and the header has 7. Give it one cell "
        "per column; put a cell that has a comma in quotes.",
    ),
    "row too short": (
        "fleet.csv",
        lambda data: data + b"more,bus\n",
        "error F10 fleet.csv, row 4: The row has 2 cells and the header has 7. Give it one cell "
        "per column; put a cell that has a comma in quotes.",
    ),
    "duplicate column": (
        "windows.csv",
        lambda data: data.replace(b"reason", b"factor"),
        "error F11 windows.csv, row 1, column factor: The column 'factor' is there twice; "
        "the first one is read. Delete or rename one of them.",
    ),
    "quote not closed": (
        "places.csv",
        lambda data: data.replace(b"Southtown", b'"Southtown'),
        "error F12 places.csv, row 3: A quotation mark is not closed in this row, or text follows "
        'a closing one. Put the whole cell in quotation marks and write "" for each one inside it.',
    ),
    "text after quote": (
        "places.csv",
        lambda data: data.replace(b"Southtown", b'"South"town'),
        "error F12 places.csv, row 3: A quotation mark is not closed in this row, or text follows "
        'a closing one. Put the whole cell in quotation marks and write "" for each one inside it.',
    ),
    "unknown column": (
        "places.csv",
        lambda data: data.replace(b"processing_per_hour", b"procesing_per_hour"),
        "error F13 places.csv, row 1, column procesing_per_hour: places.csv has no column "
        "'procesing_per_hour'. Did you mean 'processing_per_hour'?",
    ),
    "column without name": (
        "windows.csv",
        lambda data: data.replace(b",reason", b","),
        "error F13 windows.csv, row 1: A column has cells and no name. Name it in row 1, or "
        "delete it.",
    ),
    "column missing": (
        "places.csv",
        lambda data: data.replace(b"place,kind,name", b"place,name,disclosed"),
        "error F14 places.csv, column kind: The column 'kind' is missing, and it has no default. "
        "Add it: What the place is for.",
    ),
    "huge cell": (
        "places.csv",
        lambda data: data.replace(b"Southtown", b"S" * 40_000),
        f"error F09 places.csv, row 3, column name: The cell '{'S' * 39}…' has 40,000 characters. "
        "Keep to 32,767 characters.",
    ),
    "cell larger than a reader takes": (
        "places.csv",
        lambda data: data.replace(b"Southtown", b"S" * 200_000),
        "error F09 places.csv, row 3: A cell that begins in this row is far too long. "
        "Shorten it, or close its quotation mark.",
    ),
}


@pytest.mark.parametrize("name", FILE_FAULTS)
def test_a_fault_of_a_file_is_found(name: str, folder: Path) -> None:
    file, damage, expected = FILE_FAULTS[name]
    path = folder / file
    path.write_bytes(damage(path.read_bytes()))
    assert expected in found(folder)


CELL_FAULTS = {
    "blank": (
        ("places.csv", "southtown,home", "southtown,"),
        "error F15 places.csv, row 3, column kind: kind is blank, and it has no default. "
        "Write it: What the place is for.",
    ),
    "capacity missing": (
        ("places.csv", "North gate,34.56,69.20,600,", "North gate,34.56,69.20,,"),
        "error F15 places.csv, row 4, column beds: beds is blank, and this row needs it. "
        "Write a number, or 'unlimited' if it is known not to bind.",
    ),
    "gate without processing": (
        ("places.csv", "600,180", "600,"),
        "error F15 places.csv, row 4, column processing_per_hour: processing_per_hour is blank, "
        "and this row needs it. Write a number, or 'unlimited' if it is known not to bind.",
    ),
    "walk without capacity": (
        ("links.csv", "foot,,20,400", "foot,,20,"),
        "error F15 links.csv, row 4, column people_per_hour: people_per_hour is blank, and this "
        "row needs it. Write a number, or 'unlimited' if it is known not to bind.",
    ),
    "word for number": (
        ("places.csv", ",600,", ",many,"),
        "error F16 places.csv, row 4, column beds: 'many' is neither a number nor a figure of "
        "figures.csv. Write a number such as 12 or 1.5.",
    ),
    "misspelled figure": (
        ("demand.csv", "people-north", "people-nort"),
        "error F16 demand.csv, row 2, column people: 'people-nort' is neither a number nor a "
        "figure of figures.csv. Write a number such as 12 or 1.5. "
        "Did you mean the figure 'people-north'?",
    ),
    "underscore": (
        ("places.csv", ",600,", ",6_00,"),
        "error F16 places.csv, row 4, column beds: '6_00' is neither a number nor a figure of "
        "figures.csv. Write a number such as 12 or 1.5.",
    ),
    "decimal comma": (
        ("links.csv", "25,,,", '"25,5",,,'),
        "error F17 links.csv, row 2, column km: The number '25,5' has a comma. Write a point "
        "before decimals and nothing between thousands, as in 1234.5.",
    ),
    "fraction of a person": (
        ("demand.csv", ",350,", ",350.5,"),
        "error F18 demand.csv, row 3, column people: people is '350.5', which is not a whole "
        "number. Write a number without decimals.",
    ),
    "nan": (
        ("places.csv", ",600,", ",NaN,"),
        "error F19 places.csv, row 4, column beds: 'NaN' is not a number to plan with. Write a "
        "number; 'unlimited' where the column is a limit that never binds.",
    ),
    "inf": (
        ("places.csv", ",600,", ",inf,"),
        "error F19 places.csv, row 4, column beds: 'inf' is not a number to plan with. Write a "
        "number; 'unlimited' where the column is a limit that never binds.",
    ),
    "overflow": (
        ("places.csv", ",600,", ",1e999,"),
        "error F19 places.csv, row 4, column beds: '1e999' is not a number to plan with. Write a "
        "number; 'unlimited' where the column is a limit that never binds.",
    ),
    "negative": (
        ("places.csv", ",600,", ",-600,"),
        "error F20 places.csv, row 4, column beds: '-600' is outside what beds can be. "
        "Write a number from 0 to 1000000000.",
    ),
    "north of the pole": (
        ("places.csv", "34.56", "134.56"),
        "error F20 places.csv, row 4, column lat: '134.56' is outside what lat can be. "
        "Write a number from -90 to 90.",
    ),
    "negative figure": (
        ("figures.csv", "450,600", "450,-600"),
        "error F20 demand.csv, row 2, column people: 'people-north' (-600) is outside what people "
        "can be. Write a number from 0 to 1000000000.",
    ),
    "unknown kind": (
        ("places.csv", "southtown,home", "southtown,hoem"),
        "error F21 places.csv, row 3, column kind: 'hoem' is not a kind that Wayout knows. "
        "Did you mean 'home'?",
    ),
    "maybe": (
        ("links.csv", "400,yes", "400,maybe"),
        "error F22 links.csv, row 4, column assisted: 'maybe' is neither yes nor no. "
        "Write yes or no.",
    ),
    "not a time": (
        ("fleet.csv", "2030-06-01T08:00+02:00", "1 June"),
        "error F23 fleet.csv, row 3, column from: '1 June' is not a time. "
        "Write a time such as 2021-08-15T06:30+04:30.",
    ),
    "no offset": (
        ("fleet.csv", "2030-06-01T08:00+02:00", "2030-06-01T08:00"),
        "error F24 fleet.csv, row 3, column from: The time '2030-06-01T08:00' has no offset. "
        "Add the offset from UTC, as in 2021-08-15T06:30+04:30 (Z stands for +00:00).",
    ),
    "a date in 1021": (
        ("fleet.csv", "2030-06-01T08:00+02:00", "1021-06-01T08:00+02:00"),
        "error F25 fleet.csv, row 3, column from: The time '1021-06-01T08:00+02:00' is more than "
        "five years from the scenario's start. Correct the date.",
    ),
    "first day of all": (
        ("fleet.csv", "2030-06-01T08:00+02:00", "0001-01-01T00:00+02:00"),
        "error F25 fleet.csv, row 3, column from: The time '0001-01-01T00:00+02:00' is more than "
        "five years from the scenario's start. Correct the date.",
    ),
    "seconds": (
        ("fleet.csv", "2030-06-01T08:00+02:00", "2030-06-01T08:00:30+02:00"),
        "error F26 fleet.csv, row 3, column from: The time '2030-06-01T08:00:30+02:00' has "
        "seconds. Write whole minutes; Wayout plans to the minute.",
    ),
    "unlimited seats": (
        ("vehicles.csv", "bus,road,45", "bus,road,unlimited"),
        "error F27 vehicles.csv, row 2, column seats: 'unlimited' cannot stand in seats, which is "
        "not a limit. Write a number, or leave the cell blank if it may be.",
    ),
    "unlimited length": (
        ("links.csv", "road,25", "road,unlimited"),
        "error F27 links.csv, row 2, column km: 'unlimited' cannot stand in km, which is "
        "not a limit. Write a number, or leave the cell blank if it may be.",
    ),
    "figure named as a number": (
        ("figures.csv", "people-north", "12"),
        "error F37 figures.csv, row 2, column figure: The figure '12' has a name that reads as a "
        "number. Give it a name that is a word.",
    ),
}


@pytest.mark.parametrize("name", CELL_FAULTS)
def test_a_fault_of_a_cell_is_found(name: str, folder: Path) -> None:
    (file, old, new), expected = CELL_FAULTS[name]
    change(folder, file, old, new)
    assert expected in found(folder)


def test_a_list_with_commas_is_found(folder: Path) -> None:
    change(folder, "demand.csv", "demand,place", "may_go_to,demand,place")
    change(folder, "demand.csv", "\nnorth,", '\n"haven-near,haven-far",north,')
    change(folder, "demand.csv", "\nsouth,", "\n,south,")
    assert found(folder) == [
        "error F36 demand.csv, row 2, column may_go_to: The list 'haven-near,haven-far' is not "
        "separated by spaces. Put one space between two words and nothing else."
    ]


def test_what_is_not_there_is_found(folder: Path) -> None:
    for file in ("scenario.toml", "links.csv", "demand.csv"):
        (folder / file).unlink()
    assert found(folder) == [
        "error F01 links.csv: links.csv is not there. Add it.",
        "error F01 scenario.toml: scenario.toml is not there. Add it with a start and a deadline; "
        "`wayout new` writes one to begin with.",
        "error F31 demand.csv: There is neither parties.csv nor demand.csv, so nobody has to get "
        "out. Add one of them.",
    ]


def test_a_path_that_is_no_scenario_is_found(folder: Path) -> None:
    missing, file = folder / "gone", folder / "places.csv"
    assert found(missing) == [
        f"error F01 gone: {missing} is not there. Name a scenario's folder or its .xlsx book."
    ]
    assert found(file) == [
        f"error F02 places.csv: {file} is neither a folder nor a book. "
        "Name a scenario's folder or its .xlsx book."
    ]


def test_a_folder_in_the_place_of_a_file_is_found(folder: Path) -> None:
    (folder / "berths.csv").unlink()
    (folder / "berths.csv").mkdir()
    assert found(folder) == [
        "error F02 berths.csv: berths.csv is a folder. Put the file of that name in its place."
    ]


def test_unknown_tables_are_refused_and_notes_are_not(folder: Path) -> None:
    for name in ("vehicle.csv", "Places.CSV", "map.toml", "README.md", ".places.csv.swp", "a.png"):
        (folder / name).write_bytes(b"x")
    assert found(folder) == [
        "error F03 Places.CSV: A scenario has no file 'Places.CSV'. Did you mean 'places.csv'?",
        "error F03 map.toml: A scenario has no file 'map.toml'. "
        "Delete it, or keep it in another folder.",
        "error F03 vehicle.csv: A scenario has no file 'vehicle.csv'. Did you mean 'vehicles.csv'?",
    ]


def test_a_file_beyond_the_limit_is_refused_without_reading_it(folder: Path) -> None:
    with (folder / "parties.csv").open("wb") as file:
        file.write(b"party,size,place\n")
        file.writelines(b"p,1,town\n" * 100_000 for _ in range(100))
        file.truncate(10 * 1024**3)
    assert found(folder) == [
        "error F09 parties.csv: parties.csv has more than 1,048,576 rows or 256 MiB. "
        "Describe crowds in demand.csv, where one row stands for any number of people."
    ]


def test_the_last_row_within_the_limit_is_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "windows.csv").write_bytes((folder / "windows.csv").read_bytes() + b",\n" * 100)
    lines = (folder / "windows.csv").read_bytes().count(b"\n")
    monkeypatch.setattr(delimited, "MOST_ROWS", lines)
    assert found(folder) == []
    monkeypatch.setattr(delimited, "MOST_ROWS", lines - 1)
    assert [text[:23] for text in found(folder)] == ["error F09 windows.csv: "]


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_must_not_be_read_is_found(folder: Path) -> None:
    (folder / "berths.csv").chmod(0)
    assert found(folder) == [
        "error F02 berths.csv: berths.csv cannot be read: Permission denied. "
        "Allow reading it, or copy it to a place that can be read."
    ]


def test_all_faults_are_found_at_once(folder: Path) -> None:
    change(folder, "places.csv", ",600,", ",-600,")
    change(folder, "places.csv", "southtown,home", "southtown,hoem")
    change(folder, "fleet.csv", "2030-06-01T08:00+02:00", "1 June")
    change(folder, "scenario.toml", "seed = 1", "sede = 1")
    assert [text[6:9] for text in found(folder)] == ["F29", "F21", "F20", "F23"]


def test_rules_are_checked_on_rows_that_can_be_read(folder: Path) -> None:
    change(folder, "demand.csv", "\nnorth,northtown", "\n\nnorth,nowhere")
    change(folder, "demand.csv", "\nsouth,southtown,350", "\nsouth,elsewhere,x")
    rules = [finding for finding in load(folder).findings if finding.where.file == "demand.csv"]
    assert [(finding.where.row, finding.where.column) for finding in rules] == [
        (4, "people"),
        (3, "place"),
    ]


def test_blank_rows_and_cells_beyond_the_header_are_no_fault(folder: Path) -> None:
    before = read(folder)
    change(folder, "windows.csv", "\nplace", "\n,,,,,,,,\n\nplace")
    assert found(folder) == []
    assert read(folder) == before


def test_line_ends_and_the_order_of_columns_do_not_matter(folder: Path) -> None:
    before = read(folder)
    for path in folder.glob("*.csv"):
        rows = [line.split(",")[::-1] for line in path.read_text().splitlines()]
        path.write_bytes("\r\n".join(",".join(row) for row in rows).encode())
    after = read(folder)
    assert after == before


def test_read_refuses_what_has_errors_and_carries_every_finding(folder: Path) -> None:
    change(folder, "places.csv", ",600,", ",-600,")
    change(folder, "links.csv", "road,25", "road,x")
    with pytest.raises(
        ScenarioError, match=r"town cannot be used as it stands: 2 errors\."
    ) as info:
        read(folder)
    assert len([one for one in info.value.findings if one.severity is Severity.ERROR]) == 2  # type: ignore[attr-defined]
