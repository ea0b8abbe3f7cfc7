"""From an overlap table to the answer: refuse what cannot be known, show a range over the rest."""

import numpy as np

from wayout.registry.estimate import cautions
from wayout.registry.estimate.answer import LEAST_REPEATED, Answer, ModelAnswer, Settings
from wayout.registry.estimate.chapman import SUPPOSITIONS, chapman
from wayout.registry.estimate.classes import MOST_TIMES, fit_classes
from wayout.registry.estimate.models import MOST_LISTS
from wayout.registry.estimate.overlaps import Float, Overlaps
from wayout.registry.estimate.resampling import corrected, inflation_of, resampled
from wayout.registry.estimate.supported import Material, answers_of, bounded, material_of


def estimate(
    overlaps: Overlaps, settings: Settings | None = None, dates: tuple[str, ...] = ()
) -> Answer:
    """How many people there are, those on no list included.

    ``dates`` are the days that the lists speak of, as far as they are known. The same arguments
    give the same answer.
    """
    settings = settings or Settings()
    reason = _refusal(overlaps)
    if reason is not None:
        return _refused(overlaps, reason)
    rng = np.random.default_rng(settings.seed)
    inflation = inflation_of(overlaps, settings.family_size)
    table = corrected(overlaps, settings.clerical, rng)
    draws = resampled(overlaps, settings.num_draws, settings.family_size, settings.clerical, rng)
    standing = [
        *cautions.families(overlaps, settings, inflation),
        *cautions.links(settings),
        *cautions.open_population(dates),
        *cautions.thin_overlaps(overlaps),
        cautions.ALWAYS,
    ]
    if overlaps.num_lists == 2:
        models = _two_lists(table, draws)
        first = [cautions.TWO_LISTS, *cautions.perhaps_copied(overlaps)]
        return _answer(overlaps, models, [*first, *standing], known=False)
    material = material_of(overlaps.lists, table, draws, inflation, settings)
    if not _best_exists(material, overlaps):
        return _refused(overlaps, _NO_ESTIMATE)
    classes = fit_classes(table, overlaps, inflation, settings.seed)
    models = answers_of(material, classes)
    open_end = [*cautions.unbounded(models), *cautions.dependent_throughout(material)]
    special = [
        *open_end,
        *cautions.dependent_pairs(material, overlaps),
        *cautions.without_answer(material, overlaps),
    ]
    return _answer(overlaps, models, [*special, *standing], known=not open_end)


_NO_ESTIMATE = (
    "The model that fits the table best has no estimate: infinitely many sizes of the population "
    "explain the table equally well (Fienberg and Rinaldo 2012). Add a list, or join lists of one "
    "origin."
)


def _refusal(overlaps: Overlaps) -> str | None:
    """Why a table cannot be used at all, or None."""
    if overlaps.num_lists < 2:
        return "One list alone says nothing of those who are on none. Add a second list."
    if overlaps.num_lists > MOST_LISTS:
        return (
            f"There are {overlaps.num_lists} lists; with more than {MOST_LISTS} nearly every "
            "overlap is empty. Join lists of the same origin."
        )
    for position, name in enumerate(overlaps.lists):
        others = [other for other in range(overlaps.num_lists) if other != position]
        if not any(overlaps.shared(position, other) for other in others):
            return (
                f"The list {name} shares nobody with any other list, so nothing says how it "
                "relates to them: the estimate is not identifiable. Leave it out, or join it to "
                "a list of the same origin."
            )
    if overlaps.num_repeated < LEAST_REPEATED:
        return (
            f"Only {overlaps.num_repeated} people are on more than one list; below "
            f"{LEAST_REPEATED} any figure would be chance. Add or enlarge a list."
        )
    return None


def _best_exists(material: Material, overlaps: Overlaps) -> bool:
    return material.design.exists(material.best(), overlaps)


def _refused(overlaps: Overlaps, reason: str) -> Answer:
    return Answer(
        lists=overlaps.lists,
        counted=overlaps.num_people,
        low=None,
        high=None,
        known=False,
        models=(),
        warnings=(reason,),
        refused=reason,
    )


def _two_lists(table: Float, draws: Float) -> tuple[ModelAnswer, ...]:
    most = MOST_TIMES * float(table.sum())
    found = []
    for name, odds_ratio in SUPPOSITIONS:
        low, high = np.quantile(chapman(draws, odds_ratio), [0.025, 0.975], method="inverted_cdf")
        size = float(chapman(table[None, :], odds_ratio)[0])
        answer = ModelAnswer(name, float(low), size, bounded(float(high), most), 0.0, True)
        found.append(answer)
    return tuple(found)


def _answer(
    overlaps: Overlaps, models: tuple[ModelAnswer, ...], warnings: list[str], *, known: bool
) -> Answer:
    """The range over supported models; nobody can be fewer than were counted."""
    supported = [model for model in models if model.supported]
    highs = [model.high for model in supported if model.high is not None]
    return Answer(
        lists=overlaps.lists,
        counted=overlaps.num_people,
        low=min(model.low for model in supported),
        high=max(highs) if highs else None,
        known=known,
        models=models,
        warnings=tuple(warnings),
    )
