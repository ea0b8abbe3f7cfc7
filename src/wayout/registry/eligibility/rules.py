"""Rules of priority: conditions on what is known of a person, tried in order.

The default follows the evacuee classes of Joint Publication 3-68: majors I to V say who somebody
is to the government that evacuates, minors A to E what the person needs.
"""

from dataclasses import dataclass
from enum import StrEnum

from wayout.scenario.policy import MAJORS, MINORS

NOT_ELIGIBLE = "none"
"""Written in place of a major for those whom the rules leave out."""


class Ties(StrEnum):
    """Who comes first among equals."""

    LOT = "lot"
    """Drawn by lot from the seed: nobody gains by a faster connection."""
    ARRIVAL = "arrival"
    """In the order in which their first row reached the register."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that must hold: ``key`` as in the rules file, with the values it allows."""

    key: str
    values: tuple[str, ...] = ()
    number: int = 0
    wanted: bool = True


@dataclass(frozen=True, slots=True)
class Rule:
    """A major or minor and what it takes; all conditions must hold. ``name`` is kept as reason."""

    name: str
    gives: str
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """A version of the rules, as published. ``text`` is the file, kept with every decision."""

    version: str
    citizens: tuple[str, ...]
    employers: tuple[str, ...]
    majors: tuple[Rule, ...]
    minors: tuple[Rule, ...]
    other_major: str
    other_minor: str
    ties: Ties
    seed: int
    text: str


WORDS = {
    "nationality": "one of these nationalities",
    "employer": "one of these employers; * stands for any letters",
    "document": "one of these kinds of document",
    "need": "one of these needs",
    "threat": "one of these threats; * stands for any letters",
    "sex": "f or m",
    "place": "one of these places",
    "family_of": "somebody of the household has one of these majors",
}
"""Conditions that name words, any of which will do."""

AGES = {"age_from": "at least so many years old", "age_below": "younger than so many years"}
"""Conditions on the age on the day the rules are applied."""

FLAGS = {
    "citizen": "has one of the nationalities listed as citizens",
    "employed": "has one of the employers listed as employers",
    "has_document": "has a document number",
    "threatened": "some threat is on record",
    "unaccompanied": "is a child whose household has no adult",
    "with_children": "is an adult whose household has a child",
}
"""Conditions that are true or false."""

CHOICES = {"major": (*MAJORS, NOT_ELIGIBLE), "minor": MINORS}

DEFAULT_TEXT = """\
version = "default"
citizens = []
employers = []
ties = "lot"
seed = 0

[[major]]
name = "citizen"
gives = "I"
citizen = true

[[major]]
name = "family of a citizen"
gives = "II"
family_of = ["I"]

[[major]]
name = "employee of the government"
gives = "III"
employed = true

[[major]]
name = "seriously ill or injured"
gives = "IV"
need = ["stretcher"]

[[major]]
name = "in peril"
gives = "IV"
threatened = true

[major_otherwise]
gives = "V"

[[minor]]
name = "pregnant"
gives = "A"
need = ["pregnant"]

[[minor]]
name = "unaccompanied child"
gives = "B"
unaccompanied = true

[[minor]]
name = "aged"
gives = "C"
age_from = 65

[[minor]]
name = "infirm"
gives = "C"
need = ["stretcher", "wheelchair"]

[[minor]]
name = "adult with children"
gives = "D"
with_children = true

[minor_otherwise]
gives = "E"
"""
"""The rules to begin with: citizens and employers have to be filled in."""
