from pathlib import Path

import pytest
from tests.cli.program import Program
from tests.contingency.towns import town

from wayout.scenario.folder import write


@pytest.fixture
def program(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Program:
    """The program, on a terminal wide enough not to break lines."""
    monkeypatch.setenv("COLUMNS", "300")
    return Program(capsys)


@pytest.fixture
def small(tmp_path: Path, program: Program) -> Path:
    """A folder with the small scenario that ``wayout new`` writes."""
    folder = tmp_path / "small"
    assert program("new", "small", "-o", folder).code == 0
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A town with one bus and a gate that is shut, as a scenario's folder."""
    write(town(), tmp_path / "town")
    return tmp_path / "town"


@pytest.fixture
def plan(folder: Path, program: Program) -> Path:
    """A plan of it."""
    made = folder.parent / "plan"
    assert program("plan", folder, "-o", made, "--work", "0", "-q").code == 0
    return made
