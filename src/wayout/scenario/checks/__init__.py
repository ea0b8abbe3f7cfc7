"""Rules that a scenario must keep beyond the format of its files, one function each.

A rule yields findings and never stops at the first. An error makes the scenario unfit for
planning; a warning says what is odd or cannot work. That people cannot get out is no error: the
plan says so. ``docs/reference/rules-of-scenarios.md`` lists every code.

>>> errors_in(check_scenario(scenario))
()
"""

import itertools
from collections.abc import Callable, Iterator

from wayout.findings import Finding, Where
from wayout.scenario.checks.exits import EXIT_RULES
from wayout.scenario.checks.figures import FIGURE_RULES
from wayout.scenario.checks.links import LINK_RULES
from wayout.scenario.checks.names import NAME_RULES
from wayout.scenario.checks.numbers import NUMBER_RULES
from wayout.scenario.checks.people import PEOPLE_RULES
from wayout.scenario.checks.places import PLACE_RULES
from wayout.scenario.checks.slots import SLOT_RULES
from wayout.scenario.checks.times import TIME_RULES
from wayout.scenario.checks.vehicles import VEHICLE_RULES
from wayout.scenario.model import Scenario

MOST_PER_RULE = 1000
"""Findings of one rule that are listed; what is wrong with more rows than that has one cause."""

Rule = Callable[[Scenario], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    *NAME_RULES,
    *NUMBER_RULES,
    *TIME_RULES,
    *PLACE_RULES,
    *LINK_RULES,
    *VEHICLE_RULES,
    *PEOPLE_RULES,
    *EXIT_RULES,
    *SLOT_RULES,
    *FIGURE_RULES,
)
"""Every rule, in the order in which their findings are listed."""


def check_scenario(scenario: Scenario) -> tuple[Finding, ...]:
    """All findings of all rules, of each at most ``MOST_PER_RULE`` and one that there are more.

    It takes any scenario, however broken, and raises nothing.
    """
    return tuple(itertools.chain.from_iterable(_first(rule(scenario)) for rule in RULES))


def _first(findings: Iterator[Finding]) -> Iterator[Finding]:
    """The first findings of a rule, and whether there are more."""
    yield from itertools.islice(findings, MOST_PER_RULE)
    more = next(findings, None)
    if more is not None:
        message = f"More rows break this rule; the first {MOST_PER_RULE:,} are listed."
        cure = "Correct these first."
        yield Finding(more.rule, more.severity, Where(more.where.file), message, cure)
