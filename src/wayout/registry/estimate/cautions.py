"""What a reader of the answer must know: warnings, each a sentence or two in plain words."""

from collections.abc import Iterable

import numpy as np

from wayout.registry.estimate.answer import CLOSE, ModelAnswer, Settings
from wayout.registry.estimate.models import Model
from wayout.registry.estimate.overlaps import Overlaps
from wayout.registry.estimate.supported import Material

_LEAST_WEIGHT = 0.8
_COPIED_SHARE = 0.5
_COPIED_ODDS = 8.0
_LEAST_SHARED = 7

ALWAYS = (
    "Whoever no list could ever have reached is in none of these figures, and no list can show it."
)
TWO_LISTS = (
    "It cannot be known from two lists whether they are independent. If being on one makes being "
    "on the other more likely, there are more people than the first model says; a third list of "
    "other origin would show it."
)


def dependent_pairs(material: Material, overlaps: Overlaps) -> list[str]:
    """Lists that are not independent, and those that look copied from one another."""
    criterion = material.criterion
    weight = np.exp(-(criterion - criterion.min()) / 2)
    weight /= weight.sum()
    found = []
    for pair in material.design.pairs:
        having = [pair in model.pairs for model in material.fitted.models]
        if weight[np.array(having)].sum() >= _LEAST_WEIGHT:
            found.append(_dependent(pair, material, overlaps))
    return found


def dependent_throughout(material: Material) -> list[str]:
    """The sentence to show where every list goes with every other: one cause is behind all."""
    best = material.best()
    if len(best.pairs) < len(material.design.pairs):
        return []
    if min(_odds_ratio(pair, material) for pair in material.design.pairs) <= 1:
        return []
    return [
        "It cannot be known from these lists how many there are: people on any one list are more "
        "often on each other list, so the same people are easy to find for all of them, and how "
        "many are hard to find for all does not show."
    ]


def _dependent(pair: tuple[int, int], material: Material, overlaps: Overlaps) -> str:
    one, other = (overlaps.lists[position] for position in pair)
    odds = _odds_ratio(pair, material)
    smaller = min(overlaps.size(pair[0]), overlaps.size(pair[1]))
    share = overlaps.shared(*pair) / max(smaller, 1)
    if odds >= _COPIED_ODDS and share >= _COPIED_SHARE:
        return (
            f"The lists {one} and {other} are not independent: {share:.0%} of the smaller one is "
            f"on the other. One looks copied from the other; leave the copy out, or join the two."
        )
    more = "more" if odds > 1 else "less"
    return (
        f"The lists {one} and {other} are not independent: people on one are {more} often on the "
        f"other than chance would have it (odds × {odds:.2g})."
    )


def _odds_ratio(pair: tuple[int, int], material: Material) -> float:
    """The pair's term in the best model that has it."""
    cost = [
        value if pair in model.pairs else np.inf
        for model, value in zip(material.fitted.models, material.criterion, strict=True)
    ]
    best = material.fitted.models[int(np.argmin(cost))]
    position = 1 + material.design.num_lists + material.design.pairs.index(pair)
    return material.design.odds(best, material.table, position)


def perhaps_copied(overlaps: Overlaps) -> list[str]:
    """Whether one of two lists may be a copy of the other, which only their makers can tell."""
    smaller = min(overlaps.size(0), overlaps.size(1))
    share = overlaps.shared(0, 1) / max(smaller, 1)
    if share < _COPIED_SHARE:
        return []
    return [
        f"{share:.0%} of the smaller list is on the other. If one was copied from the other, the "
        "lists are not independent and these figures mean nothing: ask who made them."
    ]


def thin_overlaps(overlaps: Overlaps) -> list[str]:
    """Pairs of lists that share so few people that the pair by itself says nothing."""
    thin = [
        f"{overlaps.lists[one]} and {overlaps.lists[other]} ({overlaps.shared(one, other)})"
        for one in range(overlaps.num_lists)
        for other in range(one + 1, overlaps.num_lists)
        if overlaps.shared(one, other) < _LEAST_SHARED
    ]
    if not thin:
        return []
    return [f"Minimum overlap: fewer than {_LEAST_SHARED} people are on both {_listed(thin)}."]


def _listed(names: list[str]) -> str:
    shown = "; ".join(names[:4])
    return shown if len(names) <= 4 else f"{shown}; and {len(names) - 4} more pairs"


def families(overlaps: Overlaps, settings: Settings, inflation: float) -> list[str]:
    """Whether people came to the lists together."""
    if overlaps.households is not None and inflation > 1.2:
        return [
            "A family arrives together: members of one household share the same lists, so the "
            f"counts vary {inflation:.1f} times as much as if each had come alone. The intervals "
            "are drawn by household."
        ]
    if overlaps.households is None and settings.family_size <= 1:
        return [
            "The table does not say who belongs to one family. If a family arrives together, the "
            "intervals are too narrow; give the number that comes together as --family-size."
        ]
    return []


def links(settings: Settings) -> list[str]:
    """Whether errors of linking are corrected for."""
    if settings.clerical is not None:
        sample = settings.clerical
        return [
            f"Corrected for linking with precision {sample.precision:.2f} and recall "
            f"{sample.recall:.2f}, as checked by hand on {sample.made} links made and "
            f"{sample.due} links due."
        ]
    return [
        "Errors of linking are not corrected for: missed links make the figures too high, wrong "
        "ones too low. Check a sample by hand and give --precision and --recall."
    ]


def open_population(dates: Iterable[str]) -> list[str]:
    """Whether the lists speak of the same days. Dates are ISO 8601, one a list."""
    known = sorted(set(dates))
    if not known:
        return [
            "Open population: people who came, left or died while the lists were made belong to "
            "no single number. Use lists of the same days."
        ]
    if known[0] == known[-1]:
        return []
    return [
        f"Open population: the lists are of {known[0]} to {known[-1]}. Whoever came, left or died "
        "in between makes the figures too high."
    ]


def unbounded(models: tuple[ModelAnswer, ...]) -> list[str]:
    """The sentence to show where a model with good support has no upper end."""
    open_ended = (model for model in models if model.behind <= CLOSE and model.high is None)
    names = list(dict.fromkeys(model.model.split(":")[0] for model in open_ended))
    if not names:
        return []
    return [
        "It cannot be known from these lists how many there are at most: nothing in them bounds "
        f"the answer of {'; '.join(names)}. The upper end shown, if any, is of the other models."
    ]


def without_answer(material: Material, overlaps: Overlaps) -> list[str]:
    """Models that have no answer (Fienberg and Rinaldo 2012), if they matter."""
    near = np.flatnonzero(material.criterion - material.criterion.min() <= 2)
    models: list[Model] = [material.fitted.models[position] for position in near]
    lost = sum(not material.design.exists(model, overlaps) for model in models)
    return [f"{lost} of the {len(models)} best models have no estimate at all."] if lost else []
