"""What the replications say together, each figure with its interval."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

CONFIDENCE = 0.95


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
    """A mean as estimated, and its interval."""

    estimate: float
    low: float
    high: float


def quantiles(values: Sequence[float]) -> Quantiles:
    """Percentiles by linear interpolation between order statistics."""
    low, middle, high = np.quantile(np.asarray(values, dtype=np.float64), (0.05, 0.5, 0.95))
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
