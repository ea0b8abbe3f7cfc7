"""Dates of birth as lists write them, with what a whole column says about how to read them.

Whether 03/04/1985 is in April or in March no cell can tell, but a column that has 25/04/1985 can.
So a column is looked through first (``habits_of``); each of its cells is then read by its habits.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from wayout.registry.lists.calendars import (
    SOLAR_BEHIND,
    gregorian,
    gregorian_year_of_lunar,
    gregorian_year_of_solar,
    precision_of,
    solar_to_gregorian,
)
from wayout.registry.lists.faults import Fault
from wayout.registry.lists.text import clean, folded, western
from wayout.registry.lists.wire import Cell
from wayout.registry.lists.words import months
from wayout.registry.records import DatePrecision

OLDEST_YEARS = 125
"""Nobody is known to have lived longer than 122 years."""

_SERIALS = range(3_653, 73_415)
"""Spreadsheets' numbers of days from 1910 to 2100."""

_LONGEST = 60
"""Characters of the longest date."""

_EPOCH = date(1899, 12, 30)
_NUMBERS = re.compile(r"(\d{1,4})\s*[./\-–\s،,]\s*(\d{1,2})\s*[./\-–\s،,]\s*(\d{1,4})")
_TIME = re.compile(r"[t\s]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*([ap]\.?m\.?)?(z|[+-]\d{2}:?\d{2})?$")
_YEAR_MARK = re.compile(r"\s*(г|р|року|года|م|ش|هـ|ه)\.?$")
_MONTH_YEAR = re.compile(r"(?:(\d{1,2})[./\-\s]+(\d{4})|(\d{4})[./\-\s]+(\d{1,2}))")
_ABOUT = re.compile(
    r"^(?:~|≈|c\.|ca\.?|circa|about|approx\.?|around|حدود|تقریبا|حوالي|близько|vers|env\.?|environ)\s*"
)


@dataclass(frozen=True, slots=True)
class Birth:
    """What could be read: Gregorian, and how exactly."""

    year: int
    month: int | None = None
    day: int | None = None
    precision: DatePrecision = DatePrecision.YEAR


@dataclass(frozen=True, slots=True)
class Parts:
    """A date taken apart.

    ``first`` and ``second`` are day and month in an order still unknown, or month and day where
    the year comes first; ``month`` and ``day`` are set where the month was a word.
    """

    year: int
    first: int | None = None
    second: int | None = None
    month: int | None = None
    day: int | None = None
    year_first: bool = False
    calendar: str | None = None
    two_digits: bool = False


@dataclass(frozen=True, slots=True)
class Habits:
    """How a column writes dates, and on how many cells that rests."""

    day_first: bool = True
    year_day_month: bool = False
    num_day_first: int = 0
    num_month_first: int = 0
    num_open: int = 0
    """Cells that could be read either way, with different days."""
    lunar: bool = False
    solar: bool = False
    """Whether most years are solar ones, which says what a year of two digits means."""

    is_told: bool = False
    """Somebody has said what the order is."""

    def told(self, day_first: bool) -> "Habits":
        """The same with the order that somebody has said."""
        return replace(self, day_first=day_first, is_told=True)

    @property
    def undecided(self) -> bool:
        """Whether cells were read in an order for which nothing speaks."""
        evidence = self.num_day_first + self.num_month_first
        return self.num_open > 0 and evidence == 0 and not self.is_told

    @property
    def mixed(self) -> bool:
        """Whether cells of both orders are in the column."""
        return self.num_day_first > 0 and self.num_month_first > 0


Read = tuple[Birth | None, Fault | None]
"""What was read, and what was wrong."""


def parts_of(text: str) -> Parts | None:
    """Take a date apart; None if it is none."""
    return _parts_of(text) if len(text) <= _LONGEST else None


