"""A plan in force as columns: what the study of every loss starts from."""

from dataclasses import dataclass

import numpy as np

from wayout.network.legs import NO_BERTH, berth_of
from wayout.network.model import Network, build
from wayout.network.timeline import NO_LIMIT, Int, Mask
from wayout.plan.feasible.replay import Replay
from wayout.plan.feasible.safety import NEVER, outcome_of
from wayout.plan.model import Plan
from wayout.scenario.model import Scenario
from wayout.scenario.people import People, people_of


@dataclass(frozen=True, slots=True, eq=False)
class Base:
    """A plan, its scenario's network, and its movements and loads as columns.

    ``turns`` lists each vehicle's movements in order. ``stays_from`` and ``stays_until`` are the
    ticks in which a vehicle holds a spot of ``end_berth`` after each movement (none where it may
    stand free); ``standing[berth, tick]`` counts them. ``steps`` lists the loads of each party in
    the order it travels, as rows of ``load_movement`` and ``load_party``. ``safe`` marks the
    parties that the plan brings to safety in time.
    """

    scenario: Scenario
    plan: Plan
    people: People
    network: Network
    replay: Replay
    start_berth: Int
    end_berth: Int
    stands_free: Mask
    turns: tuple[tuple[int, ...], ...]
    standing: Int
    spots: Int
    load_movement: Int
    load_party: Int
    safe: Mask

    @property
    def depart(self) -> Int:
        """Tick of each departure."""
        return self.replay.movements.depart

    @property
    def arrive(self) -> Int:
        """Tick of each arrival."""
        return self.replay.movements.arrive


def _berths(network: Network) -> Int:
    """Berth by fleet and place; ``NO_BERTH`` where none is needed or the type is barred."""
    scenario = network.scenario
    types = {vehicle.type: vehicle for vehicle in scenario.vehicles}
    table = np.full((len(scenario.fleets) + 1, len(scenario.places) + 1), NO_BERTH)
    for row, fleet in enumerate(scenario.fleets):
        for column, place in enumerate(scenario.places):
            berth = berth_of(scenario, place.place, types[fleet.type])
            table[row, column] = NO_BERTH if berth is None else berth
    return table


def _free(network: Network, berths: Int) -> Mask:
    """Where the vehicles of a fleet may stand without holding a limited spot."""
    spots = network.berth_spots
    unlimited = np.append((spots >= NO_LIMIT).all(axis=1), True)
    free: Mask = unlimited[berths]
    index = {place.place: i for i, place in enumerate(network.scenario.places)}
    for row, fleet in enumerate(network.scenario.fleets):
        free[row, index[fleet.base]] = True
    return free


def _turns(replay: Replay) -> tuple[tuple[int, ...], ...]:
    turns = replay.turns
    starts = np.flatnonzero(turns.first).tolist()
    ends = [*starts[1:], len(turns.row)] if starts else []
    return tuple(
        tuple(turns.row[first:after].tolist()) for first, after in zip(starts, ends, strict=True)
    )


def base_of(scenario: Scenario, plan: Plan, people: People | None = None) -> Base:
    """Prepare a judged plan of ``scenario``."""
    everybody = people_of(scenario) if people is None else people
    network = build(scenario, everybody)
    replay = Replay(scenario, plan, everybody)
    columns, berths = replay.movements, _berths(network)
    end_berth = berths[columns.fleet, columns.destination]
    free = _free(network, berths)[columns.fleet, columns.destination] | (columns.fleet < 0)
    turns = _turns(replay)
    standing = np.zeros_like(network.berth_spots)
    for rows in turns:
        for row, after in zip(rows, [*rows[1:], -1], strict=True):
            if not free[row]:
                until = standing.shape[1] if after < 0 else columns.depart[after]
                standing[end_berth[row], columns.arrive[row] : until] += 1
    steps = replay.steps
    return Base(
        scenario=scenario,
        plan=plan,
        people=everybody,
        network=network,
        replay=replay,
        start_berth=berths[columns.fleet, columns.origin],
        end_berth=end_berth,
        stands_free=free,
        turns=turns,
        standing=standing,
        spots=network.berth_spots,
        load_movement=steps.movement,
        load_party=steps.party,
        safe=outcome_of(replay).safe_from < NEVER,
    )
