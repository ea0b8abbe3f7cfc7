"""A comparison as JSON: one row a plan, and where they part."""

import math
from typing import Any

from wayout.clock import text_of
from wayout.contingency.courses.comparing import Comparison
from wayout.contingency.courses.course import Course
from wayout.contingency.courses.needs import Fullest


def document_of(comparison: Comparison) -> dict[str, Any]:
    """The comparison under the names that other programs rely on."""
    return {
        "plans": [
            _row(comparison, number, course) for number, course in enumerate(comparison.courses)
        ],
        "part": [
            {"use": item.kind, "what": item.what, "people": list(item.people)}
            for item in comparison.partings
        ],
        "notes": list(comparison.notes),
    }


def _row(comparison: Comparison, number: int, course: Course) -> dict[str, Any]:
    scenario = course.scenario
    return {
        "plan": course.name,
        "scenario": scenario.name,
        "title": scenario.title,
        "scenario_hash": course.plan.scenario_hash,
        "case": str(scenario.case),
        "start": text_of(0, scenario.start),
        "deadline": text_of(scenario.deadline, scenario.start),
        **_outcome(course),
        "safe_at": {
            item.moment.isoformat(timespec="minutes"): item.people[number]
            for item in comparison.safe_at
        },
        "needs": _needs(course),
        "risks": _risks(course),
        "shared_with_first": _overlap(comparison, number, course),
    }


def _outcome(course: Course) -> dict[str, Any]:
    outcome, start = course.outcome, course.scenario.start
    last = outcome.last_arrival
    return {
        "people_total": outcome.people_total,
        "people_safe": outcome.people_safe,
        "people_safe_bound": _finite(outcome.people_bound),
        "gap_people": None if outcome.people_bound is None else course.plan.gap_people,
        "danger_hours": outcome.danger_hours,
        "danger_hours_bound": _finite(outcome.danger_bound),
        "danger_hours_if_nobody_moves": outcome.danger_if_nobody_moves,
        "danger_saved": outcome.danger_saved,
        "gap_danger": None if outcome.danger_bound is None else course.plan.gap_danger,
        "everybody_out": outcome.cleared,
        "last_arrival": None if last is None else text_of(last, start),
    }


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def _needs(course: Course) -> dict[str, Any]:
    needs = course.needs
    return {
        "vehicles": [
            {
                "type": item.type,
                "used": item.used,
                "hours_under_way": round(item.hours, 1),
                "most_hours_a_day": round(item.most_hours_a_day, 1),
                "crews": {"estimate": item.crews},
            }
            for item in needs.vehicles
        ],
        "beds": [_fullest(course, item) for item in needs.beds],
        "gates": [_fullest(course, item) for item in needs.gates],
    }


def _fullest(course: Course, item: Fullest) -> dict[str, Any]:
    return {
        "place": item.place,
        "used": item.used,
        "limit": item.limit,
        "share": round(item.share, 4),
        "when": text_of(item.when, course.scenario.start),
    }


def _risks(course: Course) -> dict[str, Any]:
    return {
        "hazards": [
            {
                "hazard": item.hazard,
                "words": item.words,
                "people": item.people,
                "times": None if item.expected is None else {"estimate": round(item.expected, 2)},
            }
            for item in course.exposures
        ],
        "limits": [
            {
                "kind": limit.kind,
                "what": limit.what,
                "from": text_of(limit.begins, course.scenario.start),
                "until": text_of(limit.ends, course.scenario.start),
                "worth_people": {"estimate": round(limit.worth_people, 1)},
                "worth_danger_hours": {"estimate": round(limit.worth_danger_hours, 1)},
            }
            for limit in course.limits
        ],
    }


def _overlap(comparison: Comparison, number: int, course: Course) -> dict[str, Any] | None:
    found = comparison.overlaps[number - 1] if number else None
    if found is None:
        return None
    at = found.parts_at
    return {
        "movements": found.shared,
        "only_here": found.only_here,
        "only_in_first": found.only_there,
        "part_at": None if at is None else text_of(at, course.scenario.start),
    }
