"""Two hidden classes of people, easy and hard to reach, within which lists are independent.

A latent class model as of Goodman (1974), used for populations by Pledger (2000) and Stanghellini
and van der Heijden (2004): it is what sees that the same people stay off all lists. Its interval
is read from the profile of the likelihood over the size of the population (Cormack 1992), which
may never close: then the data do not say how many there are.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln

from wayout.registry.estimate.overlaps import Float, Overlaps

LEAST_LISTS = 4
"""With three lists the model has more unknowns than the table has counts."""

MOST_TIMES = 40.0
"""The profile is followed up to so many times the people counted."""

NUM_PARAMETERS_APART = 2
_NUM_SIZES = 72
_NUM_STARTS = 6
_ROUNDS = 1500
_CHI_SQUARE_95 = 3.841458820694124


@dataclass(frozen=True, slots=True)
class Classes:
    """Size of the population under two classes; ``high`` is infinite where nothing bounds it."""

    low: float
    estimate: float
    high: float
    log_likelihood: float
    """On the scale of the Poisson models: of the patterns given how many people were counted."""


def fit_classes(table: Float, overlaps: Overlaps, inflation: float, seed: int) -> Classes | None:
    """Estimate and 95 % profile interval; None with fewer than four lists.

    ``table`` has the counts of ``overlaps``, corrected for linking or not. ``inflation`` is how
    much more the counts vary than if everybody came alone.
    """
    if overlaps.num_lists < LEAST_LISTS:
        return None
    counts, num = table, table.sum()
    sizes = num * np.geomspace(1.0 + 1.0 / num, MOST_TIMES, _NUM_SIZES)
    shares = _profile(overlaps, counts, sizes, np.random.default_rng(seed))
    values = _log_likelihood(counts, shares, sizes)
    best = int(values.argmax())
    inside = np.flatnonzero(2 * (values[best] - values) / inflation <= _CHI_SQUARE_95)
    given = shares[best, 1:] / shares[best, 1:].sum()
    return Classes(
        low=_crossing(sizes, values, int(inside[0]), -1, best, inflation),
        estimate=float(sizes[best]),
        high=_crossing(sizes, values, int(inside[-1]), 1, best, inflation),
        log_likelihood=_poisson(counts, given),
    )


def _crossing(
    sizes: Float, values: Float, last: int, way: int, best: int, inflation: float
) -> float:
    """Where the profile leaves the interval, between the last size inside and the next."""
    following = last + way
    if following == len(sizes):
        return float("inf")
    if following < 0:
        return float(sizes[0])
    limit = values[best] - _CHI_SQUARE_95 * inflation / 2
    part = (values[last] - limit) / max(values[last] - values[following], 1e-12)
    return float(sizes[last] + part * (sizes[following] - sizes[last]))


def _poisson(counts: Float, given: Float) -> float:
    num = counts.sum()
    expected = np.maximum(num * given, 1e-300)
    return float((counts * np.log(expected) - gammaln(counts + 1)).sum() - num)


def _log_likelihood(counts: Float, shares: Float, sizes: Float) -> Float:
    """Of the whole table for each supposed size (multinomial, Sanathanan 1972)."""
    dark = sizes - counts.sum()
    logs = np.log(np.maximum(shares, 1e-300))
    value: Float = gammaln(sizes + 1) - gammaln(dark + 1) + logs[:, 1:] @ counts + dark * logs[:, 0]
    return value


def _profile(overlaps: Overlaps, counts: Float, sizes: Float, rng: np.random.Generator) -> Float:
    """Best shares of all patterns, dark first, for each supposed size, by EM from many starts."""
    member = np.vstack([np.zeros(overlaps.num_lists), overlaps.members]).astype(np.float64)
    tables = np.concatenate(
        [(sizes - counts.sum())[:, None], np.broadcast_to(counts, (len(sizes), len(counts)))],
        axis=1,
    )
    tables = np.repeat(tables, _NUM_STARTS, axis=0)
    chance = _starts(tables, member, rng)
    weight = np.tile(np.array([0.7, 0.3]), (len(tables), 1))
    for _ in range(_ROUNDS):
        joint = _joint(member, weight, chance)
        whole = np.maximum(joint.sum(axis=1, keepdims=True), 1e-300)
        people = joint * (tables[:, None, :] / whole)
        amount = np.maximum(people.sum(axis=2), 1e-9)
        weight = amount / amount.sum(axis=1, keepdims=True)
        chance = np.clip((people @ member) / amount[:, :, None], 1e-9, 1 - 1e-9)
    shares = _joint(member, weight, chance).sum(axis=1)
    values = (tables * np.log(np.maximum(shares, 1e-300))).sum(axis=1)
    choice = values.reshape(len(sizes), _NUM_STARTS).argmax(axis=1)
    best: Float = shares[np.arange(len(sizes)) * _NUM_STARTS + choice]
    return best


def _joint(member: Float, weight: Float, chance: Float) -> Float:
    """Shares by model, class and pattern."""
    logs = np.log(chance) @ member.T + np.log1p(-chance) @ (1 - member).T
    value: Float = np.exp(logs + np.log(weight)[:, :, None])
    return value


def _starts(tables: Float, member: Float, rng: np.random.Generator) -> Float:
    """Chances to be listed: the second class lower, by factors that differ from start to start."""
    overall = (tables @ member) / tables.sum(axis=1, keepdims=True)
    factors = rng.uniform(0.05, 0.6, size=(len(tables), 1, overall.shape[1]))
    factors[::_NUM_STARTS] = 0.3
    both = np.concatenate([1.4 - 0.4 * factors, factors], axis=1)
    starts: Float = np.clip(overall[:, None, :] * both, 0.001, 0.98)
    return starts
