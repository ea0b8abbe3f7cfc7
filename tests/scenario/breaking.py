"""Break a sound folder, and hear what the reader finds."""

from pathlib import Path

from wayout.scenario.faults import MEANINGS
from wayout.scenario.folder import load


def found(folder: Path) -> list[str]:
    codes = {str(fault) for fault in MEANINGS}
    return [str(finding) for finding in load(folder).findings if finding.rule in codes]


def change(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new))
