"""On tiny worlds the worth of an ask is known exactly: it lies in the interval that is shown."""

from concurrent.futures import ThreadPoolExecutor
from functools import cache

import pytest
from tests.contingency.exactly import best, changed, tiny

from wayout.contingency.asks.amounts import Amounts
from wayout.contingency.asks.answers import AskStudy
from wayout.contingency.asks.ask import granted
from wayout.contingency.asks.study import study_asks
from wayout.contingency.asks.worth import Interval

TOLERANCE = 1e-6
FEW, MORE = (5, 10, 14), (0, 2, 7, 8, 9, 11, 13, 15, 16, 22)
SEEDS = [*FEW, *(pytest.param(seed, marks=pytest.mark.long) for seed in MORE)]


def amounts(step: int) -> Amounts:
    """Small enough for a tiny world, and on its grid."""
    return Amounts(beds=1, staff=60, hour=2 * step, day=3 * step)


@cache
def studied(seed: int) -> AskStudy:
    world = tiny(seed)
    with ThreadPoolExecutor(1) as pool:
        return study_asks(world.scenario, None, pool, amounts=amounts(world.step), first=2)


def inside(interval: Interval, exact: float) -> bool:
    slack = TOLERANCE * max(1.0, abs(interval.low), abs(interval.high))
    return interval.low - slack <= exact <= interval.high + slack


@pytest.mark.parametrize("seed", SEEDS)
def test_the_exact_worth_lies_in_the_interval(seed: int) -> None:
    world, study = tiny(seed), studied(seed)
    people, danger = best(world)
    assert study.base.people_held <= people <= study.base.people_ceiling + TOLERANCE
    assert study.base.danger_floor - TOLERANCE <= danger <= study.base.danger_held + TOLERANCE
    wrong = []
    for answer in study.answers:
        assert answer.verified
        more, less = best(changed(world, answer.ask.apply(world.scenario)))
        if not inside(answer.people, more - people) or not inside(answer.danger, danger - less):
            wrong.append((answer.ask.name, answer, more - people, danger - less))
    assert wrong == []


@pytest.mark.parametrize("seed", SEEDS)
def test_the_exact_worth_of_the_first_together_lies_in_the_interval(seed: int) -> None:
    world, study = tiny(seed), studied(seed)
    people, danger = best(world)
    asked = tuple(step.ask for step in study.first)
    for number, step in enumerate(study.first, 1):
        more, less = best(changed(world, granted(world.scenario, asked[:number])))
        assert inside(step.people, more - people), step
        assert inside(step.danger, danger - less), step


def test_something_is_worth_asking_for_in_some_of_these_worlds() -> None:
    """Else the tests above would hold of an empty list."""
    studies = [studied(seed) for seed in FEW]
    assert sum(len(study.first) for study in studies) >= 3
    assert any(step.danger_less > 0 for study in studies for step in study.first)
    assert any(a.people.high > a.people.low for study in studies for a in study.answers)
