"""Courses of action side by side, with figures that can be counted by hand."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.contingency.towns import town

from wayout.contingency.achieving import achieved
from wayout.contingency.asks.openings import opening_of
from wayout.contingency.asks.worth import network_with
from wayout.contingency.courses.comparing import compare
from wayout.contingency.courses.course import Course, course_of
from wayout.contingency.courses.document import document_of
from wayout.errors import PlanError
from wayout.optimize.bound import bounds
from wayout.plan.folder import read, write
from wayout.plan.model import Bound, Plan
from wayout.scenario.hashing import hash_of
from wayout.scenario.model import Scenario
from wayout.scenario.people import people_of


def planned(scenario: Scenario) -> Plan:
    plan = achieved(network_with(scenario, ()))
    assert plan is not None
    return replace(plan, scenario_hash=hash_of(scenario))


def open_gate(scenario: Scenario) -> Scenario:
    for part in opening_of(scenario, "gate"):
        scenario = part.apply(scenario)
    return scenario


def course(name: str, scenario: Scenario) -> Course:
    return course_of(name, planned(scenario), scenario)


@pytest.fixture(scope="module")
def by_bus() -> Course:
    return course("by-bus", town())


@pytest.fixture(scope="module")
def on_foot() -> Course:
    return course("on-foot", open_gate(town()))


def certificate(bound: Bound) -> list[tuple[str, dict[str, Any]]]:
    return list(bound.certificate.items())


def test_outcome_and_needs_are_those_of_the_plan(by_bus: Course) -> None:
    outcome = by_bus.outcome
    assert (outcome.people_safe, outcome.people_total) == (10, 30)
    assert outcome.people_bound is None
    assert outcome.last_arrival == 80
    assert not outcome.cleared
    (bus,) = by_bus.needs.vehicles
    assert (bus.used, bus.crews) == (1, 1)
    assert bus.hours == pytest.approx(sum(m.arrive - m.depart for m in by_bus.plan.movements) / 60)
    assert by_bus.needs.gates == ()


def test_a_bound_is_shown_only_where_its_proof_holds() -> None:
    scenario = town()
    plan, bound = planned(scenario), bounds(scenario, people_of(scenario), 60)
    proved = course_of("proved", replace(plan, bound=bound), scenario)
    assert proved.outcome.people_bound == bound.people_safe
    assert proved.outcome.danger_bound == bound.danger_hours
    halved = {aim: {**entry, "dual": entry["dual"] / 2} for aim, entry in certificate(bound)}
    claimed = course_of(
        "claimed", replace(plan, bound=replace(bound, certificate=halved)), scenario
    )
    assert claimed.outcome.danger_bound is None
    assert "no proof that holds" in " ".join(compare([claimed]).notes)


def test_beds_are_counted_where_they_are_fullest(by_bus: Course) -> None:
    camp = next(item for item in by_bus.needs.beds if item.place == "camp")
    assert (camp.place, camp.used, camp.limit, camp.when) == ("camp", 10.0, 100.0, 60)


def test_risks_are_the_people_whose_way_depends_on_it(by_bus: Course, on_foot: Course) -> None:
    exposed = {item.hazard: item for item in by_bus.exposures}
    assert exposed["road-cut"].people == 10
    assert exposed["road-cut"].expected == pytest.approx(180 / 1440)
    assert exposed["camp-half"].expected is None
    walkers = {item.hazard: item.people for item in on_foot.exposures}
    assert walkers["camp-half"] == 30


def test_where_they_part(by_bus: Course, on_foot: Course) -> None:
    found = {(p.kind, p.what): p.people for p in compare([by_bus, on_foot]).partings}
    through = found["through", "gate"]
    assert through[0] == 0
    assert through[1] == 30 - on_foot.needs.vehicles[0].used * 10 if on_foot.needs.vehicles else 30
    assert found["first haven", "camp"] == (10, 30)


def test_people_safe_are_counted_at_common_moments(by_bus: Course) -> None:
    scenario = town()
    later = scenario.replace(start=scenario.start.replace(hour=1))
    found = compare([by_bus, course("later", later)]).safe_at
    assert found[0].moment == later.start
    assert found[0].people == (0, 0)
    assert found[-1].people[0] == 10


def test_plans_of_one_scenario_share_movements(by_bus: Course) -> None:
    same = compare([by_bus, by_bus]).overlaps[0]
    assert same is not None
    assert (same.shared, same.only_here, same.parts_at) == (len(by_bus.plan.movements), 0, None)


def test_plans_of_different_scenarios_share_none(by_bus: Course, on_foot: Course) -> None:
    assert compare([by_bus, on_foot]).overlaps == (None,)


def test_figures_that_cannot_be_compared_say_so(by_bus: Course) -> None:
    crowd = course("crowd", town(people=20))
    late = course("late", town(deadline=240))
    assert "same number of people" in " ".join(compare([by_bus, crowd]).notes)
    assert "own start to its own end" in " ".join(compare([by_bus, late]).notes)
    assert not [n for n in compare([by_bus, by_bus]).notes if "Danger" in n or "number" in n]


def test_a_plan_that_breaks_a_rule_is_refused() -> None:
    scenario = town()
    plan = planned(scenario)
    late = tuple(replace(m, depart=m.depart + 1) for m in plan.movements)
    with pytest.raises(PlanError, match="wayout verify early shows why"):
        course_of("early", replace(plan, movements=late), scenario)


def test_a_written_plan_compares_as_the_one_that_was_made(by_bus: Course, tmp_path: Path) -> None:
    write(by_bus.plan, by_bus.scenario, tmp_path)
    again = course_of("by-bus", *read(tmp_path))
    rows = [document_of(compare([one]))["plans"][0] for one in (by_bus, again)]
    assert json.dumps(rows[0]) == json.dumps(rows[1])
