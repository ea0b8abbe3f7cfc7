"""The models that are tried: which pairs of lists depend on each other, and who is hard to reach.

A pair that shares nobody has its term at minus infinity where a model has it: the pattern is
expected empty and left out of the fit, and the term counts as a parameter all the same (Chan,
Silverman and Vincent 2021). Up to five lists every choice of pairs is tried; beyond that the best
models and their neighbours, until no neighbour is better.
"""

from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

import numpy as np

from wayout.registry.estimate.fitting import Fits, dark_exists, fit
from wayout.registry.estimate.overlaps import Bool, Float, Overlaps

MOST_LISTS = 10
"""With more lists nearly every pattern is empty."""

_MOST_PAIRS_FOR_ALL = 10
_NUM_FOLLOWED = 24


class Kind(StrEnum):
    """How the people of a model differ."""

    PAIRS = "pairs"
    DARROCH = "darroch"
    POISSON = "poisson"


@dataclass(frozen=True, slots=True)
class Model:
    """Terms of a model beside one for each list: pairs of lists, or one for unequal people.

    Darroch's term grows with the square of the number of lists that have a person, the Poisson
    term with its power of two (Darroch and others 1993; Rivest and Baillargeon 2007).
    """

    pairs: frozenset[tuple[int, int]] = frozenset()
    kind: Kind = Kind.PAIRS
    unequal: tuple[float, float] | None = None
    """A second class of people: how many of them are on no list for each such person of the first
    class, and by what factor their odds to be on any list are smaller."""

    def num_parameters(self, num_lists: int) -> int:
        """Parameters of the model, terms at minus infinity included."""
        more = (self.kind is not Kind.PAIRS) + 2 * (self.unequal is not None)
        return 1 + num_lists + len(self.pairs) + more


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """Models with what they say of one table."""

    models: tuple[Model, ...]
    dark: Float
    log_likelihood: Float
    parameters: Float
    hard_share: Float
    """Share of the whole population in the second class; 0 where there is none."""

    def aic(self, inflation: float) -> Float:
        """Akaike's criterion, with the likelihood tempered by over-dispersion (QAIC)."""
        value: Float = -2 * self.log_likelihood / inflation + 2 * self.parameters
        return value

    def bic(self, inflation: float, num_people: int) -> Float:
        """The Bayesian criterion, tempered likewise."""
        cost = np.log(num_people) * self.parameters
        value: Float = -2 * self.log_likelihood / inflation + cost
        return value


