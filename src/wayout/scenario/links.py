"""Links: the ways between places, and berths: where vehicles stop."""

from dataclasses import dataclass
from enum import StrEnum

from wayout.scenario.columns import UNLIMITED, column

SELF = "self"
"""Stands in ``open_to`` for people who move by themselves: on foot or in their own cars."""


class Mode(StrEnum):
    """How a link is travelled."""

    FOOT = "foot"
    ROAD = "road"
    RAIL = "rail"
    SEA = "sea"
    AIR = "air"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A way from one place to another, one way for people; vehicles may return over it empty."""

    link: str = column("Identifier.", key=True)
    origin: str = column("Place where it begins.", name="from", refers_to="places.csv")
    destination: str = column("Place where it ends.", name="to", refers_to="places.csv")
    mode: Mode = column("How it is travelled.")
    km: float | None = column(
        "Length; with the vehicle type's block speed it gives the time.",
        unit="km",
        default=None,
        default_text="minutes must be given",
    )
    minutes: int | None = column(
        "Travel time for everybody; wins over km and speed. "
        "Required where people move by themselves.",
        unit="min",
        default=None,
        default_text="km ÷ block speed, rounded up",
    )
    people_per_hour: float = column(
        "Most people who may set out by themselves per hour; counted per slot.",
        unit="people/h",
        default=UNLIMITED,
        default_text="must be given where people move by themselves",
    )
    departures_per_hour: float = column(
        "Most vehicles that may set out per hour, loaded or empty.", unit="1/h", default=UNLIMITED
    )
    open_to: tuple[str, ...] = column(
        "Vehicle types that may use it, and/or `self` (people by themselves), separated by spaces.",
        default=(),
        default_text="foot: self; every other mode: all types of the mode",
    )
    assisted: bool = column(
        "Whether people who move by themselves are helped along: stretchers, wheelchairs and "
        "unaccompanied children can pass.",
        unit="yes/no",
        default=False,
    )
    return_empty: bool = column(
        "Whether vehicles may come back over it empty.", unit="yes/no", default=True
    )
    danger_per_hour: float | None = column(
        "Danger rate of a person on the way (nil after the first haven).",
        unit="1/h",
        default=None,
        default_text="foot, road, rail: 1; sea, air: 0",
    )

    @property
    def danger(self) -> float:
        """The danger rate per hour on the way."""
        if self.danger_per_hour is not None:
            return self.danger_per_hour
        return 0.0 if self.mode in (Mode.SEA, Mode.AIR) else 1.0

    @property
    def self_moving(self) -> bool:
        """Whether people may travel it without a vehicle of ours."""
        return SELF in self.open_to if self.open_to else self.mode is Mode.FOOT


@dataclass(frozen=True, slots=True, kw_only=True)
class Berth:
    """Parking and landing capacity at a place: ramp, pier, platform, bus stand."""

    berth: str = column("Identifier.", key=True)
    place: str = column("Place.", refers_to="places.csv")
    mode: Mode = column("Mode it serves.")
    types: tuple[str, ...] = column(
        "Vehicle types it serves, separated by spaces. "
        "A berth that lists a type wins over one that lists none.",
        default=(),
        default_text="all types of the mode",
        refers_to="vehicles.csv",
    )
    spots: float = column(
        "Most vehicles on the spot at once (working MOG); `unlimited` must be written.",
        unit="vehicles",
    )
    movements_per_hour: float = column(
        "Most arrivals plus departures per hour; counted per slot; `unlimited` must be written.",
        unit="1/h",
    )
    runway_m: float = column("Runway length.", unit="m", default=UNLIMITED)
    depth_m: float = column("Depth of water alongside.", unit="m", default=UNLIMITED)
