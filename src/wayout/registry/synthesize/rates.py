"""How often lists are wrong, in what way: the two settings by which linking is judged.

``HARD`` is fitted so that two records of one person agree in their given name's consonants 62 % of
the time, in the family name's 49 %, in the telephone 32 %, in the year of birth 59 %, in the whole
date 26 % and in the document's number 12 %. ``MODERATE`` has half the rates. The last four rates
are those of a real list of 88,977 people, 2021 (US Department of Homeland Security, OIG-22-64:
11,110 born on 1 January, 417 without a first name, 7,800 with an invalid or missing document
number, 36,400 with an odd kind of document), and hold in both.
"""

from dataclasses import dataclass, fields, replace
from enum import StrEnum


class Setting(StrEnum):
    """How bad the lists are."""

    MODERATE = "moderate"
    HARD = "hard"


@dataclass(frozen=True, slots=True)
class Rates:
    """Shares of records (for compound names: of those that have one) with each kind of fault."""

    variant: float = 1.0
    """Another real spelling than the usual one may be used."""
    rule_noise: float = 0.45
    """One more change that hearing and writing make, in a name."""
    dropped_part: float = 0.42
    initial_only: float = 0.03
    """A part of a given name is cut to its first letter."""
    no_family: float = 0.125
    father_as_family: float = 0.075
    swapped: float = 0.045
    typo: float = 0.11
    """In each of the given and the family name."""
    birth_missing: float = 0.17
    birth_year_only: float = 0.17
    birth_exchanged: float = 0.085
    """Day and month, where the day could be a month."""
    birth_year_off: float = 0.065
    """By one or two years, day and month kept."""
    phone_missing: float = 0.28
    phone_digit: float = 0.075
    phone_other: float = 0.15
    place_alias: float = 0.4
    place_other: float = 0.1
    sex_missing: float = 0.03
    father_missing: float = 0.15
    document_missing: float = 0.54
    document_typo: float = 0.06

    first_january: float = 0.1225
    """Besides those who were born on it; with them 12.5 %."""
    no_given: float = 0.005
    bad_document: float = 0.088
    odd_kind: float = 0.41


_OF_A_REAL_LIST = ("first_january", "no_given", "bad_document", "odd_kind")

HARD = Rates()


def _halved(rates: Rates) -> Rates:
    """Half of every rate that is not a real list's."""
    names = [field.name for field in fields(Rates) if field.name not in _OF_A_REAL_LIST]
    return replace(rates, **{name: getattr(rates, name) / 2 for name in names})


MODERATE = _halved(HARD)

RATES = {Setting.MODERATE: MODERATE, Setting.HARD: HARD}
"""The rates of each setting."""
