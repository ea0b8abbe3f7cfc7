"""The reference of the plan folder says everything that can be written and found."""

from pathlib import Path

import pytest
from tests.plan.worlds import flying_plan, flying_world

from wayout.plan.document import text_of
from wayout.plan.faults import MEANINGS
from wayout.plan.tables import LOAD_COLUMNS, MOVEMENT_COLUMNS

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "plan-folder.md"


@pytest.fixture(scope="module")
def page() -> str:
    return PAGE.read_text(encoding="utf-8")


def test_every_fault(page: str) -> None:
    for fault, meaning in MEANINGS.items():
        assert f"| `{fault}` | {meaning} |" in page


def test_every_column_and_key(page: str) -> None:
    keys = [
        line.split('"')[1]
        for line in text_of(flying_plan(flying_world())).splitlines()
        if line.startswith(' "')
    ]
    assert len(keys) > 15
    for name in (*keys, *MOVEMENT_COLUMNS, *LOAD_COLUMNS):
        assert f"`{name}`" in page
