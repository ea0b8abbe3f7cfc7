"""Ways through a network: which leg is next for people, and for a vehicle that runs empty."""

import heapq
from collections import defaultdict
from functools import cache

from wayout.network.legs import Leg
from wayout.network.model import Network
from wayout.network.reach import NEVER


class Ways:
    """Shortest ways, ignoring everybody else. Legs are numbers of ``network.legs``."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.walks: dict[int, list[int]] = defaultdict(list)
        self._legs_from: dict[int, list[int]] = defaultdict(list)
        self._by_fleet: dict[tuple[int, int], list[int]] = defaultdict(list)
        for index, leg in enumerate(network.legs):
            self._legs_from[leg.origin].append(index)
            if leg.by_self:
                self.walks[leg.origin].append(index)
            else:
                self._by_fleet[leg.fleet, leg.origin].append(index)
        num_fleets = len(network.scenario.fleets)
        self.most_seats = [
            max((int(leg.seats.max()) for leg in network.legs if leg.fleet == fleet), default=0)
            for fleet in range(num_fleets)
        ]
        self.onward = cache(self._onward)
        self.suits = cache(self._suits)
        self.served_by = cache(self._served_by)
        self._empty = cache(self._ways_empty)

    def from_place(self, fleet: int, place: int) -> list[int]:
        """Every leg that a fleet can take from a place, loaded or empty."""
        return self._by_fleet[fleet, place]

    def _suits(self, group: int, leg: Leg) -> bool:
        kind = self.network.classes[group]
        return kind.may_use(leg) and bool(self.network.may_enter(kind)[leg.destination])

    def length(self, group: int, leg: Leg) -> int:
        """Minutes from setting out on a leg to safety, or ``NEVER``."""
        minutes = int(self.network.reach[group].minutes[leg.destination])
        stay = 0 if minutes == 0 else int(self.network.min_stay[leg.destination])
        return NEVER if minutes >= NEVER else leg.travel + stay + minutes

    def _onward(self, group: int, place: int) -> tuple[int, ...]:
        """Legs that bring a class nearer to safety, the shortest way first."""
        here = int(self.network.reach[group].minutes[place])
        found = []
        for index in self._legs_from[place]:
            leg = self.network.legs[index]
            nearer = int(self.network.reach[group].minutes[leg.destination]) < here
            if nearer and self._suits(group, leg):
                found.append((self.length(group, leg), index))
        return tuple(index for _, index in sorted(found))

    def _served_by(self, fleet: int) -> tuple[int, ...]:
        """Places from which a fleet can take somebody nearer to safety, or from haven to haven."""
        places = set()
        safe, reach = self.network.protecting, self.network.reach
        for leg in self.network.legs:
            if leg.fleet != fleet or not leg.carries:
                continue
            nearer = any(kind.minutes[leg.destination] < kind.minutes[leg.origin] for kind in reach)
            if safe[leg.destination] if safe[leg.origin] else nearer:
                places.add(leg.origin)
        return tuple(sorted(places))

    def first_leg(self, fleet: int, origin: int, destination: int) -> int | None:
        """The first leg of a vehicle's quickest way; None where it is there or cannot get there."""
        return self._empty(fleet, destination).get(origin)

    def _ways_empty(self, fleet: int, destination: int) -> dict[int, int]:
        """For every place the first leg of the quickest way to ``destination``."""
        into: dict[int, list[int]] = defaultdict(list)
        for index, leg in enumerate(self.network.legs):
            if leg.fleet == fleet:
                into[leg.destination].append(index)
        first: dict[int, int] = {}
        heap = [(0, destination, -1)]
        done = set()
        while heap:
            minutes, place, index = heapq.heappop(heap)
            if place in done:
                continue
            done.add(place)
            if index >= 0:
                first[place] = index
            for other in into[place]:
                leg = self.network.legs[other]
                heapq.heappush(heap, (minutes + leg.travel + leg.ground, leg.origin, other))
        return first
