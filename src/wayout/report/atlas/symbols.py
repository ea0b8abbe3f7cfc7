"""A shape for each kind of place: told apart without colour."""

from wayout.report.charts.drawing import path_of
from wayout.report.markup import Markup, element
from wayout.scenario.places import PlaceKind

_STYLE = {
    PlaceKind.HAVEN: "fill:var(--good);stroke:var(--paper)",
    PlaceKind.REFUGE: "fill:var(--paper);stroke:var(--good)",
}
_PLAIN = "fill:var(--paper);stroke:var(--ink)"
_FULL = "fill:var(--ink);stroke:var(--paper)"
NAMES = {
    PlaceKind.HOME: "homes",
    PlaceKind.ASSEMBLY: "assembly",
    PlaceKind.GATE: "gate",
    PlaceKind.AIRFIELD: "airfield",
    PlaceKind.PORT: "port",
    PlaceKind.STATION: "station",
    PlaceKind.STAGING: "staging",
    PlaceKind.HAVEN: "haven",
    PlaceKind.REFUGE: "refuge",
}


def _outline(kind: PlaceKind, x: float, y: float, size: float) -> str:
    corners = {
        PlaceKind.GATE: ((-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)),
        PlaceKind.AIRFIELD: ((0, -1.15), (1.1, 0.85), (-1.1, 0.85)),
        PlaceKind.PORT: ((0, -1.15), (1.15, 0), (0, 1.15), (-1.15, 0)),
        PlaceKind.STATION: ((-1.3, -0.6), (1.3, -0.6), (1.3, 0.6), (-1.3, 0.6)),
        PlaceKind.STAGING: ((-1.1, -0.85), (1.1, -0.85), (0, 1.15)),
        PlaceKind.HAVEN: ((0, -1.25), (1.1, -0.25), (1.1, 1), (-1.1, 1), (-1.1, -0.25)),
        PlaceKind.REFUGE: ((0, -1.25), (1.1, -0.25), (1.1, 1), (-1.1, 1), (-1.1, -0.25)),
    }[kind]
    return path_of(((x + size * dx, y + size * dy) for dx, dy in corners), closed=True)


def symbol(kind: PlaceKind, x: float, y: float, size: float = 5.0) -> Markup:
    """The shape of a kind of place, centred on a point."""
    if kind in (PlaceKind.HOME, PlaceKind.ASSEMBLY):
        ring = element("circle", cx=x, cy=y, r=size * 0.8, style=f"{_PLAIN};stroke-width:1.4")
        dot = element("circle", cx=x, cy=y, r=size * 0.3, style="fill:var(--ink)")
        return element("g", ring, dot if kind is PlaceKind.ASSEMBLY else "")
    full = kind in (PlaceKind.AIRFIELD, PlaceKind.PORT, PlaceKind.STATION)
    style = _STYLE.get(kind, _FULL if full else _PLAIN)
    return element("path", d=_outline(kind, x, y, size), style=f"{style};stroke-width:1.4")


def crowd_symbol(x: float, y: float) -> Markup:
    """A group of places that another map shows."""
    outer = element(
        "circle",
        cx=x,
        cy=y,
        r=8.5,
        style="fill:none;stroke:var(--ink);stroke-width:1;stroke-dasharray:3 2",
    )
    inner = element("circle", cx=x, cy=y, r=4.5, style="fill:var(--ink)")
    return element("g", outer, inner)