class Design:
    """All terms that a model over these lists may have, as columns over the patterns."""

    def __init__(self, num_lists: int) -> None:
        member = Overlaps(("",) * num_lists, np.zeros(0, dtype=np.int64)).members
        self.num_lists = num_lists
        self.number = member.sum(axis=1)
        self.pairs = tuple(combinations(range(num_lists), 2))
        self.both = np.array([member[:, i] & member[:, j] for i, j in self.pairs]).T
        number = self.number.astype(np.float64)
        unequal = np.stack([number**2 / 2, 2.0**number - 1], axis=1)
        unequal /= unequal.max(axis=0)
        self.columns = np.column_stack([np.ones(len(member)), member, self.both, unequal])

    def terms(self, models: tuple[Model, ...]) -> Bool:
        """Models × columns."""
        found = np.zeros((len(models), self.columns.shape[1]), dtype=np.bool_)
        found[:, : 1 + self.num_lists] = True
        for row, model in enumerate(models):
            for pair in model.pairs:
                found[row, 1 + self.num_lists + self.pairs.index(pair)] = True
            if model.kind is not Kind.PAIRS:
                found[row, -2 if model.kind is Kind.DARROCH else -1] = True
        return found

    def fit(self, models: tuple[Model, ...], counts: Float) -> Fitted:
        """Fit each model to a table of its own, or all to one; empty pairs as described above."""
        terms = self.terms(models)
        kept, terms = self._kept(terms, np.broadcast_to(counts, (len(models), counts.shape[-1])))
        ratio, factor = np.array([model.unequal or (0.0, 1.0) for model in models]).T
        second = ratio[:, None] * factor[:, None] ** self.number
        fits: Fits = fit(self.columns, counts, terms, kept, np.log1p(second))
        parameters = np.array([model.num_parameters(self.num_lists) for model in models], float)
        share = self._share(fits.coefficients, kept, second, ratio)
        return Fitted(models, fits.dark * (1 + ratio), fits.log_likelihood, parameters, share)

    def _share(self, coefficients: Float, kept: Bool, second: Float, ratio: Float) -> Float:
        """Share of the second class among all, those on no list included."""
        first = np.where(kept, np.exp(np.clip(coefficients @ self.columns.T, -40, 40)), 0.0)
        dark = np.exp(np.clip(coefficients[:, 0], -40, 40))
        of_second = (first * second).sum(axis=1) + dark * ratio
        whole: Float = of_second / (first.sum(axis=1) + dark + of_second)
        return whole

    def _kept(self, terms: Bool, counts: Float) -> tuple[Bool, Bool]:
        """Patterns left after empty pairs, and the terms without those at minus infinity."""
        first = 1 + self.num_lists
        of_pairs = terms[:, first : first + len(self.pairs)]
        empty = of_pairs & (counts @ self.both == 0)
        kept = ~(empty.astype(np.int64) @ self.both.T.astype(np.int64)).astype(np.bool_)
        terms = terms.copy()
        terms[:, first : first + len(self.pairs)] &= ~empty
        return kept, terms

    def odds(self, model: Model, counts: Float, position: int) -> float:
        """Odds ratio that a model's term at a column stands for; 0 for one at minus infinity."""
        terms = self.terms((model,))
        kept, left = self._kept(terms, counts[None, :])
        if not left[0, position]:
            return 0.0
        fits = fit(self.columns, counts, left, kept, np.zeros_like(kept, dtype=np.float64))
        return float(np.exp(fits.coefficients[0, position]))

    def exists(self, model: Model, overlaps: Overlaps) -> bool:
        """Whether the model's estimate of the dark figure exists (Fienberg and Rinaldo 2012)."""
        terms = self.terms((model,))[0]
        return dark_exists(self.columns[:, terms], overlaps.counts)


def search(design: Design, counts: Float, inflation: float) -> Fitted:
    """Fit the models over pairs that matter: all of them, or the best and their neighbours."""
    if len(design.pairs) <= _MOST_PAIRS_FOR_ALL:
        chosen = [
            Model(frozenset(pairs))
            for num in range(len(design.pairs) + 1)
            for pairs in combinations(design.pairs, num)
        ]
        return design.fit(tuple(chosen), counts)
    return _follow(design, counts, inflation)


def _follow(design: Design, counts: Float, inflation: float) -> Fitted:
    known: dict[Model, tuple[float, float]] = {}
    fresh = [Model()]
    while fresh:
        fitted = design.fit(tuple(fresh), counts)
        known |= zip(fresh, zip(fitted.dark, fitted.log_likelihood, strict=True), strict=True)
        cost = {
            model: -2 * likelihood / inflation + 2 * model.num_parameters(design.num_lists)
            for model, (_, likelihood) in known.items()
        }
        best = sorted(known, key=lambda model: (cost[model], sorted(model.pairs)))[:_NUM_FOLLOWED]
        neighbours = {Model(model.pairs ^ {pair}) for model in best for pair in design.pairs}
        fresh = sorted(neighbours - known.keys(), key=lambda model: sorted(model.pairs))
    models = tuple(known)
    dark, likelihood = np.array(list(known.values())).T
    parameters = np.array([model.num_parameters(design.num_lists) for model in models], float)
    return Fitted(models, dark, likelihood, parameters, np.zeros(len(models)))
