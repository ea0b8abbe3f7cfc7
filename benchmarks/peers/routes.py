"""A capacity-constrained route planner for people who move by themselves.

CCRP of Lu, George and Shekhar (Capacity constrained routing algorithms for evacuation planning,
SSTD 2005): again and again find the quickest way from any source with people left to any place of
safety, over what is free by then; send as many as the narrowest part of it takes; book that. One
search serves all sources, as if they hung on a super source. Free capacity is by slot here, and
whoever finds a road full waits for its next slot, where the place has room for that.

Whole parties go, in the order in which they are ready. Priorities are not known to it. It looks at
links that people travel by themselves, so it is for scenarios without vehicles.
"""

import heapq
import time
from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from benchmarks.peers.sheet import Sheet
from wayout.network.legs import Leg
from wayout.network.model import Network
from wayout.network.reach import NEVER


@dataclass(frozen=True, slots=True)
class Step:
    """A leg of a way and when to set out."""

    leg: int
    depart: int


class _Planner:
    def __init__(self, network: Network) -> None:
        self.network = network
        people = network.people
        start = np.bincount(people.place, weights=people.size, minlength=network.num_places)
        self.beds = network.beds - start.astype(np.int64)[:, None]
        self.link_people = network.link_people.copy()
        self.processing = network.processing.copy()
        self.lines: dict[int, list[int]] = defaultdict(list)
        self.legs_from: dict[int, list[int]] = defaultdict(list)
        for index, leg in enumerate(network.legs):
            if leg.by_self:
                self.legs_from[leg.origin].append(index)
        for party in np.lexsort((np.arange(people.num_parties), people.ready_from)).tolist():
            if network.able[party] and not network.protecting[people.place[party]]:
                self.lines[int(people.place[party])].append(party)
        self.loads: dict[tuple[int, int], list[int]] = defaultdict(list)

    def run(self, until: float) -> Sheet:
        while time.monotonic() < until:
            way = self._quickest()
            if way is None:
                break
            self._book(way)
        sheet = Sheet()
        for (leg, depart), parties in sorted(self.loads.items(), key=lambda item: item[0][::-1]):
            sheet.add(leg, depart, 0, parties)
        return sheet

    def _quickest(self) -> list[Step] | None:
        """Dijkstra over times of arrival, from everybody who is left."""
        came: dict[int, tuple[int, Step]] = {}
        ready = self.network.people.ready_from
        heap = [(max(0, int(ready[line[0]])), place) for place, line in self.lines.items() if line]
        best = {place: tick for tick, place in heap}
        heapq.heapify(heap)
        done = set()
        while heap:
            tick, place = heapq.heappop(heap)
            if place in done:
                continue
            done.add(place)
            if self.network.protecting[place]:
                return self._way(place, came)
            for index in self.legs_from[place]:
                leg = self.network.legs[index]
                step = self._first_departure(index, leg, tick, came.get(place))
                if step is None:
                    continue
                stay = 0 if self.network.protecting[leg.destination] else self._stay(leg)
                there = step.depart + leg.travel + stay
                if there < best.get(leg.destination, NEVER):
                    best[leg.destination] = there
                    came[leg.destination] = (place, step)
                    heapq.heappush(heap, (there, leg.destination))
        return None

    def _stay(self, leg: Leg) -> int:
        return int(self.network.min_stay[leg.destination])

    def _first_departure(
        self, index: int, leg: Leg, tick: int, before: tuple[int, Step] | None
    ) -> Step | None:
        """The first tick from ``tick`` on at which the road and its end have room for somebody."""
        slot, end = self.network.timeline.slot, self.network.horizon
        while tick <= end:
            number = tick // slot
            open_here = leg.possible[tick]
            free = min(self.link_people[leg.link, number], self.processing[leg.origin, number])
            if open_here and free >= 1 and self._bed(leg.destination, tick + leg.travel):
                return Step(index, tick) if self._may_wait(leg.origin, tick, before) else None
            tick = (number + 1) * slot
        return None

    def _bed(self, place: int, tick: int) -> bool:
        """Room at the arrival; in safety, for good."""
        until = None if self.network.protecting[place] else tick + 1
        return bool(self.beds[place, tick:until].min() >= 1)

    def _may_wait(self, place: int, depart: int, before: tuple[int, Step] | None) -> bool:
        if before is None:
            return True
        arrive = before[1].depart + self.network.legs[before[1].leg].travel
        return depart <= arrive or bool(self.beds[place, arrive:depart].min() >= 1)

    def _way(self, place: int, came: dict[int, tuple[int, Step]]) -> list[Step]:
        steps: list[Step] = []
        while place in came:
            place, step = came[place]
            steps.append(step)
        return steps[::-1]

    def _book(self, way: list[Step]) -> None:
        """Send whole parties as far as the narrowest part allows; if none fits, it is full."""
        people, source = self.network.people, self.network.legs[way[0].leg].origin
        room, narrowest = self._narrowest(way)
        arrive = way[-1].depart + self.network.legs[way[-1].leg].travel
        going: list[int] = []
        kept: list[int] = []
        line = self.lines[source]
        for position, party in enumerate(line):
            size = int(people.size[party])
            if people.ready_from[party] > way[0].depart or room < 1:
                kept += line[position:]
                break
            if size <= room and arrive <= people.safe_by[party]:
                going.append(party)
                room -= size
            else:
                kept.append(party)
        self.lines[source] = kept
        if going:
            self._take(way, going)
        else:
            self._close(way, narrowest)

    def _narrowest(self, way: list[Step]) -> tuple[int, int]:
        """Most people who can go this way, and at which of its steps that binds."""
        rooms = []
        for position, step in enumerate(way):
            leg = self.network.legs[step.leg]
            slot, arrive = step.depart // self.network.timeline.slot, step.depart + leg.travel
            last = position + 1 == len(way)
            leaves = None if last else max(arrive + 1, way[position + 1].depart)
            beds = self.beds[leg.destination, arrive:leaves].min() if self._holds(leg) else NEVER
            rooms.append(
                int(min(self.link_people[leg.link, slot], self.processing[leg.origin, slot], beds))
            )
        return min(rooms), int(np.argmin(rooms))

    def _holds(self, leg: Leg) -> bool:
        return bool(self.beds[leg.destination].min() < NEVER // 2)

    def _take(self, way: list[Step], going: list[int]) -> None:
        num = int(self.network.people.size[going].sum())
        for step in way:
            leg = self.network.legs[step.leg]
            slot = step.depart // self.network.timeline.slot
            self.link_people[leg.link, slot] -= num
            self.processing[leg.origin, slot] -= num
            self.beds[leg.origin, step.depart :] += num
            self.beds[leg.destination, step.depart + leg.travel :] -= num
            self.loads[step.leg, step.depart] += going

    def _close(self, way: list[Step], position: int) -> None:
        """Nobody who is left fits: what is left of the narrowest step counts as nothing."""
        step = way[position]
        leg = self.network.legs[step.leg]
        self.link_people[leg.link, step.depart // self.network.timeline.slot] = 0


def route_plan(network: Network, seconds: float) -> Sheet:
    """The timetable of the capacity-constrained route planner."""
    return _Planner(network).run(time.monotonic() + seconds)
