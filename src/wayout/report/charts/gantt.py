"""The vehicle timetable: one row a vehicle, and density strips for whole fleets."""

from collections.abc import Sequence
from dataclasses import dataclass

from wayout.report.charts.drawing import Scale, cut, drawing, label, line
from wayout.report.charts.timeaxis import time_axis
from wayout.report.markup import Markup, element, number
from wayout.report.text import Clock


@dataclass(frozen=True, slots=True)
class Run:
    """One movement of a vehicle as the chart needs it."""

    depart: int
    arrive: int
    loaded: bool


@dataclass(frozen=True, slots=True)
class VehicleRow:
    """A vehicle and its movements in order."""

    vehicle: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class FleetStrip:
    """How many vehicles of a fleet are under way in each interval: with people, and empty."""

    title: str
    number: int
    step: int
    loaded: tuple[float, ...]
    empty: tuple[float, ...]


_ROW = 11.0
_LEFT = 92.0


def _bars(runs: Sequence[Run], time: Scale, y: float, height: float, *, loaded: bool) -> str:
    parts: list[str] = []
    for run in runs:
        if run.loaded is loaded:
            width = max(0.8, time(run.arrive) - time(run.depart))
            parts.append(
                f"M{number(time(run.depart))} "
                f"{number(y)}h{number(width)}v{number(height)}h-{number(width)}z"
            )
    return "".join(parts)


def _row(row: VehicleRow, time: Scale, y: float) -> list[Markup]:
    marks = [
        label(_LEFT - 6, y + 8.5, cut(row.vehicle, 16), "tiny", "end"),
        line((time.begin, y + _ROW - 0.5), (time.end, y + _ROW - 0.5), "grid"),
    ]
    empty = _bars(row.runs, time, y + 3.5, 4.0, loaded=False)
    full = _bars(row.runs, time, y + 1.5, 7.5, loaded=True)
    if empty:
        marks.append(
            element("path", d=empty, style="fill:var(--paper);stroke:var(--quiet);stroke-width:0.8")
        )
    if full:
        marks.append(element("path", d=full, style="fill:var(--plan)"))
    return marks


def vehicle_chart(
    title: str, rows: Sequence[VehicleRow], clock: Clock, deadline: int, width: float = 960.0
) -> Markup:
    """Every vehicle of a fleet: filled bars carry people, hollow bars run empty."""
    time = Scale(0, deadline, _LEFT, width - 8)
    bottom = 6 + _ROW * len(rows)
    return drawing(
        width,
        bottom + 22,
        f"Timetable of {title}",
        time_axis(clock, time, 4, bottom),
        *[_row(row, time, 6 + _ROW * index) for index, row in enumerate(rows)],
        description="One row a vehicle. Filled bars carry people, hollow bars run empty.",
    )


def _column_path(
    values: Sequence[float], base: Sequence[float], step: int, time: Scale, y: float, scale: float
) -> str:
    parts: list[str] = []
    for index, (value, under) in enumerate(zip(values, base, strict=True)):
        if value <= 0:
            continue
        left, right = time(index * step), time((index + 1) * step)
        top = y - (under + value) * scale
        parts.append(
            f"M{number(left)} "
            f"{number(top)}h{number(right - left)}v{number(value * scale)}h-{number(right - left)}z"
        )
    return "".join(parts)


def fleet_strips(
    strips: Sequence[FleetStrip], clock: Clock, deadline: int, width: float = 960.0
) -> Markup:
    """A strip a fleet: the vehicles under way, with people (dark) and empty (light)."""
    row, left = 34.0, 190.0 if width > 560 else 96.0
    time = Scale(0, deadline, left, width - 8)
    bottom = 8 + row * len(strips)
    marks: list[Markup] = []
    for index, strip in enumerate(strips):
        y = 8 + row * (index + 1) - 5
        scale = (row - 9) / max(1.0, float(strip.number))
        zeros = [0.0] * len(strip.loaded)
        name = cut(strip.title, int((left - 12) / 7.2))
        marks += [
            label(left - 8, y - 11, name, "small strong", "end"),
            label(left - 8, y, f"{strip.number} in all", "tiny", "end"),
            line((left, y - (row - 9)), (width - 8, y - (row - 9)), "limit"),
            line((left, y), (width - 8, y), "axis"),
        ]
        full = _column_path(strip.loaded, zeros, strip.step, time, y, scale)
        empty = _column_path(strip.empty, strip.loaded, strip.step, time, y, scale)
        if full:
            marks.append(element("path", d=full, style="fill:var(--plan)"))
        if empty:
            marks.append(element("path", d=empty, style="fill:var(--fill)"))
    return drawing(
        width,
        bottom + 22,
        "Vehicles under way over time, by fleet",
        time_axis(clock, time, 4, bottom),
        marks,
        description=(
            "Dark: vehicles with people aboard. Light: vehicles that run empty. Dashes: "
            "the whole fleet."
        ),
    )
