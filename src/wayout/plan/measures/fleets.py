"""What vehicles do: seats and hours of fleets, and what an airfield could pass in a day."""

import numpy as np

from wayout.clock import MINUTES_PER_DAY, MINUTES_PER_HOUR
from wayout.plan.feasible.calendar import Int
from wayout.plan.feasible.replay import Replay
from wayout.plan.feasible.vehicles import seats_at_departure
from wayout.plan.measures.figures import FleetUse, StationCeiling
from wayout.scenario.links import Mode
from wayout.scenario.places import PlaceKind
from wayout.scenario.windows import Target

QUEUING = 0.85
"""Queuing efficiency of AFPAM 10-1403, formula 9.0."""

HOURS_PER_DAY = 24.0


def fleets_of(replay: Replay) -> tuple[FleetUse, ...]:
    """Seats, hours and vehicles by fleet."""
    columns = replay.movements
    seats = seats_at_departure(replay)
    found = []
    for index, fleet in enumerate(replay.scenario.fleets):
        mine = columns.fleet == index
        loaded = mine & (columns.people > 0)
        deadline = replay.scenario.deadline
        until = deadline if fleet.available_until is None else fleet.available_until
        there = max(0, min(until, deadline) - max(0, fleet.available_from))
        per_day = replay.types[fleet.type].hours_per_day / HOURS_PER_DAY
        minutes = int((columns.arrive[mine] - columns.depart[mine]).sum())
        found.append(
            FleetUse(
                fleet=fleet.fleet,
                vehicles=fleet.number,
                vehicles_used=len(np.unique(columns.vehicle[mine])),
                departures=int(mine.sum()),
                seats_offered=int(seats[loaded].sum()),
                seats_used=int(columns.people[loaded].sum()),
                hours_used=minutes / MINUTES_PER_HOUR,
                hours_available=fleet.number * per_day * there / MINUTES_PER_HOUR,
            )
        )
    return tuple(found)


def _spot_hours(replay: Replay, place: str) -> tuple[float, float]:
    """Spots of an airfield, and its spot-hours on the day it is open longest."""
    calendar = replay.calendar
    num_days = replay.scenario.deadline // MINUTES_PER_DAY + 1
    per_tick = np.zeros(num_days * MINUTES_PER_DAY)
    num_ticks = replay.scenario.deadline + 1
    spots = 0.0
    for berth in replay.scenario.berths:
        if berth.place == place and berth.mode is Mode.AIR:
            is_open = ~calendar.shut(Target.PLACE, place)[:num_ticks]
            factors = calendar.factors(Target.BERTH, berth.berth)[:num_ticks]
            per_tick[:num_ticks] += np.where(is_open, factors, 0.0) * berth.spots
            spots += berth.spots
    longest = per_tick.reshape(num_days, MINUTES_PER_DAY).sum(axis=1).max()
    return spots, float(longest) / MINUTES_PER_HOUR


def _flights(replay: Replay, place: int) -> Int:
    """Departures by air with people aboard."""
    columns = replay.movements
    by_air = [replay.types[fleet.type].mode is Mode.AIR for fleet in replay.scenario.fleets]
    flying = np.array([*by_air, False])[columns.fleet]
    return np.flatnonzero(flying & (columns.origin == place) & (columns.people > 0))


def ceilings_of(replay: Replay) -> tuple[StationCeiling, ...]:
    """For each airfield that people leave by air: what it could pass in a day."""
    columns, found = replay.movements, []
    for index, place in enumerate(replay.scenario.places):
        rows = _flights(replay, index)
        if place.kind is not PlaceKind.AIRFIELD or len(rows) == 0:
            continue
        spots, spot_hours = _spot_hours(replay, place.place)
        ground = [replay.type_of(row).ground_minutes for row in rows.tolist()]
        ground_hours = sum(ground) / len(ground) / MINUTES_PER_HOUR
        if not (0 < spots < np.inf and ground_hours > 0):
            continue
        payload = float(columns.people[rows].mean())
        days = columns.depart[rows] // MINUTES_PER_DAY
        by_day = np.bincount(days, weights=columns.people[rows])
        found.append(
            StationCeiling(
                place=place.place,
                spots=spots,
                payload=payload,
                open_hours=spot_hours / spots,
                ground_hours=ground_hours,
                people_per_day=spot_hours * payload / ground_hours * QUEUING,
                best_day=int(by_day.argmax()),
                best_day_people=int(by_day.max()),
            )
        )
    return tuple(found)
