"""The columns of the relaxation, as parallel arrays, and the builder that gathers them."""

from dataclasses import dataclass, field

import numpy as np

from wayout.network.legs import SELF_MOVING, Leg
from wayout.network.model import Network
from wayout.network.timeline import Int, Mask, Real
from wayout.optimize.relax.commodities import Commodity, commodities_of
from wayout.optimize.relax.grid import Grid

SAFE = -1
"""Commodity index of people who are in a haven: nothing tells them apart any more."""


@dataclass(frozen=True, slots=True, eq=False)
class Flows:
    """People flows ``x[commodity, leg, bucket]``, one entry per column.

    ``credit`` is the bucket from which they may leave the destination, counted from the earliest
    possible arrival; ``certain`` the bucket by the end of which they have arrived for sure.
    ``danger`` is a lower bound on what one person's weighted danger-hours change by; ``safe`` what
    the count of protected people changes by.
    """

    column: Int
    commodity: Int
    leg: Int
    bucket: Int
    credit: Int
    certain: Int
    danger: Real
    safe: Real


@dataclass(frozen=True, slots=True, eq=False)
class Moves:
    """Departures ``m[leg, bucket]`` of vehicles, one entry per column.

    ``ready`` is the earliest bucket of the next departure, ``earliest``/``certain`` the buckets of
    the earliest and the latest possible arrival, ``seats`` the most people aboard.
    """

    column: Int
    leg: Int
    bucket: Int
    ready: Int
    earliest: Int
    certain: Int
    seats: Int


@dataclass(slots=True)
class _Boxes:
    lower: list[Real] = field(default_factory=list)
    upper: list[Real] = field(default_factory=list)
    num: int = 0

    def add(self, upper: Real, lower: Real | None = None) -> Int:
        """Append columns with their boxes; returns their indexes."""
        columns = np.arange(self.num, self.num + upper.size, dtype=np.int64)
        self.upper.append(upper.reshape(-1).astype(np.float64))
        self.lower.append(np.zeros(upper.size) if lower is None else lower.reshape(-1).astype(np.float64))
        self.num += upper.size
        return columns.reshape(upper.shape)


def is_flat(network: Network) -> bool:
    """Whether nothing short of a haven lessens danger, so that whoever is not saved may stay home."""
    outside = [i for i in range(network.num_places) if not network.haven[i]]
    rates = network.danger_left[outside, 0] if outside else np.zeros(1)
    links = network.scenario.links
    ways = [links[leg.link].danger for leg in network.legs if leg.carries and not network.haven[leg.destination]]
    worst = max((network.scenario.places[i].danger for i in outside), default=0.0)
    return bool(rates.max() - rates.min() <= 1e-12 and all(rate >= worst for rate in ways))


