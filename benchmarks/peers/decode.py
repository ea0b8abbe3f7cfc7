"""From the flows of a grid model to a timetable of single vehicles and whole parties.

Departures are taken in the order of the grid. A vehicle of the fleet that is ready goes; aboard go
whole parties of the flow's class who are there, in order, as far as the flow of the leg has come
by then, to the nearest whole party; what that leaves over, the next departure takes along. A
departure that does not fit into its slot moves to the next ones, for two hours at most, and is
dropped after that.
"""

from collections import defaultdict

from benchmarks.peers.grid import SAFE, GridModel, Real
from benchmarks.peers.ledger import Ledger
from benchmarks.peers.sheet import Sheet, plan_of
from wayout.network.model import Network

LATEST = 120


class _Decoder:
    def __init__(self, network: Network, model: GridModel, x: Real, *, standing: bool) -> None:
        self.network, self.model, self.x = network, model, x
        self.standing = standing
        self.ledger = Ledger(network, standing=standing)
        self.sheet = Sheet()
        self.lines: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
        self.owed: dict[tuple[int, int], float] = defaultdict(float)
        self.stands: dict[tuple[int, int], list[tuple[int, int, int | None, int]]] = {}
        self._begin()

    def _begin(self) -> None:
        people, network = self.network.people, self.network
        for party in range(people.num_parties):
            if network.able[party]:
                place = int(people.place[party])
                ready = max(0, int(people.ready_from[party]))
                self.lines[self._kind(party, place), place].append((ready, party))
        for line in self.lines.values():
            line.sort()
        for fleet, given in enumerate(network.scenario.fleets):
            vehicles = [(given.available_from, n, None, 0) for n in range(1, given.number + 1)]
            self.stands[fleet, self.ledger.base[fleet]] = list(vehicles)

    def _kind(self, party: int, place: int) -> int:
        if self.network.haven[place]:
            return SAFE
        return int(self.model.commodity[self.network.party_class[party]])

    def run(self) -> Sheet:
        flows: dict[tuple[int, int], list[tuple[int, float]]] = defaultdict(list)
        for flow in self.model.people:
            if self.x[flow.column] > 1e-6:
                flows[flow.leg, flow.point].append((flow.commodity, float(self.x[flow.column])))
        number = {key: round(float(self.x[column])) for key, column in self.model.vehicles.items()}
        keys = sorted(flows.keys() | {key for key, num in number.items() if num}, key=_by_time)
        for leg, point in keys:
            for commodity, people in flows[leg, point]:
                self.owed[leg, commodity] += people
            wanted = [commodity for commodity, _ in flows[leg, point]]
            if self.network.legs[leg].by_self:
                self._walk(leg, point * self.model.step, wanted)
            else:
                for _ in range(number[leg, point]):
                    self._drive(leg, point * self.model.step, wanted)
        return self.sheet

    def _walk(self, index: int, planned: int, wanted: list[int]) -> None:
        """People by themselves, spread over the slots of the grid point."""
        leg = self.network.legs[index]
        slot = self.network.timeline.slot
        for tick in range(planned, planned + max(slot, self.model.step), slot):
            if tick <= self.network.horizon and leg.possible[tick]:
                aboard = self._aboard(index, tick, wanted)
                if aboard:
                    self._send(index, tick, aboard)
                    self.sheet.add(index, tick, 0, aboard)

    def _drive(self, index: int, planned: int, wanted: list[int]) -> None:
        leg = self.network.legs[index]
        stand = self.stands.get((leg.fleet, leg.origin), [])
        if not stand:
            return
        ready, number, came_by, arrived = min(stand, key=lambda entry: entry[:2])
        slot = self.network.timeline.slot
        first = max(planned, ready)
        ticks = [first, *range((first // slot + 1) * slot, planned + LATEST + 1, slot)]
        tick = next((t for t in ticks if t - planned <= LATEST and self._may(index, t)), None)
        if tick is None:
            return
        stand.remove((ready, number, came_by, arrived))
        aboard = self._aboard(index, tick, wanted) if leg.carries else []
        if came_by is not None:
            self.ledger.free_spot(self.network.legs[came_by], arrived, tick, None)
        self.ledger.book_vehicle(leg, tick)
        self._send(index, tick, aboard)
        self.sheet.add(index, tick, number, aboard)
        there = tick + leg.travel
        place = self.stands.setdefault((leg.fleet, leg.destination), [])
        place.append((there + leg.ground, number, index, there))

    def _may(self, index: int, tick: int) -> bool:
        return self.ledger.may_run(self.network.legs[index], tick)

    def _aboard(self, index: int, tick: int, wanted: list[int]) -> list[int]:
        """Whole parties of the classes that the flow has, who are there and fit."""
        leg, people = self.network.legs[index], self.network.people
        room = self.ledger.room(leg, tick)
        needs = [leg.stretchers, leg.wheelchairs, leg.escorts]
        aboard: list[int] = []
        for commodity in wanted:
            line = self.lines[commodity, leg.origin]
            kept: list[tuple[int, int]] = []
            for position, (ready, party) in enumerate(line):
                size = int(people.size[party])
                if self.owed[index, commodity] < 0.5 or room < 1 or ready > tick:
                    kept += line[position:]
                    break
                asked = (
                    int(people.stretchers[party]),
                    int(people.wheelchairs[party]),
                    size * int(people.unaccompanied[party]),
                )
                fits = size <= room and size <= 2 * self.owed[index, commodity]
                if not fits or any(a > free for a, free in zip(asked, needs, strict=True)):
                    kept.append((ready, party))
                    continue
                aboard.append(party)
                room -= size
                self.owed[index, commodity] -= size
                needs = [free - a for a, free in zip(asked, needs, strict=True)]
            self.lines[commodity, leg.origin] = kept
        return aboard

    def _send(self, index: int, tick: int, aboard: list[int]) -> None:
        if not aboard:
            return
        leg, network = self.network.legs[index], self.network
        self.ledger.book_people(leg, tick, int(network.people.size[aboard].sum()))
        ready = tick + leg.travel + int(network.min_stay[leg.destination])
        for party in aboard:
            line = self.lines[self._kind(party, leg.destination), leg.destination]
            line.append((ready, party))
            line.sort()


def _by_time(key: tuple[int, int]) -> tuple[int, int]:
    return key[1], key[0]


def _without_the_too_many(network: Network, sheet: Sheet, ledger: Ledger) -> Sheet:
    """Leave at home those who came last to places with too few beds, as whole parties round up."""
    people = network.people
    home: set[int] = set()
    arrivals: dict[int, list[tuple[int, int]]] = defaultdict(list)
    leaves: dict[tuple[int, int], int] = {}
    for departure in sheet.departures:
        leg = network.legs[departure.leg]
        for party in departure.parties:
            arrivals[leg.destination].append((departure.depart + leg.travel, party))
            leaves[leg.origin, party] = departure.depart
    for place, come in arrivals.items():
        come.sort(reverse=True)
        free = ledger.beds[place].copy()
        for tick, party in come:
            until = leaves.get((place, party))
            if len(free[tick:until]) and free[tick:until].min() < 0 and party not in home:
                home.add(party)
            if party in home:
                free[tick:until] += people.size[party]
    return sheet.without(network, home)


def decoded(network: Network, model: GridModel, x: Real) -> Sheet:
    """The timetable of a solution: as planned where the judge accepts that, else with care.

    As planned, beds and spots are trusted to the model, and parties for whom beds are then missing
    stay at home; with care, nobody sets out before a bed or a spot is free for good.
    """
    decoder = _Decoder(network, model, x, standing=False)
    sheet = _without_the_too_many(network, decoder.run(), decoder.ledger)
    careful = _Decoder(network, model, x, standing=True).run()
    judged = [plan_of(network, one) for one in (sheet, careful)]
    if not judged[0][1].accepted:
        return careful
    better = judged[0][1].danger_hours <= judged[1][1].danger_hours
    return sheet if better or not judged[1][1].accepted else careful
