"""Draws one map: sea, land, borders, flows, places, labels, and the key to its signs."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from wayout.report.atlas.clipping import clip_line, clip_ring
from wayout.report.atlas.labels import BESIDE, Placed, Rectangle, Wanted, place_labels
from wayout.report.atlas.routes import (
    MODE_STYLES,
    Route,
    curve,
    page_frame,
    route_marks,
    routes,
)
from wayout.report.atlas.spots import Crowd, Flow, Panel, Spot
from wayout.report.atlas.symbols import NAMES, crowd_symbol, symbol
from wayout.report.atlas.view import View, fitted
from wayout.report.atlas.world import Degrees, Extent, Shape, world
from wayout.report.charts.drawing import box, cut, drawing, label, line, path_of, text_width
from wayout.report.markup import Markup, element
from wayout.report.text import count

Pieces = list[list[Degrees]]
"""The parts of a line that lie on the page."""
_KEY_ROW = 20.0
_MOST_NAMES = 34
NOT_FOR_RELEASE = " \N{EM DASH} not for release"


@dataclass(frozen=True, slots=True)
class Map:
    """A drawn map with the places that found no room for their label, as numbered in it."""

    number: int
    heart: str
    num_places: int
    svg: Markup
    numbered: tuple[tuple[int, str], ...]


def _copies(shapes: Sequence[Shape], extent: Extent) -> list[tuple[Shape, float]]:
    """Shapes that meet the extent, with the shift east at which they do."""
    return [
        (shape, shift)
        for shift in (-360.0, 0.0, 360.0)
        for shape in shapes
        if shape.extent.moved(shift).meets(extent)
    ]


def _ground(view: View) -> list[Markup]:
    """Land, coast and borders, cut to the view; one path each."""
    extent, earth = view.extent, world()
    land = [
        clip_ring([(x + shift, y) for x, y in shape.points], extent)
        for shape, shift in _copies(earth.land, extent)
    ]
    parts = [_closed(view, ring) for ring in land if len(ring) > 2]
    marks = (
        [element("path", d="".join(parts), style="fill:var(--land)", fill_rule="evenodd")]
        if parts
        else []
    )
    for shapes, style in ((earth.coast, "coast"), (earth.borders, "frontier")):
        lines = [
            piece
            for shape, shift in _copies(shapes, extent)
            for piece in clip_line([(x + shift, y) for x, y in shape.points], extent)
        ]
        text = "".join(_open(view, piece) for piece in lines)
        if text:
            marks.append(element("path", d=text, class_=style))
    return marks


def _thin(points: Sequence[Degrees]) -> list[Degrees]:
    """Points on the page without those closer than half a pixel to the one before."""
    kept = [points[0]]
    for point in points[1:]:
        if abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) >= 0.7:
            kept.append(point)
    return kept if len(kept) > 1 else [points[0], points[-1]]


def _closed(view: View, ring: Sequence[Degrees]) -> str:
    points = _thin([view(point) for point in ring])
    return path_of(points, closed=True) if len(points) > 2 else ""


def _open(view: View, piece: Sequence[Degrees]) -> str:
    return path_of(_thin([view(point) for point in piece]))


def _nodes(panel: Panel) -> list[Spot | Crowd]:
    """Places and crowds, the important first."""
    hidden = {spot.place for crowd in panel.crowds for spot in crowd.spots}
    spots = [spot for spot in panel.spots if spot.place not in hidden]
    ordered = sorted(spots, key=lambda spot: (-spot.people, spot.place))
    return [*panel.crowds, *ordered]


def _title(node: Spot | Crowd, *, narrow: bool) -> str:
    if isinstance(node, Crowd):
        return f"{len(node.spots)} places (map {node.number})" if narrow else node.title
    return cut(node.title, _MOST_NAMES) + ("" if node.disclosed else NOT_FOR_RELEASE)


def _label_marks(
    placed: Sequence[Placed | None], nodes: Sequence[Spot | Crowd], titles: Sequence[str]
) -> tuple[list[Markup], list[tuple[int, str]]]:
    """Labels that found room, and the titles of the others with a number each."""
    marks: list[Markup] = []
    numbered: list[tuple[int, str]] = []
    for found, node, title in zip(placed, nodes, titles, strict=True):
        if found is None:
            numbered.append((len(numbered) + 1, title))
            continue
        if found.led:
            marks.append(_leader(found))
        marks.append(label(found.x, found.y, title, _label_style(node)))
    return marks, numbered


def _leader(found: Placed) -> Markup:
    """A thin line from a point to the nearer end of its label."""
    wide = text_width(found.wanted.text, found.wanted.size)
    near = found.x + (0 if found.x > found.wanted.x else wide)
    return line((found.wanted.x, found.wanted.y), (near, found.y - 4), "leader")


def _label_style(node: Spot | Crowd) -> str:
    if isinstance(node, Crowd):
        return "small halo strong"
    return "small halo" if node.disclosed else "small halo internal"


def _exits(made: Sequence[Route], drawn: Sequence[Pieces], names: dict[str, str]) -> list[Wanted]:
    """Labels for the greatest flows that leave the map, where they cross its edge."""
    wanted: list[Wanted] = []
    for route, pieces in zip(made, drawn, strict=True):
        if route.leaves_to and pieces and route.people and len(wanted) < 7:
            x, y = pieces[-1][-1]
            wanted.append(
                Wanted(x, y, f"to {cut(names[route.leaves_to], 26)}: {count(route.people)}", 10.0)
            )
    return wanted


def _country_marks(view: View, taken: list[Rectangle], frame: Rectangle) -> list[Markup]:
    wanted: list[Wanted] = []
    for country in world().countries:
        for shift in (-360.0, 0.0, 360.0):
            at = (country.at[0] + shift, country.at[1])
            size = country.area * view.scale**2
            if view.extent.holds(at) and size > 5200:
                x, y = view(at)
                wanted.append(Wanted(x, y, country.name.upper(), 10.5))
    placed = place_labels(wanted, taken, frame, (0.0, 12.0))
    return [label(found.x, found.y, found.wanted.text, "country") for found in placed if found]


def _scale_bar(view: View) -> list[Markup]:
    """A bar of a round number of kilometres, true at the middle of the map."""
    middle = (view.extent.south + view.extent.north) / 2
    per_pixel = 111.32 / view.scale * math.cos(math.radians(middle))
    length = next(
        km
        for km in (5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1, 0.5, 0.1)
        if km / per_pixel < 130 or km == 0.1
    )
    y, x = view.height - 12, 14.0
    text = f"{length:g} km"
    return [
        line((x, y), (x + length / per_pixel, y), "axis"),
        line((x, y - 4), (x, y + 1), "axis"),
        line((x + length / per_pixel, y - 4), (x + length / per_pixel, y + 1), "axis"),
        label(x + 4, y - 5, text, "tiny halo"),
    ]


def _key(
    panel: Panel, made: Sequence[Route], width: float, top: float
) -> tuple[list[Markup], float]:
    """The signs that occur in the map, in rows under it; and where the rows end."""
    entries: list[tuple[str, Markup | None, str]] = []
    kinds = sorted({spot.kind for spot in panel.spots}, key=list(NAMES).index)
    entries += [(NAMES[kind], symbol(kind, 0, 0), "") for kind in kinds]
    modes = sorted({route.mode for route in made if route.people}, key=list(MODE_STYLES).index)
    entries += [
        (f"by {mode}" if mode != "foot" else "on foot", None, MODE_STYLES[mode]) for mode in modes
    ]
    if any(not route.people for route in made):
        entries.append(("link not used", None, "unused"))
    x, y = 8.0, top + 16
    marks: list[Markup] = []
    for text, sign, style in entries:
        wide = 32 + text_width(text, 11)
        if x + wide > width:
            x, y = 8.0, y + _KEY_ROW
        if sign is not None:
            marks.append(element("g", sign, transform=f"translate({x + 10:.1f} {y - 4:.1f})"))
        else:
            marks.append(
                element(
                    "path",
                    d=path_of(((x, y - 4), (x + 20, y - 4))),
                    class_=style,
                    stroke_width=None if style == "unused" else 2.5,
                )
            )
        marks.append(label(x + 25, y, text, "small"))
        x += wide + 10
    return marks, y + 6


def _lines(view: View, made: Sequence[Route]) -> tuple[list[Pieces], list[Markup]]:
    """The flows on the page, cut to it, and their marks; the greatest drawn last."""
    page = page_frame(view.width, view.height)
    drawn = [
        clip_line(curve(view(route.begin), view(route.end), route.mode), page) for route in made
    ]
    most = max((route.people for route in made), default=0)
    marks = [
        route_marks(pieces, route.mode, route.people, most)
        for route, pieces in zip(made, drawn, strict=True)
    ]
    return drawn, [mark for group in reversed(marks) for mark in group]


def _node_marks(nodes: Sequence[Spot | Crowd], points: Sequence[Degrees]) -> list[Markup]:
    return [
        crowd_symbol(*at) if isinstance(node, Crowd) else symbol(node.kind, *at)
        for node, at in zip(nodes, points, strict=True)
    ]


def draw_map(panel: Panel, everywhere: dict[str, Spot], flows: Sequence[Flow], width: float) -> Map:
    """One map at a width in pixels; narrow maps are taller."""
    shapes = (0.42, 0.6) if width > 560 else (0.8, 1.15)
    view = fitted([spot.at for spot in panel.spots], width, shapes)
    nodes, frame = _nodes(panel), (4.0, 4.0, view.width - 4, view.height - 4)
    made = routes(panel, {place: spot.at for place, spot in everywhere.items()}, flows)
    drawn, lines = _lines(view, made)
    points = [view(node.at) for node in nodes]
    taken: list[Rectangle] = [(x - 7, y - 7, x + 7, y + 7) for x, y in points]
    taken.append((8.0, view.height - 30, 150.0, view.height - 4))
    titles = [_title(node, narrow=width <= 560) for node in nodes]
    wanted = [Wanted(x, y, title) for title, (x, y) in zip(titles, points, strict=True)]
    labels, numbered = _label_marks(place_labels(wanted, taken, frame), nodes, titles)
    names = {place: spot.title for place, spot in everywhere.items()}
    exits = place_labels(_exits(made, drawn, names), taken, frame, (9.0, 20.0, 34.0), BESIDE)
    countries = _country_marks(view, taken, frame)
    key, bottom = _key(panel, made, width, view.height)
    svg = drawing(
        width,
        bottom,
        f"Map {panel.number}: places and the people carried between them",
        box(0.5, 0.5, view.width - 1, view.height - 1, "sea"),
        _ground(view),
        countries,
        lines,
        _node_marks(nodes, points),
        [label(at.x, at.y, at.wanted.text, "small halo plan-text") for at in exits if at],
        labels,
        _number_marks(titles, points, numbered),
        _scale_bar(view),
        key,
        description=f"{len(panel.spots)} places. The table of places says the same in words.",
    )
    return Map(panel.number, panel.heart, len(panel.spots), svg, tuple(numbered))


def _number_marks(
    titles: Sequence[str], points: Sequence[Degrees], numbered: Sequence[tuple[int, str]]
) -> list[Markup]:
    """Small numbers on the places whose label found no room."""
    names = {title: number for number, title in numbered}
    return [
        label(x + 6, y - 5, str(names[title]), "tiny halo strong")
        for title, (x, y) in zip(titles, points, strict=True)
        if title in names
    ]
