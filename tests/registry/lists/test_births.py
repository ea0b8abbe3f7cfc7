"""Dates of birth, against days worked out by hand or by published tables."""

from datetime import date

import jdatetime
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayout.registry.lists.births import Birth, birth_of, habits_of
from wayout.registry.lists.calendars import gregorian_year_of_lunar, precision_of
from wayout.registry.lists.faults import Fault
from wayout.registry.lists.wire import Cell
from wayout.registry.records import DatePrecision

AS_OF = date(2021, 8, 1)


def alone(cell: Cell) -> tuple[Birth | None, Fault | None]:
    return birth_of(cell, habits_of([cell], AS_OF), AS_OF)


def day(year: int, month: int, day_: int) -> Birth:
    return Birth(year, month, day_, precision_of(date(year, month, day_), solar=False))


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("1985-04-03", day(1985, 4, 3)),
        ("1985/4/3", day(1985, 4, 3)),
        ("25/04/1985", day(1985, 4, 25)),
        ("04/25/1985", day(1985, 4, 25)),
        ("25.4.1985 р.", day(1985, 4, 25)),
        ("25-04-85", day(1985, 4, 25)),
        ("05-Mar-12", day(2012, 3, 5)),
        ("19850403", day(1985, 4, 3)),
        ("25041985", day(1985, 4, 25)),
        ("1985-04-03T00:00:00Z", day(1985, 4, 3)),
        ("٢٥/٠٤/١٩٨٥", day(1985, 4, 25)),
        ("March 5, 1999", day(1999, 3, 5)),
        ("5 mars 1999", day(1999, 3, 5)),
        ("5 березня 1999", day(1999, 3, 5)),
        ("5 آذار 1999", day(1999, 3, 5)),
        ("31 كانون الثاني 1980", day(1980, 1, 31)),
        # 1 Hamal 1378 was 21 March 1999; 11 Jadi 1377 the 1 January before it.
        ("1378/01/02", day(1999, 3, 22)),
        ("۱۳۷۸/۰۱/۰۲", day(1999, 3, 22)),
        ("2 حمل 1378", day(1999, 3, 22)),
        ("02.01.1378", day(1999, 3, 22)),
        ("2 وری ۱۳۷۸", day(1999, 3, 22)),
        ("1377/10/11", Birth(1999, 1, 1, DatePrecision.DEFAULT)),
        ("29221", Birth(1980, 1, 1, DatePrecision.DEFAULT)),
        ("1360", Birth(1981)),
        ("1985", Birth(1985)),
        ("~1985", Birth(1985)),
        ("حدود ۱۳۶۰", Birth(1981)),
        ("03/1985", Birth(1985, 3, None, DatePrecision.MONTH)),
        ("Mar 1985", Birth(1985, 3, None, DatePrecision.MONTH)),
        ("1/1/1985", Birth(1985, 1, 1, DatePrecision.DEFAULT)),
    ],
)
def test_dates_of_all_styles(text: str, born: Birth) -> None:
    assert alone(text) == (born, None)


@pytest.mark.parametrize("text", ["yesterday", "1985-13-45-1", "2050-01-01", "1850", "12", "0"])
def test_what_is_no_birth_is_said(text: str) -> None:
    assert alone(text) == (None, Fault.DATE)


def test_a_day_that_was_not_keeps_its_year() -> None:
    assert alone("31/02/1985") == (Birth(1985), Fault.DATE)
    assert alone("1378/12/30") == (Birth(1999), Fault.DATE)
    assert alone("1379/12/30") == (day(2001, 3, 20), None)


def test_first_of_hamal_is_what_is_written_for_a_year() -> None:
    born, _ = alone("1378/1/1")
    assert born == Birth(1999, 3, 21, DatePrecision.DEFAULT)
    born, _ = alone("1999-03-21")
    assert born is not None
    assert born.precision is DatePrecision.DAY


def test_numbers_and_date_cells_of_spreadsheets() -> None:
    assert alone(date(1990, 2, 3)) == (day(1990, 2, 3), None)
    assert alone(32_907) == (day(1990, 2, 3), None)
    assert alone(1990) == (Birth(1990), None)
    assert alone(1369) == (Birth(1990), None)
    assert alone(7.5) == (None, Fault.DATE)


def test_a_column_decides_the_order_of_day_and_month() -> None:
    month_first = habits_of(["03/04/1985", "04/25/1985"], AS_OF)
    day_first = habits_of(["03/04/1985", "25/04/1985"], AS_OF)
    assert birth_of("03/04/1985", month_first, AS_OF) == (day(1985, 3, 4), None)
    assert birth_of("03/04/1985", day_first, AS_OF) == (day(1985, 4, 3), None)
    assert not month_first.undecided
    assert not day_first.mixed


def test_without_evidence_the_order_is_open_and_can_be_told() -> None:
    habits = habits_of(["03/04/1985", "05/05/1985", "1985"], AS_OF)
    assert habits.undecided
    assert habits.num_open == 1
    told = habits.told(day_first=False)
    assert not told.undecided
    assert birth_of("03/04/1985", told, AS_OF) == (day(1985, 3, 4), None)


def test_a_column_of_both_orders_is_mixed_and_clear_cells_stay_right() -> None:
    habits = habits_of(["25/04/1985", "26/04/1985", "04/27/1985", "03/04/1985"], AS_OF)
    assert habits.mixed
    assert birth_of("04/27/1985", habits, AS_OF) == (day(1985, 4, 27), None)


def test_years_that_no_solar_calendar_has_reached_make_a_column_lunar() -> None:
    cells = ["1401/05/06", "1415/01/02", "1420/03/04", "1422/05/06", "1430/09/09"]
    habits = habits_of(cells, AS_OF)
    assert habits.lunar
    # 1 Muharram 1415 was 10 June 1994.
    assert birth_of("1415/01/02", habits, AS_OF) == (Birth(1994), Fault.LUNAR)


@pytest.mark.parametrize(("lunar", "western"), [(1400, 1980), (1420, 1999), (1442, 2021)])
def test_lunar_years(lunar: int, western: int) -> None:
    """1 Rajab, the middle, of 1400: May 1980; of 1420: October 1999; of 1442: February 2021."""
    assert gregorian_year_of_lunar(lunar) == western


@given(st.dates(date(1900, 1, 1), AS_OF))
def test_every_day_is_read_back_from_every_calendar_and_order(born: date) -> None:
    solar = jdatetime.date.fromgregorian(date=born)
    written = [
        born.isoformat(),
        f"{born:%d.%m.%Y}",
        f"{born.day} {born:%B} {born.year}",
        f"{solar.year}/{solar.month}/{solar.day}",
    ]
    for text in written:
        found, fault = birth_of(text, habits_of([text], AS_OF), AS_OF)
        assert fault is None
        assert found is not None
        assert (found.year, found.month, found.day) == (born.year, born.month, born.day)


@given(st.text(max_size=30) | st.integers() | st.floats(allow_nan=False, allow_infinity=False))
def test_any_cell_is_read_or_refused(cell: str | int | float) -> None:
    born, fault = alone(cell)
    assert born is None or AS_OF.year - 125 <= born.year <= AS_OF.year
    assert born is not None or fault is not None
