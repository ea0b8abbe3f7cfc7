"""What rules ask about a person. None, and an empty set, mean that no list says it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

ADULT = 18
"""Years from which somebody is no child (Convention on the Rights of the Child, article 1)."""


@dataclass(frozen=True, slots=True)
class Birth:
    """A birth date as far as it is known; month and day may be unknown."""

    year: int
    month: int | None = None
    day: int | None = None

    def years(self, on: date) -> tuple[int, int]:
        """Least and most years old on a day."""
        latest = (self.month or 12, self.day or 31)
        earliest = (self.month or 1, self.day or 1)
        today = (on.month, on.day)
        age = on.year - self.year
        return max(age - (today < latest), 0), max(age - (today < earliest), 0)


@dataclass(frozen=True, slots=True)
class Facts:
    """One person as rules see it: no name among it. ``arrival`` orders first rows."""

    person: str
    household: str
    arrival: int
    records: tuple[str, ...]
    sources: tuple[str, ...] = ()
    nationality: str | None = None
    employer: str | None = None
    document_kind: str | None = None
    has_document: bool = False
    birth: Birth | None = None
    sex: str | None = None
    needs: frozenset[str] = frozenset()
    threat: str | None = None
    place: str | None = None
    is_torn: bool = False
    """Some of the household are counted in another one until somebody decides on the two."""


def is_child(facts: Facts, on: date) -> bool | None:
    """Whether somebody is under 18; None where the lists do not say."""
    if facts.birth is None:
        return None
    least, most = facts.birth.years(on)
    return True if most < ADULT else False if least >= ADULT else None


def without_adult(members: Sequence[Facts], on: date) -> bool | None:
    """Whether these are children without an adult; None if that is not known.

    It is not known while ages are missing, or an adult may be in a household still to be joined.
    People of whom no list states the age are no children without adult by themselves.
    """
    children = [is_child(member, on) for member in members]
    if True not in children or False in children:
        return False
    torn = any(member.is_torn for member in members)
    return None if torn or None in children else True
