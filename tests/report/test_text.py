from datetime import datetime, timedelta, timezone

import pytest

from wayout.report.text import Clock, amount, count, listing, percent, short, span, things

START = datetime(2021, 8, 14, 18, 30, tzinfo=timezone(timedelta(hours=4, minutes=30)))


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (999, "999"), (12345, "12,345"), (2.5, "3"), (-1200, "\u22121,200")],
)
def test_counts_have_separators(value: float, text: str) -> None:
    assert count(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.25, "0.25"), (7.5, "7.5"), (12.34, "12.3"), (1234.5, "1,235"), (float("inf"), "unlimited")],
)
def test_amounts_keep_the_digits_that_matter(value: float, text: str) -> None:
    assert amount(value) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0, "0 %"),
        (1, "100 %"),
        (0.5, "50 %"),
        (0.974, "97.4 %"),
        (0.0001, "under 0.1 %"),
        (0.99999, "over 99.9 %"),
    ],
)
def test_shares_are_never_rounded_to_nothing_or_all(share: float, text: str) -> None:
    assert plain(percent(share)) == text


def test_axis_values_are_short() -> None:
    assert [short(value) for value in (950, 12000, 1500000)] == ["950", "12k", "1.5M"]


@pytest.mark.parametrize(
    ("ticks", "text"),
    [(45, "45 min"), (60, "1 h"), (450, "7 h 30 min"), (4560, "3 days 4 h"), (2880, "2 days")],
)
def test_durations(ticks: int, text: str) -> None:
    assert span(ticks) == text


def test_moments_are_local_with_weekday_and_offset() -> None:
    clock = Clock(START)
    assert plain(clock.full(60)) == "Sat 14 Aug 2021, 19:30 (UTC+04:30)"
    assert plain(clock.moment(330)) == "Sun 15 Aug 00:00"
    assert clock.midnights(0, 3000) == [330, 1770]


def test_calendar_days_turn_at_local_midnight() -> None:
    clock = Clock(START)
    assert [clock.day_of(tick) for tick in (0, 329, 330)] == [0, 0, 1]
    assert plain(clock.day_text(1)) == "Sun 15 Aug"


def test_lists_read_like_a_sentence() -> None:
    assert listing(["a", "b", "c"]) == "a, b and c"
    assert listing(["a", "b", "c", "d"], 2) == "a, b and 2 more"
    assert things(1, "day") == "1 day"
