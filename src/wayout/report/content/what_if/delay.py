"""The chapter on waiting: both ends against the date of the decision, in every case."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from wayout.clock import tick_of
from wayout.report.charts.ends import Band, Mark, Trace, band_chart
from wayout.report.content.material import Material
from wayout.report.content.pieces import Column, Item, Row, Table
from wayout.report.content.what_if.chapter import Chapter, Chart, Heading
from wayout.report.content.what_if.values import DamagedError, Ends, Values
from wayout.report.markup import Markup
from wayout.report.text import Clock, count

HEADING = Heading("delay", "Delay", "What waiting costs")
MOST = 40
"""Dates that the table lists."""

_COLUMNS = (
    Column("Plan in force at", weight=1.4),
    Column("People safe", True, 1.4),
    Column("Danger-hours", True, 1.8),
)
_PROVED = (
    "Before the date nobody moves. From … to … is proved: a plan holds the lower number of people "
    "and the higher one of danger-hours, a certified ceiling the other. One number means that both "
    "ends meet."
)

_LINES = (
    "People safe against the date on which the plan is put into force: full line held by a plan, "
    "dashed line the certified ceiling, dotted line everybody. Only the dates studied are proved; "
    "between them the lines join."
)


@dataclass(frozen=True, slots=True)
class Curve:
    """One case: dates with both ends, until when all are saved, from when none can save all."""

    case: str
    total: float
    dates: tuple[tuple[int, Ends, Ends], ...]
    until: int | None
    never: int | None


def chapter(found: Values, material: Material) -> Chapter:
    """The chapter; raises DamagedError."""
    case = found.text("case")
    main = _curve(case, found, material.clock)
    cases = found.part("cases")
    others = [_curve(name, cases.part(name), material.clock) for name in cases.found]
    return Chapter(
        HEADING,
        f"{_no_return(main, material.clock)} {_PROVED}",
        charts=(_chart(main, material.clock, f"The {case} case. {_LINES}"),),
        small=tuple(
            _chart(other, material.clock, f"The {other.case} case, drawn alike.")
            for other in others
            if other.case != case
        ),
        items=tuple(
            Item(f"The {other.case} case", _no_return(other, material.clock))
            for other in others
            if other.case != case
        ),
        tables=(_table(main, material.clock),),
    )


def _curve(case: str, row: Values, clock: Clock) -> Curve:
    dates = tuple(
        (
            int(date.number("minute")),
            date.ends("people_low", "people_high").whole,
            date.part("danger_hours").ends(),
        )
        for date in row.parts("dates")
    )
    if not dates:
        raise DamagedError(f"{row.where}dates is empty")
    limits = row.part("point_of_no_return")
    until, never = (_tick(limits, name, clock) for name in ("everyone_until", "not_everyone_from"))
    return Curve(case, row.number("people_total"), dates, until, never)


def _tick(row: Values, name: str, clock: Clock) -> int | None:
    if row.found.get(name) is None:
        return None
    try:
        return tick_of(datetime.fromisoformat(row.text(name)), clock.start)
    except (ValueError, TypeError) as error:
        raise DamagedError(f"{row.where}{name} is not a time") from error


def _no_return(curve: Curve, clock: Clock) -> str:
    total = count(curve.total)
    held = (
        f"No plan in hand saves all {total}, whatever the date."
        if curve.until is None
        else f"A plan saves all {total} if it is in force by {clock.moment(curve.until)}."
    )
    if curve.never is None:
        return f"{held} That none can is proved for no date."
    return f"{held} Point of no return: in force at {clock.moment(curve.never)} or later, none can."


def _chart(curve: Curve, clock: Clock, caption: str) -> Chart:
    return Chart(caption, partial(_draw, curve, clock))


def _draw(curve: Curve, clock: Clock, width: float) -> Markup:
    low = tuple((float(tick), people.low) for tick, people, _ in curve.dates)
    high = tuple((float(tick), people.high) for tick, people, _ in curve.dates)
    first, last = curve.dates[0], curve.dates[-1]
    band = Band(
        f"People safe against the date of the decision, {curve.case} case",
        f"{first[1].words} people safe at {clock.moment(first[0])}, {last[1].words} at "
        f"{clock.moment(last[0])}.",
        low,
        high,
        (Trace(high, "bound"), Trace(low, "plan")),
        _marks(curve, clock),
        curve.total,
    )
    return band_chart(band, clock, width, 300 if width > 600 else 240)


def _marks(curve: Curve, clock: Clock) -> tuple[Mark, ...]:
    rows = ((curve.until, "all saved until"), (curve.never, "not all from"))
    return tuple(
        Mark(tick, f"{words} {clock.moment(tick)}") for tick, words in rows if tick is not None
    )


def _table(curve: Curve, clock: Clock) -> Table:
    step = -(-len(curve.dates) // MOST)
    rows: list[Row] = [
        (clock.moment(tick), people.words, danger.words)
        for tick, people, danger in curve.dates[::step]
    ]
    return Table(f"By date, {curve.case} case", _COLUMNS, tuple(rows))
