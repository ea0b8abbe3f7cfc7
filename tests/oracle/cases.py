"""Worlds and their optima, each worked out once in a run."""

from collections.abc import Iterator
from functools import cache

from tests.oracle.chains import CHAINS, draw_chain
from tests.oracle.exact import Goal, Optimum, optimum
from tests.oracle.worlds import World, draw_world

CHUNK = 50


@cache
def world_of(seed: int) -> World:
    return draw_chain(seed) if seed >= CHAINS else draw_world(seed)


@cache
def optimum_of(seed: int, goal: Goal) -> Optimum:
    return optimum(world_of(seed), goal)


def worlds_from(first_seed: int) -> Iterator[World]:
    """The worlds of a chunk."""
    for seed in range(first_seed, first_seed + CHUNK):
        yield world_of(seed)
