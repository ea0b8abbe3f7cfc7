"""A plan as its vehicles and parties lived it: what the mutations choose from."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property

from tests.oracle.grid import DAY, Rules
from tests.oracle.worlds import World

from wayout.plan.model import Movement, Plan
from wayout.scenario.fleet import Fleet, VehicleType
from wayout.scenario.links import Berth, Link
from wayout.scenario.model import Scenario
from wayout.scenario.parties import Party
from wayout.scenario.windows import Target


@dataclass(frozen=True)
class Played:
    """An executable plan of a world."""

    world: World
    plan: Plan

    @property
    def scenario(self) -> Scenario:
        return self.world.scenario

    @cached_property
    def rules(self) -> Rules:
        return Rules(self.world.scenario, self.world.step)

    @cached_property
    def fleets(self) -> dict[str, Fleet]:
        return {fleet.fleet: fleet for fleet in self.scenario.fleets}

    @cached_property
    def aboard(self) -> dict[int, list[int]]:
        """Parties by the position of their movement."""
        found: dict[int, list[int]] = defaultdict(list)
        pairs = zip(self.plan.loads.movement.tolist(), self.plan.loads.party.tolist(), strict=True)
        for movement, party in pairs:
            found[movement].append(party)
        return dict(found)

    @cached_property
    def rides(self) -> list[int]:
        """Positions of the movements of vehicles."""
        return [index for index, movement in enumerate(self.movements) if movement.vehicle]

    @cached_property
    def walks(self) -> list[int]:
        return [index for index, movement in enumerate(self.movements) if not movement.vehicle]

    @property
    def movements(self) -> tuple[Movement, ...]:
        return self.plan.movements

    @cached_property
    def of_vehicle(self) -> dict[str, list[int]]:
        """Positions of each vehicle's movements in order of time."""
        found: dict[str, list[int]] = defaultdict(list)
        for index in sorted(self.rides, key=lambda index: self.movements[index].depart):
            found[self.movements[index].vehicle].append(index)
        return found

    @cached_property
    def of_party(self) -> dict[int, list[int]]:
        """Positions of each party's movements in order of time."""
        found: dict[int, list[int]] = defaultdict(list)
        for index in sorted(self.aboard, key=lambda index: self.movements[index].depart):
            for party in self.aboard[index]:
                found[party].append(index)
        return found

    def party(self, index: int) -> Party:
        return self.scenario.parties[index]

    def link_of(self, index: int) -> Link:
        return self.rules.links[self.movements[index].link]

    def fleet_of(self, index: int) -> Fleet:
        return self.fleets[self.movements[index].fleet]

    def type_of(self, index: int) -> VehicleType:
        return self.rules.types[self.fleet_of(index).type]

    def has_window(self, kind: Target, what: str) -> bool:
        return any((row.kind, row.what) == (kind, what) for row in self.scenario.windows)

    @cached_property
    def walked(self) -> Counter[tuple[str, int]]:
        """People by themselves per link and slot."""
        count: Counter[tuple[str, int]] = Counter()
        for index in self.walks:
            movement = self.movements[index]
            count[movement.link, self.rules.slot(movement.depart)] += movement.people
        return count

    @cached_property
    def set_out(self) -> Counter[tuple[str, int]]:
        """Vehicles per link and slot."""
        rides = [self.movements[index] for index in self.rides]
        return Counter((ride.link, self.rules.slot(ride.depart)) for ride in rides)

    @cached_property
    def left(self) -> Counter[tuple[str, int]]:
        """People who leave a place per slot."""
        count: Counter[tuple[str, int]] = Counter()
        for movement in self.movements:
            count[movement.origin, self.rules.slot(movement.depart)] += movement.people
        return count

    @cached_property
    def under_way(self) -> Counter[tuple[str, int]]:
        """Minutes per fleet and day of departure."""
        count: Counter[tuple[str, int]] = Counter()
        for ride in (self.movements[index] for index in self.rides):
            count[ride.fleet, ride.depart // DAY] += ride.arrive - ride.depart
        return count

    def berth(self, index: int, place: str) -> Berth | None:
        return self.rules.berth(place, self.type_of(index))

    @cached_property
    def berth_uses(self) -> Counter[tuple[str, int]]:
        """Departures and arrivals per berth and slot."""
        count: Counter[tuple[str, int]] = Counter()
        for index in self.rides:
            ride = self.movements[index]
            for place, tick in ((ride.origin, ride.depart), (ride.destination, ride.arrive)):
                berth = self.berth(index, place)
                if berth is not None:
                    count[berth.berth, self.rules.slot(tick)] += 1
        return count

    @cached_property
    def most_present(self) -> Counter[str]:
        """Most people at each place that people arrived at, after the events of a tick."""
        there: Counter[tuple[str, int]] = Counter()
        for party, indexes in self.of_party.items():
            moves = [self.movements[index] for index in indexes]
            ends = [move.depart for move in moves[1:]] + [self.scenario.deadline + 1]
            for move, end in zip(moves, ends, strict=True):
                for tick in range(move.arrive, end, self.world.step):
                    there[move.destination, tick] += self.party(party).size
        return _peaks(there)

    @cached_property
    def most_standing(self) -> Counter[str]:
        """Most vehicles on the spots of each berth away from their base."""
        there: Counter[tuple[str, int]] = Counter()
        for indexes in self.of_vehicle.values():
            rides = [self.movements[index] for index in indexes]
            ends = [ride.depart for ride in rides[1:]] + [self.scenario.deadline + 1]
            for index, ride, end in zip(indexes, rides, ends, strict=True):
                berth = self.berth(index, ride.destination)
                if berth is not None and ride.destination != self.fleet_of(index).base:
                    for tick in range(ride.arrive, end, self.world.step):
                        there[berth.berth, tick] += 1
        return _peaks(there)


def _peaks(there: Counter[tuple[str, int]]) -> Counter[str]:
    peaks: Counter[str] = Counter()
    for (what, _), number in there.items():
        peaks[what] = max(peaks[what], number)
    return peaks
