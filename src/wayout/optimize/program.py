"""A linear program in arrays: minimise ``cost·x`` with ranged rows and finite boxes."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Real = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class LinearProgram:
    """``min cost·x``, ``row_lower ≤ matrix·x ≤ row_upper``, ``lower ≤ x ≤ upper``.

    Every column has a finite box: that is what lets any dual vector certify a bound.
    """

    cost: Real
    lower: Real
    upper: Real
    matrix: csr_array
    row_lower: Real
    row_upper: Real

    def with_cost(self, cost: Real) -> "LinearProgram":
        """The same constraints under another objective."""
        return LinearProgram(
            cost, self.lower, self.upper, self.matrix, self.row_lower, self.row_upper
        )


@dataclass(frozen=True, slots=True, eq=False)
class LinearSolution:
    """What a solver returned. Nothing of it is believed: see ``certificate``."""

    optimal: bool
    objective: float
    x: Real
    y: Real
