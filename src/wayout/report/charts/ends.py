"""Both ends of a figure against time: a band between what is held and what is proved, or a fan."""

from dataclasses import dataclass

from wayout.report.charts.drawing import (
    Point,
    Scale,
    drawing,
    label,
    line,
    path_of,
    round_steps,
)
from wayout.report.charts.timeaxis import time_axis
from wayout.report.markup import Markup, element
from wayout.report.text import Clock, short

_LEFT, _TOP, _UNDER = 42.0, 34.0, 26.0


@dataclass(frozen=True, slots=True)
class Trace:
    """A line over (tick, people) with its style."""

    points: tuple[Point, ...]
    style: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment with a word."""

    tick: int
    words: str


@dataclass(frozen=True, slots=True)
class Band:
    """People against time: the area between ``low`` and ``high``, lines and moments.

    ``most`` is the number of people there are.
    """

    title: str
    description: str
    low: tuple[Point, ...]
    high: tuple[Point, ...]
    traces: tuple[Trace, ...]
    marks: tuple[Mark, ...]
    most: float


def band_chart(band: Band, clock: Clock, width: float, height: float) -> Markup:
    """The chart at a size in pixels."""
    bottom = height - _UNDER
    last = max(x for x, _ in band.low)
    time = Scale(0, max(last, 1), _LEFT, width - 12)
    people = Scale(0, max(band.most, 1), bottom, _TOP)

    def placed(points: tuple[Point, ...]) -> list[Point]:
        return [(time(x), people(y)) for x, y in points]

    area = [*placed(band.low), *reversed(placed(band.high))]
    return drawing(
        width,
        height,
        band.title,
        _people_axis(people, width - 12),
        time_axis(clock, time, _TOP, bottom),
        [element("path", d=path_of(area, closed=True), class_="area", style="fill:var(--fill)")],
        [line((_LEFT, _TOP), (width - 12, _TOP), "total")],
        [element("path", d=path_of(placed(one.points)), class_=one.style) for one in band.traces],
        _moments(band.marks, time, bottom),
        description=band.description,
    )


def _people_axis(people: Scale, right: float) -> list[Markup]:
    marks: list[Markup] = []
    for value in round_steps(people.high, 4):
        marks.append(line((_LEFT, people(value)), (right, people(value)), "grid"))
        marks.append(label(_LEFT - 6, people(value) + 4, short(value), "tick small", "end"))
    return marks


def _moments(marks: tuple[Mark, ...], time: Scale, bottom: float) -> list[Markup]:
    """Moments with their words above the plot, one line each."""
    made: list[Markup] = []
    for row, mark in enumerate(marks):
        x, height = time(mark.tick), 11.0 + 13 * row
        anchor = "end" if x > (time.begin + time.end) / 2 else "start"
        made.append(line((x, height + 3), (x, bottom), "deadline"))
        made.append(label(x, height, mark.words, "small strong", anchor))
    return made
