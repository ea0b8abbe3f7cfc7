"""What no plan can beat once something is different: a certified ceiling, from the relaxation.

What is decided tightens it: whoever keeps to a plan up to a minute makes no other departures before
it, so that every column of a bucket that ends by then is at most what the plan does in it.
"""

from dataclasses import dataclass, replace

import numpy as np

from wayout.network.model import Network, build
from wayout.optimize.bound import Proved, certified_value
from wayout.optimize.dispatch.timetable import Timetable
from wayout.optimize.linear import solve_linear
from wayout.optimize.relax.build import Aim, Relaxation, relax
from wayout.scenario.model import Scenario
from wayout.scenario.people import people_of

DAILY = 1440
THIRDS = 480
"""Buckets of eight hours: where days credit a vehicle with a round trip too many, these do not."""

SLACK = 1e-6
"""Departures that are decided are allowed this much more, so that no rounding forbids them."""


@dataclass(frozen=True, slots=True, eq=False)
class Decided:
    """The movements that a plan makes before a minute, as legs of the network at hand."""

    timetable: Timetable
    minute: int


@dataclass(frozen=True, slots=True, eq=False)
class Ceiling:
    """At most ``people`` safe, at least ``danger`` danger-hours, each with what proves it."""

    people: float
    danger: float
    safest: Proved
    least: Proved


def bucket_minutes(network: Network, length: int = DAILY) -> int:
    """The bucket length: ``length``, or shorter where the operation has fewer than three."""
    slot = network.timeline.slot
    while length > slot and (length * 3 > max(network.horizon, 3 * slot) or length % slot):
        length //= 2
    return max(length, slot)


def proved(network: Network, length: int, aim: Aim, decided: Decided | None = None) -> Proved:
    """Solve the relaxation of a network for an aim and certify its value."""
    relaxation = relax(network, bucket_minutes(network, length), aim)
    if decided is not None:
        relaxation = _held(relaxation, decided)
    solution = solve_linear(relaxation.program)
    return Proved(relaxation, solution, certified_value(relaxation, solution.y))


def _held(relaxation: Relaxation, decided: Decided) -> Relaxation:
    """No more departures and no more people, per leg and decided bucket, than were decided."""
    columns, length = relaxation.columns, relaxation.grid.length
    num = decided.minute // length
    shape = (len(columns.network.legs), max(1, num))
    made, aboard = np.zeros(shape), np.zeros(shape)
    past = decided.timetable.before(num * length)
    bucket = past.depart // length
    np.add.at(made, (past.leg, bucket), 1.0)
    rows = past.load_movement
    size = columns.network.people.size[past.load_party]
    np.add.at(aboard, (past.leg[rows], bucket[rows]), size)
    upper = relaxation.program.upper.copy()
    for table, limit in ((columns.moves, made), (columns.flows, aboard)):
        early = table.bucket < num
        column = table.column[early]
        most = limit[table.leg[early], table.bucket[early]]
        upper[column] = np.minimum(upper[column], most + SLACK)
    return replace(relaxation, program=replace(relaxation.program, upper=upper))


def ceiling(
    given: Network | Scenario, length: int = DAILY, decided: Decided | None = None
) -> Ceiling:
    """Certified ceiling of a scenario; the figures are recomputed from the duals."""
    network = given if isinstance(given, Network) else build(given, people_of(given))
    safest = proved(network, length, Aim.PEOPLE, decided)
    least = proved(network, length, Aim.DANGER, decided)
    return Ceiling(safest.value, least.value, safest, least)
