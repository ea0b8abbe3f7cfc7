"""Reads ``rules.toml``: every fault at once, with its line and its cure."""

import re
import tomllib
from enum import StrEnum
from pathlib import Path
from typing import Any

from wayout.errors import RegistryError
from wayout.findings import Finding, Severity, Where, errors_in
from wayout.registry.eligibility.rules import (
    AGES,
    CHOICES,
    FLAGS,
    WORDS,
    Condition,
    Rule,
    Rules,
    Ties,
)
from wayout.scenario.delimited import read_text
from wayout.scenario.faults import nearest, one_of
from wayout.scenario.policy import MAJORS

FILE = "rules.toml"
_TOP = ("version", "citizens", "employers", "ties", "seed", "major", "minor")
_OTHERWISE = ("major_otherwise", "minor_otherwise")
_CONDITIONS = (*WORDS, *AGES, *FLAGS)
_MOST_RULES = 200
_OLDEST = 150
_DEFAULT = {"major": "V", "minor": "E"}


class Fault(StrEnum):
    """What can be wrong with rules."""

    SYNTAX = "rules-syntax"
    UNKNOWN_KEY = "rules-unknown-key"
    MISSING = "rules-missing"
    WRONG_TYPE = "rules-wrong-type"
    NOT_A_CHOICE = "rules-not-a-choice"
    TWICE = "rules-name-twice"
    EMPTY = "rules-no-condition"
    NEVER = "rules-never-true"
    TOO_MANY = "rules-too-many"


def read_rules(path: Path) -> Rules:
    """Read a rules file.

    Raises
    ------
    RegistryError
        With every finding, if one of them is an error.
    """
    text, findings = read_text(path)
    rules = None
    if text is not None:
        rules, more = parse_rules(text, path.name)
        findings += more
    if rules is None or errors_in(tuple(findings)):
        num = len(errors_in(tuple(findings)))
        message = f"{path} cannot be used as it stands: {num} error{'s' if num != 1 else ''}."
        raise RegistryError(message, tuple(findings))
    return rules


