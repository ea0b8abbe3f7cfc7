from pathlib import Path

import pytest
from tests.cli.program import Program


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
