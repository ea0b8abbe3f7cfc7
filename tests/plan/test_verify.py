"""``wayout verify`` from the outside: its words, its object and its exit code."""

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from tests.plan.worlds import flying_plan, flying_world
from typer.testing import CliRunner

from wayout.cli.verify import verify
from wayout.plan.folder import write

FLYING = flying_world()
KEYS = [
    "accepted",
    "findings",
    "people_safe_by_deadline",
    "danger_hours",
    "bound_certified",
    "danger_hours_bound",
    "people_safe_bound",
]


def run(*arguments: str) -> tuple[int, str]:
    app = typer.Typer()
    app.command()(verify)
    result = CliRunner().invoke(app, list(arguments))
    return result.exit_code, result.output


def object_of(folder: Path) -> tuple[int, dict[str, Any]]:
    code, output = run(str(folder), "--json")
    return code, json.loads(output)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The plan of the flying world, as it is written; it carries no certificate."""
    write(flying_plan(FLYING), FLYING, tmp_path)
    return tmp_path


def test_accepted(folder: Path) -> None:
    code, found = object_of(folder)
    assert code == 0
    assert list(found) == KEYS
    assert found["accepted"]
    assert found["findings"] == []
    assert (found["people_safe_by_deadline"], found["people_safe_bound"]) == (9, 9.0)
    assert found["danger_hours"] == pytest.approx(71 / 6)
    assert (found["bound_certified"], found["danger_hours_bound"]) == (False, 0.0)


def test_accepted_in_words(folder: Path) -> None:
    code, output = run(str(folder))
    assert code == 0
    assert "Accepted: every rule holds. 9 of 9 people safe, 12 danger-hours." in output
    assert "no proof" in output


def test_refused(folder: Path) -> None:
    path = folder / "plan.json"
    path.write_text(path.read_text().replace('"people_safe": 9,', '"people_safe": 8,'))
    code, found = object_of(folder)
    assert code == 1
    assert not found["accepted"]
    assert [finding["rule"] for finding in found["findings"]] == ["J1"]
    code, output = run(str(folder))
    assert code == 1
    assert "error J1 plan.json, column people_safe: The plan records 8; judged it is 9." in output
    assert "Refused: 1 finding." in output


def test_unreadable(folder: Path) -> None:
    (folder / "movements.csv").unlink()
    code, found = object_of(folder)
    assert code == 1
    assert list(found) == KEYS
    assert (found["accepted"], found["people_safe_by_deadline"]) == (False, None)
    assert [finding["rule"] for finding in found["findings"]] == ["D01"]


def test_nothing_there(tmp_path: Path) -> None:
    code, output = run(str(tmp_path / "nowhere"))
    assert code == 1
    assert "D01 plan.json" in output
    assert "nowhere" in output


def test_usage() -> None:
    assert run()[0] == 2
    assert run("a", "b")[0] == 2
