"""Other duties are found also where people wait for few beds, which timetables use closely."""

from dataclasses import replace
from pathlib import Path

import numpy as np
from tests.optimize.searching import searching

from wayout.contingency.judging import accepted, plan_of
from wayout.optimize.dispatch.tables import table
from wayout.optimize.dispatch.world import cell_minutes, with_others_able, world_of
from wayout.optimize.duties import book as kept
from wayout.optimize.duties.prices import if_nobody_moves
from wayout.optimize.portfolio import Kind
from wayout.optimize.relax.build import danger_if_nobody_moves
from wayout.optimize.search import Mending, Search, Trial
from wayout.scenario.folder import read

SCENARIOS = Path(__file__).parents[2] / "scenarios"


def _dispatched(search: Search) -> Trial:
    trials = [search.run(search.of_kind(0, kind)) for kind in Kind]
    return min(trials, key=lambda trial: trial.worth.danger_hours)


def test_duties_are_found_where_all_wait_beside_a_full_ramp() -> None:
    search = searching(read(SCENARIOS / "solomon-1991"))
    begun = _dispatched(search)
    book = kept.book_of(search.network, search.world, begun.timetable, 1)
    assert table(book, kept.FREE_BEDS).min() >= 0, "what is used more closely is kept"
    found = [search.run(Mending(begun, seed, 1500)) for seed in (7919, 15838)]
    best = min(found, key=lambda trial: trial.worth.danger_hours)
    assert best.worth.danger_hours < begun.worth.danger_hours - 1000.0
    assert accepted(search.network, plan_of(search.network, best.timetable)) is not None


def test_a_dispatch_that_counts_on_beds_in_vain_leaves_people_at_home() -> None:
    search = searching(read(SCENARIOS / "solomon-1991"))
    for kind in Kind:
        trial = search.run(search.of_kind(0, kind))
        assert accepted(search.network, plan_of(search.network, trial.timetable)) is not None


def test_another_world_only_differs_in_who_is_able() -> None:
    network = searching(read(SCENARIOS / "frequent-wind-1975-tight")).network
    able = network.able.copy()
    able[::3] = False
    other = replace(network, able=able)
    made, anew = with_others_able(world_of(network), other), world_of(other)
    assert (made.memory == anew.memory).all()
    assert (made.layout == anew.layout).all()


def test_what_staying_costs_is_the_same_by_prices() -> None:
    search = searching(read(SCENARIOS / "frequent-wind-1975-tight"))
    assert search.prices is not None
    network = search.network
    by_party = float(danger_if_nobody_moves(network).sum())
    assert np.isclose(if_nobody_moves(network, search.prices), by_party, rtol=1e-12)


def test_cells_divide_slots_and_are_not_too_many() -> None:
    assert cell_minutes(30, 2161) == 5
    assert cell_minutes(60, 24481) == 60
    assert cell_minutes(60, 12541) == 30
    assert cell_minutes(3, 1561) == 3
    assert cell_minutes(60, 10**6) == 60
