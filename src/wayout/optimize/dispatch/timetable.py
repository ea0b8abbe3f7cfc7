"""From a finished dispatch to movements and loads: nobody is called forward in vain."""

from dataclasses import dataclass

import numpy as np

from wayout.network.model import Network
from wayout.network.timeline import Int, Mask
from wayout.optimize.dispatch import state as booked
from wayout.optimize.dispatch.tables import Tables, column, table
from wayout.plan.model import Loads, Movement


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


def call_nobody_in_vain(network: Network, timetable: Timetable) -> Timetable:
    """Leave at home those who would be stranded on the way, where home has room for all it had.

    Taking people off movements breaks no upper limit except beds of their origin, so only parties
    from places with room for everybody who starts there are kept at home.
    """
    people = network.people
    start = np.bincount(people.place, weights=people.size, minlength=network.num_places)
    roomy = (network.beds >= start[:, None]).all(axis=1)
    passed = np.zeros(network.num_places, dtype=np.bool_)
    passed[[g.destination for g in network.legs if g.carries]] = True
    keep = _brought_out(network, timetable) | ~(roomy & ~passed)[people.place]
    kept = keep[timetable.load_party]
    used = np.zeros(len(timetable.leg), dtype=np.bool_)
    used[timetable.load_movement[kept]] = True
    used |= _stays_empty(network)[timetable.leg] if len(timetable.leg) else False
    position = np.cumsum(used) - 1
    return Timetable(
        timetable.leg[used],
        timetable.vehicle[used],
        timetable.depart[used],
        position[timetable.load_movement[kept]],
        timetable.load_party[kept],
    )


def movements_of(network: Network, timetable: Timetable) -> tuple[tuple[Movement, ...], Loads]:
    """A timetable in the plan's words."""
    scenario, legs = network.scenario, network.legs
    people = np.bincount(
        timetable.load_movement,
        weights=network.people.size[timetable.load_party],
        minlength=len(timetable.leg),
    )
    types = {vehicle.type: vehicle for vehicle in scenario.vehicles}
    movements = []
    for row in range(len(timetable.leg)):
        leg, aboard = legs[int(timetable.leg[row])], int(people[row])
        fleet = None if leg.by_self else scenario.fleets[leg.fleet]
        depart = int(timetable.depart[row])
        movements.append(
            Movement(
                movement=f"m{row + 1:06d}",
                vehicle="" if fleet is None else f"{fleet.fleet}-{int(timetable.vehicle[row])}",
                fleet="" if fleet is None else fleet.fleet,
                link=scenario.links[leg.link].link,
                origin=scenario.places[leg.origin].place,
                destination=scenario.places[leg.destination].place,
                depart=depart,
                arrive=depart + leg.travel,
                people=aboard,
                emergency=fleet is not None and aboard > types[fleet.type].seats,
            )
        )
    order = np.lexsort((timetable.load_party, timetable.load_movement))
    return tuple(movements), Loads(timetable.load_movement[order], timetable.load_party[order])
