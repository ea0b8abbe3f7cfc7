"""The use of one capacity over time, with its limit drawn: a small multiple."""

from collections.abc import Sequence
from dataclasses import dataclass

from wayout.report.charts.drawing import Scale, box, drawing, label, line, path_of, stairs
from wayout.report.charts.timeaxis import time_axis
from wayout.report.markup import Markup, element
from wayout.report.text import Clock, short


@dataclass(frozen=True, slots=True)
class Load:
    """A capacity's use. Each value holds from its tick until the next, the last one to ``end``.

    ``level`` says that the values are stocks (beds, spots) and not amounts per interval.
    """

    title: str
    unit: str
    ticks: tuple[int, ...]
    used: tuple[float, ...]
    limit: tuple[float, ...]
    end: int

    @property
    def peak(self) -> float:
        """Most in use at any time."""
        return max(self.used, default=0.0)

    @property
    def peak_share(self) -> float:
        """Highest share of the limit in use while there was one."""
        return max(
            (used / limit for used, limit in zip(self.used, self.limit, strict=True) if limit > 0),
            default=0.0,
        )


def coarse(load: Load, most: int = 240) -> Load:
    """The load with at most ``most`` intervals; each keeps its highest use and that one's limit."""
    if len(load.ticks) <= most:
        return load
    every = -(-len(load.ticks) // most)
    groups = [
        range(at, min(at + every, len(load.ticks))) for at in range(0, len(load.ticks), every)
    ]
    picked = [
        max(group, key=lambda index: (load.used[index], load.limit[index])) for group in groups
    ]
    return Load(
        load.title,
        load.unit,
        tuple(load.ticks[group[0]] for group in groups),
        tuple(load.used[index] for index in picked),
        tuple(load.limit[index] for index in picked),
        load.end,
    )


def _shut(load: Load, time: Scale, top: float, bottom: float) -> list[Markup]:
    """Grey bands where the limit is 0."""
    ends = (*load.ticks[1:], load.end)
    bands: list[tuple[int, int]] = []
    for begin, end, limit in zip(load.ticks, ends, load.limit, strict=True):
        if limit > 0:
            continue
        if bands and bands[-1][1] == begin:
            bands[-1] = (bands[-1][0], end)
        else:
            bands.append((begin, end))
    return [
        box(time(begin), top, time(end) - time(begin), bottom - top, "shut") for begin, end in bands
    ]


def _steps(
    ticks: Sequence[int], values: Sequence[float], end: int, time: Scale, level: Scale
) -> list[tuple[float, float]]:
    corners = stairs([(float(tick), value) for tick, value in zip(ticks, values, strict=True)], end)
    return [(time(x), level(min(y, level.high))) for x, y in corners]


def load_chart(load: Load, clock: Clock, width: float = 300.0, height: float = 118.0) -> Markup:
    """The chart; dashes are the limit, grey bands times when the capacity is shut."""
    shown = coarse(load)
    finite = [limit for limit in shown.limit if limit != float("inf")]
    high = max([load.peak * 1.15, *(limit * 1.08 for limit in finite), 1.0])
    if finite and load.peak and max(finite) > 4 * load.peak:
        high = load.peak * 1.4
    left, right, top, bottom = 34.0, width - 6, 8.0, height - 20
    time, level = Scale(0, load.end, left, right), Scale(0, high, bottom, top)
    used = _steps(shown.ticks, shown.used, load.end, time, level)
    limit = _steps(shown.ticks, shown.limit, load.end, time, level)
    area = [*used, (right, bottom), (left, bottom)] if used else []
    off_scale = bool(finite) and max(finite) > high
    return drawing(
        width,
        height,
        f"{load.title}: use over time and limit",
        _shut(shown, time, top, bottom),
        time_axis(clock, time, top, bottom),
        [
            element("path", d=path_of(area, closed=True), style="fill:var(--fill)"),
            element("path", d=path_of(used), class_="use"),
        ]
        if used
        else [],
        [] if off_scale or not limit else [element("path", d=path_of(limit), class_="limit")],
        [
            label(
                right,
                top + 8,
                f"limit {short(max(finite))}, above the chart",
                "limit-text small",
                "end",
            )
        ]
        if off_scale
        else [],
        line((left, bottom), (right, bottom), "axis"),
        [
            label(left - 4, level(value) + 4, short(value), "tick small", "end")
            for value in (0.0, _top(high))
        ],
        description=f"Highest use {short(load.peak)} {load.unit}.",
    )


def _top(high: float) -> float:
    """The round value nearest below the top of the chart."""
    size = 1.0
    while size * 10 <= high:
        size *= 10
    return max(step for step in (size, 2 * size, 2.5 * size, 5 * size) if step <= high)
