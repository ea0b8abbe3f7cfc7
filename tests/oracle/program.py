"""The rules of execution as a CP-SAT model on a world's grid: variables and constraints.

Parties and vehicles are individuals. A party has two layers: before its first arrival in a haven
(danger is counted) and after it (it only uses capacity). Written from ``docs/rules.md`` alone.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from ortools.sat.python import cp_model
from tests.oracle.grid import DAY, Move, Rules, exact
from tests.oracle.worlds import World

from wayout.scenario.fleet import Fleet
from wayout.scenario.parties import Party
from wayout.scenario.windows import Target

Linear = Any
"""A CP-SAT expression or variable; the package has no types for them."""


@dataclass(frozen=True, slots=True)
class Ride:
    """A movement that a vehicle may make, and the variable whether it does."""

    vehicle: str
    fleet: Fleet
    move: Move
    made: Linear


@dataclass(frozen=True, slots=True)
class Trip:
    """A party that may be on a movement: by itself (no ride) or on a vehicle's ride."""

    party: int
    move: Move
    ride: int | None
    arrived: bool
    taken: Linear


Flow = dict[Any, list[Linear]]


@dataclass
class Program:
    """The model under construction: variables, and indexes of them by place and tick."""

    rules: Rules
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    rides: list[Ride] = field(default_factory=list)
    trips: list[Trip] = field(default_factory=list)
    present: dict[tuple[int, bool, str, int], Linear] = field(default_factory=dict)

    @property
    def parties(self) -> tuple[Party, ...]:
        return self.rules.scenario.parties

    def at_most(self, terms: list[Linear], limit: int | None) -> None:
        if terms and limit is not None:
            self.model.add(sum(terms) <= limit)


def program_of(world: World) -> Program:
    """Variables and rules, without an objective."""
    program = Program(Rules(world.scenario, world.step))
    _add_rides(program)
    for index in range(len(program.parties)):
        _add_trips(program, index)
        _add_party_chain(program, index)
    _add_vehicle_chains(program)
    _add_loads(program)
    _add_beds(program)
    _add_processing(program)
    _add_link_capacity(program)
    _add_hours(program)
    _add_berths(program)
    return program


def _add_rides(program: Program) -> None:
    """M1-M5, V3, V5 by construction: only what they allow has a variable."""
    for fleet in program.rules.scenario.fleets:
        moves = list(program.rules.rides(fleet))
        for number in range(1, fleet.number + 1):
            for move in moves:
                made = program.model.new_bool_var("")
                program.rides.append(Ride(f"{fleet.fleet}-{number}", fleet, move, made))


def _add_trips(program: Program, index: int) -> None:
    """Every movement the party may be on, in the layers in which it can be there."""
    rules, party = program.rules, program.parties[index]
    options: list[tuple[Move, int | None]] = [
        (move, None) for move in rules.walks() if rules.may_walk(party, move.link)
    ]
    for index_of_ride, ride in enumerate(program.rides):
        if not ride.move.empty and party.size <= rules.seats(ride.fleet, ride.move.depart):
            options.append((ride.move, index_of_ride))
    options = [option for option in options if rules.may_enter(party, option[0].destination)]
    options.sort(key=lambda option: option[0].depart)
    earliest = {(False, party.place): party.ready_from}
    for move, position in options:
        for arrived in (False, True):
            if earliest.get((arrived, move.origin), rules.scenario.deadline + 1) > move.depart:
                continue
            taken = program.model.new_bool_var("")
            program.trips.append(Trip(index, move, position, arrived, taken))
            then = (arrived or rules.places[move.destination].is_haven, move.destination)
            ready = move.arrive + rules.stay(move.destination)
            earliest[then] = min(earliest.get(then, ready), ready)


