from pathlib import Path

import pytest
from tests.report import worlds

from wayout.report import write


def test_both_documents_are_written(tmp_path: Path) -> None:
    html, document = write(*worlds.planned(worlds.scenario()), tmp_path)
    assert (html.name, document.name) == ("report.html", "plan.pdf")
    assert html.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert document.read_bytes().startswith(b"%PDF-")


def test_folder_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file or directory"):
        write(*worlds.planned(worlds.scenario()), tmp_path / "missing")
