from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from tests.registry.review.deeds import deed

from wayout.registry.eligibility.facts import Birth, Facts, without_adult
from wayout.registry.households.asking import ASKED, Sign, questions
from wayout.registry.households.folding import Households
from wayout.registry.households.proposing import Families, families_of

ON = date(2021, 8, 15)
FATHER, CHILD = Birth(1980), Birth(2012)


def families(of_record: dict[str, str], persons: dict[str, str]) -> Families:
    return families_of(Households(of_record), {**{r: r for r in of_record}, **persons})


def test_a_family_stated_twice_is_one() -> None:
    """The second list has two of the three: nobody is joined who was not stated together."""
    found = families(
        {"a1": "a1", "a2": "a1", "a3": "a1", "b1": "b1", "b2": "b1"}, {"b1": "a1", "b2": "a2"}
    )
    assert found.members() == {"a1": ("a1", "a2", "a3")}
    assert found.absorbed == {"b1": "a1"}
    assert found.proposals == ()


def test_a_merge_of_persons_proposes_and_never_forces_the_union() -> None:
    """The daughter is on one list with her parents, on the other with her husband."""
    found = families({"a1": "a1", "a2": "a1", "a3": "a1", "b1": "b1", "b2": "b1"}, {"b1": "a3"})
    assert found.members() == {"a1": ("a1", "a2", "a3"), "b1": ("b2",)}
    (proposal,) = found.proposals
    assert (proposal.one, proposal.other, proposal.shared) == ("a1", "b1", ("a3",))


def test_a_proposal_that_was_turned_down_does_not_come_back() -> None:
    of_record = {"a1": "a1", "a2": "a1", "b1": "b1", "b2": "b1"}
    persons = {"a1": "a1", "a2": "a2", "b1": "a1", "b2": "b2"}
    assert families_of(Households(of_record), persons).proposals
    assert not families_of(Households(of_record), persons, [("b1", "a1")]).proposals


@given(
    st.lists(st.integers(0, 4), min_size=1, max_size=12),
    st.lists(st.integers(0, 5), min_size=12, max_size=12),
)
def test_each_person_is_in_one_family_and_none_has_strangers(
    labels: list[int], who: list[int]
) -> None:
    """Two people in one family were stated in one household by somebody."""
    records = [f"r{number:02}" for number in range(len(labels))]
    first: dict[int, str] = {}
    of_record = {
        record: first.setdefault(label, record)
        for record, label in zip(records, labels, strict=True)
    }
    named: dict[int, str] = {}
    persons = {
        record: named.setdefault(number, record)
        for record, number in zip(records, who, strict=False)
    }
    found = families_of(Households(of_record), persons)
    assert sorted(found.of_person) == sorted(set(persons.values()))
    together = {
        (persons[one], persons[other])
        for one in records
        for other in records
        if of_record[one] == of_record[other]
    }
    for members in found.members().values():
        assert all((one, other) in together for one in members for other in members)


def person(name: str, household: str, birth: Birth | None, sources: tuple[str, ...]) -> Facts:
    return Facts(name, household, 0, (name,), sources=sources, birth=birth)


def signs(people: list[Facts], *decisions: object) -> dict[str, tuple[Sign, ...]]:
    found = Families({one.person: one.household for one in people}, {}, ())
    asked = questions(people, found, decisions, ON)  # type: ignore[arg-type]  # decisions only
    return {question.household: question.signs for question in asked}


def test_children_alone_come_first() -> None:
    people = [
        person("a", "h1", FATHER, ("x",)),
        person("b", "h2", CHILD, ("x",)),
        person("c", "h3", CHILD, ("x",)),
        person("d", "h3", None, ("x",)),
    ]
    found = signs(people)
    assert list(found) == ["h2", "h3", "h1"]
    assert found["h2"][0] is Sign.CHILD_ALONE
    assert found["h3"][0] is Sign.CHILD_PERHAPS_ALONE
    assert found["h1"] == (Sign.NEVER_ASKED,)


def test_lists_that_differ_are_a_sign() -> None:
    people = [person("a", "h", FATHER, ("x", "y")), person("b", "h", FATHER, ("x",))]
    assert signs(people)["h"] == (Sign.LISTS_DIFFER, Sign.NEVER_ASKED)


def test_a_child_whose_family_is_still_to_be_joined_is_perhaps_not_alone() -> None:
    child = person("a", "h", CHILD, ())
    assert without_adult([child], ON) is True
    assert without_adult([replace(child, is_torn=True)], ON) is None


def test_the_question_stands_until_it_is_answered_and_opens_again() -> None:
    people = [person("a", "h", FATHER, ("x",)), person("b", "h", FATHER, ("x",))]
    asked = deed(1, ASKED, household="h", persons=["a", "b"], complete=True)
    assert signs(people, asked) == {}
    more = [*people, person("c", "h", CHILD, ("x",))]
    assert signs(more, asked)["h"] == (Sign.CHANGED,)
    open_still = deed(1, ASKED, household="h", persons=["a", "b"], complete=False)
    assert signs(people, open_still)["h"] == (Sign.NEVER_ASKED,)


def test_without_adult_on_both_sides_of_eighteen() -> None:
    born = {18: Birth(2003, 8, 15), 17: Birth(2003, 8, 16)}
    assert without_adult([person("a", "h", born[17], ())], ON) is True
    assert without_adult([person("a", "h", born[18], ())], ON) is False
    assert without_adult([person("a", "h", None, ())], ON) is False
