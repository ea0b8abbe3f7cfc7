"""Simulated populations, synthetic throughout: who is on which list, and in which household."""

from enum import StrEnum

import numpy as np

from wayout.registry.estimate.overlaps import Overlaps, overlaps_of


class Population(StrEnum):
    """How the people of a population differ."""

    EQUAL = "equal"
    HARD = "thirty in a hundred hard to reach"
    VERY_HARD = "thirty in a hundred very hard to reach"
    COPIED = "four in five of one list copied to another"
    FAMILIES = "families that come to a list together"


def counted(population: Population, num_people: int, num_lists: int, seed: int) -> Overlaps:
    """The overlap table that such a population of so many people leaves."""
    rng = np.random.default_rng([seed, 7])
    chance = rng.uniform(0.1, 0.3, size=num_lists)
    factor = {Population.HARD: 0.3, Population.VERY_HARD: 0.1}.get(population, 1.0)
    hard = rng.random(num_people) < 0.3
    chances = np.where(hard[:, None], factor * chance, chance)
    if population is Population.FAMILIES:
        household = np.repeat(np.arange(num_people), rng.integers(1, 9, num_people))[:num_people]
        together = rng.random((household.max() + 1, num_lists)) < chance / 0.9
        listed = together[household] & (rng.random((num_people, num_lists)) < 0.9)
    else:
        household = np.arange(num_people)
        listed = rng.random((num_people, num_lists)) < chances
    if population is Population.COPIED:
        listed[:, 1] |= listed[:, 0] & (rng.random(num_people) < 0.8)
    patterns = (listed @ (1 << np.arange(num_lists))).astype(np.int64)
    seen = patterns > 0
    _, households = np.unique(household[seen], return_inverse=True)
    names = tuple("ABCDEFGH"[:num_lists])
    return overlaps_of(names, patterns[seen], households.astype(np.int64))
