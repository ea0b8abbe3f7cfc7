"""Cells: from the text of a table to a value of the model and back."""

import math
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wayout.clock import MINUTES_PER_DAY, text_of, tick_of
from wayout.scenario.columns import UNLIMITED
from wayout.scenario.faults import Fault, Problem, nearest, one_of, quoted
from wayout.scenario.figures import Case, Figure
from wayout.scenario.tables import Column, Kind

UNLIMITED_TEXT = "unlimited"
MOST_CHARACTERS = 32_767
"""Most characters in a cell: what a cell of a spreadsheet holds."""

MOST_DAYS_FROM_START = 5 * 366
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_WITH_COMMA = re.compile(r"[+-]?[0-9][0-9.]*(?:,[0-9]+)+(?:\.[0-9]+)?")
_YES_NO = {"yes": True, "no": False, "true": True, "false": False}
_EXACT = 2.0**53
_TIME_CURE = "Write a time such as 2021-08-15T06:30+04:30."


@dataclass(frozen=True, slots=True)
class Context:
    """What cells need to know of the scenario: its start, the case, and its figures by name."""

    start: datetime
    case: Case
    figures: dict[str, Figure]


@dataclass(frozen=True, slots=True)
class FromFigure:
    """A value that a cell took from a figure it names."""

    value: float
    figure: str


def looks_like_number(text: str) -> bool:
    """Whether a table reads the text as a number, so that it cannot name a figure."""
    return _NUMBER.fullmatch(text) is not None or text.casefold() == UNLIMITED_TEXT


