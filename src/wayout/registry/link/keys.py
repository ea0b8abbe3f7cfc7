"""Blocking keys: what two rows of one person most likely have in common, as 64-bit numbers.

Each kind of key is cheap and forgives other mistakes; together they are to miss few pairs. A
key that too many records share is no use as it stands: it is refined by a second thing, and left
out where that does not help (the caps of :mod:`wayout.registry.link.blocking`).
"""

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

import numpy as np

from wayout.registry.link.arrays import Hashes, Ints
from wayout.registry.link.prepare import PHONE_DIGITS, People
from wayout.registry.link.words import WordTable

_MIX = np.uint64(0x9E3779B97F4A7C15)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


class Keys(NamedTuple):
    """Keys of one kind: ``hashes[k]`` is a key of record ``rows[k]``."""

    rows: Ints
    hashes: Hashes


class KeySet(NamedTuple):
    """Keys of one kind: how many records may share a key, and what refines one that more share."""

    name: str
    keys: Keys
    cap: int
    refinements: tuple[Hashes, ...] = ()


def mixed(*parts: Hashes) -> Hashes:
    """One number of several, after Steele, Lea & Flood's SplitMix64 (2014)."""
    value = np.zeros(len(parts[0]), dtype=np.uint64)
    for part in parts:
        value = (value ^ part) + _MIX
        value = (value ^ (value >> np.uint64(30))) * _FIRST
        value = (value ^ (value >> np.uint64(27))) * _SECOND
        value ^= value >> np.uint64(31)
    return value


def _hashes(numbers: Ints) -> Hashes:
    return numbers.astype(np.int64).view(np.uint64)


class Cores:
    """The skeletons of everyone's words, and what else keys are made of."""

    def __init__(self, people: People, table: WordTable) -> None:
        padded = np.append(table.hashed, np.uint64(0))
        self.people = people
        self.given = padded[people.given]
        self.names = padded[
            np.concatenate(
                [people.given[:, :3], people.family[:, :2], people.father[:, :2]], axis=1
            )
        ]
        self.place = padded[people.place[:, 0]]
        self.year = _hashes(people.year)
        self.sex = _hashes(people.sex)
        self.birthday = _hashes(
            np.where((people.month > 0) & (people.day > 0), people.month * 32 + people.day, 0)
        )


def _keys(salt: int, said: np.ndarray, *parts: Hashes) -> Keys:
    rows = np.flatnonzero(said).astype(np.int32)
    constant = np.full(len(rows), salt, dtype=np.uint64)
    return Keys(rows, mixed(constant, *(part[rows] for part in parts)))


def _joined(several: list[Keys]) -> Keys:
    rows = np.concatenate([keys.rows for keys in several])
    return Keys(rows, np.concatenate([keys.hashes for keys in several]))


def key_sets(people: People, table: WordTable) -> Iterator[KeySet]:
    """Every set of keys of the people."""
    cores = Cores(people, table)
    yield from _numbers(cores)
    yield from _names(cores)
    yield from _births(cores)


def _numbers(cores: Cores) -> Iterator[KeySet]:
    people = cores.people
    phone = people.phone.view(np.uint64)
    given = cores.given[:, 0]
    yield KeySet("telephone", _keys(1, people.phone > 0, phone), 60, (given,))
    yield KeySet("telephone, a digit off", _without_a_digit(people), 24, (given,))
    document = people.document
    letters = np.ascontiguousarray(document).view(np.uint64)
    said = document[:, 0] > 0
    yield KeySet("document", _keys(2, said, letters[:, 0].copy(), letters[:, 1].copy()), 30)
    yield KeySet("document, a letter off", _without_a_letter(people), 12)
    yield KeySet("email", _keys(3, people.email > 0, _hashes(people.email)), 30)


def _without_a_digit(people: People) -> Keys:
    """A key for each digit left out: numbers that differ by one digit share one."""
    several = []
    said = people.phone >= 10 ** (PHONE_DIGITS - 3)
    for place in range(PHONE_DIGITS):
        unit = 10**place
        left = people.phone // (unit * 10) * unit + people.phone % unit
        several.append(_keys(4, said, left.view(np.uint64)))
    return _joined(several)


def _without_a_letter(people: People) -> Keys:
    several = []
    document = people.document
    said = document[:, 3] > 0
    for place in range(document.shape[1]):
        left = np.zeros_like(document)
        left[:, :place] = document[:, :place]
        left[:, place:-1] = document[:, place + 1 :]
        letters = left.view(np.uint64)
        several.append(
            _keys(5, said & (document[:, place] > 0), letters[:, 0].copy(), letters[:, 1].copy())
        )
    return _joined(several)


def _names(cores: Cores) -> Iterator[KeySet]:
    """Any two words of the whole name: one left out or in another column does no harm."""
    pairs = []
    for one, other in combinations(range(cores.names.shape[1]), 2):
        first, second = cores.names[:, one], cores.names[:, other]
        said = (first > 0) & (second > 0)
        pairs.append(_keys(6, said, np.minimum(first, second), np.maximum(first, second)))
    two = _joined(pairs)
    yield KeySet("two words, place", two, 48, (cores.place, cores.year))
    yield KeySet("two words, year", two, 24, (cores.year, cores.sex))
    several = []
    for word in range(cores.names.shape[1]):
        said = (cores.names[:, word] > 0) & (cores.year > 0) & (cores.place > 0)
        several.append(_keys(7, said, cores.names[:, word], cores.year, cores.place))
    yield KeySet("word, year, place", _joined(several), 24)


def _births(cores: Cores) -> Iterator[KeySet]:
    said = cores.birthday > 0
    several = [_keys(8, said & (word > 0), word, cores.birthday) for word in cores.names.T]
    yield KeySet("word, day and month", _joined(several), 24, (cores.year,))
    dated = said & (cores.year > 0)
    yield KeySet("date of birth", _keys(9, dated, cores.year, cores.birthday), 16, (cores.place,))
