"""The fields that are compared and the levels on which two values can agree.

Levels of a field are numbers from 0 (one side says nothing). Their order has no meaning: each
level gets its own weight.
"""

from enum import IntEnum


class Field(IntEnum):
    """A column of the table of levels."""

    GIVEN = 0
    FAMILY = 1
    FATHER = 2
    SEX = 3
    BIRTH = 4
    PHONE = 5
    DOCUMENT = 6
    EMAIL = 7
    PLACE = 8
    NATIONALITY = 9
    EMPLOYER = 10


NUM_FIELDS = len(Field)


class Name(IntEnum):
    """How two names agree."""

    MISSING = 0
    DIFFERENT = 1
    SHARED = 2
    """A word in common, others not."""
    NEAR = 3
    """Alike, as a slip of the pen leaves it."""
    PART = 4
    """One is the other with a word left out."""
    SAME = 5
    """The same name in other letters."""
    EXACT = 6
    """Letter by letter."""
    ELSEWHERE = 7
    """Not here, but the other record has it in another name's column."""


class Birth(IntEnum):
    """How two dates of birth agree."""

    MISSING = 0
    EXACT = 1
    SWAPPED = 2
    """Day and month exchanged."""
    YEAR = 3
    """Same year; one of the two says no more."""
    YEAR_AND_PART = 4
    """Same year, and the month or the day."""
    YEAR_ONLY = 5
    """Same year, other month and day."""
    DAY_OF_NEAR_YEAR = 6
    """Same month and day; the year is off by a little or by a digit."""
    ONE_OFF = 7
    TWO_OFF = 8
    NEAR = 9
    """Three to ten years apart."""
    FAR = 10


class Plain(IntEnum):
    """How telephones, documents and other codes agree."""

    MISSING = 0
    DIFFERENT = 1
    EXACT = 2
    NEAR = 3
    """One digit or letter off."""


NUM_LEVELS = 11
"""Width of a table of weights: the most levels that any field has."""
