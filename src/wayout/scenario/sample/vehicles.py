"""The vehicle types of a sample: large ones for crowds, small ones for few people."""

import math
from dataclasses import dataclass

from wayout.scenario.fleet import VehicleType
from wayout.scenario.links import Mode
from wayout.scenario.sample.country import Country
from wayout.scenario.sample.crowd import LARGEST_PARTY
from wayout.scenario.sample.need import Need
from wayout.scenario.sample.roads import MODE_OF_GATEWAY

LOADS_A_DAY = {Mode.ROAD: 4, Mode.AIR: 4, Mode.SEA: 1, Mode.RAIL: 1}
"""Large vehicles are worth it where they would be filled so many times a day."""

HAVEN_RUNWAY_M = 3500.0
AIRFIELD_RUNWAY_M = 2200.0


def _type(
    name: str,
    mode: Mode,
    seats: int,
    km_per_hour: float,
    load_minutes: int,
    *,
    emergency: int | None = None,
    hours_per_day: float = 20.0,
    runway_m: float = 0.0,
) -> VehicleType:
    """A type with places for special needs in proportion to its seats."""
    return VehicleType(
        type=name.lower().replace(" ", "-"),
        mode=mode,
        seats=seats,
        name=name,
        seats_emergency=emergency,
        km_per_hour=km_per_hour,
        load_minutes=load_minutes,
        unload_minutes=load_minutes // 2,
        turn_minutes=30 if mode is Mode.AIR else 0,
        hours_per_day=hours_per_day,
        runway_m=runway_m,
        stretchers=max(1, seats // 20),
        wheelchairs=max(1, seats // 20),
        escorts=max(LARGEST_PARTY, seats // 20),
    )


LARGE = {
    Mode.ROAD: (_type("Coach", Mode.ROAD, 45, 45, 15),),
    Mode.AIR: (
        _type("Airlifter", Mode.AIR, 120, 540, 45, emergency=200, hours_per_day=12, runway_m=1000),
        _type("Airliner", Mode.AIR, 180, 760, 45, hours_per_day=14, runway_m=2000),
    ),
    Mode.SEA: (_type("Ferry", Mode.SEA, 500, 50, 60, emergency=700, hours_per_day=22),),
    Mode.RAIL: (_type("Train", Mode.RAIL, 600, 70, 40, hours_per_day=22),),
}
SMALL = {
    Mode.ROAD: (_type("Minibus", Mode.ROAD, 12, 50, 10),),
    Mode.AIR: (_type("Commuter aircraft", Mode.AIR, 19, 420, 20, hours_per_day=12, runway_m=900),),
    Mode.SEA: (_type("Boat", Mode.SEA, 40, 45, 20),),
    Mode.RAIL: (_type("Railcar", Mode.RAIL, 60, 70, 15),),
}
ONWARD = {
    True: _type("Wide-body", Mode.AIR, 280, 830, 60, hours_per_day=14, runway_m=2800),
    False: _type("Turboprop", Mode.AIR, 48, 500, 25, hours_per_day=12, runway_m=2500),
}


@dataclass(frozen=True, slots=True)
class Types:
    """The types by mode out of the country, and the one that flies on from havens, if any."""

    by_mode: dict[Mode, tuple[VehicleType, ...]]
    onward: VehicleType | None

    @property
    def all_types(self) -> tuple[VehicleType, ...]:
        """Every type, once."""
        first = tuple(vehicle for types in self.by_mode.values() for vehicle in types)
        return first if self.onward is None else (*first, self.onward)


def types_for(country: Country, need: Need) -> Types:
    """Types for the modes that the country has, of a size that suits the crowd."""
    people = {Mode.ROAD: need.total}
    for gateway in country.gateways:
        mode = MODE_OF_GATEWAY[gateway.kind]
        people[mode] = people.get(mode, 0) + need.people[gateway.region]
    chosen = {mode: _suiting(mode, people[mode] / need.days) for mode in people}
    onward = ONWARD[need.total / need.days >= LOADS_A_DAY[Mode.AIR] * ONWARD[True].seats]
    return Types(chosen, onward if len(country.havens) > 1 else None)


def _suiting(mode: Mode, people_per_day: float) -> tuple[VehicleType, ...]:
    large = people_per_day >= LOADS_A_DAY[mode] * LARGE[mode][0].seats
    return LARGE[mode] if large else SMALL[mode]


def trips(vehicle: VehicleType, km: float, need: Need) -> int:
    """Round trips that a vehicle makes over a link until the deadline; 1 at least."""
    travel = km / (vehicle.km_per_hour or 1.0)
    cycle = 2 * travel + 2 * vehicle.ground_minutes / 60
    by_hours = vehicle.hours_per_day * need.days * 0.8 / (2 * travel)
    return max(1, math.floor(min(need.useful_hours / cycle, by_hours)))
