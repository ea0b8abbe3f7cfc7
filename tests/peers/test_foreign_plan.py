"""A plan folder that nothing of Wayout wrote: two tables, an empty object, and the scenario."""

import csv
import json
import re
import shutil
from pathlib import Path

import pytest
import typer
from tests.peers.worlds import ferry_world
from typer.testing import CliRunner

from wayout.cli.verify import verify as verify_command
from wayout.scenario.folder import write

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "how-to" / "try-your-own-planner.md"
MOVEMENTS = [
    "movement,vehicle,fleet,link,from,to,depart,arrive,people,emergency",
    "a,,,path,home,pier,2026-03-01T00:00+00:00,2026-03-01T00:20+00:00,3,no",
    "b,line-1,line,sea,island,pier,2026-03-01T00:00Z,2026-03-01T00:40Z,0,no",
    "c,line-1,line,sea,pier,island,2026-03-01T01:00Z,2026-03-01T01:40Z,3,no",
]
LOADS = ["movement,party,people", "a,p0,1", "a,p1,2", "c,p0,1", "c,p1,2"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The smallest folder, and a scenario that came from somewhere else."""
    write(ferry_world(), tmp_path / "theirs")
    plan = tmp_path / "plan"
    shutil.copytree(tmp_path / "theirs", plan / "scenario")
    (plan / "plan.json").write_text("{}", encoding="utf-8")
    for name, rows in (("movements.csv", MOVEMENTS), ("loads.csv", LOADS)):
        with (plan / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(row.split(",") for row in rows)
    return plan


def verify(folder: Path) -> tuple[int, dict[str, object]]:
    """``wayout verify FOLDER --json``: its exit code and its object."""
    program = typer.Typer()
    program.command()(verify_command)
    result = CliRunner().invoke(program, [str(folder), "--json"])
    return result.exit_code, json.loads(result.output)


def test_the_smallest_folder_is_accepted_and_valued(folder: Path) -> None:
    code, said = verify(folder)
    assert code == 0
    assert said["accepted"]
    assert not said["findings"]
    assert said["people_safe_by_deadline"] == 3
    assert said["bound_certified"] is False


def test_a_foreign_plan_is_held_to_the_same_rules(folder: Path) -> None:
    text = (folder / "movements.csv").read_text(encoding="utf-8")
    late = text.replace("T01:00Z", "T00:59Z").replace("T01:40Z", "T01:39Z")
    (folder / "movements.csv").write_text(late, encoding="utf-8")
    code, said = verify(folder)
    findings = said["findings"]
    assert code == 1
    assert isinstance(findings, list)
    assert {finding["rule"] for finding in findings} == {"V2"}


@pytest.mark.parametrize("name", ["plan.json", "movements.csv", "loads.csv"])
def test_each_file_of_the_smallest_folder_is_needed(folder: Path, name: str) -> None:
    (folder / name).unlink()
    code, said = verify(folder)
    assert code == 1
    assert not said["accepted"]
    assert name in json.dumps(said["findings"])


def test_the_tables_of_the_page_are_accepted(folder: Path) -> None:
    blocks = re.findall(r"(?:^    .+\n)+", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    for name, first in (("movements.csv", "movement,vehicle"), ("loads.csv", "movement,party")):
        block = next(block for block in blocks if block.strip().startswith(first))
        lines = [line.strip() for line in block.splitlines()]
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    settings = folder / "scenario" / "scenario.toml"
    text = settings.read_text(encoding="utf-8")
    later = text.replace("2026-03-01T00:00:00", "2026-03-01T06:00:00")
    settings.write_text(later.replace("2026-03-01T00:00", "2026-03-01T06:00"), encoding="utf-8")
    code, said = verify(folder)
    assert said["findings"] == []
    assert code == 0
    assert said["people_safe_by_deadline"] == 3
