"""Model by model: what it says of the table, and of every table that might have been."""

from dataclasses import dataclass

import numpy as np

from wayout.registry.estimate.answer import SUPPORTED, ModelAnswer, Settings
from wayout.registry.estimate.classes import MOST_TIMES, Classes
from wayout.registry.estimate.models import Design, Fitted, Kind, Model, search
from wayout.registry.estimate.overlaps import Float

_MOST_AVERAGED = 30
_CHI_SQUARE_95 = 3.841458820694124
_RATIOS = np.geomspace(0.1, 12.0, 12)
_FITS_AT_ONCE = 4096


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """A table, its kin, and the models over pairs fitted to it."""

    lists: tuple[str, ...]
    table: Float
    draws: Float
    inflation: float
    settings: Settings
    design: Design
    fitted: Fitted

    @property
    def num(self) -> float:
        """People in the table."""
        return float(self.table.sum())

    @property
    def criterion(self) -> Float:
        """QAIC of the models over pairs."""
        return self.fitted.aic(self.inflation)

    def best(self) -> Model:
        """The best model over pairs by Akaike's criterion."""
        return self.fitted.models[int(self.criterion.argmin())]

    def best_bic(self) -> Model:
        """The best model over pairs by the Bayesian criterion."""
        bic = self.fitted.bic(self.inflation, max(round(self.num), 2))
        return self.fitted.models[int(bic.argmin())]

    def refit(self, models: tuple[Model, ...]) -> tuple[Float, Float]:
        """Sizes of the population and criteria: draws × models."""
        sizes, criteria = [], []
        for start in range(0, len(self.draws), max(1, _FITS_AT_ONCE // len(models))):
            some = self.draws[start : start + max(1, _FITS_AT_ONCE // len(models))]
            fitted = self.design.fit(models * len(some), np.repeat(some, len(models), axis=0))
            shape = (len(some), len(models))
            sizes.append(fitted.dark.reshape(shape) + some.sum(axis=1)[:, None])
            criteria.append(fitted.aic(self.inflation).reshape(shape))
        return np.vstack(sizes), np.vstack(criteria)


def material_of(
    lists: tuple[str, ...], table: Float, draws: Float, inflation: float, settings: Settings
) -> Material:
    """Fit the models over pairs to a table."""
    design = Design(len(lists))
    fitted = search(design, table, inflation)
    return Material(lists, table, draws, inflation, settings, design, fitted)


def name_of(model: Model, lists: tuple[str, ...]) -> str:
    """A model in words."""
    pairs = ", ".join(f"{lists[one]}×{lists[other]}" for one, other in sorted(model.pairs))
    return f"dependent pairs {pairs}" if pairs else "all lists independent"


def answers_of(material: Material, classes: Classes | None) -> tuple[ModelAnswer, ...]:
    """Every model that is shown, the average first."""
    found = [
        _average(material),
        _single(material, "best by AIC", material.best()),
        _single(material, "best by BIC", material.best_bic()),
        _single(material, "independence", Model()),
        _single(material, "Darroch", Model(kind=Kind.DARROCH)),
        _single(material, "Poisson", Model(kind=Kind.POISSON)),
        _unequal(material, "unequal reach", Model()),
    ]
    if material.best().pairs:
        found.append(_unequal(material, "unequal reach", material.best()))
    if classes is not None:
        found.append(_two_classes(material, classes))
    return tuple(found)


def _quantiles(sizes: Float, most: float) -> tuple[float, float | None]:
    """The middle 95 % of sizes; no upper end beyond what a table could show."""
    low, high = np.quantile(sizes, [0.025, 0.975], method="inverted_cdf")
    return float(min(low, most)), bounded(float(high), most)


def bounded(size: float, most: float) -> float | None:
    """The size, or None for one that is no answer: many times the people counted."""
    return size if size <= most else None


def _single(material: Material, label: str, model: Model) -> ModelAnswer:
    fitted = material.design.fit((model,), material.table)
    behind = float(fitted.aic(material.inflation)[0] - material.criterion.min())
    low, high = _quantiles(material.refit((model,))[0][:, 0], MOST_TIMES * material.num)
    size = bounded(material.num + float(fitted.dark[0]), MOST_TIMES * material.num)
    kind = "" if model.kind is not Kind.PAIRS else f": {name_of(model, material.lists)}"
    name = label if label == "independence" else f"{label}{kind}"
    return ModelAnswer(name, low, size, high, behind, behind <= SUPPORTED)


def _average(material: Material) -> ModelAnswer:
    """Models over pairs weighted by exp(−QAIC/2), in the table and in each draw."""
    order = np.argsort(material.criterion, kind="stable")[:_MOST_AVERAGED]
    near = material.criterion[order] - material.criterion.min() <= SUPPORTED
    chosen = order[near]
    models = tuple(material.fitted.models[position] for position in chosen)
    sizes, criteria = material.refit(models)
    of_table = material.num + material.fitted.dark[chosen][None, :]
    size = _weighted(of_table, material.criterion[chosen][None, :], np.array([material.num]))[0]
    averaged = _weighted(sizes, criteria, material.draws.sum(axis=1))
    most = MOST_TIMES * material.num
    low, high = _quantiles(averaged, most)
    name = f"average of {len(models)} models by AIC"
    return ModelAnswer(name, low, bounded(float(size), most), high, 0.0, True)


def _weighted(sizes: Float, criteria: Float, counted: Float) -> Float:
    """Geometric mean of the dark figures; infinite where runaway fits have half of the weight."""
    weight = np.exp(-(criteria - criteria.min(axis=1, keepdims=True)) / 2)
    finite = np.isfinite(sizes)
    usable = np.where(finite, weight, 0.0)
    dark = np.where(finite, np.maximum(sizes - counted[:, None], 1e-9), 1.0)
    total = usable.sum(axis=1)
    mean = np.exp((usable * np.log(dark)).sum(axis=1) / np.maximum(total, 1e-300))
    return np.where(total >= weight.sum(axis=1) / 2, counted + mean, np.inf)


def _unequal(material: Material, label: str, base: Model) -> ModelAnswer:
    """A second class of people who are harder to reach, as far as the table does not exclude it.

    Two classes whose odds differ by one factor on all lists are a log-linear model with a known
    offset, one for each factor and share (a two-point mixture of Rasch's model).
    """
    settings = material.settings
    factors = np.geomspace(settings.hard_factor, 0.5, 4)
    second = [(float(ratio), float(factor)) for factor in factors for ratio in _RATIOS]
    tried = (base, *(Model(base.pairs, unequal=pair) for pair in second))
    fitted = material.design.fit(tried, material.table)
    loss = 2 * (fitted.log_likelihood.max() - fitted.log_likelihood) / material.inflation
    allowed = (fitted.hard_share <= settings.hard_share) & np.isfinite(fitted.dark)
    allowed &= loss <= _CHI_SQUARE_95
    if not allowed.any():
        allowed = loss <= loss.min()
    dark = np.where(allowed, fitted.dark, np.nan)
    ends = (tried[int(np.nanargmin(dark))], tried[int(np.nanargmax(dark))])
    likely = int(np.where(allowed, loss, np.inf).argmin())
    sizes, _ = material.refit(ends)
    most = MOST_TIMES * material.num
    low, high = _quantiles(sizes[:, 0], most)[0], _quantiles(sizes[:, 1], most)[1]
    criterion = np.where(allowed, fitted.aic(material.inflation), np.inf).min()
    behind = float(criterion - material.criterion.min())
    size = bounded(material.num + float(fitted.dark[likely]), most)
    name = f"{label}: {name_of(base, material.lists)}"
    return ModelAnswer(name, low, size, high, behind, behind <= SUPPORTED)


def _two_classes(material: Material, classes: Classes) -> ModelAnswer:
    parameters = 2 * len(material.lists) + 2
    criterion = -2 * classes.log_likelihood / material.inflation + 2 * parameters
    behind = float(criterion - material.criterion.min())
    most = MOST_TIMES * material.num
    high = bounded(classes.high, most)
    size = bounded(classes.estimate, 0.95 * most)
    return ModelAnswer("two hidden classes", classes.low, size, high, behind, behind <= SUPPORTED)
