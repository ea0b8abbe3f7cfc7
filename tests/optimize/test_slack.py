"""The segment tree against a plain array."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from wayout.optimize.dispatch.slack import BEYOND, change_slack, least_slack, slack_of

TICK = st.integers(-3, 40)
CHANGES = st.lists(st.tuples(st.integers(0, 1), TICK, TICK, st.integers(-9, 9)), max_size=25)


@given(st.lists(st.integers(0, 20), min_size=1, max_size=37), CHANGES, TICK, TICK)
@settings(max_examples=150, deadline=None)
def test_the_tree_says_what_an_array_says(
    capacity: list[int],
    changes: list[tuple[int, int, int, int]],
    begins: int,
    ends: int,
) -> None:
    plain = np.array([capacity, capacity[::-1]], dtype=np.int64)
    tree = slack_of(plain)
    for row, first, last, change in changes:
        change_slack(tree, row, first, last, change)
        plain[row, max(first, 0) : max(last, 0)] += change
    for row in (0, 1):
        asked = plain[row, max(begins, 0) : max(ends, 0)]
        assert least_slack(tree, row, begins, ends) == asked.min(initial=BEYOND)


def test_nothing_is_limited_after_the_last_tick() -> None:
    tree = slack_of(np.array([[5, 0, 7]], dtype=np.int64))
    assert least_slack(tree, 0, 3, BEYOND) >= BEYOND
    assert least_slack(tree, 0, 2, BEYOND) == 7
    assert least_slack(tree, 0, 0, BEYOND) == 0
