from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.registry.link.rows import row, world

from wayout.registry.link.blocking import candidates, packed, pairs_of, unpacked
from wayout.registry.link.keys import Keys, KeySet
from wayout.registry.link.scoring import World

KEYED = st.lists(st.tuples(st.integers(0, 9), st.integers(1, 6), st.integers(0, 3)), max_size=40)


def pairs(found: World) -> set[tuple[int, int]]:
    one, other = unpacked(candidates(found.people, found.table))
    return set(zip(one.tolist(), other.tolist(), strict=True))


@given(KEYED, st.integers(2, 12))
@settings(deadline=None)
def test_pairs_are_those_that_share_a_key_few_have(
    keyed: list[tuple[int, int, int]], cap: int
) -> None:
    rows = np.array([row for row, _, _ in keyed], np.int32)
    hashes = np.array([key for _, key, _ in keyed], np.uint64)
    found = pairs_of(
        KeySet("test", Keys(rows, hashes), cap), np.full(10, -1, np.int32), np.ones(10, np.bool_)
    )
    expected = set()
    for key in set(hashes.tolist()):
        sharing = rows[hashes == key].tolist()
        if len(sharing) <= cap:
            expected |= {(a, b) for a in sharing for b in sharing if a < b}
    assert set(zip(*(side.tolist() for side in unpacked(found)), strict=True)) == expected


def test_a_key_that_too_many_share_is_refined() -> None:
    rows = np.arange(6, dtype=np.int32)
    hashes = np.full(6, 7, np.uint64)
    by = np.array([1, 1, 2, 2, 0, 0], np.uint64)
    key_set = KeySet("test", Keys(rows, hashes), 3, (by,))
    assert (
        pairs_of(key_set, np.full(6, -1, np.int32), np.ones(6, np.bool_)).tolist()
        == packed(np.array([0, 2], np.int32), np.array([1, 3], np.int32)).tolist()
    )


def test_members_of_one_household_are_no_pair() -> None:
    said = {"phone": "+93701234567", "given": "Ahmad", "family": "Rahimi"}
    apart = world(row("a", household="1", **said), row("b", household="1", **said))
    assert pairs(apart) == set()
    other = world(row("a", household="1", **said), row("b", household="2", **said))
    assert pairs(other) == {(0, 1)}


def test_each_slip_is_forgiven_by_some_key() -> None:
    whole: dict[str, Any] = {
        "given": "Ahmad Farid",
        "family": "Rahimi",
        "father": "Karim",
        "birth_year": 1980,
    }
    slips = (
        {"given": "Farid", "family": "Rahimi"},
        {"given": "Rahimi", "family": "Ahmad"},
        {"given": "احمد فرید", "family": "کریم"},
    )
    for slip in slips:
        assert pairs(world(row("a", **whole), row("b", "two", **slip))) == {(0, 1)}
    numbers = ("+93701234567", "+93701234568", "+93701235467")
    found = world(*(row(str(place), phone=phone) for place, phone in enumerate(numbers)))
    assert (0, 1) in pairs(found)