def _add_party_chain(program: Program, index: int) -> None:
    """P1 and P2: conserved, and no departure within the stay that began at an arrival."""
    rules, party, model = program.rules, program.parties[index], program.model
    leaves: Flow = defaultdict(list)
    enters: Flow = defaultdict(list)
    for trip in program.trips:
        if trip.party == index:
            haven = rules.places[trip.move.destination].is_haven
            leaves[trip.arrived, trip.move.origin, trip.move.depart].append(trip.taken)
            enters[trip.arrived or haven, trip.move.destination, trip.move.arrive].append(
                trip.taken
            )
    used = {(False, party.place)} | {(layer, place) for layer, place, _ in [*leaves, *enters]}
    for layer, place in sorted(used):
        before: Linear = int((layer, place) == (False, party.place))
        for tick in rules.ticks:
            now = model.new_bool_var("")
            key = (layer, place, tick)
            model.add(now == before + sum(enters[key]) - sum(leaves[key]))
            program.present[index, layer, place, tick] = before = now
            recent = _recent(enters, (layer, place), tick, rules.stay(place), rules.step)
            if leaves[key] and recent:
                model.add(sum(leaves[key]) + sum(recent) <= 1)


def _recent(
    enters: Flow, where: tuple[Any, ...], tick: int, minutes: int, step: int
) -> list[Linear]:
    """Arrivals at the ticks ``t`` with ``tick - minutes < t ≤ tick``."""
    ticks = range(tick, max(tick - minutes, -1), -step)
    return [arrival for then in ticks for arrival in enters[(*where, then)]]


def _add_vehicle_chains(program: Program) -> None:
    """V2: in one place at a time, ground minutes between an arrival and the next departure."""
    by_vehicle: dict[str, list[Ride]] = defaultdict(list)
    for ride in program.rides:
        by_vehicle[ride.vehicle].append(ride)
    for fleet in program.rules.scenario.fleets:
        rows = [by_vehicle[f"{fleet.fleet}-{number}"] for number in range(1, fleet.number + 1)]
        for rides in rows:
            _add_vehicle_chain(program, fleet, rides)
        for one, next_one in pairwise(rows):
            _order_equal_vehicles(program, one, next_one)


def _add_vehicle_chain(program: Program, fleet: Fleet, rides: list[Ride]) -> None:
    rules, model = program.rules, program.model
    leaves, enters = _vehicle_flow(rides)
    ground = rules.types[fleet.type].ground_minutes
    for place in sorted({place for place, _ in [*leaves, *enters]}):
        before: Linear = int(place == fleet.base)
        for tick in rules.ticks:
            now = model.new_bool_var("")
            model.add(now == before + sum(enters[place, tick]) - sum(leaves[place, tick]))
            before = now
            recent = _recent(enters, (place,), tick, ground, rules.step)
            if leaves[place, tick] and recent:
                model.add(sum(leaves[place, tick]) + sum(recent) <= 1)


def _vehicle_flow(rides: Iterable[Ride]) -> tuple[Flow, Flow]:
    leaves: Flow = defaultdict(list)
    enters: Flow = defaultdict(list)
    for ride in rides:
        leaves[ride.move.origin, ride.move.depart].append(ride.made)
        enters[ride.move.destination, ride.move.arrive].append(ride.made)
    return leaves, enters


def _order_equal_vehicles(program: Program, one: list[Ride], next_one: list[Ride]) -> None:
    """Vehicles of a fleet are interchangeable: the later number never sets out first."""
    for tick in program.rules.ticks:
        of_one = [ride.made for ride in one if ride.move.depart <= tick]
        for ride in next_one:
            if ride.move.depart == tick:
                program.model.add(ride.made <= sum(of_one))


def _add_loads(program: Program) -> None:
    """V1 seats and P6 needs, on every ride; people only on rides that are made."""
    rules = program.rules
    aboard: dict[int, list[Trip]] = defaultdict(list)
    for trip in program.trips:
        if trip.ride is not None:
            aboard[trip.ride].append(trip)
    for position, trips in aboard.items():
        ride = program.rides[position]
        kind = rules.types[ride.fleet.type]
        counted = [(program.parties[trip.party], trip.taken) for trip in trips]
        seats = rules.seats(ride.fleet, ride.move.depart)
        program.model.add(sum(party.size * taken for party, taken in counted) <= seats * ride.made)
        for _, taken in counted:
            program.model.add_implication(taken, ride.made)
        program.at_most(
            [party.stretchers * taken for party, taken in counted if party.stretchers],
            kind.stretchers,
        )
        program.at_most(
            [party.wheelchairs * taken for party, taken in counted if party.wheelchairs],
            kind.wheelchairs,
        )
        program.at_most(
            [party.size * taken for party, taken in counted if party.unaccompanied], kind.escorts
        )


