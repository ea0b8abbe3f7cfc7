"""The direct time-expanded integer model: flows of vehicles and of people on a grid of time.

What a textbook would write down: for each leg and grid point the vehicles that set out (whole) and
the people of each class aboard, stocks of both at each place, and one row for each rule. Travel and
ground times are rounded up to the grid for whoever goes on, and down for whoever takes up a bed or
a spot, so a solution is a plan but for whole parties. Departures are at grid points. Where slots
are shorter than the grid, a grid point has the capacity of all its slots, and the plan is spread
over them afterwards. The objective is danger-hours.
"""

import math
import time
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from wayout.network.legs import NO_BERTH, Leg
from wayout.network.model import Network
from wayout.network.timeline import NO_LIMIT

Int = NDArray[np.int64]
Real = NDArray[np.float64]
DAY = 1440
SAFE = -1
"""Stands for people who have been in a haven: nothing counts for them but room."""


@dataclass(frozen=True, slots=True)
class Flow:
    """People of a commodity on a leg at a grid point, and the column that counts them."""

    commodity: int
    leg: int
    point: int
    column: int


@dataclass(slots=True)
class GridModel:
    """``min cost·x``, ``row_lower ≤ rows·x ≤ row_upper``, ``0 ≤ x ≤ upper``, and what x means.

    ``whole`` marks the columns that have to be whole numbers: vehicles; people are left fluid, so
    that the solver has it easier.
    """

    step: int
    commodity: Int
    cost: Real
    lower: Real
    upper: Real
    whole: NDArray[np.bool_]
    matrix: csr_array
    row_lower: Real
    row_upper: Real
    people: list[Flow] = field(default_factory=list)
    vehicles: dict[tuple[int, int], int] = field(default_factory=dict)


def commodities(network: Network) -> tuple[list[int], Int]:
    """A class that stands for each commodity, and the commodity of each class.

    Classes of one commodity have the same weight, deadline and ways out.
    """
    keys: dict[tuple[object, ...], int] = {}
    commodity = np.zeros(len(network.classes), dtype=np.int64)
    first: list[int] = []
    for index, kind in enumerate(network.classes):
        ways = tuple(kind.may_use(leg) for leg in network.legs)
        key = (kind.weight, kind.safe_by, kind.destinations, ways)
        if key not in keys:
            keys[key] = len(first)
            first.append(index)
        commodity[index] = keys[key]
    return first, commodity


class _Rows:
    """Rows under construction: triples of row, column and factor."""

    def __init__(self) -> None:
        self.row: list[int] = []
        self.column: list[int] = []
        self.factor: list[float] = []
        self.lower: list[float] = []
        self.upper: list[float] = []

    def add(self, terms: list[tuple[int, float]], lower: float, upper: float) -> None:
        number = len(self.lower)
        for column, factor in terms:
            self.row.append(number)
            self.column.append(column)
            self.factor.append(factor)
        self.lower.append(lower)
        self.upper.append(upper)


class GridTooLargeError(Exception):
    """The model was not built within the time given."""


