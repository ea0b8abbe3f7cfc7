"""Plans of the scenarios that ship: undisturbed as planned, disturbed within every limit."""

from functools import cache

import numpy as np
import pytest
from tests.simulate.worlds import SCENARIOS, as_it_was, dealt, played, shipped

from wayout.optimize.progress import Budget
from wayout.optimize.solve import solve
from wayout.plan.feasible import judge
from wayout.plan.model import Plan
from wayout.scenario.windows import Target
from wayout.simulate.dealing import Dealer
from wayout.simulate.disruptions import Disruptions, Kind
from wayout.simulate.engine import tables as t
from wayout.simulate.engine.fresh import Dealt, Stage
from wayout.simulate.giving import targets_of
from wayout.simulate.model import Model, model_of
from wayout.simulate.outcome import let_in_of, outcome_of, trips_of
from wayout.simulate.situation import departed

DAILY = ("solomon-1991", "raahat-2015")
NIGHTLY = sorted(path.name for path in SCENARIOS.iterdir() if path.name not in DAILY)


@cache
def planned(name: str) -> Plan:
    return solve(shipped(name), budget=Budget(work=0)).plan


@cache
def tables(name: str) -> Model:
    return model_of(shipped(name), planned(name), hold_minutes=60)


def _as_planned(name: str) -> None:
    model, plan = tables(name), planned(name)
    stage, _ = played(model, dealt(model))
    moves = stage.table(t.IS_MOVE, len(model.move), 12)
    assert (moves[:, t.STATUS] == t.GONE).all()
    assert np.array_equal(moves[:, t.WENT], model.move[:, t.DEPART])
    assert np.array_equal(moves[:, t.CAME], model.move[:, t.DEPART] + model.move[:, t.TRAVEL])
    assert np.array_equal(moves[:, t.CARRIED], model.move[:, t.PEOPLE])
    assert _loads(as_it_was(model, stage)) == _loads(plan)
    outcome = outcome_of(model, stage, 0, np.ones(len(model.party), dtype=np.int64))
    assert outcome.safe == plan.people_safe
    assert outcome.clear_minute == plan.clear_minute
    # The judge adds in another order.
    assert outcome.danger_hours == pytest.approx(plan.danger_hours, rel=1e-12)
    assert (outcome.missed, outcome.cancelled, outcome.minutes_late) == (0, 0, 0)
    assert outcome.safe_by_hour[-1] == plan.people_safe


def _loads(plan: Plan) -> set[tuple[str, str, int, int]]:
    """Who is on what: link, vehicle, departure and party."""
    rows = zip(plan.loads.movement.tolist(), plan.loads.party.tolist(), strict=True)
    moves = plan.movements
    return {(moves[m].link, moves[m].vehicle, moves[m].depart, party) for m, party in rows}


@pytest.mark.parametrize("name", DAILY)
def test_undisturbed_it_is_the_plan_to_the_minute(name: str) -> None:
    _as_planned(name)


@pytest.mark.long
@pytest.mark.parametrize("name", NIGHTLY)
def test_undisturbed_it_is_the_plan_to_the_minute_at_night(name: str) -> None:
    _as_planned(name)


def _check_beds(model: Model, stage: Stage, deal: Dealt) -> None:
    """People who were let in, at every tick, against the beds that were known then."""
    num_ticks = model.scenario.deadline + 1
    change = np.zeros((len(model.scenario.places), num_ticks), dtype=np.int64)
    size, trips = model.party[:, t.SIZE], trips_of(stage)
    here = ~deal.absent
    np.add.at(change[:, 0], model.party[here, t.PLACE], size[here])
    inside = dict.fromkeys(range(len(size)), 0)
    for p, trip, left, let_in in let_in_of(model, stage):
        origin = model.move[trips[trip, t.T_MOVEMENT], t.ORIGIN]
        if inside[p] != t.NONE:
            change[origin, max(left, inside[p])] -= size[p]
        inside[p] = let_in
        if let_in != t.NONE:
            change[model.move[trips[trip, t.T_MOVEMENT], t.DESTINATION], let_in] += size[p]
    rows = {target: row for row, target in enumerate(targets_of(model.scenario))}
    for index, place in enumerate(model.scenario.places):
        factor = model.begin.factor[rows[Target.BEDS, place.place], :num_ticks]
        assert (np.cumsum(change[index]) <= np.floor(place.beds * factor + 1e-6)).all()


def _broken(model: Model, plan: Plan) -> set[str]:
    verdict = judge(model.scenario, plan, model.people, recorded=False)
    return {finding.rule for finding in verdict.findings}


@pytest.mark.parametrize("name", DAILY)
@pytest.mark.parametrize("kind", [Kind.BREAKDOWN, Kind.LONGER_TURN, Kind.LATE_WAY, Kind.NO_SHOW])
def test_disturbed_it_breaks_no_rule(name: str, kind: Kind) -> None:
    """The judge replays what took place, and again as if every way had taken its time.

    It counts waits before a place as part of the way (M2, V4) or of the stay (P5), and by the
    travel time it finds vehicles on spots that they waited for (V6); nothing else may be wrong.
    """
    model = tables(name)
    figures = Disruptions(off=frozenset(set(Kind) - {kind}))
    for replication in range(3):
        deal = Dealer(model, figures, 5).deal(replication)
        stage, _ = played(model, deal)
        assert _broken(model, as_it_was(model, stage)) <= {"M2", "V4", "P5"}
        assert _broken(model, departed(model, stage, model.scenario.deadline + 1).plan) <= {
            "P5",
            "V6",
        }
        _check_beds(model, stage, deal)


@pytest.mark.parametrize("name", DAILY)
def test_nobody_is_lost_or_made_up(name: str) -> None:
    model = tables(name)
    for replication in range(5):
        deal = Dealer(model, Disruptions(), 11).deal(replication)
        stage, departures = played(model, deal)
        outcome = outcome_of(model, stage, replication, np.ones(len(model.party), dtype=np.int64))
        came = model.party[~deal.absent, t.SIZE].sum()
        assert outcome.came == came
        assert outcome.safe + outcome.lost == came
        assert outcome.safe_by_hour[-1] == outcome.safe
        brought = [model.people.party[p] for p, *_ in let_in_of(model, stage)]
        absent = {model.people.party[p] for p in np.flatnonzero(deal.absent)}
        assert absent.isdisjoint(brought)
        assert all(d.arrive is None or d.arrive > d.depart >= 0 for d in departures)
