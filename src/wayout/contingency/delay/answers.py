"""A study of delay as JSON."""

import math
from datetime import datetime
from typing import Any

from wayout.clock import text_of
from wayout.contingency.delay.study import Curve, Date, DelayStudy, NoReturn

TOLERANCE = 1e-6
"""Of a person: what a certificate rounded outward may be above a whole number."""


def document_of(study: DelayStudy, start: datetime) -> dict[str, Any]:
    """The study under the names that other programs rely on; people are whole."""
    return {
        "case": str(study.case),
        **_curve(study.curve, start),
        "cases": {str(case): _curve(curve, start) for case, curve in study.curves.items()},
    }


def _curve(curve: Curve, start: datetime) -> dict[str, Any]:
    return {
        "people_total": curve.people_total,
        "dates": [_date(date, start) for date in curve.dates],
        "point_of_no_return": _no_return(curve.no_return, start),
    }


def most_people(date: Date) -> int:
    """The ceiling in whole people."""
    return math.floor(date.ends.people_ceiling + TOLERANCE)


def _date(date: Date, start: datetime) -> dict[str, Any]:
    return {
        "date": text_of(date.minute, start),
        "minute": date.minute,
        "people_low": int(date.ends.people_held),
        "people_high": most_people(date),
        "danger_hours": {
            "low": math.floor(date.ends.danger_floor * 10) / 10,
            "high": math.ceil(date.ends.danger_held * 10) / 10,
        },
    }


def _no_return(found: NoReturn, start: datetime) -> dict[str, str | None]:
    def text(minute: int | None) -> str | None:
        return None if minute is None else text_of(minute, start)

    return {
        "everyone_until": text(found.everyone_until),
        "not_everyone_from": text(found.not_everyone_from),
    }
