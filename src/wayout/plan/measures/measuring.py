"""All measures of a plan."""

from wayout.plan.feasible.judging import value_of
from wayout.plan.feasible.replay import Replay
from wayout.plan.feasible.safety import outcome_of
from wayout.plan.measures.capacities import bottlenecks_of, loads_of
from wayout.plan.measures.figures import Measures
from wayout.plan.measures.fleets import ceilings_of, fleets_of
from wayout.plan.measures.outcomes import (
    by_origin,
    by_priority,
    call_forward,
    late,
    left_behind,
    safe_curve,
)
from wayout.plan.measures.stays import occupancy, overstays_of, stays_of, waits_of
from wayout.plan.model import Plan
from wayout.scenario.model import Scenario
from wayout.scenario.people import People, people_of


def measure(scenario: Scenario, plan: Plan, people: People | None = None) -> Measures:
    """Work out every figure of a plan that the judge accepts.

    ``people`` are ``people_of(scenario)``, if they are known already.
    """
    everybody = people_of(scenario) if people is None else people
    replay = Replay(scenario, plan, everybody)
    outcome, stays = outcome_of(replay), stays_of(replay)
    value = value_of(everybody, outcome)
    present = occupancy(scenario, everybody, stays)
    loads = loads_of(replay, present)
    return Measures(
        people_total=value.people_total,
        people_safe=value.people_safe,
        danger_hours=value.danger_hours,
        danger_hours_if_nobody_moves=value.danger_hours_if_nobody_moves,
        clear_minute=value.clear_minute,
        safe_curve=safe_curve(everybody, outcome),
        by_priority=by_priority(everybody, outcome),
        by_origin=by_origin(replay, outcome),
        left_behind=left_behind(replay, outcome, stays),
        waits=waits_of(scenario, everybody, stays),
        loads=loads,
        fleets=fleets_of(replay),
        bottlenecks=bottlenecks_of(loads),
        occupancy=present,
        call_forward=call_forward(replay, stays),
        station_ceilings=ceilings_of(replay),
        overstays=overstays_of(scenario, everybody, stays),
        late=late(everybody, outcome),
    )
