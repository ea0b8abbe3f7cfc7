import shutil
from pathlib import Path

import pytest
from tests.cli.program import Program
from tests.registry.office import Office, founded


@pytest.fixture
def program(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Program:
    """The program, on a terminal wide enough not to break lines."""
    monkeypatch.setenv("COLUMNS", "300")
    return Program(capsys)


@pytest.fixture(scope="session")
def made_office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A register that is made once; tests get copies of it."""
    return founded(tmp_path_factory.mktemp("office"))


@pytest.fixture
def office(made_office: Office, tmp_path: Path) -> Office:
    """A register of the test's own, with two lists and nothing decided."""
    folder = tmp_path / "office"
    shutil.copytree(made_office.folder, folder)
    return Office(folder, made_office.records)
