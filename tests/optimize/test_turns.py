"""Guides first, then whichever of guides and duties gained more, and neither rests for long."""

from dataclasses import replace

import numpy as np
from tests.optimize.searching import searching
from tests.optimize.test_sharing import narrow

from wayout.optimize.search import Trial
from wayout.optimize.turns import GUIDES_FIRST, LEAST, LONGEST, SHARE, Turns


def better(trial: Trial, hours: float) -> Trial:
    worth = replace(trial.worth, danger_hours=trial.worth.danger_hours - hours)
    return replace(trial, worth=worth)


def kinds_of_rounds(guides: float, duties: float) -> list[bool]:
    """Whether each of fifty rounds of a second searched duties, by what either kind gains."""
    search = searching(narrow(), 1440)
    best, turns = search.run(search.portfolio(0)[0]), Turns(search, timed=False)
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


def test_a_search_is_long_where_there_is_time_and_ends_with_it() -> None:
    """Of 120 seconds, on a machine on which what should take a second takes two."""
    search = searching(narrow(), 1440)
    best, turns = search.run(search.portfolio(0)[0]), Turns(search, timed=True)
    at, took = 0.0, []
    for number in range(1, 100):
        turns.attempts(best, number, at, at / 120)
        seconds = 2.0 * turns.size if turns.mends else 1.0
        if turns.mends:
            took.append((at, seconds))
        at, best = at + seconds, better(best, 5.0 * seconds if turns.mends else 0.0)
        if at >= 119:
            break
    assert took[0] == (48.0, 2.0)
    assert took[1][1] == LONGEST
    assert all(seconds <= max(0.2, SHARE * (120 - at)) + 1e-9 for at, seconds in took[1:])


def test_a_search_that_is_stopped_returns_the_best_so_far() -> None:
    search = searching(narrow(), 1440)
    start = search.run(search.portfolio(0)[0])
    asked = iter([False, False, True])
    search.stop_asked = lambda: next(asked)
    found = search.run(search.mendings(start, 1)[0])
    assert next(asked, None) is None
    assert found.worth.danger_hours <= start.worth.danger_hours


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
