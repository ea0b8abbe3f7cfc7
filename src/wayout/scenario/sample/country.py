"""The lie of the land of a sample: which places there are, and where."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from wayout.scenario.places import Place, PlaceKind

MIDDLE = (30.0, -40.0)
"""Latitude and longitude of the made-up country: open ocean."""

KM_PER_DEGREE = 111.2
GATEWAY_KINDS = (PlaceKind.AIRFIELD, PlaceKind.PORT, PlaceKind.STATION)
FARTHEST_KM = 3200.0


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with its position in km east and north of the middle, and its region."""

    place: str
    kind: PlaceKind
    name: str
    east: float
    north: float
    region: int
    danger: float | None = None

    def km_to(self, other: "Spot") -> float:
        """Distance in a straight line."""
        return math.hypot(self.east - other.east, self.north - other.north)

    def as_place(self, beds: float, processing_per_hour: float) -> Place:
        """The place with its capacities."""
        lat = MIDDLE[0] + self.north / KM_PER_DEGREE
        lon = MIDDLE[1] + self.east / (KM_PER_DEGREE * math.cos(math.radians(MIDDLE[0])))
        return Place(
            place=self.place,
            kind=self.kind,
            name=self.name,
            lat=round(lat, 4),
            lon=round(lon, 4),
            beds=beds,
            processing_per_hour=processing_per_hour,
            danger_per_hour=self.danger,
        )


@dataclass(frozen=True, slots=True)
class Country:
    """All places; ``gates`` is empty where there are too few places for them."""

    homes: tuple[Spot, ...]
    assemblies: tuple[Spot, ...]
    gates: tuple[Spot, ...]
    gateways: tuple[Spot, ...]
    havens: tuple[Spot, ...]

    @property
    def num_regions(self) -> int:
        """How many regions there are: each has one gateway."""
        return len(self.gateways)

    def entry(self, region: int) -> Spot:
        """Where people of a region are brought to: the gate, or the gateway without one."""
        return (self.gates or self.gateways)[region % self.num_regions]

    def __iter__(self) -> Iterator[Spot]:
        """All spots, homes first and havens last."""
        yield from self.homes
        yield from self.assemblies
        yield from self.gates
        yield from self.gateways
        yield from self.havens


def _counts(places: int) -> tuple[int, int, int, int]:
    """How many havens, gateways, gates and assembly points; the other places are homes."""
    havens = min(max(places // 8, 1), 15)
    gateways = min(max(places // 12, 1), 12)
    gates = gateways if places >= 6 else 0
    assemblies = (places - havens - gateways - gates) // 6
    return havens, gateways, gates, assemblies


def draw_country(places: int, days: int, rng: np.random.Generator) -> Country:
    """A country with so many places, 3 or more; havens are nearer the fewer days there are."""
    havens, gateways, gates, assemblies = _counts(places)
    homes = places - havens - gateways - gates - assemblies
    middles = _middles(gateways)
    return Country(
        homes=tuple(_around("home", PlaceKind.HOME, middles, homes, (4.0, 30.0), rng)),
        assemblies=tuple(
            _around("assembly", PlaceKind.ASSEMBLY, middles, assemblies, (4.0, 12.0), rng)
        ),
        gates=tuple(_around("gate", PlaceKind.GATE, middles, gates, (1.0, 2.0), rng)),
        gateways=tuple(_gateways(middles)),
        havens=tuple(_havens(havens, days, math.hypot(*middles[0]), rng)),
    )


def _middles(regions: int) -> list[tuple[float, float]]:
    """Middles of the regions in km, on a ring that grows with their number."""
    if regions == 1:
        return [(0.0, 0.0)]
    radius = 40.0 + 12.0 * regions
    angles = [2 * math.pi * region / regions for region in range(regions)]
    return [(radius * math.cos(angle), radius * math.sin(angle)) for angle in angles]


def _around(
    word: str,
    kind: PlaceKind,
    middles: list[tuple[float, float]],
    number: int,
    km: tuple[float, float],
    rng: np.random.Generator,
) -> Iterator[Spot]:
    """Places of a kind, dealt out to the regions in turn, at a random distance from the middle."""
    distances = rng.uniform(*km, size=number)
    angles = rng.uniform(0, 2 * math.pi, size=number)
    dangers = np.round(rng.uniform(0.5, 2.5, size=number), 1)
    digits = len(str(number))
    for index in range(number):
        region = index % len(middles)
        east, north = middles[region]
        east += float(distances[index] * math.cos(angles[index]))
        north += float(distances[index] * math.sin(angles[index]))
        label = f"{index + 1:0{digits}d}"
        danger = float(dangers[index]) if kind is PlaceKind.HOME else None
        yield Spot(f"{word}-{label}", kind, f"{word.title()} {label}", east, north, region, danger)


def _gateways(middles: list[tuple[float, float]]) -> Iterator[Spot]:
    for region, (east, north) in enumerate(middles):
        kind = GATEWAY_KINDS[region % len(GATEWAY_KINDS)]
        label = f"{region + 1:0{len(str(len(middles)))}d}"
        yield Spot(f"{kind}-{label}", kind, f"{kind.title()} {label}", east, north, region)


def _havens(number: int, days: int, radius: float, rng: np.random.Generator) -> Iterator[Spot]:
    """Havens to the east beyond the regions, each farther than the one before."""
    nearest = min(500.0, 140.0 + 40.0 * days)
    step = min(nearest * 0.5, (FARTHEST_KM - nearest) / number)
    digits = len(str(number))
    for index in range(number):
        angle = float(rng.uniform(-0.2, 0.2))
        km = radius + nearest + step * index
        label = f"{index + 1:0{digits}d}"
        east, north = km * math.cos(angle), km * math.sin(angle)
        yield Spot(f"haven-{label}", PlaceKind.HAVEN, f"Haven {label}", east, north, index)
