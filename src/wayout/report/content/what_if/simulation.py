"""The chapter on the simulation: the fan of people out, the chance of all, what costs most."""

from functools import partial

import numpy as np

from wayout.clock import MINUTES_PER_HOUR
from wayout.report.charts.drawing import Point
from wayout.report.charts.ends import Band, Mark, Trace, band_chart
from wayout.report.content.material import Material
from wayout.report.content.pieces import Column, Item, Row, Table
from wayout.report.content.what_if.chapter import Chapter, Chart, Heading
from wayout.report.content.what_if.values import DamagedError, Ends, Values
from wayout.report.markup import Markup
from wayout.report.text import count, percent

HEADING = Heading("simulation", "Simulation", "When things go wrong: the plan played through")

_PERCENTILES = (
    Column("Estimate over the replications", weight=2.0),
    Column("1 in 20 is lower", True),
    Column("In the middle", True),
    Column("Interval of the middle", True, 1.4),
    Column("1 in 20 is higher", True),
)
_EFFECTS = (
    Column("Kind", weight=2.0),
    Column("More people safe without it (estimate)", True),
    Column("Interval", True, 1.2),
    Column("Fewer danger-hours per 1,000 people (estimate)", True),
    Column("Interval", True, 1.4),
)

Fan = tuple[tuple[float, float, float, float], ...]
"""Tick and the 5th, 50th and 95th percentile of people safe by then."""


def chapter(found: Values, material: Material) -> Chapter:
    """The chapter; raises DamagedError."""
    sure = percent(found.number("confidence"), 0)
    fan = _fan(found, material)
    return Chapter(
        HEADING,
        _lead(found, sure, material),
        charts=(Chart(_CAPTION, partial(_draw, fan, material)),) if fan else (),
        items=_margin(found, sure),
        tables=tuple(part for part in (_percentiles(found), _effects(found, sure)) if part.rows),
    )


_CAPTION = (
    "People safe over time, an estimate. Shaded: 18 in 20 replications. Full line: the one in the "
    "middle. Dashed: as planned. Dotted: everybody."
)


def _lead(found: Values, sure: str, material: Material) -> str:
    chance = _chance(found.part("all_out_probability"), sure)
    kept = _chance(found.part("plan_kept_probability"), sure)
    policy = {"fixed": "the plan stays as it is", "replan": "the plan is made anew on the way"}
    name = found.text("policy")
    return (
        f"Chance that everybody who comes is safe by {material.clock.moment(_deadline(material))}: "
        f"{chance}. Chance that nobody is left whom the plan brings out: {kept}. All figures are "
        f"estimates from {count(found.number('replications'))} replications, seed "
        f"{int(found.number('seed'))}; {policy.get(name, name)}."
    )


def _deadline(material: Material) -> int:
    return material.scenario.deadline


def _chance(row: Values, sure: str) -> str:
    ends = row.ends()
    interval = f"{sure} interval {percent(ends.low)} to {percent(ends.high)}"
    return f"{percent(row.number('estimate'))} ({interval})"


def _fan(found: Values, material: Material) -> Fan:
    """Hours as the simulation counts them: each percentile holds at the end of its hour."""
    rows: list[tuple[float, float, float, float]] = []
    for hour, row in enumerate(found.parts("people_safe_by_hour")):
        low, middle, high = (row.number(name) for name in ("p05", "p50", "p95"))
        if not low <= middle <= high:
            raise DamagedError(f"{row.where}p05, p50 and p95 are not in order")
        rows.append((min((hour + 1) * MINUTES_PER_HOUR, _deadline(material)), low, middle, high))
    return ((0.0, 0.0, 0.0, 0.0), *rows) if rows else ()


def _draw(fan: Fan, material: Material, width: float) -> Markup:
    low, middle, high = (tuple((row[0], row[part]) for row in fan) for part in (1, 2, 3))
    planned = _planned(fan, material)
    deadline = _deadline(material)
    last = fan[-1]
    band = Band(
        "People safe over time in the simulation",
        f"Estimate: at the end {count(last[2])} people safe in the middle, 1 in 20 below "
        f"{count(last[1])}, 1 in 20 above {count(last[3])}.",
        low,
        high,
        (Trace(planned, "bound"), Trace(middle, "plan")),
        (Mark(deadline, f"deadline {material.clock.moment(deadline)}"),),
        material.measures.people_total,
    )
    return band_chart(band, material.clock, width, 320 if width > 600 else 280)


def _planned(fan: Fan, material: Material) -> tuple[Point, ...]:
    """People safe in the plan at the fan's moments."""
    measured = material.measures.safe_curve
    ticks = [row[0] for row in fan]
    people = np.concatenate(([0], measured.people))
    at = np.searchsorted(measured.ticks, ticks, side="right")
    return tuple(zip(ticks, people[at].astype(float).tolist(), strict=True))


def _percentiles(found: Values) -> Table:
    rows: list[Row] = []
    for name, words in (("people_safe", "People safe"), ("danger_hours", "Danger-hours")):
        row, middle = found.part(name), found.part(f"{name}_intervals").part("p50")
        low, high = (count(row.number(part)) for part in ("p05", "p95"))
        rows.append((words, low, *_mean(middle), high))
    planned, total = found.number("people_planned"), found.number("people_total")
    note = f"Planned: {count(planned)} of {count(total)} people safe. Who comes varies too."
    return Table("Percentiles", _PERCENTILES, tuple(rows), note)


def _effects(found: Values, sure: str) -> Table:
    rows: list[Row] = []
    for row in found.parts("effects"):
        left, danger = row.part("left_behind"), row.part("danger_hours_per_1000")
        shown = [text for mean in (left, danger) for text in _mean(mean)]
        rows.append((row.text("words"), *shown))
    note = f"Means of paired replications with their {sure} intervals; below zero it helps."
    return Table("What each kind of disruption costs", _EFFECTS, tuple(rows), note)


def _mean(row: Values) -> tuple[str, str]:
    """An estimate and its interval, which a single replication does not have."""
    estimate = count(row.number("estimate"))
    if row.maybe("low") is None or row.maybe("high") is None:
        return estimate, "unknown"
    ends: Ends = row.ends()
    return estimate, f"{count(ends.low)} to {count(ends.high)}"


def _margin(found: Values, sure: str) -> tuple[Item, ...]:
    """How much lighter loads would have to be."""
    if found.found.get("load_margin") is None:
        return ()
    margin = found.part("load_margin")
    share, tried = margin.maybe("share"), margin.parts("tried")
    if not tried:
        raise DamagedError(f"{margin.where}tried is empty")
    shown = [row for row in tried if row.number("share") == share] or tried[-1:]
    lighter, chance = percent(shown[0].number("share")), _chance(shown[0].part("chance"), sure)
    if share is None:
        words = f"No load margin tried is enough by itself: loads {lighter} lighter bring"
    elif share == 0:
        words = "None is needed: as it is, the plan has"
    else:
        words = f"Loads {lighter} lighter are the first step that is enough: they bring"
    text = (
        f"{words} a chance of {chance} that nobody is left whom the plan brings out, an estimate."
    )
    return (Item("Load margin", text),)
