"""Time inside Wayout: whole minutes (*ticks*) from the scenario's start.

At the edge, times are ISO 8601 with an offset; inside, integers. A *day* is 1,440 ticks counted
from the start, a *slot* is ``slot_minutes`` ticks counted from the start.
"""

from datetime import datetime, timedelta

MINUTES_PER_HOUR = 60
MINUTES_PER_DAY = 1440


def tick_of(moment: datetime, start: datetime) -> int:
    """Minutes from ``start`` to ``moment``, rounded down; both carry an offset."""
    return (moment - start) // timedelta(minutes=1)


def moment_of(tick: int, start: datetime) -> datetime:
    """The moment of a tick, in the offset of ``start``."""
    return start + timedelta(minutes=tick)


def text_of(tick: int, start: datetime) -> str:
    """ISO 8601 to the minute with the offset of ``start``, as files show a tick."""
    return moment_of(tick, start).isoformat(timespec="minutes")


def hours(ticks: float) -> float:
    """Ticks as hours."""
    return ticks / MINUTES_PER_HOUR
