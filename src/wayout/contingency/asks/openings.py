"""What is shut and could be open: an hour of a gate a day, a place agreed sooner, one opened."""

from collections.abc import Iterator

import numpy as np

from wayout.contingency.asks.amounts import Amounts
from wayout.contingency.asks.ask import Ask, AskKind, Opened
from wayout.contingency.variants import factors_of
from wayout.network.timeline import Mask
from wayout.scenario.links import Link
from wayout.scenario.model import Scenario
from wayout.scenario.places import Place, PlaceKind
from wayout.scenario.windows import Repeat, Target, Window

MIDDAY = 0.45
"""Where in a day without any opening the hour is put, as a share of the day."""


def _shut(scenario: Scenario, target: Target, what: str) -> Mask:
    """Whether a target is shut at each tick before the deadline."""
    shut: Mask = factors_of(scenario, target, what)[: scenario.deadline] == 0.0
    return shut


def gate_hours(scenario: Scenario, amount: Amounts) -> Iterator[Ask]:
    """For each gate that is shut at times: one hour more on each day."""
    for place in scenario.places:
        if place.kind is not PlaceKind.GATE:
            continue
        spans = _an_hour_a_day(_shut(scenario, Target.PLACE, place.place), amount)
        if spans:
            yield Ask(
                kind=AskKind.GATE_HOUR,
                what=place.place,
                words=f"an hour more of {place.title} on each day that it is not open all day",
                amount="1 h a day",
                owner=f"whoever holds {place.title}",
                parts=(Opened(Target.PLACE, place.place, spans),),
            )


def _an_hour_a_day(shut: Mask, amount: Amounts) -> tuple[tuple[int, int], ...]:
    days = range(0, len(shut), amount.day)
    spans = (_hour_of(shut[day : day + amount.day], day, amount.hour) for day in days)
    return tuple(span for span in spans if span is not None)


def _hour_of(shut: Mask, day: int, hour: int) -> tuple[int, int] | None:
    """An hour of a day in which a gate is shut: before it opens, after it closes, or midday."""
    if not shut.any():
        return None
    first = int(np.argmax(shut))
    length = int(np.argmax(~shut[first:])) if (~shut[first:]).any() else len(shut) - first
    if length <= hour:
        return day + first, day + first + length
    if length == len(shut):
        first = int(len(shut) * MIDDAY) // hour * hour
        first = min(first, len(shut) - hour)
    elif first == 0:
        first = length - hour
    return day + first, day + first + hour


def agreed_sooner(scenario: Scenario, amount: Amounts) -> Iterator[Ask]:
    """For each place that opens only later, with what leads there: a day sooner."""
    for place in scenario.places:
        opens = _opens(scenario, place)
        if opens is None:
            continue
        begins = max(0, opens - amount.day)
        targets = [
            (Target.PLACE, place.place),
            (Target.BEDS, place.place),
            *((Target.LINK, link.link) for link in _links(scenario, place.place)),
        ]
        parts = tuple(
            Opened(target, what, ((begins, opens),), _factor_at(scenario, target, what, opens))
            for target, what in targets
            if _first_opening(scenario, target, what) == opens
        )
        yield Ask(
            kind=AskKind.AGREED,
            what=place.place,
            words=f"{place.title} a day sooner, with the ways to and from it",
            amount="1 day",
            owner=f"the host of {place.title}",
            parts=parts,
        )


def _links(scenario: Scenario, place: str) -> list[Link]:
    return [k for k in scenario.links if place in (k.origin, k.destination)]


def _opens(scenario: Scenario, place: Place) -> int | None:
    """When a place, or its beds, are first open, if that is later than the start."""
    found = (
        _first_opening(scenario, target, place.place) for target in (Target.PLACE, Target.BEDS)
    )
    later = [tick for tick in found if tick is not None]
    return max(later) if later else None


def _first_opening(scenario: Scenario, target: Target, what: str) -> int | None:
    """The first tick at which a target is open, if it is shut from the start; else None."""
    mine = [w for w in scenario.windows if (w.kind, w.what) == (target, what)]
    if not any(_from_the_start(window) for window in mine):
        return None
    shut = _shut(scenario, target, what)
    return None if shut.all() or not shut[:1].all() else int(np.argmax(~shut))


def _from_the_start(window: Window) -> bool:
    return window.factor == 0.0 and window.begins <= 0 and window.repeat is Repeat.NONE


def _factor_at(scenario: Scenario, target: Target, what: str, tick: int) -> float:
    return float(factors_of(scenario, target, what)[tick])


def openings(scenario: Scenario) -> Iterator[Ask]:
    """Each place that is shut from the start to the deadline: opened, with the ways to it."""
    for place in scenario.places:
        if scenario.deadline > 0 and _shut(scenario, Target.PLACE, place.place).all():
            yield Ask(
                kind=AskKind.OPENING,
                what=place.place,
                words=f"{place.title} opened from the start",
                amount="1 place",
                owner=f"whoever can hold {place.title}",
                parts=opening_of(scenario, place.place),
            )


def opening_of(scenario: Scenario, place: str) -> tuple[Opened, ...]:
    """The parts that open a place, and every way to or from it that is shut all the time."""
    everything = ((0, len(factors_of(scenario, Target.PLACE, place))),)
    ways = [
        link.link
        for link in scenario.links
        if place in (link.origin, link.destination)
        and _shut(scenario, Target.LINK, link.link).all()
    ]
    return (
        Opened(Target.PLACE, place, everything),
        *(Opened(Target.LINK, way, everything) for way in ways),
    )
