"""The words that lists write: each once, as a number, with its sounds, skeleton and frequency."""

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from wayout.registry.link.arrays import Doubles, Flags, Floats, Hashes, Ints, Longs, Words
from wayout.registry.names import skeleton, sounds, tokens
from wayout.registry.names.sounds import LONGEST
from wayout.registry.names.tokens import is_bare


class WordTable(NamedTuple):
    """What is known of every word, by its number."""

    sounds: Words
    length: Ints
    bare: Flags
    """From a script without short vowels."""
    skeleton: Ints
    hashed: Hashes
    """The skeleton as 64 bits that are the same in every run."""


@dataclass
class Lexicon:
    """Numbers for words and codes for texts, given out in the order in which they are met."""

    words: dict[tuple[str, bool], int] = field(default_factory=dict)
    skeletons: dict[str, int] = field(default_factory=dict)
    sources: dict[str, int] = field(default_factory=dict)
    households: dict[str, int] = field(default_factory=dict)
    texts: dict[str, int] = field(default_factory=dict)

    def words_of(self, text: str) -> list[int]:
        """The numbers of a name's words."""
        bare = is_bare(text)
        return [self.words.setdefault((word, bare), len(self.words)) for word in tokens(text)]

    def table(self, since: int = 0) -> WordTable:
        """The words from number ``since`` on."""
        words = list(self.words)[since:]
        coded = [sounds(word) for word, _ in words]
        wide = np.zeros((len(words), LONGEST), dtype=np.uint8)
        for number, word in enumerate(coded):
            wide[number, : len(word)] = np.frombuffer(word, dtype=np.uint8)
        cores = [skeleton(word) for word, _ in words]
        numbers = [self.skeletons.setdefault(core, len(self.skeletons)) for core in cores]
        return WordTable(
            sounds=wide,
            length=np.array([len(word) for word in coded], dtype=np.int32),
            bare=np.array([bare for _, bare in words], dtype=np.bool_),
            skeleton=np.array(numbers, dtype=np.int32),
            hashed=np.array([hashed(core) for core in cores], dtype=np.uint64),
        )


def hashed(text: str) -> np.uint64:
    """64 bits of a text: FNV-1a, the same in every run."""
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = ((value ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return np.uint64(value)


def shares(
    words: Ints, nation: Ints, table: WordTable, num_skeletons: int
) -> tuple[Floats, Floats]:
    """How common each word is, and its skeleton: share of the records that say the field.

    Shares are those among people of the nation in which a word is met (of several, the mean over
    its bearers): a name that is rare in the world may be common in its country.
    """
    said = words[:, 0] >= 0
    size = np.bincount(nation[said], minlength=int(nation.max(initial=0)) + 1)
    rows, columns = np.nonzero(words >= 0)
    used, where = words[rows, columns], nation[rows]
    whole = _mean_share(used, where, size, len(table.length))
    core = _mean_share(table.skeleton[used], where, size, num_skeletons)
    return whole.astype(np.float32), core[table.skeleton].astype(np.float32)


def _mean_share(items: Ints, nation: Ints, size: Longs, num_items: int) -> Doubles:
    """By item: the mean over its bearers of the item's share in the bearer's nation."""
    num_nations = len(size)
    pair = items.astype(np.int64) * num_nations + nation
    met, number = np.unique(pair, return_counts=True)
    # A word met once may be met by chance once more: half a record is added (Jeffreys).
    share = (number + 0.5) / np.maximum(size[met % num_nations], 1)
    amount = np.bincount(met // num_nations, number * share, minlength=num_items)
    bearers = np.bincount(met // num_nations, number, minlength=num_items)
    unseen = 0.5 / max(1, int(size.sum()))
    return np.where(bearers > 0, amount / np.maximum(bearers, 1), unseen)
