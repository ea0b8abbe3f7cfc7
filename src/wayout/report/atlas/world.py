"""Coastlines and borders, cut to a rectangle. The data and its licence are in ``report/data``."""

import functools
import json
from dataclasses import dataclass
from importlib import resources
from itertools import pairwise

Degrees = tuple[float, float]
"""Longitude and latitude."""


@dataclass(frozen=True, slots=True)
class Extent:
    """A rectangle of longitudes and latitudes; it may reach beyond 180 degrees."""

    west: float
    south: float
    east: float
    north: float

    def meets(self, other: "Extent") -> bool:
        """Whether the two have anything in common."""
        return (
            self.west <= other.east
            and other.west <= self.east
            and self.south <= other.north
            and other.south <= self.north
        )

    def holds(self, point: Degrees) -> bool:
        """Whether a point lies inside."""
        return self.west <= point[0] <= self.east and self.south <= point[1] <= self.north

    def moved(self, by: float) -> "Extent":
        """The rectangle moved east."""
        return Extent(self.west + by, self.south, self.east + by, self.north)


@dataclass(frozen=True, slots=True)
class Shape:
    """A line or ring with its bounding rectangle."""

    points: tuple[Degrees, ...]
    extent: Extent


@dataclass(frozen=True, slots=True)
class Country:
    """A name, where to write it, and the area in square degrees."""

    name: str
    at: Degrees
    area: float


@dataclass(frozen=True, slots=True)
class World:
    """Land as rings to fill, its outline and the borders as lines, and country names."""

    land: tuple[Shape, ...]
    coast: tuple[Shape, ...]
    borders: tuple[Shape, ...]
    countries: tuple[Country, ...]


def _shape(points: list[Degrees]) -> Shape:
    lons, lats = [x for x, _ in points], [y for _, y in points]
    return Shape(tuple(points), Extent(min(lons), min(lats), max(lons), max(lats)))


def _decoded(flat: list[int], unit: float) -> list[Degrees]:
    x = y = 0
    points: list[Degrees] = []
    for at in range(0, len(flat), 2):
        x, y = x + flat[at], y + flat[at + 1]
        points.append((x / unit, y / unit))
    return points


def _ring(numbers: list[int], arcs: list[list[Degrees]]) -> list[Degrees]:
    points: list[Degrees] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points


def _without_seam(points: list[Degrees]) -> list[list[Degrees]]:
    """The line without what runs along 180 degrees, where the source cuts land in two."""
    pieces: list[list[Degrees]] = [[points[0]]]
    for before, after in pairwise(points):
        if abs(before[0]) >= 179.99 and abs(after[0]) >= 179.99:
            pieces.append([after])
        else:
            pieces[-1].append(after)
    return [piece for piece in pieces if len(piece) > 1]


@functools.cache
def world() -> World:
    """The whole world, read once."""
    text = (
        resources.files("wayout.report").joinpath("data", "world.json").read_text(encoding="utf-8")
    )
    data = json.loads(text)
    unit = float(data["units_per_degree"])
    arcs = [_decoded(flat, unit) for flat in data["arcs"]]
    rings = [_ring(ring, arcs) for polygon in data["land"] for ring in polygon]
    coast = [piece for ring in rings for piece in _without_seam(ring)]
    return World(
        tuple(_shape(ring) for ring in rings),
        tuple(_shape(piece) for piece in coast),
        tuple(_shape(arcs[number]) for number in data["borders"]),
        tuple(Country(name, (x / unit, y / unit), area) for name, x, y, area in data["countries"]),
    )
