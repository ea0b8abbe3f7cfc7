from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayout.errors import RegistryError
from wayout.registry.eligibility.reading import parse_rules, read_rules
from wayout.registry.eligibility.rules import DEFAULT_TEXT, Ties


def faults(text: str) -> set[tuple[str, int | None, str | None]]:
    rules, findings = parse_rules(text)
    assert rules is None
    assert all(finding.cure and finding.message for finding in findings)
    return {(f.rule, f.where.row, f.where.column) for f in findings}


def test_default_rules_are_read() -> None:
    rules, findings = parse_rules(DEFAULT_TEXT)
    assert findings == []
    assert rules is not None
    assert [rule.gives for rule in rules.majors] == ["I", "II", "III", "IV", "IV"]
    assert [rule.gives for rule in rules.minors] == ["A", "B", "C", "C", "D"]
    assert (rules.other_major, rules.other_minor, rules.ties) == ("V", "E", Ties.LOT)


def test_every_fault_at_once() -> None:
    text = """\
ties = "luck"
sede = 4

[[major]]
name = "citizen"
gives = "VI"
citizen = "yes"

[[major]]
name = "citizen"
gives = "II"

[[minor]]
gives = "A"
age_from = 65
age_below = 18
nationallity = ["AFG"]
need = []

[minor_otherwise]
give = "E"
"""
    assert faults(text) == {
        ("rules-missing", 1, "version"),
        ("rules-not-a-choice", 1, "ties"),
        ("rules-unknown-key", 2, "sede"),
        ("rules-not-a-choice", 6, "gives"),
        ("rules-wrong-type", 7, "citizen"),
        ("rules-no-condition", 9, None),
        ("rules-name-twice", 10, "name"),
        ("rules-missing", 13, "name"),
        ("rules-never-true", 15, "age_from"),
        ("rules-unknown-key", 17, "nationallity"),
        ("rules-never-true", 18, "need"),
        ("rules-unknown-key", 21, "give"),
        ("rules-missing", 20, "gives"),
    }


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text('version = "1"\n[[major]\n', encoding="utf-8")
    with pytest.raises(RegistryError, match="1 error") as caught:
        read_rules(path)
    assert "row 2" in str(caught.value.findings[0])


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(DEFAULT_TEXT, encoding="utf-8")
    assert read_rules(path).text == DEFAULT_TEXT


@given(st.text(max_size=200))
def test_any_text_gives_rules_or_findings(text: str) -> None:
    rules, findings = parse_rules(text)
    assert (rules is None) == bool(findings)


@given(
    st.dictionaries(
        st.sampled_from(["version", "citizens", "ties", "seed", "major", "minor", "x"]),
        st.sampled_from(['"a"', "1", "true", "[]", '["GBR"]', "[1]", "{a = 1}", '[{gives = "I"}]']),
    )
)
def test_any_kind_of_value_gives_rules_or_findings(given_values: dict[str, str]) -> None:
    text = "".join(f"{key} = {value}\n" for key, value in given_values.items())
    rules, findings = parse_rules(text)
    assert (rules is None) == bool(findings)
