"""Places: where people are, wait, pass through and are safe."""

from dataclasses import dataclass
from enum import StrEnum

from wayout.scenario.columns import UNLIMITED, column


class PlaceKind(StrEnum):
    """What a place is for. A haven ends danger for good; a refuge lessens it until it expires."""

    HOME = "home"
    ASSEMBLY = "assembly"
    GATE = "gate"
    AIRFIELD = "airfield"
    PORT = "port"
    STATION = "station"
    STAGING = "staging"
    HAVEN = "haven"
    REFUGE = "refuge"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place. Its capacities are people present (beds) and people who leave it per hour."""

    place: str = column("Identifier.", key=True)
    kind: PlaceKind = column("What the place is for.")
    name: str = column("Name as printed.", default="", default_text="the identifier")
    lat: float | None = column(
        "Latitude, WGS 84.", unit="degrees", default=None, default_text="not on the map"
    )
    lon: float | None = column(
        "Longitude, WGS 84.", unit="degrees", default=None, default_text="not on the map"
    )
    beds: float = column(
        "Most people present at once, waiting or housed; "
        "`unlimited` is allowed and must be written.",
        unit="people",
        default=UNLIMITED,
        default_text="home and assembly: unlimited; every other kind: must be given",
    )
    processing_per_hour: float = column(
        "Most people who can leave the place per hour, whichever way they go; counted per slot.",
        unit="people/h",
        default=UNLIMITED,
        default_text="gate: must be given; every other kind: unlimited",
    )
    min_stay_hours: float = column(
        "Shortest stay before a party that arrived may go on (processing, rest, vaccination).",
        unit="h",
        default=0.0,
    )
    max_stay_hours: float = column(
        "Longest stay agreed with the host. Longer stays are allowed and reported.",
        unit="h",
        default=UNLIMITED,
    )
    danger_per_hour: float | None = column(
        "Danger rate of a person here; 1 is the danger of an ordinary home in the operation.",
        unit="1/h",
        default=None,
        default_text="haven: 0 (and must be 0); refuge: 0.25; every other kind: 1",
    )
    expires: int | None = column(
        "When a refuge stops protecting.",
        unit="time",
        default=None,
        default_text="refuge: it lasts; other kinds: must be blank",
    )
    danger_after_expiry: float = column(
        "Danger rate in a refuge after it expired.", unit="1/h", default=1.0
    )
    disclosed: bool = column(
        "Whether the place may be named outside the planning cell.", unit="yes/no", default=True
    )

    @property
    def title(self) -> str:
        """The name, or the identifier where none was given."""
        return self.name or self.place

    @property
    def is_haven(self) -> bool:
        """Whether a person who arrives here is safe for good."""
        return self.kind is PlaceKind.HAVEN

    @property
    def danger(self) -> float:
        """The danger rate per hour that holds (before a refuge's expiry)."""
        if self.danger_per_hour is not None:
            return self.danger_per_hour
        return {PlaceKind.HAVEN: 0.0, PlaceKind.REFUGE: 0.25}.get(self.kind, 1.0)
