"""Plans of a what-if study: made of a timetable, judged, and held against each other."""

from dataclasses import replace

import numpy as np

from wayout.network.model import Network
from wayout.optimize.dispatch.timetable import Timetable, movements_of
from wayout.plan.feasible import Verdict, judge
from wayout.plan.model import Bound, Loads, Plan
from wayout.scenario.model import Scenario
from wayout.scenario.people import People
from wayout.scenario.policy import Objective


def idle_plan(scenario: Scenario, people: People) -> Plan:
    """Nobody and nothing moves; its figures are the judge's to fill in.

    The bound says nothing: it is the study's to prove.
    """
    nothing = np.zeros(0, dtype=np.int64)
    return Plan(
        scenario_name=scenario.name,
        scenario_hash="",
        case=scenario.case.value,
        objective=scenario.policy.objective.value,
        seed=scenario.seed,
        movements=(),
        loads=Loads(nothing, nothing),
        bound=Bound(float(people.num_people), 0.0),
        people_total=people.num_people,
    )


def plan_of(network: Network, timetable: Timetable) -> Plan:
    """A timetable as a plan whose figures are still to be judged."""
    movements, loads = movements_of(network, timetable)
    idle = idle_plan(network.scenario, network.people)
    return replace(idle, movements=movements, loads=loads)


def judged(scenario: Scenario, plan: Plan, people: People) -> tuple[Plan, Verdict]:
    """A plan with the judge's figures in it, and the verdict."""
    verdict = judge(scenario, plan, people, recorded=False)
    filled = replace(
        plan,
        scenario_name=scenario.name,
        scenario_hash="",
        people_total=verdict.people_total,
        people_safe=verdict.people_safe,
        danger_hours=verdict.danger_hours,
        danger_hours_if_nobody_moves=verdict.danger_hours_if_nobody_moves,
        clear_minute=verdict.clear_minute,
    )
    return filled, verdict


def accepted(network: Network, plan: Plan) -> Plan | None:
    """The plan with the judge's figures for this network's scenario, or None if it is refused."""
    filled, verdict = judged(network.scenario, plan, network.people)
    return filled if verdict.accepted else None


def better(first: Plan, second: Plan | None) -> bool:
    """Whether a judged plan beats another by the objective of the scenario."""
    if second is None:
        return True
    if first.objective == Objective.CLEAR_FAST.value:
        return (-first.people_safe, first.danger_hours) < (-second.people_safe, second.danger_hours)
    return (first.danger_hours, -first.people_safe) < (second.danger_hours, -second.people_safe)
