"""Certified bounds of a scenario: people safe, danger-hours, earliest clearance."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from wayout.network.model import Network, build, hurried
from wayout.network.timeline import Real
from wayout.optimize.certificate import certify
from wayout.optimize.linear import solve_linear
from wayout.optimize.program import LinearSolution
from wayout.optimize.relax.build import Aim, Relaxation, relax
from wayout.plan.model import Bound
from wayout.scenario.model import Scenario
from wayout.scenario.people import People


@dataclass(frozen=True, slots=True, eq=False)
class Proved:
    """A relaxation, its solution, and the figure that the duals certify (not below or above it)."""

    relaxation: Relaxation
    solution: LinearSolution
    value: float

    @property
    def certificate(self) -> dict[str, object]:
        """What makes the value checkable: bucket length, dual vector, whether fleets are one."""
        shown = {"bucket_minutes": self.relaxation.grid.length, "dual": self.solution.y}
        return shown | ({"pooled": True} if self.relaxation.columns.network.pooled else {})


def prove(network: Network, length: int, aim: Aim, seconds: float | None = None) -> Proved:
    """Solve the relaxation for an aim and certify its value."""
    relaxation = relax(network, length, aim)
    solution = solve_linear(relaxation.program, seconds)
    return Proved(relaxation, solution, certified_value(relaxation, solution.y))


def certified_value(relaxation: Relaxation, dual: Real) -> float:
    """People at most safe, or danger-hours at least suffered, as a dual vector certifies it."""
    value = relaxation.constant + certify(relaxation.program, dual)
    if relaxation.aim is Aim.PEOPLE:
        return min(-value, float(relaxation.columns.network.people.num_people))
    return max(value, 0.0)


def bounds(scenario: Scenario, people: People, bucket_minutes: int) -> Bound:
    """All bounds of a scenario at one bucket length (a multiple of the slot that divides a day)."""
    network = build(scenario, people)
    safest = prove(network, bucket_minutes, Aim.PEOPLE)
    least = prove(network, bucket_minutes, Aim.DANGER)
    cleared = prove_clearance(network, bucket_minutes)
    certificate = {"people": safest.certificate, "danger": least.certificate}
    if cleared is not None:
        certificate["clear"] = cleared.certificate
    minute = None if cleared is None else cleared.minute
    return Bound(safest.value, least.value, minute, certificate)


@dataclass(frozen=True, slots=True, eq=False)
class Clearance:
    """Not everybody can be safe before ``minute``: a deadline one minute earlier is too early."""

    minute: int
    proved: Proved | None

    @property
    def certificate(self) -> dict[str, object]:
        """As for the other bounds, with the deadline that is too early."""
        if self.proved is None:
            return {"deadline": -1}
        return self.proved.certificate | {"deadline": self.minute - 1}


def too_early(network: Network, deadline: int, length: int) -> Proved | None:
    """A proof that not everybody can be safe by a deadline, or None when there is none."""
    proved = prove(hurried(network, deadline), length, Aim.PEOPLE)
    return proved if leaves_some(network, proved.value) else None


def leaves_some(network: Network, people: float) -> bool:
    """Whether a bound of people safe shows that not everybody is."""
    return people < network.people.num_people - 1e-6


def prove_clearance(network: Network, length: int) -> Clearance | None:
    """The latest minute before which clearance is proved impossible; None if nobody can clear."""
    if not network.able.all() or too_early(network, network.horizon, length) is not None:
        return None
    low = soonest(network) - 1
    found = list(clearances(network, length, low, network.horizon))
    return found[-1] if found else at_least(network, low, length)


def clearances(network: Network, length: int, low: int, high: int) -> Iterator[Clearance]:
    """Ever later minutes before which clearance is proved impossible, by deadlines in between.

    Whoever clears by a minute has a plan with that deadline, so a relaxation that cannot save
    everybody by then proves the minute too early. Deadlines lead away from ``low`` in steps that
    double, and from the first that is not proved back in halving ones. Nothing from ``high`` on
    is asked: there everybody can be safe, or nobody knows better.
    """
    step, doubling = _resolution(length, low), True
    while high - low > _resolution(length, low):
        middle = low + step if doubling and low + step < high else (low + high) // 2
        proved = too_early(network, middle, length)
        if proved is None:
            high, doubling = middle, False
        else:
            low, step = middle, 2 * step
            yield Clearance(middle + 1, proved)


def soonest(network: Network) -> int:
    """The minute at which the last party could be safe if everything were there for it alone."""
    people = network.people
    minutes = np.array([reach.minutes for reach in network.reach], dtype=np.int64)
    alone = minutes.reshape(-1, network.num_places)[network.party_class, people.place]
    alone = np.where(alone > 0, np.maximum(people.ready_from, 0) + alone, 0)
    return int(alone.max(initial=0))


def at_least(network: Network, deadline: int, length: int) -> Clearance:
    """What a deadline proves by itself; nothing where it is not too early."""
    proved = too_early(network, deadline, length) if deadline > 0 else None
    return Clearance(0, None) if proved is None else Clearance(deadline + 1, proved)


def _resolution(length: int, minute: int) -> int:
    """How far apart two deadlines are that are not worth telling apart: a thousandth."""
    return max(1, min(length // 6, minute // 1000))


def departures(network: Network, proved: Proved) -> Real:
    """Loaded departures per leg up to the end of each bucket that a solution makes.

    Counted as people over seats: the relaxation may move empty vehicles that nobody needs.
    """
    flows, grid = proved.relaxation.columns.flows, proved.relaxation.grid
    seats = np.array([max(1, int(leg.seats.max())) for leg in network.legs], dtype=np.float64)
    made = np.zeros((len(network.legs), grid.num))
    np.add.at(made, (flows.leg, flows.bucket), proved.solution.x[flows.column] / seats[flows.leg])
    total: Real = np.cumsum(made, axis=1)
    return total


def shares(network: Network, proved: Proved) -> Real:
    """For each way of people by themselves, its part of all who leave its origin so."""
    flows = proved.relaxation.columns.flows
    people = np.zeros(len(network.legs))
    np.add.at(people, flows.leg, np.maximum(0.0, proved.solution.x[flows.column]))
    origin = np.array([leg.origin for leg in network.legs], dtype=np.int64)
    alone = np.array([leg.by_self for leg in network.legs], dtype=np.bool_)
    people[~alone] = 0.0
    leaving = np.bincount(origin, weights=people, minlength=network.num_places)[origin]
    part: Real = np.where(leaving > 0.5, people / np.maximum(leaving, 0.5), 1.0)
    return part


def leaving(network: Network, proved: Proved) -> Real:
    """People who leave each place up to the end of each bucket, with and without vehicles."""
    flows, grid = proved.relaxation.columns.flows, proved.relaxation.grid
    origin = np.array([leg.origin for leg in network.legs], dtype=np.int64)
    people = np.zeros((network.num_places, grid.num))
    np.add.at(people, (origin[flows.leg], flows.bucket), proved.solution.x[flows.column])
    total: Real = np.cumsum(people, axis=1)
    return total


def penalties(network: Network, proved: Proved) -> Real:
    """What a departure of each leg costs beyond its worth in each bucket, in full loads.

    The reduced cost of the movement, over the danger-hours of a full load of average people if
    nobody moved. Legs and buckets that cannot be used carry none.
    """
    program, columns = proved.relaxation.program, proved.relaxation.columns
    moves, people = columns.moves, network.people
    reduced = (program.cost - program.matrix.T @ proved.solution.y[: program.matrix.shape[0]])[
        moves.column
    ]
    seats = np.array([max(1, int(leg.seats.max())) for leg in network.legs], dtype=np.float64)
    average = max(1e-9, abs(proved.relaxation.constant) / max(1, people.num_people))
    table = np.zeros((len(network.legs), proved.relaxation.grid.num))
    table[moves.leg, moves.bucket] = np.maximum(0.0, reduced) / (average * seats[moves.leg])
    return table