class GridBuilder:
    """Builds the model, column by column and rule by rule."""

    def __init__(self, network: Network, step: int, until: float) -> None:
        self.network, self.step, self.until = network, step, until
        self.points = range(network.horizon // step + 1)
        self.first, self.commodity = commodities(network)
        self.rows = _Rows()
        self.cost: list[float] = []
        self.upper: list[float] = []
        self.whole: list[bool] = []
        self.people: list[Flow] = []
        self.vehicles: dict[tuple[int, int], int] = {}
        self.aboard: dict[tuple[int, int], list[int]] = {}

    def column(self, cost: float, upper: float, *, whole: bool = False) -> int:
        """A new column; returns its number."""
        self.cost.append(cost)
        self.upper.append(upper)
        self.whole.append(whole)
        return len(self.cost) - 1

    def up(self, tick: int) -> int:
        """First grid point at or after a tick."""
        return math.ceil(tick / self.step)

    def add_movements(self) -> None:
        """A column for each leg and grid point: vehicles, and people of each commodity."""
        total = float(self.network.people.num_people)
        for index, leg in enumerate(self.network.legs):
            self._look_at_the_clock()
            for point in self.points:
                tick = point * self.step
                if tick > self.network.horizon or not leg.possible[tick]:
                    continue
                if not leg.by_self:
                    number = self.network.scenario.fleets[leg.fleet].number
                    self.vehicles[index, point] = self.column(0.0, float(number), whole=True)
                if leg.carries and leg.seats[tick] > 0:
                    self._add_people(index, leg, point, total)

    def _look_at_the_clock(self) -> None:
        if time.monotonic() > self.until:
            raise GridTooLargeError

    def _add_people(self, index: int, leg: Leg, point: int, total: float) -> None:
        tick, network = point * self.step, self.network
        start, arrive = int(network.first_present[leg.origin]), tick + leg.travel
        if tick < start:
            return
        for commodity, kind in enumerate(self.first):
            group = network.classes[kind]
            suits = group.may_use(leg) and network.may_enter(group)[leg.destination]
            timely = arrive + int(network.reach[kind].minutes[leg.destination]) <= group.safe_by
            if suits and timely and not network.haven[leg.origin]:
                cost = group.weight * self._danger(leg, tick)
                column = self.column(cost, total)
                self.people.append(Flow(commodity, index, point, column))
                self.aboard.setdefault((index, point), []).append(column)
        if network.haven[leg.origin] and network.haven[leg.destination]:
            column = self.column(0.0, total)
            self.people.append(Flow(SAFE, index, point, column))
            self.aboard.setdefault((index, point), []).append(column)

    def _danger(self, leg: Leg, tick: int) -> float:
        """Danger-hours that a person of weight 1 has more than by staying."""
        left, link = self.network.danger_left, self.network.scenario.links[leg.link]
        way = link.danger * leg.travel / 60
        return float(way + left[leg.destination, tick + leg.travel] - left[leg.origin, tick])

    def add_rules(self) -> None:
        """Every rule of execution that a flow can keep."""
        for define in (
            self._seats,
            self._people_stock,
            self._vehicle_stock,
            self._beds,
            self._spots,
            self._hours,
            self._slots,
        ):
            define()
            self._look_at_the_clock()

    def _seats(self) -> None:
        for (index, point), columns in self.aboard.items():
            leg = self.network.legs[index]
            if not leg.by_self:
                seats = float(leg.seats[point * self.step])
                terms = [(column, 1.0) for column in columns]
                self.rows.add([*terms, (self.vehicles[index, point], -seats)], -math.inf, 0.0)

    def _people_stock(self) -> None:
        changes: dict[tuple[int, int], dict[int, list[tuple[int, float]]]] = {}
        for flow in self.people:
            leg = self.network.legs[flow.leg]
            out = changes.setdefault((flow.commodity, leg.origin), {})
            out.setdefault(flow.point, []).append((flow.column, -1.0))
            haven = bool(self.network.haven[leg.destination])
            stay = int(self.network.min_stay[leg.destination])
            ready = self.up(flow.point * self.step + leg.travel + stay)
            into = changes.setdefault((SAFE if haven else flow.commodity, leg.destination), {})
            into.setdefault(ready, []).append((flow.column, 1.0))
        supply = self._supply()
        for key, by_point in changes.items():
            self._stock(by_point, supply.get(key, {}), float(self.network.people.num_people))

    def _supply(self) -> dict[tuple[int, int], dict[int, float]]:
        supply: dict[tuple[int, int], dict[int, float]] = {}
        people, network = self.network.people, self.network
        for party in np.flatnonzero(network.able):
            place = int(people.place[party])
            kind = int(self.commodity[network.party_class[party]])
            key = (SAFE if network.haven[place] else kind, place)
            point = self.up(max(0, int(people.ready_from[party])))
            at = supply.setdefault(key, {})
            at[point] = at.get(point, 0.0) + float(people.size[party])
        return supply

    def _stock(
        self,
        by_point: dict[int, list[tuple[int, float]]],
        supply: dict[int, float],
        most: float,
    ) -> None:
        """What is there after each grid point is what was there before, and what changed."""
        before: int | None = None
        for point in self.points:
            change = by_point.get(point, [])
            new = supply.get(point, 0.0)
            if not change and not new:
                continue
            now = self.column(0.0, most)
            terms = [*change, (now, -1.0)]
            if before is not None:
                terms.append((before, 1.0))
            self.rows.add(terms, -new, -new)
            before = now

    def _vehicle_stock(self) -> None:
        changes: dict[tuple[int, int], dict[int, list[tuple[int, float]]]] = {}
        for (index, point), column in self.vehicles.items():
            leg = self.network.legs[index]
            out = changes.setdefault((leg.fleet, leg.origin), {})
            out.setdefault(point, []).append((column, -1.0))
            ready = self.up(point * self.step + leg.travel + leg.ground)
            into = changes.setdefault((leg.fleet, leg.destination), {})
            into.setdefault(ready, []).append((column, 1.0))
        for (fleet, place), by_point in changes.items():
            given = self.network.scenario.fleets[fleet]
            at_base = self.network.scenario.places[place].place == given.base
            number = float(given.number)
            supply = {self.up(given.available_from): number} if at_base else {}
            self._stock(by_point, supply, number)

    def _least(self, limit: Int, point: int) -> float:
        return float(limit[point * self.step : (point + 1) * self.step].min())

    def _beds(self) -> None:
        """P5: counted from the grid point before an arrival on."""
        people, network = self.network.people, self.network
        start = np.bincount(people.place, weights=people.size, minlength=network.num_places)
        changes: dict[int, dict[int, list[tuple[int, float]]]] = {}
        for flow in self.people:
            leg = network.legs[flow.leg]
            changes.setdefault(leg.origin, {}).setdefault(flow.point, []).append(
                (flow.column, -1.0)
            )
            point = (flow.point * self.step + leg.travel) // self.step
            changes.setdefault(leg.destination, {}).setdefault(point, []).append((flow.column, 1.0))
        for place, by_point in changes.items():
            if network.beds[place].min() < NO_LIMIT // 2:
                self._level(by_point, network.beds[place], float(start[place]))

    def _spots(self) -> None:
        """V6: counted from the grid point before an arrival on; at the base for the ground time."""
        network = self.network
        places = {place.place: i for i, place in enumerate(network.scenario.places)}
        changes: dict[int, dict[int, list[tuple[int, float]]]] = {}
        for (index, point), column in self.vehicles.items():
            leg = network.legs[index]
            base = places[network.scenario.fleets[leg.fleet].base]
            if leg.origin_berth != NO_BERTH and leg.origin != base:
                changes.setdefault(leg.origin_berth, {}).setdefault(point, []).append(
                    (column, -1.0)
                )
            if leg.destination_berth != NO_BERTH:
                at = changes.setdefault(leg.destination_berth, {})
                arrive = point * self.step + leg.travel
                at.setdefault(arrive // self.step, []).append((column, 1.0))
                if leg.destination == base:
                    at.setdefault(self.up(arrive + leg.ground), []).append((column, -1.0))
        for berth, by_point in changes.items():
            if network.berth_spots[berth].min() < NO_LIMIT // 2:
                self._level(by_point, network.berth_spots[berth], 0.0)

    def _level(
        self, by_point: dict[int, list[tuple[int, float]]], limit: Int, start: float
    ) -> None:
        """A level that changes stays below the least limit until the next grid point."""
        before: int | None = None
        for point in self.points:
            change = by_point.get(point, [])
            if not change and before is None:
                continue
            now = self.column(0.0, max(self._least(limit, point), start))
            if before is None:
                self.rows.add([*change, (now, -1.0)], -start, -start)
            else:
                self.rows.add([*change, (now, -1.0), (before, 1.0)], 0.0, 0.0)
            before = now

    def _hours(self) -> None:
        under_way: dict[tuple[int, int], list[tuple[int, float]]] = {}
        for (index, point), column in self.vehicles.items():
            leg = self.network.legs[index]
            key = (leg.fleet, point * self.step // DAY)
            under_way.setdefault(key, []).append((column, float(leg.travel)))
        for (fleet, day), terms in under_way.items():
            self.rows.add(terms, -math.inf, float(self.network.hours[fleet, day]))

    def _slots(self) -> None:
        """P4, M6 and V7, summed over the slots of a grid point where slots are shorter."""
        use: dict[tuple[str, int, int], list[tuple[int, float]]] = {}

        def count(kind: str, what: int, tick: int, column: int) -> None:
            slot = max(self.network.timeline.slot, self.step)
            use.setdefault((kind, what, tick // slot), []).append((column, 1.0))

        for flow in self.people:
            leg, tick = self.network.legs[flow.leg], flow.point * self.step
            count("processing", leg.origin, tick, flow.column)
            if leg.by_self:
                count("link_people", leg.link, tick, flow.column)
        for (index, point), column in self.vehicles.items():
            leg, tick = self.network.legs[index], point * self.step
            count("link_departures", leg.link, tick, column)
            if leg.origin_berth != NO_BERTH:
                count("berth_movements", leg.origin_berth, tick, column)
            if leg.destination_berth != NO_BERTH:
                count("berth_movements", leg.destination_berth, tick + leg.travel, column)
        for (kind, what, number), terms in use.items():
            limit = self._of_slots(getattr(self.network, kind)[what], number)
            if limit < NO_LIMIT // 2:
                self.rows.add(terms, -math.inf, float(limit))

    def _of_slots(self, per_slot: Int, number: int) -> int:
        many = max(1, self.step // self.network.timeline.slot)
        return int(per_slot[number * many : (number + 1) * many].sum())


def build_grid(network: Network, step: int, until: float = math.inf) -> GridModel:
    """The model of a network; ``step`` divides the slot or is a multiple of it.

    Raises GridTooLargeError at the monotonic time ``until``.
    """
    builder = GridBuilder(network, step, until)
    builder.add_movements()
    builder.add_rules()
    rows = builder.rows
    shape = (len(rows.lower), len(builder.cost))
    matrix = csr_array((rows.factor, (rows.row, rows.column)), shape=shape)
    return GridModel(
        step=step,
        commodity=builder.commodity,
        cost=np.array(builder.cost),
        lower=np.zeros(len(builder.cost)),
        upper=np.array(builder.upper),
        whole=np.array(builder.whole),
        matrix=matrix,
        row_lower=np.array(rows.lower),
        row_upper=np.array(rows.upper),
        people=builder.people,
        vehicles=builder.vehicles,
    )
