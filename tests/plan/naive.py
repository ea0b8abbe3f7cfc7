"""The rules of execution once more, read off the page and played minute by minute.

Slow, and on purpose nothing like the judge: exact fractions, dictionaries, one tick after another.
"""

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from fractions import Fraction

from wayout.plan.model import Movement, Plan
from wayout.scenario.fleet import Fleet, VehicleType
from wayout.scenario.links import Link, Mode
from wayout.scenario.model import Scenario
from wayout.scenario.people import People, people_of
from wayout.scenario.places import PlaceKind
from wayout.scenario.windows import Repeat, Target

NEARLY = Fraction(1, 10**9)
"""Hours that are no decimals, as 1/30, are meant and not what is left of them in binary."""

SHELTERS = (PlaceKind.HAVEN, PlaceKind.REFUGE)


def exact(number: float) -> Fraction:
    """The decimal that somebody wrote."""
    return Fraction(repr(float(number)))


@dataclass(frozen=True)
class Result:
    obeys: bool
    people_safe: int
    danger_hours: float
    clear_minute: int | None


class Broken(Exception):  # noqa: N818 - the end of a replay, not an error of the program
    pass


def need(holds: bool, rule: str) -> None:
    if not holds:
        raise Broken(rule)


class Naive:
    def __init__(self, scenario: Scenario, plan: Plan) -> None:
        self.scenario, self.plan = scenario, plan
        self.people: People = people_of(scenario)
        self.slot = scenario.policy.slot_minutes
        self.places = {place.place: place for place in scenario.places}
        self.links = {link.link: link for link in scenario.links}
        self.fleets = {fleet.fleet: fleet for fleet in scenario.fleets}
        self.types = {vehicle.type: vehicle for vehicle in scenario.vehicles}
        self._factors: dict[tuple[Target, str, int], Fraction] = {}

    def factor(self, kind: Target, what: str, tick: int) -> Fraction:
        key = (kind, what, tick)
        if key not in self._factors:
            self._factors[key] = self._factor(kind, what, tick)
        return self._factors[key]

    def _factor(self, kind: Target, what: str, tick: int) -> Fraction:
        for window in self.scenario.windows:
            if (window.kind, window.what) != (kind, what) or tick < window.begins:
                continue
            ends = self.scenario.deadline if window.ends is None else window.ends
            since = tick - window.begins
            if window.repeat is Repeat.DAILY:
                day, since = divmod(since, 1440)
                if window.begins + 1440 * day > self.scenario.deadline:
                    since += 1440
            if since < ends - window.begins:
                return exact(window.factor)
        return Fraction(1)

    def per_slot(self, kind: Target, what: str, per_hour: float, slot: int) -> float:
        if per_hour == math.inf:
            return math.inf
        ticks = range(slot * self.slot, (slot + 1) * self.slot)
        total = sum((self.factor(kind, what, tick) for tick in ticks), Fraction(0))
        return math.floor(total * exact(per_hour) / 60)

    def play(self) -> None:
        sizes = Counter[str]()
        aboard: dict[str, list[int]] = defaultdict(list)
        need(len({m.movement for m in self.plan.movements}) == len(self.plan.movements), "M1")
        pairs = list(zip(self.plan.loads.movement, self.plan.loads.party, strict=True))
        need(len(set(pairs)) == len(pairs), "P1")
        for movement, party in pairs:
            name = self.plan.movements[int(movement)].movement
            aboard[name].append(int(party))
            sizes[name] += int(self.people.size[party])
        for movement in self.plan.movements:
            self.movement(movement, aboard[movement.movement])
            need(movement.people == sizes[movement.movement], "P1")
        self.slots()
        for party in range(self.people.num_parties):
            self.journey(party, self.journeys()[party])
        self.beds()
        self.vehicles()

    def movement(self, movement: Movement, parties: list[int]) -> None:
        need(movement.link in self.links, "M1")
        link = self.links[movement.link]
        ends = (movement.origin, movement.destination)
        forward = ends == (link.origin, link.destination)
        deadline = self.scenario.deadline
        need(0 <= movement.depart < movement.arrive <= deadline, "M2")
        if movement.vehicle or movement.fleet:
            vehicle = self.vehicle(movement, link)
            if not forward:
                need(ends == (link.destination, link.origin) and link.return_empty, "M1")
                need(movement.people == 0 and not parties, "P1")
            limits = (vehicle.stretchers, vehicle.wheelchairs, vehicle.escorts)
        else:
            need(forward and bool(parties) and not movement.emergency, "M1")
            need(link.self_moving, "M3")
            need(movement.arrive - movement.depart == link.minutes, "M2")
            limits = (10**9,) * 3 if link.assisted else (0, 0, 0)
        people = self.people
        children = sum(int(people.size[p]) for p in parties if people.unaccompanied[p])
        carried = (
            sum(int(people.stretchers[p]) for p in parties),
            sum(int(people.wheelchairs[p]) for p in parties),
            children,
        )
        need(all(a <= b for a, b in zip(carried, limits, strict=True)), "P6")
        for tick in range(movement.depart, movement.arrive):
            need(self.factor(Target.LINK, link.link, tick) > 0, "M4")
        need(self.factor(Target.PLACE, movement.origin, movement.depart) > 0, "M5")
        need(self.factor(Target.PLACE, movement.destination, movement.arrive) > 0, "M5")

    def vehicle(self, movement: Movement, link: Link) -> VehicleType:
        need(movement.fleet in self.fleets, "M1")
        fleet = self.fleets[movement.fleet]
        names = {f"{fleet.fleet}-{k}" for k in range(1, fleet.number + 1)}
        need(movement.vehicle in names, "M1")
        vehicle = self.types[fleet.type]
        need(vehicle.mode is link.mode, "M3")
        need(not link.open_to or vehicle.type in link.open_to, "M3")
        need(link.km is None or link.km <= vehicle.range_km, "M3")
        minutes = link.minutes
        if minutes is None:
            assert link.km is not None
            assert vehicle.km_per_hour is not None
            minutes = math.ceil(exact(link.km) * 60 / exact(vehicle.km_per_hour))
        need(movement.arrive - movement.depart == minutes, "M2")
        until = fleet.available_until
        last = self.scenario.deadline if until is None else until
        need(movement.depart >= fleet.available_from and movement.arrive <= last, "V3")
        factor = self.factor(Target.FLEET, fleet.fleet, movement.depart)
        need(factor > 0, "V3")
        need(movement.people <= math.floor(self.scenario.seats(vehicle) * factor), "V1")
        need(movement.emergency == (movement.people > vehicle.seats), "V1")
        for place in (movement.origin, movement.destination):
            self.berth(place, vehicle)
        return vehicle

    def berth(self, place: str, vehicle: VehicleType) -> str | None:
        here = [berth for berth in self.scenario.berths if berth.place == place]
        listed = [berth for berth in here if vehicle.type in berth.types]
        general = [berth for berth in here if not berth.types and berth.mode is vehicle.mode]
        chosen = [*listed, *general]
        if not chosen:
            need(vehicle.mode is Mode.ROAD, "V5")
            return None
        need(chosen[0].runway_m >= vehicle.runway_m, "V5")
        need(chosen[0].depth_m >= vehicle.draught_m, "V5")
        return chosen[0].berth

    def slots(self) -> None:
        walkers, departures = Counter[tuple[str, int]](), Counter[tuple[str, int]]()
        leavers, berths = Counter[tuple[str, int]](), Counter[tuple[str, int]]()
        for m in self.plan.movements:
            leavers[m.origin, m.depart // self.slot] += m.people
            if not m.vehicle:
                walkers[m.link, m.depart // self.slot] += m.people
                continue
            departures[m.link, m.depart // self.slot] += 1
            vehicle = self.types[self.fleets[m.fleet].type]
            for place, tick in ((m.origin, m.depart), (m.destination, m.arrive)):
                berth = self.berth(place, vehicle)
                if berth is not None:
                    berths[berth, tick // self.slot] += 1
                    need(self.factor(Target.BERTH, berth, tick) > 0, "V7")
        rates = {b.berth: b.movements_per_hour for b in self.scenario.berths}
        for (name, slot), used in walkers.items():
            rate = self.links[name].people_per_hour
            need(used <= self.per_slot(Target.LINK, name, rate, slot), "M6")
        for (name, slot), used in departures.items():
            rate = self.links[name].departures_per_hour
            need(used <= self.per_slot(Target.LINK, name, rate, slot), "M6")
        for (name, slot), used in leavers.items():
            rate = self.places[name].processing_per_hour
            need(used <= self.per_slot(Target.PLACE, name, rate, slot), "P4")
        for (name, slot), used in berths.items():
            need(used <= self.per_slot(Target.BERTH, name, rates[name], slot), "V7")

    def journeys(self) -> list[list[Movement]]:
        trips: list[list[Movement]] = [[] for _ in range(self.people.num_parties)]
        for movement, party in zip(self.plan.loads.movement, self.plan.loads.party, strict=True):
            trips[int(party)].append(self.plan.movements[int(movement)])
        return [sorted(trip, key=lambda m: (m.depart, m.arrive)) for trip in trips]

    def journey(self, party: int, trip: list[Movement]) -> None:
        people = self.people
        at = self.scenario.places[int(people.place[party])].place
        free = int(people.ready_from[party])
        allowed = people.destination_sets[int(people.destinations[party])]
        for m in trip:
            need(m.origin == at and m.depart >= free, "P2")
            at = m.destination
            free = m.arrive + math.ceil(exact(self.places[at].min_stay_hours) * 60)
            if allowed and self.places[at].kind in SHELTERS:
                need(at in allowed, "P3")

    def beds(self) -> None:
        present = Counter[str]()
        for party in range(self.people.num_parties):
            place = self.scenario.places[int(self.people.place[party])].place
            present[place] += int(self.people.size[party])
        for tick in range(self.scenario.deadline + 1):
            for m in self.plan.movements:
                if m.depart == tick:
                    present[m.origin] -= m.people
                if m.arrive == tick:
                    present[m.destination] += m.people
            for row in self.scenario.places:
                if row.beds != math.inf:
                    factor = self.factor(Target.BEDS, row.place, tick)
                    need(present[row.place] <= math.floor(exact(row.beds) * factor), "P5")

    def vehicles(self) -> None:
        work: dict[str, list[Movement]] = defaultdict(list)
        minutes = Counter[tuple[str, int]]()
        for m in self.plan.movements:
            if m.vehicle:
                work[m.vehicle].append(m)
                minutes[m.fleet, m.depart // 1440] += m.arrive - m.depart
        for (name, _), used in minutes.items():
            fleet = self.fleets[name]
            hours = exact(self.types[fleet.type].hours_per_day)
            need(used <= fleet.number * hours * 60 + NEARLY, "V4")
        standing: dict[str, list[range]] = defaultdict(list)
        for trips in work.values():
            trips.sort(key=lambda m: (m.depart, m.arrive))
            self.turns(self.fleets[trips[0].fleet], trips, standing)
        for berth in self.scenario.berths:
            for tick in range(self.scenario.deadline + 1):
                factor = self.factor(Target.BERTH, berth.berth, tick) or Fraction(1)
                num = sum(tick in stay for stay in standing[berth.berth])
                if berth.spots != math.inf:
                    need(num <= math.floor(exact(berth.spots) * factor), "V6")

    def turns(self, fleet: Fleet, trips: list[Movement], standing: dict[str, list[range]]) -> None:
        vehicle = self.types[fleet.type]
        at, free = fleet.base, 0
        for m, following in zip(trips, [*trips[1:], None], strict=True):
            need(m.origin == at and m.depart >= free, "V2")
            at, free = m.destination, m.arrive + vehicle.ground_minutes
            leaves = self.scenario.deadline + 1 if following is None else following.depart
            berth = self.berth(at, vehicle)
            if berth is not None:
                until = min(leaves, free) if at == fleet.base else leaves
                standing[berth].append(range(m.arrive, until))

    def danger_rate(self, place: str, tick: int) -> float:
        row = self.places[place]
        if row.expires is not None and tick >= row.expires:
            return row.danger_after_expiry
        return row.danger

    def value(self) -> tuple[int, float, int | None]:
        safe, danger, moments = 0, 0.0, []
        for party, trip in enumerate(self.journeys()):
            size, by = int(self.people.size[party]), int(self.people.safe_by[party])
            home = self.scenario.places[int(self.people.place[party])].place
            visits = [(0, home), *((m.arrive, m.destination) for m in trip)]
            havens = [t for t, p in visits if self.places[p].is_haven]
            lasting = [t for t, p in visits if self.lasts(p)]
            if lasting and lasting[0] <= by:
                safe += size
                moments.append(lasting[0])
            weight = size * float(self.people.weight[party]) / 60
            for tick in range(self.scenario.end):
                danger += weight * self.rate(home, trip, havens, by, tick)
        everybody = len(moments) == self.people.num_parties > 0
        return safe, danger, max(moments) if everybody else None

    def lasts(self, name: str) -> bool:
        place = self.places[name]
        return place.is_haven or (place.kind is PlaceKind.REFUGE and place.expires is None)

    def rate(self, home: str, trip: list[Movement], havens: list[int], by: int, tick: int) -> float:
        if havens and havens[0] > by:
            return self.danger_rate(home, tick)
        if havens and tick >= havens[0]:
            return 0.0
        at = home
        for m in trip:
            if m.depart <= tick < m.arrive:
                return self.links[m.link].danger
            if m.arrive <= tick:
                at = m.destination
        return self.danger_rate(at, tick)


def replay(scenario: Scenario, plan: Plan) -> Result:
    """What the rules of execution make of a plan, played minute by minute."""
    naive = Naive(scenario, plan)
    try:
        naive.play()
    except Broken:
        return Result(False, 0, 0.0, None)
    return Result(True, *naive.value())
