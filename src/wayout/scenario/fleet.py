"""Vehicle types, and the groups of equal vehicles that an operation has."""

from dataclasses import dataclass

from wayout.scenario.columns import UNLIMITED, column
from wayout.scenario.links import Mode


@dataclass(frozen=True, slots=True, kw_only=True)
class VehicleType:
    """What vehicles of a type can do. Seats have a planning and an emergency figure."""

    type: str = column("Identifier.", key=True)
    mode: Mode = column("Mode it travels.")
    seats: int = column("People it carries as planned.", unit="people")
    name: str = column("Name as printed.", default="", default_text="the identifier")
    seats_emergency: int | None = column(
        "People it carries when the policy allows emergency loading.",
        unit="people",
        default=None,
        default_text="seats",
    )
    km_per_hour: float | None = column(
        "Block speed over a whole leg.",
        unit="km/h",
        default=None,
        default_text="only links with minutes can be used",
    )
    range_km: float = column("Longest leg.", unit="km", default=UNLIMITED)
    load_minutes: int = column("Time to load.", unit="min")
    unload_minutes: int = column("Time to unload.", unit="min")
    turn_minutes: int = column(
        "Further time on the ground at each stop (fuel, checks).", unit="min", default=0
    )
    hours_per_day: float = column(
        "Hours under way per vehicle and day, as the fleet's average (utilisation).",
        unit="h",
        default=24.0,
    )
    runway_m: float = column("Runway it needs.", unit="m", default=0.0)
    draught_m: float = column("Depth of water it needs.", unit="m", default=0.0)
    stretchers: int = column("Stretchers it can carry.", unit="people", default=0)
    wheelchairs: int = column("Wheelchairs it can carry.", unit="people", default=0)
    escorts: int = column(
        "Unaccompanied children it can carry, each with care on board.", unit="people", default=0
    )

    @property
    def ground_minutes(self) -> int:
        """Least time between an arrival and the next departure at any place: unload, turn, load."""
        return self.unload_minutes + self.turn_minutes + self.load_minutes

    @property
    def most_seats(self) -> int:
        """Seats when the policy allows emergency loading."""
        return self.seats if self.seats_emergency is None else self.seats_emergency


@dataclass(frozen=True, slots=True, kw_only=True)
class Fleet:
    """A group of equal vehicles. They stand ready at the base at ``available_from``."""

    fleet: str = column("Identifier.", key=True)
    type: str = column("Vehicle type.", refers_to="vehicles.csv")
    number: int = column("How many.", unit="vehicles")
    base: str = column(
        "Place where they stand at first; parking there is outside the berth's spots.",
        refers_to="places.csv",
    )
    available_from: int = column(
        "First departure.", unit="time", name="from", default=0, default_text="the scenario's start"
    )
    available_until: int | None = column(
        "Last arrival.",
        unit="time",
        name="until",
        default=None,
        default_text="the scenario's deadline",
    )
    owner: str = column("Who lends them.", default="", default_text="unknown")
