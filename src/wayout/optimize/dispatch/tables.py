"""Many small integer tables in one piece of memory.

Compiled functions are handed two of these (what is given, what changes) instead of dozens of
arrays: every argument of a compiled function costs at each call and at compile time.
"""

from typing import NamedTuple

import numpy as np

from wayout.compiling import view
from wayout.network.timeline import Int
from wayout.optimize.dispatch.compiled import compiled


class Tables(NamedTuple):
    """Two-dimensional integer tables; ``layout[name]`` is the begin, the rows and the columns."""

    memory: Int
    layout: Int


@compiled
def table(tables: Tables, name: int) -> Int:
    """A table as a two-dimensional view."""
    begins, rows, columns = tables.layout[name, 0], tables.layout[name, 1], tables.layout[name, 2]
    return view(tables.memory, begins, rows, columns)


@compiled
def column(tables: Tables, name: int) -> Int:
    """A table of one column as a one-dimensional view."""
    begins = tables.layout[name, 0]
    return tables.memory[begins : begins + tables.layout[name, 1]]


@compiled
def entry(tables: Tables, name: int, row: int) -> int:
    """One number of a table of one column: much cheaper than a view of it."""
    return tables.memory[tables.layout[name, 0] + row]


@compiled
def element(tables: Tables, name: int, row: int, place: int) -> int:
    """One number of a table: row and column."""
    return tables.memory[tables.layout[name, 0] + row * tables.layout[name, 2] + place]


def pack(pieces: dict[int, Int]) -> Tables:
    """Put arrays of one or two dimensions one after another; the keys are their names."""
    layout = np.zeros((max(pieces) + 1, 3), dtype=np.int64)
    begins = 0
    for name, piece in pieces.items():
        rows, columns = piece.shape if piece.ndim == 2 else (len(piece), 1)
        layout[name] = (begins, rows, columns)
        begins += rows * columns
    memory = np.empty(begins, dtype=np.int64)
    for name, piece in pieces.items():
        start = layout[name, 0]
        memory[start : start + piece.size] = piece.reshape(-1)
    return Tables(memory, layout)
