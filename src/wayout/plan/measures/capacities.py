"""Use of every finite capacity over time, and which of them are bottlenecks."""

from collections.abc import Iterator

import numpy as np

from wayout.clock import MINUTES_PER_DAY, MINUTES_PER_HOUR
from wayout.plan.feasible.berths import Stops, standing_times, vehicles_on_spots
from wayout.plan.feasible.calendar import Int, Mask, Real
from wayout.plan.feasible.replay import Replay
from wayout.plan.feasible.vehicles import minutes_by_day
from wayout.plan.measures.figures import Bottleneck, Load, Occupancy
from wayout.scenario.windows import Target

TIGHT = 0.95
"""Share of its limit from which a capacity counts as used up."""


def _hourly(values: Real) -> Real:
    """Values per tick as rows of an hour each; the last hour is filled with its last value."""
    missing = -len(values) % MINUTES_PER_HOUR
    return np.pad(values, (0, missing), mode="edge").reshape(-1, MINUTES_PER_HOUR)


def _per_hour(replay: Replay, name: tuple[str, str], used: Int, limit: Real) -> Load:
    """Peak use against the least limit of each hour."""
    peaks = _hourly(used.astype(np.float64)).max(axis=1)
    ticks = np.arange(len(peaks), dtype=np.int64) * MINUTES_PER_HOUR
    ends = replay.scenario.deadline + 1
    return Load(*name, ticks, peaks, _hourly(limit).min(axis=1), ends)


def _per_slot(replay: Replay, name: tuple[str, str], rows: Int, amount: Int, limit: Real) -> Load:
    slot_minutes = replay.calendar.slot_minutes
    slots = replay.movements.depart[rows] // slot_minutes
    used = np.bincount(slots, weights=amount[rows], minlength=len(limit)).astype(np.float64)
    return _slot_load(replay, name, used, limit)


def _slot_load(replay: Replay, name: tuple[str, str], used: Real, limit: Real) -> Load:
    slot_minutes = replay.calendar.slot_minutes
    ticks = np.arange(len(limit), dtype=np.int64) * slot_minutes
    return Load(*name, ticks, used, limit, len(limit) * slot_minutes)


def _present(item: Occupancy | None, num: int) -> Int:
    """Occupancy at every tick."""
    present = np.zeros(num, dtype=np.int64)
    if item is not None:
        change = np.diff(item.people, prepend=0)
        np.add.at(present, item.ticks, change)
    return np.cumsum(present)


def _place_loads(replay: Replay, occupancy: tuple[Occupancy, ...]) -> Iterator[Load]:
    calendar, columns = replay.calendar, replay.movements
    present = {item.place: item for item in occupancy}
    for index, place in enumerate(replay.scenario.places):
        if np.isfinite(place.beds):
            used = _present(present.get(place.place), replay.scenario.deadline + 1)
            limit = calendar.per_tick(Target.BEDS, place.place, place.beds)
            yield _per_hour(replay, ("beds", place.place), used, limit)
        if np.isfinite(place.processing_per_hour):
            limit = calendar.per_slot(Target.PLACE, place.place, place.processing_per_hour)
            rows = np.flatnonzero(columns.origin == index)
            name = ("processing", place.place)
            yield _per_slot(replay, name, rows, columns.people, limit)


def _link_loads(replay: Replay) -> Iterator[Load]:
    calendar, columns = replay.calendar, replay.movements
    for index, link in enumerate(replay.scenario.links):
        here: Mask = columns.link == index
        if np.isfinite(link.people_per_hour) and link.self_moving:
            limit = calendar.per_slot(Target.LINK, link.link, link.people_per_hour)
            rows = np.flatnonzero(here & columns.by_self)
            name = ("people_per_hour", link.link)
            yield _per_slot(replay, name, rows, columns.people, limit)
        if np.isfinite(link.departures_per_hour):
            limit = calendar.per_slot(Target.LINK, link.link, link.departures_per_hour)
            rows = np.flatnonzero(here & ~columns.by_self)
            name = ("departures_per_hour", link.link)
            yield _per_slot(replay, name, rows, np.ones_like(columns.people), limit)


def _berth_loads(replay: Replay) -> Iterator[Load]:
    calendar, columns, stops = replay.calendar, replay.movements, Stops(replay)
    row, first, after = standing_times(replay)
    for index, berth in enumerate(replay.scenario.berths):
        if np.isfinite(berth.spots):
            mine = stops.at_destination[row] == index
            used = vehicles_on_spots(replay, first[mine], after[mine])
            limit = calendar.per_tick(Target.BERTH, berth.berth, berth.spots, zero_as_one=True)
            yield _per_hour(replay, ("spots", berth.berth), used, limit)
        if np.isfinite(berth.movements_per_hour):
            limit = calendar.per_slot(Target.BERTH, berth.berth, berth.movements_per_hour)
            leaving = columns.depart[stops.at_origin == index]
            coming = columns.arrive[stops.at_destination == index]
            slots = np.concatenate([leaving, coming]) // calendar.slot_minutes
            events = np.bincount(slots, minlength=len(limit)).astype(np.float64)
            yield _slot_load(replay, ("movements", berth.berth), events, limit)


def _fleet_loads(replay: Replay) -> Iterator[Load]:
    for index, fleet in enumerate(replay.scenario.fleets):
        vehicle = replay.types[fleet.type]
        minutes = minutes_by_day(replay, index)
        days = np.arange(len(minutes), dtype=np.int64) * MINUTES_PER_DAY
        until = replay.scenario.deadline
        until = until if fleet.available_until is None else min(until, fleet.available_until)
        there = (days < until) & (days + MINUTES_PER_DAY > fleet.available_from)
        limit = np.where(there, fleet.number * vehicle.hours_per_day, 0.0)
        used = minutes / MINUTES_PER_HOUR
        ends = len(minutes) * MINUTES_PER_DAY
        yield Load("hours_per_day", fleet.fleet, days, used, limit, ends)


def loads_of(replay: Replay, occupancy: tuple[Occupancy, ...]) -> tuple[Load, ...]:
    """Every finite capacity: places, links, berths, fleets, in the order of the scenario."""
    return (
        *_place_loads(replay, occupancy),
        *_link_loads(replay),
        *_berth_loads(replay),
        *_fleet_loads(replay),
    )


def bottlenecks_of(loads: tuple[Load, ...]) -> tuple[Bottleneck, ...]:
    """Capacities that are used up for some of the time, the longest first."""
    found = []
    for load in loads:
        is_open = load.limit > 0
        share = load.used[is_open] / load.limit[is_open]
        tight = share >= TIGHT
        if not tight.any():
            continue
        ticks = load.ticks[is_open][tight]
        found.append(
            Bottleneck(
                kind=load.kind,
                what=load.what,
                share=float(tight.mean()),
                first=int(ticks[0]),
                last=int(ticks[-1]),
                utilisation=float(share.mean()),
            )
        )
    return tuple(
        sorted(found, key=lambda item: (-item.share, -item.utilisation, item.kind, item.what))
    )
