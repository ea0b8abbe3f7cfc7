"""The scenario: everything that is given, frozen.

A scenario is complete and never changed; a variant comes from ``replace``.
"""

import dataclasses
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wayout.scenario.figures import Case, Figure, Reference
from wayout.scenario.fleet import Fleet, VehicleType
from wayout.scenario.links import Berth, Link
from wayout.scenario.parties import Demand, Party
from wayout.scenario.places import Place
from wayout.scenario.policy import Policy
from wayout.scenario.windows import Hazard, Window


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is given. All times are ticks: minutes from ``start`` (which carries an offset).

    People count as safe when they are in a haven at ``deadline``; danger is summed from 0 to
    ``end``. ``case`` says which value of the figures the numbers hold.
    """

    name: str
    title: str
    start: datetime
    deadline: int
    end: int
    places: tuple[Place, ...]
    links: tuple[Link, ...]
    seed: int = 0
    description: str = ""
    policy: Policy = dataclasses.field(default_factory=Policy)
    berths: tuple[Berth, ...] = ()
    vehicles: tuple[VehicleType, ...] = ()
    fleets: tuple[Fleet, ...] = ()
    parties: tuple[Party, ...] = ()
    demand: tuple[Demand, ...] = ()
    windows: tuple[Window, ...] = ()
    hazards: tuple[Hazard, ...] = ()
    figures: tuple[Figure, ...] = ()
    sources: tuple[str, ...] = ()
    case: Case = Case.LIKELY
    references: tuple[Reference, ...] = ()

    def replace(self, **changes: Any) -> "Scenario":
        """A scenario that differs in the named fields."""
        return dataclasses.replace(self, **changes)

    def seats(self, vehicle: VehicleType) -> int:
        """Seats that the policy allows on a vehicle of this type, before any fleet window."""
        return vehicle.most_seats if self.policy.emergency_seats else vehicle.seats
