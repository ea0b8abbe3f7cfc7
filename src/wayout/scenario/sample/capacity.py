"""How much there is of everything in a sample: vehicles, spots, beds, gates."""

import math
from collections import defaultdict
from collections.abc import Iterator

from wayout.scenario.columns import UNLIMITED
from wayout.scenario.fleet import Fleet, VehicleType
from wayout.scenario.links import Berth, Link, Mode
from wayout.scenario.places import Place, PlaceKind
from wayout.scenario.sample.country import Country, Spot
from wayout.scenario.sample.crowd import LARGEST_PARTY
from wayout.scenario.sample.need import MARGIN, Need
from wayout.scenario.sample.roads import MODE_OF_GATEWAY, havens_from
from wayout.scenario.sample.vehicles import AIRFIELD_RUNWAY_M, HAVEN_RUNWAY_M, Types, trips

MOST_BUS_FLEETS = 4
FILLED = 0.85
"""Share of the seats that whole parties fill."""

WAITING_HOURS = 3.0
"""People of so many hours can wait at gates and gateways."""

TIGHT_BEDS = 0.7
"""Beds per person where resources are tight: not everybody can get out."""


def sized_places(country: Country, types: Types, need: Need) -> tuple[Place, ...]:
    """Every place with its capacities."""
    beds = dict(zip(country.havens, _haven_beds(country, need), strict=True))
    places = []
    for spot in country:
        processing = UNLIMITED
        if spot.kind is PlaceKind.HAVEN:
            room: float = beds[spot]
        elif spot.kind in (PlaceKind.HOME, PlaceKind.ASSEMBLY):
            room = UNLIMITED
        else:
            room = _waiting_room(spot, types, need)
        if spot.kind is PlaceKind.GATE:
            rate = need.rate(need.people[spot.region])
            processing = float(need.scarce(rate, LARGEST_PARTY + 2))
        places.append(spot.as_place(room, processing))
    return tuple(places)


def _waiting_room(spot: Spot, types: Types, need: Need) -> float:
    """Room for the people of some hours, and for a full vehicle of the largest type."""
    mode = MODE_OF_GATEWAY.get(spot.kind, Mode.ROAD)
    largest = max(vehicle.seats for vehicle in types.by_mode[mode])
    room = max(WAITING_HOURS * need.rate(need.people[spot.region]), 2 * largest)
    return float(need.scarce(room, LARGEST_PARTY + 2))


def _haven_beds(country: Country, need: Need) -> list[int]:
    """Beds of each haven: near ones fill up, the farthest has the room that is left."""
    shares: dict[str, float] = defaultdict(float)
    for gateway in country.gateways:
        havens = havens_from(country, gateway)
        for haven in havens:
            shares[haven.place] += need.people[gateway.region] / len(havens)
    beds = [need.scarce(1.1 * shares[haven.place], 0) for haven in country.havens]
    if need.tight:
        beds[-1] = max(0, math.floor(TIGHT_BEDS * need.total) - sum(beds[:-1]))
    else:
        beds[-1] += math.ceil(0.2 * need.total) + LARGEST_PARTY
    return beds


def _vehicles_over(vehicle: VehicleType, km: float, people: float, need: Need) -> float:
    """Vehicles that carry so many people over a link in time."""
    return MARGIN * people / (trips(vehicle, km, need) * vehicle.seats * FILLED)


def fleets_of(
    country: Country, types: Types, links: tuple[Link, ...], need: Need
) -> tuple[Fleet, ...]:
    """Fleets of every type, 12 at most."""
    km = {(link.origin, link.destination): link.km or 0.0 for link in links}
    return (
        *_bus_fleets(country, types, km, need),
        *_gateway_fleets(country, types, km, need),
        *_onward_fleet(country, types, km, need),
    )


