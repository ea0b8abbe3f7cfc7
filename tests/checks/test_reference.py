"""The printed list of rules is the one that the program has."""

from pathlib import Path

import pytest

from wayout.scenario.checks.reference import code_and_meaning, reference_text
from wayout.scenario.model import Scenario

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "rules-of-scenarios.md"


def test_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference_text(), (
        "Run python -m wayout.scenario.checks.reference > docs/reference/rules-of-scenarios.md"
    )


def test_refuses_a_rule_without_a_code() -> None:
    def check_nothing(scenario: Scenario) -> None:
        pass

    with pytest.raises(ValueError, match="does not begin its docstring with its code"):
        code_and_meaning(check_nothing)  # type: ignore[arg-type]
