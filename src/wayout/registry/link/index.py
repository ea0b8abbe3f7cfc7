"""Everyone linked, ready for one more: a new request or list against all, without linking again.

The same keys as in :mod:`wayout.registry.link.keys`, kept in order, find whom a new row may be;
the same model scores it, with all the households that it may belong to.
"""

from typing import NamedTuple

import numpy as np
import polars as pl

from wayout.registry.link.arrays import Flags, Floats, Hashes, Ints, Longs
from wayout.registry.link.blocking import candidates, layers
from wayout.registry.link.compare import Shares
from wayout.registry.link.fit import Rates
from wayout.registry.link.grouping import homes
from wayout.registry.link.keys import Keys, key_sets, mixed
from wayout.registry.link.model import Model
from wayout.registry.link.outcomes import table
from wayout.registry.link.prepare import People, prepare
from wayout.registry.link.run import Linkage
from wayout.registry.link.scoring import World, measured, promising, scored, with_households
from wayout.registry.link.words import Lexicon, WordTable


class _Layer(NamedTuple):
    """Keys in order, and the rows that have them."""

    hashes: Hashes
    rows: Ints


class Index:
    """Everyone of a world, to be matched against under a model.

    ``records`` are the identifiers of the world's rows; ``lexicon`` is the one that it was made
    with, and learns the words of whoever is matched.
    """

    def __init__(self, world: World, model: Model, records: list[str], lexicon: Lexicon) -> None:
        self._world, self._model, self._records, self._lexicon = world, model, records, lexicon
        self._words, self._shares = world.table, world.shares
        people = world.people
        self._sets = [
            [_Layer(runs.keys.hashes, runs.keys.rows) for runs in layers(key_set)]
            for key_set in key_sets(people, self._words)
        ]
        of = world.home.of
        self._members = np.argsort(of, kind="stable").astype(np.int32)
        self._first = np.append(0, np.cumsum(world.home.size)).astype(np.int64)
        cores = self._words.skeleton
        self._bearer = dict(zip(cores[::-1].tolist(), range(len(cores) - 1, -1, -1), strict=True))

    def match(self, records: pl.DataFrame) -> pl.DataFrame:
        """Pairs of the new rows with anyone, or one another, as ``outcomes.table`` gives them.

        ``records`` is a frame of RECORD_SCHEMA whose identifiers are new.
        """
        new = prepare(records, self._lexicon)
        self._learn_words()
        rows, others = self._found(new)
        known = self._with_households(np.unique(others))
        people = People(
            *(
                np.concatenate([getattr(self._world.people, name)[known], getattr(new, name)])
                for name in People._fields
            )
        )
        world = World(people, self._words, self._shares, homes(people))
        low = np.searchsorted(known, others).astype(np.int64)
        pairs = np.unique(
            np.concatenate(
                [(low << 32) | (rows + len(known)), _shifted(candidates(new, self._words), known)]
            )
        )
        pairs = pairs[_apart(pairs, people.household)]
        names = [self._records[row] for row in known.tolist()] + records["record"].to_list()
        fresh = set(names[len(known) :])
        frame = table(self._scored(world, pairs), names)
        return frame.filter(pl.col("left").is_in(fresh) | pl.col("right").is_in(fresh))

    def _scored(self, world: World, pairs: Longs) -> Linkage:
        model = self._model
        kept = promising(world, pairs, model.weights, Rates(model.match, model.mate))
        groups, agreed, bits = measured(world, with_households(world, kept), model.weights)
        return Linkage(world, model, kept, scored(world, groups, agreed, bits, model.overlap))

    def _found(self, new: People) -> tuple[Longs, Ints]:
        """Pairs of a new row and a known one that share a key."""
        rows, others = [np.empty(0, np.int64)], [np.empty(0, np.int32)]
        for key_set, known in zip(key_sets(new, self._words), self._sets, strict=True):
            keys = key_set.keys
            for depth, layer in enumerate(known):
                first = np.searchsorted(layer.hashes, keys.hashes, side="left")
                size = np.searchsorted(layer.hashes, keys.hashes, side="right") - first
                short = size <= key_set.cap
                length = size[short]
                rows.append(np.repeat(keys.rows[short], length).astype(np.int64))
                start = np.repeat(first[short] - (np.cumsum(length) - length), length)
                others.append(layer.rows[start + np.arange(int(length.sum()))])
                if depth < len(key_set.refinements):
                    by = key_set.refinements[depth][keys.rows[~short]]
                    said = by > 0
                    more = mixed(keys.hashes[~short][said], by[said])
                    keys = Keys(keys.rows[~short][said], more)
        return np.concatenate(rows), np.concatenate(others)

    def _with_households(self, rows: Ints) -> Ints:
        """The rows and everyone of their households, in order."""
        found = [
            self._members[self._first[home] : self._first[home + 1]]
            for home in np.unique(self._world.home.of[rows]).tolist()
        ]
        return np.sort(np.concatenate(found)) if found else rows

    def _learn_words(self) -> None:
        """Room for words that nobody had: as common as their skeleton, or met only once."""
        before = len(self._words.length)
        more = self._lexicon.table(before)
        if not len(more.length):
            return
        self._words = WordTable(
            *(np.concatenate([old, new]) for old, new in zip(self._words, more, strict=True))
        )
        bearers = np.array([self._bearer.get(core, -1) for core in more.skeleton.tolist()])
        unseen = np.float32(0.5 / max(1, self._world.people.num_records))
        parts: list[Floats] = []
        for place, share in enumerate(self._shares):
            known = share[np.maximum(bearers, 0)]
            is_core = place % 2 == 1
            parts.append(np.concatenate([share, np.where((bearers >= 0) & is_core, known, unseen)]))
        self._shares = Shares(*parts)


def _shifted(pairs: Longs, known: Ints) -> Longs:
    """Pairs of new rows by their places after the known ones."""
    shift = np.int64(len(known))
    shifted: Longs = pairs + (shift << 32) + shift
    return shifted


def _apart(pairs: Longs, household: Ints) -> Flags:
    one, other = (pairs >> 32).astype(np.int64), (pairs & 0xFFFFFFFF).astype(np.int64)
    different: Flags = (household[one] < 0) | (household[one] != household[other])
    return different
