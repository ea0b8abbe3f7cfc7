"""Fits against closed forms, and the existence of an estimate."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.registry.estimate.published import ARTIFICIAL_3, UK_5, UK_6, table

from wayout.registry.estimate.fitting import dark_exists, fit
from wayout.registry.estimate.models import Design, Kind, Model, search
from wayout.registry.estimate.overlaps import Overlaps

COUNT = st.integers(1, 500)


def three_lists(counts: list[int]) -> tuple[Overlaps, dict[str, int]]:
    """Patterns in the order 100, 010, 110, 001, 101, 011, 111 (A is the first list)."""
    names = ("100", "010", "110", "001", "101", "011", "111")
    overlaps = Overlaps(("A", "B", "C"), np.array(counts, dtype=np.int64))
    return overlaps, dict(zip(names, counts, strict=True))


def dark_of(model: Model, overlaps: Overlaps) -> float:
    fitted = Design(overlaps.num_lists).fit((model,), overlaps.counts.astype(np.float64))
    return float(fitted.dark[0])


@given(st.lists(COUNT, min_size=7, max_size=7))
@settings(max_examples=60, deadline=None)
def test_all_pairs_have_a_closed_form(counts: list[int]) -> None:
    """Fienberg 1972: without a term for all three lists the odd patterns over the even ones."""
    overlaps, n = three_lists(counts)
    expected = n["111"] * n["100"] * n["010"] * n["001"] / (n["110"] * n["101"] * n["011"])
    found = dark_of(Model(frozenset({(0, 1), (0, 2), (1, 2)})), overlaps)
    if 1e-3 < expected < 1e9:
        assert found == pytest.approx(expected, rel=1e-5)


@given(st.lists(COUNT, min_size=7, max_size=7))
@settings(max_examples=60, deadline=None)
def test_two_lists_independent_given_the_third(counts: list[int]) -> None:
    """The model A×C, B×C: among those not on C, the lists A and B give Lincoln's estimate."""
    overlaps, n = three_lists(counts)
    expected = n["100"] * n["010"] / n["110"]
    found = dark_of(Model(frozenset({(0, 2), (1, 2)})), overlaps)
    assert found == pytest.approx(expected, rel=1e-6)


def test_expected_counts_keep_the_size_of_each_list() -> None:
    """Likelihood equations of a Poisson model: what is expected on a list is what was counted."""
    design = Design(5)
    model = Model(frozenset({(0, 1)}))
    fitted = search(design, UK_5.counts.astype(np.float64), 1.0)
    assert model in fitted.models
    terms = design.terms((model,))
    kept = np.ones((1, 31), dtype=np.bool_)
    counts = UK_5.counts.astype(np.float64)
    fits = fit(design.columns, counts, terms, kept, np.zeros((1, 31)))
    rates = np.exp(fits.coefficients[0] @ design.columns.T)
    for position in range(5):
        assert rates[UK_5.members[:, position]].sum() == pytest.approx(UK_5.size(position))


def test_models_of_the_unidentifiable_table() -> None:
    """Chan, Silverman and Vincent: with A×B no estimate exists; with all pairs none is unique."""
    design = Design(3)
    assert design.exists(Model(), ARTIFICIAL_3)
    assert not design.exists(Model(frozenset({(0, 1)})), ARTIFICIAL_3)
    assert not design.exists(Model(frozenset(design.pairs)), ARTIFICIAL_3)


def test_existence_needs_the_constant_to_be_estimable() -> None:
    column = np.ones((3, 1))
    assert dark_exists(column, np.array([1, 2, 3]))
    twice = np.column_stack([np.ones(3), np.ones(3)])
    assert not dark_exists(twice, np.array([1, 2, 3]))


def test_a_pair_without_overlap_is_at_minus_infinity() -> None:
    """The pattern is left out, so the rest is as if nobody could be on both lists."""
    overlaps = table("A,B,C", "A 40, B 30, C 20, A+C 6, B+C 9")
    fitted = Design(3).fit((Model(frozenset({(0, 1)})),), overlaps.counts.astype(np.float64))
    assert np.isfinite(fitted.dark[0])
    assert Design(3).exists(Model(frozenset({(0, 1)})), overlaps)


def test_neighbours_find_what_trying_all_models_finds() -> None:
    """With six lists only neighbours are followed, until none of the best one's is better."""
    design = Design(6)
    fitted = search(design, UK_6.counts.astype(np.float64), 1.0)
    best = fitted.models[int(fitted.aic(1.0).argmin())]
    for pair in design.pairs:
        other = Model(best.pairs ^ {pair})
        assert fitted.models.index(other) >= 0
        cost = fitted.aic(1.0)
        assert cost[fitted.models.index(other)] >= cost.min()


def test_unequal_people_make_the_dark_figure_larger() -> None:
    """A second class that is harder to reach leaves more people unseen."""
    counts = UK_5.counts.astype(np.float64)
    design = Design(5)
    equal, unequal = design.fit((Model(), Model(unequal=(1.0, 0.2))), counts).dark
    assert unequal > equal
    share = design.fit((Model(unequal=(1.0, 0.2)),), counts).hard_share[0]
    assert 0 < share < 1


def test_a_factor_of_one_is_no_second_class() -> None:
    counts = UK_5.counts.astype(np.float64)
    equal, same = Design(5).fit((Model(), Model(unequal=(0.7, 1.0))), counts).dark
    assert same == pytest.approx(equal)


def test_darroch_is_the_model_of_equal_pairs() -> None:
    """With a symmetric table Darroch's term does what one common term for all pairs does."""
    overlaps, _ = three_lists([50, 50, 20, 50, 20, 20, 12])
    pairs = dark_of(Model(frozenset({(0, 1), (0, 2), (1, 2)})), overlaps)
    assert dark_of(Model(kind=Kind.DARROCH), overlaps) == pytest.approx(pairs, rel=1e-5)
