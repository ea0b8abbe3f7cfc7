"""Reads a file of ``--disruptions``: every fault at once, with its line and its cure."""

import math
import tomllib
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from wayout.errors import ScenarioError
from wayout.findings import Finding, Severity, Where
from wayout.scenario.model import Scenario
from wayout.simulate.disruptions import FIGURES, RATE_OF, Disruptions

MOST_PER_DAY = 24.0
SYNTAX, UNKNOWN, WRONG = "unreadable-toml", "unknown-figure", "wrong-figure"


def _flat(content: dict[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in content.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{key}.")
        else:
            yield before + key, value


def _finding(rule: str, file: str, name: str | None, message: str, cure: str) -> Finding:
    return Finding(rule, Severity.ERROR, Where(file, None, name), message, cure)


def _known(name: str, hazards: list[str]) -> bool:
    return name in FIGURES or (name.startswith(RATE_OF) and name[len(RATE_OF) :] in hazards)


def _check(file: str, name: str, value: Any, hazards: list[str]) -> Finding | None:
    if not _known(name, hazards):
        names = [*FIGURES, *(RATE_OF + hazard for hazard in hazards)]
        near = get_close_matches(name, names, 1)
        cure = f"Write {near[0]}." if near else "Delete it; the how-to lists every figure."
        return _finding(UNKNOWN, file, name, f"There is no figure '{name}'.", cure)
    most = FIGURES[name].most if name in FIGURES else MOST_PER_DAY
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if number and math.isfinite(value) and 0 <= value <= most:
        return None
    message, cure = f"{name} is {value!r}.", f"Write a number from 0 to {most:g}."
    return _finding(WRONG, file, name, message, cure)


def disruptions_of(text: str, scenario: Scenario, file: str = "disruptions.toml") -> Disruptions:
    """The figures that a TOML text gives.

    Raises
    ------
    ScenarioError
        With every finding, if the text is no TOML or a figure is unknown or out of its range.
    """
    message = f"{file} cannot be used as it stands."
    try:
        content = dict(_flat(tomllib.loads(text)))
    except tomllib.TOMLDecodeError as error:
        cure = "Write sections in [brackets] and name = number below them."
        fault = _finding(SYNTAX, file, None, f"This is not TOML: {error}.", cure)
        raise ScenarioError(message, (fault,)) from error
    hazards = [hazard.hazard for hazard in scenario.hazards]
    checked = [_check(file, name, value, hazards) for name, value in content.items()]
    findings = tuple(finding for finding in checked if finding is not None)
    if findings:
        raise ScenarioError(message, findings)
    return Disruptions({name: float(value) for name, value in content.items()})


def read_disruptions(path: Path, scenario: Scenario) -> Disruptions:
    """The figures of a file; raises OSError if it cannot be read, else as ``disruptions_of``."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        fault = _finding(SYNTAX, path.name, None, "This is not UTF-8.", "Save it as UTF-8.")
        raise ScenarioError(f"{path.name} cannot be used as it stands.", (fault,)) from error
    return disruptions_of(text, scenario, path.name)
