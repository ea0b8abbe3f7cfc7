"""``wayout new``, ``check`` and ``book`` from the command line."""

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from wayout.cli.book import book
from wayout.cli.check import check
from wayout.cli.new import new
from wayout.errors import ScenarioError
from wayout.scenario.figures import Case
from wayout.scenario.folder import load, read
from wayout.scenario.template import template_files, write_template

app = typer.Typer()
for command in (new, check, book):
    app.command()(command)


def run(*words: str | Path) -> Any:
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A sound scenario."""
    write_template("town", tmp_path / "town")
    return tmp_path / "town"


def test_new_writes_a_scenario_without_a_finding(tmp_path: Path) -> None:
    result = run("new", "town", "-o", tmp_path / "here")
    assert result.exit_code == 0
    assert f"wayout check {tmp_path / 'here'}" in result.stdout
    for case in Case:
        assert load(tmp_path / "here", case).findings == ()
    scenario = read(tmp_path / "here")
    assert (scenario.name, len(scenario.places), len(scenario.vehicles)) == ("town", 6, 2)


def test_new_comments_every_group_of_settings() -> None:
    text = template_files("town")["scenario.toml"]
    assert sum(line.startswith("#") for line in text.splitlines()) >= 10


def test_new_never_writes_over_anything(folder: Path) -> None:
    before = read(folder)
    result = run("new", "town", "-o", folder)
    assert result.exit_code != 0
    assert isinstance(result.exception, ScenarioError)
    assert str(result.exception) == (
        f"{folder} is there already and not empty. Name another folder with -o, or empty this one."
    )
    assert read(folder) == before


@pytest.mark.parametrize("name", ["", "a/b", "two words", 'qu"ote'])
def test_new_refuses_names_that_are_no_folder(name: str, tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="cannot be the name of a scenario"):
        write_template(name, tmp_path / "out")


def test_check_of_a_sound_scenario_says_what_it_read(folder: Path) -> None:
    result = run("check", folder, "--case", "high")
    assert result.exit_code == 0
    assert result.stdout == (
        "An example: two towns, one gate, one airfield: 1,250 people, 6 places, 5 links, "
        "6 vehicles (high case).\n0 errors, 0 warnings\n"
    )


def test_check_prints_all_findings_and_fails_on_errors(folder: Path) -> None:
    for file, old, new_text in (
        ("places.csv", ",600,", ",-600,"),
        ("windows.csv", "0,daily", "0,dayly"),
        ("scenario.toml", "seed = 1", "sede = 1"),
    ):
        text = (folder / file).read_text()
        (folder / file).write_text(text.replace(old, new_text))
    result = run("check", folder)
    assert result.exit_code == 1
    assert result.stdout.count("error F") == 3
    assert "error F21 windows.csv, row 2, column repeat: 'dayly' is not a repeat" in result.stdout
    assert result.stdout.endswith("3 errors, 0 warnings\n")


def test_check_lets_warnings_pass(folder: Path) -> None:
    places = folder / "places.csv"
    places.write_bytes(b"\xef\xbb\xbf" + places.read_bytes())
    result = run("check", folder)
    assert result.exit_code == 0
    assert result.stdout.endswith("0 errors, 1 warning\n")


def test_check_prints_one_object(folder: Path) -> None:
    places = folder / "places.csv"
    places.write_text(places.read_text().replace(",600,", ",-600,"))
    result = run("check", folder, "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout) == {
        "scenario": "town",
        "case": "likely",
        "errors": 1,
        "warnings": 0,
        "findings": [
            {
                "rule": "F20",
                "severity": "error",
                "file": "places.csv",
                "row": 4,
                "column": "beds",
                "message": "'-600' is outside what beds can be.",
                "cure": "Write a number from 0 to 1000000000.",
            }
        ],
    }


def test_check_of_a_path_that_is_not_there_fails(tmp_path: Path) -> None:
    result = run("check", tmp_path / "gone", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["findings"][0]["rule"] == "F01"


def test_check_with_a_case_that_does_not_exist_is_a_wrong_use(folder: Path) -> None:
    assert run("check", folder, "--case", "worst").exit_code == 2


def test_book_goes_there_and_back(folder: Path, tmp_path: Path) -> None:
    assert run("book", folder, "-o", tmp_path / "town.xlsx").exit_code == 0
    assert run("book", tmp_path / "town.xlsx", "-o", tmp_path / "back").exit_code == 0
    assert read(tmp_path / "back") == read(folder) == read(tmp_path / "town.xlsx")


def test_book_never_writes_over_a_folder(folder: Path) -> None:
    before = read(folder)
    assert run("book", folder, "-o", folder).exit_code == 2
    assert read(folder) == before


def test_book_refuses_a_scenario_with_errors(folder: Path, tmp_path: Path) -> None:
    (folder / "links.csv").unlink()
    result = run("book", folder, "-o", tmp_path / "town.xlsx")
    assert isinstance(result.exception, ScenarioError)
    assert not (tmp_path / "town.xlsx").exists()
