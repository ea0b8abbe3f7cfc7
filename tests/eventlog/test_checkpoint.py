import hashlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.eventlog.worlds import chained, checkpoint, draft

from wayout.errors import LogError
from wayout.eventlog.checkpoint import is_signed, key_id, read, signed
from wayout.registry.vault import keypair
from wayout.registry.vault.keypair import KeyPair

PAIR = KeyPair(bytes(range(128)))
OTHER = KeyPair(bytes(range(1, 129)))
KEY = PAIR.public.signing
ENTRIES = chained([draft(number) for number in range(9)])
NOTE = signed(checkpoint(ENTRIES, 7), KEY, PAIR.sign)


def test_a_note_is_read_as_it_was_written() -> None:
    assert read(NOTE) == checkpoint(ENTRIES, 7)
    assert is_signed(NOTE, KEY, keypair.is_signed)


def test_a_note_has_the_form_of_the_specification() -> None:
    """c2sp.org/tlog-checkpoint: origin, size, root; an empty line; em dash, name, signature."""
    lines = NOTE.split("\n")
    assert lines[:2] == ["wayout/test", "7"]
    assert lines[5] == ""
    assert lines[6].startswith("— wayout/test ")
    assert len(lines) == 8


def test_a_key_is_named_as_the_specification_says() -> None:
    """The example key of c2sp.org/signed-note has no private half; the formula is what is held."""
    assert key_id("a", b"k" * 32) == hashlib.sha256(b"a\n\x01" + b"k" * 32).digest()[:4]


@given(st.integers(0, len(NOTE.encode()) - 1), st.integers(0, 7))
def test_a_note_with_one_bit_changed_is_not_signed(place: int, bit: int) -> None:
    data = bytearray(NOTE.encode())
    data[place] ^= 1 << bit
    changed = data.decode("utf-8", "replace")
    if is_signed(changed, KEY, keypair.is_signed):
        # A bit of the white space at the end, or unused ones of base64, change nothing signed.
        assert changed.split("\n\n")[0] == NOTE.split("\n\n")[0]


def test_another_key_has_not_signed_it() -> None:
    assert not is_signed(NOTE, OTHER.public.signing, keypair.is_signed)


def test_a_cosigned_note_still_counts() -> None:
    cosigned = signed(replace(checkpoint(ENTRIES, 7)), OTHER.public.signing, OTHER.sign)
    extra = cosigned.split("\n\n")[1]
    assert is_signed(NOTE.replace("\n\n", "\n\n" + extra), KEY, keypair.is_signed)


@pytest.mark.parametrize(
    "note",
    ["", "a\n\n", NOTE.replace("7", "07", 1), NOTE.replace("link ", "lnk "), NOTE.split("\n\n")[0]],
)
def test_what_is_no_checkpoint_is_refused(note: str) -> None:
    with pytest.raises(LogError, match="no checkpoint"):
        read(note)
