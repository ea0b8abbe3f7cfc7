"""The exact optimum of road-only worlds as one commodity: OR-Tools' min-cost flow.

One node for each place and grid point; an arc for each departure, for waiting, and from havens to
one sink. A unit is one person, its cost the danger it has more than by staying, so the least cost
is the least danger-hours: total time, the objective of an earliest arrival flow. It is exact where
every time is on the grid, the slot is the grid, everybody has one weight and one deadline, and
parties may be split; whole parties only make it worse, so it is a bound for every plan and the
certified bound may not be above it.
"""

import itertools
from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from benchmarks.peers.sheet import Sheet
from wayout.network.model import Network
from wayout.network.timeline import NO_LIMIT

SCALE = 1_000_000
"""Costs are whole numbers: millionths of a danger-hour."""


@dataclass(frozen=True, slots=True)
class Optimum:
    """The least danger-hours with parties split, people safe then, and people by leg and tick."""

    danger_hours: float
    people_safe: int
    flows: dict[tuple[int, int], int]


def why_not_exact(network: Network) -> str:
    """What makes a scenario more than one commodity on a grid; empty if nothing does."""
    people, step = network.people, network.timeline.slot
    if any(not leg.by_self for leg in network.legs):
        return "It has vehicles."
    if len(set(people.weight.tolist())) > 1 or len(set(people.safe_by.tolist())) > 1:
        return "People have several weights or deadlines."
    if len(network.classes) > 1 and not _one_way_for_all(network):
        return "Not everybody may go everywhere."
    times = [leg.travel for leg in network.legs] + [int(stay) for stay in network.min_stay]
    if any(minutes % step for minutes in times):
        return "Travel times are not multiples of the slot."
    if network.min_stay.any():
        return "Places have a shortest stay."
    havens = [i for i, place in enumerate(network.scenario.places) if network.haven[i]]
    if any(len(set(network.beds[place].tolist())) > 1 for place in havens):
        return "Havens grow or shrink."
    if any(place.expires is not None for place in network.scenario.places):
        return "A refuge expires."
    if any(leg.origin in havens for leg in network.legs):
        return "People may leave havens."
    return ""


def _one_way_for_all(network: Network) -> bool:
    ways = {
        tuple(
            kind.may_use(leg) and bool(network.may_enter(kind)[leg.destination])
            for leg in network.legs
        )
        for kind in network.classes
    }
    return len(ways) == 1


class _Arcs:
    """Arcs under construction; nodes get their number when they are first named."""

    def __init__(self) -> None:
        self.nodes: dict[tuple[object, ...], int] = {}
        self.tail: list[int] = []
        self.head: list[int] = []
        self.most: list[int] = []
        self.cost: list[int] = []

    def node(self, *name: object) -> int:
        return self.nodes.setdefault(name, len(self.nodes))

    def add(self, tail: int, head: int, most: int, cost: int = 0) -> int:
        self.tail.append(tail)
        self.head.append(head)
        self.most.append(most)
        self.cost.append(cost)
        return len(self.tail) - 1


