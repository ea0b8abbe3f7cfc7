"""What the replications say together, each figure with its interval."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats

CONFIDENCE = 0.95
PERCENTILES = (0.05, 0.5, 0.95)


@dataclass(frozen=True, slots=True)
class Quantiles:
    """The 5th, 50th and 95th percentile of the replications."""

    p05: float
    p50: float
    p95: float


@dataclass(frozen=True, slots=True)
class Chance:
    """A chance as estimated, and the interval that holds it with the stated confidence."""

    estimate: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean or a percentile as estimated, and its interval."""

    estimate: float
    low: float
    high: float


def quantiles(values: Sequence[float]) -> Quantiles:
    """Percentiles by linear interpolation between order statistics."""
    low, middle, high = np.quantile(np.asarray(values, dtype=np.float64), PERCENTILES)
    return Quantiles(float(low), float(middle), float(high))


def chance(successes: int, trials: int, confidence: float = CONFIDENCE) -> Chance:
    """The exact interval of Clopper and Pearson (Biometrika 26, 1934) for a binomial chance.

    Its ends are quantiles of beta distributions; it holds the true chance at least as often as the
    confidence says, however few trials there are.
    """
    tail = (1 - confidence) / 2
    failures = trials - successes
    low = 0.0 if successes == 0 else float(stats.beta.ppf(tail, successes, failures + 1))
    high = 1.0 if failures == 0 else float(stats.beta.ppf(1 - tail, successes + 1, failures))
    return Chance(successes / trials, low, high)


def mean(values: Sequence[float], confidence: float = CONFIDENCE) -> Mean:
    """Mean with Student's interval; a single value has no interval but everything."""
    sample = np.asarray(values, dtype=np.float64)
    estimate = float(sample.mean())
    if len(sample) < 2:
        return Mean(estimate, -math.inf, math.inf)
    spread = float(sample.std(ddof=1)) / math.sqrt(len(sample))
    reach = float(stats.t.ppf(0.5 + confidence / 2, len(sample) - 1)) * spread
    return Mean(estimate, estimate - reach, estimate + reach)


def percentiles(values: Sequence[float], confidence: float = CONFIDENCE) -> tuple[Mean, Mean, Mean]:
    """The 5th, 50th and 95th percentile, each with its interval between order statistics.

    The interval holds whatever the distribution (Conover, Practical Nonparametric Statistics, 3rd
    ed., section 3.2). Few replications have no order statistic far enough out: then that end is
    infinite.
    """
    sample = np.asarray(values, dtype=np.float64)
    estimates = quantiles(values)
    low, middle, high = (
        _between_order_statistics(sample, part, estimate, confidence)
        for part, estimate in zip(
            PERCENTILES, (estimates.p05, estimates.p50, estimates.p95), strict=True
        )
    )
    return low, middle, high


def _between_order_statistics(
    sample: NDArray[np.float64], part: float, estimate: float, confidence: float
) -> Mean:
    ends: Any = stats.quantile_test(sample, p=part).confidence_interval(confidence)
    low = -math.inf if math.isnan(ends.low) else float(ends.low)
    high = math.inf if math.isnan(ends.high) else float(ends.high)
    # The estimate interpolates, the ends do not: of a few equal ones it may lie just outside.
    return Mean(estimate, min(low, estimate), max(high, estimate))
