"""Marks that say whose copy a leaked excerpt came from, in whatever order its rows are.

Every row carries a *reference*: 40 bits of a keyed hash of export, recipient and record. It serves
the recipient (a row can be spoken of without a name) and, with the key, names him. Telephone
numbers carry a second mark in how their digits are grouped, for when the references were cut off:
two bits a row, so a wrong recipient agrees with 20 rows once in 10^12.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from wayout.registry.vault.sealing import keyed_hash

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
REFERENCE_LETTERS = 8
GROUPINGS = ((3, 3, 9), (2, 3, 9), (4, 4, 9), (3, 4, 9))
"""Sizes of the groups of digits after the country's part; the last takes the rest."""
_COUNTRY_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Copy:
    """One recipient's copy of an export."""

    export: str
    recipient: str


def _hash(key: bytes, copy: Copy, record: str, purpose: str) -> bytes:
    # Lengths are told, so that no two copies read the same.
    parts = (purpose, copy.export, copy.recipient, record)
    return keyed_hash(key, b"".join(f"{len(part)}:{part}".encode() for part in parts))


def reference(key: bytes, copy: Copy, record: str) -> str:
    """The reference of a record in a copy: eight letters and digits."""
    number = int.from_bytes(_hash(key, copy, record, "reference")[:5], "big")
    return "".join(_ALPHABET[number >> 5 * place & 31] for place in range(REFERENCE_LETTERS))


def digits_of(phone: str) -> str:
    """The digits of a telephone number, however it is written."""
    return "".join(sign for sign in phone if sign.isdecimal())


def grouped(key: bytes, copy: Copy, record: str, phone: str) -> str:
    """A telephone number with its digits in groups that mark the copy; the number is the same."""
    groups = GROUPINGS[_hash(key, copy, record, "phone")[0] & 3]
    digits = digits_of(phone)
    parts, rest = [digits[:_COUNTRY_DIGITS]], digits[_COUNTRY_DIGITS:]
    for size in groups:
        if rest:
            parts.append(rest[:size])
            rest = rest[size:]
    return "+" + " ".join(parts)


@dataclass(frozen=True, slots=True)
class Match:
    """How much of an excerpt speaks for a copy: rows that agree, of those that can be judged."""

    copy: Copy
    agreeing: int
    judged: int


def by_references(
    key: bytes, excerpt: Iterable[str], copies: Mapping[Copy, Sequence[str]]
) -> list[Match]:
    """Copies by how many references of an excerpt are theirs, best first; those with none left out.

    ``copies`` gives the records of each copy.
    """
    seen = {text.strip().upper() for text in excerpt if text.strip()}
    matches = []
    for copy, records in copies.items():
        hits = sum(reference(key, copy, record) in seen for record in records)
        if hits:
            matches.append(Match(copy, hits, len(seen)))
    return sorted(matches, key=lambda match: -match.agreeing)


def by_groups(
    key: bytes, excerpt: Iterable[str], copies: Mapping[Copy, Mapping[str, str]]
) -> list[Match]:
    """Copies by how many telephone numbers of an excerpt are grouped as theirs, best first.

    ``copies`` gives for each copy its records by the digits of their telephone number.
    """
    seen = [" ".join(text.split()) for text in excerpt if digits_of(text)]
    matches = []
    for copy, by_digits in copies.items():
        judged = [(text, by_digits[d]) for text in seen if (d := digits_of(text)) in by_digits]
        agreeing = sum(grouped(key, copy, record, text) == text for text, record in judged)
        if judged:
            matches.append(Match(copy, agreeing, len(judged)))
    return sorted(matches, key=lambda match: (-match.agreeing / match.judged, -match.judged))
