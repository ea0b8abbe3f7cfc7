"""Puts labels beside points so that none covers another, a symbol, or the edge."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wayout.report.charts.drawing import text_width

Rectangle = tuple[float, float, float, float]
"""Left, top, right, bottom."""

_DIRECTIONS = ((1, 0), (-1, 0), (1, -1), (1, 1), (-1, -1), (-1, 1), (0, -1), (0, 1))
BESIDE = ((1, -1), (1, 1), (-1, -1), (-1, 1), (0, -1), (0, 1))
"""Directions for labels of lines, which would be crossed by them at either side."""
_REACHES = (8.0, 20.0, 34.0, 50.0, 70.0)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A label that is wanted at a point; the important come first in the list."""

    x: float
    y: float
    text: str
    size: float = 11.0


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a label's text begins (baseline), and whether a line to its point is needed."""

    wanted: Wanted
    x: float
    y: float
    led: bool


def overlap(one: Rectangle, other: Rectangle) -> bool:
    """Whether two rectangles have a common area."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _rectangle(wanted: Wanted, direction: tuple[int, int], reach: float) -> Rectangle:
    width, height = text_width(wanted.text, wanted.size) + 2, wanted.size * 1.25
    across, down = direction
    steep = 0.7 if across and down else 1.0
    x, y = wanted.x + across * reach * steep, wanted.y + down * reach * steep
    left = x if across > 0 else x - width if across < 0 else x - width / 2
    top = y if down > 0 else y - height if down < 0 else y - height / 2
    return left, top, left + width, top + height


def _free(rectangle: Rectangle, taken: Iterable[Rectangle], frame: Rectangle) -> bool:
    inside = (
        rectangle[0] >= frame[0]
        and rectangle[1] >= frame[1]
        and rectangle[2] <= frame[2]
        and rectangle[3] <= frame[3]
    )
    return inside and not any(overlap(rectangle, other) for other in taken)


def _place(
    wanted: Wanted,
    taken: Sequence[Rectangle],
    frame: Rectangle,
    reaches: Sequence[float],
    directions: Sequence[tuple[int, int]],
) -> tuple[Placed, Rectangle] | None:
    for reach in reaches:
        for direction in directions:
            rectangle = _rectangle(wanted, direction, reach)
            if _free(rectangle, taken, frame):
                baseline = rectangle[3] - wanted.size * 0.32
                return Placed(wanted, rectangle[0] + 1, baseline, reach > reaches[0]), rectangle
    return None


def place_labels(
    wanted: Sequence[Wanted],
    taken: list[Rectangle],
    frame: Rectangle,
    reaches: Sequence[float] = _REACHES,
    directions: Sequence[tuple[int, int]] = _DIRECTIONS,
) -> list[Placed | None]:
    """A place for each label in turn, or ``None`` where there is no room; adds to ``taken``."""
    placed: list[Placed | None] = []
    for label in wanted:
        found = _place(label, taken, frame, reaches, directions)
        placed.append(found[0] if found else None)
        if found:
            taken.append(found[1])
    return placed
