"""The time axis that charts share: local midnights, with as many dates as there is room for."""

from wayout.clock import MINUTES_PER_DAY
from wayout.report.charts.drawing import Scale, label, line
from wayout.report.markup import Markup
from wayout.report.text import Clock

_STEPS_SHORT = (60, 120, 180, 360, 720)
_DATE_WIDTH = 62.0


def _hour_ticks(clock: Clock, first: int, last: int, step: int) -> list[int]:
    past = clock.start.minute + 60 * clock.start.hour
    opening = -past + step * -(-(first + past) // step)
    return list(range(opening, last + 1, step))


def _positions(clock: Clock, time: Scale) -> tuple[list[int], bool]:
    """Ticks to write at, and whether they are days (else hours)."""
    first, last = int(time.low), int(time.high)
    room = max(1, int(abs(time.end - time.begin) / _DATE_WIDTH))
    if last - first > 3 * MINUTES_PER_DAY:
        midnights = clock.midnights(first, last)
        return midnights[:: max(1, -(-len(midnights) // room))], True
    for step in _STEPS_SHORT:
        ticks = _hour_ticks(clock, first, last, step)
        if len(ticks) <= room:
            return ticks, False
    return clock.midnights(first, last), True


def _caption(clock: Clock, tick: int, days: bool, first: bool) -> str:
    if days:
        return clock.date(tick)
    time = clock.time(tick)
    return clock.date(tick) if time == "00:00" else f"{clock.date(tick)} {time}" if first else time


def time_axis(clock: Clock, time: Scale, top: float, bottom: float) -> list[Markup]:
    """Grid lines from ``top`` to ``bottom`` and dates under them."""
    ticks, days = _positions(clock, time)
    marks: list[Markup] = []
    free = -1e9
    for position, tick in enumerate(ticks):
        x = time(tick)
        marks.append(line((x, top), (x, bottom + 4), "grid"))
        text = _caption(clock, tick, days, position == 0)
        left = max(x - 2.9 * len(text), time.begin - 30)
        if left > free:
            marks.append(label(left + 2.9 * len(text), bottom + 16, text, "tick small", "middle"))
            free = left + 5.8 * len(text) + 6
    return marks
