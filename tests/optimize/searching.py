"""A search with one guide and its prices, as planning has it after its first bound."""

from wayout.network.model import build
from wayout.optimize.bound import prove
from wayout.optimize.dispatch.world import world_of
from wayout.optimize.duties.prices import prices_of
from wayout.optimize.relax.build import Aim
from wayout.optimize.search import Search, step_of, targets_of
from wayout.scenario.model import Scenario
from wayout.scenario.people import people_of


def searching(scenario: Scenario, length: int | None = None) -> Search:
    """Guided by buckets of ``length`` minutes, a slot if None."""
    network = build(scenario, people_of(scenario))
    world = world_of(network)
    search = Search(network, world, scenario.seed, step_of(network))
    least = prove(network, network.timeline.slot if length is None else length, Aim.DANGER)
    search.sources.append(targets_of(network, least, search.group, world))
    search.prices = prices_of(network, least)
    return search
