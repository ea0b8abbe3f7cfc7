"""First come, first served: what an operations room does by hand.

Every five minutes somebody looks at the board. People who can walk or drive themselves do so, in
order of arrival, towards the nearest place of safety. A free vehicle takes whoever has waited
longest at its place to the nearest haven with beds, and fills up with those next in line; it
leaves when nobody more fits or the first has waited an hour. With nobody to take it is sent to
where people have waited longest; in a haven that fills up it takes people on to the next one.
Nothing is looked ahead: neither windows that will shut, nor beds that will be free, nor anybody's
priority. What is on the way has its bed and its spot.
"""

import heapq
import itertools
import time
from collections import deque
from dataclasses import dataclass, field

from benchmarks.peers.ledger import Ledger
from benchmarks.peers.missions import PATIENCE, Missions, Vehicle
from benchmarks.peers.sheet import Sheet
from benchmarks.peers.ways import Ways
from wayout.network.legs import Leg
from wayout.network.model import Network

STEP = 5
FULL_ENOUGH = 0.6
"""Share of the beds from which a haven is seen as filling up."""

MOST_LOOKED_AT = 300
"""How far down the line anybody looks for people who fit."""


@dataclass(slots=True)
class Board:
    """What the room sees: who waits where, in order, and which vehicles there are."""

    waiting: list[deque[tuple[int, int]]]
    resting: list[deque[tuple[int, int]]]
    coming: list[tuple[int, int, int]] = field(default_factory=list)


