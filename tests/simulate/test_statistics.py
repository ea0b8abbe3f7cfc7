"""Intervals against what is known of them."""

import math

import numpy as np
import pytest
from scipy import stats
from tests.simulate.worlds import flying

from wayout.simulate.disruptions import Disruptions, Kind
from wayout.simulate.outcome import Outcome
from wayout.simulate.statistics import chance, mean, percentiles, quantiles
from wayout.simulate.study import effect_of, margin_of, study_of


def test_clopper_and_pearson() -> None:
    # Closed forms at the ends: all of n: low = (α/2)^(1/n); none of n: high = 1 − (α/2)^(1/n).
    assert chance(20, 20).low == pytest.approx(0.025 ** (1 / 20))
    assert (chance(20, 20).high, chance(0, 20).low) == (1.0, 0.0)
    assert chance(0, 20).high == pytest.approx(1 - 0.025 ** (1 / 20))


@pytest.mark.parametrize(("successes", "trials"), [(1, 10), (7, 31), (950, 1000)])
def test_the_ends_are_where_the_tails_are_a_fortieth(successes: int, trials: int) -> None:
    found = chance(successes, trials)
    assert stats.binom.sf(successes - 1, trials, found.low) == pytest.approx(0.025)
    assert stats.binom.cdf(successes, trials, found.high) == pytest.approx(0.025)


def test_mean_and_quantiles() -> None:
    found = mean([1.0, 2.0, 3.0])
    reach = stats.t.ppf(0.975, 2) / math.sqrt(3)
    assert found.estimate == 2.0
    assert found.low == pytest.approx(2 - reach)
    assert mean([4.0]).high == math.inf
    assert quantiles(range(101)).p05 == 5.0


@pytest.mark.parametrize("num", [60, 1000])
def test_percentiles_lie_between_order_statistics_that_hold_them(num: int) -> None:
    # Of an interval between the r-th and the s-th of n, at least 95 % hold the percentile: the
    # number of values below it is binomial.
    values = np.random.default_rng(4).permutation(num).astype(float).tolist()
    _, middle, _ = percentiles(values)
    below = stats.binom.cdf(middle.high - 1, num, 0.5) - stats.binom.cdf(middle.low, num, 0.5)
    assert below >= 0.949
    assert middle.low < middle.estimate == (num - 1) / 2 < middle.high
    assert percentiles([3.0, 3.0])[1].high == math.inf


def outcome(index: int, safe: int, lost: int = 0, danger: float = 10.0) -> Outcome:
    hours = np.full(25, safe, dtype=np.int64)
    return Outcome(index, 9, safe, lost, danger, 0, 0, 0, 6, 0, 0, None, hours, "")


def test_paired_differences_and_the_margin() -> None:
    base = [outcome(0, 9), outcome(1, 5, 4), outcome(2, 7, 2)]
    without = [outcome(0, 9), outcome(1, 8, 1), outcome(2, 9)]
    effect = effect_of(Kind.WEATHER, base, without)
    assert effect.left_behind.estimate == pytest.approx((0 + 3 + 2) / 3)
    assert margin_of([(0.0, base), (0.1, without), (0.2, [outcome(0, 9)])]).share == 0.2
    assert margin_of([(0.0, base)]).share is None


def test_what_the_outcomes_say_together() -> None:
    _, plan = flying()
    study = study_of(plan, [outcome(0, 9), outcome(1, 5, 4)], seed=1, seconds=0.0)
    assert study.all_out.estimate == study.kept.estimate == 0.5
    assert study.people_safe.p50 == 7.0
    assert Disruptions()["attack.shut_hours"] == 2.0