def parse_time(text: str) -> datetime | Problem:
    """A moment with offset and without seconds, or what is wrong with the text."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return Problem(Fault.NOT_A_TIME, f"{quoted(text)} is not a time.", _TIME_CURE)
    return check_moment(moment, text)


def check_moment(moment: datetime, text: str) -> datetime | Problem:
    """The moment itself when it has an offset and no seconds, else what is wrong."""
    if moment.tzinfo is None:
        cure = "Add the offset from UTC, as in 2021-08-15T06:30+04:30 (Z stands for +00:00)."
        return Problem(Fault.NO_OFFSET, f"The time {quoted(text)} has no offset.", cure)
    if moment.second or moment.microsecond:
        cure = "Write whole minutes; Wayout plans to the minute."
        return Problem(Fault.NOT_A_MINUTE, f"The time {quoted(text)} has seconds.", cure)
    return moment


def ticks_within_reach(moment: datetime, text: str, start: datetime) -> int | Problem:
    """Ticks from the start, or what is wrong when the moment is more than five years away."""
    tick = tick_of(moment, start)
    if abs(tick) <= MOST_DAYS_FROM_START * MINUTES_PER_DAY:
        return tick
    message = f"The time {quoted(text)} is more than five years from the scenario's start."
    return Problem(Fault.ABSURD_TIME, message, "Correct the date.")


def _time(column: Column, text: str, context: Context) -> int | Problem:
    moment = parse_time(text)
    if isinstance(moment, Problem):
        return moment
    return ticks_within_reach(moment, text, context.start)


def _text(column: Column, text: str, context: Context) -> str:
    return text


def _words(column: Column, text: str, context: Context) -> tuple[str, ...] | Problem:
    if "," in text or ";" in text:
        message = f"The list {quoted(text)} is not separated by spaces."
        return Problem(Fault.LIST, message, "Put one space between two words and nothing else.")
    return tuple(text.split())


def _yes_no(column: Column, text: str, context: Context) -> bool | Problem:
    value = _YES_NO.get(text.casefold())
    if value is not None:
        return value
    return Problem(Fault.NOT_YES_NO, f"{quoted(text)} is neither yes nor no.", "Write yes or no.")


def _choice(column: Column, text: str, context: Context) -> Any:
    known = {choice.value: choice for choice in column.choices or ()}
    if text in known:
        return known[text]
    message = f"{quoted(text)} is not a {column.name} that Wayout knows."
    return Problem(Fault.NOT_A_CHOICE, message, one_of(text, known))


def _not_a_number(text: str, context: Context) -> Problem:
    """Say as exactly as possible why a text is no number."""
    if text.casefold().lstrip("+-") in ("nan", "inf", "infinity") or _NUMBER.fullmatch(text):
        cure = f"Write a number; '{UNLIMITED_TEXT}' where the column is a limit that never binds."
        return Problem(Fault.NOT_FINITE, f"{quoted(text)} is not a number to plan with.", cure)
    if _WITH_COMMA.fullmatch(text):
        cure = "Write a point before decimals and nothing between thousands, as in 1234.5."
        return Problem(Fault.COMMA, f"The number {quoted(text)} has a comma.", cure)
    close = nearest(text, context.figures)
    known = f" Did you mean the figure '{close}'?" if close else ""
    message = f"{quoted(text)} is neither a number nor a figure of figures.csv."
    return Problem(Fault.NOT_A_NUMBER, message, f"Write a number such as 12 or 1.5.{known}")


def _finite(text: str, context: Context) -> float | FromFigure | Problem:
    if _NUMBER.fullmatch(text):
        value = float(text)
        return value if math.isfinite(value) else _not_a_number(text, context)
    figure = context.figures.get(text)
    if figure is None:
        return _not_a_number(text, context)
    return FromFigure(figure.value(context.case), text)


def _in_range(column: Column, text: str, value: float) -> Problem | None:
    if column.least <= value <= column.most:
        return None
    shown = quoted(text) if looks_like_number(text) else f"{quoted(text)} ({number_text(value)})"
    least, most = number_text(column.least), number_text(column.most)
    cure = f"Write a number from {least} to {most}."
    return Problem(Fault.OUT_OF_RANGE, f"{shown} is outside what {column.name} can be.", cure)


def _number(column: Column, text: str, context: Context) -> float | FromFigure | Problem:
    if text == UNLIMITED_TEXT:
        return UNLIMITED if column.may_be_unlimited else _no_limit(column)
    value = _finite(text, context)
    if isinstance(value, Problem):
        return value
    number = value.value if isinstance(value, FromFigure) else value
    return _in_range(column, text, number) or value


def _whole(column: Column, text: str, context: Context) -> int | FromFigure | Problem:
    if text == UNLIMITED_TEXT:
        return _no_limit(column)
    value = _finite(text, context)
    if isinstance(value, Problem):
        return value
    number = value.value if isinstance(value, FromFigure) else value
    outside = _in_range(column, text, number)
    if outside is not None:
        return outside
    if isinstance(value, FromFigure):
        return FromFigure(math.floor(number + 0.5), text)
    if number != int(number):
        message = f"{column.name} is {quoted(text)}, which is not a whole number."
        return Problem(Fault.NOT_WHOLE, message, "Write a number without decimals.")
    return int(number)


def _no_limit(column: Column) -> Problem:
    message = f"'{UNLIMITED_TEXT}' cannot stand in {column.name}, which is not a limit."
    return Problem(
        Fault.UNLIMITED, message, "Write a number, or leave the cell blank if it may be."
    )


_PARSERS = {
    Kind.TEXT: _text,
    Kind.WHOLE: _whole,
    Kind.NUMBER: _number,
    Kind.TIME: _time,
    Kind.YES_NO: _yes_no,
    Kind.CHOICE: _choice,
    Kind.WORDS: _words,
}


def parse(column: Column, text: str, context: Context) -> Any:
    """The value of a cell, a ``FromFigure``, or a ``Problem``; ``text`` is already stripped."""
    if not text:
        return column.default if not column.required else _blank(column)
    if len(text) > MOST_CHARACTERS:
        message = f"The cell {quoted(text)} has {len(text):,} characters."
        return Problem(Fault.TOO_LARGE, message, f"Keep to {MOST_CHARACTERS:,} characters.")
    return _PARSERS[column.kind](column, text, context)


def _blank(column: Column) -> Problem:
    message = f"{column.name} is blank, and it has no default."
    return Problem(Fault.BLANK, message, f"Write it: {column.meaning}")


def number_text(value: float) -> str:
    """A number in its shortest form; no limit as ``unlimited``."""
    if value == UNLIMITED:
        return UNLIMITED_TEXT
    if isinstance(value, int):
        return str(value)
    whole = value == int(value) and abs(value) < _EXACT
    return str(int(value)) if whole else repr(float(value))


def text_of_value(column: Column, value: Any, start: datetime) -> str:
    """How a value is written; None is a blank cell."""
    if value is None:
        return ""
    if column.kind is Kind.TIME:
        return text_of(value, start)
    if column.kind is Kind.YES_NO:
        return "yes" if value else "no"
    if column.kind is Kind.WORDS:
        return " ".join(value)
    if column.kind in (Kind.NUMBER, Kind.WHOLE):
        return number_text(value)
    return str(value)
