"""An ask: something more that others could give, as a change of the scenario.

Each ask only adds: a plan of the scenario is a plan of what follows from an ask. The one exception
is a later deadline, where windows that hold until the deadline hold for longer.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

import numpy as np

from wayout.contingency.painting import repainted
from wayout.contingency.variants import factors_of
from wayout.scenario.fleet import Fleet
from wayout.scenario.model import Scenario
from wayout.scenario.windows import Target


class AskKind(StrEnum):
    """What sort of thing is asked for."""

    VEHICLE = "vehicle"
    CHARTER = "charter"
    SOONER = "sooner"
    GATE_HOUR = "gate_hour"
    STAFF = "staff"
    SPOT = "spot"
    BEDS = "beds"
    AGREED = "agreed_sooner"
    OPENING = "opening"
    TIME = "time"


class Part(Protocol):
    """One thing that an ask changes."""

    def apply(self, scenario: Scenario) -> Scenario:
        """The scenario in which it was granted."""


_KEYS = {"places": "place", "berths": "berth", "fleets": "fleet"}


@dataclass(frozen=True, slots=True)
class More:
    """A number of a row is larger: vehicles, spots, beds, people an hour."""

    table: str
    row: str
    field: str
    by: float

    def apply(self, scenario: Scenario) -> Scenario:
        """Add to the row's number."""
        key = _KEYS[self.table]
        rows = tuple(
            replace(row, **{self.field: self._more(getattr(row, self.field))})
            if getattr(row, key) == self.row
            else row
            for row in getattr(scenario, self.table)
        )
        return scenario.replace(**{self.table: rows})

    def _more(self, value: float) -> float:
        more = value + self.by
        return int(more) if isinstance(value, int) else more


@dataclass(frozen=True, slots=True)
class Lent:
    """A fleet that was not there; asked for again, it is larger."""

    fleet: Fleet

    def apply(self, scenario: Scenario) -> Scenario:
        """Add the fleet, or its vehicles to the one of its name."""
        name = self.fleet.fleet
        if any(fleet.fleet == name for fleet in scenario.fleets):
            return More("fleets", name, "number", self.fleet.number).apply(scenario)
        return scenario.replace(fleets=(*scenario.fleets, self.fleet))


@dataclass(frozen=True, slots=True)
class Sooner:
    """A fleet is there some minutes sooner, not before the start."""

    fleet: str
    minutes: int

    def apply(self, scenario: Scenario) -> Scenario:
        """Move the fleet's first departure."""
        fleets = tuple(
            replace(fleet, available_from=max(0, fleet.available_from - self.minutes))
            if fleet.fleet == self.fleet
            else fleet
            for fleet in scenario.fleets
        )
        return scenario.replace(fleets=fleets)


@dataclass(frozen=True, slots=True)
class Opened:
    """A target works at no less than ``factor`` in the given spans of ticks."""

    target: Target
    what: str
    spans: tuple[tuple[int, int], ...]
    factor: float = 1.0

    def apply(self, scenario: Scenario) -> Scenario:
        """Lift the target's windows."""
        factors = factors_of(scenario, self.target, self.what)
        for begins, ends in self.spans:
            factors[begins:ends] = np.maximum(factors[begins:ends], self.factor)
        return repainted(scenario, self.target, self.what, factors, "Asked for")


@dataclass(frozen=True, slots=True)
class Later:
    """The deadline is some minutes later; what holds until the deadline holds until the new one."""

    minutes: int

    def apply(self, scenario: Scenario) -> Scenario:
        """Move the deadline, and the end of the accounting only where it must not be before it."""
        deadline = scenario.deadline + self.minutes
        return scenario.replace(deadline=deadline, end=max(scenario.end, deadline))


@dataclass(frozen=True, slots=True)
class Ask:
    """Something to ask for: how much of what, of whom, and what changes when it is granted.

    Asked for twice, it is granted twice, where that means anything: see ``again``.
    """

    kind: AskKind
    what: str
    words: str
    amount: str
    owner: str
    parts: tuple[Part, ...]

    @property
    def name(self) -> str:
        """Kind and identifier, which is one of a kind: ``vehicle:us-c130``."""
        return f"{self.kind}:{self.what}"

    @property
    def from_minute(self) -> int:
        """The minute from which it holds: what is asked for may change the plan from the start."""
        return 0

    @property
    def only_adds(self) -> bool:
        """Whether every plan without it is a plan with it."""
        return self.kind is not AskKind.TIME

    @property
    def again(self) -> bool:
        """Whether more of it can be asked for after it was granted."""
        return self.kind not in (AskKind.OPENING, AskKind.GATE_HOUR, AskKind.AGREED)

    def apply(self, scenario: Scenario) -> Scenario:
        """The scenario in which it was granted."""
        for part in self.parts:
            scenario = part.apply(scenario)
        return scenario


def granted(scenario: Scenario, asks: tuple[Ask, ...]) -> Scenario:
    """The scenario in which several asks were granted; a later deadline comes first.

    What opens a place at certain minutes rewrites its windows, which a later deadline has to find
    as they were written.
    """
    for ask in sorted(asks, key=lambda ask: ask.kind is not AskKind.TIME):
        scenario = ask.apply(scenario)
    return scenario
