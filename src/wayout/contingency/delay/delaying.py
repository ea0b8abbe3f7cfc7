"""A plan that is put into force later: what has not been decided does not move.

Put into force at minute ``D``: no way may be used before ``D``, by anybody, and each fleet is there
``D`` minutes later than written. A fleet's ``from``, counted from the start, is its lead time: how
long it takes from the order until it stands ready. Everything else keeps its date: deadline,
windows, the day on which a fleet leaves again, when people are ready.

A plan that is put into force later could also have been made earlier, so the best outcome never
gets better by waiting.
"""

from dataclasses import replace

from wayout.contingency.painting import repainted
from wayout.contingency.variants import factors_of
from wayout.scenario.model import Scenario
from wayout.scenario.windows import Target


def delayed(scenario: Scenario, minutes: int) -> Scenario:
    """The scenario whose plan is put into force ``minutes`` after its start."""
    if minutes <= 0:
        return scenario
    fleets = tuple(
        replace(fleet, available_from=fleet.available_from + minutes) for fleet in scenario.fleets
    )
    waiting = scenario.replace(fleets=fleets)
    for link in scenario.links:
        factors = factors_of(waiting, Target.LINK, link.link)
        factors[:minutes] = 0.0
        waiting = repainted(waiting, Target.LINK, link.link, factors, "Not decided yet")
    return waiting


def dates_of(scenario: Scenario, number: int) -> tuple[int, ...]:
    """``number`` minutes, evenly from the start to before the deadline, on whole hours if many."""
    last = scenario.deadline
    step = 60 if last >= 60 * number else 1
    dates = {last * index // number // step * step for index in range(number)}
    return tuple(sorted(dates))
