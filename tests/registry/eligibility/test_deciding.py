from dataclasses import replace
from datetime import date

import pytest
from tests.registry.eligibility.people import (
    ADULT,
    ALONE,
    CHILD,
    EVERYBODY,
    FAMILY,
    OLD,
    UNKNOWN,
    person,
)

from wayout.registry.eligibility.deciding import OTHERWISE, Ranking, rank
from wayout.registry.eligibility.facts import Birth, Facts, is_child
from wayout.registry.eligibility.reading import parse_rules
from wayout.registry.eligibility.rules import DEFAULT_TEXT, Rules

ON = date(2021, 8, 15)


def rules(text: str = DEFAULT_TEXT) -> Rules:
    filled = text.replace("citizens = []", 'citizens = ["gbr"]')
    filled = filled.replace("employers = []", 'employers = ["british *"]')
    found, findings = parse_rules(filled)
    assert found is not None, findings
    return found


def ranked(*people: Facts, text: str = DEFAULT_TEXT) -> dict[str, Ranking]:
    return {ranking.person: ranking for ranking in rank(people, rules(text), ON)}


def test_classes_of_the_joint_publication() -> None:
    found = ranked(*EVERYBODY)
    priorities = {name: ranking.priority for name, ranking in found.items()}
    assert priorities == {
        "ali": "I-D",
        "bibi": "II-D",
        "child": "II-E",
        "daud": "V-B",
        "esmat": "III-E",
        "f": "V-E",
    }
    assert found["bibi"].major_rule == "family of a citizen"
    assert found["daud"].minor_rule == "unaccompanied child"
    assert found["f"].major_rule == OTHERWISE


def test_what_is_not_known_is_an_open_question() -> None:
    found = ranked(*UNKNOWN)["f"]
    assert "citizen" in found.open_rules
    assert "employee of the government" in found.open_rules
    assert "aged" in found.open_rules


def test_family_of_family_is_no_family() -> None:
    """Only those who are I by themselves lift their household."""
    cousin = person("cousin", "h9", birth=ADULT, nationality="AFG")
    found = ranked(*FAMILY, cousin)
    assert found["cousin"].major == "V"


@pytest.mark.parametrize(
    ("birth", "on", "child"),
    [
        (Birth(2003, 8, 16), ON, True),
        (Birth(2003, 8, 15), ON, False),
        (Birth(2003), ON, None),
        (Birth(2004), ON, True),
        (Birth(2002), ON, False),
        (None, ON, None),
    ],
)
def test_a_child_is_under_eighteen_on_the_day(
    birth: Birth | None, on: date, child: bool | None
) -> None:
    assert is_child(person("x", "h", birth=birth), on) is child


def test_a_child_with_somebody_of_unknown_age_is_an_open_question() -> None:
    stranger = person("g", "h2", nationality="AFG")
    found = ranked(*ALONE, stranger)["daud"]
    assert found.minor == "E"
    assert "unaccompanied child" in found.open_rules


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ('nationality = ["AFG", "irn"]', True),
        ('nationality = ["IRN"]', False),
        ('employer = ["*council*"]', True),
        ('document = ["passport"]', True),
        ('need = ["wheelchair"]', True),
        ('need = ["stretcher"]', False),
        ('threat = ["*letter*"]', True),
        ("threatened = false", False),
        ("has_document = true", True),
        ('sex = ["f"]', False),
        ('place = ["kabul"]', True),
        ("age_from = 41", True),
        ("age_from = 42", False),
        ("age_below = 42", True),
        ("age_below = 41", False),
        ("with_children = true", False),
        ('nationality = ["AFG"]\nage_from = 42', False),
    ],
)
def test_each_condition(condition: str, holds: bool) -> None:
    text = f'version = "1"\n[[major]]\nname = "it"\ngives = "I"\n{condition}\n'
    somebody = person(
        "x",
        "h",
        nationality="AFG",
        employer="British Council",
        document_kind="passport",
        has_document=True,
        needs=frozenset({"wheelchair"}),
        threat="letter at night",
        sex="m",
        place="Kabul",
        birth=ADULT,
    )
    assert (ranked(somebody, text=text)["x"].major == "I") is holds


def test_rules_may_leave_people_out() -> None:
    text = 'version = "1"\n[[major]]\nname = "c"\ngives = "I"\ncitizen = true\n'
    text = "citizens = []\n" + text + '[major_otherwise]\ngives = "none"\n'
    found = ranked(*EVERYBODY, text=text)
    assert found["ali"].major == "I"
    assert found["daud"].major == "none"


def test_old_and_infirm_come_before_adults_with_children() -> None:
    old = person("old", "h1", birth=OLD)
    found = ranked(*FAMILY, old)
    assert found["old"].minor == "C"
    moved = replace(FAMILY[0], needs=frozenset({"wheelchair"}))
    assert ranked(moved, *FAMILY[1:])["ali"].minor == "C"
    assert ranked(replace(FAMILY[2], birth=CHILD, household="h7"))["child"].minor == "B"
