"""Which cells of a workbook are dates: by number format (ECMA-376 part 1, 18.8.30 and 18.17.4)."""

import re
from datetime import date, timedelta

_BUILT_IN = frozenset((*range(14, 18), 22, *range(27, 32), 36, *range(50, 59)))
"""Formats with a day or a year in them that need no definition; times alone are not among them."""

_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_EPOCH_1900 = date(1899, 12, 30)
"""Right from 1 March 1900 on: the file format counts a 29 February 1900 that was not."""

_EPOCH_1904 = date(1904, 1, 1)
_FIRST_RIGHT, _LAST = 61, 2_958_465


def is_date_format(number: int, code: str | None) -> bool:
    """Whether a number format shows a year or a day of a month."""
    if code is None:
        return number in _BUILT_IN
    plain = _QUOTED.sub("", code.lower()).split(";")[0]
    return "y" in plain or ("d" in plain and "m" in plain)


def date_of(serial: float, from_1904: bool) -> date | None:
    """The day that a date cell's number stands for; None if it is none."""
    if from_1904:
        return _EPOCH_1904 + timedelta(days=int(serial)) if 0 <= serial < _LAST - 1462 else None
    if not 1 <= serial <= _LAST:
        return None
    shift = 0 if serial >= _FIRST_RIGHT else 1
    return _EPOCH_1900 + timedelta(days=int(serial) + shift)
