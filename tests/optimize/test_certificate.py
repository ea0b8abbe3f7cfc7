"""Certified values against a second solver, and against vectors that no solver would return."""

import math

import numpy as np
import pytest
from scipy.optimize import linprog
from scipy.sparse import csr_array

from wayout.optimize.certificate import certify
from wayout.optimize.linear import solve_linear
from wayout.optimize.program import LinearProgram, Real

SEEDS = range(40)


def random_program(seed: int) -> LinearProgram:
    """A feasible program with one-sided, two-sided and equality rows, boxes of either sign."""
    random = np.random.default_rng(seed)
    num_rows, num_columns = int(random.integers(1, 9)), int(random.integers(1, 12))
    matrix = random.integers(-4, 5, (num_rows, num_columns)).astype(np.float64)
    lower = random.integers(-5, 1, num_columns).astype(np.float64)
    upper = lower + random.integers(0, 9, num_columns)
    at = matrix @ (lower + random.random(num_columns) * (upper - lower))
    below = np.where(random.random(num_rows) < 0.3, np.inf, random.random(num_rows) * 3)
    above = np.where(random.random(num_rows) < 0.3, np.inf, random.random(num_rows) * 3)
    equal = random.random(num_rows) < 0.2
    row_lower, row_upper = np.where(equal, at, at - below), np.where(equal, at, at + above)
    cost = random.integers(-9, 10, num_columns).astype(np.float64)
    return LinearProgram(cost, lower, upper, csr_array(matrix), row_lower, row_upper)


def second_opinion(program: LinearProgram) -> tuple[float, Real]:
    """Optimum and dual vector from scipy: every row as one or two inequalities."""
    dense = program.matrix.toarray()
    some_upper, some_lower = np.isfinite(program.row_upper), np.isfinite(program.row_lower)
    sides = np.vstack([dense[some_upper], -dense[some_lower]])
    limits = np.concatenate([program.row_upper[some_upper], -program.row_lower[some_lower]])
    boxes = np.column_stack([program.lower, program.upper])
    result = linprog(
        program.cost, A_ub=sides, b_ub=limits, bounds=boxes.tolist(), method="highs-ds"
    )
    assert result.success
    assert result.fun is not None
    y = np.zeros(dense.shape[0])
    marginals = np.asarray(result.ineqlin.marginals)
    y[some_upper] += marginals[: some_upper.sum()]
    y[some_lower] -= marginals[some_upper.sum() :]
    return float(result.fun), y


@pytest.mark.parametrize("seed", SEEDS)
def test_optimal_duals_certify_the_optimum(seed: int) -> None:
    program = random_program(seed)
    optimum, y = second_opinion(program)
    certified = certify(program, y)
    assert certified <= optimum + 1e-9
    assert certified == pytest.approx(optimum, abs=1e-6)


@pytest.mark.parametrize("seed", SEEDS)
def test_duals_of_our_solver_certify_the_optimum_of_the_other(seed: int) -> None:
    program = random_program(seed)
    optimum, _ = second_opinion(program)
    certified = certify(program, solve_linear(program).y)
    assert certified <= optimum + 1e-9
    assert certified == pytest.approx(optimum, abs=1e-4)


@pytest.mark.parametrize("seed", SEEDS)
def test_any_duals_certify_no_more_than_the_optimum(seed: int) -> None:
    program = random_program(seed)
    optimum, _ = second_opinion(program)
    random = np.random.default_rng(seed)
    for scale in (0.0, 1e-6, 1.0, 1e3, 1e12):
        y = random.normal(size=len(program.row_lower)) * scale
        assert certify(program, y) <= optimum + 1e-9


@pytest.mark.parametrize("wrong", [math.nan, math.inf, -math.inf, 1e300, -1e308, 5e-324])
def test_corrupted_duals_certify_no_more_than_the_optimum(wrong: float) -> None:
    for seed in SEEDS:
        program = random_program(seed)
        optimum, y = second_opinion(program)
        for row in range(len(y)):
            corrupted = y.copy()
            corrupted[row] = wrong
            certified = certify(program, corrupted)
            assert not math.isnan(certified)
            assert certified <= optimum + 1e-9
