"""What can be wrong with the files of a plan folder, before any rule of execution is asked."""

from enum import StrEnum

from wayout.errors import PlanError
from wayout.findings import Finding, Severity, Where


class Fault(StrEnum):
    """A code of reading a plan; ``MEANINGS`` says what each stands for."""

    MISSING = "D01"
    UNREADABLE = "D02"
    KEY = "D03"
    COLUMN = "D04"
    CELL = "D05"
    NAME = "D06"
    DISAGREE = "D07"
    SCENARIO = "D08"
    DERIVED = "D09"


MEANINGS: dict[Fault, str] = {
    Fault.MISSING: "A file that a plan must have is not there.",
    Fault.UNREADABLE: "A file is not what its name says, or is damaged.",
    Fault.KEY: "A value of `plan.json` is missing, unknown or of the wrong type.",
    Fault.COLUMN: "A table lacks a column, or has one that is not known.",
    Fault.CELL: "A cell holds neither a time, a whole number, nor yes or no where it should.",
    Fault.NAME: "A load names a movement or a party that is not there.",
    Fault.DISAGREE: "Two files that say the same thing differ.",
    Fault.SCENARIO: "The plan's copy of the scenario cannot be used.",
    Fault.DERIVED: "A figure that follows from others does not.",
}

MOST_FAULTS = 50
"""Findings of one kind that are kept; the rest would not help anybody."""


def fault(kind: Fault, where: Where, message: str, cure: str) -> Finding:
    """A finding about a file of the plan."""
    return Finding(kind.value, Severity.ERROR, where, message, cure)


def refusal(folder_name: str, findings: list[Finding]) -> PlanError:
    """The error that carries the findings."""
    shown = tuple(findings[:MOST_FAULTS])
    num = len(findings)
    message = f"The plan {folder_name} cannot be read: {num} fault{'s' if num > 1 else ''}."
    return PlanError(message, shown)