def parse_rules(text: str, file: str = FILE) -> tuple[Rules | None, list[Finding]]:
    """Rules of a text, or None, and all that is wrong with it."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        where = Where(file, int(line.group(1)) if line else text.count("\n") + 1)
        cure = 'Write key = value; texts stand in "quotation marks".'
        message = f"The line is not TOML: {error}."
        return None, [Finding(Fault.SYNTAX, Severity.ERROR, where, message, cure)]
    reader = _Reader(file, text, raw)
    rules = reader.rules()
    return (None if reader.findings else rules), reader.findings


class _Reader:
    """The rules while they are read. ``place`` is the table and number that a fault is in."""

    def __init__(self, file: str, text: str, raw: dict[str, Any]) -> None:
        self.file, self.text, self.raw = file, text, raw
        self.lines = _lines_of_tables(text)
        self.findings: list[Finding] = []

    def report(
        self, rule: Fault, place: tuple[str, int], key: str, message: str, cure: str
    ) -> None:
        found = self.lines.get(place, {})
        where = Where(self.file, found.get(key, found.get("")), key or None)
        self.findings.append(Finding(rule, Severity.ERROR, where, message, cure))

    def rules(self) -> Rules:
        self._refuse_unknown(("", 0), self.raw, (*_TOP, *_OTHERWISE))
        ties = self._choice(("", 0), self.raw, "ties", tuple(Ties), Ties.LOT)
        return Rules(
            version=self._version(),
            citizens=self._words(("", 0), self.raw, "citizens"),
            employers=self._words(("", 0), self.raw, "employers"),
            majors=self._list("major"),
            minors=self._list("minor"),
            other_major=self._otherwise("major"),
            other_minor=self._otherwise("minor"),
            ties=Ties(ties),
            seed=self._whole(("", 0), self.raw, "seed", 2**63 - 1),
            text=self.text,
        )

    def _version(self) -> str:
        value = self.raw.get("version")
        if isinstance(value, str) and value.strip():
            return value.strip()
        message = "The rules have no version." if value is None else "version is no text."
        rule = Fault.MISSING if value is None else Fault.WRONG_TYPE
        cure = 'Add a line such as version = "2026-08-15"; people are told by which one they rank.'
        self.report(rule, ("", 0), "version", message, cure)
        return ""

    def _refuse_unknown(
        self, place: tuple[str, int], given: dict[str, Any], known: tuple[str, ...]
    ) -> None:
        for key in given:
            if key not in known:
                close = nearest(key, list(known))
                cure = f"Did you mean {close}?" if close else f"Use one of {', '.join(known)}."
                self.report(Fault.UNKNOWN_KEY, place, key, f"There is no {key} here.", cure)

    def _list(self, group: str) -> tuple[Rule, ...]:
        given = self.raw.get(group, [])
        if not isinstance(given, list) or not all(isinstance(item, dict) for item in given):
            message = f"{group} is no list of tables."
            self.report(Fault.WRONG_TYPE, ("", 0), group, message, f"Write [[{group}]].")
            return ()
        if len(given) > _MOST_RULES:
            message = f"There are {len(given)} rules for a {group}."
            cure = f"Keep to {_MOST_RULES}: a rule that nobody can read is none."
            self.report(Fault.TOO_MANY, ("", 0), group, message, cure)
            return ()
        rules = tuple(self._rule(group, number, item) for number, item in enumerate(given))
        for number, rule in enumerate(rules):
            if rule.name in [other.name for other in rules[:number]] and rule.name:
                message = f"There is a {group} named '{rule.name}' already."
                cure = "Give each rule a name of its own: it is the reason that people are told."
                self.report(Fault.TWICE, (group, number), "name", message, cure)
        return rules

    def _rule(self, group: str, number: int, item: dict[str, Any]) -> Rule:
        place = (group, number)
        self._refuse_unknown(place, item, ("name", "gives", *_CONDITIONS))
        name = item.get("name")
        if not isinstance(name, str) or not name.strip():
            message = "The rule has no name." if name is None else "name is no text."
            cure = "Name it in plain words: it is the reason that people are told."
            self.report(Fault.MISSING, place, "name", message, cure)
        gives = self._gives(place, item, group)
        conditions = tuple(
            condition
            for key in item
            if key in _CONDITIONS and (condition := self._condition(place, item, key)) is not None
        )
        if not any(key in _CONDITIONS for key in item):
            message = "The rule has no condition and would hold for everybody."
            cure = f"Add one, or write it as [{group}_otherwise]."
            self.report(Fault.EMPTY, place, "", message, cure)
        self._ages(place, item)
        return Rule(str(name).strip(), gives, conditions)

    def _ages(self, place: tuple[str, int], item: dict[str, Any]) -> None:
        low, high = item.get("age_from"), item.get("age_below")
        if isinstance(low, int) and isinstance(high, int) and low >= high:
            message = f"Nobody is at least {low} and younger than {high}."
            self.report(Fault.NEVER, place, "age_from", message, "Correct one of the ages.")

    def _gives(self, place: tuple[str, int], item: dict[str, Any], group: str) -> str:
        if "gives" not in item:
            cure = f"Add gives = and one of {', '.join(CHOICES[group])}."
            self.report(Fault.MISSING, place, "gives", "The rule gives nothing.", cure)
            return ""
        return self._choice(place, item, "gives", CHOICES[group], "")

    def _otherwise(self, group: str) -> str:
        key = f"{group}_otherwise"
        table = self.raw.get(key, {"gives": _DEFAULT[group]})
        if not isinstance(table, dict):
            message = f"{key} is no table."
            self.report(Fault.WRONG_TYPE, ("", 0), key, message, f"Write [{key}].")
            return ""
        self._refuse_unknown((key, 0), table, ("gives",))
        return self._gives((key, 0), table, group)

    def _condition(
        self, place: tuple[str, int], item: dict[str, Any], key: str
    ) -> Condition | None:
        if key in AGES:
            return Condition(key, number=self._whole(place, item, key, _OLDEST))
        if key in FLAGS:
            return Condition(key, wanted=self._flag(place, item, key))
        words = self._words(place, item, key)
        if not words:
            message = f"{key} names nothing, so the rule can never hold."
            self.report(Fault.NEVER, place, key, message, "Name one or more, or delete the line.")
        self._known_words(place, key, words)
        return Condition(key, values=words)

    def _known_words(self, place: tuple[str, int], key: str, words: tuple[str, ...]) -> None:
        known = {"sex": ("f", "m"), "family_of": MAJORS}.get(key)
        for word in words if known else ():
            if word not in (known or ()):
                cure = one_of(word, list(known or ()))
                self.report(Fault.NOT_A_CHOICE, place, key, f"There is no {key} '{word}'.", cure)

    def _words(self, place: tuple[str, int], given: dict[str, Any], key: str) -> tuple[str, ...]:
        value = given.get(key, [])
        value = [value] if isinstance(value, str) else value
        if isinstance(value, list) and all(isinstance(word, str) for word in value):
            return tuple(word.strip() for word in value if word.strip())
        cure = f'Write {key} = ["…", "…"].'
        self.report(Fault.WRONG_TYPE, place, key, f"{key} is no list of texts.", cure)
        return ("?",)

    def _flag(self, place: tuple[str, int], given: dict[str, Any], key: str) -> bool:
        value = given[key]
        if isinstance(value, bool):
            return value
        message = f"{key} is neither true nor false."
        self.report(Fault.WRONG_TYPE, place, key, message, "Write true or false.")
        return True

    def _whole(self, place: tuple[str, int], given: dict[str, Any], key: str, most: int) -> int:
        value = given.get(key, 0)
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most:
            return value
        cure = f"Write a whole number from 0 to {most}."
        self.report(Fault.WRONG_TYPE, place, key, f"{key} cannot be '{value}'.", cure)
        return 0

    def _choice(
        self,
        place: tuple[str, int],
        given: dict[str, Any],
        key: str,
        known: tuple[str, ...],
        default: str,
    ) -> str:
        value = given.get(key, default)
        if isinstance(value, str) and value in known:
            return value
        cure = one_of(str(value), list(known))
        message = f"{key} is '{value}', which it cannot be."
        self.report(Fault.NOT_A_CHOICE, place, key, message, cure)
        return known[0]


def _lines_of_tables(text: str) -> dict[tuple[str, int], dict[str, int]]:
    """Line of each key by table and its number; the table's own line under the empty key."""
    found: dict[tuple[str, int], dict[str, int]] = {("", 0): {"": 1}}
    place, seen = ("", 0), {"major": 0, "minor": 0}
    for number, line in enumerate(text.split("\n"), start=1):
        if heading := re.match(r"\s*\[+\s*([\w.]+)\s*\]+", line):
            name = heading.group(1)
            place = (name, seen.get(name, 0))
            if name in seen:
                seen[name] += 1
            found.setdefault(place, {"": number})
            found[("", 0)].setdefault(name, number)
        elif key := re.match(r"\s*([\w-]+)\s*=", line):
            found.setdefault(place, {"": number}).setdefault(key.group(1), number)
    return found
