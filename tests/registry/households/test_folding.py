from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st
from tests.registry.review.deeds import deed

from wayout.registry.entries import Decision
from wayout.registry.households.folding import JOIN, SPLIT, Households, fold, stated

ROWS = (
    ("r1", "embassy", "7"),
    ("r2", "embassy", "7"),
    ("r3", "embassy", None),
    ("r4", "charity", "7"),
    ("r5", "charity", "7"),
)
STATED = stated(ROWS)


def folded(*decisions: Decision) -> Households:
    return fold(STATED, decisions)


def test_a_label_means_nothing_outside_of_its_list() -> None:
    assert STATED == {"r1": "r1", "r2": "r1", "r3": "r3", "r4": "r4", "r5": "r4"}


def test_joining_and_taking_it_back() -> None:
    join = deed(1, JOIN, households=["r1", "r4"])
    assert folded(join).records() == {"r1": ("r1", "r2", "r4", "r5"), "r3": ("r3",)}
    assert folded(join, deed(2, "undo", undoes=1)).of_record == STATED


def test_splitting_names_both_parts_by_their_first_records() -> None:
    split = deed(1, SPLIT, records=["r1"])
    assert folded(split).records() == {
        "r1": ("r1",),
        "r2": ("r2",),
        "r3": ("r3",),
        "r4": ("r4", "r5"),
    }


def test_history_follows_a_household_through_joins_and_splits() -> None:
    found = folded(
        deed(1, JOIN, households=["r1", "r3"]),
        deed(2, JOIN, households=["r4", "r1"]),
        deed(3, SPLIT, records=["r5"]),
    )
    assert [change.number for change in found.history_of("r5")] == [1, 2, 3]
    assert found.history_of("r5")[0].author == "ada"
    assert found.of_record["r4"] == "r1"


ACTIONS = st.one_of(
    st.tuples(st.just(JOIN), st.lists(st.sampled_from(["r1", "r3", "r4"]), min_size=2, max_size=3)),
    st.tuples(st.just(SPLIT), st.lists(st.sampled_from(list(STATED)), min_size=1, max_size=4)),
)


def made(actions: list[tuple[str, list[str]]]) -> list[Decision]:
    keys: Mapping[str, str] = {JOIN: "households", SPLIT: "records"}
    return [
        deed(number, kind, "ada", **{keys[kind]: values})
        for number, (kind, values) in enumerate(actions, start=1)
    ]


@given(st.lists(ACTIONS, max_size=8))
def test_nobody_is_lost_and_each_household_is_named_by_its_first_record(
    actions: list[tuple[str, list[str]]],
) -> None:
    found = folded(*made(actions))
    assert list(found.of_record) == list(STATED)
    for household, records in found.records().items():
        assert household == records[0]


@given(st.lists(ACTIONS, max_size=6), ACTIONS)
def test_undo_of_the_last_is_as_if_it_had_never_been(
    actions: list[tuple[str, list[str]]], last: tuple[str, list[str]]
) -> None:
    before = made(actions)
    number = len(before) + 1
    after = [*made([*actions, last]), deed(number + 1, "undo", undoes=number)]
    assert folded(*after).of_record == folded(*before).of_record
