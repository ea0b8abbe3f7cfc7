"""The generator against the figures that its settings stand for."""

import polars as pl
import pytest
from tests.registry.synthesize.agreement import agreement, pairs_of, share

from wayout.registry.synthesize import Synthetic, synthesize
from wayout.registry.synthesize.statements import ODD_KINDS

PEOPLE = 81_900
TARGETS = {"given": 0.62, "family": 0.49, "phone": 0.32, "year": 0.59, "birth": 0.26}
TARGETS["document"] = 0.12


@pytest.fixture(scope="module", params=["moderate", "hard"])
def made(request: pytest.FixtureRequest) -> Synthetic:
    """The whole size of the setting: one run for all the rates of it."""
    return synthesize(PEOPLE, 5, request.param, "test", seed=11)


@pytest.fixture(scope="module")
def hard() -> Synthetic:
    return synthesize(PEOPLE, 5, "hard", "test", seed=12)


def test_sizes_are_those_that_were_measured(made: Synthetic) -> None:
    assert made.people.height == PEOPLE
    assert made.people["household"].n_unique() == pytest.approx(19_900, rel=0.02)
    assert made.records.height == pytest.approx(97_500, rel=0.01)
    assert 1 - PEOPLE / made.records.height == pytest.approx(0.16, abs=0.01)
    assert len(pairs_of(made)) == pytest.approx(19_600, rel=0.06)


def test_dirty_rates_are_those_of_a_real_list(made: Synthetic) -> None:
    records = made.records
    statements = [statement for found in made.lists for statement in found.statements]
    bad = sum(statement.bad_document is not None for statement in statements) / len(statements)
    assert share(records, pl.col("birth_precision") == "default") == pytest.approx(0.125, abs=0.005)
    assert share(records, pl.col("given").is_null()) == pytest.approx(0.005, abs=0.001)
    assert bad == pytest.approx(0.088, abs=0.004)
    odd = pl.col("document_kind").is_in(ODD_KINDS)
    assert share(records, odd) == pytest.approx(0.41, abs=0.01)


def test_pairs_of_the_hard_setting_agree_as_measured(hard: Synthetic) -> None:
    found = agreement(hard)
    assert found == pytest.approx(TARGETS, abs=0.025)


def test_pairs_of_the_moderate_setting_agree_more_often_in_every_field() -> None:
    moderate = agreement(synthesize(20_000, 5, "moderate", "test", seed=12))
    assert all(moderate[name] > target + 0.1 for name, target in TARGETS.items())


def test_households_are_named_by_three_of_five_lists_for_nine_records_in_ten(
    made: Synthetic,
) -> None:
    shares = [share(found.records, pl.col("household").is_not_null()) for found in made.lists]
    assert sorted(shares)[:2] == [0.0, 0.0]
    assert sorted(shares)[2:] == pytest.approx([0.9] * 3, abs=0.01)


def test_cultures_have_their_shares_and_scripts(made: Synthetic) -> None:
    nations = made.records.join(made.truth, on="record").join(made.people, on="person")
    by_home = nations.unique("household")["nationality"].value_counts(normalize=True)
    found = dict(by_home.iter_rows())
    assert found["AFG"] == pytest.approx(0.6, abs=0.02)
    assert found["UKR"] == pytest.approx(0.2, abs=0.02)
    names = made.records["given"].drop_nulls()
    assert names.str.contains(r"\p{Arabic}").mean() == pytest.approx(0.34, abs=0.05)
    assert names.str.contains(r"\p{Cyrillic}").mean() == pytest.approx(0.05, abs=0.03)


def test_popular_names_are_popular(made: Synthetic) -> None:
    counts = made.records["family"].drop_nulls().str.to_lowercase().value_counts(sort=True)["count"]
    assert counts[0] > 20 * counts.median()  # type: ignore[operator]  # a count is a number
