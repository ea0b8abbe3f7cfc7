"""Windows: times when something differs; hazards: what may be lost."""

from dataclasses import dataclass
from enum import StrEnum

from wayout.scenario.columns import column


class Target(StrEnum):
    """What a window or hazard changes.

    ``place``: factor scales processing_per_hour, 0 shuts the place to arrivals and departures.
    ``beds``: factor scales beds. ``link``: factor scales people_per_hour and departures_per_hour,
    0 shuts it (nobody may be on it during the window). ``berth``: factor scales spots and
    movements_per_hour, 0 forbids arrivals and departures (what stands there may stay).
    ``fleet``: factor scales the seats of every departure, 0 forbids departures.
    """

    PLACE = "place"
    BEDS = "beds"
    LINK = "link"
    BERTH = "berth"
    FLEET = "fleet"


class Repeat(StrEnum):
    """Whether a window comes back every 1,440 minutes until the scenario's deadline."""

    NONE = "none"
    DAILY = "daily"


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """From ``begins`` (included) until ``ends`` (not included) the target works at ``factor``."""

    kind: Target = column("What it changes: place, beds, link, berth or fleet.")
    what: str = column("Identifier of the place, link, berth or fleet.")
    begins: int = column(
        "First minute.", unit="time", name="from", default=0, default_text="the scenario's start"
    )
    ends: int | None = column(
        "Minute after the last.",
        unit="time",
        name="until",
        default=None,
        default_text="the scenario's deadline",
    )
    factor: float = column("What the capacity is multiplied by; 0 is shut.")
    repeat: Repeat = column("`daily` repeats it every day.", default=Repeat.NONE)
    reason: str = column(
        "Why (night, ceasefire, troop withdrawal, measles).", default="", default_text="unknown"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Hazard:
    """Something that may be lost; contingency studies read it, a plain plan does not."""

    hazard: str = column("Identifier.", key=True)
    kind: Target = column("What it would change.")
    what: str = column("Identifier of the place, link, berth or fleet.")
    factor: float = column("What the capacity would be multiplied by.", default=0.0)
    begins: int = column(
        "First minute.", unit="time", name="from", default=0, default_text="the scenario's start"
    )
    ends: int | None = column(
        "Minute after the last.",
        unit="time",
        name="until",
        default=None,
        default_text="the scenario's deadline",
    )
    per_day: float | None = column(
        "How often a day it is expected.", unit="1/day", default=None, default_text="unknown"
    )
    source: str = column("Where that is from.", default="", default_text="unknown")
