"""A plan that is put into force later: nobody moves before, vehicles need their lead time."""

import itertools
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.contingency.towns import START, town
from tests.oracle.cases import world_of

from wayout.contingency.achieving import achieved
from wayout.contingency.asks.worth import network_with
from wayout.contingency.delay.answers import document_of
from wayout.contingency.delay.delaying import dates_of, delayed
from wayout.contingency.delay.study import Curve, study_delay
from wayout.contingency.judging import accepted
from wayout.scenario.figures import Case
from wayout.scenario.model import Scenario
from wayout.scenario.people import people_of


def curve(scenario: Scenario, dates: tuple[int, ...] | int = 8) -> Curve:
    with ThreadPoolExecutor(1) as pool:
        return study_delay({Case.LIKELY: scenario}, pool, dates=dates).curve


def test_nobody_moves_before_the_date_and_vehicles_need_their_lead_time() -> None:
    scenario = delayed(town(people=10, lead=20), 30)
    plan = achieved(network_with(scenario, ()))
    assert plan is not None
    assert plan.people_safe == 10
    assert min(movement.depart for movement in plan.movements) == 50
    early = achieved(network_with(town(people=10, lead=20), ()))
    assert early is not None
    assert accepted(network_with(scenario, ()), early) is None


def test_at_the_start_nothing_is_different() -> None:
    assert delayed(town(), 0) == town()


def test_people_keep_the_time_at_which_they_are_ready() -> None:
    before, after = people_of(town()), people_of(delayed(town(), 60))
    assert (before.ready_from == after.ready_from).all()


def test_the_point_of_no_return_is_when_the_bus_is_too_late() -> None:
    """Ten people, one bus, 80 minutes: in force at 100 it is there at the deadline, at 101 not."""
    found = curve(town(people=10), tuple(range(0, 180, 20)))
    assert found.no_return.everyone_until == 100
    assert found.no_return.not_everyone_from is not None
    assert 100 < found.no_return.not_everyone_from <= 120


def test_where_not_everybody_can_be_saved_at_once_the_point_is_past() -> None:
    found = curve(town(people=30), (0, 60, 120))
    assert found.no_return.everyone_until is None
    assert found.no_return.not_everyone_from == 0
    assert [date.ends.people_held for date in found.dates] == [10, 10, 0]


@settings(max_examples=12)
@given(st.integers(0, 60), st.integers(2, 5))
def test_waiting_never_allows_more(seed: int, number: int) -> None:
    """Ceilings never rise and danger never falls with a later date, nor does what plans hold."""
    scenario = world_of(seed).scenario
    ends = [date.ends for date in curve(scenario, number).dates]
    for before, after in itertools.pairwise(ends):
        assert after.people_ceiling <= before.people_ceiling
        assert after.people_held <= before.people_held
        assert after.danger_floor >= before.danger_floor
        assert after.danger_held >= before.danger_held
    assert all(end.people_held <= end.people_ceiling + 1e-6 for end in ends)


def test_dates_are_evenly_spread_over_the_operation() -> None:
    assert dates_of(town(deadline=180), 4) == (0, 45, 90, 135)
    days = dates_of(town(deadline=7 * 1440), 30)
    assert len(days) == 30
    assert all(minute % 60 == 0 for minute in days)


def test_the_answer_says_dates_as_people_do_and_every_case() -> None:
    few, many = town(people=10), town(people=20).replace(case=Case.HIGH)
    with ThreadPoolExecutor(2) as pool:
        study = study_delay({Case.LIKELY: few, Case.HIGH: many}, pool, dates=(0, 90))
    found = json.loads(json.dumps(document_of(study, START)))
    assert found["dates"][1]["date"] == "2021-08-14T01:30+04:30"
    assert (found["dates"][0]["people_low"], found["dates"][0]["people_high"]) == (10, 10)
    assert set(found["cases"]) == {"likely", "high"}
    assert found["cases"]["high"]["people_total"] == 20
    assert found["point_of_no_return"] == {
        "everyone_until": "2021-08-14T01:30+04:30",
        "not_everyone_from": None,
    }


@pytest.mark.parametrize("workers", [1, 3])
def test_answers_do_not_depend_on_who_works_them_out(workers: int) -> None:
    with ThreadPoolExecutor(workers) as pool:
        study = study_delay({Case.LIKELY: town()}, pool, dates=4)
    assert study.curve == curve(town(), 4)
