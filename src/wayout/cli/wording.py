"""Numbers, times and shares as every command prints them."""

import math
from datetime import datetime

from wayout.clock import moment_of


def number(value: float) -> str:
    """A whole number with thousands separators."""
    return f"{value:,.0f}"


def whole_people(bound: float) -> str:
    """A bound on people as people: nobody is safe by halves, so the fraction is dropped."""
    return number(math.floor(bound))


def percent(share: float) -> str:
    """A share with one decimal, never rounded to a nought or a hundred that it is not."""
    if 0 < share < 0.0005:
        return "< 0.1 %"
    if 0.9995 <= share < 1:
        return "> 99.9 %"
    return f"{100 * share:.1f} %"


def moment(tick: int, start: datetime) -> str:
    """Weekday, date and time in the scenario's offset: ``Fri 20 Aug 2021 14:05 +04:30``."""
    when = moment_of(tick, start)
    return f"{when:%a} {when.day} {when:%b %Y %H:%M} {when.isoformat()[-6:]}"


def short_moment(tick: int, start: datetime) -> str:
    """Weekday, day and time, where year and offset are known: ``Fri 20 Aug 14:05``."""
    when = moment_of(tick, start)
    return f"{when:%a} {when.day} {when:%b %H:%M}"


def duration(seconds: float) -> str:
    """Seconds of work: ``7.3 s`` below a minute, ``2 min 05 s`` from there."""
    if seconds < 59.95:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02d} s"


def counted(count: int, one: str, many: str) -> str:
    """A number with its noun: ``1 error``, ``3 errors``."""
    return f"{number(count)} {one if count == 1 else many}"
