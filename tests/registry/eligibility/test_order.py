import json
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from tests.registry.eligibility.people import EVERYBODY, person
from tests.registry.eligibility.test_deciding import ON, rules

from wayout.registry.eligibility.equity import equity
from wayout.registry.eligibility.facts import Birth, Facts
from wayout.registry.eligibility.order import body_of, publish, why
from wayout.registry.eligibility.rules import DEFAULT_TEXT


def test_household_takes_the_best_of_its_members() -> None:
    order = publish(EVERYBODY, rules(), ON)
    standing = {one.household: (one.priority, one.place) for one in order.standings}
    assert standing == {
        "h1": ("I-D", 1),
        "h3": ("III-E", 2),
        "h2": ("V-B", 3),
        "h4": ("V-E", 4),
    }


@given(st.permutations(EVERYBODY))
def test_order_does_not_depend_on_the_order_of_the_records(people: list[Facts]) -> None:
    found = publish(people, rules(), ON).standings
    expected = publish(EVERYBODY, rules(), ON).standings
    assert [(one.household, one.priority, one.place) for one in found] == [
        (one.household, one.priority, one.place) for one in expected
    ]


def test_published_order_is_made_again_from_its_body() -> None:
    body = json.loads(json.dumps(body_of(publish(EVERYBODY, rules(), ON))))
    again = publish(EVERYBODY, rules(body["rules"]), date.fromisoformat(body["on"]))
    assert again.digest == body["digest"]
    changed = (replace(EVERYBODY[0], nationality="AFG"), *EVERYBODY[1:])
    assert publish(changed, rules(body["rules"]), ON).digest != body["digest"]


def test_no_name_and_no_fact_is_in_what_is_published() -> None:
    text = json.dumps(body_of(publish(EVERYBODY, rules(), ON)))
    assert "Kabul" not in text
    assert "British Council" not in text


def test_equals_are_drawn_by_lot_or_by_arrival() -> None:
    people = [replace(person(f"p{number}", f"h{number}"), arrival=number) for number in range(20)]
    by_lot = [one.household for one in publish(people, rules(), ON).standings]
    arrival = rules(DEFAULT_TEXT.replace('ties = "lot"', 'ties = "arrival"'))
    by_arrival = [one.household for one in publish(people, arrival, ON).standings]
    assert by_arrival == [f"h{number}" for number in range(20)]
    assert by_lot != by_arrival
    assert sorted(by_lot) == sorted(by_arrival)
    other = rules(DEFAULT_TEXT.replace("seed = 0", "seed = 1"))
    assert [one.household for one in publish(people, other, ON).standings] != by_lot


def test_why_tells_rule_version_and_place() -> None:
    body = json.loads(json.dumps(body_of(publish(EVERYBODY, rules(), ON))))
    found = why("bibi", body)
    assert found is not None
    assert (found.priority, found.household_priority, found.place) == ("II-D", "I-D", 1)
    assert (found.major_rule, found.version) == ("family of a citizen", "default")
    assert found.num_places == 4
    assert why("nobody", body) is None


def test_who_is_not_eligible_has_no_place() -> None:
    text = DEFAULT_TEXT.replace(
        '[major_otherwise]\ngives = "V"', '[major_otherwise]\ngives = "none"'
    )
    order = publish(EVERYBODY, rules(text), ON)
    assert {one.household for one in order.standings if one.place is None} == {"h2", "h4"}


def crowd() -> tuple[Facts, ...]:
    """Forty people alone: men of Kabul are citizens, women of Herat are not."""
    men = [
        person(
            f"m{number:02}",
            f"m{number}",
            sex="m",
            place="Kabul",
            nationality="GBR",
            birth=Birth(1980),
            sources=("embassy",),
        )
        for number in range(20)
    ]
    women = [
        person(
            f"w{number:02}",
            f"w{number}",
            sex="f",
            place="Herat",
            nationality="AFG",
            birth=Birth(1980),
            sources=("charity",),
        )
        for number in range(20)
    ]
    return (*men, *women)


def test_equity_report_marks_those_left_behind() -> None:
    people = crowd()
    groups = {(g.kind, g.value): g for g in equity(people, publish(people, rules(), ON), 0.5)}
    assert groups["sex", "m"].rate == 1
    assert groups["sex", "f"].rate == 0
    assert groups["sex", "f"].marked
    assert groups["place", "Herat"].marked
    assert groups["source", "charity"].marked
    assert not groups["age", "18 to 64"].marked


def test_small_groups_are_not_shown_by_themselves() -> None:
    people = (*crowd(), person("x", "x", sex="f", place="Bamyan", nationality="AFG"))
    groups = equity(people, publish(people, rules(), ON))
    assert not any(group.value == "Bamyan" for group in groups)
    assert sum(group.num_people for group in groups if group.kind == "place") == 41