@lru_cache(maxsize=200_000)
def _parts_of(text: str) -> Parts | None:
    plain = _ABOUT.sub("", western(clean(text)).casefold()).strip(" .")
    plain = _YEAR_MARK.sub("", _TIME.sub("", plain).strip())
    if re.fullmatch(r"\d{4}", plain):
        return Parts(int(plain))
    if re.fullmatch(r"\d{8}", plain):
        return _eight(plain)
    if found := _NUMBERS.fullmatch(plain):
        return _three(*found.groups())
    if found := _MONTH_YEAR.fullmatch(plain):
        month, year = (found[1], found[2]) if found[1] else (found[4], found[3])
        return Parts(int(year), month=int(month))
    return _worded(plain)


def _eight(digits: str) -> Parts | None:
    """``19850403`` or ``03041985``."""
    if "1900" <= digits[:4] <= "2100" and 1 <= int(digits[4:6]) <= 12:
        return Parts(int(digits[:4]), int(digits[4:6]), int(digits[6:]), year_first=True)
    if "1900" <= digits[4:] <= "2100":
        return Parts(int(digits[4:]), int(digits[:2]), int(digits[2:4]))
    return None


def _three(one: str, two: str, three: str) -> Parts | None:
    if len(one) == 4 or (len(one) == 3 and len(three) <= 2):
        return Parts(int(one), int(two), int(three), year_first=True) if len(three) <= 2 else None
    if len(one) > 2:
        return None
    if int(one) > 31 and len(three) <= 2:
        return Parts(int(one), int(two), int(three), year_first=True, two_digits=True)
    return Parts(int(three), int(one), int(two), two_digits=len(three) <= 2)


def _worded(plain: str) -> Parts | None:
    """A date with the name of its month, in whatever order."""
    words = folded(plain).split()
    numbers = [word for word in words if word.isdecimal() and len(word) <= 4]
    named = [months()[word] for word in words if word in months()]
    if not named:
        joined = " ".join(word for word in words if not word.isdecimal())
        named = [months()[joined]] if joined in months() else []
    if len(named) != 1 or not 1 <= len(numbers) <= 2:
        return None
    (calendar, month), years = named[0], [n for n in numbers if len(n) == 4 or int(n) > 31]
    year = years[0] if years else numbers[-1]
    days = numbers.copy()
    days.remove(year)
    day = int(days[0]) if days else None
    return Parts(int(year), month=month, day=day, calendar=calendar, two_digits=len(year) <= 2)


def habits_of(cells: Iterable[Cell], as_of: date, header: str = "") -> Habits:
    """How a column writes its dates, from all of its cells."""
    day_first = month_first = open_cells = year_day_month = 0
    hijri = later = gregorian_years = 0
    newest_solar = as_of.year - SOLAR_BEHIND
    for cell in cells:
        parts = parts_of(cell) if isinstance(cell, str) else None
        if parts is None:
            continue
        if not parts.two_digits:
            is_hijri = 1200 < parts.year < 1500
            hijri += is_hijri
            later += is_hijri and parts.year > newest_solar
            gregorian_years += not is_hijri
        if parts.first is None or parts.second is None:
            continue
        if parts.year_first:
            year_day_month += parts.first > 12 >= parts.second
        elif parts.first > 12 >= parts.second:
            day_first += 1
        elif parts.second > 12 >= parts.first:
            month_first += 1
        elif parts.first != parts.second:
            open_cells += 1
    named_lunar = any(word in folded(header).split() for word in ("قمری", "lunar"))
    return Habits(
        day_first=day_first >= month_first,
        year_day_month=year_day_month > 0 and day_first == 0,
        num_day_first=day_first,
        num_month_first=month_first,
        num_open=open_cells,
        lunar=named_lunar or later > max(0.02 * hijri, 2),
        solar=hijri > gregorian_years,
    )


def birth_of(cell: Cell, habits: Habits, as_of: date) -> Read:
    """Read one cell of a column with such habits."""
    if isinstance(cell, date):
        return _plausible(cell, solar=False, as_of=as_of)
    if isinstance(cell, int | float):
        return _from_number(cell, as_of)
    if cell is None:
        return None, None
    parts = parts_of(cell)
    if parts is None:
        plain = western(clean(cell))
        serial = plain.isdecimal() and len(plain) == 5
        return _from_number(int(plain), as_of) if serial else (None, Fault.DATE)
    return _from_parts(parts, habits, as_of)


