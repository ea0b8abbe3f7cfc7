"""The exact best of a tiny world that was changed, by the oracle's own model."""

from dataclasses import replace

from tests.oracle.cases import world_of
from tests.oracle.exact import Goal, optimum
from tests.oracle.worlds import World

from wayout.scenario.model import Scenario


def changed(world: World, scenario: Scenario) -> World:
    """The world with another scenario on the same grid."""
    return replace(world, scenario=scenario)


def best(world: World) -> tuple[float, float]:
    """People safe at most and danger-hours at least, each as its own best plan has it."""
    people = optimum(world, Goal.PEOPLE_SAFE)
    danger = optimum(world, Goal.DANGER_HOURS)
    assert people.proved
    assert danger.proved
    assert people.value is not None
    assert danger.value is not None
    return float(people.value), float(danger.value)


def tiny(seed: int) -> World:
    """A world of the oracle."""
    return world_of(seed)