class Columns:
    """All columns of one relaxation: flows, moves, stocks and carries."""

    def __init__(self, network: Network, grid: Grid, *, trim: bool) -> None:
        self.network, self.grid, self.trim = network, grid, trim
        self.boxes = _Boxes()
        counted = network.able if trim else np.ones(network.people.num_parties, dtype=np.bool_)
        self.commodities = commodities_of(network, grid.length, grid.num, counted)
        self.total = sum(commodity.people for commodity in self.commodities)
        self.moves = self._moves()
        self.flows = self._flows()
        self.people = self._people_stocks()
        self.housed = self._housed()
        self.vehicles = self._vehicle_stocks()
        self.hour_carry = self._hour_carry()
        self.spot_carry = self._spot_carry()

    def _moves(self) -> Moves:
        grid, pieces = self.grid, []
        for index, leg in enumerate(self.network.legs):
            if leg.fleet == SELF_MOVING:
                continue
            buckets, first, last = grid.firsts(leg.possible)
            seats = np.maximum.reduceat(leg.seats, np.arange(grid.num) * grid.length)[buckets]
            pieces.append(
                np.array(
                    [
                        np.full(len(buckets), index),
                        buckets,
                        (first + leg.travel + leg.ground) // grid.length,
                        (first + leg.travel) // grid.length,
                        (last + leg.travel) // grid.length,
                        seats,
                        self._most_moves(leg, len(buckets)),
                    ]
                )
            )
        table = np.concatenate(pieces, axis=1) if pieces else np.zeros((7, 0), dtype=np.int64)
        return Moves(self.boxes.add(table[6]), *(table[row] for row in range(6)))

    def _most_moves(self, leg: Leg, num: int) -> Int:
        """No fleet departs more often in a bucket than its vehicles can turn round."""
        duty = max(1, leg.travel + leg.ground)
        number = self.network.scenario.fleets[leg.fleet].number
        return np.full(num, number * ((self.grid.length - 1) // duty + 1), dtype=np.int64)

    def _useful(self, leg: Leg, commodity: Commodity | None) -> Mask:
        """Ticks at which a departure can carry people of a commodity to any purpose."""
        ticks = np.arange(self.network.horizon + 1)
        useful = leg.possible & (leg.seats > 0) & (ticks >= self.network.first_present[leg.origin])
        if commodity is None:
            return useful
        arrive = ticks + leg.travel
        if self.trim:
            stay = 0 if self.network.protecting[leg.destination] else self.network.min_stay[leg.destination]
            useful &= arrive + stay + commodity.minutes[leg.destination] <= commodity.safe_by
        elif self.network.haven[leg.destination]:
            useful &= arrive <= commodity.safe_by
        return useful

    def _flows(self) -> Flows:
        whole: list[Int] = []
        dangers: list[Real] = []
        uppers: list[Real] = []
        for index, leg in enumerate(self.network.legs):
            if not leg.carries:
                continue
            from_haven = bool(self.network.haven[leg.origin])
            if from_haven and not self.network.haven[leg.destination]:
                continue
            kinds = [SAFE] if from_haven else list(range(len(self.commodities)))
            for kind in kinds:
                self._flow(index, leg, kind, whole, dangers, uppers)
        table = np.concatenate(whole, axis=1) if whole else np.zeros((5, 0), dtype=np.int64)
        upper = np.concatenate(uppers) if uppers else np.zeros(0)
        danger = np.concatenate(dangers) if dangers else np.zeros(0)
        legs = self.network.legs
        protecting = self.network.protecting.astype(np.float64)
        ends = np.array([(leg.origin, leg.destination) for leg in legs], dtype=np.int64).reshape(-1, 2)[table[1]]
        safe = np.where(table[0] == SAFE, 0.0, protecting[ends[:, 1]] - protecting[ends[:, 0]])
        return Flows(self.boxes.add(upper), *(table[row] for row in range(5)), danger, safe)

    def _flow(
        self, index: int, leg: Leg, kind: int, whole: list[Int], dangers: list[Real], uppers: list[Real]
    ) -> None:
        commodity = None if kind == SAFE else self.commodities[kind]
        if commodity is not None and not commodity.enter[leg.destination]:
            return
        useful = self._useful(leg, commodity)
        buckets, first, last = self.grid.firsts(useful)
        if len(buckets) == 0:
            return
        length = self.grid.length
        stay = self.network.min_stay[leg.destination]
        whole.append(
            np.array(
                [
                    np.full(len(buckets), kind),
                    np.full(len(buckets), index),
                    buckets,
                    (first + leg.travel + stay) // length,
                    (last + leg.travel) // length,
                ]
            )
        )
        dangers.append(self._danger(leg, commodity, useful)[buckets])
        many = self.total if commodity is None else commodity.people
        uppers.append(np.minimum(float(many), self._most_people(leg, len(buckets))))

    def _most_people(self, leg: Leg, num: int) -> Real:
        if leg.fleet == SELF_MOVING:
            return np.full(num, np.inf)
        return self._most_moves(leg, num) * float(leg.seats.max())

    def _danger(self, leg: Leg, commodity: Commodity | None, useful: Mask) -> Real:
        """Least change of weighted danger-hours of one person by a departure in each bucket."""
        if commodity is None:
            return np.zeros(self.grid.num)
        left, travel = self.network.danger_left, leg.travel
        on_the_way = self.network.scenario.links[leg.link].danger * travel / 60.0
        change = np.full(self.network.horizon + 1, np.inf)
        last = self.network.horizon + 1 - travel
        change[:last] = left[leg.destination][travel:] - left[leg.origin][:last] + on_the_way
        change[~useful] = np.inf
        return np.minimum.reduceat(change, np.arange(self.grid.num) * self.grid.length) * commodity.weight

    def _people_stocks(self) -> Int:
        """``S[commodity, place, bucket]``, then the safe ones as the last commodity."""
        upper = np.array([c.people for c in self.commodities] + [self.total], dtype=np.float64)
        shape = (len(upper), self.network.num_places, self.grid.num)
        return self.boxes.add(np.broadcast_to(upper[:, None, None], shape).copy())

    def _housed(self) -> dict[int, Int]:
        """``Q[place, bucket]`` for every place whose beds can bind; free in sign."""
        present = float(self.network.people.num_people)
        housed = {}
        for place in range(self.network.num_places):
            beds = self.network.beds[place][self.grid.last_ticks].astype(np.float64)
            if (beds < present).any():
                low = np.full(self.grid.num, -present)
                housed[place] = self.boxes.add(np.minimum(beds, present), low)
        return housed

    def _vehicle_stocks(self) -> dict[tuple[int, int], Int]:
        """``V[fleet, place, bucket]`` wherever a fleet can be."""
        stocks: dict[tuple[int, int], Int] = {}
        places = {place.place: i for i, place in enumerate(self.network.scenario.places)}
        for index, fleet in enumerate(self.network.scenario.fleets):
            there = {places[fleet.base]}
            for leg in self.network.legs:
                if leg.fleet == index:
                    there |= {leg.origin, leg.destination}
            for place in sorted(there):
                stocks[index, place] = self.boxes.add(np.full(self.grid.num, float(fleet.number)))
        return stocks

    def _hour_carry(self) -> dict[int, Int]:
        """``c[fleet, bucket]``: duty minutes that reach beyond the end of a bucket."""
        carry = {}
        for index, fleet in enumerate(self.network.scenario.fleets):
            longest = max((g.travel + g.ground for g in self.network.legs if g.fleet == index), default=0)
            carry[index] = self.boxes.add(np.full(self.grid.num, float(fleet.number * longest)))
        return carry

    def _spot_carry(self) -> dict[int, Int]:
        """``E[berth, bucket]``: spot minutes before a bucket of vehicles that leave in it or later."""
        carry = {}
        spots = self.network.berth_spots
        most_vehicles = sum(fleet.number for fleet in self.network.scenario.fleets)
        for berth in range(len(self.network.scenario.berths)):
            longest = max((g.ground for g in self.network.legs if g.origin_berth == berth), default=0)
            before = np.arange(self.grid.num) * self.grid.length - 1
            upper = np.where(before < 0, 0, np.minimum(spots[berth][np.maximum(before, 0)], most_vehicles) * longest)
            carry[berth] = self.boxes.add(upper.astype(np.float64))
        return carry
