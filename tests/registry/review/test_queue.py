import io
import json
from collections.abc import Iterator

import polars as pl
import pytest
from rich.console import Console
from tests.cli.program import Program
from tests.registry.office import Office
from tests.registry.review.deeds import answer, joining

from wayout.cli.people.reviewing import queue_of, record, sit
from wayout.cli.people.viewing import view_in
from wayout.registry.records import Record
from wayout.registry.review.queue import Candidate, households_joined, queue
from wayout.registry.review.side_by_side import Match, birth_text, lines, printable
from wayout.registry.review.sitting import Asked, Given, Sitting
from wayout.registry.review.verdicts import Answer, Pair, Standing, pair_of, verdicts
from wayout.registry.vault.roles import Role

PAIRS = pl.DataFrame(
    {
        "left": ["a", "b", "c", "d"],
        "right": ["e", "f", "g", "h"],
        "score": [0.0, 0.0, 1.0, 9.0],
        "outcome": ["ask", "ask", "ask", "same"],
    }
)
HOMES = {"a": "h1", "b": "h1", "c": "h3", "d": "h4", "e": "h2", "f": "h2", "g": "h5", "h": "h6"}


def test_household_against_household_most_doubtful_first() -> None:
    items = queue(PAIRS, HOMES, {}, "ada")
    assert [(item.one, item.other, len(item.candidates)) for item in items] == [
        ("h1", "h2", 2),
        ("h3", "h5", 1),
    ]
    assert items[0].worth == pytest.approx(0.5)


def test_without_an_outcome_the_sure_ones_are_left_out() -> None:
    items = queue(PAIRS.drop("outcome"), HOMES, {}, "ada")
    asked = {candidate.pair.left for item in items for candidate in item.candidates}
    assert asked == {"a", "b", "c"}


def test_what_is_settled_is_not_asked_again() -> None:
    found = verdicts([answer(1, "same", "a", "e"), answer(2, "different", "b", "f", "ben")])
    assert [item.one for item in queue(PAIRS, HOMES, found, "ada")] == ["h3"]


def test_what_waits_for_a_second_comes_first_but_not_to_the_first() -> None:
    found = verdicts([joining(1, "c", "g", "ada")])
    assert queue(PAIRS, HOMES, found, "ben")[0].candidates[0].waiting
    asked = [one.pair.left for item in queue(PAIRS, HOMES, found, "ada") for one in item.candidates]
    assert "c" not in asked


def test_explanations_come_as_structures_as_text_or_as_columns() -> None:
    weights = {"given": 2.0, "phone": -1.0}
    base = PAIRS.head(1)
    forms = [
        base.with_columns(explanation=pl.lit(json.dumps(weights))),
        base.with_columns(explanation=pl.struct(given=pl.lit(2.0), phone=pl.lit(-1.0))),
        base.with_columns(bits_given=pl.lit(2.0), bits_phone=pl.lit(-1.0)),
    ]
    for frame in forms:
        (item,) = queue(frame, HOMES, {}, "ada")
        assert dict(item.candidates[0].explanation) == weights


def test_joining_needs_two_households_of_several() -> None:
    pair = Pair("a", "e")
    assert households_joined(pair, HOMES, {"h1": 2, "h2": 3}) == ("h1", "h2")
    assert households_joined(pair, HOMES, {"h1": 1, "h2": 3}) is None
    assert households_joined(pair, {**HOMES, "e": "h1"}, {"h1": 4}) is None


def test_side_by_side_marks_what_agrees_and_what_it_weighs() -> None:
    left = Record("a", "x", given="Ahmad", family="ZAKI", birth_year=1980, birth_precision="year")
    right = Record("e", "y", given="Ahmed", family="Zaki", phone="+93701234567")
    found = {
        line.label: line for line in lines(left, right, Candidate(Pair("a", "e"), 1, {"given": 2}))
    }
    assert found["given name"].match is Match.DIFFERENT
    assert found["given name"].bits == 2
    assert found["family name"].match is Match.EQUAL
    assert found["phone"].match is Match.ONE_SIDED
    assert "email" not in found


def test_nothing_steers_the_terminal() -> None:
    assert printable("Ali\x1b[31m\u202egnp") == "Ali�[31m�gnp"
    assert (
        birth_text(
            Record("a", "x", birth_year=1980, birth_month=1, birth_day=1, birth_precision="default")
        )
        == "1980-01-01 (default?)"
    )


