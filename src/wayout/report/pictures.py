"""The charts and maps of one plan, drawn from its measures."""

from collections import defaultdict

import numpy as np

from wayout.plan.measures import Load as Measured
from wayout.report.atlas.map import Map, draw_map
from wayout.report.atlas.spots import Flow, Spot, panels
from wayout.report.atlas.view import unwrapped
from wayout.report.charts.curve import SafeCurve, safe_curve
from wayout.report.charts.gantt import (
    FleetStrip,
    Run,
    VehicleRow,
    fleet_strips,
    vehicle_chart,
)
from wayout.report.charts.load import Load, load_chart
from wayout.report.content.limits import UNITS, kind_name
from wayout.report.content.material import Material
from wayout.report.markup import Markup
from wayout.report.text import listing
from wayout.scenario.links import Mode
from wayout.scenario.policy import Objective

_STRIP_STEP = 60
_MOST_ROWS = 120
"""Fleets with more vehicles than this are shown as a strip only."""


def curve(material: Material, width: float, height: float) -> Markup:
    """People in safety over time against the certified bound."""
    measured = material.measures.safe_curve
    fast = material.plan.objective == Objective.CLEAR_FAST
    shown = SafeCurve(
        tuple(zip(measured.ticks.tolist(), measured.people.tolist(), strict=True)),
        material.measures.people_total,
        material.bound_people,
        material.scenario.deadline,
        material.measures.clear_minute if fast else None,
        material.plan.bound.clear_minute if fast else None,
    )
    return safe_curve(shown, material.clock, width, height)


def load(material: Material, measured: Measured, width: float = 300.0) -> Markup:
    """One capacity over time with its limit."""
    shown = Load(
        f"{material.title_of(measured.kind, measured.what)}, {kind_name(measured.kind)}",
        UNITS.get(measured.kind, ""),
        tuple(measured.ticks.tolist()),
        tuple(measured.used.tolist()),
        tuple(measured.limit.tolist()),
        measured.ends,
    )
    return load_chart(shown, material.clock, width)


def fleet_rows(material: Material) -> dict[str, list[VehicleRow]]:
    """Movements by fleet and vehicle, vehicles in the order of their numbers."""
    runs: dict[str, dict[str, list[Run]]] = defaultdict(lambda: defaultdict(list))
    for movement in material.plan.movements:
        if movement.vehicle:
            runs[movement.fleet][movement.vehicle].append(
                Run(movement.depart, movement.arrive, movement.people > 0)
            )
    order = [fleet.fleet for fleet in material.scenario.fleets if fleet.fleet in runs]
    order += sorted(set(runs) - set(order))
    return {
        fleet: [
            VehicleRow(name, tuple(runs[fleet][name])) for name in sorted(runs[fleet], key=_number)
        ]
        for fleet in order
    }


def _number(vehicle: str) -> tuple[str, int, str]:
    stem, _, number = vehicle.rpartition("-")
    return (stem, int(number), "") if number.isdecimal() else (vehicle, 0, vehicle)


def vehicle_charts(material: Material) -> dict[str, Markup | None]:
    """A chart of every vehicle for each fleet; ``None`` for fleets too large for one."""
    return {
        fleet: vehicle_chart(fleet, rows, material.clock, material.scenario.deadline)
        if len(rows) <= _MOST_ROWS
        else None
        for fleet, rows in fleet_rows(material).items()
    }


def strips(material: Material, width: float) -> Markup:
    """Vehicles under way over time, one strip a fleet."""
    deadline = material.scenario.deadline
    step = _STRIP_STEP if deadline <= 400 * _STRIP_STEP else -(-deadline // 400)
    made = []
    for fleet, rows in fleet_rows(material).items():
        given = material.fleets.get(fleet)
        made.append(
            FleetStrip(
                fleet if width < 560 else f"{fleet}: {material.fleet_type(fleet)}",
                given.number if given else len(rows),
                step,
                tuple(_under_way(rows, step, deadline, loaded=True)),
                tuple(_under_way(rows, step, deadline, loaded=False)),
            )
        )
    return fleet_strips(made, material.clock, deadline, width)


def _under_way(rows: list[VehicleRow], step: int, deadline: int, *, loaded: bool) -> list[float]:
    """Mean number of vehicles under way in each interval."""
    change = np.zeros(deadline + 1)
    for row in rows:
        for run in row.runs:
            if run.loaded is loaded:
                change[max(0, min(run.depart, deadline))] += 1
                change[max(0, min(run.arrive, deadline))] -= 1
    level = np.cumsum(change)[:deadline]
    edges = range(0, deadline, step)
    return [round(float(level[edge : edge + step].mean()), 3) for edge in edges]


def spots(material: Material) -> list[Spot]:
    """The places that have coordinates, with the people who pass them."""
    through = material.people_through()
    placed = [
        place
        for place in material.scenario.places
        if place.lat is not None and place.lon is not None
    ]
    if not placed:
        return []
    points = unwrapped([(place.lon or 0.0, place.lat or 0.0) for place in placed])
    return [
        Spot(place.place, place.title, place.kind, at, through.get(place.place, 0), place.disclosed)
        for place, at in zip(placed, points, strict=True)
    ]


def flows(material: Material) -> list[Flow]:
    """People carried from place to place by mode, and links that carry nobody."""
    sums: dict[tuple[str, str, Mode], int] = {}
    for link in material.scenario.links:
        sums.setdefault((link.origin, link.destination, link.mode), 0)
    for movement in material.loaded:
        key = (movement.origin, movement.destination, material.mode_of(movement))
        sums[key] = sums.get(key, 0) + movement.people
    return [
        Flow(origin, destination, mode, people)
        for (origin, destination, mode), people in sums.items()
    ]


def maps(material: Material, width: float) -> list[Map]:
    """The map of the operation and one for each crowd of places; none without coordinates."""
    shown = spots(material)
    if not shown:
        return []
    everywhere = {spot.place: spot for spot in shown}
    carried = flows(material)
    return [draw_map(panel, everywhere, carried, width) for panel in panels(shown)]


def map_caption(made: Map) -> str:
    """What a map shows, and the names that found no room in it."""
    text = (
        "The whole operation. Lines are schematic: their width tells how many people are carried, "
        "the arrow which way."
        if made.number == 1
        else f"Map {made.number}: the {made.num_places} places around {made.heart}."
    )
    if made.numbered:
        names = listing([f"{number} {title}" for number, title in made.numbered])
        text += f" Without room for a label: {names}."
    return text
