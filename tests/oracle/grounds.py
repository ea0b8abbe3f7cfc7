"""Places of a tiny world."""

from tests.oracle.draft import LONG_STEP, Draft

from wayout.scenario.columns import UNLIMITED
from wayout.scenario.places import Place, PlaceKind


def new_refuge(draft: Draft) -> Place:
    dice = draft.dice
    return Place(
        place="refuge",
        kind=PlaceKind.REFUGE,
        beds=dice.pick(UNLIMITED, 4.0, 3.0, 2.0),
        danger_per_hour=dice.pick(None, 0.5),
        expires=dice.pick(None, draft.time(3, draft.num_steps)),
        danger_after_expiry=dice.pick(1.0, 0.75, 3.0 if draft.step == 1 else 0.75),
    )


def new_between(draft: Draft, name: str, kind: PlaceKind) -> Place:
    dice = draft.dice
    gate = kind is PlaceKind.GATE
    return Place(
        place=name,
        kind=kind,
        beds=dice.pick(UNLIMITED, float(dice.number(3, 8)), float(dice.number(3, 8))),
        processing_per_hour=draft.rate(2, 5) if gate else draft.some_rate(0.3, 2, 6),
        min_stay_hours=_stay_hours(draft) if dice.chance(0.3) else 0.0,
        danger_per_hour=dice.pick(None, None, 0.5, 0.25, 0.75),
    )


def _stay_hours(draft: Draft) -> float:
    """A stay that is a multiple of the step and has few decimals in hours."""
    return {1: 0.05, 5: 0.25, 10: 0.5, 20: 1.0, LONG_STEP: 4.0}[draft.step]


def new_haven(draft: Draft, name: str) -> Place:
    dice = draft.dice
    return Place(
        place=name,
        kind=PlaceKind.HAVEN,
        beds=dice.pick(UNLIMITED, float(dice.number(2, 9)), float(dice.number(2, 9))),
        min_stay_hours=_stay_hours(draft) if dice.chance(0.15) else 0.0,
        processing_per_hour=draft.some_rate(0.15, 2, 5),
    )


def may_link(draft: Draft, origin: Place, destination: Place) -> bool:
    """On a coarse grid no way leads to a place with a higher rate (see the module's text)."""
    worst_there = max(destination.danger, _after_expiry(destination))
    return draft.step == 1 or origin.danger >= worst_there


def _after_expiry(place: Place) -> float:
    return 0.0 if place.expires is None else place.danger_after_expiry
