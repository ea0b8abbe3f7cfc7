"""Everything Wayout raises on purpose, as a tree.

WayoutError
├── ScenarioError      the scenario folder cannot be planned as it stands; carries every finding
├── PlanError          the plan folder cannot be read as it stands; carries every finding
└── SolverError        a solver gave no usable answer
"""


class WayoutError(Exception):
    """Base of every error that Wayout raises on purpose; its text is meant for the user."""


class ScenarioError(WayoutError):
    """The scenario cannot be used as it stands; ``findings`` says where and what to do."""

    def __init__(self, message: str, findings: tuple[object, ...] = ()) -> None:
        super().__init__(message)
        self.findings = findings


class PlanError(WayoutError):
    """The plan folder cannot be read as it stands; ``findings`` says where and what to do."""

    def __init__(self, message: str, findings: tuple[object, ...] = ()) -> None:
        super().__init__(message)
        self.findings = findings


class SolverError(WayoutError):
    """A solver ended without an answer that can be used."""
