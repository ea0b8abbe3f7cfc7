"""Hours a day that whole trips can use."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from wayout.network.legs import most_of_whole_trips


def by_trying(trips: list[int], minutes: int) -> int:
    counts = [range(minutes // trip + 1) for trip in trips]
    sums = [
        sum(number * trip for number, trip in zip(numbers, trips, strict=True))
        for numbers in itertools.product(*counts)
    ]
    return max(total for total in sums if total <= minutes)


@given(st.sets(st.integers(5, 40), max_size=3), st.integers(0, 120))
def test_as_trying_every_number_of_trips(trips: set[int], minutes: int) -> None:
    assert most_of_whole_trips(trips, minutes) == by_trying(sorted(trips), minutes)


def test_a_trip_longer_than_the_day_uses_nothing() -> None:
    assert most_of_whole_trips({700}, 600) == 0
