"""Telephone numbers to E.164 (ITU-T E.164), by the rules of each country's numbering plan."""

import re
from functools import lru_cache

import phonenumbers

from wayout.registry.lists.faults import Fault
from wayout.registry.lists.text import clean, western

_SEVERAL = re.compile(r"\s*(?:[/;|,،؛\n]|\bor\b|\band\b|\bou\b|\bабо\b|\bیا\b|\bاو\b)\s*")
_ROUNDED = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+")
_NUMBER = re.compile(r"\d")
_LEAST_DIGITS = 6
_LONGEST = 200
"""Characters of a cell with as many numbers as people have."""

Phone = tuple[str | None, Fault | None]


def phone_of(text: str, regions: tuple[str, ...]) -> Phone:
    """The first number in a cell; ``regions`` are countries it may be dialled in, best first."""
    return _phone_of(text, regions) if len(text) <= _LONGEST else (None, Fault.PHONE)


@lru_cache(maxsize=300_000)
def _phone_of(text: str, regions: tuple[str, ...]) -> Phone:
    plain = western(clean(text))
    if _ROUNDED.fullmatch(plain):
        return None, Fault.PHONE_DIGITS
    candidates = [part for part in _SEVERAL.split(plain) if len(_NUMBER.findall(part)) >= 3]
    found = [number for part in candidates if (number := _number(part, regions))]
    if not found:
        return None, Fault.PHONE
    return found[0], Fault.PHONES if len(candidates) > 1 else None


def is_international(text: str) -> bool:
    """Whether the number says its country itself."""
    plain = western(clean(text)).lstrip("'( ")
    return plain.startswith(("+", "00"))


def region_of(e164: str) -> str | None:
    """Alpha-2 code of the country of a number."""
    return phonenumbers.region_code_for_number(phonenumbers.parse(e164))


def is_region(code: str) -> bool:
    """Whether it is the alpha-2 code of a country with telephones."""
    return code in phonenumbers.SUPPORTED_REGIONS


def _number(part: str, regions: tuple[str, ...]) -> str | None:
    """E.164, if the number is one in its country or in one of the regions."""
    text = part.strip(" '")
    digits = "".join(_NUMBER.findall(text))
    if len(digits) < _LEAST_DIGITS:
        return None
    if text.lstrip("( ").startswith("+"):
        return _valid("+" + digits, None)
    if text.startswith("00"):
        return _valid("+" + digits[2:], None)
    for region in regions:
        if number := _valid(digits, region):
            return number
    return _valid("+" + digits, None) if len(digits) > 10 else None


def _valid(text: str, region: str | None) -> str | None:
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def forget() -> None:
    """Let go of every number that was read."""
    _phone_of.cache_clear()
