"""The published tables.

Criterion, fixed before the tests were written: a published range counts as reproduced when the
estimate of the model that is best by AIC, or of the one best by BIC, lies within it, and the range
shown meets it. The single models are compared with an earlier fit of the same tables by other
code, to a whole person.
"""

import pytest
from tests.registry.estimate.published import (
    ARTIFICIAL_3,
    AUSTRALIA,
    NETHERLANDS,
    NEW_ORLEANS,
    ROME_HIV,
    UK_5,
    UK_6,
)

from wayout.registry.estimate.answer import Answer, ModelAnswer, Settings
from wayout.registry.estimate.chapman import of_pair
from wayout.registry.estimate.estimating import estimate
from wayout.registry.estimate.overlaps import Overlaps

SETTINGS = Settings(seed=1, num_draws=100)


def best(answer: Answer, criterion: str) -> ModelAnswer:
    return next(model for model in answer.models if model.model.startswith(f"best by {criterion}"))


@pytest.mark.parametrize(
    ("overlaps", "people", "criterion", "published"),
    [
        (UK_5, 2744, "AIC", (10_000, 13_000)),
        (UK_6, 2744, "AIC", (10_000, 13_000)),
        (NETHERLANDS, 8234, "AIC", (42_000, 58_000)),
        (NEW_ORLEANS, 185, "BIC", (650, 1_700)),
    ],
)
def test_published_range_is_reproduced(
    overlaps: Overlaps, people: int, criterion: str, published: tuple[int, int]
) -> None:
    answer = estimate(overlaps, SETTINGS)
    assert answer.counted == people
    found = best(answer, criterion)
    assert found.estimate is not None
    assert published[0] <= found.estimate <= published[1]
    assert answer.low is not None
    assert answer.high is not None
    assert answer.low <= published[1]
    assert answer.high >= published[0]


@pytest.mark.parametrize(
    ("overlaps", "by_aic", "by_bic"),
    [
        (UK_5, 11_175, 22_991),
        (NETHERLANDS, 46_331, 48_013),
        (NEW_ORLEANS, 2_750, 1_034),
        (AUSTRALIA, 6_496, 6_496),
        (ROME_HIV, 12_318, 11_125),
    ],
)
def test_single_models_agree_with_another_fit(overlaps: Overlaps, by_aic: int, by_bic: int) -> None:
    answer = estimate(overlaps, SETTINGS)
    assert round(best(answer, "AIC").estimate or 0) == by_aic
    assert round(best(answer, "BIC").estimate or 0) == by_bic


def test_best_by_bic_for_the_uk_is_not_the_published_figure() -> None:
    """Two criteria disagree by a factor of two: the reason why a range is shown."""
    answer = estimate(UK_5, SETTINGS)
    assert best(answer, "BIC").supported
    assert (answer.high or 0) > 20_000


def test_australia_is_not_reproduced_and_the_answer_says_that_it_cannot_be_known() -> None:
    """Published: 1,350 to 1,900. No model over pairs that fits the table comes near."""
    answer = estimate(AUSTRALIA, SETTINGS)
    assert not answer.known
    assert answer.low is not None
    assert answer.low > 1_900
    assert any("cannot be known" in warning for warning in answer.warnings)
    assert any("B and C are not independent" in warning for warning in answer.warnings)


def test_rome_keeps_the_pair_that_the_manual_of_rcapture_keeps() -> None:
    assert best(estimate(ROME_HIV, SETTINGS), "AIC").model.endswith("dependent pairs 1×2")


def test_the_unidentifiable_table_is_refused() -> None:
    answer = estimate(ARTIFICIAL_3, SETTINGS)
    assert answer.low is answer.high is None
    assert answer.models == ()
    assert "not identifiable" in (answer.refused or "")


def test_any_single_pair_of_lists_is_worthless_alone() -> None:
    """Chapman on UK 5 by pair: from 2,839 to 95,707."""
    pairs = {(0, 1): 2_839, (0, 2): 5_051, (1, 2): 9_630, (2, 3): 11_528, (1, 4): 95_707}
    for (one, other), size in pairs.items():
        assert of_pair(UK_5, one, other) == pytest.approx(size, abs=1)
