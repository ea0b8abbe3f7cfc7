"""Between a dispatch and movements and loads: nobody is called forward in vain."""

import itertools
import math
from dataclasses import dataclass

import numpy as np

from wayout.network.legs import SELF_MOVING, Leg
from wayout.network.model import Network
from wayout.network.timeline import Int, Mask
from wayout.optimize.dispatch import state as booked
from wayout.optimize.dispatch.tables import Tables, column, table
from wayout.plan.model import Loads, Movement, Plan
from wayout.scenario.model import Scenario


@dataclass(frozen=True, slots=True, eq=False)
class Timetable:
    """Movements as columns (leg, vehicle, depart), and loads as (movement row, party) pairs.

    ``vehicle`` counts within its fleet from 1; 0 stands for people by themselves.
    """

    leg: Int
    vehicle: Int
    depart: Int
    load_movement: Int
    load_party: Int

    def before(self, tick: int) -> "Timetable":
        """The movements that depart before a tick, with who is aboard."""
        return self.only(self.depart < tick, np.ones(len(self.load_party), dtype=np.bool_))

    def in_order(self) -> "Timetable":
        """The same, in order of departure."""
        order = np.argsort(self.depart, kind="stable")
        position = np.empty(len(order), dtype=np.int64)
        position[order] = np.arange(len(order))
        loads = np.argsort(position[self.load_movement], kind="stable")
        return Timetable(
            self.leg[order],
            self.vehicle[order],
            self.depart[order],
            position[self.load_movement[loads]],
            self.load_party[loads],
        )

    def only(self, used: Mask, loaded: Mask) -> "Timetable":
        """Some of the movements with some of their loads."""
        kept = loaded & used[self.load_movement]
        position = np.cumsum(used) - 1
        return Timetable(
            self.leg[used],
            self.vehicle[used],
            self.depart[used],
            position[self.load_movement[kept]],
            self.load_party[kept],
        )


def _loads(state: Tables, rows: Int) -> tuple[Int, Int]:
    """Walk the list of loads of each movement."""
    first, loads = column(state, booked.FIRST_LOAD), table(state, booked.LOAD)
    owner = np.full(int(column(state, booked.COUNTERS)[booked.NUM_LOADS]), -1, dtype=np.int64)
    heads = first[rows]
    pending = np.flatnonzero(heads >= 0)
    cursor = heads[pending]
    while len(cursor):
        owner[cursor] = pending
        following = loads[cursor, 0]
        more = following >= 0
        pending, cursor = pending[more], following[more]
    kept = np.flatnonzero(owner >= 0)
    return owner[kept], loads[kept, 1]


def timetable_of(network: Network, state: Tables) -> Timetable:
    """Read a timetable off a finished state, in order of departure."""
    num = int(column(state, booked.COUNTERS)[booked.NUM_MOVEMENTS])
    movement = table(state, booked.MOVEMENT)[:num]
    rows = np.flatnonzero(movement[:, booked.M_CANCELLED] == 0)
    keys = movement[rows]
    order = np.lexsort((keys[:, booked.M_VEHICLE], keys[:, booked.M_LEG], keys[:, booked.M_DEPART]))
    rows = rows[order]
    load_movement, load_party = _loads(state, rows)
    fleets = network.scenario.fleets
    first = np.concatenate([[0], np.cumsum([fleet.number for fleet in fleets])]).astype(np.int64)
    leg, vehicle = movement[rows, booked.M_LEG], movement[rows, booked.M_VEHICLE]
    fleet_of = np.array([g.fleet for g in network.legs], dtype=np.int64)[leg]
    within = np.where(vehicle >= 0, vehicle - first[np.maximum(fleet_of, 0)] + 1, 0)
    return Timetable(leg, within, movement[rows, booked.M_DEPART].copy(), load_movement, load_party)


def _brought_out(network: Network, timetable: Timetable) -> Mask:
    """Parties that some movement brings to a place that protects them."""
    destination = np.array([g.destination for g in network.legs], dtype=np.int64)[timetable.leg]
    out = np.zeros(network.people.num_parties, dtype=np.bool_)
    arriving = network.protecting[destination[timetable.load_movement]]
    out[timetable.load_party[arriving]] = True
    return out


def _stays_empty(network: Network) -> Mask:
    """Vehicle legs that may run without people; people by themselves may not (P1)."""
    return np.array([not g.by_self for g in network.legs], dtype=np.bool_)


def may_stay(network: Network, timetable: Timetable, decided: int) -> Mask:
    """Parties that may be left at home.

    It has room for all it had and nobody passes through it, or room for everybody there is.
    Taking people off movements breaks no upper limit except beds of their origin. Nobody whom a
    movement before the tick ``decided`` carries is left behind.
    """
    people = network.people
    start = np.bincount(people.place, weights=people.size, minlength=network.num_places)
    roomy = (network.beds >= start[:, None]).all(axis=1)
    passed = np.zeros(network.num_places, dtype=np.bool_)
    passed[[g.destination for g in network.legs if g.carries]] = True
    for_all = (network.beds >= people.num_people).all(axis=1)
    may: Mask = ((roomy & ~passed) | for_all)[people.place]
    may[timetable.load_party[timetable.depart[timetable.load_movement] < decided]] = False
    return may


