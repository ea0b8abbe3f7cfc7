from datetime import datetime

import pytest

from wayout.cli import wording


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.0, "0.0 %"),
        (0.0004, "< 0.1 %"),
        (0.021, "2.1 %"),
        (0.99996, "> 99.9 %"),
        (1.0, "100.0 %"),
    ],
)
def test_a_share_is_never_rounded_to_nothing_or_everything(share: float, text: str) -> None:
    assert wording.percent(share) == text


def test_a_bound_on_people_drops_the_fraction() -> None:
    assert wording.whole_people(14_324.99) == "14,324"


@pytest.mark.parametrize(
    ("seconds", "text"), [(7.31, "7.3 s"), (59.99, "1 min 00 s"), (125.2, "2 min 05 s")]
)
def test_duration(seconds: float, text: str) -> None:
    assert wording.duration(seconds) == text


def test_a_moment_has_weekday_and_offset() -> None:
    start = datetime.fromisoformat("2021-08-14T00:00+04:30")
    assert wording.moment(6 * 1440 + 845, start) == "Fri 20 Aug 2021 14:05 +04:30"


def test_one_and_many() -> None:
    assert wording.counted(1, "error", "errors") == "1 error"
    assert wording.counted(2000, "error", "errors") == "2,000 errors"
