"""What became of a plan in one replication, and the trace of it."""

import hashlib
from dataclasses import dataclass

import numpy as np

from wayout.clock import MINUTES_PER_HOUR
from wayout.scenario.model import Scenario
from wayout.simulate.engine import tables as t
from wayout.simulate.engine.fresh import Stage
from wayout.simulate.engine.tables import Int
from wayout.simulate.model import Model


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What became of a plan. Who does not come is counted neither as safe nor as in danger.

    ``came`` are the people of the plan who came, ``safe`` those of them who are safe by their
    deadline, ``lost`` those whom the plan brings out and who are not. Walk-ins are apart.
    ``safe_by_hour`` has how many people are safe at the end of each hour, ``digest`` a hash of
    every departure with its people.
    """

    replication: int
    came: int
    safe: int
    lost: int
    danger_hours: float
    walk_ins: int
    walk_ins_safe: int
    missed: int
    movements: int
    cancelled: int
    minutes_late: int
    clear_minute: int | None
    safe_by_hour: Int
    digest: str

    @property
    def all_out(self) -> bool:
        """Whether everybody who came is safe by their deadline."""
        return self.safe == self.came


@dataclass(frozen=True, slots=True)
class Departure:
    """A departure that took place: ``movement`` is the plan's, whose way it took.

    ``arrive`` is None if it did not arrive by the deadline.
    """

    movement: str
    vehicle: str
    link: str
    planned: int
    depart: int
    arrive: int | None
    people: int


def trips_of(stage: Stage) -> Int:
    """Rows of the departures that took place, in their order."""
    num = int(stage.table(t.IS_COUNTER, t.NUM_COUNTERS, 1)[t.NUM_TRIPS, 0])
    trips: Int = stage.table(t.IS_TRIP, num, 10).astype(np.int64)
    return trips


def departures_of(model: Model, stage: Stage) -> tuple[Departure, ...]:
    """Every departure of the replication that the stage has just shown."""
    departures = []
    for trip in trips_of(stage).tolist():
        movement = model.movement(trip[t.T_MOVEMENT])
        arrive = None if trip[t.T_ARRIVE] == t.NONE else trip[t.T_ARRIVE]
        departures.append(
            Departure(
                movement.movement,
                movement.vehicle,
                movement.link,
                movement.depart,
                trip[t.T_DEPART],
                arrive,
                trip[t.T_PEOPLE],
            )
        )
    return tuple(departures)


def _digest(stage: Stage) -> str:
    trips = trips_of(stage)
    columns = (t.T_MOVEMENT, t.T_DEPART, t.T_ARRIVE, t.T_PEOPLE)
    return hashlib.sha256(trips[:, columns].astype("<i8").tobytes()).hexdigest()[:16]


def _lateness(model: Model, stage: Stage) -> tuple[int, int, int]:
    """Vehicles' movements that took place and that did not, and minutes that they were late."""
    moves = stage.table(t.IS_MOVE, len(model.move), 12)
    rides = model.move[:, t.VEHICLE] != t.NONE
    gone = rides & (moves[:, t.STATUS] == t.GONE)
    late = (moves[gone, t.WENT] - model.move[gone, t.DEPART]).sum()
    return int(gone.sum()), int((rides & ~gone).sum()), int(late)


def outcome_of(model: Model, stage: Stage, replication: int, planned_safe: Int) -> Outcome:
    """The figures of the replication that the stage has just shown."""
    num = len(model.party)
    both = stage.table(t.IS_PARTY, 2 * num, 13)
    size, last = model.party[:, t.SIZE], model.party[:, t.SAFE_BY]
    came = both[:num, t.AT] != t.AWAY
    sheltered = both[:, t.IN_SHELTER]
    safe = (sheltered[:num] != t.NONE) & (sheltered[:num] <= last)
    walk_in = both[num:, t.AT] != t.AWAY
    walked_out = walk_in & (sheltered[num:] != t.NONE) & (sheltered[num:] <= last)
    minutes = stage.numbers(t.IS_DANGER, num)
    danger = float((minutes * size * model.people.weight).sum() / MINUTES_PER_HOUR)
    movements, cancelled, late = _lateness(model, stage)
    num_hours = model.scenario.deadline // MINUTES_PER_HOUR + 1
    everybody = bool((safe | ~came).all()) and bool(came.any())
    return Outcome(
        replication=replication,
        came=int(size[came].sum()),
        safe=int(size[safe].sum()),
        lost=int(size[came & ~safe & (planned_safe != 0)].sum()),
        danger_hours=danger,
        walk_ins=int(size[walk_in].sum()),
        walk_ins_safe=int(size[walked_out].sum()),
        missed=int(stage.table(t.IS_COUNTER, t.NUM_COUNTERS, 1)[t.MISSED, 0]),
        movements=movements,
        cancelled=cancelled,
        minutes_late=late,
        clear_minute=int(sheltered[:num][safe].max()) if everybody else None,
        safe_by_hour=np.cumsum(stage.table(t.IS_CURVE, num_hours, 1)[:, 0].astype(np.int64)),
        digest=_digest(stage),
    )


def let_in_of(model: Model, stage: Stage) -> list[tuple[int, int, int, int]]:
    """Every leg that a party of the plan took: party, row of the trip, left at, let in at.

    A party that was not let in by the deadline has NONE as the last.
    """
    num = len(model.leg)
    rode = stage.table(t.IS_RODE, num, 1)[:, 0].tolist()
    let_in = stage.table(t.IS_LET_IN, num, 1)[:, 0].tolist()
    depart = trips_of(stage)[:, t.T_DEPART].tolist()
    return [
        (p, rode[leg], depart[rode[leg]], let_in[leg])
        for p, row in enumerate(model.party.tolist())
        for leg in range(row[t.FIRST_LEG], row[t.AFTER_LEG])
        if rode[leg] != t.NONE
    ]


def planning_seats(scenario: Scenario) -> dict[str, int]:
    """Seats of a vehicle of each fleet; more people than that is an emergency load."""
    seats = {vehicle.type: vehicle.seats for vehicle in scenario.vehicles}
    return {fleet.fleet: seats[fleet.type] for fleet in scenario.fleets}
