"""The cap: how many rows one person may export in a day without a second one.

Pure: from what the log says was released to what may be released now.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

CAP_ROWS = 50
CAP_WINDOW = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Released:
    """One release: rows times copies, and whether a second person had approved it."""

    time: datetime
    num_rows: int
    is_approved: bool


def used(releases: Iterable[Released], now: datetime) -> int:
    """Rows that count against the cap at a time: released alone within the window."""
    begin = now - CAP_WINDOW
    # A release whose time lies ahead (a clock was set back) counts as well.
    return sum(item.num_rows for item in releases if not item.is_approved and item.time > begin)


def fits(releases: Iterable[Released], num_rows: int, now: datetime) -> bool:
    """Whether so many rows may be released without a second person."""
    return used(releases, now) + num_rows <= CAP_ROWS
