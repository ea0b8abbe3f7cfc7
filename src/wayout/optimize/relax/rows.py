"""Gathers the rows of the relaxation as coordinates, and remembers what each row stands for."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csr_array

from wayout.network.timeline import Int, Real


@dataclass(frozen=True, slots=True)
class Block:
    """Rows from ``first`` on of one family for one thing; row ``k`` is of ``buckets[k]``."""

    family: str
    what: int
    first: int
    buckets: tuple[int, ...]


@dataclass(slots=True)
class Rows:
    """Rows under construction; entries may be added in any order and add up."""

    row: list[Int] = field(default_factory=list)
    column: list[Int] = field(default_factory=list)
    value: list[Real] = field(default_factory=list)
    lower: list[Real] = field(default_factory=list)
    upper: list[Real] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    num: int = 0

    def block(
        self, family: str, what: int, lower: ArrayLike, upper: ArrayLike, buckets: Int | None = None
    ) -> Int:
        """Open a block of rows; returns their indexes."""
        low, high = np.broadcast_arrays(
            np.asarray(lower, dtype=np.float64), np.asarray(upper, dtype=np.float64)
        )
        size = low.size
        which = np.arange(size) if buckets is None else buckets
        self.blocks.append(Block(family, what, self.num, tuple(int(b) for b in which)))
        self.lower.append(low.reshape(-1).copy())
        self.upper.append(high.reshape(-1).copy())
        rows = np.arange(self.num, self.num + size, dtype=np.int64)
        self.num += size
        return rows

    def put(self, rows: Int, columns: Int, values: ArrayLike) -> None:
        """Add coefficients; ``values`` broadcasts against ``rows``."""
        if rows.size:
            self.row.append(rows.reshape(-1))
            self.column.append(columns.reshape(-1))
            self.value.append(
                np.broadcast_to(np.asarray(values, dtype=np.float64), rows.shape).reshape(-1)
            )

    def matrix(self, num_columns: int) -> csr_array:
        """All coefficients as one sparse matrix."""
        if not self.row:
            return csr_array((self.num, num_columns))
        entries = (
            np.concatenate(self.value),
            (np.concatenate(self.row), np.concatenate(self.column)),
        )
        return csr_array(entries, shape=(self.num, num_columns))
