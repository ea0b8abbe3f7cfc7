"""Rules about numbers: in the range of their column, and small enough to plan with."""

import math
from collections.abc import Callable, Iterator

from wayout.clock import MINUTES_PER_DAY
from wayout.findings import Finding
from wayout.scenario.checks.rows import rows_of
from wayout.scenario.checks.wording import amount, error, setting
from wayout.scenario.model import Scenario
from wayout.scenario.policy import MAJORS, MINORS
from wayout.scenario.tables import TABLES, Column, Kind, columns_of

MOST_PEOPLE = 10_000_000
"""Most people in a scenario."""

MOST_DAYS = 180
"""Most days from the start to the deadline."""

MOST_PLACE_MINUTES = 250_000_000
"""Most places times minutes: the planner keeps the state of every place at every minute."""

SLOTS = (1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60)


def _fits(column: Column, value: float) -> bool:
    if value == math.inf and column.may_be_unlimited:
        return True
    return column.least <= value <= column.most


def check_ranges(scenario: Scenario) -> Iterator[Finding]:
    """S07: every number is one, and in the range of its column."""
    for table in TABLES:
        rows = rows_of(scenario, table)
        for column in columns_of(table):
            if column.kind not in (Kind.NUMBER, Kind.WHOLE):
                continue
            for index, row in enumerate(rows):
                value = getattr(row, column.field)
                if value is None or _fits(column, value):
                    continue
                message = f"{column.name} is {value:g}."
                cure = f"Write a number from {amount(column.least)} to {amount(column.most)}."
                yield error("S07", table.file, index, column.name, message, cure)


def _weights(group: str, weights: dict[str, float], names: tuple[str, ...]) -> Iterator[Finding]:
    key = f"weights.{group}"
    for name in names:
        weight = weights.get(name)
        if weight is None:
            message = f"The {group} priority {name} has no weight."
            yield setting("S08", key, message, f"Write {name} = 1.0 or another weight above 0.")
        elif not (math.isfinite(weight) and weight > 0):
            message = f"The weight of the {group} priority {name} is {weight:g}."
            yield setting("S08", key, message, "Write a number above 0.")
    for name in sorted(weights.keys() - set(names)):
        message = f"There is no {group} priority '{name}'."
        yield setting("S08", key, message, f"Delete it; the priorities are {', '.join(names)}.")


def check_weights(scenario: Scenario) -> Iterator[Finding]:
    """S08: every priority has a weight above 0, and no other name has one."""
    yield from _weights("major", scenario.policy.majors, MAJORS)
    yield from _weights("minor", scenario.policy.minors, MINORS)


def check_seed(scenario: Scenario) -> Iterator[Finding]:
    """S09: the seed is not negative."""
    if scenario.seed < 0:
        message = f"The seed is {scenario.seed}."
        yield setting("S09", "seed", message, "Write a whole number from 0 upwards.")


def check_slot_minutes(scenario: Scenario) -> Iterator[Finding]:
    """S10: slots divide the hour."""
    slot = scenario.policy.slot_minutes
    if slot not in SLOTS:
        message = f"slot_minutes is {slot}, which does not divide the hour."
        yield setting("S10", "slot_minutes", message, f"Write one of {', '.join(map(str, SLOTS))}.")


def check_size(scenario: Scenario) -> Iterator[Finding]:
    """S11: the scenario is not larger than Wayout can plan."""
    people = sum(row.size for row in scenario.parties) + sum(row.people for row in scenario.demand)
    if people > MOST_PEOPLE:
        message = f"There are {amount(people)} people; Wayout plans for {MOST_PEOPLE:,} at most."
        file = "demand.csv" if scenario.demand else "parties.csv"
        yield error("S11", file, None, None, message, "Split the operation into regions.")
    days = scenario.deadline / MINUTES_PER_DAY
    if days > MOST_DAYS:
        message = f"The deadline is {amount(math.ceil(days))} days after the start."
        yield setting("S11", "deadline", message, f"Plan for {MOST_DAYS} days at most.")
    elif len(scenario.places) * scenario.deadline > MOST_PLACE_MINUTES:
        message = f"{len(scenario.places):,} places over {days:.0f} days are too many."
        cure = "Plan fewer days, or join homes that use the same ways."
        yield error("S11", "places.csv", None, None, message, cure)


NUMBER_RULES: tuple[Callable[[Scenario], Iterator[Finding]], ...] = (
    check_ranges,
    check_weights,
    check_seed,
    check_slot_minutes,
    check_size,
)
