"""A scenario as the engine's tables: what there is, what it takes, when it is open."""

import math
from collections.abc import Sequence

import numpy as np

from wayout.clock import MINUTES_PER_HOUR
from wayout.plan.feasible.berths import berth_for
from wayout.plan.feasible.calendar import Calendar, whole
from wayout.plan.feasible.people import stay_minutes
from wayout.plan.feasible.safety import protects
from wayout.scenario.model import Scenario
from wayout.scenario.people import People
from wayout.scenario.windows import Target
from wayout.simulate.engine import tables as t
from wayout.simulate.engine.tables import Int, Real

KINDS = (Target.PLACE, Target.BEDS, Target.LINK, Target.BERTH, Target.FLEET)
"""Order of the rows of ``factor``."""


def _amount(value: float) -> float:
    return value if math.isfinite(value) else float(t.PLENTY)


def targets_of(scenario: Scenario) -> list[tuple[Target, str]]:
    """What each row of ``factor`` is about."""
    places = [place.place for place in scenario.places]
    names = (
        places,
        places,
        [link.link for link in scenario.links],
        [berth.berth for berth in scenario.berths],
        [fleet.fleet for fleet in scenario.fleets],
    )
    return [(kind, name) for kind, of in zip(KINDS, names, strict=True) for name in of]


def amounts_of(scenario: Scenario) -> Real:
    """Beds, spots and seats by row of ``factor``; unlimited where the row has no amount."""
    types = {vehicle.type: vehicle for vehicle in scenario.vehicles}
    no_amount = [float(t.PLENTY)]
    return np.array(
        [
            *(no_amount * len(scenario.places)),
            *(_amount(place.beds) for place in scenario.places),
            *(no_amount * len(scenario.links)),
            *(_amount(berth.spots) for berth in scenario.berths),
            *(float(scenario.seats(types[fleet.type])) for fleet in scenario.fleets),
        ]
    )


def slot_rows_of(scenario: Scenario) -> tuple[Int, Real]:
    """Row of ``factor`` and amount an hour of each row of limits by slot."""
    places, links = len(scenario.places), len(scenario.links)
    rows = [
        *((i, place.processing_per_hour) for i, place in enumerate(scenario.places)),
        *((2 * places + i, link.people_per_hour) for i, link in enumerate(scenario.links)),
        *((2 * places + i, link.departures_per_hour) for i, link in enumerate(scenario.links)),
        *(
            (2 * places + links + i, berth.movements_per_hour)
            for i, berth in enumerate(scenario.berths)
        ),
    ]
    factor = np.array([row for row, _ in rows], dtype=np.int64)
    return factor, np.array([_amount(amount) for _, amount in rows])


def factors_of(calendar: Calendar, targets: Sequence[tuple[Target, str]]) -> Real:
    """Factor of each target at each tick."""
    return np.array([calendar.factors(kind, what) for kind, what in targets])


def limits_of(calendar: Calendar, factor: Real, rows: Int, amounts: Real) -> Int:
    """Limits by slot: ``floor(Σ over the slot's ticks of factor × amount ÷ 60)``."""
    sums = factor[rows].reshape(len(rows), calendar.num_slots, calendar.slot_minutes).sum(axis=2)
    limits = whole(sums * amounts[:, None] / MINUTES_PER_HOUR)
    limits[amounts >= t.PLENTY] = float(t.PLENTY)
    return limits.astype(np.int64)


def parties_of(people: People, legs: Int) -> Int:
    """The table of parties; ``legs`` has how many movements each is on."""
    children = people.size * people.unaccompanied
    first = np.concatenate([[0], np.cumsum(legs)])
    columns = (
        people.size,
        people.place,
        people.ready_from,
        people.safe_by,
        people.stretchers,
        people.wheelchairs,
        children,
        first[:-1],
        first[1:],
    )
    return np.stack(columns, axis=1).astype(np.int64)


def places_of(scenario: Scenario) -> Int:
    """The table of places."""
    never = max(scenario.end, scenario.deadline) + 1
    rows = [
        (
            stay_minutes(place),
            int(place.is_haven),
            int(protects(place)),
            never if place.expires is None else place.expires,
        )
        for place in scenario.places
    ]
    return np.array(rows, dtype=np.int64)


def fleets_of(scenario: Scenario) -> tuple[Int, Real]:
    """The table of fleets, and the minutes that each may be under way a day."""
    types = {vehicle.type: vehicle for vehicle in scenario.vehicles}
    index = {place.place: i for i, place in enumerate(scenario.places)}
    rows, hours = [], []
    for fleet in scenario.fleets:
        vehicle = types[fleet.type]
        until = scenario.deadline if fleet.available_until is None else fleet.available_until
        needs = (vehicle.stretchers, vehicle.wheelchairs, vehicle.escorts)
        base = index[fleet.base]
        rows.append((vehicle.ground_minutes, fleet.available_from, until, base, *needs))
        hours.append(fleet.number * vehicle.hours_per_day * MINUTES_PER_HOUR)
    return np.array(rows, dtype=np.int64).reshape(len(rows), 7), np.array(hours)


def berths_of(scenario: Scenario) -> Int:
    """Berth that each fleet uses at each place, NONE where it needs none."""
    types = {vehicle.type: vehicle for vehicle in scenario.vehicles}
    rows = [
        [berth_for(scenario, place.place, types[fleet.type]) for place in scenario.places]
        for fleet in scenario.fleets
    ]
    table = [[t.NONE if berth is None else berth for berth in row] for row in rows]
    return np.array([*table, [t.NONE] * len(scenario.places)], dtype=np.int64)
