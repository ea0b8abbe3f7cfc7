"""The ways that people can take, as far as the rules about a scenario need them.

Who can get out at all is asked here without regard to anybody else, to windows, or to capacities.
"""

import heapq
import math
from collections import defaultdict
from dataclasses import dataclass

from wayout.scenario.fleet import VehicleType
from wayout.scenario.links import Berth, Link, Mode
from wayout.scenario.model import Scenario
from wayout.scenario.places import PlaceKind
from wayout.scenario.windows import Target

BY_SELF = ""
"""Type of a way that people travel by themselves."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What a party needs on board."""

    stretchers: int = 0
    wheelchairs: int = 0
    unaccompanied: int = 0


@dataclass(frozen=True, slots=True)
class Way:
    """A link as travelled by a vehicle type or, where ``type`` is blank, by people themselves."""

    link: int
    type: str
    origin: str
    destination: str
    minutes: int
    seats: float
    takes: tuple[float, float, float]

    def can_take(self, needs: Needs) -> bool:
        """Whether a party with these needs can be on it (rule P6)."""
        stretchers, wheelchairs, escorts = self.takes
        return (
            needs.stretchers <= stretchers
            and needs.wheelchairs <= wheelchairs
            and needs.unaccompanied <= escorts
        )


def minutes_over(link: Link, vehicle: VehicleType | None) -> int | None:
    """Travel time (rule M2), or None where it is not known."""
    if link.minutes is not None:
        return link.minutes
    speed = None if vehicle is None else vehicle.km_per_hour
    if link.km is None or not speed:
        return None
    minutes = link.km * 60 / speed
    return math.ceil(round(minutes, 9)) if 0 <= minutes < math.inf else None


def is_open_to(link: Link, vehicle: VehicleType) -> bool:
    """Whether the link lists the type, or lists none and has its mode (rule M3, without range)."""
    of_mode = link.mode is vehicle.mode and link.mode is not Mode.FOOT
    return of_mode and (not link.open_to or vehicle.type in link.open_to)


def in_range(link: Link, vehicle: VehicleType) -> bool:
    """Whether the type can fly or drive the link without a stop (rule M3)."""
    return link.km is None or link.km <= vehicle.range_km


class Berths:
    """Where vehicles may stop (rule V5)."""

    def __init__(self, scenario: Scenario) -> None:
        self.at: dict[str, list[Berth]] = defaultdict(list)
        for berth in scenario.berths:
            self.at[berth.place].append(berth)

    def serving(self, place: str, vehicle: VehicleType) -> list[Berth]:
        """The equally specific berths of the place that serve the type."""
        here = self.at.get(place, [])
        naming = [berth for berth in here if vehicle.type in berth.types]
        return naming or [b for b in here if not b.types and b.mode is vehicle.mode]

    def can_stop(self, place: str, vehicle: VehicleType) -> bool:
        """Whether the type can stop at the place at all."""
        serving = self.serving(place, vehicle)
        if not serving:
            return vehicle.mode is Mode.ROAD
        return fits(serving[0], vehicle)


def fits(berth: Berth, vehicle: VehicleType) -> bool:
    """Whether runway and depth suffice."""
    return berth.runway_m >= vehicle.runway_m and berth.depth_m >= vehicle.draught_m


def can_use(link: Link, vehicle: VehicleType, berths: Berths) -> bool:
    """Whether the type can travel the link and stop at both of its ends."""
    return (
        is_open_to(link, vehicle)
        and in_range(link, vehicle)
        and minutes_over(link, vehicle) is not None
        and berths.can_stop(link.origin, vehicle)
        and berths.can_stop(link.destination, vehicle)
    )


def most_seats(scenario: Scenario) -> dict[str, float]:
    """By type, the people that its best loaded fleet may carry; types without vehicles lack."""
    types = {vehicle.type: vehicle for vehicle in scenario.vehicles}
    factors: dict[str, float] = defaultdict(lambda: 1.0)
    for window in scenario.windows:
        if window.kind is Target.FLEET:
            factors[window.what] = max(factors[window.what], window.factor)
    seats: dict[str, float] = {}
    for fleet in scenario.fleets:
        if fleet.type in types and fleet.number > 0:
            most = scenario.seats(types[fleet.type]) * factors[fleet.fleet]
            seats[fleet.type] = max(seats.get(fleet.type, 0.0), most)
    return seats


def ways_of(scenario: Scenario) -> list[Way]:
    """Every way to travel with people, in the order of links and types."""
    seats, berths = most_seats(scenario), Berths(scenario)
    owned = [vehicle for vehicle in scenario.vehicles if vehicle.type in seats]
    ways = []
    for index, link in enumerate(scenario.links):
        ends = (link.origin, link.destination)
        if link.self_moving and link.minutes is not None:
            takes = (math.inf if link.assisted else 0.0,) * 3
            ways.append(Way(index, BY_SELF, *ends, link.minutes, math.inf, takes))
        for vehicle in owned:
            travel = minutes_over(link, vehicle)
            if travel is not None and can_use(link, vehicle, berths):
                needs = (vehicle.stretchers, vehicle.wheelchairs, vehicle.escorts)
                ways.append(Way(index, vehicle.type, *ends, travel, seats[vehicle.type], needs))
    return ways


class Exits:
    """Ways to safety from every place, for any permitted havens and needs."""

    def __init__(self, scenario: Scenario) -> None:
        self.into: dict[str, list[Way]] = defaultdict(list)
        for way in ways_of(scenario):
            self.into[way.destination].append(way)
        self.protecting = {
            place.place
            for place in scenario.places
            if place.is_haven or (place.kind is PlaceKind.REFUGE and place.expires is None)
        }
        shelters = (PlaceKind.HAVEN, PlaceKind.REFUGE)
        self.shelters = {place.place for place in scenario.places if place.kind in shelters}
        self._widest: dict[tuple[tuple[str, ...], Needs], dict[str, float]] = {}

    def widest(self, may_go_to: tuple[str, ...], needs: Needs) -> dict[str, float]:
        """Largest party that some way out can take whole, by place; 0 or absent where none can."""
        key = (may_go_to, needs)
        if key not in self._widest:
            self._widest[key] = self._search(may_go_to, needs)
        return self._widest[key]

    def _search(self, may_go_to: tuple[str, ...], needs: Needs) -> dict[str, float]:
        """Widest paths, backwards from safety."""
        barred = self.shelters - set(may_go_to) if may_go_to else set()
        width = dict.fromkeys(sorted(self.protecting - barred), math.inf)
        heap = [(-math.inf, place) for place in width]
        while heap:
            narrow, place = heapq.heappop(heap)
            if -narrow < width[place]:
                continue
            for way in self.into[place] if place not in barred else ():
                passing = min(-narrow, way.seats)
                if passing > width.get(way.origin, 0.0) and way.can_take(needs):
                    width[way.origin] = passing
                    heapq.heappush(heap, (-passing, way.origin))
        return width

    def shortest(self) -> dict[str, int]:
        """Least minutes under way to safety, by place; absent where there is no way."""
        least = dict.fromkeys(sorted(self.protecting), 0)
        heap = [(0, place) for place in least]
        while heap:
            minutes, place = heapq.heappop(heap)
            if minutes > least[place]:
                continue
            for way in self.into[place]:
                total = minutes + max(way.minutes, 0)
                if total < least.get(way.origin, 1 << 60):
                    least[way.origin] = total
                    heapq.heappush(heap, (total, way.origin))
        return least
