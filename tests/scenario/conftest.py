from pathlib import Path

import pytest

from wayout.scenario.template import write_template


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A sound scenario to break."""
    write_template("town", tmp_path / "town")
    return tmp_path / "town"
