"""A scenario and its plan, ready to be run."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from wayout.errors import PlanError
from wayout.plan.feasible.calendar import Calendar
from wayout.plan.feasible.replay import columns_of
from wayout.plan.model import Movement, Plan
from wayout.scenario.model import Scenario
from wayout.scenario.people import People, people_of
from wayout.simulate.engine import tables as t
from wayout.simulate.engine.fresh import Booked, Stage
from wayout.simulate.engine.tables import Int, Numbers, Real, Tables, numbers_of, pack
from wayout.simulate.foreseeing import bookings_of, foreseen
from wayout.simulate.giving import (
    amounts_of,
    berths_of,
    factors_of,
    fleets_of,
    limits_of,
    parties_of,
    places_of,
    slot_rows_of,
    targets_of,
)


@dataclass(frozen=True, slots=True, eq=False)
class _Fixed:
    """What is the same for every plan of a scenario: its own tables, its limits, its berths."""

    whole: dict[int, Int]
    numbers: Numbers
    factor: Real
    num_slots: int
    limit: Int
    berths: Int
    link_ends: Int


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A scenario and a plan, ready to be run: the tables, and whose rows they are.

    ``move`` and ``party`` are the tables of the same name, ``order`` has for each movement of the
    tables its index in ``plan.movements``.
    """

    scenario: Scenario
    plan: Plan
    people: People
    given: Tables
    begin: Booked
    move: Int
    party: Int
    leg: Int
    order: Int
    fixed: _Fixed
    hold_minutes: int

    def movement(self, row: int) -> Movement:
        """The plan's movement of a row of ``move``."""
        return self.plan.movements[int(self.order[row])]

    def ground_minutes(self, row: int) -> int:
        """Minutes on the ground after a vehicle's movement."""
        return int(self.fixed.whole[t.OF_FLEET][self.move[row, t.FLEET], t.GROUND])

    def stage(self) -> Stage:
        """Memory in which its replications take place, one after the other."""
        return Stage(self.given, self.begin, self.fixed.link_ends)

    def of_plan(self, plan: Plan) -> "Model":
        """The same for another plan of the scenario."""
        return _modelled(self.scenario, plan, self.people, self.fixed, self.hold_minutes)


@dataclass(frozen=True, slots=True, eq=False)
class _Pieces:
    """What the plan adds to the scenario."""

    move: Int
    load: Int
    leg: Int
    party: Int
    first_turn: Int
    hold: int


def _vehicles(movements: Sequence[Movement]) -> tuple[Int, Int, Int]:
    """Vehicle of each movement, its next movement, and the first movement of each vehicle."""
    numbers: dict[str, int] = {}
    last: dict[int, int] = {}
    vehicle = np.full(len(movements), t.NONE, dtype=np.int64)
    following = np.full(len(movements), t.NONE, dtype=np.int64)
    first: list[int] = []
    for m, movement in enumerate(movements):
        if not movement.vehicle:
            continue
        number = numbers.setdefault(movement.vehicle, len(numbers))
        if number in last:
            following[last[number]] = m
        else:
            first.append(m)
        vehicle[m], last[number] = number, m
    return vehicle, following, np.array(first, dtype=np.int64)


def _legs(people: People, movement: Int, party: Int, depart: Int) -> tuple[Int, Int]:
    """Movements of each party in the order it travels, and how many each has."""
    order = np.lexsort((depart[movement], party))
    return movement[order], np.bincount(party, minlength=people.num_parties).astype(np.int64)


def _moves(
    scenario: Scenario, movements: Sequence[Movement], first_load: Int, berths: Int
) -> tuple[Int, Int]:
    columns = columns_of(scenario, tuple(movements))
    vehicle, following, first = _vehicles(movements)
    fleet = np.where(columns.by_self, len(scenario.fleets), columns.fleet)
    table = np.stack(
        (
            columns.link,
            vehicle,
            np.where(columns.by_self, t.NONE, columns.fleet),
            columns.origin,
            columns.destination,
            columns.depart,
            columns.arrive - columns.depart,
            columns.people,
            berths[fleet, columns.origin],
            berths[fleet, columns.destination],
            first_load[:-1],
            first_load[1:],
            following,
        ),
        axis=1,
    )
    return table.astype(np.int64), first


def _refuse_strange(moves: Int) -> None:
    if len(moves) and (moves[:, [t.LINK, t.ORIGIN, t.DESTINATION]] < 0).any():
        message = "The plan names places or links that its scenario does not have."
        raise PlanError(f"{message} Run wayout verify on it.")


