"""Random damage to good files: the reader answers with rows or with a problem, and never breaks."""

import io
import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.registry.lists.evil import GOOD, Evil
from tests.registry.lists.evil_books import BOOKS, MARKED_UP
from tests.registry.lists.evil_texts import TEXTS

from wayout.registry.lists.child import pass_on
from wayout.registry.lists.reading import RawList, assemble
from wayout.registry.lists.understanding import Understood, understand
from wayout.registry.lists.wire import item_of

AS_OF = date(2021, 8, 1)
_SLOW = ("million-empty-rows", "million-blank-columns", "pfif-very-deep")
SEEDS = [evil for evil in (*TEXTS, *BOOKS, *MARKED_UP) if evil.rows and evil.name not in _SLOW]
ROUNDS = 12
"""Damaged copies of each file; fifty times as many with --long."""


def answered(data: bytes) -> Understood:
    """Read without the protection of a process of its own: whatever breaks, breaks the test."""
    out = io.BytesIO()
    pass_on(io.BytesIO(data), out)
    raw = RawList("fuzzed", "")
    assemble(raw, map(item_of, out.getvalue().splitlines()))
    return understand(raw, "source", AS_OF)


def _damaged(data: bytes, chance: random.Random) -> bytes:
    """Bytes changed, cut out, put in twice, or the end cut off."""
    damaged = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(damaged) or 1)
        length = chance.randint(1, 20)
        match chance.randrange(5):
            case 0:
                damaged[place : place + 1] = chance.randbytes(1)
            case 1:
                del damaged[place : place + length]
            case 2:
                damaged[place:place] = damaged[place : place + length]
            case 3:
                damaged[place:place] = chance.choice(
                    (b"\0", b'"', b"<", b"\xff", b"&", b"\r", b",")
                )
            case _:
                del damaged[len(damaged) - chance.randint(0, length) :]
    return bytes(damaged)


@pytest.mark.parametrize("evil", SEEDS, ids=lambda evil: evil.name)
def test_damaged_files_are_answered(evil: Evil, request: pytest.FixtureRequest) -> None:
    rounds = ROUNDS * (50 if request.config.getoption("--long") else 1)
    chance = random.Random(evil.name)
    data = evil.make()
    for _ in range(rounds):
        found = answered(_damaged(data, chance))
        assert found.rows or found.findings or not found.refused


@given(st.binary(max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_answered(data: bytes) -> None:
    found = answered(data)
    assert not (found.refused and found.rows)


@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8"), max_size=12), min_size=3, max_size=3),
        max_size=5,
    )
)
@settings(max_examples=150, deadline=None)
def test_no_cell_of_any_text_is_lost(rows: list[list[str]]) -> None:
    quoted = (",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    found = answered((GOOD.splitlines()[0] + "\n" + "\n".join(quoted)).encode())
    if found.refused:
        return
    kept = [list(row.cells.values()) for row in found.rows]
    blankless = [[cell for cell in row if cell.strip()] for row in rows]
    meant = [row for row in blankless if row]
    if kept and len(kept) == len(meant):
        assert kept == meant