def _from_number(number: float, as_of: date) -> Read:
    """A year, a date without separators, or a spreadsheet's count of days."""
    whole = int(number)
    if 1200 < whole < 2200 or 19_000_101 <= whole <= 21_001_231:
        parts = parts_of(str(whole))
        return _from_parts(parts, Habits(), as_of) if parts else (None, Fault.DATE)
    if whole in _SERIALS:
        return _plausible(_EPOCH + timedelta(days=whole), solar=False, as_of=as_of)
    return None, Fault.DATE


def _from_parts(parts: Parts, habits: Habits, as_of: date) -> Read:
    year, calendar = _year_and_calendar(parts, habits, as_of)
    if calendar == "lunar":
        birth, fault = _year_only(gregorian_year_of_lunar(year), as_of)
        return birth, fault or Fault.LUNAR
    solar = calendar == "solar"
    first_year = gregorian_year_of_solar(year) if solar else year
    month, day = _month_and_day(parts, habits)
    if month is None:
        return _year_only(first_year, as_of)
    if day is None:
        return _month_only(year, month, solar, as_of)
    found = solar_to_gregorian(year, month, day) if solar else gregorian(year, month, day)
    if found is None:
        birth, _ = _year_only(first_year, as_of)
        return birth, Fault.DATE
    return _plausible(found, solar, as_of)


def _year_and_calendar(parts: Parts, habits: Habits, as_of: date) -> tuple[int, str]:
    year, calendar = parts.year, parts.calendar
    if parts.two_digits:
        if habits.solar or calendar == "solar":
            newest = as_of.year - SOLAR_BEHIND
            return (1400 if year <= newest % 100 and newest >= 1400 else 1300) + year, "solar"
        return year + (2000 if year <= as_of.year % 100 else 1900), "gregorian"
    if calendar is None or calendar == "gregorian":
        if not 1200 < year < 1500:
            return year, "gregorian"
        later = year > as_of.year - SOLAR_BEHIND
        return year, "lunar" if habits.lunar or later else "solar"
    return year, calendar


def _month_and_day(parts: Parts, habits: Habits) -> tuple[int | None, int | None]:
    if parts.month is not None:
        return parts.month, parts.day
    first, second = parts.first, parts.second
    if first is None or second is None:
        return None, None
    if parts.year_first:
        swapped = first > 12 >= second or (habits.year_day_month and second <= 12)
        return (second, first) if swapped else (first, second)
    if first > 12 or second > 12:
        return (second, first) if first > 12 else (first, second)
    return (second, first) if habits.day_first else (first, second)


def _year_only(year: int, as_of: date) -> Read:
    if as_of.year - OLDEST_YEARS <= year <= as_of.year:
        return Birth(year), None
    return None, Fault.DATE


def _month_only(year: int, month: int, solar: bool, as_of: date) -> Read:
    """A month of a solar year lies in two Gregorian ones: that of its middle is taken."""
    middle = solar_to_gregorian(year, month, 15) if solar else gregorian(year, month, 15)
    if middle is None:
        birth, _ = _year_only(gregorian_year_of_solar(year) if solar else year, as_of)
        return birth, Fault.DATE
    birth, fault = _year_only(middle.year, as_of)
    if birth is None:
        return None, fault
    return Birth(middle.year, middle.month, None, DatePrecision.MONTH), None


def _plausible(found: date, solar: bool, as_of: date) -> Read:
    if not as_of.year - OLDEST_YEARS <= found.year or found > as_of + timedelta(days=1):
        return None, Fault.DATE
    return Birth(found.year, found.month, found.day, precision_of(found, solar)), None


def forget() -> None:
    """Let go of every cell that was read."""
    _parts_of.cache_clear()
