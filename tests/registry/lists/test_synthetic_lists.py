"""Import against the generator: what was written is what is read, in every look a list can have."""

from datetime import date

import polars as pl
import pytest

from wayout.registry.lists.reading import read
from wayout.registry.lists.understanding import Understood, understand
from wayout.registry.records import RECORD_SCHEMA
from wayout.registry.synthesize import MadeList, Synthetic, synthesize
from wayout.registry.synthesize.writing import write

AS_OF = date(2021, 8, 1)
NAMES = ("embassy-desk", "provincial-office", "volontaires", "aid-agency", "hotline")
Lists = dict[str, tuple[MadeList, Understood]]


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Lists:
    made: Synthetic = synthesize(1_500, 5, "hard", seed=21)
    *files, _ = write(made, tmp_path_factory.mktemp("made"))
    return {
        found.name: (found, understand(read(path), found.name, AS_OF))
        for path, found in zip(files, made.lists, strict=True)
    }


@pytest.mark.parametrize("name", NAMES)
def test_every_record_is_read_as_it_was_meant(lists: Lists, name: str) -> None:
    found, understood = lists[name]
    rows = [
        tuple(getattr(row.record, column) for column in RECORD_SCHEMA) for row in understood.rows
    ]
    got = pl.DataFrame(rows, dict(RECORD_SCHEMA), orient="row").drop("record")
    assert got.equals(found.records.drop("record"))


@pytest.mark.parametrize("name", NAMES)
def test_every_column_is_known(lists: Lists, name: str) -> None:
    found, understood = lists[name]
    words = found.style.headers
    assert understood.mapping == {header: field for field, header in words.items()}


@pytest.mark.parametrize("name", NAMES)
def test_bad_numbers_and_odd_kinds_are_said_row_by_row(lists: Lists, name: str) -> None:
    found, understood = lists[name]
    bad = {n for n, statement in enumerate(found.statements, 2) if statement.bad_document}
    said = {row.position.row for row in understood.rows for f in row.findings if f.rule == "L37"}
    silent = {"N/A", "unknown"}
    plainly_none = {
        n for n, statement in enumerate(found.statements, 2) if statement.bad_document in silent
    }
    assert bad - plainly_none <= said <= bad


@pytest.mark.parametrize("name", NAMES)
def test_every_cell_is_kept(lists: Lists, name: str) -> None:
    found, understood = lists[name]
    note = found.style.headers["note"]
    assert all(row.cells[note] == "SYNTHETIC" for row in understood.rows)
    assert [row.position.row for row in understood.rows] == list(
        range(2, len(found.statements) + 2)
    )
    assert len({row.hash for row in understood.rows}) > 0.95 * len(understood.rows)
