import numpy as np
import polars as pl
import pytest
from tests.registry.link.made import moderate, quality
from tests.registry.link.rows import frame, row

from wayout.registry.link.answers import questions, told_by, told_of
from wayout.registry.link.outcomes import Outcome, numbered, persons, table
from wayout.registry.link.run import linked, told, world_of
from wayout.registry.link.scoring import NOTHING_TOLD
from wayout.registry.link.words import Lexicon


def test_most_repeats_are_found_and_what_is_merged_alone_is_right() -> None:
    made = moderate()
    precision, recall = quality(persons(made.linkage, sure=0.0), made.truth)
    assert 2 * precision * recall / (precision + recall) >= 0.93
    precision, _ = quality(persons(made.linkage), made.truth)
    assert precision >= 0.99


def test_the_same_rows_give_the_same_scores() -> None:
    made = moderate()
    again = table(linked(world_of(made.records, Lexicon())), made.names)
    assert again.equals(table(made.linkage, made.names))


def test_the_bits_of_a_pair_sum_up_to_its_score() -> None:
    made = moderate()
    pairs = table(made.linkage, made.names)
    total = pairs.select(pl.sum_horizontal(pl.selectors.starts_with("bits_"))).to_series()
    assert (total - pairs["score"]).abs().max() < 1e-3  # type: ignore[operator] # never empty
    assert set(pairs["outcome"]) == {outcome.value for outcome in Outcome}
    assert (pairs["left"] < pairs["right"]).all()


def test_nobody_is_two_members_of_one_household() -> None:
    made = moderate()
    found = made.records.select("source", "household").with_columns(
        person=pl.Series(persons(made.linkage, sure=0.0))
    )
    assert found.drop_nulls().is_duplicated().sum() == 0


def test_an_answer_holds_and_counts_for_the_household() -> None:
    made = moderate()
    scored = made.linkage.scored
    asked = questions(scored, NOTHING_TOLD, 20)
    one, other = (asked >> 32).astype(int), (asked & 0xFFFFFFFF).astype(int)
    right = made.truth[one] == made.truth[other]
    answers = told_of(asked, right)
    after = told(made.linkage, answers)
    found = persons(after, answers)
    assert (found[one] == found[other]).tolist() == right.tolist()
    assert not set(asked.tolist()) & set(questions(after.scored, answers, 20).tolist())
    place = np.argsort(numbered(scored))
    before = scored.family[place][np.searchsorted(numbered(scored)[place], asked)]
    place = np.argsort(numbered(after.scored))
    later = after.scored.family[place][np.searchsorted(numbered(after.scored)[place], asked)]
    assert (later[right] > before[right]).all()


def test_answers_about_unknown_records_do_not_count() -> None:
    answers = told_by([("a", "b", True), ("a", "gone", True)], {"a": 0, "b": 1})
    assert answers.pairs.tolist() == [1]
    assert told_by([("a", "gone", True)], {"a": 0}) == NOTHING_TOLD


@pytest.mark.parametrize("number", [0, 1, 2])
def test_few_rows_are_no_trouble(number: int) -> None:
    rows = [row("a", given="Ahmad", phone="+93701234567"), row("b", "two", given="Ahmad")]
    linkage = linked(world_of(frame(*rows[:number]), Lexicon()))
    assert len(persons(linkage)) == number
    assert table(linkage, ["a", "b"][:number]).height <= 1
