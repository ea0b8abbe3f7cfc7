"""The judge: a plan against every rule of execution, and what the plan is worth."""

import math
from collections.abc import Callable

from wayout.plan.feasible import berths, movements, people, records, vehicles
from wayout.plan.feasible.breaches import Breaches
from wayout.plan.feasible.replay import Replay
from wayout.plan.feasible.safety import NEVER, Outcome, outcome_of
from wayout.plan.feasible.verdict import Value, Verdict
from wayout.plan.model import Plan
from wayout.scenario.model import Scenario
from wayout.scenario.people import People, people_of

RULES: tuple[Callable[[Replay, Breaches], None], ...] = (
    movements.check_known,
    movements.check_time,
    movements.check_open_to,
    movements.check_link_shut,
    movements.check_place_shut,
    movements.check_link_capacity,
    people.check_whole,
    people.check_chain,
    people.check_may_go_to,
    people.check_processing,
    people.check_beds,
    people.check_needs,
    vehicles.check_seats,
    vehicles.check_one_place,
    vehicles.check_exists,
    vehicles.check_utilisation,
    berths.check_berth,
    berths.check_spots,
    berths.check_berth_movements,
)
"""Every rule of execution in the order of the rules' codes."""


def value_of(scenario_people: People, outcome: Outcome) -> Value:
    """The figures of a plan from what becomes of each party."""
    size = scenario_people.size
    safe = outcome.safe_from < NEVER
    everybody = len(size) > 0 and bool(safe.all())
    return Value(
        people_total=int(size.sum()),
        people_safe=int(size[safe].sum()),
        # Summed exactly, so that the order of the parties cannot matter.
        danger_hours=math.fsum(outcome.danger.tolist()),
        danger_hours_if_nobody_moves=math.fsum(outcome.danger_if_still.tolist()),
        clear_minute=int(outcome.safe_from.max()) if everybody else None,
    )


def judge(
    scenario: Scenario, plan: Plan, people: People | None = None, *, recorded: bool = True
) -> Verdict:
    """Replay a plan against every rule of execution and work out what it is worth.

    Parameters
    ----------
    scenario
        A scenario without errors, in the case that the plan was made for.
    plan
        Any plan: unknown names and absurd numbers become findings.
    people
        ``people_of(scenario)``, if it is known already.
    recorded
        Whether the plan's own values, hash and bound are checked too (J1 to J3); False while a
        plan is being made.
    """
    everybody = people_of(scenario) if people is None else people
    replay, breaches = Replay(scenario, plan, everybody), Breaches()
    for check in RULES:
        check(replay, breaches)
    value = value_of(everybody, outcome_of(replay))
    if recorded:
        records.check_recorded(plan, value, breaches)
        records.check_hash(plan, scenario, breaches)
        records.check_bound(plan, value, breaches)
    findings = breaches.findings()
    return Verdict(
        accepted=not findings,
        findings=findings,
        people_total=value.people_total,
        people_safe=value.people_safe,
        danger_hours=value.danger_hours,
        danger_hours_if_nobody_moves=value.danger_hours_if_nobody_moves,
        clear_minute=value.clear_minute,
    )
