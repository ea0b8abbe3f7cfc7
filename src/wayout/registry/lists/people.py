"""Names, numbers of documents and single words of cells: what they say of a person."""

import re
from functools import lru_cache

from wayout.registry.lists.faults import Fault
from wayout.registry.lists.text import clean, folded, western
from wayout.registry.lists.words import blanks, meanings, nations
from wayout.registry.records import Sex

_NAMES_TOO = frozenset(("na", "no", "nan", "nil", "x", "s o"))
"""Words for nothing that are also names: in columns of names they are names, unless punctuated."""

_BEFORE_FAMILY = frozenset((
    "al", "el", "ul", "abu", "abou", "abo", "bin", "ben", "ibn", "de", "van", "von", "da", "di",
    "du", "le", "la", "ال", "ابو", "بن", "ابن",
))  # fmt: skip
"""Words that begin a family's name of two words."""

_NUMBER_NOISE = re.compile(r"^(?:n[or]\b[\s.:]+|№|n°)|[\s\-./\\_#:–'()]+", re.IGNORECASE)
_LEAST, _MOST, _LEAST_DIGITS = 5, 24, 4
_ROUNDED = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+")
_EMAIL = re.compile(r"[^\s@,;<>\"]+@[^\s@,;<>\"]+\.[^\s@,;<>\".]{2,}")
_SEPARATORS_OF_NEEDS = re.compile(r"[,;/|،؛+&\n]")


@lru_cache(maxsize=200_000)
def said(text: str) -> str | None:
    """The text, cleaned; None where it only says that nothing is known."""
    plain = clean(text)
    return None if folded(plain) in blanks() else plain


@lru_cache(maxsize=200_000)
def name_of(text: str) -> str | None:
    """A name; None where the cell says that there is none."""
    plain = clean(text)
    word = folded(plain)
    if plain == "NaN" or (word in blanks() and not (word in _NAMES_TOO and plain.isalpha())):
        return None
    return plain


def split_name(whole: str) -> tuple[str | None, str | None]:
    """Given and family name of ``FAMILY, Given``; else the last word is the family's."""
    if "," in whole or "،" in whole:
        family, _, given = whole.replace("،", ",").partition(",")
        return name_of(given.replace(",", " ")), name_of(family)
    words = whole.split()
    if len(words) == 1:
        return whole, None
    first = len(words) - 1
    if first > 1 and folded(words[first - 1]) in _BEFORE_FAMILY:
        first -= 1
    return " ".join(words[:first]), " ".join(words[first:])


@lru_cache(maxsize=1_000)
def sex_of(text: str) -> tuple[Sex | None, Fault | None]:
    """The sex that a word stands for."""
    if said(text) is None:
        return None, None
    found = meanings("sex").get(folded(text))
    return (Sex(found), None) if found else (None, Fault.SEX)


@lru_cache(maxsize=200_000)
def document_of(text: str) -> tuple[str | None, Fault | None]:
    """A document's number: letters and digits only, in capitals."""
    plain = western(clean(text)).upper()
    number = _NUMBER_NOISE.sub("", plain)
    digits = [letter for letter in number if letter.isdecimal()]
    right = number.isalnum() and _LEAST <= len(number) <= _MOST and len(digits) >= _LEAST_DIGITS
    if not right or len(set(digits)) == 1 or _ROUNDED.fullmatch(plain):
        return None, Fault.DOCUMENT
    return number, None


@lru_cache(maxsize=10_000)
def kind_of(text: str) -> tuple[str | None, Fault | None]:
    """The kind of a document; one that is not known stays as it is written."""
    plain = said(text)
    if plain is None:
        return None, None
    found = meanings("document_kind").get(folded(plain))
    return (found, None) if found else (plain, Fault.DOCUMENT_KIND)


@lru_cache(maxsize=10_000)
def nation_of(text: str) -> tuple[str | None, Fault | None]:
    """Alpha-3 code of a nationality; one that is not known stays as it is written."""
    plain = said(text)
    if plain is None:
        return None, None
    found = nations().get(folded(plain))
    return (found, None) if found else (plain, Fault.NATION)


@lru_cache(maxsize=10_000)
def needs_of(text: str) -> tuple[str | None, Fault | None]:
    """Needs in the words of a scenario's parties; others as written, with hyphens for spaces."""
    fault = None
    found: list[str] = []
    for part in _SEPARATORS_OF_NEEDS.split(text):
        plain = said(part)
        if plain is None:
            continue
        word = meanings("needs").get(folded(plain))
        fault = fault if word else Fault.NEEDS
        found.append(word or folded(plain).replace(" ", "-"))
    return " ".join(dict.fromkeys(found)) or None, fault


def email_of(text: str) -> tuple[str | None, Fault | None]:
    """The first address in a cell, its domain in small letters."""
    if said(text) is None:
        return None, None
    found = _EMAIL.search(clean(text))
    if found is None:
        return None, Fault.EMAIL
    name, _, domain = found[0].rpartition("@")
    return f"{name}@{domain.lower()}", None


@lru_cache(maxsize=1_000)
def age_of(text: str) -> tuple[int | None, Fault | None]:
    """Years of age, the middle of a range; PFIF allows ``30-40``."""
    if said(text) is None:
        return None, None
    numbers = [int(word) for word in re.findall(r"\d+", western(text))]
    if not 1 <= len(numbers) <= 2 or not all(number <= 120 for number in numbers):
        return None, Fault.AGE
    return sum(numbers) // len(numbers), None


def forget() -> None:
    """Let go of every cell that was read."""
    for cached in (said, name_of, sex_of, document_of, kind_of, nation_of, needs_of, age_of):
        cached.cache_clear()
    folded.cache_clear()
