"""Rules that a scenario must keep beyond the format of its files, one function each.

A rule yields findings and never stops at the first. An error makes the scenario unfit for
planning; a warning says what is odd or cannot work. That people cannot get out is no error: the
plan says so. ``docs/reference/rules-of-scenarios.md`` lists every code.

There are three groups, so that one slip of the hand is not reported ten times. Rules of single
rows are always asked. Rules of the whole are left out where cells could not be read and hold
stand-ins. Rules of ways are left out as long as there is any error, because one wrong name shuts
many ways.

>>> errors_in(check_scenario(scenario))
()
"""

import itertools
from collections.abc import Callable, Iterator

from wayout.findings import Finding, Severity, Where
from wayout.scenario.checks.exits import EXIT_RULES
from wayout.scenario.checks.figures import FIGURE_RULES
from wayout.scenario.checks.links import LINK_RULES, LINK_WAY_RULES
from wayout.scenario.checks.names import NAME_RULES
from wayout.scenario.checks.numbers import NUMBER_RULES
from wayout.scenario.checks.people import PEOPLE_RULES, PEOPLE_TOGETHER_RULES
from wayout.scenario.checks.places import PLACE_RULES, PLACES_TOGETHER_RULES
from wayout.scenario.checks.slots import SLOT_RULES
from wayout.scenario.checks.times import TIME_RULES
from wayout.scenario.checks.vehicles import VEHICLE_RULES, VEHICLE_WAY_RULES
from wayout.scenario.model import Scenario

MOST_PER_RULE = 1000
"""Findings of one rule that are listed; what is wrong with more rows than that has one cause."""

Rule = Callable[[Scenario], Iterator[Finding]]

ROW_RULES: tuple[Rule, ...] = (
    *NAME_RULES,
    *NUMBER_RULES,
    *TIME_RULES,
    *PLACE_RULES,
    *LINK_RULES,
    *VEHICLE_RULES,
    *PEOPLE_RULES,
    *FIGURE_RULES,
)
WHOLE_RULES: tuple[Rule, ...] = (*PLACES_TOGETHER_RULES, *PEOPLE_TOGETHER_RULES)
WAY_RULES: tuple[Rule, ...] = (*LINK_WAY_RULES, *VEHICLE_WAY_RULES, *EXIT_RULES, *SLOT_RULES)

RULES: tuple[Rule, ...] = (*ROW_RULES, *WHOLE_RULES, *WAY_RULES)
"""Every rule, in the order in which their findings are listed."""


def check_scenario(scenario: Scenario, *, unread: bool = False) -> tuple[Finding, ...]:
    """All findings of all rules, of each at most ``MOST_PER_RULE`` and one that there are more.

    ``unread`` says that some cells could not be read and hold stand-ins. It takes any scenario,
    however broken, and raises nothing.
    """
    findings = _ask(ROW_RULES, scenario)
    if unread:
        return findings
    findings += _ask(WHOLE_RULES, scenario)
    if any(finding.severity is Severity.ERROR for finding in findings):
        return findings
    return findings + _ask(WAY_RULES, scenario)


def _ask(rules: tuple[Rule, ...], scenario: Scenario) -> tuple[Finding, ...]:
    return tuple(itertools.chain.from_iterable(_first(rule(scenario)) for rule in rules))


def _first(findings: Iterator[Finding]) -> Iterator[Finding]:
    """The first findings of a rule, and whether there are more."""
    yield from itertools.islice(findings, MOST_PER_RULE)
    more = next(findings, None)
    if more is not None:
        message = f"More rows break this rule; the first {MOST_PER_RULE:,} are listed."
        cure = "Correct these first."
        yield Finding(more.rule, more.severity, Where(more.where.file), message, cure)
