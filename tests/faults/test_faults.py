"""Faulty scenarios, one fault each: loading and checking them finds exactly what is expected.

``README.md`` beside this file says how to add one.
"""

from pathlib import Path

import pytest

from wayout.findings import Severity
from wayout.scenario.assembly import Loaded
from wayout.scenario.folder import load

FAULTS = Path(__file__).parent
FOLDERS = sorted(path.name for path in FAULTS.iterdir() if (path / "expected.txt").is_file())
LEAST_FAULTS = 100


def _lines(loaded: Loaded) -> list[str]:
    return sorted(str(finding) for finding in loaded.findings)


@pytest.mark.parametrize("name", FOLDERS)
def test_finds_exactly_what_is_expected(name: str) -> None:
    expected = (FAULTS / name / "expected.txt").read_text(encoding="utf-8").splitlines()
    assert _lines(load(FAULTS / name)) == expected


def test_the_scenario_that_faults_are_put_into_is_sound() -> None:
    loaded = load(FAULTS / "sound")
    assert loaded.findings == ()
    assert loaded.scenario is not None


def test_every_faulty_folder_has_findings() -> None:
    assert len(FOLDERS) > LEAST_FAULTS
    empty = [name for name in FOLDERS if not (FAULTS / name / "expected.txt").read_bytes()]
    assert empty == ["sound"]


def test_every_folder_says_what_to_expect() -> None:
    folders = {path.name for path in FAULTS.iterdir() if path.is_dir() and path.name[0] not in "_."}
    assert folders == set(FOLDERS)


def _copy(name: str, folder: Path) -> Path:
    for path in (FAULTS / name).iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


def test_ten_million_rows_are_refused_unread(tmp_path: Path) -> None:
    folder = _copy("sound", tmp_path)
    million = b"p,1,town,V-E,,,,\n" * 1_000_000
    with (folder / "parties.csv").open("ab") as file:
        for _ in range(10):
            file.write(million)
    loaded = load(folder)
    assert _lines(loaded) == [
        "error F09 parties.csv: parties.csv has more than 1,048,576 rows or 256 MiB. "
        "Describe crowds in demand.csv, where one row stands for any number of people."
    ]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    loaded = load(tmp_path / "kabul")
    assert [finding.rule for finding in loaded.findings] == ["F01"]
    assert "is not there" in loaded.findings[0].message
    assert loaded.findings[0].severity is Severity.ERROR


def test_an_empty_folder(tmp_path: Path) -> None:
    assert [line[:27] for line in _lines(load(tmp_path))] == [
        "error F01 links.csv: links.",
        "error F01 places.csv: place",
        "error F01 scenario.toml: sc",
        "error F31 demand.csv: There",
    ]
