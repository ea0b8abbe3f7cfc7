"""The best plan of a tiny world by trying everything, without a solver: a check of the oracle.

The world is played tick by tick. A state says where every party and vehicle is, since when, and
what the slot, day and fleet have used up; a tick first lets arrivals happen, then tries every set
of departures, then counts beds and spots. Of equal states only the cheapest way there is kept.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product

from tests.oracle.exact import Goal
from tests.oracle.grid import DAY, Move, Rules, exact
from tests.oracle.worlds import World

from wayout.scenario.fleet import Fleet
from wayout.scenario.parties import Party
from wayout.scenario.windows import Target

NOT_YET = -1
"""Nobody arrived: a party at its first place, a vehicle off the spots of its base."""

LONG_AGO = -1_000_000
"""An arrival so long ago that it holds nothing up: keeps the number of states small."""


@dataclass(frozen=True, slots=True)
class Person:
    """A party: at ``place`` (its next place while under way until ``since``)."""

    place: str
    since: int
    started: bool = True
    haven: bool = False
    safe: bool = False
    late: bool = False


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A vehicle: at ``place`` (its next place while under way until ``since``)."""

    place: str
    since: int = NOT_YET


Used = frozenset[tuple[tuple[str, str, int], int]]


@dataclass(frozen=True, slots=True)
class State:
    """Everything that decides what may happen from here on."""

    people: tuple[Person, ...]
    vehicles: tuple[Vehicle, ...]
    used: Used


@dataclass(frozen=True, slots=True)
class Choice:
    """Departures of one tick: of each vehicle, and what each party goes by (None: it stays)."""

    rides: tuple[Move | None, ...]
    trips: tuple[Move | int | None, ...]


class TooLargeError(Exception):
    """More states than a test has time for."""


def best(world: World, goal: Goal, *, most_states: int = 60_000) -> Fraction | None:
    """The optimum; None if not everybody can be safe. Raises TooLargeError past ``most_states``."""
    tries = (
        _Play(world, goal, late).best(most_states)
        for late in product(*(_may_be_late(world, party, goal) for party in world.scenario.parties))
    )
    found = [value for value in tries if value is not None]
    if not found:
        return None
    return max(found) if goal is Goal.PEOPLE_SAFE else min(found)


def _may_be_late(world: World, party: Party, goal: Goal) -> tuple[bool, ...]:
    """Whether to try both: reaching the first haven too late changes what all the time counts."""
    late = party.safe_by is not None and party.safe_by < world.scenario.deadline
    return (False, True) if late and goal is Goal.DANGER_HOURS else (False,)


