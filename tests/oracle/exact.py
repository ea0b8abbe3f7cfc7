"""The proved best plan of a tiny world, for each of three goals."""

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import lcm

import numpy as np
from ortools.sat.python import cp_model
from tests.oracle.grid import Move, exact
from tests.oracle.program import Linear, Program, program_of
from tests.oracle.worlds import World

from wayout.plan.model import Bound, Loads, Movement, Plan


class Goal(StrEnum):
    """What the optimum is asked for."""

    PEOPLE_SAFE = "people_safe"
    DANGER_HOURS = "danger_hours"
    CLEAR_MINUTE = "clear_minute"


@dataclass(frozen=True, slots=True)
class Optimum:
    """The best value, exactly; None if not everybody can be safe and that was asked.

    ``proved`` is false only when the solver ran out of work.
    """

    value: Fraction | None
    plan: Plan
    proved: bool


def optimum(world: World, goal: Goal, *, work: float = 60.0) -> Optimum:
    """Solve a world for a goal with one worker and a fixed seed.

    ``work`` is the most, in the solver's own measure (about a second each on an idle machine), so
    that a busy machine proves as much as an idle one.
    """
    program = program_of(world)
    scale = _aim(program, goal)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = work
    solver.parameters.symmetry_level = 0
    status = solver.solve(program.model)
    if status == cp_model.INFEASIBLE and goal is Goal.CLEAR_MINUTE:
        return Optimum(None, _plan(world, goal, [], []), proved=True)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        raise AssertionError(f"world {world.seed}: {goal}: {solver.status_name(status)}")
    value = Fraction(round(solver.objective_value)) / scale
    plan = _read_plan(world, goal, program, solver)
    return Optimum(value, plan, proved=status == cp_model.OPTIMAL)


def _aim(program: Program, goal: Goal) -> Fraction:
    """Set the objective; its integer value divided by what is returned is the goal's value."""
    if goal is Goal.DANGER_HOURS:
        return _aim_at_danger(program)
    model, rules = program.model, program.rules
    safe: dict[int, list[tuple[int, Linear]]] = defaultdict(list)
    for trip in program.trips:
        party = program.parties[trip.party]
        if rules.counts_as_safe(trip.move.destination) and trip.move.arrive <= rules.safe_by(party):
            counted = model.new_bool_var("")
            model.add(counted <= trip.taken)
            safe[trip.party].append((trip.move.arrive, counted))
    counts = [sum(counted for _, counted in safe[index]) for index in range(len(program.parties))]
    if goal is Goal.PEOPLE_SAFE:
        for count in counts:
            model.add(count <= 1)
        sizes = [party.size for party in program.parties]
        model.maximize(sum(size * count for size, count in zip(sizes, counts, strict=True)))
        return Fraction(1)
    last = model.new_int_var(0, rules.scenario.deadline, "last")
    for index, count in enumerate(counts):
        model.add(count == 1)
        model.add(last >= sum(tick * counted for tick, counted in safe[index]))
    model.minimize(last)
    return Fraction(1)


def _aim_at_danger(program: Program) -> Fraction:
    """Danger before the first haven; all of it at the start's rate when that is too late."""
    rules, model = program.rules, program.model
    end = rules.scenario.end
    paths: dict[int, list[tuple[Fraction, Linear]]] = defaultdict(list)
    late: dict[int, list[Linear]] = defaultdict(list)
    for (index, layer, place, tick), present in program.present.items():
        if not layer:
            until = tick + rules.step if tick < rules.scenario.deadline else end
            paths[index].append((rules.danger(place, tick, min(until, end)), present))
    for trip in program.trips:
        if not trip.arrived:
            minutes = trip.move.arrive - trip.move.depart
            rate = exact(rules.links[trip.move.link].danger)
            paths[trip.party].append((minutes * rate, trip.taken))
            haven = rules.places[trip.move.destination].is_haven
            if haven and trip.move.arrive > rules.safe_by(program.parties[trip.party]):
                late[trip.party].append(trip.taken)
    at_start = [rules.danger(party.place, 0, end) for party in program.parties]
    scale = lcm(
        *(cost.denominator for terms in paths.values() for cost, _ in terms),
        *(cost.denominator for cost in at_start),
    )
    weights = [rules.weight(party) for party in program.parties]
    weight_scale = lcm(*(weight.denominator for weight in weights))
    total: list[Linear] = []
    for index, weight in enumerate(weights):
        terms = [(int(cost * scale), taken) for cost, taken in paths[index]]
        most = sum(cost for cost, _ in terms)
        all_along = int(at_start[index] * scale)
        counted = model.new_int_var(0, max(most, all_along), "")
        is_late = sum(late[index])
        model.add(counted >= sum(cost * taken for cost, taken in terms) - most * is_late)
        if late[index]:
            model.add(counted >= all_along * is_late)
        total.append(int(weight * weight_scale) * counted)
    model.minimize(sum(total))
    return Fraction(60 * scale * weight_scale)


def _read_plan(world: World, goal: Goal, program: Program, solver: cp_model.CpSolver) -> Plan:
    """The movements that were chosen; people by themselves share one per link and departure."""
    rules = program.rules
    aboard: dict[tuple[int | None, Move], list[int]] = defaultdict(list)
    for position, ride in enumerate(program.rides):
        if solver.boolean_value(ride.made):
            aboard[position, ride.move] = []
    for trip in program.trips:
        if solver.boolean_value(trip.taken):
            aboard[trip.ride, trip.move].append(trip.party)
    movements: list[Movement] = []
    loads: list[tuple[int, int]] = []
    for (taken_ride, move), parties in sorted(
        aboard.items(),
        key=lambda item: (
            item[0][1].depart,
            item[0][1].link,
            -1 if item[0][0] is None else item[0][0],
        ),
    ):
        people = sum(program.parties[index].size for index in parties)
        used = None if taken_ride is None else program.rides[taken_ride]
        loads += [(len(movements), index) for index in sorted(parties)]
        movements.append(
            Movement(
                movement=f"m{len(movements) + 1}",
                vehicle="" if used is None else used.vehicle,
                fleet="" if used is None else used.fleet.fleet,
                link=move.link,
                origin=move.origin,
                destination=move.destination,
                depart=move.depart,
                arrive=move.arrive,
                people=people,
                emergency=used is not None and people > rules.types[used.fleet.type].seats,
            )
        )
    return _plan(world, goal, movements, loads)


def _plan(
    world: World, goal: Goal, movements: list[Movement], loads: list[tuple[int, int]]
) -> Plan:
    pairs = np.array(loads, dtype=np.int64).reshape(len(loads), 2)
    return Plan(
        scenario_name=world.scenario.name,
        scenario_hash="",
        case=world.scenario.case.value,
        objective=goal.value,
        seed=world.seed,
        movements=tuple(movements),
        loads=Loads(movement=pairs[:, 0].copy(), party=pairs[:, 1].copy()),
        bound=Bound(people_safe=0.0, danger_hours=0.0),
    )