def _add_beds(program: Program) -> None:
    """P5: after the events of every tick."""
    there: Flow = defaultdict(list)
    for (index, _, place, tick), present in program.present.items():
        there[place, tick].append(program.parties[index].size * present)
    for (place, tick), people in there.items():
        program.at_most(people, program.rules.beds(place, tick))


def _add_processing(program: Program) -> None:
    """P4: everybody who leaves a place within a slot."""
    rules = program.rules
    leaving: Flow = defaultdict(list)
    for trip in program.trips:
        people = program.parties[trip.party].size * trip.taken
        leaving[trip.move.origin, rules.slot(trip.move.depart)].append(people)
    for (place, slot), people in leaving.items():
        rate = rules.places[place].processing_per_hour
        program.at_most(people, rules.limit(Target.PLACE, place, rate, slot))


def _add_link_capacity(program: Program) -> None:
    """M6: people by themselves, and vehicles in both directions."""
    rules = program.rules
    walking: Flow = defaultdict(list)
    setting_out: Flow = defaultdict(list)
    for trip in program.trips:
        if trip.ride is None:
            people = program.parties[trip.party].size * trip.taken
            walking[trip.move.link, rules.slot(trip.move.depart)].append(people)
    for ride in program.rides:
        setting_out[ride.move.link, rules.slot(ride.move.depart)].append(ride.made)
    for (link, slot), people in walking.items():
        rate = rules.links[link].people_per_hour
        program.at_most(people, rules.limit(Target.LINK, link, rate, slot))
    for (link, slot), vehicles in setting_out.items():
        rate = rules.links[link].departures_per_hour
        program.at_most(vehicles, rules.limit(Target.LINK, link, rate, slot))


def _add_hours(program: Program) -> None:
    """V4: minutes under way per fleet and day of departure."""
    under_way: Flow = defaultdict(list)
    for ride in program.rides:
        minutes = (ride.move.arrive - ride.move.depart) * ride.made
        under_way[ride.fleet.fleet, ride.move.depart // DAY].append(minutes)
    for fleet in program.rules.scenario.fleets:
        hours = exact(program.rules.types[fleet.type].hours_per_day)
        for day in range(program.rules.scenario.deadline // DAY + 1):
            program.at_most(under_way[fleet.fleet, day], int(fleet.number * hours * 60))


def _add_berths(program: Program) -> None:
    """V6 spots and V7 movements."""
    rules = program.rules
    standing: Flow = defaultdict(list)
    moving: Flow = defaultdict(list)
    for fleet in rules.scenario.fleets:
        rides = [ride for ride in program.rides if ride.fleet is fleet]
        kind = rules.types[fleet.type]
        leaves, enters = _vehicle_flow(rides)
        for place in sorted({place for place, _ in [*leaves, *enters]}):
            berth = rules.berth(place, kind)
            if berth is None:
                continue
            for tick in rules.ticks:
                key = (berth, tick)
                moving[berth, rules.slot(tick)] += leaves[place, tick] + enters[place, tick]
                if place == fleet.base:
                    standing[key] += _recent(
                        enters, (place,), tick, kind.ground_minutes, rules.step
                    )
                else:
                    standing[key] += [
                        arrival
                        for then in rules.ticks
                        if then <= tick
                        for arrival in enters[place, then]
                    ]
                    standing[key] += [
                        -left
                        for then in rules.ticks
                        if then <= tick
                        for left in leaves[place, then]
                    ]
    for (berth, tick), vehicles in standing.items():
        program.at_most(vehicles, rules.spots(berth, tick))
    for (berth, slot), vehicles in moving.items():
        limit = rules.limit(Target.BERTH, berth.berth, berth.movements_per_hour, slot)
        program.at_most(vehicles, limit)
