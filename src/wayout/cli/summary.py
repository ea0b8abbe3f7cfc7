"""A finished plan in a few lines of words, and as the one object of ``--json``."""

import math
import textwrap
from typing import Any

from wayout.cli.making import Made
from wayout.cli.wording import (
    counted,
    duration,
    moment,
    number,
    percent,
    short_moment,
    whole_people,
)
from wayout.clock import hours
from wayout.plan.model import BindingLimit, NoWayOut, Plan
from wayout.scenario.model import Scenario
from wayout.scenario.policy import Objective

MOST_GROUPS_SHOWN = 5
WIDTH = 100
LABEL_WIDTH = 14
LIMITS = {
    "seats": "seats of {what}",
    "people_per_hour": "people per hour on {what}",
    "departures_per_hour": "departures per hour on {what}",
    "processing": "people who can leave {what} per hour",
    "beds": "beds at {what}",
    "vehicles": "vehicles of {what}",
    "hours_per_day": "flying or driving hours of {what}",
    "spots": "parking spots at {what}",
    "movements": "landings and departures at {what}",
    "time": "the time until the deadline",
}
STOPS = {
    "gap": "the gap asked for was reached",
    "time": "the time was up",
    "seconds": "the time was up",
    "work": "the rounds of work were done",
    "user": "you stopped it",
    "optimal": "nothing better is possible",
}


def object_of(made: Made) -> dict[str, Any]:
    """The plan's figures under the names that other programs rely on."""
    plan, bound = made.plan, made.plan.bound
    return {
        "scenario": plan.scenario_name,
        "case": plan.case,
        "objective": plan.objective,
        "people_total": plan.people_total,
        "people_safe_by_deadline": plan.people_safe,
        "people_safe_bound": _finite(bound.people_safe),
        "danger_hours": _finite(plan.danger_hours),
        "danger_hours_bound": _finite(bound.danger_hours),
        "gap_people": _finite(plan.gap_people),
        "gap_danger": _finite(plan.gap_danger),
        "clear_minute": plan.clear_minute,
        "clear_minute_bound": bound.clear_minute,
        "movements": len(plan.movements),
        "vehicles_used": num_vehicles(plan),
        "seconds": {phase: round(value, 3) for phase, value in made.seconds.items()},
        "seed": plan.seed,
        "stopped_by": plan.stopped_by,
        "plan": str(made.folder),
    }


def _finite(value: float) -> float | None:
    """JSON has no word for infinite: a bound that says nothing is null."""
    return value if math.isfinite(value) else None


def num_vehicles(plan: Plan) -> int:
    """How many vehicles move at least once."""
    return len({movement.vehicle for movement in plan.movements if movement.vehicle})


def summary_of(made: Made) -> str:
    """The plan in words, for a terminal."""
    scenario, plan = made.given.scenario, made.plan
    paragraphs = [
        _safe(scenario, plan),
        _last_arrival(scenario, plan),
        _danger(plan),
        _binding(scenario, plan),
        _no_way_out(scenario, plan),
        _work(made),
        _files(made),
    ]
    return "\n".join(line for paragraph in paragraphs for line in paragraph)


def _row(label: str, text: str) -> str:
    """A label and its text, which hangs to the right of it when it needs more than one line."""
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=f"{label:<{LABEL_WIDTH}}",
        subsequent_indent=" " * LABEL_WIDTH,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _safe(scenario: Scenario, plan: Plan) -> list[str]:
    share = plan.people_safe / plan.people_total if plan.people_total else 0.0
    deadline = moment(scenario.deadline, scenario.start)
    safe = f"{number(plan.people_safe)} of {number(plan.people_total)} people ({percent(share)})"
    best = f"no timetable brings out more than {whole_people(plan.bound.people_safe)}"
    proof = f"{best}, gap {percent(plan.gap_people)}"
    if math.floor(plan.bound.people_safe) <= plan.people_safe:
        proof = "no timetable brings out more"
    return [_row("safe", f"{safe} by {deadline}"), _row("proven", proof)]


