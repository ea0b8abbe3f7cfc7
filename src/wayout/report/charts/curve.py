"""The curve of people in safety against the certified bound."""

from collections.abc import Sequence
from dataclasses import dataclass

from wayout.report.charts.drawing import (
    Point,
    Scale,
    drawing,
    label,
    line,
    path_of,
    round_steps,
    stairs,
)
from wayout.report.charts.timeaxis import time_axis
from wayout.report.markup import Markup, element
from wayout.report.text import Clock, count, short


@dataclass(frozen=True, slots=True)
class SafeCurve:
    """What the chart shows. ``steps`` are (tick, people safe from then on), rising.

    ``clear`` and ``clear_bound`` are the last arrival in the plan and the earliest possible one,
    shown where the plan was made to clear fast.
    """

    steps: tuple[tuple[int, int], ...]
    total: int
    bound: int
    deadline: int
    clear: int | None = None
    clear_bound: int | None = None

    @property
    def safe(self) -> int:
        """People safe by the deadline."""
        return self.steps[-1][1] if self.steps else 0


def _thinned(steps: Sequence[tuple[int, int]], most: int = 700) -> list[Point]:
    """At most ``most`` steps, the last one kept."""
    if len(steps) <= most:
        return [(float(tick), float(people)) for tick, people in steps]
    every = -(-len(steps) // most)
    kept = [*steps[::every], steps[-1]]
    return [(float(tick), float(people)) for tick, people in kept]


def _spread(wanted: list[float], gap: float, lowest: float) -> list[float]:
    """Heights of labels, in order from the top, moved down so that none touches another."""
    placed: list[float] = []
    for height in wanted:
        placed.append(max(height, placed[-1] + gap) if placed else height)
    over = max(0.0, placed[-1] - lowest) if placed else 0.0
    return [height - over for height in placed]


def _side_labels(curve: SafeCurve, people: Scale, x: float, lowest: float) -> list[Markup]:
    """The three figures, written beside the lines they belong to, in their order."""
    rows = [(curve.total, f"all {count(curve.total)}", "strong small")]
    if curve.bound < curve.total:
        rows.append((curve.bound, f"best possible {count(curve.bound)}", "bound-text small"))
    else:
        rows.append((curve.bound, f"best possible: all {count(curve.bound)}", "bound-text small"))
    rows.append((curve.safe, f"this plan {count(curve.safe)}", "plan-text small"))
    heights = _spread([people(value) + 4 for value, _, _ in rows], 14.0, lowest)
    return [
        label(x, height, text, style)
        for height, (_, text, style) in zip(heights, rows, strict=True)
    ]


def _moments(
    curve: SafeCurve, clock: Clock, time: Scale, top: float, bottom: float
) -> list[Markup]:
    marks = [
        line((time(curve.deadline), top - 8), (time(curve.deadline), bottom), "deadline"),
        label(
            time(curve.deadline),
            top - 12,
            f"deadline {clock.moment(curve.deadline)}",
            "small strong",
            "end",
        ),
    ]
    if curve.clear_bound is not None:
        x = time(curve.clear_bound)
        marks.append(line((x, top), (x, bottom), "bound"))
        marks.append(
            label(
                x - 5,
                bottom - 8,
                f"earliest possible {clock.moment(curve.clear_bound)}",
                "bound-text small",
                "end",
            )
        )
    if curve.clear is not None:
        x = time(curve.clear)
        marks.append(line((x, top), (x, bottom), "use"))
        anchor = "end" if x > (time.begin + time.end) / 2 else "start"
        shift = -5 if anchor == "end" else 5
        marks.append(
            label(
                x + shift,
                bottom - 24,
                f"all safe {clock.moment(curve.clear)}",
                "plan-text small",
                anchor,
            )
        )
    return marks


def _people_axis(people: Scale, left: float, right: float) -> list[Markup]:
    marks: list[Markup] = []
    for value in round_steps(people.high, 5):
        marks.append(line((left, people(value)), (right, people(value)), "grid"))
        marks.append(label(left - 6, people(value) + 4, short(value), "tick small", "end"))
    return marks


def safe_curve(curve: SafeCurve, clock: Clock, width: float, height: float) -> Markup:
    """The chart at a given size in pixels; narrow charts write their figures above the plot."""
    narrow = width < 560
    left, right, top, bottom = (
        42.0,
        width - (14 if narrow else 172),
        74.0 if narrow else 30.0,
        height - 26,
    )
    time = Scale(0, curve.deadline, left, right)
    people = Scale(0, max(1, curve.total), bottom, top)
    points = [(0.0, 0.0), *_thinned(curve.steps)]
    corners = [(time(x), people(y)) for x, y in stairs(points, curve.deadline)]
    floor = [(corners[-1][0], people(0)), (corners[0][0], people(0))]
    lines = [
        element(
            "path",
            d=path_of([*corners, *floor], closed=True),
            class_="area",
            style="fill:var(--fill)",
        ),
        line((left, people(curve.total)), (right, people(curve.total)), "total"),
        line((left, people(curve.bound)), (right, people(curve.bound)), "bound"),
        element("path", d=path_of(corners), class_="plan"),
    ]
    sides = _above(curve) if narrow else _side_labels(curve, people, right + 8, bottom)
    return drawing(
        width,
        height,
        "People in safety over time, against the best possible",
        _people_axis(people, left, right),
        time_axis(clock, time, top, bottom),
        lines,
        _moments(curve, clock, time, top, bottom),
        sides,
        description=f"{count(curve.safe)} of {count(curve.total)} people are safe by the deadline; "
        f"no plan can bring more than {count(curve.bound)}.",
    )


def _above(curve: SafeCurve) -> list[Markup]:
    return [
        line((4, 10), (26, 10), "total"),
        label(32, 14, f"all {count(curve.total)}", "strong small"),
        line((4, 27), (26, 27), "bound"),
        label(32, 31, f"best possible {count(curve.bound)}", "bound-text small"),
        line((4, 44), (26, 44), "plan"),
        label(32, 48, f"this plan {count(curve.safe)}", "plan-text small"),
    ]
