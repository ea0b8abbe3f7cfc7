"""Calendars of dates of birth: Gregorian and solar Hijri, exactly; lunar Hijri to the year."""

from datetime import date
from functools import lru_cache

import jdatetime

from wayout.registry.records import DatePrecision

SOLAR_BEHIND = 621
"""A solar year begins in March of the Gregorian year that is so much larger."""

_LUNAR_YEARS = 0.970224
_LUNAR_START = 621.5774
"""Mean lunar year in Gregorian years; year 1 began on 16 July 622, at 622.54."""


def solar_to_gregorian(year: int, month: int, day: int) -> date | None:
    """The Gregorian day of a solar Hijri one; None if there is no such day."""
    try:
        found = jdatetime.date(year, month, day).togregorian()
    except ValueError:
        return None
    return date(found.year, found.month, found.day)


def gregorian_year_of_solar(year: int) -> int:
    """The Gregorian year in which a solar year begins, and most of it lies."""
    return year + SOLAR_BEHIND


def gregorian_year_of_lunar(year: int) -> int:
    """The Gregorian year in which the middle of a lunar year lies."""
    return int(_LUNAR_START + _LUNAR_YEARS * (year + 0.5))


def gregorian(year: int, month: int, day: int) -> date | None:
    """The day; None if there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def precision_of(day: date, solar: bool) -> DatePrecision:
    """A first of January, or of Hamal where the list counts so, is what is written for a year."""
    if (day.month, day.day) == (1, 1) or (solar and _is_first_of_hamal(day)):
        return DatePrecision.DEFAULT
    return DatePrecision.DAY


@lru_cache(maxsize=1_000)
def _first_of_hamal(year: int) -> date | None:
    return solar_to_gregorian(year - SOLAR_BEHIND, 1, 1)


def _is_first_of_hamal(day: date) -> bool:
    return day.month == 3 and day == _first_of_hamal(day.year)