def _last_arrival(scenario: Scenario, plan: Plan) -> list[str]:
    """When the last of those who get out arrives, and how early that could be at best."""
    havens = {place.place for place in scenario.places if place.is_haven}
    arrivals = [m.arrive for m in plan.movements if m.people and m.destination in havens]
    if not arrivals:
        return [_row("last arrival", "nobody arrives")]
    last = max(arrivals) if plan.clear_minute is None else plan.clear_minute
    text = f"{moment(last, scenario.start)}, {hours(last):.1f} h after the start"
    best = plan.bound.clear_minute
    if plan.objective == Objective.CLEAR_FAST and plan.clear_minute and best:
        above = plan.clear_minute / best - 1
        text += f"; not before {hours(best):.1f} h in any timetable, gap {percent(above)}"
    return [_row("last arrival", text)]


def _danger(plan: Plan) -> list[str]:
    least = f"proven least {number(plan.bound.danger_hours)}"
    idle = f"if nobody moved {number(plan.danger_hours_if_nobody_moves)}"
    text = f"{number(plan.danger_hours)} ({least}, {idle}), gap {percent(plan.gap_danger)}"
    return [_row("danger-hours", text)]


def _binding(scenario: Scenario, plan: Plan) -> list[str]:
    if not plan.limits:
        return [_row("binds first", "no single limit")]
    return [_row("binds first", limit_text(scenario, plan.limits[0], plan.objective))]


def limit_text(scenario: Scenario, limit: BindingLimit, objective: str) -> str:
    """A limit in words, when it binds, and what a tenth more of it would be worth."""
    name = LIMITS.get(limit.kind, f"{limit.kind} of {{what}}").format(what=limit.what)
    begins = short_moment(limit.begins, scenario.start)
    ends = short_moment(limit.ends, scenario.start)
    worth = f"about {counted(round(limit.worth_people), 'more person', 'more people')} out"
    if objective == Objective.REACH_SAFETY and limit.worth_people < 1:
        worth = f"about {number(limit.worth_danger_hours)} fewer danger-hours"
    return f"{name}, {begins} to {ends}; a tenth more: {worth}"


def _no_way_out(scenario: Scenario, plan: Plan) -> list[str]:
    """Who cannot be brought out by any timetable, most people first."""
    groups = sorted(plan.no_way_out, key=lambda group: -group.people)
    if not groups:
        return []
    total = sum(group.people for group in groups)
    lines = [_row("no way out", f"{counted(total, 'person', 'people')}, whatever the timetable:")]
    lines += [_row("", _group_text(scenario, group)) for group in groups[:MOST_GROUPS_SHOWN]]
    rest = groups[MOST_GROUPS_SHOWN:]
    if rest:
        people = sum(group.people for group in rest)
        lines.append(_row("", f"{number(people)} more in {len(rest)} groups; see the report"))
    return lines


def _group_text(scenario: Scenario, group: NoWayOut) -> str:
    titles = {place.place: place.title for place in scenario.places}
    where = titles.get(group.place, group.place)
    return f"{number(group.people)} at {where}, priority {group.priority}: {group.reason}"


def _work(made: Made) -> list[str]:
    plan = made.plan
    moved = f"{number(len(plan.movements))} movements of {num_vehicles(plan)} vehicles"
    stop = STOPS.get(plan.stopped_by, plan.stopped_by)
    took = f"planned in {duration(sum(made.seconds.values()))}" + (f"; {stop}" if stop else "")
    return [_row("timetable", f"{moved}; {took}")]


def _files(made: Made) -> list[str]:
    return [
        "",
        _row("report", str(made.html)),
        _row("in writing", str(made.pdf)),
        _row("check it", f"wayout verify {made.folder}"),
    ]
