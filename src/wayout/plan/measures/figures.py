"""The figures of a plan, as `measure` works them out: what it achieves and where it is tight.

Times are ticks, hours are hours. Nothing here is rounded or worded; that is the report's work.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Int = NDArray[np.int64]
Real = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class SafeCurve:
    """People safe as a step function: from ``ticks[i]`` on, ``people[i]`` people are safe.

    The first point is ``(0, 0)``; ticks increase strictly.
    """

    ticks: Int
    people: Int


@dataclass(frozen=True, slots=True)
class PriorityOutcome:
    """What a priority gets. Hours to safety are counted from the start, over those who are safe."""

    priority: str
    people: int
    safe: int
    danger_hours: float
    mean_hours_to_safety: float | None
    last_minute: int | None


@dataclass(frozen=True, slots=True)
class OriginOutcome:
    """What the people of a first place get; ``left_behind`` are those not safe in time."""

    place: str
    people: int
    safe: int
    left_behind: int


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """People not safe in time, by priority and by the place where they are at the deadline."""

    place: str
    priority: str
    people: int
    parties: int


@dataclass(frozen=True, slots=True)
class Wait:
    """Hours between arrival and departure at a place, over people who came and went on.

    At a first place the wait runs from ``ready_from`` to the departure.
    """

    place: str
    kind: str
    people: int
    mean_hours: float
    hours_95: float


@dataclass(frozen=True, slots=True, eq=False)
class Load:
    """Use of one finite capacity over time against its limit.

    ``kind`` is beds, processing, people_per_hour, departures_per_hour, spots, movements or
    hours_per_day; ``what`` the place, link, berth or fleet. The interval ``i`` begins at
    ``ticks[i]`` and lasts until the next one begins (the last until ``ends``). What is counted per
    slot or day is that slot's or day's sum; beds and spots are the peak within the hour, against
    the least limit of that hour. ``hours_per_day`` is in hours.
    """

    kind: str
    what: str
    ticks: Int
    used: Real
    limit: Real
    ends: int


@dataclass(frozen=True, slots=True)
class FleetUse:
    """What a fleet does: seats on its loaded departures, hours under way, vehicles that moved."""

    fleet: str
    vehicles: int
    vehicles_used: int
    departures: int
    seats_offered: int
    seats_used: int
    hours_used: float
    hours_available: float


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """A capacity that is used to at least 95 % of its limit for some of the time it was open.

    ``share`` is that part of its open time; ``first`` and ``last`` are the beginnings of the first
    and last such interval; ``utilisation`` is the mean of used ÷ limit over its open time.
    """

    kind: str
    what: str
    share: float
    first: int
    last: int
    utilisation: float


@dataclass(frozen=True, slots=True, eq=False)
class Occupancy:
    """People present at a place: ``people[i]`` from ``ticks[i]`` until the next tick listed."""

    place: str
    ticks: Int
    people: Int


@dataclass(frozen=True, slots=True)
class CallForward:
    """People and parties that leave their first place on a day (0 is the first 1,440 minutes)."""

    place: str
    day: int
    people: int
    parties: int


@dataclass(frozen=True, slots=True)
class StationCeiling:
    """What an airfield could pass in a day, beside the plan's own best day.

    ``people_per_day`` is spots × payload × open hours ÷ ground hours × 0.85 (AFPAM 10-1403,
    formula 9.0), with the mean payload and ground time of the plan's departures with people
    there. ``best_day_people`` left by air on ``best_day``.
    """

    place: str
    spots: float
    payload: float
    open_hours: float
    ground_hours: float
    people_per_day: float
    best_day: int
    best_day_people: int


@dataclass(frozen=True, slots=True)
class Overstay:
    """Stays beyond ``max_stay_hours`` of a place: who, and the people-hours beyond it."""

    place: str
    people: int
    parties: int
    people_hours: float


@dataclass(frozen=True, slots=True)
class Late:
    """Parties that asked to be safe by a time and are later, or never safe.

    ``mean_hours_late`` is over the people who become safe after the time they asked for.
    """

    priority: str
    people: int
    parties: int
    never: int
    mean_hours_late: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Measures:
    """Every figure of a plan. The first five agree with the judge's verdict.

    ``loads`` has every finite capacity that the plan could use, ``bottlenecks`` the tightest first.
    """

    people_total: int
    people_safe: int
    danger_hours: float
    danger_hours_if_nobody_moves: float
    clear_minute: int | None
    safe_curve: SafeCurve
    by_priority: tuple[PriorityOutcome, ...]
    by_origin: tuple[OriginOutcome, ...]
    left_behind: tuple[LeftBehind, ...]
    waits: tuple[Wait, ...]
    loads: tuple[Load, ...]
    fleets: tuple[FleetUse, ...]
    bottlenecks: tuple[Bottleneck, ...]
    occupancy: tuple[Occupancy, ...]
    call_forward: tuple[CallForward, ...]
    station_ceilings: tuple[StationCeiling, ...]
    overstays: tuple[Overstay, ...]
    late: tuple[Late, ...]

    @property
    def vehicles_used(self) -> int:
        """Vehicles that make at least one movement."""
        return sum(fleet.vehicles_used for fleet in self.fleets)
