"""An alarm when somebody reads far more than he usually does.

Usual is the mean of records a day over the days of the last two weeks on which he read at all.
"""

from collections import Counter
from datetime import timedelta

from wayout.eventlog import store as log
from wayout.eventlog.event import text_of
from wayout.registry.store.desk import Act, Desk
from wayout.registry.vault.roles import Role

FACTOR = 3
FEWEST_DAYS = 3
FEWEST_RECORDS = 100
WINDOW = timedelta(days=14)


def is_unusual(today: int, days_before: list[int]) -> bool:
    """Whether so many records today are out of the ordinary, given those of days before."""
    if len(days_before) < FEWEST_DAYS or today < FEWEST_RECORDS:
        return False
    return today > FACTOR * sum(days_before) / len(days_before)


def raise_if_unusual(desk: Desk, role: Role) -> bool:
    """Put an alarm into the log, once a day for each member, if today is out of the ordinary."""
    now = desk.clock()
    since = text_of(now - WINDOW)
    with desk.store.reading() as connection:
        events = log.events(connection, ("read", "alarm"), desk.me.member, since)
    today = text_of(now)[:10]
    by_day: Counter[str] = Counter()
    for event in events:
        day = text_of(event.draft.time)[:10]
        if event.draft.kind == "alarm":
            if day == today:
                return False
        else:
            by_day[day] += int(event.draft.body["num_records"])
    read_today = by_day.pop(today, 0)
    if not is_unusual(read_today, list(by_day.values())):
        return False
    body = {"num_records": read_today}
    desk.write((Act("alarm", role, body, "more records than usual"),))
    return True
