"""J1 to J3: what a plan says about itself is what the judge finds."""

import math

from wayout.clock import hours
from wayout.findings import Where
from wayout.plan.feasible.breaches import PLAN, Breaches
from wayout.plan.feasible.verdict import Value
from wayout.plan.model import Plan
from wayout.scenario.hashing import hash_of
from wayout.scenario.model import Scenario

RELATIVE = 1e-9
"""Danger-hours are sums of products; two orders of summation may differ by this share."""


def same(first: float, second: float) -> bool:
    """Whether two danger-hours are the same but for the order of summation."""
    return math.isclose(first, second, rel_tol=RELATIVE, abs_tol=1e-6)


def check_recorded(plan: Plan, value: Value, breaches: Breaches) -> None:
    """J1: the values recorded in the plan are the judged ones."""
    pairs = (
        ("people_total", plan.people_total, value.people_total),
        ("people_safe", plan.people_safe, value.people_safe),
        ("danger_hours", plan.danger_hours, value.danger_hours),
        (
            "danger_hours_if_nobody_moves",
            plan.danger_hours_if_nobody_moves,
            value.danger_hours_if_nobody_moves,
        ),
        ("clear_minute", plan.clear_minute, value.clear_minute),
    )
    for key, recorded, judged in pairs:
        if recorded is None or judged is None:
            agree = recorded is judged
        else:
            agree = same(recorded, judged) if "danger" in key else recorded == judged
        if not agree:
            message = f"The plan records {_shown(recorded)}; judged it is {_shown(judged)}."
            cure = "Correct it, or leave the key out: it is then filled in when the plan is read."
            breaches.add("J1", Where(PLAN, None, key), message, cure)


def _shown(value: float | None) -> str:
    if value is None:
        return "none"
    return f"{value:,}" if isinstance(value, int) else f"{value:,.6f}".rstrip("0").rstrip(".")


def check_hash(plan: Plan, scenario: Scenario, breaches: Breaches) -> None:
    """J2: the plan was made for this scenario in this case."""
    if plan.scenario_hash != hash_of(scenario):
        message = f"The plan was made for another scenario than this one ('{scenario.name}')."
        cure = "Judge it with the scenario and case it was made for, or plan again."
        breaches.add("J2", Where(PLAN, None, "scenario_hash"), message, cure)


def check_bound(plan: Plan, value: Value, breaches: Breaches) -> None:
    """J3: no value is better than what was proved to be possible."""
    bound = plan.bound
    if not value.people_safe <= bound.people_safe + 1e-6:
        message = (
            f"{value.people_safe:,} people are safe; proved possible are {bound.people_safe:,}."
        )
        _add_above(breaches, "people_safe", message)
    slack = 1e-9 * max(1.0, abs(bound.danger_hours)) + 1e-6
    if not value.danger_hours >= bound.danger_hours - slack:
        message = (
            f"The plan has {value.danger_hours:,.3f} danger-hours; proved to be the least are "
            f"{bound.danger_hours:,.3f}."
        )
        _add_above(breaches, "danger_hours", message)
    clear = value.clear_minute
    if clear is not None and bound.clear_minute is not None and clear < bound.clear_minute:
        message = (
            f"Everybody is safe after {hours(clear):,.2f} h; proved to be the earliest are "
            f"{hours(bound.clear_minute):,.2f} h."
        )
        _add_above(breaches, "clear_minute", message)


def _add_above(breaches: Breaches, key: str, message: str) -> None:
    cure = "Either the bound or the scenario it was proved for is wrong: plan again and report it."
    breaches.add("J3", Where(PLAN, None, f"bound.{key}"), message, cure)
