"""On tiny worlds the best plan of each date is known exactly: the curve contains it."""

from concurrent.futures import ThreadPoolExecutor
from functools import cache

import pytest
from tests.contingency.exactly import best, changed, tiny

from wayout.contingency.delay.delaying import delayed
from wayout.contingency.delay.study import Curve, study_delay
from wayout.scenario.figures import Case

TOLERANCE = 1e-6
FEW, MORE = (5, 9, 14, 16), (0, 2, 7, 8, 12, 22)
SEEDS = [*FEW, *(pytest.param(seed, marks=pytest.mark.long) for seed in MORE)]


def dates(seed: int) -> tuple[int, ...]:
    """A few dates on the world's grid."""
    world = tiny(seed)
    return tuple(range(0, world.scenario.deadline, 2 * world.step))


@cache
def curve(seed: int) -> Curve:
    with ThreadPoolExecutor(1) as pool:
        scenarios = {Case.LIKELY: tiny(seed).scenario}
        return study_delay(scenarios, pool, dates=dates(seed)).curve


@pytest.mark.parametrize("seed", SEEDS)
def test_the_curve_contains_the_exact_best_of_each_date(seed: int) -> None:
    world = tiny(seed)
    for date in curve(seed).dates:
        people, danger = best(changed(world, delayed(world.scenario, date.minute)))
        ends = date.ends
        assert ends.people_held <= people <= ends.people_ceiling + TOLERANCE
        slack = TOLERANCE * max(1.0, danger)
        assert ends.danger_floor - slack <= danger <= ends.danger_held + slack


@pytest.mark.parametrize("seed", SEEDS)
def test_the_exact_point_of_no_return_lies_between_the_dates(seed: int) -> None:
    world, found = tiny(seed), curve(seed)
    total = found.people_total
    until, proved = found.no_return.everyone_until, found.no_return.not_everyone_from
    for minute in range(0, world.scenario.deadline, world.step):
        people, _ = best(changed(world, delayed(world.scenario, minute)))
        if until is not None and minute <= until:
            assert people == total
        if proved is not None and minute >= proved:
            assert people < total
