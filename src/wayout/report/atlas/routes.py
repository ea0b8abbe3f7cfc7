"""Flows as curved lines whose width tells how many people they carry."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from wayout.report.atlas.spots import Flow, Panel
from wayout.report.atlas.world import Degrees, Extent
from wayout.report.charts.drawing import path_of
from wayout.report.markup import Markup, element
from wayout.scenario.links import Mode

MODE_STYLES = {
    Mode.FOOT: "foot",
    Mode.ROAD: "road",
    Mode.RAIL: "rail",
    Mode.SEA: "water",
    Mode.AIR: "air",
}
_WIDEST = 9.0
_BEND = {Mode.AIR: 0.13, Mode.SEA: 0.1}
_SAMPLES = 24


@dataclass(frozen=True, slots=True)
class Route:
    """A flow between two points of a panel, in degrees; crowds stand for their places."""

    begin: Degrees
    end: Degrees
    mode: Mode
    people: int
    leaves_to: str = ""


def routes(panel: Panel, everywhere: dict[str, Degrees], flows: Sequence[Flow]) -> list[Route]:
    """The flows that begin or end in a panel, those between the same two points added up."""
    inside = {spot.place: spot.at for spot in panel.spots}
    inside |= {spot.place: crowd.at for crowd in panel.crowds for spot in crowd.spots}
    sums: dict[tuple[Degrees, Degrees, Mode, str], int] = {}
    for flow in flows:
        begin = inside.get(flow.origin, everywhere.get(flow.origin))
        end = inside.get(flow.destination, everywhere.get(flow.destination))
        touches = flow.origin in inside or flow.destination in inside
        if begin is None or end is None or begin == end or not touches:
            continue
        out = flow.destination if flow.destination not in inside else ""
        key = (begin, end, flow.mode, out)
        sums[key] = sums.get(key, 0) + flow.people
    made = [
        Route(begin, end, mode, people, out) for (begin, end, mode, out), people in sums.items()
    ]
    return sorted(made, key=lambda route: (-route.people, route.begin, route.end, route.mode))


def curve(one: Degrees, other: Degrees, mode: Mode) -> list[Degrees]:
    """Points of the line on the page from one point to another; ways by air and sea are bent."""
    bend = _BEND.get(mode, 0.0)
    dx, dy = other[0] - one[0], other[1] - one[1]
    side = 1 if dx >= 0 else -1
    middle = (one[0] + dx / 2 + side * dy * bend, one[1] + dy / 2 - side * dx * bend)
    shares = [index / _SAMPLES for index in range(_SAMPLES + 1)] if bend else [0.0, 1.0]
    return [
        (
            (1 - t) ** 2 * one[0] + 2 * t * (1 - t) * middle[0] + t * t * other[0],
            (1 - t) ** 2 * one[1] + 2 * t * (1 - t) * middle[1] + t * t * other[1],
        )
        for t in shares
    ]


def _width(people: int, most: int) -> float:
    return 1.2 + (_WIDEST - 1.2) * math.sqrt(people / most) if most and people else 0.8


def _arrow(piece: Sequence[Degrees], width: float, style: str) -> Markup | None:
    """A small head on the middle of the line, pointing the way people go."""
    if len(piece) < 2:
        return None
    at = len(piece) // 2
    (x1, y1), (x2, y2) = piece[at - 1], piece[at]
    length = math.hypot(x2 - x1, y2 - y1)
    if math.hypot(piece[-1][0] - piece[0][0], piece[-1][1] - piece[0][1]) < 28 or not length:
        return None
    ux, uy = (x2 - x1) / length, (y2 - y1) / length
    size = 4.0 + width * 0.8
    x, y = (x1 + x2) / 2, (y1 + y2) / 2
    tip = (x + ux * size, y + uy * size)
    corners = [tip, (x - ux * size * 0.4 - uy * size * 0.6, y - uy * size * 0.4 + ux * size * 0.6)]
    corners.append((x - ux * size * 0.4 + uy * size * 0.6, y - uy * size * 0.4 - ux * size * 0.6))
    colour = {"foot": "other", "road": "warn", "rail": "ink", "water": "good", "air": "plan"}[style]
    return element(
        "path",
        d=path_of(corners, closed=True),
        style=f"fill:var(--{colour});stroke:var(--sea);stroke-width:0.8",
    )


def route_marks(
    pieces: Sequence[list[Degrees]], mode: Mode, people: int, most: int
) -> list[Markup]:
    """The line of a flow and its head; links that are not used are dotted and thin."""
    style = MODE_STYLES[mode]
    if not people:
        return [element("path", d=path_of(piece), class_="unused") for piece in pieces]
    width = _width(people, most)
    lines = [
        element("path", d=path_of(piece), class_=f"{style} route", stroke_width=width)
        for piece in pieces
    ]
    head = _arrow(pieces[0], width, style) if pieces else None
    return lines if head is None else [*lines, head]


def page_frame(width: float, height: float) -> Extent:
    """The page as a rectangle that lines are cut to."""
    return Extent(0.0, 0.0, width, height)
