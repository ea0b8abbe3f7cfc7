from hypothesis import given
from hypothesis import strategies as st
from tests.registry.review.deeds import answer, deed, joining

from wayout.registry.entries import Decision
from wayout.registry.review.persons import persons_of
from wayout.registry.review.verdicts import Pair, Standing, pair_of, standing_decisions, verdicts

AB = Pair("a", "b")


def standing(*decisions: Decision) -> Standing | None:
    verdict = verdicts(decisions).get(AB)
    return None if verdict is None else verdict.standing


def test_one_answer_holds() -> None:
    assert standing(answer(1, "same", "b", "a")) is Standing.SAME
    assert standing(answer(1, "different", "a", "b")) is Standing.DIFFERENT
    assert standing(answer(1, "unsure", "a", "b")) is Standing.UNSURE


def test_a_merge_that_joins_households_needs_two_people() -> None:
    first = joining(1, "a", "b", "ada")
    assert standing(first) is Standing.WAITING
    assert standing(first, joining(2, "a", "b", "ada")) is Standing.WAITING
    assert standing(first, joining(2, "a", "b", "ben")) is Standing.SAME
    assert standing(first, answer(2, "different", "a", "b", "ben")) is Standing.DISPUTED


def test_the_later_answer_of_one_author_replaces_the_earlier() -> None:
    decisions = (answer(1, "same", "a", "b"), answer(2, "different", "a", "b"))
    assert standing(*decisions) is Standing.DIFFERENT


def test_do_not_know_never_outweighs_somebody_who_knows() -> None:
    decisions = (answer(1, "same", "a", "b", "ada"), answer(2, "unsure", "a", "b", "ben"))
    assert standing(*decisions) is Standing.SAME


def test_undo_and_undo_of_undo() -> None:
    same, undo = answer(1, "same", "a", "b"), deed(2, "undo", undoes=1)
    assert standing(same, undo) is None
    assert standing(same, undo, deed(3, "undo", undoes=2)) is Standing.SAME
    assert standing(same, undo, deed(3, "undo", undoes=2), deed(4, "undo", undoes=3)) is None


@given(st.lists(st.integers(0, 9), max_size=12))
def test_what_is_left_is_what_a_replay_leaves(targets: list[int]) -> None:
    """Ten answers, then undos of any of them or of earlier undos; against a plain recursion."""
    answers = [answer(number, "same", f"x{number}", f"y{number}") for number in range(10)]
    undos = [
        deed(10 + position, "undo", undoes=target if target < 5 else 10 + position - 1)
        for position, target in enumerate(targets)
        if target < 5 or position > 0
    ]
    everything = [*answers, *undos]

    def stands(number: int) -> bool:
        return not any(
            other.body["undoes"] == number and stands(other.number)
            for other in undos
            if other.number > number
        )

    left = {decision.number for decision in standing_decisions(everything)}
    assert left == {decision.number for decision in answers if stands(decision.number)}


def test_persons_are_named_by_their_first_record() -> None:
    found = verdicts([answer(1, "same", "c", "b"), answer(2, "same", "b", "d")])
    persons = persons_of(("a", "b", "c", "d"), found)
    assert persons.of_record == {"a": "a", "b": "b", "c": "b", "d": "b"}
    assert persons.members() == {"a": ("a",), "b": ("b", "c", "d")}


def test_records_called_different_are_never_chained_together() -> None:
    decisions = [
        answer(1, "different", "a", "c"),
        answer(2, "same", "a", "b"),
        answer(3, "same", "b", "c"),
    ]
    persons = persons_of(("a", "b", "c"), verdicts(decisions))
    assert persons.of_record == {"a": "a", "b": "a", "c": "c"}
    assert persons.refused == (Pair("b", "c"),)


def test_links_of_the_machine_give_way_to_people() -> None:
    decisions = [answer(1, "different", "a", "b"), answer(2, "unsure", "c", "d")]
    links = [("a", "b"), ("c", "d"), ("e", "f")]
    persons = persons_of(tuple("abcdef"), verdicts(decisions), links)
    assert len(set(persons.of_record.values())) == 5
    assert persons.of_record["f"] == "e"


@given(
    st.lists(
        st.tuples(st.sampled_from(["same", "different"]), st.integers(0, 7), st.integers(0, 7)),
        max_size=20,
    )
)
def test_whatever_is_answered_nobody_called_different_shares_a_person(
    answers: list[tuple[str, int, int]],
) -> None:
    decisions = [
        answer(number, kind, str(one), str(other))
        for number, (kind, one, other) in enumerate(answers)
        if one != other
    ]
    found = verdicts(decisions)
    persons = persons_of([str(number) for number in range(8)], found).of_record
    for pair, verdict in found.items():
        if verdict.standing is Standing.DIFFERENT:
            assert persons[pair.left] != persons[pair.right]


def test_two_of_one_household_of_a_list_are_never_one_person() -> None:
    """Neither by a reviewer's word, nor by linking, nor through a third record."""
    stated = {"a": ("list", "7"), "b": ("list", "7"), "d": ("other", "7")}
    found = verdicts([answer(1, "same", "a", "b"), answer(2, "same", "a", "c")])
    persons = persons_of(tuple("abcd"), found, [("b", "c"), ("b", "d")], stated)
    assert persons.of_record == {"a": "a", "b": "b", "c": "a", "d": "b"}
    assert persons.refused == (Pair("a", "b"), Pair("b", "c"))


@given(
    st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=20),
    st.lists(st.integers(-1, 2), min_size=8, max_size=8),
)
def test_no_person_holds_two_of_one_stated_household(
    links: list[tuple[int, int]], homes: list[int]
) -> None:
    names = [str(number) for number in range(8)]
    stated = {name: home for name, home in zip(names, homes, strict=True) if home >= 0}
    linked = [(str(one), str(other)) for one, other in links if one != other]
    for members in persons_of(names, {}, linked, stated).members().values():
        known = [stated[member] for member in members if member in stated]
        assert len(known) == len(set(known))


def test_a_pair_is_the_same_in_both_orders() -> None:
    assert pair_of("b", "a") == pair_of("a", "b") == AB
