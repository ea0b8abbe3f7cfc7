"""The search over duties on tiny worlds: what it makes is a plan, and a better one."""

import numpy as np
from tests.optimize.searching import searching
from tests.oracle.cases import CHUNK, optimum_of
from tests.oracle.chains import CHAINS
from tests.oracle.exact import Goal
from tests.oracle.test_restart import aiming, tick_to_freeze

from wayout.network.model import Network
from wayout.optimize.dispatch.tables import table
from wayout.optimize.dispatch.timetable import Timetable, movements_of
from wayout.optimize.duties import book as kept
from wayout.optimize.duties.book import book_of, timetable_in
from wayout.optimize.search import Mending, Search, Trial
from wayout.plan.feasible import judge
from wayout.plan.model import Bound, Plan
from wayout.scenario.model import Scenario
from wayout.scenario.policy import Objective

SEEDS = (1, 2, 3)

LIMITED = (
    kept.FREE_BEDS,
    kept.FREE_SPOTS,
    kept.FREE_MOVEMENTS,
    kept.FREE_LINK_DEPARTURES,
    kept.FREE_LINK_PEOPLE,
    kept.FREE_PROCESSING,
    kept.FREE_HOURS,
)


def as_plan(scenario: Scenario, network: Network, timetable: Timetable) -> Plan:
    movements, loads = movements_of(network, timetable)
    return Plan(
        scenario_name=scenario.name,
        scenario_hash="",
        case=scenario.case.value,
        objective=scenario.policy.objective.value,
        seed=0,
        movements=movements,
        loads=loads,
        bound=Bound(0.0, 0.0, None, {}),
        people_total=network.people.num_people,
    )


def mended(search: Search, start: Trial) -> Trial:
    """One search over duties after the other, each judged and none worse."""
    scenario, trial = search.network.scenario, start
    for seed in SEEDS:
        after = search.run(Mending(trial, seed, 120))
        plan = as_plan(scenario, search.network, after.timetable)
        verdict = judge(scenario, plan, search.network.people, recorded=False)
        assert verdict.accepted, f"{scenario.name}: {[str(f) for f in verdict.findings]}"
        assert np.isclose(verdict.danger_hours, after.worth.danger_hours)
        assert after.worth.danger_hours <= trial.worth.danger_hours + 1e-6
        trial = after
    return trial


def columns_of(timetable: Timetable) -> list[tuple[int, int, int, tuple[int, ...]]]:
    """Movements with who is aboard, in an order of their own."""
    aboard: dict[int, list[int]] = {}
    for movement, party in zip(
        timetable.load_movement.tolist(), timetable.load_party.tolist(), strict=True
    ):
        aboard.setdefault(movement, []).append(party)
    columns = (timetable.leg, timetable.vehicle, timetable.depart)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return sorted((*row, tuple(sorted(aboard.get(n, [])))) for n, row in enumerate(rows))


def test_mended_plans_are_accepted_and_never_worse(first_seed: int) -> None:
    better = 0
    for seed in range(first_seed, first_seed + CHUNK):
        search = searching(aiming(seed, Objective.REACH_SAFETY))
        start = search.run(search.portfolio(0)[0])
        if search.can_mend(start):
            better += mended(search, start).worth.danger_hours < start.worth.danger_hours - 1e-6
    assert better > 0


def test_tables_hold_a_timetable_and_what_it_leaves(first_seed: int) -> None:
    for seed in range(first_seed, first_seed + CHUNK, 5):
        search = searching(aiming(seed, Objective.REACH_SAFETY))
        start = search.run(search.portfolio(0)[0])
        if not search.can_mend(start):
            continue
        world, network = search.world, search.network
        book = book_of(network, world, start.timetable, 1)
        assert columns_of(timetable_in(network, world, book)) == columns_of(start.timetable)
        for name in LIMITED:
            assert table(book, name).min(initial=0) >= 0


def test_what_is_decided_stays(first_seed: int) -> None:
    for seed in range(first_seed, first_seed + CHUNK, 2):
        search = searching(aiming(seed, Objective.REACH_SAFETY))
        start = search.run(search.portfolio(0)[0])
        search.begins = tick_to_freeze(seed)
        if search.can_mend(start):
            after = mended(search, start)
            before = columns_of(start.timetable.before(search.begins))
            assert columns_of(after.timetable.before(search.begins)) == before


def test_one_vehicle_from_nothing_against_the_optimum() -> None:
    nobody = np.zeros(0, dtype=np.int64)
    reached = worlds = 0
    for seed in [*range(200), *range(CHAINS, CHAINS + 200)]:
        scenario = aiming(seed, Objective.REACH_SAFETY)
        search = searching(scenario)
        phases = search.portfolio(0)[0].phases
        empty = search.trial_of(phases, Timetable(nobody, nobody, nobody, nobody, nobody))
        if sum(fleet.number for fleet in scenario.fleets) != 1 or not search.can_mend(empty):
            continue
        best = optimum_of(seed, Goal.DANGER_HOURS)
        found = mended(search, empty).worth.danger_hours
        assert best.value is not None
        assert found >= float(best.value) - 1e-6
        reached += bool(np.isclose(found, float(best.value)))
        worlds += 1
    # Departures are on a grid of minutes, and who changes vehicles is not foreseen.
    assert reached >= 0.3 * worlds > 0
