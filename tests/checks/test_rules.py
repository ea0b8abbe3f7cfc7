"""Every rule on both sides of its line: what it refuses, and the nearest it lets pass."""

import inspect
import re

import pytest
from tests.checks.allowed import ALLOWED
from tests.checks.refused import REFUSED
from tests.checks.worlds import (
    change,
    sound,
)

from wayout.findings import Severity, Where
from wayout.scenario.checks import MOST_PER_RULE, RULES, check_scenario
from wayout.scenario.model import Scenario
from wayout.scenario.parties import Demand, Party
from wayout.scenario.places import PlaceKind


def _short(where: Where) -> str:
    """A place as the cases write it: ``places.csv 3 beds``."""
    return " ".join(str(part) for part in (where.file, where.row, where.column) if part)


def _named(cases: list[tuple[str, Severity, Scenario, list[str]]]) -> list[str]:
    return [f"{case[0]}-{number}" for number, case in enumerate(cases)]


@pytest.mark.parametrize(("rule", "severity", "scenario", "where"), REFUSED, ids=_named(REFUSED))
def test_refuses(rule: str, severity: Severity, scenario: Scenario, where: list[str]) -> None:
    found = [finding for finding in check_scenario(scenario) if finding.rule == rule]
    assert sorted(_short(finding.where) for finding in found) == where
    assert {finding.severity for finding in found} == {severity}


@pytest.mark.parametrize(("rule", "scenario"), ALLOWED, ids=[case[0] for case in ALLOWED])
def test_allows(rule: str, scenario: Scenario) -> None:
    assert [str(found) for found in check_scenario(scenario) if found.rule == rule] == []


def test_sound_scenario_has_no_finding() -> None:
    assert check_scenario(sound()) == ()


def _code(rule: object) -> str:
    found = re.match(r"S\d\d", inspect.getdoc(rule) or "")
    assert found is not None, rule
    return found.group()


def test_every_rule_has_a_code_of_its_own_and_is_tested_on_both_sides() -> None:
    codes = [_code(rule) for rule in RULES]
    assert len(set(codes)) == len(codes)
    assert set(codes) == {case[0] for case in REFUSED} == {case[0] for case in ALLOWED}


def test_one_error_does_not_bring_the_ways_that_it_shuts() -> None:
    dangling = change("links", 3, origin="airfeild")
    assert [finding.rule for finding in check_scenario(dangling)] == ["S03"]


def test_stand_ins_for_unread_cells_are_not_judged_as_a_whole() -> None:
    without_haven = change("places", 5, kind=PlaceKind.HOME)
    rules = {finding.rule for finding in check_scenario(without_haven)}
    assert {"S21", "S67"} <= rules
    assert check_scenario(without_haven, unread=True) == ()


def test_texts_are_sentences() -> None:
    for _, _, scenario, _ in REFUSED:
        for finding in check_scenario(scenario):
            assert finding.message.endswith("."), str(finding)
            assert finding.cure.endswith((".", "?")), str(finding)


def test_lists_no_more_than_the_first_findings_of_a_rule() -> None:
    parties = tuple(
        Party(party=f"q{number}", size=1, place="nowhere") for number in range(MOST_PER_RULE + 5)
    )
    found = [f for f in check_scenario(sound().replace(parties=parties)) if f.rule == "S03"]
    assert len(found) == MOST_PER_RULE + 1
    assert found[-1].where.row is None
    assert found[-1].message == "More rows break this rule; the first 1,000 are listed."


def test_takes_many_rows() -> None:
    """Work grows with the rows, not with their square: 100,000 unknown names end at once."""
    demand = (Demand(demand="d", place="town", people=10),)
    parties = tuple(
        Party(party=f"q{number}", size=1, place=f"home-{number}") for number in range(100_000)
    )
    found = check_scenario(sound().replace(parties=parties, demand=demand))
    assert len([finding for finding in found if finding.rule == "S03"]) == MOST_PER_RULE + 1
