"""How numbers, moments and durations are written in the report: one style for both outputs.

Thousands are separated by a comma, the minus sign is U+2212, times are local to the scenario's
start with weekday and offset.
"""

import math
from datetime import datetime, timedelta

from wayout.clock import MINUTES_PER_DAY, MINUTES_PER_HOUR, moment_of

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_GLUE = "\N{NO-BREAK SPACE}"
"""Holds a date and its time together on a line."""


def count(value: float) -> str:
    """A count such as ``12,345``; fractions are rounded half up."""
    whole = math.floor(value + 0.5)
    return f"{whole:,}".replace("-", "\N{MINUS SIGN}")


def amount(value: float) -> str:
    """A quantity with as many digits as matter: ``0.25``, ``7.5``, ``1,234``; ``unlimited``."""
    if math.isinf(value):
        return "unlimited"
    if abs(value) >= 100 or value == int(value):
        return count(value)
    digits = 1 if abs(value) >= 10 else 2
    return f"{value:.{digits}f}".rstrip("0").rstrip(".").replace("-", "\N{MINUS SIGN}")


def short(value: float) -> str:
    """A count for a chart's axis: ``950``, ``12k``, ``1.5M``."""
    for size, unit in ((1e6, "M"), (1e3, "k")):
        if abs(value) >= size:
            return f"{value / size:.1f}".removesuffix(".0") + unit
    return amount(value)


def percent(share: float, digits: int = 1) -> str:
    """A share of 1 in per cent: ``97.4 %``, whole where nothing is lost.

    Never rounds to 0 or to 100 what is neither.
    """
    least = 10.0**-digits
    value = share * 100
    if 0 < value < least:
        return f"under {least:g}\N{NO-BREAK SPACE}%"
    if 100 - least < value < 100:
        return f"over {100 - least:g}\N{NO-BREAK SPACE}%"
    return f"{value:.{digits}f}".removesuffix("." + "0" * digits) + "\N{NO-BREAK SPACE}%"


def people(value: float) -> str:
    """``1 person``, ``12,345 people``."""
    return "1\N{NO-BREAK SPACE}person" if value == 1 else f"{count(value)}\N{NO-BREAK SPACE}people"


def things(value: float, one: str, many: str | None = None) -> str:
    """``1 vehicle``, ``12 vehicles``."""
    return f"{count(value)} {one if value == 1 else many or one + 's'}"


def day(moment: datetime) -> str:
    """``Mon 16 Aug 2021``."""
    return f"{date(moment)}{_GLUE}{moment.year}"


def date(moment: datetime) -> str:
    """``Mon 16 Aug``."""
    return _GLUE.join((_WEEKDAYS[moment.weekday()], str(moment.day), _MONTHS[moment.month - 1]))


def offset(moment: datetime) -> str:
    """``UTC+04:30``."""
    delta = moment.utcoffset() or timedelta()
    minutes = int(delta.total_seconds() // 60)
    sign = "\N{MINUS SIGN}" if minutes < 0 else "+"
    return f"UTC{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


class Clock:
    """Writes ticks as local moments of one scenario."""

    def __init__(self, start: datetime) -> None:
        self.start = start

    @property
    def zone(self) -> str:
        """The offset of every time in the report."""
        return offset(self.start)

    def full(self, tick: int) -> str:
        """``Mon 16 Aug 2021, 04:30 (UTC+04:30)``."""
        moment = moment_of(tick, self.start)
        return f"{day(moment)}, {moment:%H:%M} ({self.zone})"

    def moment(self, tick: int) -> str:
        """``Mon 16 Aug 04:30``."""
        moment = moment_of(tick, self.start)
        return f"{date(moment)}{_GLUE}{moment:%H:%M}"

    def date(self, tick: int) -> str:
        """``Mon 16 Aug``."""
        return date(moment_of(tick, self.start))

    def time(self, tick: int) -> str:
        """``04:30``."""
        return f"{moment_of(tick, self.start):%H:%M}"

    def midnights(self, first: int, last: int) -> list[int]:
        """The ticks in ``[first, last]`` at which a local day begins."""
        start = self.start
        past = start.hour * MINUTES_PER_HOUR + start.minute
        opening = -past + MINUTES_PER_DAY * math.ceil((first + past) / MINUTES_PER_DAY)
        return list(range(opening, last + 1, MINUTES_PER_DAY))

    def day_of(self, tick: int) -> int:
        """Number of the local calendar day, 0 for the day of the start."""
        past = self.start.hour * MINUTES_PER_HOUR + self.start.minute
        return (tick + past) // MINUTES_PER_DAY

    def day_text(self, number: int) -> str:
        """The date of a local calendar day."""
        return date(self.start + timedelta(days=number))


def span(ticks: float) -> str:
    """A duration: ``45 min``, ``7 h 30 min``, ``3 days 4 h``."""
    minutes = round(ticks)
    if minutes < MINUTES_PER_HOUR:
        return f"{minutes} min"
    hours, rest = divmod(minutes, MINUTES_PER_HOUR)
    if hours < 48:
        return f"{hours} h {rest} min" if rest else f"{hours} h"
    days, hours = divmod(hours, 24)
    text = things(days, "day")
    return f"{text} {hours} h" if hours else text


def listing(names: list[str], limit: int = 0) -> str:
    """``a, b and c``; with a limit, ``a, b and 4 more``."""
    if limit and len(names) > limit:
        return f"{', '.join(names[:limit])} and {len(names) - limit} more"
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
