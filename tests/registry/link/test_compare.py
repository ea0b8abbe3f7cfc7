from typing import Any

import numpy as np
import pytest
from tests.registry.link.rows import row, world

from wayout.registry.link.compare import LOOSE, TIGHT
from wayout.registry.link.distance import distance
from wayout.registry.link.levels import Birth, Field, Name, Plain
from wayout.registry.link.scoring import compared
from wayout.registry.names import sounds, tokens
from wayout.registry.names.tokens import is_bare


def level(field: Field, one: dict[str, Any], other: dict[str, Any]) -> int:
    both = world(row("a", **one), row("b", **other))
    forth = compared(both, np.array([0], np.int32), np.array([1], np.int32))
    back = compared(both, np.array([1], np.int32), np.array([0], np.int32))
    assert forth.levels.tolist() == back.levels.tolist()
    return int(forth.levels[0, field])


def apart(one: str, other: str) -> float:
    first, second = sounds(tokens(one)[0]), sounds(tokens(other)[0])
    return distance(
        np.frombuffer(first, np.uint8),
        np.frombuffer(second, np.uint8),
        len(first),
        len(second),
        is_bare(one),
        is_bare(other),
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mohammad", "محمد"),
        ("Yusuf", "Youssef"),
        ("Parwin", "Parveen"),
        ("Qasim", "Kasem"),
        ("Oksana", "Oxana"),
        ("Khadija", "خدیجه"),
    ],
)
def test_spellings_are_near(one: str, other: str) -> None:
    assert apart(one, other) <= TIGHT
    assert apart(one, other) == pytest.approx(apart(other, one))


@pytest.mark.parametrize(
    ("one", "other"), [("Karim", "Salim"), ("Zahra", "Maryam"), ("Ivan", "Petro"), ("علی", "عمر")]
)
def test_other_names_are_far(one: str, other: str) -> None:
    assert apart(one, other) > LOOSE


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Ahmad", "Ahmad", Name.EXACT),
        ("Ahmad", "احمد", Name.SAME),
        ("Mohammad Ahmad", "Ahmad", Name.PART),
        ("Ahmad Khan", "Ahmad Shah", Name.SHARED),
        ("Ahmad", "Farid", Name.DIFFERENT),
        ("Ahmad", None, Name.MISSING),
    ],
)
def test_levels_of_names(one: str, other: str | None, expected: Name) -> None:
    assert level(Field.GIVEN, {"given": one}, {"given": other}) == expected


def test_names_in_each_other_s_place_are_found() -> None:
    one, other = {"given": "Ahmad", "family": "Rahimi"}, {"given": "Rahimi", "family": "Ahmad"}
    assert level(Field.GIVEN, one, other) == Name.ELSEWHERE
    assert level(Field.FAMILY, one, other) == Name.ELSEWHERE


def test_the_father_s_name_may_stand_for_the_family_s() -> None:
    one = {"given": "Ali", "family": "Karim"}
    other = {"given": "Ali", "family": "Noori", "father": "Karim"}
    assert level(Field.FAMILY, one, other) == Name.ELSEWHERE


def born(*parts: int) -> dict[str, Any]:
    return dict(zip(("birth_year", "birth_month", "birth_day"), parts, strict=False))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (born(1980, 5, 7), born(1980, 5, 7), Birth.EXACT),
        (born(1980, 5, 7), born(1980, 7, 5), Birth.SWAPPED),
        (born(1980, 5, 7), born(1980), Birth.YEAR),
        (born(1980, 5, 7), born(1980, 1, 1), Birth.YEAR),
        (born(1980, 5, 7), born(1980, 5, 8), Birth.YEAR_AND_PART),
        (born(1980, 5, 7), born(1980, 6, 8), Birth.YEAR_ONLY),
        (born(1980, 5, 7), born(1981, 5, 7), Birth.DAY_OF_NEAR_YEAR),
        (born(1980, 5, 7), born(1930, 5, 7), Birth.DAY_OF_NEAR_YEAR),
        (born(1980), born(1981), Birth.ONE_OFF),
        (born(1980), born(1982), Birth.TWO_OFF),
        (born(1980), born(1990), Birth.NEAR),
        (born(1980), born(1991), Birth.FAR),
        (born(1980), {}, Birth.MISSING),
    ],
)
def test_levels_of_births(one: dict[str, Any], other: dict[str, Any], expected: Birth) -> None:
    assert level(Field.BIRTH, one, other) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("+93701234567", "+93701234567", Plain.EXACT),
        ("+93701234567", "0701234567", Plain.EXACT),
        ("+93701234567", "+93701234577", Plain.NEAR),
        ("+93701234567", "+93701243567", Plain.NEAR),
        ("+93701234567", "+93701299567", Plain.DIFFERENT),
        ("+93701234567", None, Plain.MISSING),
    ],
)
def test_levels_of_telephones(one: str, other: str | None, expected: Plain) -> None:
    assert level(Field.PHONE, {"phone": one}, {"phone": other}) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("P 123-456", "p123456", Plain.EXACT),
        ("P123456", "P12356", Plain.NEAR),
        ("P123456", "P654321", Plain.DIFFERENT),
    ],
)
def test_levels_of_documents(one: str, other: str, expected: Plain) -> None:
    assert level(Field.DOCUMENT, {"document": one}, {"document": other}) == expected
