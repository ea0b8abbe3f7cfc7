"""The links of a sample: few per place, never all pairs."""

import math
from collections.abc import Iterator

from wayout.scenario.links import SELF, Link, Mode
from wayout.scenario.places import PlaceKind
from wayout.scenario.sample.country import Country, Spot
from wayout.scenario.sample.need import Need

ROAD_DETOUR = 1.3
WALK_KM_PER_HOUR = 4.0
FARTHEST_WALK_KM = 20.0
MODE_OF_GATEWAY = {
    PlaceKind.AIRFIELD: Mode.AIR,
    PlaceKind.PORT: Mode.SEA,
    PlaceKind.STATION: Mode.RAIL,
}
HAVENS_BY_MODE = {Mode.AIR: 3, Mode.SEA: 2, Mode.RAIL: 1}
"""To how many havens a gateway has links."""


def links_of(country: Country, need: Need) -> tuple[Link, ...]:
    """All links, in the direction in which people travel them."""
    return (
        *_from_homes(country, need),
        *_from_assemblies(country),
        *_through_gates(country, need),
        *_out_of_gateways(country),
        *_onward(country),
    )


def _road(origin: Spot, destination: Spot) -> Link:
    """A road for buses."""
    return Link(
        link=f"{origin.place}_{destination.place}",
        origin=origin.place,
        destination=destination.place,
        mode=Mode.ROAD,
        km=max(1.0, round(origin.km_to(destination) * ROAD_DETOUR, 1)),
    )


def _walk(origin: Spot, destination: Spot, people_per_hour: float) -> Link:
    """A way for people by themselves."""
    minutes = origin.km_to(destination) * ROAD_DETOUR / WALK_KM_PER_HOUR * 60
    return Link(
        link=f"{origin.place}_walk_{destination.place}",
        origin=origin.place,
        destination=destination.place,
        mode=Mode.FOOT,
        minutes=max(5, math.ceil(minutes)),
        people_per_hour=people_per_hour,
        open_to=(SELF,),
    )


def _entries(country: Country, spot: Spot) -> list[Spot]:
    """The region's own entry, and the next region's where there is one: the ring hangs together."""
    regions = range(spot.region, spot.region + min(country.num_regions, 2))
    return [country.entry(region) for region in regions]


def _from_homes(country: Country, need: Need) -> Iterator[Link]:
    """Roads to the entries, and a walk to the nearest assembly point of the region."""
    for home in country.homes:
        for entry in _entries(country, home):
            yield _road(home, entry)
        near = [spot for spot in country.assemblies if spot.region == home.region]
        if near:
            assembly = min(near, key=home.km_to)
            if home.km_to(assembly) <= FARTHEST_WALK_KM:
                yield _walk(home, assembly, need.rate(need.people[home.region]))


def _from_assemblies(country: Country) -> Iterator[Link]:
    for assembly in country.assemblies:
        for entry in _entries(country, assembly):
            yield _road(assembly, entry)


def _through_gates(country: Country, need: Need) -> Iterator[Link]:
    """On foot from each gate to its gateway, with help for those who need it."""
    for gate, gateway in zip(country.gates, country.gateways, strict=False):
        yield Link(
            link=f"{gate.place}_{gateway.place}",
            origin=gate.place,
            destination=gateway.place,
            mode=Mode.FOOT,
            minutes=25,
            people_per_hour=2 * need.rate(need.people[gate.region]),
            assisted=True,
        )


def _leg(origin: Spot, destination: Spot, mode: Mode) -> Link:
    detour = 1.2 if mode is Mode.RAIL else 1.0
    return Link(
        link=f"{origin.place}_{destination.place}",
        origin=origin.place,
        destination=destination.place,
        mode=mode,
        km=round(origin.km_to(destination) * detour, 1),
    )


def havens_from(country: Country, gateway: Spot) -> list[Spot]:
    """The havens that a gateway has links to: aircraft spread, ships and trains go near."""
    mode, havens = MODE_OF_GATEWAY[gateway.kind], country.havens
    first = gateway.region // len(MODE_OF_GATEWAY) if mode is Mode.AIR else 0
    number = min(HAVENS_BY_MODE[mode], len(havens))
    return [havens[(first + step) % len(havens)] for step in range(number)]


def _out_of_gateways(country: Country) -> Iterator[Link]:
    for gateway in country.gateways:
        for haven in havens_from(country, gateway):
            yield _leg(gateway, haven, MODE_OF_GATEWAY[gateway.kind])


def _onward(country: Country) -> Iterator[Link]:
    """Flights from each haven to the next farther one."""
    for near, far in zip(country.havens, country.havens[1:], strict=False):
        yield _leg(near, far, Mode.AIR)
