"""Candidate pairs → scores, under a model: fields, then households."""

from typing import NamedTuple

import numpy as np

from wayout.registry.link.arrays import Doubles, Floats, Ints, Longs
from wayout.registry.link.blocking import unpacked
from wayout.registry.link.compare import Agreement, Shares, agreement
from wayout.registry.link.fit import Rates
from wayout.registry.link.grouping import Groups, Homes, crossed, grouped
from wayout.registry.link.households import households
from wayout.registry.link.model import Overlap
from wayout.registry.link.overlap import (
    START_PRESENT,
    START_TWICE,
    chance_of,
    kinds,
    learnt,
    membership,
    num_pairs,
    odds_of,
    presence,
)
from wayout.registry.link.prepare import People
from wayout.registry.link.weights import Evidence, Weights, evidence
from wayout.registry.link.words import WordTable

AT_ONCE = 1_000_000
NUM_TURNS = 5
LEAST_ODDS = -6.0
"""Pairs that are likelier than this to be one person or two mates (log2) bring their households."""


class World(NamedTuple):
    """Everyone, as arrays: who, their words, how common these are, and who lives with whom."""

    people: People
    table: WordTable
    shares: Shares
    home: Homes


class Scored(NamedTuple):
    """Pairs of records with what is known of each, grouped by their two households."""

    groups: Groups
    agreed: Agreement
    odds: Doubles
    """log2 odds to be one person: the score."""
    family: Doubles
    """log2 odds of each pair's households to be one family."""
    matched: Doubles
    """Chance to be one person if it is one family."""


def compared(world: World, one: Ints, other: Ints) -> Agreement:
    """Levels and rarity of pairs of records."""
    return agreement(world.people, world.people, one, other, world.table, world.shares)


def promising(world: World, pairs: Longs, weights: Weights, rates: Rates) -> Longs:
    """The pairs whose fields alone make one person, or two mates, not wholly unlikely."""
    kept = []
    for start in range(0, len(pairs), AT_ONCE):
        some = pairs[start : start + AT_ONCE]
        bits = evidence(compared(world, *unpacked(some)), weights)
        odds = np.maximum(bits.total + rates.match, bits.total - bits.mate + rates.mate)
        kept.append(some[odds > LEAST_ODDS])
    return np.concatenate(kept) if kept else pairs


class Told(NamedTuple):
    """Answers of people about pairs, packed and sorted, and the bits each is worth."""

    pairs: Longs
    bits: Floats


NOTHING_TOLD = Told(np.empty(0, np.int64), np.empty(0, np.float32))


def with_households(world: World, pairs: Longs, told: Told = NOTHING_TOLD) -> Longs:
    """The pairs, those told of, and every pair of members of any pair's two households."""
    known = np.union1d(pairs, told.pairs)
    return np.union1d(known, crossed(known, world.home))


def measured(
    world: World, pairs: Longs, weights: Weights, told: Told = NOTHING_TOLD
) -> tuple[Groups, Agreement, Evidence]:
    """The pairs by household with their evidence, answers of people included."""
    groups = grouped(pairs, world.home)
    agreed = compared(world, groups.one, groups.other)
    bits = evidence(agreed, weights)
    if len(told.pairs):
        key = _packed(groups)
        place = np.minimum(np.searchsorted(told.pairs, key), len(told.pairs) - 1)
        more = np.where(told.pairs[place] == key, told.bits[place], np.float32(0))
        bits = Evidence(bits.total + more, bits.mate + more)
    return groups, agreed, bits


def _packed(groups: Groups) -> Longs:
    low, high = np.minimum(groups.one, groups.other), np.maximum(groups.one, groups.other)
    return (low.astype(np.int64) << 32) | high.astype(np.int64)


def overlap_of(world: World, groups: Groups, bits: Evidence, mates: float) -> Overlap:
    """Priors and presence, learnt in turns."""
    number, kind = num_pairs(world.home), kinds(groups, world.home)
    overlap = Overlap((), START_PRESENT, START_TWICE, mates)
    for _ in range(NUM_TURNS):
        family, matched = _families(world, groups, bits, overlap)
        overlap = overlap._replace(prior=learnt(family, kind, number))
        certain = chance_of(family + np.array(overlap.prior)[kind])
        present, twice = presence(groups, world.home, certain, matched)
        overlap = overlap._replace(present=present, twice=twice)
    return overlap


def _families(
    world: World, groups: Groups, bits: Evidence, overlap: Overlap
) -> tuple[Doubles, Doubles]:
    odds, here = membership(groups, world.home, overlap)
    return households(groups.starts, groups.one, groups.other, bits.total, bits.mate, odds, here)


def scored(
    world: World, groups: Groups, agreed: Agreement, bits: Evidence, overlap: Overlap
) -> Scored:
    """Every pair's odds: its households are one family, and in it the two are matched."""
    family, matched = _families(world, groups, bits, overlap)
    family = family + np.array(overlap.prior)[kinds(groups, world.home)]
    each = np.repeat(family, np.diff(groups.starts))
    return Scored(groups, agreed, odds_of(chance_of(each) * matched), each, matched)
