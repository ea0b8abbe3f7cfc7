"""The columns of the relaxation, as parallel arrays, and the builder that gathers them."""

from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from wayout.network.legs import NO_BERTH, SELF_MOVING, Leg
from wayout.network.model import Network
from wayout.network.timeline import NO_LIMIT, Int, Mask, Real
from wayout.optimize.certificate import UNIT_ROUNDOFF
from wayout.optimize.relax.commodities import Commodity, bystanders_of, commodities_of
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
    the earliest and the latest possible arrival, ``there`` the one by whose last minute, that of
    the deadline included, it has arrived for sure, ``seats`` the most people aboard.
    """

    column: Int
    leg: Int
    bucket: Int
    ready: Int
    earliest: Int
    certain: Int
    there: Int
    seats: Int


@dataclass(frozen=True, slots=True, eq=False)
class Exits:
    """Departures ``z[commodity, place, bucket]`` from the first place of people not saved in time.

    Their further way is not followed: all that matters of them is the bed they leave.
    """

    column: Int
    commodity: Int
    place: Int
    bucket: Int


@dataclass(slots=True)
class _Boxes:
    lower: list[Real] = field(default_factory=list)
    upper: list[Real] = field(default_factory=list)
    num: int = 0

    def add(self, upper: Real, lower: Real | None = None) -> Int:
        """Append columns with their boxes; returns their indexes."""
        columns = np.arange(self.num, self.num + upper.size, dtype=np.int64)
        self.upper.append(upper.reshape(-1).astype(np.float64))
        low = np.zeros(upper.size) if lower is None else lower
        self.lower.append(low.reshape(-1).astype(np.float64))
        self.num += upper.size
        return columns.reshape(upper.shape)


def is_flat(network: Network) -> bool:
    """Whether nothing short of a haven lessens danger, so that whoever is not saved may stay home.

    That is: outside havens danger is the same everywhere at every minute, and no less on the way.
    """
    scenario = network.scenario
    outside = np.flatnonzero(~network.haven)
    if len(outside) == 0:
        return True
    left = network.danger_left[outside]
    places = [scenario.places[i] for i in outside.tolist()]
    worst = max(max(p.danger, 0.0 if p.expires is None else p.danger_after_expiry) for p in places)
    ways = (
        scenario.links[leg.link].danger
        for leg in network.legs
        if leg.carries and not network.haven[leg.destination]
    )
    return bool((left == left[0]).all()) and all(rate >= worst for rate in ways)


def _in_cycles(ends: Int, carries: Mask, num_places: int) -> Mask:
    """Per leg, whether people who travel it can come back to where it begins."""
    used = ends[carries]
    graph = csr_array((np.ones(len(used)), (used[:, 0], used[:, 1])), shape=(num_places,) * 2)
    component = connected_components(graph, directed=True, connection="strong")[1]
    mask: Mask = component[ends[:, 0]] == component[ends[:, 1]]
    return mask


class Columns:
    """All columns of one relaxation: flows, moves, stocks, carries and exits.

    ``absorbing`` are the places in which people are safe for good by the aim: havens and, where
    people are counted, the refuges that last.
    """

    def __init__(self, network: Network, grid: Grid, absorbing: Mask, *, trim: bool) -> None:
        self.network, self.grid, self.absorbing, self.trim = network, grid, absorbing, trim
        self.boxes = _Boxes()
        ends = [(leg.origin, leg.destination) for leg in network.legs]
        self.ends = np.array(ends, dtype=np.int64).reshape(-1, 2)
        carries = np.array([leg.carries for leg in network.legs], dtype=np.bool_)
        self.in_cycle = _in_cycles(self.ends, carries, network.num_places)
        self.crowded = self._crowded()
        self.commodities = self._commodities()
        self.total = sum(commodity.people for commodity in self.commodities)
        self.berths_away = self._berths_away()
        self.moves = self._moves()
        self.flows = self._flows()
        self.people = self._people_stocks()
        self.housed = self._housed()
        self.vehicles = self._vehicle_stocks()
        self.hour_carry = self._hour_carry()
        self.spot_carry = self._spot_carry()
        self.later_arrivals = self._later_arrivals()
        self.standing = self._standing()
        self.exits = self._exits()

    def _berths_away(self) -> Int:
        """Per leg the berths at both ends; NO_BERTH at the base of its fleet, which may park."""
        places = {place.place: i for i, place in enumerate(self.network.scenario.places)}
        table = np.full((len(self.network.legs), 2), NO_BERTH, dtype=np.int64)
        for index, leg in enumerate(self.network.legs):
            if leg.fleet == SELF_MOVING:
                continue
            base = places[self.network.scenario.fleets[leg.fleet].base]
            table[index, 0] = NO_BERTH if leg.origin == base else leg.origin_berth
            table[index, 1] = NO_BERTH if leg.destination == base else leg.destination_berth
        return table

    def _crowded(self) -> Mask:
        """Places whose beds can bind at the end of some bucket."""
        beds = self.network.beds[:, self.grid.last_ticks]
        mask: Mask = np.any(beds < self.network.people.num_people, axis=1)
        return mask

    def _commodities(self) -> tuple[Commodity, ...]:
        network, people = self.network, self.network.people
        if not self.trim:
            return commodities_of(network, self.grid, np.ones(people.num_parties, dtype=np.bool_))
        away = ~network.able & self.crowded[people.place]
        able = commodities_of(network, self.grid, network.able)
        return able + bystanders_of(network, self.grid, away)

    def _exits(self) -> Exits:
        """``z``: wherever people who are not saved in time may leave a bed that others need."""
        keys = []
        for kind, commodity in enumerate(self.commodities):
            if not self.trim and commodity.safe_by >= self.network.horizon:
                continue
            for place in np.flatnonzero(self.crowded & ~self.absorbing).tolist():
                if commodity.supply[place].any():
                    keys += [(kind, place, bucket) for bucket in self._leaving(place, commodity)]
        table = np.array(keys, dtype=np.int64).reshape(-1, 3)
        most = np.array([commodity.supply.sum(axis=1) for commodity in self.commodities])
        upper = most[table[:, 0], table[:, 1]] if len(table) else np.zeros(0)
        return Exits(self.boxes.add(upper), table[:, 0], table[:, 1], table[:, 2])

    def _leaving(self, place: int, commodity: Commodity) -> list[int]:
        """Buckets in which people can leave a place for one that they may enter."""
        origins = [leg for leg in self.network.legs if leg.carries and leg.origin == place]
        legs = [leg for leg in origins if commodity.enter[leg.destination]]
        buckets = [self.grid.firsts(leg.possible)[0] for leg in legs]
        return sorted({int(bucket) for some in buckets for bucket in some})

    def _moves(self) -> Moves:
        grid, pieces = self.grid, []
        for index, leg in enumerate(self.network.legs):
            if leg.fleet == SELF_MOVING:
                continue
            buckets, first, last = grid.firsts(leg.possible)
            seats = np.maximum.reduceat(leg.seats[: grid.ticks], grid.starts)[buckets]
            pieces.append(
                np.array(
                    [
                        np.full(len(buckets), index),
                        buckets,
                        grid.free(first + leg.travel + leg.ground),
                        (first + leg.travel) // grid.length,
                        (last + leg.travel) // grid.length,
                        grid.arrivals(last + leg.travel),
                        seats,
                        self._most_moves(leg, len(buckets)),
                    ]
                )
            )
        table = np.concatenate(pieces, axis=1) if pieces else np.zeros((8, 0), dtype=np.int64)
        return Moves(self.boxes.add(table[7]), *(table[row] for row in range(7)))

    def _most_moves(self, leg: Leg, num: int) -> Int:
        """No fleet departs more often in a bucket than its vehicles can turn round."""
        duty = max(1, leg.travel + leg.ground)
        number = self.network.scenario.fleets[leg.fleet].number
        return np.full(num, number * ((self.grid.length - 1) // duty + 1), dtype=np.int64)

    def _useful(self, leg: Leg, commodity: Commodity | None) -> Mask:
        """Ticks at which a departure can carry people of a commodity to any purpose."""
        ticks = np.arange(self.network.horizon + 1)
        first = int(self.network.first_present[leg.origin])
        useful: Mask = leg.possible & (leg.seats > 0)
        useful[:first] = False
        if commodity is None:
            return useful
        arrive = ticks + leg.travel
        if self.trim:
            stay = (
                0
                if self.network.protecting[leg.destination]
                else self.network.min_stay[leg.destination]
            )
            onward = stay + int(commodity.minutes[leg.destination])
            useful &= arrive + onward <= commodity.safe_by
        elif self.absorbing[leg.destination]:
            useful &= arrive <= commodity.safe_by
        return useful

    def _flows(self) -> Flows:
        whole: list[Int] = []
        dangers: list[Real] = []
        uppers: list[Real] = []
        for index, leg in enumerate(self.network.legs):
            if not leg.carries:
                continue
            from_safety = bool(self.absorbing[leg.origin])
            kinds = [SAFE] if from_safety else list(range(len(self.commodities)))
            for kind in kinds:
                self._flow(index, leg, kind, whole, dangers, uppers)
        table = np.concatenate(whole, axis=1) if whole else np.zeros((5, 0), dtype=np.int64)
        upper = np.concatenate(uppers) if uppers else np.zeros(0)
        danger = np.concatenate(dangers) if dangers else np.zeros(0)
        saved = (table[0] != SAFE) & self.absorbing[self.ends[table[1], 1]]
        return Flows(
            column=self.boxes.add(upper),
            commodity=table[0],
            leg=table[1],
            bucket=table[2],
            credit=table[3],
            certain=table[4],
            danger=danger,
            safe=saved.astype(np.float64),
        )

    def _flow(
        self,
        index: int,
        leg: Leg,
        kind: int,
        whole: list[Int],
        dangers: list[Real],
        uppers: list[Real],
    ) -> None:
        commodity = None if kind == SAFE else self.commodities[kind]
        if commodity is not None and not commodity.enter[leg.destination]:
            return
        useful = self._useful(leg, commodity)
        buckets, first, last = self.grid.firsts(useful)
        if len(buckets) == 0:
            return
        stay = self.network.min_stay[leg.destination]
        credit = self.grid.free(first + leg.travel + stay)
        certain = self.grid.arrivals(last + leg.travel)
        if commodity is None and not self.absorbing[leg.destination]:
            # Whoever leaves safety is counted no further: nobody's figure depends on it.
            credit, certain = np.full((2, len(buckets)), self.grid.num)
        same = np.ones(len(buckets), dtype=np.int64)
        whole.append(np.array([same * kind, same * index, buckets, credit, certain]))
        dangers.append(self._danger(leg, commodity, useful)[buckets])
        uppers.append(self._most_people(index, commodity, len(buckets)))

    def _most_people(self, index: int, commodity: Commodity | None, num: int) -> Real:
        """Everybody once, or as often as they can come round, on as many seats as can depart."""
        leg = self.network.legs[index]
        many = float(self.total if commodity is None else commodity.people)
        if self.in_cycle[index]:
            stay = int(self.network.min_stay[leg.destination])
            many *= (self.grid.length - 1) // (leg.travel + stay + 1) + 1
        if leg.fleet == SELF_MOVING:
            return np.full(num, many)
        seats: Real = np.minimum(many, self._most_moves(leg, num) * float(leg.seats.max()))
        return seats

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
        # Outward, by more than the figures above can have lost in rounding.
        largest = left[leg.destination].max() + left[leg.origin].max() + on_the_way
        inside = change[: self.grid.ticks]
        least = np.minimum.reduceat(inside, self.grid.starts) - 16 * UNIT_ROUNDOFF * largest
        weighted: Real = least * commodity.weight
        return weighted

    def _people_stocks(self) -> Int:
        """``S[commodity, place, bucket]``, then the safe ones as the last commodity."""
        upper = np.array([c.people for c in self.commodities] + [self.total], dtype=np.float64)
        shape = (len(upper), self.network.num_places, self.grid.num)
        return self.boxes.add(np.broadcast_to(upper[:, None, None], shape).copy())

    def _housed(self) -> dict[int, Int]:
        """``Q[place, bucket]`` for every place whose beds can bind; free in sign."""
        present = float(self.network.people.num_people)
        returning = {int(place) for place in self.ends[self.in_cycle].reshape(-1)}
        housed = {}
        for place in np.flatnonzero(self.crowded).tolist():
            beds = self.network.beds[place][self.grid.last_ticks].astype(np.float64)
            # Whoever comes round may have left several times before an arrival is certain.
            visits = self.grid.length // 2 + 1 if place in returning else 1
            low = np.full(self.grid.num, -present * visits)
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
            longest = max(
                (g.travel + g.ground for g in self.network.legs if g.fleet == index), default=0
            )
            carry[index] = self.boxes.add(np.full(self.grid.num, float(fleet.number * longest)))
        return carry

    def _spot_carry(self) -> dict[int, Int]:
        """``E[berth, bucket]``: spot minutes before a bucket of vehicles that leave later."""
        carry = {}
        spots = self.network.berth_spots
        most_vehicles = sum(fleet.number for fleet in self.network.scenario.fleets)
        for berth in range(len(self.network.scenario.berths)):
            longest = max(
                (g.ground for g in self.network.legs if g.origin_berth == berth), default=0
            )
            before = np.arange(self.grid.num) * self.grid.length - 1
            standing = np.minimum(spots[berth][np.maximum(before, 0)], most_vehicles)
            upper = np.where(before < 0, 0, standing * longest)
            carry[berth] = self.boxes.add(upper.astype(np.float64))
        return carry

    def _later_arrivals(self) -> dict[int, Int]:
        """``C[berth, bucket]``: arrivals a bucket after the earliest, wherever arrivals count."""
        moves, later = self.moves, {}
        ends = np.array([leg.destination_berth for leg in self.network.legs], dtype=np.int64)
        most = np.concatenate(self.boxes.upper)[moves.column]
        either = (moves.earliest < moves.certain) & (moves.earliest < self.grid.num)
        for berth in range(len(self.network.scenario.berths)):
            if (self.network.berth_movements[berth] >= NO_LIMIT).all():
                continue
            mine = either & (ends[moves.leg] == berth)
            upper = np.zeros(self.grid.num)
            np.add.at(upper, moves.earliest[mine], most[mine])
            later[berth] = self.boxes.add(upper)
        return later

    def _standing(self) -> dict[int, Int]:
        """``W[berth, bucket]``: vehicles surely on limited spots, away from their bases."""
        standing, network = {}, self.network
        for berth, spots in enumerate(network.berth_spots):
            which = np.flatnonzero(self.berths_away[:, 1] == berth).tolist()
            into = [network.legs[leg] for leg in which]
            if not into or (spots >= NO_LIMIT).any():
                continue
            number = sum(network.scenario.fleets[f].number for f in {g.fleet for g in into})
            # A vehicle may have left as often as it can have come again before that is certain.
            visits = self.grid.length // max(1, min(g.travel + g.ground for g in into)) + 2
            upper = np.minimum(spots[self.grid.last_ticks], number).astype(np.float64)
            standing[berth] = self.boxes.add(upper, np.full(self.grid.num, -float(number * visits)))
        return standing
