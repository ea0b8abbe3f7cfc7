"""The planner of a simulation that plans again: a few dispatches from where everything is.

The relaxation is solved once for an operation; what is closed since changes what a dispatch may do,
not what guides it. So a plan costs a fraction of a second, and the same situation gives the same.
"""

from dataclasses import dataclass, field, replace

import numpy as np

from wayout.contingency.achieving import quick_step
from wayout.contingency.bounding import bucket_minutes
from wayout.contingency.judging import idle_plan
from wayout.contingency.painting import repainted
from wayout.contingency.variants import factors_of
from wayout.network.model import Network, build
from wayout.network.timeline import Int
from wayout.optimize.bound import Proved
from wayout.optimize.dispatch.tables import Tables
from wayout.optimize.dispatch.timetable import movements_of, timetable_of_plan
from wayout.optimize.dispatch.world import with_others_able, world_of
from wayout.optimize.guide import guiding
from wayout.optimize.linear import solve_linear
from wayout.optimize.portfolio import Kind
from wayout.optimize.relax.build import Aim, relax
from wayout.optimize.search import Search, Targets, targets_of
from wayout.plan.model import Plan
from wayout.scenario.model import Scenario
from wayout.scenario.people import People, people_of
from wayout.simulate.situation import Closed, Situation

REASON = "closed in the simulation"

KINDS = (Kind.UNLED, Kind.GREEDY)
"""Guides of the portfolio that are tried each time."""


def as_known(scenario: Scenario, closures: tuple[Closed, ...]) -> Scenario:
    """The scenario with what is closed now, as windows from now on."""
    for closed in closures:
        factors = factors_of(scenario, closed.kind, closed.what).copy()
        factors[closed.begins : closed.ends] *= closed.factor
        scenario = repainted(scenario, closed.kind, closed.what, factors, REASON)
    return scenario


@dataclass(slots=True, eq=False)
class Redispatcher:
    """Plans one operation again and again."""

    scenario: Scenario
    people: People = field(init=False)
    _search: Search = field(init=False)

    def __post_init__(self) -> None:
        """Solve the relaxation that guides every dispatch."""
        self.people = people_of(self.scenario)
        network = build(self.scenario, self.people)
        self._search = _searching(network, world_of(network))
        known = relax(network, bucket_minutes(network), Aim.DANGER)
        guide = Proved(known, solve_linear(guiding(known)), 0.0)
        targets = targets_of(network, guide, self._search.group, self._search.world)
        self._search.sources.append(targets)

    def plan(self, situation: Situation) -> Plan:
        """A plan that keeps what has departed, the better of a few by the objective."""
        search = self._searching_now(situation)
        network = search.network
        search.decided = timetable_of_plan(network, situation.so_far)
        search.begins, search.not_before = situation.tick, _not_before(network, situation)
        attempts = [search.of_kind(0, kind) for kind in KINDS]
        objective = self.scenario.policy.objective
        best = min(map(search.run, attempts), key=lambda trial: trial.worth.key(objective))
        movements, loads = movements_of(network, best.timetable)
        return replace(
            idle_plan(self.scenario, self.people),
            scenario_hash=situation.so_far.scenario_hash,
            movements=movements,
            loads=loads,
        )

    def _searching_now(self, situation: Situation) -> Search:
        """The search of what is open and of who comes, by all that is known now."""
        base, closed = self._search, situation.closures
        network = build(as_known(self.scenario, closed), self.people) if closed else base.network
        network = replace(network, able=network.able & ~situation.stayed_away)
        world = world_of(network) if closed else with_others_able(base.world, network)
        search = _searching(network, world)
        search.sources.append(_moved_to(search, base.network, base.sources[0]))
        return search


def _searching(network: Network, world: Tables) -> Search:
    return Search(network, world, network.scenario.seed, quick_step(network))


def _moved_to(search: Search, base: Network, targets: Targets) -> Targets:
    """The guide for another network of the same scenario: ways that it lacks are left out."""
    rows = {(leg.link, leg.fleet, leg.forward): i for i, leg in enumerate(base.legs)}
    row = np.array([rows[leg.link, leg.fleet, leg.forward] for leg in search.network.legs])
    row = row.astype(np.int64)
    target = targets.target[row]
    together = np.zeros((int(search.group.max(initial=0)) + 1, target.shape[1]))
    np.add.at(together, search.group, target)
    return replace(
        targets,
        target=target,
        group_target=together,
        penalty=targets.penalty[row],
        share=targets.share[row],
        world=search.world,
    )


def _not_before(network: Network, situation: Situation) -> Int:
    """The tick from which each vehicle may leave."""
    scenario = network.scenario
    names = [f"{f.fleet}-{n + 1}" for f in scenario.fleets for n in range(f.number)]
    ready = situation.ready_at
    return np.array([ready.get(name, situation.tick) for name in names], dtype=np.int64)


_OPEN: dict[str, Redispatcher] = {}


def plan_again(situation: Situation) -> Plan:
    """Plan from where everything is; a process keeps what it knows of the last operation."""
    if situation.operation not in _OPEN:
        _OPEN.clear()
        _OPEN[situation.operation] = Redispatcher(situation.scenario)
    return _OPEN[situation.operation].plan(situation)
