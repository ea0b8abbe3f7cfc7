"""The printed reference says what the program does."""

from pathlib import Path

from wayout.scenario.faults import MEANINGS, Fault
from wayout.scenario.reference import reference_text
from wayout.scenario.settings import SETTINGS
from wayout.scenario.tables import TABLES, columns_of

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "scenario.md"


def test_the_page_is_the_generated_one() -> None:
    text = reference_text()
    assert PAGE.read_text(encoding="utf-8") == text, (
        "run: python -m wayout.scenario.reference > docs/reference/scenario.md"
    )


def test_every_setting_column_and_code_is_on_the_page() -> None:
    text = reference_text()
    assert all(f"| `{setting.key}` |" in text for setting in SETTINGS)
    assert all(f"\n## {table.file}\n" in text for table in TABLES)
    assert all(f"| `{column.name}` |" in text for table in TABLES for column in columns_of(table))
    assert all(f"| `{fault}` |" in text for fault in Fault)


def test_every_code_has_a_meaning_and_is_used_once() -> None:
    assert list(MEANINGS) == list(Fault)
    assert len({fault.value for fault in Fault}) == len(Fault)


def test_rows_of_tables_have_as_many_cells_as_their_header() -> None:
    widths: set[int] = set()
    for line in reference_text().splitlines():
        if line.startswith("|"):
            widths.add(line.count("|"))
        else:
            assert len(widths) <= 1, line
            widths = set()
