"""Relaxations small enough to be worked out by hand."""

import dataclasses

import numpy as np
import pytest
from tests.plan.worlds import walking_world, with_link, with_place

from wayout.network.model import build
from wayout.optimize.certificate import certify
from wayout.optimize.linear import solve_linear
from wayout.optimize.relax.build import Aim, Relaxation, relax
from wayout.optimize.relax.columns import is_flat
from wayout.optimize.relax.grid import Grid
from wayout.scenario.links import Link, Mode
from wayout.scenario.model import Scenario
from wayout.scenario.parties import Party
from wayout.scenario.people import people_of
from wayout.scenario.places import Place, PlaceKind


def relaxed(scenario: Scenario, length: int, aim: Aim) -> Relaxation:
    return relax(build(scenario, people_of(scenario)), length, aim)


def value(scenario: Scenario, length: int, aim: Aim) -> float:
    """The certified figure: people safe at most, or danger-hours at least."""
    relaxation = relaxed(scenario, length, aim)
    program = relaxation.program
    total = relaxation.constant + certify(program, solve_linear(program).y)
    return -total if aim is Aim.PEOPLE else total


def path(name: str, ends: tuple[str, str]) -> Link:
    return Link(
        link=name,
        origin=ends[0],
        destination=ends[1],
        mode=Mode.FOOT,
        minutes=60,
        people_per_hour=60,
    )


def yard(scenario: Scenario, origin: str) -> Scenario:
    """With a place that leads nowhere."""
    place = Place(place="yard", kind=PlaceKind.STAGING, beds=100)
    links = (*scenario.links, path("aside", (origin, "yard")))
    return scenario.replace(places=(*scenario.places, place), links=links)


def test_two_hours_on_the_way_and_one_of_waiting() -> None:
    # a: 2 people, weight 1, safe after 2 h. b: 3 people, weight 2, ready after 1 h, safe after 3 h.
    assert value(walking_world(), 60, Aim.DANGER) == pytest.approx(22.0, abs=1e-4)
    assert value(walking_world(), 60, Aim.PEOPLE) == pytest.approx(5.0, abs=1e-4)


def test_one_person_an_hour_through_the_gate() -> None:
    # One of a after 2 h, b after 3, 4 and 5 h (weight 2), the other of a after 6 h.
    scenario = with_place(walking_world(), "gate", processing_per_hour=1)
    assert value(scenario, 60, Aim.DANGER) == pytest.approx(2 + 2 * (3 + 4 + 5) + 6, abs=1e-4)


def test_people_before_the_deadline_through_the_gate() -> None:
    # The gate passes one an hour, from the second hour to the last that reaches the haven.
    scenario = with_place(walking_world(), "gate", processing_per_hour=1).replace(deadline=240)
    assert value(scenario, 60, Aim.PEOPLE) == pytest.approx(3.0, abs=1e-4)


def test_beds_of_the_haven() -> None:
    scenario = with_place(walking_world(), "haven", beds=4)
    for length in (15, 45, 60, 720, 1440, 2000):
        assert value(scenario, length, Aim.PEOPLE) == pytest.approx(4.0, abs=1e-4)


def test_who_leaves_a_haven_leaves_a_bed() -> None:
    scenario = yard(with_place(walking_world(), "haven", beds=4), "haven")
    assert value(scenario, 60, Aim.PEOPLE) == pytest.approx(5.0, abs=1e-4)


def test_who_cannot_be_saved_may_leave_a_bed() -> None:
    gate = {"beds": 2.0, "min_stay_hours": 2.0}
    scenario = with_place(walking_world(), "gate", **gate)
    far = Place(place="far", kind=PlaceKind.HAVEN, beds=10)
    parties = (
        Party(party="a", size=2, place="home", priority="V-E"),
        Party(party="stuck", size=2, place="gate", priority="V-E", may_go_to=("far",)),
    )
    scenario = scenario.replace(places=(*scenario.places, far), parties=parties)
    assert value(scenario, 60, Aim.PEOPLE) == pytest.approx(0.0, abs=1e-4)
    assert value(yard(scenario, "gate"), 60, Aim.PEOPLE) == pytest.approx(2.0, abs=1e-4)


def test_who_leaves_a_refuge_that_lasts_stays_safe() -> None:
    scenario = with_place(walking_world(), "haven", kind=PlaceKind.REFUGE, beds=3)
    assert value(scenario, 60, Aim.PEOPLE) == pytest.approx(3.0, abs=1e-4)
    assert value(yard(scenario, "haven"), 60, Aim.PEOPLE) == pytest.approx(5.0, abs=1e-4)


def test_flat_only_where_no_place_and_no_way_is_safer() -> None:
    def flat(scenario: Scenario) -> bool:
        return is_flat(build(scenario, people_of(scenario)))

    assert flat(walking_world())
    assert flat(with_link(walking_world(), "road", danger_per_hour=0.0))
    assert not flat(with_link(walking_world(), "path", danger_per_hour=0.5))
    assert not flat(with_place(walking_world(), "gate", danger_per_hour=0.5))


@pytest.mark.parametrize("aim", list(Aim))
@pytest.mark.parametrize("length", [7, 60, 100, 1000, 5000])
def test_every_box_is_finite_and_nobody_moving_is_a_point(aim: Aim, length: int) -> None:
    program = relaxed(walking_world(), length, aim).program
    assert np.isfinite(program.lower).all()
    assert np.isfinite(program.upper).all()
    assert (program.lower <= program.upper).all()
    assert certify(program, solve_linear(program).y) <= 1e-9


def test_spans_join_buckets_that_cut_slots() -> None:
    grid = Grid(40, 230)
    assert grid.spans(60).tolist() == [0, 0, 0, 1, 1, 1]
    assert grid.sums(np.array([1, 2, 3, 4], dtype=np.int64), 60).tolist() == [3, 7]
    assert Grid(60, 230).sums(np.arange(12, dtype=np.int64), 20).tolist() == [3, 12, 21, 30]
    assert Grid(60, 120).sums(np.array([1, 2, 9], dtype=np.int64), 60).tolist() == [1, 2]


def test_nobody_can_be_safe_after_everybody_must_be() -> None:
    scenario = walking_world()
    parties = tuple(dataclasses.replace(party, safe_by=170) for party in scenario.parties)
    relaxation = relaxed(scenario.replace(parties=parties), 60, Aim.PEOPLE)
    assert relaxation.grid.horizon == 180
    assert value(scenario.replace(parties=parties), 60, Aim.PEOPLE) == pytest.approx(2.0, abs=1e-4)
