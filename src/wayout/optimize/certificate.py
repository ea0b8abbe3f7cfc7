"""Certified bounds: recomputed in our own code from a dual vector, whatever solver made it.

For ``min c·x`` with ranged rows and a box, any ``y`` gives the lower bound
``Σ_i min(y_i·l_i, y_i·u_i) + Σ_j min((c − A'y)_j·lower_j, (c − A'y)_j·upper_j)``
(weak duality; Boyd & Vandenberghe, Convex Optimization, section 5.1). Components of ``y`` that
would ask for an infinite side are set to 0 first. Rounding is taken outward by the standard error
bound of a floating-point sum: each sum of ``n`` products errs by at most ``n·u·Σ|terms|``
(Higham, Accuracy and Stability of Numerical Algorithms, section 3.1).
"""

import math

import numpy as np

from wayout.optimize.program import LinearProgram, Real

UNIT_ROUNDOFF = float(np.finfo(np.float64).eps)


def _usable(program: LinearProgram, y: Real) -> Real:
    """Drop multipliers that lean on a side that does not exist."""
    clean = np.where(np.isfinite(y), y, 0.0)
    clean = np.where((clean > 0) & ~np.isfinite(program.row_lower), 0.0, clean)
    usable: Real = np.where((clean < 0) & ~np.isfinite(program.row_upper), 0.0, clean)
    return usable


def _row_terms(program: LinearProgram, y: Real) -> Real:
    side = np.where(y > 0, program.row_lower, np.where(y < 0, program.row_upper, 0.0))
    terms: Real = y * side
    return terms


def certify(program: LinearProgram, y: Real) -> float:
    """A number that no feasible ``cost·x`` is below; valid for any ``y`` of the right length.

    Minus infinity where the multipliers are too large to be added up.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        return _certify(program, y)


def _certify(program: LinearProgram, y: Real) -> float:
    multipliers = _usable(program, y)
    products = program.matrix.T @ multipliers
    reduced = program.cost - products
    column_counts = np.diff(program.matrix.tocsc().indptr)
    slack = (
        (abs(program.matrix).T @ abs(multipliers) + abs(program.cost))
        * (column_counts + 2)
        * UNIT_ROUNDOFF
    )
    box = np.minimum((reduced - slack) * program.lower, (reduced - slack) * program.upper)
    box = np.minimum(
        box, np.minimum((reduced + slack) * program.lower, (reduced + slack) * program.upper)
    )
    rows = _row_terms(program, multipliers)
    terms = np.concatenate([rows, box])
    margin = (abs(terms).sum()) * (len(terms) + 4) * UNIT_ROUNDOFF
    value = float(terms.sum() - margin)
    return value if math.isfinite(value) else -math.inf
