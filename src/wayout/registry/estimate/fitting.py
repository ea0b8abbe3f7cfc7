"""Poisson log-linear models fitted many at a time, and when such a fit has an answer at all.

The expected count of a pattern is ``exp(x·β)`` with a term for each list and for some pairs of
lists; the dark figure is ``exp(β₀)`` (Fienberg 1972). Everything here is newly written from the
papers; no code is taken over.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog
from scipy.special import gammaln

from wayout.registry.estimate.overlaps import Bool, Float, Int

_ROUNDS = 60
_SETTLED = 1e-8
_LARGEST = 30.0
"""Beyond e^30 people an expected count is no number of people: the fit runs away."""


@dataclass(frozen=True, slots=True, eq=False)
class Fits:
    """Fits side by side. ``dark`` is the expected dark figure, infinite where a fit ran away."""

    dark: Float
    log_likelihood: Float
    coefficients: Float


def fit(design: Float, counts: Float, terms: Bool, kept: Bool, offset: Float) -> Fits:
    """Fit models by Newton's method (iteratively reweighted least squares).

    ``dark`` of the answer is ``exp(β₀)``: without the offset that the dark pattern may have.

    Parameters
    ----------
    design
        Patterns × terms; the first term is the constant.
    counts
        Models × patterns, or one row for all models; fractions are allowed.
    terms
        Models × terms: which terms a model has.
    kept
        Models × patterns: patterns that are not fixed to an expected count of zero.
    offset
        Models × patterns: what is added to the logarithm of each expected count.
    """
    counts = np.broadcast_to(counts, kept.shape)
    squares = (design[:, :, None] * design[:, None, :]).reshape(len(design), -1)
    seen = np.where(kept, counts, 0.0)
    rate = np.where(kept, seen + 0.5, 0.0)
    log_rate = np.log(np.where(kept, rate, 1.0))
    beta = np.zeros(terms.shape)
    likelihood = np.full(len(terms), -np.inf)
    for _ in range(_ROUNDS):
        response = (log_rate - offset) * rate + np.where(kept, seen - rate, 0.0)
        proposed = _solve(squares, rate, response @ design, terms)
        beta, log_rate, rate = _step(design, offset, beta, proposed, seen, kept, likelihood)
        value = _log_likelihood(seen, log_rate, rate)
        settled = np.abs(value - likelihood) <= _SETTLED * (1 + np.abs(value))
        likelihood = value
        if settled.all():
            break
    ran_away = ~settled | (np.abs(beta) >= _LARGEST).any(axis=1)
    dark = np.where(ran_away, np.inf, np.exp(np.minimum(beta[:, 0], _LARGEST)))
    return Fits(dark, likelihood - gammaln(counts + 1).sum(axis=1), beta)


def _solve(squares: Float, weights: Float, right: Float, terms: Bool) -> Float:
    """Weighted least squares of every model; terms that a model has not stay at zero."""
    num_models, num_terms = terms.shape
    matrix = (weights @ squares).reshape(num_models, num_terms, num_terms)
    matrix *= terms[:, :, None] & terms[:, None, :]
    diagonal = np.arange(num_terms)
    scale = np.maximum(matrix[:, diagonal, diagonal], 1e-12)
    matrix[:, diagonal, diagonal] = np.where(terms, scale * (1 + 1e-11) + 1e-11, 1.0)
    found: Float = np.linalg.solve(matrix, (right * terms)[:, :, None])[:, :, 0].astype(np.float64)
    return found


def _step(
    design: Float,
    offset: Float,
    beta: Float,
    proposed: Float,
    seen: Float,
    kept: Bool,
    before: Float,
) -> tuple[Float, Float, Float]:
    """Go to what is proposed, or half of the way as often as the likelihood would fall."""
    share = np.ones(len(beta))
    for _ in range(12):
        tried = np.where(np.isfinite(before)[:, None], beta, proposed)
        tried = tried + share[:, None] * (proposed - tried)
        log_rate = np.clip(tried @ design.T + offset, -_LARGEST, _LARGEST)
        rate = np.where(kept, np.exp(log_rate), 0.0)
        worse = _log_likelihood(seen, log_rate, rate) < before - 1e-9 * (1 + np.abs(before))
        if not worse.any():
            break
        share = np.where(worse, share / 2, share)
    return np.clip(tried, -_LARGEST, _LARGEST), log_rate, rate


def _log_likelihood(seen: Float, log_rate: Float, rate: Float) -> Float:
    value: Float = (seen * log_rate - rate).sum(axis=1)
    return value


def dark_exists(design: Float, counts: Int) -> bool:
    """Whether the maximum-likelihood estimate of the dark figure exists and is the only one.

    Fienberg and Rinaldo (2012): expected counts that the table pushes to zero are those
    of the patterns outside of the facial set, which a linear programme finds: the largest
    ``z = design·c`` with ``z = 0`` where somebody was counted and ``0 ≤ z ≤ 1`` elsewhere. On the
    patterns that remain, the constant must follow from what can be estimated: the row of the dark
    pattern has to lie in their row space.
    """
    facial = _facial_set(design, counts)
    rest = design[facial]
    dark = np.zeros(design.shape[1])
    dark[0] = 1.0
    solution = np.linalg.lstsq(rest.T, dark, rcond=None)[0]
    return bool(np.abs(rest.T @ solution - dark).max() < 1e-7)


def _facial_set(design: Float, counts: Int) -> Bool:
    seen = counts > 0
    if seen.all():
        return seen
    upper = np.where(seen, 0.0, 1.0)
    result = linprog(
        -design[~seen].sum(axis=0),
        A_ub=np.vstack([design, -design]),
        b_ub=np.concatenate([upper, np.zeros(len(upper))]),
        bounds=(None, None),
        method="highs",
    )
    direction = np.zeros(design.shape[1]) if result.x is None else result.x
    outside = (design @ direction > 1e-7) & ~seen
    facial: Bool = ~outside
    return facial