class _Room:
    def __init__(self, network: Network) -> None:
        self.network = network
        self.ledger = Ledger(network)
        self.sheet = Sheet()
        self.ways = Ways(network)
        self.missions = Missions(network, self.ledger)
        self.board = Board(
            [deque() for _ in range(network.num_places)],
            [deque() for _ in range(network.num_places)],
        )
        people = network.people
        for party in range(people.num_parties):
            if network.able[party]:
                entry = (max(0, int(people.ready_from[party])), party, int(people.place[party]))
                heapq.heappush(self.board.coming, entry)

    def run(self, until: float) -> Sheet:
        """Play the operation; stops early when the clock does."""
        for tick in range(0, self.network.horizon, STEP):
            if time.monotonic() > until:
                break
            self._arrivals(tick)
            for place in range(self.network.num_places):
                if self.board.waiting[place] and self.ways.walks[place]:
                    self._walk(place, tick)
            self._drive(tick)
        return self.sheet

    def _arrivals(self, tick: int) -> None:
        board = self.board
        while board.coming and board.coming[0][0] <= tick:
            ready, party, place = heapq.heappop(board.coming)
            safe = self.network.protecting[place]
            (board.resting if safe else board.waiting)[place].append((ready, party))

    def _send(self, leg: Leg, parties: list[int], tick: int) -> None:
        people = int(self.network.people.size[parties].sum())
        self.ledger.book_people(leg, tick, people)
        ready = tick + leg.travel + int(self.network.min_stay[leg.destination])
        for party in parties:
            heapq.heappush(self.board.coming, (ready, party, leg.destination))

    def _walk(self, place: int, tick: int) -> None:
        """Everybody in line who can set out by themselves does, by the nearest way with room."""
        room = {
            index: self.ledger.room(self.network.legs[index], tick)
            for index in self.ways.walks[place]
            if self.network.legs[index].possible[tick]
        }
        going: dict[int, list[int]] = {}
        stay: list[tuple[int, int]] = []
        line = self.board.waiting[place]
        looked_at = 0
        while line and looked_at < MOST_LOOKED_AT and any(room.values()):
            ready, party = line.popleft()
            size = int(self.network.people.size[party])
            leg = next(
                (index for index in self._onward(party, place) if room.get(index, 0) >= size), None
            )
            if leg is None:
                stay.append((ready, party))
                looked_at += 1
                continue
            going.setdefault(leg, []).append(party)
            for index in room:
                shared = self.network.legs[index].destination == self.network.legs[leg].destination
                if index == leg or shared or self.network.processing[place].min() < 1 << 39:
                    room[index] -= size
        line.extendleft(reversed(stay))
        for index, parties in going.items():
            self._send(self.network.legs[index], parties, tick)
            self.sheet.add(index, tick, 0, parties)

    def _onward(self, party: int, place: int) -> tuple[int, ...]:
        return self.ways.onward(int(self.network.party_class[party]), place)

    def _drive(self, tick: int) -> None:
        """Free vehicles in the order in which they became free; equal ones that wait, wait."""
        free = [vehicle for vehicle in self.missions.vehicles if _is_free(vehicle, tick)]
        free.sort(key=lambda vehicle: (vehicle.ready, vehicle.fleet, vehicle.number))
        idle: set[tuple[int, int]] = set()
        for vehicle in free:
            group = (vehicle.fleet, vehicle.place)
            if _time_is_up(vehicle, tick):
                self._go_back(vehicle)
            elif group not in idle and not self._use(vehicle, tick):
                idle.add(group)

    def _use(self, vehicle: Vehicle, tick: int) -> bool:
        legs = self.ways.from_place(vehicle.fleet, vehicle.place)
        open_now = [index for index in legs if self.missions.can_leave(vehicle, index, tick)]
        if not open_now:
            return False
        line = self.board.waiting[vehicle.place]
        found = self._load(vehicle, line, open_now, tick)
        if found is not None:
            return found
        if vehicle.back is not None:
            return self._move_on(vehicle, open_now, tick)
        return (
            self._fetch(vehicle, open_now, tick)
            or self._move_on(vehicle, open_now, tick)
            or self._go_home(vehicle, open_now, tick)
        )

    def _load(
        self, vehicle: Vehicle, line: deque[tuple[int, int]], open_now: list[int], tick: int
    ) -> bool | None:
        """Take the first in line who can go; None if nobody can, False if it waits for more."""
        for ready, party in _head(line):
            for index in self._onward(party, vehicle.place):
                leg = self.network.legs[index]
                if leg.fleet != vehicle.fleet or index not in open_now:
                    continue
                room = self.ledger.room(leg, tick)
                if room < self.network.people.size[party]:
                    continue
                aboard, full = self._fill(leg, line, room)
                if not full and tick - ready < PATIENCE:
                    return False
                self._leave(vehicle, index, line, aboard, tick)
                return True
        return None

    def _fill(self, leg: Leg, line: deque[tuple[int, int]], room: int) -> tuple[list[int], bool]:
        """Who goes along, in order; whether the vehicle is then as good as full."""
        people, aboard, left = self.network.people, list[int](), room
        needs = [leg.stretchers, leg.wheelchairs, leg.escorts]
        for _, party in _head(line):
            size = int(people.size[party])
            alone = size * int(people.unaccompanied[party])
            asked = (int(people.stretchers[party]), int(people.wheelchairs[party]), alone)
            fits = size <= left and all(a <= free for a, free in zip(asked, needs, strict=True))
            if fits and self.ways.suits(int(self.network.party_class[party]), leg):
                aboard.append(party)
                left -= size
                needs = [free - a for a, free in zip(asked, needs, strict=True)]
            if left == 0:
                break
        return aboard, left * 10 <= room

    def _leave(
        self,
        vehicle: Vehicle,
        index: int,
        line: deque[tuple[int, int]],
        aboard: list[int],
        tick: int,
    ) -> None:
        self.missions.leave(vehicle, index, tick)
        self._board_and_note(vehicle, index, line, aboard, tick)

    def _board_and_note(
        self,
        vehicle: Vehicle,
        index: int,
        line: deque[tuple[int, int]],
        aboard: list[int],
        tick: int,
    ) -> None:
        if aboard:
            self._send(self.network.legs[index], aboard, tick)
            taken = set(aboard)
            head = [line.popleft() for _ in range(min(len(line), MOST_LOOKED_AT))]
            line.extendleft(entry for entry in reversed(head) if entry[1] not in taken)
        self.sheet.add(index, tick, vehicle.number, aboard)

    def _go_back(self, vehicle: Vehicle) -> None:
        """Its time is up: it goes the way that was booked, with whoever there is a bed for."""
        if vehicle.back is None:
            return
        index, tick = vehicle.back
        leg, line = self.network.legs[index], self._line(vehicle.place)
        aboard = self._fill(leg, line, self.ledger.room(leg, tick))[0] if leg.carries else []
        self._leave(vehicle, index, line, aboard, tick)

    def _fetch(self, vehicle: Vehicle, open_now: list[int], tick: int) -> bool:
        """Go, over one or more legs, to where people have waited longest for such a vehicle."""
        coming = self._seats_coming()
        nobody = self.board.waiting[vehicle.place]
        for place in self._longest_waits(vehicle.fleet, tick):
            index = self.ways.first_leg(vehicle.fleet, vehicle.place, place)
            if index not in open_now or self._num_waiting(place) <= coming.get(place, 0):
                continue
            if self.network.legs[index].destination != place:
                self._leave(vehicle, index, nobody, [], tick)
            elif self.missions.fetch(vehicle, index, self._ways_back(vehicle, place), tick):
                self.sheet.add(index, tick, vehicle.number, [])
            else:
                continue
            vehicle.heading_for = place
            return True
        return False

    def _ways_back(self, vehicle: Vehicle, place: int) -> list[int]:
        """Legs from a place, the one to the base first, then where it comes from, then the rest."""
        legs = self.network.legs
        base = self.ledger.base[vehicle.fleet]
        return sorted(
            self.ways.from_place(vehicle.fleet, place),
            key=lambda index: (
                legs[index].destination != base,
                legs[index].destination != vehicle.place,
                not legs[index].carries,
                legs[index].travel,
            ),
        )

    def _seats_coming(self) -> dict[int, int]:
        coming: dict[int, int] = {}
        for other in self.missions.vehicles:
            if other.heading_for is not None:
                seats = self.ways.most_seats[other.fleet]
                coming[other.heading_for] = coming.get(other.heading_for, 0) + seats
        return coming

    def _line(self, place: int) -> deque[tuple[int, int]]:
        """Whoever is there: in safety, those who may be taken on."""
        board = self.board
        return board.resting[place] if self.network.protecting[place] else board.waiting[place]

    def _longest_waits(self, fleet: int, tick: int) -> list[int]:
        """Places with people for a fleet, longest wait first.

        A fleet that can reach nobody in danger is called to havens that fill up.
        """
        safe, served = self.network.protecting, self.ways.served_by(fleet)
        first = [place for place in served if not safe[place]]
        lines = {place: self._line(place) for place in first or served}
        places = [p for p, line in lines.items() if line and (not safe[p] or self._fills(p, tick))]
        return sorted(places, key=lambda place: lines[place][0][0])

    def _num_waiting(self, place: int) -> int:
        parties = [party for _, party in self._line(place)]
        return int(self.network.people.size[parties].sum())

    def _fills(self, place: int, tick: int) -> bool:
        left = int(self.ledger.beds[place, tick:].min())
        return left <= (1 - FULL_ENOUGH) * int(self.network.beds[place, tick])

    def _move_on(self, vehicle: Vehicle, open_now: list[int], tick: int) -> bool:
        """In a haven that fills up: take those who have been there longest to the next one."""
        line = self.board.resting[vehicle.place]
        if not line or not self._fills(vehicle.place, tick):
            return False
        for index in sorted(open_now, key=lambda index: self.network.legs[index].travel):
            leg = self.network.legs[index]
            if not leg.carries or not self.network.protecting[leg.destination]:
                continue
            aboard, full = self._fill(leg, line, self.ledger.room(leg, tick))
            if aboard and full:
                self._leave(vehicle, index, line, aboard, tick)
                return True
        return False

    def _go_home(self, vehicle: Vehicle, open_now: list[int], tick: int) -> bool:
        """Nothing to do for an hour, away from home: go home and free the spot."""
        base = self.ledger.base[vehicle.fleet]
        index = self.ways.first_leg(vehicle.fleet, vehicle.place, base)
        if index not in open_now or tick - vehicle.ready < PATIENCE:
            return False
        self._leave(vehicle, index, self.board.waiting[vehicle.place], [], tick)
        return True


def _time_is_up(vehicle: Vehicle, tick: int) -> bool:
    """Whether its booked departure comes before the next look at the board."""
    return vehicle.until is not None and vehicle.until < tick + STEP


def _is_free(vehicle: Vehicle, tick: int) -> bool:
    return vehicle.ready <= tick or _time_is_up(vehicle, tick)


def _head(line: deque[tuple[int, int]]) -> list[tuple[int, int]]:
    return list(itertools.islice(line, MOST_LOOKED_AT))


def first_come(network: Network, seconds: float) -> Sheet:
    """The timetable of an operations room that serves whoever came first."""
    return _Room(network).run(time.monotonic() + seconds)
