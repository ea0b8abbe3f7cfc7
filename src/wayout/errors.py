"""Everything Wayout raises on purpose, as a tree.

WayoutError
├── ScenarioError      the scenario folder cannot be planned as it stands; carries every finding
├── PlanError          the plan folder cannot be read as it stands; carries every finding
├── SolverError        a solver gave no usable answer
├── LogError           the event log cannot be read or written as it stands
└── RegistryError      the register cannot do what was asked; carries every finding
    ├── AccessError    role, list or passphrase do not allow it, or the register is locked
    ├── SealError      what was sealed does not open: altered, or its key is gone
    └── StoreError     nothing was written; what is true was read again
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


class LogError(WayoutError):
    """The event log cannot be read or written as it stands."""


class RegistryError(WayoutError):
    """The register cannot do what was asked; ``findings`` says where and what to do."""

    def __init__(self, message: str, findings: tuple[object, ...] = ()) -> None:
        super().__init__(message)
        self.findings = findings


class AccessError(RegistryError):
    """Role, list or passphrase do not allow it, or the register is locked."""


class SealError(RegistryError):
    """What was sealed does not open: it was altered or moved, or its key is gone."""


class StoreError(RegistryError):
    """Nothing was written: the store refused, and what is true was read again."""
