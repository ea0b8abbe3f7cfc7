"""J1 to J3: what a plan says about itself."""

import dataclasses
from typing import Any

import pytest
from tests.plan.worlds import codes, flying_plan, flying_world, with_fleet

from wayout.plan.feasible import judge
from wayout.plan.model import Bound

FLYING = flying_world()
FLY = flying_plan(FLYING)


@pytest.mark.parametrize(
    "changes",
    [
        {"people_total": 10},
        {"people_safe": 8},
        {"danger_hours": 11.8},
        {"danger_hours": float("nan")},
        {"danger_hours_if_nobody_moves": 431.999},
        {"clear_minute": 179},
        {"clear_minute": None},
    ],
)
def test_recorded_values_are_the_judged_ones(changes: dict[str, Any]) -> None:
    plan = dataclasses.replace(FLY, **changes)
    assert codes(FLYING, plan, recorded=True) == {"J1"}
    assert codes(FLYING, plan) == set()


def test_the_last_bit_of_danger_may_differ() -> None:
    plan = dataclasses.replace(FLY, danger_hours=FLY.danger_hours * (1 + 1e-12))
    assert codes(FLYING, plan, recorded=True) == set()


def test_a_plan_for_another_scenario_is_refused() -> None:
    assert codes(with_fleet(FLYING, number=3), FLY, recorded=True) == {"J2"}
    renamed = FLYING.replace(name="another", title="Flying")
    assert codes(renamed, FLY, recorded=True) == set()


@pytest.mark.parametrize(
    ("bound", "broken"),
    [
        (Bound(9.0, 11.8), set()),
        (Bound(8.5, 0.0), {"J3"}),
        (Bound(9.0, 11.9), {"J3"}),
        (Bound(9.0, 0.0, 180), set()),
        (Bound(9.0, 0.0, 181), {"J3"}),
        (Bound(float("nan"), 0.0), {"J3"}),
        (Bound(9.0, float("nan")), {"J3"}),
    ],
)
def test_no_value_beats_its_bound(bound: Bound, broken: set[str]) -> None:
    plan = dataclasses.replace(FLY, bound=bound)
    assert codes(FLYING, plan, recorded=True) == broken


def test_findings_say_where_and_what_to_do() -> None:
    plan = dataclasses.replace(FLY, people_safe=8)
    (finding,) = judge(FLYING, plan).findings
    assert str(finding.where) == "plan.json, column people_safe"
    assert finding.message == "The plan records 8; judged it is 9."
    assert finding.cure
