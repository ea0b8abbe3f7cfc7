"""Cuts rings and lines to a rectangle: a report holds only the part of the world it shows."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from wayout.report.atlas.world import Degrees, Extent

Edge = tuple[Callable[[Degrees], bool], Callable[[Degrees, Degrees], Degrees]]


def _at_lon(lon: float) -> Callable[[Degrees, Degrees], Degrees]:
    def cut(one: Degrees, other: Degrees) -> Degrees:
        share = (lon - one[0]) / (other[0] - one[0])
        return lon, one[1] + share * (other[1] - one[1])

    return cut


def _at_lat(lat: float) -> Callable[[Degrees, Degrees], Degrees]:
    def cut(one: Degrees, other: Degrees) -> Degrees:
        share = (lat - one[1]) / (other[1] - one[1])
        return one[0] + share * (other[0] - one[0]), lat

    return cut


def _edges(extent: Extent) -> tuple[Edge, ...]:
    return (
        (lambda point: point[0] >= extent.west, _at_lon(extent.west)),
        (lambda point: point[0] <= extent.east, _at_lon(extent.east)),
        (lambda point: point[1] >= extent.south, _at_lat(extent.south)),
        (lambda point: point[1] <= extent.north, _at_lat(extent.north)),
    )


def clip_ring(ring: Sequence[Degrees], extent: Extent) -> list[Degrees]:
    """The part of a filled ring inside the rectangle (Sutherland and Hodgman, 1974)."""
    points = list(ring)
    for inside, cut in _edges(extent):
        kept: list[Degrees] = []
        for before, after in zip([points[-1], *points[:-1]] if points else [], points, strict=True):
            if inside(after):
                if not inside(before):
                    kept.append(cut(before, after))
                kept.append(after)
            elif inside(before):
                kept.append(cut(before, after))
        points = kept
    return points


def _clip_segment(one: Degrees, other: Degrees, extent: Extent) -> tuple[Degrees, Degrees] | None:
    for inside, cut in _edges(extent):
        first, second = inside(one), inside(other)
        if not first and not second:
            return None
        if not first:
            one = cut(one, other)
        elif not second:
            other = cut(one, other)
    return one, other


def clip_line(line: Sequence[Degrees], extent: Extent) -> list[list[Degrees]]:
    """The pieces of a line inside the rectangle."""
    pieces: list[list[Degrees]] = []
    for before, after in pairwise(line):
        segment = _clip_segment(before, after, extent)
        if segment is None:
            continue
        if pieces and pieces[-1][-1] == segment[0]:
            pieces[-1].append(segment[1])
        else:
            pieces.append(list(segment))
    return [piece for piece in pieces if len(piece) > 1]
