"""A judged plan of a scenario, made quickly: one relaxation guides a few dispatches.

It is what a what-if study holds against its ceilings: whatever it brings out can be brought out.
``optimize.solve`` finds better plans in more time.
"""

from wayout.contingency.bounding import bucket_minutes
from wayout.contingency.repairing import judged as filled_in
from wayout.network.model import Network
from wayout.optimize.bound import Proved, prove
from wayout.optimize.dispatch.timetable import movements_of
from wayout.optimize.dispatch.world import world_of
from wayout.optimize.guide import thrifty
from wayout.optimize.relax.build import Aim
from wayout.optimize.search import Search, Trial, step_of, targets_of
from wayout.plan.model import Bound, Plan

FEW = 2
"""Guides of the portfolio that are tried if nobody says how many."""

ORDER = (6, 7, 2, 4, 1, 0, 3, 5)
"""Kinds of the portfolio: first those that lean least on a coarse guide (measured on Kabul)."""


def achieved(network: Network, least: Proved | None = None, tries: int = FEW) -> Plan | None:
    """The best plan of the first ``tries`` guides that the judge accepts, or None.

    ``least`` is the danger relaxation to be guided by, if it is solved already. The plan's bound
    says nothing: it is the study's to prove.
    """
    guide = thrifty(least or prove(network, bucket_minutes(network), Aim.DANGER), None)
    world = world_of(network)
    search = Search(network, world, network.scenario.seed, step_of(network))
    search.sources.append(targets_of(network, guide, search.group, world))
    kinds = search.portfolio(0)
    trials = [search.run(kinds[kind]) for kind in ORDER[:tries]]
    objective = network.scenario.policy.objective
    for trial in sorted(trials, key=lambda trial: trial.worth.key(objective)):
        plan = judged(network, plan_of(network, trial))
        if plan is not None:
            return plan
    return None


def plan_of(network: Network, trial: Trial) -> Plan:
    """A trial as a plan whose figures are still to be judged."""
    scenario = network.scenario
    movements, loads = movements_of(network, trial.timetable)
    return Plan(
        scenario_name=scenario.name,
        scenario_hash="",
        case=scenario.case.value,
        objective=scenario.policy.objective.value,
        seed=scenario.seed,
        movements=movements,
        loads=loads,
        bound=Bound(float(network.people.num_people), 0.0),
        people_total=network.people.num_people,
    )


def judged(network: Network, plan: Plan) -> Plan | None:
    """The plan with the judge's figures for this network's scenario, or None if it is refused."""
    filled, verdict = filled_in(network.scenario, plan, network.people)
    return filled if verdict.accepted else None
