"""A timetable on one sheet: departures with who is aboard, and the plan it makes."""

from dataclasses import dataclass, field, replace

import numpy as np

from wayout.network.legs import SELF_MOVING
from wayout.network.model import Network
from wayout.plan.feasible import Verdict, judge
from wayout.plan.model import Bound, Loads, Movement, Plan
from wayout.scenario.hashing import hash_of


@dataclass(frozen=True, slots=True)
class Departure:
    """A leg, when, which vehicle (counted from 1 in its fleet, 0 by oneself), which parties."""

    leg: int
    depart: int
    vehicle: int
    parties: tuple[int, ...]


@dataclass(slots=True)
class Sheet:
    """Departures in the order in which they were decided."""

    departures: list[Departure] = field(default_factory=list)

    def add(self, leg: int, depart: int, vehicle: int, parties: list[int]) -> None:
        """Write a departure down."""
        self.departures.append(Departure(leg, depart, vehicle, tuple(parties)))

    def without(self, network: Network, parties: set[int]) -> "Sheet":
        """The same with some parties left where they are at first; nobody walks in nobody's name.

        Vehicles still go.
        """
        kept = []
        for departure in self.departures:
            aboard = tuple(party for party in departure.parties if party not in parties)
            if aboard or network.legs[departure.leg].fleet != SELF_MOVING:
                kept.append(replace(departure, parties=aboard))
        return Sheet(kept)


def _movement(network: Network, number: int, departure: Departure) -> Movement:
    scenario, leg = network.scenario, network.legs[departure.leg]
    fleet = None if leg.by_self else scenario.fleets[leg.fleet]
    people = int(network.people.size[list(departure.parties)].sum())
    seats = {kind.type: kind.seats for kind in scenario.vehicles}
    return Movement(
        movement=f"m{number:06d}",
        vehicle="" if fleet is None else f"{fleet.fleet}-{departure.vehicle}",
        fleet="" if fleet is None else fleet.fleet,
        link=scenario.links[leg.link].link,
        origin=scenario.places[leg.origin].place,
        destination=scenario.places[leg.destination].place,
        depart=departure.depart,
        arrive=departure.depart + leg.travel,
        people=people,
        emergency=fleet is not None and people > seats[fleet.type],
    )


def _loads(departures: list[Departure]) -> Loads:
    pairs = [(row, party) for row, item in enumerate(departures) for party in item.parties]
    table = np.array(pairs, dtype=np.int64).reshape(len(pairs), 2)
    return Loads(movement=table[:, 0].copy(), party=table[:, 1].copy())


def plan_of(network: Network, sheet: Sheet) -> tuple[Plan, Verdict]:
    """The plan with its judged values, and what the judge says of it."""
    scenario = network.scenario
    departures = sorted(sheet.departures, key=lambda item: (item.depart, item.leg, item.vehicle))
    plan = Plan(
        scenario_name=scenario.name,
        scenario_hash=hash_of(scenario),
        case=scenario.case.value,
        objective=scenario.policy.objective.value,
        seed=scenario.seed,
        movements=tuple(
            _movement(network, row + 1, departure) for row, departure in enumerate(departures)
        ),
        loads=_loads(departures),
        bound=Bound(people_safe=float(network.people.num_people), danger_hours=0.0),
    )
    verdict = judge(scenario, plan, network.people, recorded=False)
    plan = replace(
        plan,
        people_total=verdict.people_total,
        people_safe=verdict.people_safe,
        danger_hours=verdict.danger_hours,
        danger_hours_if_nobody_moves=verdict.danger_hours_if_nobody_moves,
        clear_minute=verdict.clear_minute,
    )
    return plan, verdict
