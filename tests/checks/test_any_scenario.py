"""However broken a scenario is, the rules find faults and never raise."""

import dataclasses
import math
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.checks.worlds import altered, sound

from wayout.findings import Severity
from wayout.scenario.checks import RULES, check_scenario
from wayout.scenario.model import Scenario
from wayout.scenario.tables import TABLES, Column, Kind, columns_of

ODD: dict[Kind, tuple[Any, ...]] = {
    Kind.TEXT: ("", "a b", "1:nan", "nowhere", "self", "III-D"),
    Kind.WHOLE: (-1, 0, 1, 10**18),
    Kind.NUMBER: (-1.0, 0.0, 1e-300, 1e300, math.inf, -math.inf, math.nan),
    Kind.TIME: (-(10**7), -1, 0, 1, 10**7),
    Kind.YES_NO: (True, False),
    Kind.WORDS: ((), ("nowhere",), ("self", "c17"), ("abroad", "gate")),
}


def _odd_values(column: Column) -> st.SearchStrategy[Any]:
    values = tuple(column.choices) if column.choices else ODD[column.kind]
    return st.sampled_from((*values, None) if column.default is None else values)


@st.composite
def broken_scenarios(draw: st.DrawFn) -> Scenario:
    scenario = sound()
    for _ in range(draw(st.integers(1, 6))):
        table = draw(st.sampled_from(TABLES))
        column = draw(st.sampled_from(columns_of(table)))
        position = draw(st.integers(0, len(getattr(scenario, table.field)) - 1))
        value = draw(_odd_values(column))
        scenario = altered(scenario, table.field, position, **{column.field: value})
    ticks = st.sampled_from((-5, 0, 1, 100, 4320))
    slot = draw(st.sampled_from((-1, 0, 7, 60)))
    policy = dataclasses.replace(scenario.policy, slot_minutes=slot)
    return scenario.replace(deadline=draw(ticks), end=draw(ticks), policy=policy)


@given(scenario=broken_scenarios())
@example(scenario=altered(sound(), "places", 1, beds=-math.inf))
@example(scenario=altered(sound(), "links", 1, km=math.inf))
@settings(max_examples=300, deadline=None)
def test_no_rule_raises(scenario: Scenario) -> None:
    for rule in RULES:
        for finding in rule(scenario):
            assert finding.message
            assert finding.cure
            assert finding.severity in Severity
    check_scenario(scenario)


@given(emptied=st.sets(st.sampled_from([table.field for table in TABLES])))
@settings(max_examples=60, deadline=None)
def test_no_rule_raises_without_rows(emptied: set[str]) -> None:
    scenario = sound().replace(**dict.fromkeys(emptied, ()))
    for rule in RULES:
        list(rule(scenario))
