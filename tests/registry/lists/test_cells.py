"""Telephones, names, documents and words of cells."""

import pytest

from wayout.registry.lists.faults import Fault
from wayout.registry.lists.people import (
    age_of,
    document_of,
    email_of,
    kind_of,
    name_of,
    nation_of,
    needs_of,
    sex_of,
    split_name,
)
from wayout.registry.lists.phones import is_region, phone_of, region_of
from wayout.registry.lists.text import clean, folded, western


@pytest.mark.parametrize(
    ("text", "regions", "number"),
    [
        ("+93 (70) 123-4567", (), "+93701234567"),
        ("0093701234567", (), "+93701234567"),
        ("93701234567", (), "+93701234567"),
        ("0701234567", ("AF",), "+93701234567"),
        ("701234567", ("AF",), "+93701234567"),
        ("۰۷۰۱۲۳۴۵۶۷", ("AF",), "+93701234567"),
        ("'0701234567", ("AF",), "+93701234567"),
        ("050 123 45 67", ("UA",), "+380501234567"),
        ("0501234567", ("AF", "UA"), "+380501234567"),
    ],
)
def test_numbers_become_e164(text: str, regions: tuple[str, ...], number: str) -> None:
    assert phone_of(text, regions) == (number, None)


@pytest.mark.parametrize(
    ("text", "number", "fault"),
    [
        ("0701234567 / 0709876543", "+93701234567", Fault.PHONES),
        ("call his brother", None, Fault.PHONE),
        ("+93 1", None, Fault.PHONE),
        ("7.01235E+08", None, Fault.PHONE_DIGITS),
        ("0" * 500, None, Fault.PHONE),
    ],
)
def test_numbers_that_need_a_look(text: str, number: str | None, fault: Fault) -> None:
    assert phone_of(text, ("AF",)) == (number, fault)


def test_regions() -> None:
    assert region_of("+380501234567") == "UA"
    assert is_region("AF")
    assert not is_region("XX")


@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        ("Amina Karimi", ("Amina", "Karimi")),
        ("KARIMI, Amina Gul", ("Amina Gul", "KARIMI")),
        ("Mohammad Ali Rezaei", ("Mohammad Ali", "Rezaei")),
        ("Ahmed Al Jubouri", ("Ahmed", "Al Jubouri")),
        ("Zmaray", ("Zmaray", None)),
    ],
)
def test_whole_names_are_split(whole: str, parts: tuple[str, str | None]) -> None:
    assert split_name(whole) == parts


@pytest.mark.parametrize("text", ["N/A", "-", "FNU", "نامعلوم", "невідомо", "???", "NaN", "  "])
def test_words_for_nothing_are_no_names(text: str) -> None:
    assert name_of(text) is None


def test_short_names_that_look_like_nothing_are_names() -> None:
    assert name_of("Nil") == "Nil"
    assert name_of("  No\u200b ") == "No"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("P 0123456", "P0123456"),
        ("fh-123456", "FH123456"),
        ("۱۴۰۰-۰۱۰۰-۱۲۳۴۵", "1400010012345"),
        ("N° 987654", "987654"),
    ],
)
def test_numbers_of_documents(text: str, number: str) -> None:
    assert document_of(text) == (number, None)


@pytest.mark.parametrize("text", ["0000000", "12", "lost", "in process", "1.23457E+12", "AB12"])
def test_what_is_no_number_of_a_document(text: str) -> None:
    assert document_of(text) == (None, Fault.DOCUMENT)


def test_words_of_known_sets_in_any_language() -> None:
    assert {sex_of(word)[0] for word in ("F", "زن", "أنثى", "жін.", "Femme", "ښځه")} == {"f"}
    assert {kind_of(word)[0] for word in ("Passport", "پاسپورت", "جواز سفر", "паспорт")} == {
        "passport"
    }
    assert {nation_of(word)[0] for word in ("Afghan", "AFG", "af", "افغان", "afghane")} == {"AFG"}
    assert needs_of("Wheelchair, برانکار") == ("wheelchair stretcher", None)


def test_words_that_are_not_known_stay_as_written() -> None:
    assert kind_of("facilitation document") == ("facilitation document", Fault.DOCUMENT_KIND)
    assert nation_of("Atlantis") == ("Atlantis", Fault.NATION)
    assert needs_of("oxygen tank") == ("oxygen-tank", Fault.NEEDS)
    assert sex_of("?!") == (None, None)
    assert sex_of("other") == (None, Fault.SEX)


def test_addresses_and_ages() -> None:
    assert email_of("Amina <amina@EXAMPLE.org>") == ("amina@example.org", None)
    assert email_of("amina at example") == (None, Fault.EMAIL)
    assert age_of("30-40") == (35, None)
    assert age_of("۳۵ سال") == (35, None)
    assert age_of("350") == (None, Fault.AGE)


def test_text_is_cleaned_for_comparison_only() -> None:
    assert clean("  A\u202emina\x00  Karimi ") == "Amina Karimi"
    assert clean("حاجی\u200cزاده") == "حاجی\u200cزاده"
    assert western("۱۲٣٤५") == "12345"
    assert folded("N° du Document :") == "n du document"
    assert folded("شمارۀ تليفون") == folded("شماره تلیفون")