def test_a_sitting_goes_round_and_comes_back() -> None:
    sitting = Sitting(queue(PAIRS, HOMES, {}, "ada"))
    first = sitting.candidate
    assert first is not None
    assert sitting.press("k") is Asked.NOTHING
    assert sitting.press("j") is Asked.NOTHING
    assert sitting.candidate == first
    given = sitting.press("s")
    assert isinstance(given, Given)
    assert (given.candidate, given.answer) == (first, Answer.SAME)
    assert sitting.press("x") is Asked.NOTHING
    assert sitting.num_open == 2
    sitting.reopen(first)
    assert sitting.candidate == first
    assert [isinstance(sitting.press(key), Given) for key in "dud"] == [True, True, True]
    assert sitting.candidate is None
    assert sitting.press("s") is Asked.QUIT


def pressed(office: Office, user: str, keys: str) -> str:
    """Sit down at the screen and press these keys; what was printed."""
    left: Iterator[str] = iter(keys)
    screen = io.StringIO()
    console = Console(file=screen, width=200, highlight=False)
    with office.open(user) as register:
        view = view_in(register, Role.REVIEWER, "test", None)
        sitting = Sitting(queue_of(register, view))
        sit(register, Role.REVIEWER, "test", view, sitting, console, lambda: next(left))
    return screen.getvalue()


def standing(office: Office) -> dict[str, Standing]:
    """What holds, by the given name on the embassy's list."""
    names = {record: given for (source, given), record in office.records.items()}
    with office.open() as register:
        found = verdicts(register.decisions())
    pairs = {frozenset((pair.left, pair.right)): verdict for pair, verdict in found.items()}
    return {
        given: verdict.standing
        for pair, verdict in pairs.items()
        for record in pair
        if (given := names[record]) in ("Ahmad", "Bibi", "Daud")
    }


def test_two_reviewers_at_the_keyboard(office: Office) -> None:
    text = pressed(office, "ada", "ssdq")
    assert "Ahmed" in text
    assert "chance" in text
    first = standing(office)
    assert sorted(first.values()) == sorted(
        [Standing.WAITING, Standing.WAITING, Standing.DIFFERENT]
    )
    assert "somebody has answered" in pressed(office, "ben", "ssq")
    assert Standing.WAITING not in standing(office).values()


def test_undo_at_the_keyboard_asks_again(office: Office) -> None:
    text = pressed(office, "ada", "szq")
    assert standing(office) == {}
    assert "3 open" in text
    with office.open() as register:
        kinds = [decision.kind for decision in register.decisions()]
    assert kinds == ["same", "undo"]


def test_answers_by_command_and_undo(office: Office, program: Program) -> None:
    base = ("people", "review", *office.options(), "--reason", "test")
    shown = program(*base, "--json")
    assert shown.code == 0, shown.err
    listed = json.loads(shown.out)
    assert sum(len(item["pairs"]) for item in listed) == 3
    pair = (office.record("embassy", "Bibi"), office.record("charity", "Bibi"))
    done = program(*base, "--answer", "different", "--left", pair[1], "--right", pair[0])
    assert done.code == 0, done.err
    assert standing(office) == {"Bibi": Standing.DIFFERENT}
    number = done.out.split("Answer ")[1].split(";")[0]
    assert program(*base, "--undo", number).code == 0
    assert standing(office) == {}
    again = program(*base, "--answer", "same", "--left", pair[0], "--right", "nobody")
    assert again.code == 1
    assert "no pair of records" in again.err
    assert "3 pairs to be answered" in program(*base, "--list").out


def test_a_link_of_the_machine_is_answered_as_well(office: Office, program: Program) -> None:
    """Linking calls Ahmad of both lists the same; a person says no, and they are two again."""
    pair = pair_of(office.record("embassy", "Ahmad"), office.record("charity", "Ahmed"))
    frame = pl.DataFrame(
        [(pair.left, pair.right, 20.0, "same")],
        schema=["left", "right", "score", "outcome"],
        orient="row",
    )
    with office.open() as register:
        register.save_pairs(frame, "linked", role=Role.REVIEWER, replace=True)
        view = view_in(register, Role.REVIEWER, "test", None)
        assert view.persons.of_record[pair.left] == view.persons.of_record[pair.right]
    base = ("people", "review", *office.options(), "--reason", "not him")
    named = ("--left", pair.left, "--right", pair.right)
    assert program(*base, "--answer", "different", *named).code == 0
    with office.open() as register:
        view = view_in(register, Role.REVIEWER, "test", None)
        assert view.persons.of_record[pair.left] != view.persons.of_record[pair.right]


def test_an_answer_keeps_score_explanation_author_and_no_value(office: Office) -> None:
    with office.open("ben") as register:
        view = view_in(register, Role.REVIEWER, "test", None)
        candidate = queue_of(register, view)[0].candidates[0]
        record(register, Role.REVIEWER, view, Given(candidate, Answer.SAME, "same photo"), "r")
        (decision,) = register.decisions("same")
    assert decision.author != ""
    assert decision.reason == "same photo"
    assert decision.body["score"] == candidate.score
    assert decision.body["explanation"]
    assert "Zaki" not in json.dumps(dict(decision.body))
