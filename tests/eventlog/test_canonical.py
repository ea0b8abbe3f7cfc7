import json

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from wayout.errors import LogError
from wayout.eventlog.canonical import canonical, parse

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_what_is_written_is_read_again(value: object) -> None:
    assert parse(canonical(value)) == value


@given(VALUES)
def test_every_other_spelling_is_refused(value: object) -> None:
    other = json.dumps(value, indent=1).encode()
    assume(other != canonical(value))
    with pytest.raises(LogError, match="one canonical form"):
        parse(other)


@pytest.mark.parametrize("value", [1.5, 2**53, {1: 2}, b"x", float("nan"), [{"a": 0.0}]])
def test_what_has_several_spellings_is_not_written(value: object) -> None:
    with pytest.raises(LogError, match="log"):
        canonical(value) if not isinstance(value, dict) else canonical({"log": value})


@pytest.mark.parametrize(
    "data", [b"", b"{", b"\xff", b'{"a":1,"a":1}', b"1.0", b"1e2", b'"\\u0061"', b"[" * 100_000]
)
def test_bytes_that_are_no_canonical_form_are_refused(data: bytes) -> None:
    with pytest.raises(LogError, match="log"):
        parse(data)


def test_half_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(LogError, match="surrogate"):
        canonical("\ud800")
