"""Synthetic lists linked once for all the tests that look at the result."""

from functools import cache

import numpy as np
import polars as pl

from wayout.registry.link.arrays import Ints
from wayout.registry.link.run import Linkage, linked, world_of
from wayout.registry.link.words import Lexicon
from wayout.registry.synthesize import synthesize


class Made:
    """Lists, who is who in them, and what linking makes of them."""

    def __init__(self, people: int, errors: str) -> None:
        made = synthesize(people, errors=errors, half="tune", seed=5)
        self.records = made.records
        self.names = self.records["record"].to_list()
        who = self.records.select("record").join(
            made.truth, on="record", how="left", maintain_order="left"
        )
        self.truth: Ints = who["person"].to_numpy().astype(np.int32)
        self.lexicon = Lexicon()
        self.linkage: Linkage = linked(world_of(self.records, self.lexicon))


@cache
def moderate() -> Made:
    """A few thousand rows with moderate errors."""
    return Made(3000, "moderate")


def quality(persons: Ints, truth: Ints) -> tuple[float, float]:
    """Precision and recall over pairs, counted by group sizes."""

    def pairs(*labels: Ints) -> int:
        sizes = pl.DataFrame(labels).group_by(pl.all()).len()["len"].to_numpy().astype(np.int64)
        return int((sizes * (sizes - 1) // 2).sum())

    right = pairs(persons, truth)
    return right / max(1, pairs(persons)), right / max(1, pairs(truth))
