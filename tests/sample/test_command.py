"""``wayout sample`` writes what it drew, and never over something else."""

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from wayout.cli.sample import sample as command
from wayout.errors import ScenarioError
from wayout.scenario.folder import load, read
from wayout.scenario.sample import sample


def _run(*arguments: str) -> None:
    app = typer.Typer()
    app.command()(command)
    CliRunner().invoke(app, arguments, catch_exceptions=False)


def test_writes_a_folder_that_reads_back_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "made"
    _run("--people=500", "--places=14", "--days=3", "--seed=7", "--tight", "-o", str(folder))
    assert read(folder) == sample(500, 14, 3, seed=7, tight=True)
    assert load(folder).findings == ()


def test_refuses_a_folder_in_use(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(ScenarioError, match="is there already and not empty"):
        _run("--people=10", "-o", str(tmp_path))
