"""The plan: what is decided. Movements of vehicles and of people by themselves, and their loads."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Movement:
    """One departure. ``vehicle`` and ``fleet`` are empty for people who move by themselves.

    ``depart`` and ``arrive`` are ticks. ``origin`` and ``destination`` follow the direction of
    travel: a vehicle that returns empty over a link has them swapped against the link.
    ``emergency`` is true when more people are aboard than the type's planning seats.
    """

    movement: str
    vehicle: str
    fleet: str
    link: str
    origin: str
    destination: str
    depart: int
    arrive: int
    people: int
    emergency: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Loads:
    """Which party is on which movement: two index columns of equal length.

    ``movement`` indexes ``Plan.movements``, ``party`` indexes the rows of ``people_of(scenario)``.
    """

    movement: NDArray[np.int64]
    party: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Bound:
    """The certified best possible: no executable plan does better than any of these figures.

    ``certificate`` is what makes the figures checkable without a solver (dual vectors and the
    relaxation they belong to); its layout belongs to ``optimize.certificate``.
    """

    people_safe: float
    danger_hours: float
    clear_minute: int | None = None
    certificate: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BindingLimit:
    """A limit that keeps the best possible from being better, in order of its worth.

    ``kind`` is one of seats, people_per_hour, departures_per_hour, processing, beds, vehicles,
    hours_per_day, spots, movements, time; ``what`` the place, link, berth or fleet. It binds within
    ``[begins, ends)``. ``worth`` is how much the bound would move if the limit were a tenth larger,
    as the relaxation's prices estimate it: people (more of them safe) and danger-hours (fewer).
    """

    kind: str
    what: str
    begins: int
    ends: int
    worth_people: float
    worth_danger_hours: float


@dataclass(frozen=True, slots=True)
class NoWayOut:
    """People whom no timetable can bring to safety, and why: ``reason`` is a sentence."""

    place: str
    priority: str
    people: int
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A timetable with its people, its proof and its origin.

    ``people_safe``, ``danger_hours`` and ``clear_minute`` are what the judge measured;
    ``scenario_hash`` ties the plan to the scenario's bytes in the case it was planned for.
    """

    scenario_name: str
    scenario_hash: str
    case: str
    objective: str
    seed: int
    movements: tuple[Movement, ...]
    loads: Loads
    bound: Bound
    people_total: int = 0
    people_safe: int = 0
    danger_hours: float = 0.0
    danger_hours_if_nobody_moves: float = 0.0
    clear_minute: int | None = None
    stopped_by: str = ""
    limits: tuple[BindingLimit, ...] = ()
    no_way_out: tuple[NoWayOut, ...] = ()

    @property
    def gap_people(self) -> float:
        """(bound − safe) ÷ bound; 0 when the bound is 0."""
        bound = self.bound.people_safe
        return 0.0 if bound <= 0 else max(0.0, (bound - self.people_safe) / bound)

    @property
    def gap_danger(self) -> float:
        """(danger − bound) ÷ (danger if nobody moved − bound); 0 when nothing can be gained."""
        reach = self.danger_hours_if_nobody_moves - self.bound.danger_hours
        return (
            0.0 if reach <= 0 else max(0.0, (self.danger_hours - self.bound.danger_hours) / reach)
        )