class _Play:
    """One search; ``late`` says of each party whether it has to reach its first haven too late."""

    def __init__(self, world: World, goal: Goal, late: tuple[bool, ...]) -> None:
        self.rules = Rules(world.scenario, world.step)
        self.goal = goal
        self.late = late
        self.parties = world.scenario.parties
        self.fleets: list[Fleet] = [
            fleet for fleet in world.scenario.fleets for _ in range(fleet.number)
        ]
        self.walks = list(self.rules.walks())
        self.rides = {fleet.fleet: list(self.rules.rides(fleet)) for fleet in self.fleets}

    def best(self, most_states: int) -> Fraction | None:
        people = tuple(Person(party.place, NOT_YET, started=False) for party in self.parties)
        vehicles = tuple(Vehicle(fleet.base) for fleet in self.fleets)
        states = {State(people, vehicles, frozenset()): Fraction(0)}
        for tick in self.rules.ticks:
            states = self._after(states, tick)
            if len(states) > most_states:
                raise TooLargeError
        return self._value(states)

    def _after(self, states: dict[State, Fraction], tick: int) -> dict[State, Fraction]:
        later: dict[State, Fraction] = {}
        for state, cost in states.items():
            arrived = self._arrivals(state, tick)
            if self.goal is Goal.CLEAR_MINUTE and self._num_safe(arrived) > self._num_safe(state):
                cost = Fraction(tick)
            for choice in self._choices(arrived, tick):
                reached = self._departed(arrived, choice, tick)
                if reached is None or not self._in_limits(reached, tick):
                    continue
                now = cost + self._danger_of_all(reached, choice, tick)
                if reached not in later or now < later[reached]:
                    later[reached] = now
        return later

    def _arrivals(self, state: State, tick: int) -> State:
        used = Counter(dict(state.used))
        for vehicle, fleet in zip(state.vehicles, self.fleets, strict=True):
            if vehicle.since == tick:
                self._use_berth(used, vehicle.place, fleet, tick)
        slot, day = self.rules.slot(tick), tick // DAY
        kept = {
            key: value
            for key, value in used.items()
            if key[2] == (day if key[0] == "hours" else slot)
        }
        people = (self._arrived(index, person, tick) for index, person in enumerate(state.people))
        vehicles = (
            self._rested(index, vehicle, tick) for index, vehicle in enumerate(state.vehicles)
        )
        return State(tuple(people), tuple(vehicles), frozenset(kept.items()))

    def _rested(self, index: int, vehicle: Vehicle, tick: int) -> Vehicle:
        fleet = self.fleets[index]
        ready = vehicle.since + self.rules.types[fleet.type].ground_minutes
        if vehicle.since == NOT_YET or tick < ready:
            return vehicle
        return Vehicle(vehicle.place, NOT_YET if vehicle.place == fleet.base else LONG_AGO)

    def _arrived(self, index: int, person: Person, tick: int) -> Person:
        if not person.started or tick < person.since:
            return person
        if tick > person.since:
            rested = tick >= person.since + self.rules.stay(person.place)
            return replace(person, since=LONG_AGO) if rested else person
        timely = tick <= self.rules.safe_by(self.parties[index])
        haven = self.rules.places[person.place].is_haven
        return replace(
            person,
            safe=person.safe or (timely and self.rules.counts_as_safe(person.place)),
            haven=person.haven or haven,
            late=person.late or (haven and not person.haven and not timely),
        )

    def _choices(self, state: State, tick: int) -> Iterator[Choice]:
        rides = [self._rides_of(index, state, tick) for index in range(len(self.fleets))]
        for taken in product(*rides):
            trips = [
                self._trips_of(index, state, taken, tick) for index in range(len(self.parties))
            ]
            for chosen in product(*trips):
                yield Choice(taken, chosen)

    def _rides_of(self, index: int, state: State, tick: int) -> list[Move | None]:
        fleet, vehicle = self.fleets[index], state.vehicles[index]
        ground = self.rules.types[fleet.type].ground_minutes
        if tick < vehicle.since + ground and vehicle.since != NOT_YET:
            return [None]
        moves = [
            move
            for move in self.rides[fleet.fleet]
            if move.depart == tick and move.origin == vehicle.place
        ]
        return [None, *moves]

    def _trips_of(
        self, index: int, state: State, rides: tuple[Move | None, ...], tick: int
    ) -> list[Move | int | None]:
        party, person = self.parties[index], state.people[index]
        stay = self.rules.stay(person.place) if person.started else 0
        ready = person.since + stay if person.started else party.ready_from
        if tick < ready:
            return [None]
        by_vehicle = [
            number
            for number, move in enumerate(rides)
            if move is not None
            and not move.empty
            and move.origin == person.place
            and self.rules.may_enter(party, move.destination)
        ]
        walking = [
            move
            for move in self.walks
            if move.depart == tick
            and move.origin == person.place
            and self.rules.may_enter(party, move.destination)
            and self.rules.may_walk(party, move.link)
        ]
        return [None, *by_vehicle, *walking]

    def _departed(self, state: State, choice: Choice, tick: int) -> State | None:
        """The state after the departures, or None if a vehicle, link, gate or berth is over."""
        if not all(self._fits(number, choice) for number in range(len(self.fleets))):
            return None
        used = Counter(dict(state.used))
        slot = self.rules.slot(tick)
        vehicles = list(state.vehicles)
        for number, move in enumerate(choice.rides):
            if move is not None:
                fleet = self.fleets[number]
                used["vehicles", move.link, slot] += 1
                used["hours", fleet.fleet, tick // DAY] += move.arrive - move.depart
                self._use_berth(used, move.origin, fleet, tick)
                vehicles[number] = Vehicle(move.destination, move.arrive)
        people = list(state.people)
        for index, trip in enumerate(choice.trips):
            move = choice.rides[trip] if isinstance(trip, int) else trip
            if move is not None:
                size = self.parties[index].size
                used["leaving", move.origin, slot] += size
                if not isinstance(trip, int):
                    used["walking", move.link, slot] += size
                person = replace(people[index], place=move.destination, since=move.arrive)
                people[index] = replace(person, started=True)
        return State(tuple(people), tuple(vehicles), frozenset(used.items()))

    def _fits(self, number: int, choice: Choice) -> bool:
        move = choice.rides[number]
        if move is None:
            return True
        fleet = self.fleets[number]
        kind = self.rules.types[fleet.type]
        aboard = [
            party for party, trip in zip(self.parties, choice.trips, strict=True) if trip == number
        ]
        children = sum(party.size for party in aboard if party.unaccompanied)
        return (
            sum(party.size for party in aboard) <= self.rules.seats(fleet, move.depart)
            and sum(party.stretchers for party in aboard) <= kind.stretchers
            and sum(party.wheelchairs for party in aboard) <= kind.wheelchairs
            and children <= kind.escorts
        )

    def _use_berth(
        self, used: Counter[tuple[str, str, int]], place: str, fleet: Fleet, tick: int
    ) -> None:
        berth = self.rules.berth(place, self.rules.types[fleet.type])
        if berth is not None:
            used["berth", berth.berth, self.rules.slot(tick)] += 1

    def _in_limits(self, state: State, tick: int) -> bool:
        return (
            all(value <= self._allowed(key) for key, value in state.used)
            and self._beds_suffice(state, tick)
            and self._spots_suffice(state, tick)
        )

    def _allowed(self, key: tuple[str, str, int]) -> float:
        kind, what, slot = key
        if kind == "hours":
            fleet = next(fleet for fleet in self.fleets if fleet.fleet == what)
            hours = self.rules.types[fleet.type].hours_per_day
            return int(fleet.number * exact(hours) * 60)
        if kind == "vehicles":
            return self._limit(Target.LINK, what, self.rules.links[what].departures_per_hour, slot)
        if kind == "walking":
            return self._limit(Target.LINK, what, self.rules.links[what].people_per_hour, slot)
        if kind == "leaving":
            rate = self.rules.places[what].processing_per_hour
            return self._limit(Target.PLACE, what, rate, slot)
        berths = (row for row in self.rules.scenario.berths if row.berth == what)
        return self._limit(Target.BERTH, what, next(berths).movements_per_hour, slot)

    def _limit(self, target: Target, what: str, per_hour: float, slot: int) -> float:
        limit = self.rules.limit(target, what, per_hour, slot)
        return float("inf") if limit is None else limit

    def _beds_suffice(self, state: State, tick: int) -> bool:
        there: Counter[str] = Counter()
        for party, person in zip(self.parties, state.people, strict=True):
            if person.since <= tick:
                there[person.place] += party.size
        limits = ((self.rules.beds(place, tick), people) for place, people in there.items())
        return all(limit is None or people <= limit for limit, people in limits)

    def _spots_suffice(self, state: State, tick: int) -> bool:
        standing: Counter[str] = Counter()
        berths = {}
        for vehicle, fleet in zip(state.vehicles, self.fleets, strict=True):
            kind = self.rules.types[fleet.type]
            berth = self.rules.berth(vehicle.place, kind)
            at_home = vehicle.place == fleet.base and tick >= vehicle.since + kind.ground_minutes
            if berth is None or vehicle.since == NOT_YET or vehicle.since > tick or at_home:
                continue
            berths[berth.berth] = berth
            standing[berth.berth] += 1
        limits = ((self.rules.spots(berths[name], tick), num) for name, num in standing.items())
        return all(limit is None or num <= limit for limit, num in limits)

    def _num_safe(self, state: State) -> int:
        return sum(person.safe for person in state.people)

    def _danger_of_all(self, state: State, choice: Choice, tick: int) -> Fraction:
        if self.goal is not Goal.DANGER_HOURS:
            return Fraction(0)
        people = enumerate(state.people)
        dangers = (self._danger(index, person, choice, tick) for index, person in people)
        return sum(dangers, Fraction(0))

    def _danger(self, index: int, person: Person, choice: Choice, tick: int) -> Fraction:
        """Weighted rate times minutes until the next tick, or for a whole way at its departure."""
        if person.haven or self.late[index]:
            return Fraction(0)
        scenario = self.rules.scenario
        trip = choice.trips[index]
        move = choice.rides[trip] if isinstance(trip, int) else trip
        weight = self.rules.weight(self.parties[index])
        if move is not None:
            rate = exact(self.rules.links[move.link].danger)
            return weight * rate * (move.arrive - move.depart)
        if person.since > tick:
            return Fraction(0)
        until = tick + self.rules.step if tick < scenario.deadline else scenario.end
        return weight * self.rules.danger(person.place, tick, until)

    def _value(self, states: dict[State, Fraction]) -> Fraction | None:
        if self.goal is Goal.PEOPLE_SAFE:
            return Fraction(max(map(self._people_safe, states)))
        if self.goal is Goal.CLEAR_MINUTE:
            states = {state: cost for state, cost in states.items() if self._all_safe(state)}
        else:
            states = {state: cost for state, cost in states.items() if self._as_announced(state)}
        if not states:
            return None
        least = min(states.values())
        return least if self.goal is Goal.CLEAR_MINUTE else (least + self._late_danger()) / 60

    def _people_safe(self, state: State) -> int:
        pairs = zip(self.parties, state.people, strict=True)
        return sum(party.size for party, person in pairs if person.safe)

    def _all_safe(self, state: State) -> bool:
        return all(person.safe for person in state.people)

    def _as_announced(self, state: State) -> bool:
        return tuple(person.late for person in state.people) == self.late

    def _late_danger(self) -> Fraction:
        end = self.rules.scenario.end
        pairs = zip(self.parties, self.late, strict=True)
        too_late = [party for party, late in pairs if late]
        dangers = (
            self.rules.weight(party) * self.rules.danger(party.place, 0, end) for party in too_late
        )
        return sum(dangers, Fraction(0))
