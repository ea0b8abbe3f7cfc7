from itertools import combinations, permutations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from wayout.registry.link.arrays import Doubles
from wayout.registry.link.households import assigned, each_alone

GAINS = arrays(
    np.float64, array_shapes(min_dims=2, max_dims=2, max_side=4), elements=st.floats(0, 50)
)


def every_assignment(gains: Doubles) -> tuple[float, Doubles]:
    """The sum over one-to-one assignments, written out."""
    num_rows, num_columns = gains.shape
    whole, chance = 0.0, np.zeros_like(gains)
    for size in range(min(num_rows, num_columns) + 1):
        for rows in combinations(range(num_rows), size):
            for columns in permutations(range(num_columns), size):
                product = float(np.prod([gains[pair] for pair in zip(rows, columns, strict=True)]))
                whole += product
                for pair in zip(rows, columns, strict=True):
                    chance[pair] += product
    return whole, chance / whole


@given(GAINS)
@settings(deadline=None)
def test_the_sum_is_over_every_one_to_one_assignment(gains: Doubles) -> None:
    bits, chance = assigned(gains)
    whole, expected = every_assignment(gains)
    np.testing.assert_allclose(2.0**bits, whole, rtol=1e-9)
    np.testing.assert_allclose(chance, expected, atol=1e-9)


@given(GAINS)
@settings(deadline=None)
def test_nobody_is_matched_more_than_once(gains: Doubles) -> None:
    for _, chance in (assigned(gains), each_alone(gains)):
        assert (chance.sum(axis=0) <= 1 + 1e-9).all()
        assert (chance.sum(axis=1) <= 1 + 1e-9).all()


def test_two_brothers_who_both_fit_stay_in_doubt() -> None:
    _, chance = assigned(np.array([[100.0], [100.0]]))
    np.testing.assert_allclose(chance, [[100 / 201], [100 / 201]])


def test_a_member_who_fits_elsewhere_leaves_the_other_his_place() -> None:
    # Alone, the second row would take the first column; the first row needs it more.
    _, chance = assigned(np.array([[1000.0, 0.0], [10.0, 8.0]]))
    assert chance[0, 0] > 0.98
    assert chance[1, 1] > chance[1, 0]