def earliest_arrival(network: Network) -> Optimum:
    """The optimum; raises ValueError where a min-cost flow is not exact."""
    reason = why_not_exact(network)
    if reason:
        raise ValueError(f"No single commodity on a grid: {reason}")
    arcs, people, step = _Arcs(), network.people, network.timeline.slot
    total = people.num_people
    weight = float(people.weight[0])
    points = range(network.horizon // step + 1)
    moving: dict[int, tuple[int, int]] = {}
    for place in range(network.num_places):
        _add_waiting(network, arcs, place, total)
    for index, leg in enumerate(network.legs):
        for point in points:
            tick = point * step
            if leg.possible[tick]:
                most = min(total, int(network.link_people[leg.link, tick // step]))
                tail = arcs.node("out", leg.origin, point)
                head = arcs.node("in", leg.destination, (tick + leg.travel) // step)
                cost = round(SCALE * weight * _danger(network, index, tick))
                moving[arcs.add(tail, head, most, cost)] = (index, tick)
    supply = _supply(network, arcs)
    return _solve(network, arcs, supply, moving)


def _danger(network: Network, index: int, tick: int) -> float:
    leg = network.legs[index]
    way = network.scenario.links[leg.link].danger * leg.travel / 60
    left = network.danger_left
    return float(way + left[leg.destination, tick + leg.travel] - left[leg.origin, tick])


def _add_waiting(network: Network, arcs: _Arcs, place: int, total: int) -> None:
    """Waiting (P5, the least beds until the next grid point) and leaving (P4) of a place."""
    step = network.timeline.slot
    last = network.horizon // step
    beds, processing = network.beds[place], network.processing[place]
    for point in range(last + 1):
        most = min(total, int(beds[point * step : (point + 1) * step].min()))
        arcs.add(
            arcs.node("in", place, point),
            arcs.node("out", place, point),
            min(total, int(processing[point])),
        )
        if network.haven[place]:
            arcs.add(arcs.node("in", place, point), arcs.node("haven", place), total)
        elif point < last:
            arcs.add(arcs.node("in", place, point), arcs.node("in", place, point + 1), most)
        else:
            arcs.add(arcs.node("in", place, point), arcs.node("sink"), most)
    if network.haven[place]:
        start = int(network.people.size[network.people.place == place].sum())
        most = total if beds[0] >= NO_LIMIT // 2 else int(beds[0])
        arcs.add(arcs.node("haven", place), arcs.node("sink"), max(most, start))


def _supply(network: Network, arcs: _Arcs) -> dict[int, int]:
    """People enter when they are ready; until then they are at home, which has room for them."""
    people, step = network.people, network.timeline.slot
    supply: dict[int, int] = defaultdict(int)
    last = network.horizon // step
    for party in range(people.num_parties):
        point = -(-max(0, int(people.ready_from[party])) // step)
        node = arcs.node("in", int(people.place[party]), point) if point <= last else None
        supply[arcs.node("sink") if node is None else node] += int(people.size[party])
    return supply


def _solve(
    network: Network, arcs: _Arcs, supply: dict[int, int], moving: dict[int, tuple[int, int]]
) -> Optimum:
    from ortools.graph.python import min_cost_flow

    solver = min_cost_flow.SimpleMinCostFlow()
    solver.add_arcs_with_capacity_and_unit_cost(
        np.array(arcs.tail), np.array(arcs.head), np.array(arcs.most), np.array(arcs.cost)
    )
    total = sum(supply.values())
    sink = arcs.node("sink")
    balance = {**supply, sink: supply.get(sink, 0) - total}
    for node, amount in balance.items():
        solver.set_node_supply(node, amount)
    status = solver.solve()
    if status != solver.OPTIMAL:
        raise ValueError(f"The flow has no solution: {status}.")
    flows = {key: int(solver.flow(arc)) for arc, key in moving.items() if solver.flow(arc)}
    idle = float(
        (
            network.people.size
            * network.people.weight
            * network.danger_left[network.people.place, 0]
        ).sum()
    )
    arrived = sum(
        num for (leg, _), num in flows.items() if network.protecting[network.legs[leg].destination]
    )
    there = int(network.people.size[network.protecting[network.people.place]].sum())
    return Optimum(idle + solver.optimal_cost() / SCALE, arrived + there, flows)


def flow_plan(network: Network) -> tuple[Sheet, Optimum]:
    """The optimum as a timetable of whole parties: they follow the flow as far as they fit.

    At each departure whole parties who are there go, in order, as far as the flow of the leg has
    come by then; the next one takes along what that leaves over.
    """
    optimum = earliest_arrival(network)
    people, sheet = network.people, Sheet()
    lines: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for party in range(people.num_parties):
        entry = (max(0, int(people.ready_from[party])), party)
        lines[int(people.place[party])].append(entry)
    owed: dict[int, int] = defaultdict(int)
    free = network.link_people.copy()
    step = network.timeline.slot
    flows = optimum.flows
    for tick, index in itertools.product(
        range(0, network.horizon + 1, step), range(len(network.legs))
    ):
        leg = network.legs[index]
        owed[index] += flows.get((index, tick), 0)
        if owed[index] < 1 or not leg.possible[tick]:
            continue
        line = sorted(lines[leg.origin])
        most = min(owed[index], int(free[leg.link, tick // step]))
        aboard, kept = _whole(network, line, tick, most)
        if aboard:
            lines[leg.origin] = kept
            owed[index] -= int(people.size[aboard].sum())
            lines[leg.destination] += [(tick + leg.travel, party) for party in aboard]
            sheet.add(index, tick, 0, aboard)
    return sheet, optimum


def _whole(
    network: Network, line: list[tuple[int, int]], tick: int, most: int
) -> tuple[list[int], list[tuple[int, int]]]:
    """Who goes of a line, in order, and who stays."""
    aboard: list[int] = []
    kept: list[tuple[int, int]] = []
    for position, (ready, party) in enumerate(line):
        if ready > tick or most < 1:
            kept += line[position:]
            break
        size = int(network.people.size[party])
        if size <= most:
            aboard.append(party)
            most -= size
        else:
            kept.append((ready, party))
    return aboard, kept
