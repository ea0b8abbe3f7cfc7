"""A plan for a changed scenario, made quickly and accepted by the judge."""

from wayout.optimize.progress import Budget
from wayout.optimize.solve import solve
from wayout.plan.model import Plan
from wayout.scenario.model import Scenario


def repaired(scenario: Scenario, base: Plan, rounds: int = 0) -> Plan:
    """A judged plan of ``scenario``, a variant of the one that ``base`` was made for."""
    return solve(scenario, budget=Budget(work=rounds), seed=base.seed).plan