def without(network: Network, timetable: Timetable, gone: Mask) -> Timetable:
    """The timetable without some parties, and without ways that nobody is left to walk (P1)."""
    kept = ~gone[timetable.load_party]
    used = np.zeros(len(timetable.leg), dtype=np.bool_)
    used[timetable.load_movement[kept]] = True
    used |= _stays_empty(network)[timetable.leg] if len(timetable.leg) else False
    return timetable.only(used, kept)


def call_nobody_in_vain(network: Network, timetable: Timetable, may: Mask) -> Timetable:
    """Leave at home those who would be stranded on the way, of those who ``may`` stay there."""
    return without(network, timetable, may & ~_brought_out(network, timetable))


def _words_of(scenario: Scenario, leg: Leg) -> tuple[str, str, str, str, int, float]:
    """Fleet, link, origin, destination, minutes and planning seats of a leg's movements."""
    places = scenario.places[leg.origin].place, scenario.places[leg.destination].place
    link = scenario.links[leg.link].link
    if leg.by_self:
        return "", link, *places, leg.travel, math.inf
    fleet = scenario.fleets[leg.fleet]
    seats = next(v.seats for v in scenario.vehicles if v.type == fleet.type)
    return fleet.fleet, link, *places, leg.travel, seats


def movements_of(network: Network, timetable: Timetable) -> tuple[tuple[Movement, ...], Loads]:
    """A timetable in the plan's words."""
    scenario = network.scenario
    people = np.bincount(
        timetable.load_movement,
        weights=network.people.size[timetable.load_party],
        minlength=len(timetable.leg),
    )
    words = [_words_of(scenario, leg) for leg in network.legs]
    columns = (timetable.leg, timetable.vehicle, timetable.depart, people.astype(np.int64))
    movements = []
    for row, (leg, vehicle, depart, aboard) in enumerate(
        zip(*(values.tolist() for values in columns), strict=True), 1
    ):
        fleet, link, origin, destination, travel, seats = words[leg]
        movements.append(
            Movement(
                movement=f"m{row:06d}",
                vehicle=f"{fleet}-{vehicle}" if fleet else "",
                fleet=fleet,
                link=link,
                origin=origin,
                destination=destination,
                depart=depart,
                arrive=depart + travel,
                people=aboard,
                emergency=aboard > seats,
            )
        )
    order = np.lexsort((timetable.load_party, timetable.load_movement))
    return tuple(movements), Loads(timetable.load_movement[order], timetable.load_party[order])


def _numbers(scenario: Scenario, movements: tuple[Movement, ...]) -> dict[tuple[str, str], int]:
    """A number from 1 for each vehicle of each fleet: its own, where its name ends in one."""
    numbers: dict[tuple[str, str], int] = {}
    sizes = {fleet.fleet: fleet.number for fleet in scenario.fleets}
    named = dict.fromkeys((m.fleet, m.vehicle) for m in movements if m.fleet)
    for fleet, vehicle in named:
        own = vehicle.removeprefix(f"{fleet}-")
        if own.isdecimal() and own == str(int(own)) and 1 <= int(own) <= sizes.get(fleet, 0):
            numbers[fleet, vehicle] = int(own)
    for fleet, vehicle in named:
        if (fleet, vehicle) not in numbers:
            taken = {number for (other, _), number in numbers.items() if other == fleet}
            numbers[fleet, vehicle] = next(n for n in itertools.count(1) if n not in taken)
    return numbers


def timetable_of_plan(network: Network, plan: Plan) -> Timetable:
    """A plan's movements as legs of a network, in order of departure.

    Movements over legs that the network does not have (nobody could use them) are left out.
    """
    scenario = network.scenario
    links = {link.link: (index, link.origin) for index, link in enumerate(scenario.links)}
    fleets = {fleet.fleet: index for index, fleet in enumerate(scenario.fleets)}
    legs = {(leg.link, leg.fleet, leg.forward): i for i, leg in enumerate(network.legs)}
    numbers = _numbers(scenario, plan.movements)
    leg = np.full(len(plan.movements), -1, dtype=np.int64)
    for row, movement in enumerate(plan.movements):
        if movement.link in links:
            index, origin = links[movement.link]
            key = (index, fleets.get(movement.fleet, SELF_MOVING), movement.origin == origin)
            leg[row] = legs.get(key, -1)
    whole = Timetable(
        leg,
        np.array([numbers.get((m.fleet, m.vehicle), 0) for m in plan.movements], dtype=np.int64),
        np.array([m.depart for m in plan.movements], dtype=np.int64),
        plan.loads.movement,
        plan.loads.party,
    )
    whole = whole.in_order()
    return whole.only(whole.leg >= 0, np.ones(len(whole.load_party), dtype=np.bool_))
