"""Rules V1 to V4: what a vehicle can do."""

import numpy as np

from wayout.clock import MINUTES_PER_DAY, MINUTES_PER_HOUR
from wayout.findings import Where
from wayout.plan.feasible.breaches import MOVEMENTS, Breaches
from wayout.plan.feasible.calendar import TOLERANCE, Int, whole
from wayout.plan.feasible.replay import Replay
from wayout.scenario.windows import Target


def seats_at_departure(replay: Replay) -> Int:
    """Seats that each movement of a known fleet may fill (V1); 0 for the others."""
    columns, scenario = replay.movements, replay.scenario
    seats = np.zeros(len(columns.depart), dtype=np.int64)
    for index, fleet in enumerate(scenario.fleets):
        rows = np.flatnonzero(replay.timed & (columns.fleet == index))
        factors = replay.calendar.factors(Target.FLEET, fleet.fleet)[columns.depart[rows]]
        seats[rows] = whole(scenario.seats(replay.types[fleet.type]) * factors)
    return seats


def check_seats(replay: Replay, breaches: Breaches) -> None:
    """V1: no more people than seats; ``emergency`` exactly when there are more than planned."""
    columns, scenario = replay.movements, replay.scenario
    seats = seats_at_departure(replay)
    people = np.maximum(columns.people, replay.carried)
    breaches.add_rows(
        "V1",
        np.flatnonzero(replay.timed & (columns.fleet >= 0) & (people > seats)),
        lambda i: f"{replay.name(i)} carries {people[i]:,} people on {seats[i]:,} seats.",
        "Take fewer, or let policy and fleet allow more.",
        column="people",
    )
    planned = replay.per_item(
        [replay.types[fleet.type].seats for fleet in scenario.fleets], columns.fleet
    )
    crowded = (columns.fleet >= 0) & (columns.people > planned)
    breaches.add_rows(
        "V1",
        np.flatnonzero(columns.emergency != crowded),
        lambda i: (
            f"{replay.name(i)} has {columns.people[i]:,} people "
            f"{'and is' if columns.emergency[i] else 'and is not'} marked as emergency loading."
        ),
        "Write yes exactly where more people than the planning seats are aboard a vehicle.",
        column="emergency",
    )


def check_one_place(replay: Replay, breaches: Breaches) -> None:
    """V2: a vehicle goes on from where it is, after its time on the ground."""
    turns, columns, scenario = replay.turns, replay.movements, replay.scenario
    places = {place.place: i for i, place in enumerate(scenario.places)}
    bases = replay.per_item([places.get(f.base, -1) for f in scenario.fleets], columns.fleet)
    ground_times = [replay.types[fleet.type].ground_minutes for fleet in scenario.fleets]
    ground = replay.per_item(ground_times, columns.fleet)
    standing = np.zeros_like(turns.row)
    standing[1:] = columns.destination[turns.row[:-1]]
    standing[turns.first] = bases[turns.row[turns.first]]
    ready = np.zeros_like(turns.row)
    ready[1:] = columns.arrive[turns.row[:-1]] + ground[turns.row[:-1]]
    again = ~turns.first
    titles = [place.place for place in scenario.places] + ["a place that is not there"]
    turn_of = dict(zip(turns.row.tolist(), range(len(turns.row)), strict=True))
    origin, depart = columns.origin[turns.row], columns.depart[turns.row]
    breaches.add_rows(
        "V2",
        np.sort(turns.row[origin != standing]),
        lambda i: (
            f"{replay.name(i)} departs from '{replay.plan.movements[i].origin}'; the vehicle is at "
            f"'{titles[int(standing[turn_of[i]])]}'."
        ),
        "Let it depart from there, or bring it over empty first.",
        column="from",
    )
    breaches.add_rows(
        "V2",
        np.sort(turns.row[again & (depart < ready)]),
        lambda i: (
            f"{replay.name(i)} departs at {replay.at(int(columns.depart[i]))}; the vehicle is "
            f"ready at {replay.at(int(ready[turn_of[i]]))} after {ground[i]:,} minutes on ground."
        ),
        "Let it depart when it is unloaded, turned round and loaded.",
        column="depart",
    )


def check_exists(replay: Replay, breaches: Breaches) -> None:
    """V3: a fleet moves only from its ``from`` to its ``until``, and not while it is shut."""
    columns, scenario = replay.movements, replay.scenario
    for index, fleet in enumerate(scenario.fleets):
        until = scenario.deadline if fleet.available_until is None else fleet.available_until
        rows = np.flatnonzero(columns.fleet == index)
        begins, ends = replay.at(fleet.available_from), replay.at(until)
        breaches.add_rows(
            "V3",
            rows[columns.depart[rows] < fleet.available_from],
            lambda i, begins=begins: (  # type: ignore[misc]
                f"{replay.name(i)} departs at {replay.at(int(columns.depart[i]))}; its fleet is "
                f"there from {begins}."
            ),
            "Depart later, or have the fleet earlier.",
            column="depart",
        )
        breaches.add_rows(
            "V3",
            rows[columns.arrive[rows] > until],
            lambda i, ends=ends: (  # type: ignore[misc]
                f"{replay.name(i)} arrives at {replay.at(int(columns.arrive[i]))}; its fleet is "
                f"there until {ends}."
            ),
            "Arrive sooner, or keep the fleet longer.",
            column="arrive",
        )
        timed = rows[replay.timed[rows]]
        shut = replay.calendar.shut(Target.FLEET, fleet.fleet)[columns.depart[timed]]
        breaches.add_rows(
            "V3",
            timed[shut],
            lambda i: (
                f"{replay.name(i)} departs at {replay.at(int(columns.depart[i]))}, when its fleet "
                "may not."
            ),
            "Move it out of the fleet's window.",
            column="depart",
        )


def minutes_by_day(replay: Replay, fleet: int) -> Int:
    """Minutes under way of a fleet, by the day of departure."""
    columns = replay.movements
    rows = np.flatnonzero(replay.timed & (columns.fleet == fleet))
    num_days = replay.scenario.deadline // MINUTES_PER_DAY + 1
    minutes = np.zeros(num_days, dtype=np.int64)
    travel = columns.arrive[rows] - columns.depart[rows]
    np.add.at(minutes, columns.depart[rows] // MINUTES_PER_DAY, travel)
    return minutes


def check_utilisation(replay: Replay, breaches: Breaches) -> None:
    """V4: minutes under way per fleet and day of departure."""
    for index, fleet in enumerate(replay.scenario.fleets):
        hours_per_day = replay.types[fleet.type].hours_per_day
        limit = fleet.number * hours_per_day * MINUTES_PER_HOUR
        minutes = minutes_by_day(replay, index)
        for day in np.flatnonzero(minutes > limit + TOLERANCE * max(1.0, limit)).tolist():
            message = (
                f"Fleet '{fleet.fleet}' is under way for {minutes[day]:,} minutes on the day from "
                f"{replay.at(day * MINUTES_PER_DAY)}; {fleet.number} vehicles at "
                f"{hours_per_day:g} h have {limit:,.0f}."
            )
            cure = "Let it depart less often on that day, or raise hours_per_day."
            breaches.add("V4", Where(MOVEMENTS), message, cure)
