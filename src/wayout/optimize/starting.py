"""Where planning starts from when there is a plan already, and how much of it stays as it is."""

from dataclasses import replace

import numpy as np

from wayout.network.model import Network
from wayout.optimize.dispatch.timetable import Timetable, timetable_of_plan
from wayout.plan.model import Loads, Plan
from wayout.scenario.people import People


def carried(plan: Plan, before: People, people: People) -> Plan:
    """The plan with its loads counted in the parties of another version of its scenario.

    Parties are the same where name and size are. Those who are gone are taken off; who is new
    waits at home.
    """
    rows = {(name, int(size)): row for row, (name, size) in enumerate(_named(people))}
    row_of = np.array([rows.get((name, int(size)), -1) for name, size in _named(before)])
    party = row_of[plan.loads.party] if len(row_of) else plan.loads.party
    loads = Loads(plan.loads.movement[party >= 0], party[party >= 0])
    aboard = np.bincount(
        loads.movement, weights=people.size[loads.party], minlength=len(plan.movements)
    )
    movements = tuple(
        replace(movement, people=int(number))
        for movement, number in zip(plan.movements, aboard, strict=True)
    )
    return replace(plan, movements=movements, loads=loads)


def _named(people: People) -> list[tuple[str, int]]:
    return list(zip(people.party, people.size, strict=True))


def starting_point(network: Network, plan: Plan) -> Timetable:
    """A plan as a timetable of the network, in order of departure.

    Movements that the scenario does not have (their way, their vehicle, their arrival before the
    deadline) are left out: they can be no part of any plan.
    """
    timetable = timetable_of_plan(network, plan)
    travel = np.array([leg.travel for leg in network.legs], dtype=np.int64)
    fleet = np.array([leg.fleet for leg in network.legs], dtype=np.int64)
    number = np.array([fleet.number for fleet in network.scenario.fleets] + [0], dtype=np.int64)
    known = (timetable.depart >= 0) & (timetable.depart + travel[timetable.leg] <= network.horizon)
    known &= timetable.vehicle <= number[fleet[timetable.leg]]
    return timetable.only(known, np.ones(len(timetable.load_party), dtype=np.bool_))
