"""Rules V5 to V7: where vehicles stop, how many may stand there, how many may come and go."""

import numpy as np

from wayout.plan.feasible.breaches import Breaches
from wayout.plan.feasible.calendar import Int
from wayout.plan.feasible.overuse import Use, add_slots, add_ticks, groups
from wayout.plan.feasible.replay import UNKNOWN, Replay
from wayout.scenario.fleet import VehicleType
from wayout.scenario.links import Berth, Mode
from wayout.scenario.model import Scenario
from wayout.scenario.windows import Target

BARRED = -2
"""Stands for a berth that is missing or too small; -1 for a stop that needs none."""


def berth_for(scenario: Scenario, place: str, vehicle: VehicleType) -> int | None:
    """Index of the berth that a type uses at a place (V5), None where there is none for it."""
    here = [(i, berth) for i, berth in enumerate(scenario.berths) if berth.place == place]
    listed = [i for i, berth in here if vehicle.type in berth.types]
    by_mode = [i for i, berth in here if not berth.types and berth.mode is vehicle.mode]
    return next(iter([*listed, *by_mode]), None)


def misfit(berth: Berth, vehicle: VehicleType) -> str:
    """Why a type does not fit a berth; empty if it does."""
    if berth.runway_m < vehicle.runway_m:
        return f"its runway is {berth.runway_m:g} m, the type needs {vehicle.runway_m:g} m"
    if berth.depth_m < vehicle.draught_m:
        return f"it is {berth.depth_m:g} m deep, the type draws {vehicle.draught_m:g} m"
    return ""


class Stops:
    """Which berth each movement uses at its ends: an index, -1 for none needed, or ``BARRED``."""

    def __init__(self, replay: Replay) -> None:
        self._replay = replay
        self.reasons: dict[tuple[int, int], str] = {}
        self._berths = np.full(
            (len(replay.scenario.fleets) + 1, len(replay.scenario.places) + 1), UNKNOWN
        )
        for fleet in range(len(replay.scenario.fleets)):
            for place in range(len(replay.scenario.places)):
                self._berths[fleet, place] = self._berth(fleet, place)
        columns = replay.movements
        self.at_origin = self._berths[columns.fleet, columns.origin]
        self.at_destination = self._berths[columns.fleet, columns.destination]

    def _berth(self, fleet: int, place: int) -> int:
        scenario = self._replay.scenario
        vehicle = self._replay.types[scenario.fleets[fleet].type]
        index = berth_for(scenario, scenario.places[place].place, vehicle)
        if index is None:
            if vehicle.mode is Mode.ROAD:
                return UNKNOWN
            self.reasons[fleet, place] = f"there is no berth for '{vehicle.type}'"
            return BARRED
        reason = misfit(scenario.berths[index], vehicle)
        if reason:
            self.reasons[fleet, place] = f"berth '{scenario.berths[index].berth}': {reason}"
            return BARRED
        return index


def check_berth(replay: Replay, breaches: Breaches) -> None:
    """V5: at each end there is a berth for the type, and the type fits it."""
    stops, columns = Stops(replay), replay.movements
    ends = (
        (stops.at_origin, columns.origin, "from"),
        (stops.at_destination, columns.destination, "to"),
    )
    for berth, place, column in ends:
        breaches.add_rows(
            "V5",
            np.flatnonzero(berth == BARRED),
            lambda i, place=place: (  # type: ignore[misc]
                f"{replay.name(i)} cannot stop at '{replay.scenario.places[place[i]].place}': "
                f"{stops.reasons[int(columns.fleet[i]), int(place[i])]}."
            ),
            "Use another type or place, or add the berth to berths.csv.",
            column=column,
        )


def standing_times(replay: Replay) -> tuple[Int, Int, Int]:
    """Stays on spots: movement that brought the vehicle, first tick, tick after the last."""
    turns, columns, scenario = replay.turns, replay.movements, replay.scenario
    arrive = columns.arrive[turns.row]
    leave = np.full(len(turns.row), scenario.deadline + 1)
    leave[:-1] = np.where(turns.last[:-1], leave[:-1], columns.depart[turns.row[1:]])
    places = {place.place: i for i, place in enumerate(scenario.places)}
    bases = [places.get(fleet.base, UNKNOWN) for fleet in scenario.fleets]
    ground_times = [replay.types[fleet.type].ground_minutes for fleet in scenario.fleets]
    fleet = columns.fleet[turns.row]
    at_base = columns.destination[turns.row] == replay.per_item(bases, fleet)
    ready = arrive + replay.per_item(ground_times, fleet)
    ends = np.where(at_base, np.minimum(ready, leave), leave)
    kept = np.flatnonzero(replay.timed[turns.row])
    first = arrive[kept]
    return turns.row[kept], first, np.clip(ends[kept], first, scenario.deadline + 1)


def vehicles_on_spots(replay: Replay, first: Int, after: Int) -> Int:
    """Vehicles that stand at each tick ``0 … deadline``, of the stays given."""
    num = replay.scenario.deadline + 2
    change = np.bincount(first, minlength=num) - np.bincount(after, minlength=num)
    return np.cumsum(change)[:-1].astype(np.int64)


def check_spots(replay: Replay, breaches: Breaches) -> None:
    """V6: vehicles on the spots of a berth at every tick."""
    stops, scenario = Stops(replay), replay.scenario
    row, first, after = standing_times(replay)
    for index, members in groups(stops.at_destination[row], len(scenario.berths)):
        berth = scenario.berths[index]
        if not np.isfinite(berth.spots):
            continue
        standing = vehicles_on_spots(replay, first[members], after[members])
        limit = replay.calendar.per_tick(Target.BERTH, berth.berth, berth.spots, zero_as_one=True)
        use = Use(f"vehicles stand at '{berth.berth}'", standing.astype(np.float64), limit)
        add_ticks("V6", replay, breaches, use, "Let some leave sooner or come later.")


def check_berth_movements(replay: Replay, breaches: Breaches) -> None:
    """V7: departures and arrivals per berth and slot; none while the berth is shut."""
    stops, scenario, columns = Stops(replay), replay.scenario, replay.movements
    timed = np.flatnonzero(replay.timed)
    berth = np.concatenate([stops.at_origin[timed], stops.at_destination[timed]])
    ticks = np.concatenate([columns.depart[timed], columns.arrive[timed]])
    movement = np.concatenate([timed, timed])
    for index, members in groups(berth, len(scenario.berths)):
        _check_shut(replay, breaches, scenario.berths[index], (movement[members], ticks[members]))
        per_hour = scenario.berths[index].movements_per_hour
        if not np.isfinite(per_hour):
            continue
        name = scenario.berths[index].berth
        limit = replay.calendar.per_slot(Target.BERTH, name, per_hour)
        slots = ticks[members] // replay.calendar.slot_minutes
        used = np.bincount(slots, minlength=len(limit)).astype(np.float64)
        add_slots("V7", replay, breaches, Use(f"vehicles come to or leave '{name}'", used, limit))


def _check_shut(replay: Replay, breaches: Breaches, berth: Berth, events: tuple[Int, Int]) -> None:
    movement, ticks = events
    if not replay.calendar.differs(Target.BERTH, berth.berth):
        return
    shut = replay.calendar.shut(Target.BERTH, berth.berth)[ticks]
    breaches.add_rows(
        "V7",
        np.unique(movement[shut]),
        lambda i: f"{replay.name(i)} comes to or leaves berth '{berth.berth}' while it is shut.",
        "Move it out of the berth's window.",
        column="depart",
    )
