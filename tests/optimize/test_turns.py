"""Guides first, then whichever of guides and duties gained more, and neither rests for long."""

from dataclasses import replace

import numpy as np
from tests.optimize.searching import searching
from tests.optimize.test_sharing import narrow

from wayout.optimize.search import Trial
from wayout.optimize.turns import GUIDES_FIRST, LEAST, Turns


def better(trial: Trial, hours: float) -> Trial:
    worth = replace(trial.worth, danger_hours=trial.worth.danger_hours - hours)
    return replace(trial, worth=worth)


def kinds_of_rounds(guides: float, duties: float) -> list[bool]:
    """Whether each of fifty rounds of a second searched duties, by what either kind gains."""
    search = searching(narrow(), 1440)
    best, turns = search.run(search.portfolio(0)[0]), Turns(search)
    kinds = []
    for number in range(50):
        turns.attempts(best, number + 1, float(number), number / 50)
        kinds.append(turns.mends)
        best = better(best, duties if turns.mends else guides)
    return kinds


def test_guides_come_first() -> None:
    first = int(50 * GUIDES_FIRST)
    kinds = kinds_of_rounds(1.0, 1.0)
    assert not any(kinds[:first])
    assert kinds[first]


def test_the_kind_that_gains_more_has_most_rounds_and_the_other_some() -> None:
    first = int(50 * GUIDES_FIRST)
    for guides, duties in ((0.0, 5.0), (5.0, 0.0)):
        kinds = kinds_of_rounds(guides, duties)[first:]
        part = sum(kinds) / len(kinds)
        assert (part if duties > guides else 1 - part) >= 1 - LEAST - 0.1
        assert 0 < sum(kinds) < len(kinds)


def test_without_prices_or_where_vehicles_are_free_one_by_one_there_are_only_guides() -> None:
    search = searching(narrow(), 1440)
    best = search.run(search.portfolio(0)[0])
    assert search.can_mend(best)
    search.not_before = np.zeros(30, dtype=np.int64)
    assert not search.can_mend(best)
    search.not_before, search.prices = None, None
    assert not search.can_mend(best)


def test_one_aircraft_more_a_beat() -> None:
    """Thirty trains and one landing or departure an hour: duties find what guides leave unused."""
    search = searching(narrow(), 1440)
    start = search.run(search.portfolio(0)[0])
    trial = start
    for number in range(1, 4):
        trial = min(
            (search.run(mending) for mending in search.mendings(trial, number)),
            key=lambda found: found.worth.danger_hours,
        )
    assert trial.worth.danger_hours < start.worth.danger_hours
    assert trial.worth.people_safe >= start.worth.people_safe