def _bus_fleets(
    country: Country, types: Types, km: dict[tuple[str, str], float], need: Need
) -> Iterator[Fleet]:
    """Buses at the entries of up to four regions, for themselves and the regions after them."""
    bus = types.by_mode[Mode.ROAD][0]
    vehicles = [0.0] * country.num_regions
    homes = [sum(1 for h in country.homes if h.region == r) for r in range(country.num_regions)]
    for home in country.homes:
        people = need.people[home.region] / homes[home.region]
        way = km[home.place, country.entry(home.region).place]
        vehicles[home.region] += _vehicles_over(bus, way, people, need)
    number = min(MOST_BUS_FLEETS, country.num_regions)
    firsts = [country.num_regions * index // number for index in range(number + 1)]
    for index in range(number):
        amount = sum(vehicles[firsts[index] : firsts[index + 1]])
        yield Fleet(
            fleet=f"buses-{index + 1}",
            type=bus.type,
            number=need.scarce(amount),
            base=country.entry(firsts[index]).place,
            owner="made up",
        )


def _gateway_fleets(
    country: Country, types: Types, km: dict[tuple[str, str], float], need: Need
) -> Iterator[Fleet]:
    """Aircraft from havens, ships and trains at gateways; half of them come later."""
    for mode, vehicles in types.by_mode.items():
        gateways = [g for g in country.gateways if MODE_OF_GATEWAY[g.kind] is mode]
        for wave in range(2 if gateways else 0):
            vehicle = vehicles[wave % len(vehicles)]
            amount = 0.0
            for gateway in gateways:
                havens = havens_from(country, gateway)
                people = need.people[gateway.region] / len(havens) / 2
                for haven in havens:
                    way = km[gateway.place, haven.place]
                    amount += _vehicles_over(vehicle, way, people, need)
            bases = country.havens if mode is Mode.AIR else gateways
            yield Fleet(
                fleet=f"{mode}-{wave + 1}",
                type=vehicle.type,
                number=need.scarce(amount),
                base=bases[wave % min(2, len(bases))].place,
                available_from=wave * need.horizon // 12,
                owner="made up",
            )


def _onward_fleet(
    country: Country, types: Types, km: dict[tuple[str, str], float], need: Need
) -> Iterator[Fleet]:
    """Aircraft that make room in near havens."""
    if types.onward is None:
        return
    near, far = country.havens[:2]
    way = km[near.place, far.place]
    yield Fleet(
        fleet="onward",
        type=types.onward.type,
        number=need.scarce(_vehicles_over(types.onward, way, 0.3 * need.total, need)),
        base=far.place,
        available_from=need.horizon // 20,
        owner="made up",
    )


def berths_of(country: Country, types: Types, need: Need) -> tuple[Berth, ...]:
    """A berth for each mode at each gateway and haven, and bus stands at gates."""
    people: dict[tuple[str, Mode], float] = defaultdict(float)
    for gateway in country.gateways:
        mode, havens = MODE_OF_GATEWAY[gateway.kind], havens_from(country, gateway)
        people[gateway.place, mode] += need.people[gateway.region]
        for haven in havens:
            people[haven.place, mode] += need.people[gateway.region] / len(havens)
    for near, far in zip(country.havens, country.havens[1:], strict=False):
        people[near.place, Mode.AIR] += 0.3 * need.total / len(country.havens)
        people[far.place, Mode.AIR] += 0.3 * need.total / len(country.havens)
    for gate in country.gates:
        people[gate.place, Mode.ROAD] += need.people[gate.region]
    abroad = {haven.place for haven in country.havens}
    return tuple(
        _berth(place, mode, amount, place in abroad, types, need)
        for (place, mode), amount in people.items()
    )


def _berth(
    place: str, mode: Mode, people: float, at_haven: bool, types: Types, need: Need
) -> Berth:
    """A berth with spots and movements for the vehicles that bring or fetch the people."""
    vehicles = types.by_mode[mode]
    seats = min(vehicle.seats for vehicle in vehicles)
    ground_hours = max(vehicle.ground_minutes for vehicle in vehicles) / 60
    departures = need.rate(people) / (seats * FILLED)
    runway = HAVEN_RUNWAY_M if at_haven else AIRFIELD_RUNWAY_M
    return Berth(
        berth=f"{place}-{mode}",
        place=place,
        mode=mode,
        spots=float(need.scarce(1.5 * departures * ground_hours + 1)),
        movements_per_hour=float(math.ceil(4 * departures) + 2),
        runway_m=runway if mode is Mode.AIR else UNLIMITED,
    )
