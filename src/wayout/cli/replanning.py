"""The planner that a simulation asks when its policy is to plan again."""

from wayout.contingency.painting import repainted
from wayout.contingency.variants import factors_of
from wayout.optimize.progress import Budget
from wayout.optimize.solve import solve
from wayout.plan.model import Plan
from wayout.scenario.model import Scenario
from wayout.simulate.replanning import Situation

REASON = "closed in the simulation"


def as_known(situation: Situation) -> Scenario:
    """The scenario with what is closed now, as windows from now on."""
    scenario = situation.scenario
    for closed in situation.closures:
        factors = factors_of(scenario, closed.kind, closed.what).copy()
        factors[closed.begins : closed.ends] *= closed.factor
        scenario = repainted(scenario, closed.kind, closed.what, factors, REASON)
    return scenario


def plan_again(situation: Situation) -> Plan:
    """Plan from where everything is, without rounds of improvement: the same every time."""
    return solve(
        as_known(situation),
        budget=Budget(seconds=None, work=0),
        start_from=situation.so_far,
        frozen_until=situation.tick,
    ).plan
