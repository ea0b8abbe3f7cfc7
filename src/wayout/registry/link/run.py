"""Linking from end to end: a table of records in, scored pairs and persons out."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import polars as pl

from wayout.registry.link.arrays import Longs
from wayout.registry.link.blocking import candidates, unpacked
from wayout.registry.link.compare import Shares
from wayout.registry.link.fit import Rates, Samples, fit
from wayout.registry.link.grouping import homes
from wayout.registry.link.model import Model
from wayout.registry.link.prepare import prepare
from wayout.registry.link.sample import mates, strangers
from wayout.registry.link.scoring import (
    Scored,
    Told,
    World,
    compared,
    measured,
    overlap_of,
    promising,
    scored,
    with_households,
)
from wayout.registry.link.weights import Weights
from wayout.registry.link.words import Lexicon, shares

MOST_LEARNT_FROM = 1_000_000
"""Candidate pairs that the weights are learnt from; of more, so many are drawn."""
DEFAULT_MATES = 3.0
"""Others of the household that a row has where no list says."""


@dataclass(frozen=True)
class Linkage:
    """Everyone with the model learnt, and the pairs scored under it."""

    world: World
    model: Model
    pairs: Longs
    """Pairs worth scoring before households and answers add more."""
    scored: Scored


def world_of(records: pl.DataFrame, lexicon: Lexicon) -> World:
    """A table of records as arrays."""
    people = prepare(records, lexicon)
    table = lexicon.table()
    every = [
        shares(words, people.nationality, table, len(lexicon.skeletons))
        for words in (people.given, people.family, people.father, people.place)
    ]
    common = Shares(*(share for pair in every for share in pair))
    return World(people, table, common, homes(people))


class Engine(Protocol):
    """Where pairs are found and compared; whichever it is, they are the same pairs."""

    def candidates(self, world: World) -> Longs:
        """Every pair of rows that shares a key, packed and sorted, each once."""

    def promising(self, world: World, pairs: Longs, weights: Weights, rates: Rates) -> Longs:
        """The pairs worth scoring, in order."""


class _Here:
    """Finds and compares pairs in the process that asks."""

    def candidates(self, world: World) -> Longs:
        return candidates(world.people, world.table)

    def promising(self, world: World, pairs: Longs, weights: Weights, rates: Rates) -> Longs:
        return promising(world, pairs, weights, rates)


def linked(world: World, seed: int = 1, engine: Engine | None = None) -> Linkage:
    """The model of everyone and every pair's score, with no answer known."""
    work = engine or _Here()
    found = work.candidates(world)
    mates_each = _mates_each(world)
    weights, rates = _learnt(world, found, mates_each, seed)
    pairs = work.promising(world, found, weights, rates)
    groups, agreed, bits = measured(world, with_households(world, pairs), weights)
    overlap = overlap_of(world, groups, bits, mates_each)
    model = Model(weights, rates.match, rates.mate, overlap)
    return Linkage(world, model, pairs, scored(world, groups, agreed, bits, overlap))


def told(linkage: Linkage, answers: Told) -> Linkage:
    """The same with what people answered: it counts for the pair and for its households."""
    world, model = linkage.world, linkage.model
    pairs = with_households(world, linkage.pairs, answers)
    groups, agreed, bits = measured(world, pairs, model.weights, answers)
    return Linkage(world, model, linkage.pairs, scored(world, groups, agreed, bits, model.overlap))


def _mates_each(world: World) -> float:
    size = world.home.size[: world.home.num_stated].astype(np.float64)
    return max(0.5, float((size * (size - 1)).sum() / size.sum())) if len(size) else DEFAULT_MATES


def _learnt(world: World, found: Longs, mates_each: float, seed: int) -> tuple[Weights, Rates]:
    some = found
    if len(found) > MOST_LEARNT_FROM:
        draw = np.random.default_rng(seed)
        some = found[np.sort(draw.choice(len(found), MOST_LEARNT_FROM, replace=False))]
    people = world.people
    samples = Samples(
        compared(world, *unpacked(some)),
        compared(world, *strangers(people, seed)),
        compared(world, *strangers(people, seed + 1, one_nation=True)),
        compared(world, *mates(people, seed)),
    )
    number = max(1.0, people.num_records * (people.num_records - 1) / 2)
    whole = max(1.0, number * len(some) / max(1, len(found)))
    return fit(samples, whole, mates_each)