def model_of(
    scenario: Scenario, plan: Plan, people: People | None = None, *, hold_minutes: int = 0
) -> Model:
    """The engine's tables of a plan that the judge accepts (or could: nothing here checks it).

    ``hold_minutes`` is how long a vehicle waits for those booked on it who are late.

    Raises
    ------
    PlanError
        If the plan names what the scenario does not have.
    """
    everybody = people_of(scenario) if people is None else people
    return _modelled(scenario, plan, everybody, _fixed(scenario), hold_minutes)


def _modelled(scenario: Scenario, plan: Plan, people: People, fixed: _Fixed, hold: int) -> Model:
    depart = np.array([movement.depart for movement in plan.movements], dtype=np.int64)
    order = np.argsort(depart, kind="stable").astype(np.int64)
    pieces = _pieces(scenario, plan, people, order, hold, fixed.berths)
    given, begin = _tables(scenario, pieces, fixed)
    tables = (pieces.move, pieces.party, pieces.leg)
    return Model(scenario, plan, people, given, begin, *tables, order, fixed, hold)


def _pieces(
    scenario: Scenario, plan: Plan, people: People, order: Int, hold: int, berths: Int
) -> _Pieces:
    movements = [plan.movements[i] for i in order.tolist()]
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    movement, party = rank[plan.loads.movement], plan.loads.party.astype(np.int64)
    by_movement = np.lexsort((party, movement))
    num_loads = np.bincount(movement, minlength=len(movements))
    first_load = np.concatenate([[0], np.cumsum(num_loads)]).astype(np.int64)
    moves, first_turn = _moves(scenario, movements, first_load, berths)
    _refuse_strange(moves)
    leg, num_legs = _legs(people, movement, party, moves[:, t.DEPART])
    return _Pieces(moves, party[by_movement], leg, parties_of(people, num_legs), first_turn, hold)


def _settings(scenario: Scenario, pieces: _Pieces) -> Int:
    places, links, berths = len(scenario.places), len(scenario.links), len(scenario.berths)
    return np.array(
        (
            scenario.deadline,
            scenario.policy.slot_minutes,
            pieces.hold,
            scenario.end,
            places,
            links,
            berths,
            len(scenario.fleets),
            len(pieces.party),
            len(pieces.move),
            len(pieces.first_turn),
            places + berths,
            places + 2 * links + berths,
            len(pieces.load),
        ),
        dtype=np.int64,
    )


def _fixed(scenario: Scenario) -> _Fixed:
    calendar = Calendar(scenario)
    factor = factors_of(calendar, targets_of(scenario))
    slot_factor, slot_amount = slot_rows_of(scenario)
    fleet, hours = fleets_of(scenario)
    index = {place.place: i for i, place in enumerate(scenario.places)}
    whole = {t.OF_PLACE: places_of(scenario), t.OF_FLEET: fleet, t.OF_SLOT_FACTOR: slot_factor}
    numbers = {
        t.OF_RATE: np.array([(p.danger, p.danger_after_expiry) for p in scenario.places]),
        t.OF_LINK_RATE: np.array([link.danger for link in scenario.links]),
        t.OF_AMOUNT: amounts_of(scenario),
        t.OF_HOURS: hours,
        t.OF_SLOT_AMOUNT: slot_amount,
        t.OF_FACTOR: factor,
    }
    return _Fixed(
        whole=whole,
        numbers=numbers_of(numbers),
        factor=factor,
        num_slots=calendar.num_slots,
        limit=limits_of(calendar, factor, slot_factor, slot_amount),
        berths=berths_of(scenario),
        link_ends=np.array([index[link.destination] for link in scenario.links], dtype=np.int64),
    )


def _tables(scenario: Scenario, pieces: _Pieces, fixed: _Fixed) -> tuple[Tables, Booked]:
    whole = fixed.whole | {
        t.OF_SETTING: _settings(scenario, pieces),
        t.OF_MOVE: pieces.move,
        t.OF_LOAD: pieces.load,
        t.OF_LEG: pieces.leg,
        t.OF_PARTY: pieces.party,
        t.OF_FIRST_TURN: pieces.first_turn,
        t.OF_PLANNED: foreseen(scenario, pieces.move, pieces.party, fixed.whole[t.OF_FLEET]),
    }
    booked, hours_booked = bookings_of(scenario, pieces.move, fixed.num_slots)
    begin = Booked(fixed.limit, booked, hours_booked, fixed.factor)
    return pack(whole, fixed.numbers), begin
