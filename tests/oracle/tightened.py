"""Scenarios made tighter than an executable plan allows: the same plan must now be refused.

Each function takes a limit that the plan uses and sets it just below the use, so that the breach
follows from the plan's own figures. Where a window already changes the limit, it is left alone.
"""

import dataclasses
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from tests.oracle.played import Played

from wayout.scenario.columns import UNLIMITED
from wayout.scenario.links import SELF, Mode
from wayout.scenario.model import Scenario
from wayout.scenario.places import PlaceKind
from wayout.scenario.windows import Target, Window

Tightening = Callable[[Played], Iterator[Scenario]]


def _with(played: Played, table: str, key: str, value: str, **changes: Any) -> Scenario:
    rows = getattr(played.scenario, table)
    changed = tuple(
        dataclasses.replace(row, **changes) if getattr(row, key) == value else row for row in rows
    )
    return played.scenario.replace(**{table: changed})


def _with_window(
    played: Played, kind: Target, what: str, tick: int, factor: float = 0.0
) -> Iterator[Scenario]:
    """A window of one minute, if the target has none yet."""
    if not played.has_window(kind, what):
        window = Window(kind=kind, what=what, begins=tick, ends=tick + 1, factor=factor)
        yield played.scenario.replace(windows=(*played.scenario.windows, window))


def _per_hour(played: Played, number: int) -> float:
    """A rate that allows ``number`` in a slot and not one more."""
    return (number + 0.5) * 60.0 / played.scenario.policy.slot_minutes


def empty_return_forbidden(played: Played) -> Iterator[Scenario]:
    for index in played.rides:
        link = played.link_of(index)
        if link.origin != played.movements[index].origin:
            yield _with(played, "links", "link", link.link, return_empty=False)


def link_longer_by_a_minute(played: Played) -> Iterator[Scenario]:
    for movement in played.movements:
        minutes = movement.arrive - movement.depart + 1
        yield _with(played, "links", "link", movement.link, minutes=minutes)


def link_longer_than_the_range(played: Played) -> Iterator[Scenario]:
    for index in played.rides:
        kind, link = played.type_of(index), played.link_of(index)
        if link.km is not None:
            yield _with(played, "vehicles", "type", kind.type, range_km=link.km - 0.25)


def link_closed_to_who_uses_it(played: Played) -> Iterator[Scenario]:
    for index, movement in enumerate(played.movements):
        open_to = (SELF,) if movement.vehicle else (played.scenario.vehicles[0].type,)
        yield _with(played, "links", "link", played.link_of(index).link, open_to=open_to)


def link_shut_in_the_last_minute(played: Played) -> Iterator[Scenario]:
    for movement in played.movements:
        yield from _with_window(played, Target.LINK, movement.link, movement.arrive - 1)


def link_shut_in_the_first_minute(played: Played) -> Iterator[Scenario]:
    for movement in played.movements:
        yield from _with_window(played, Target.LINK, movement.link, movement.depart)


def place_shut_at_departure(played: Played) -> Iterator[Scenario]:
    for movement in played.movements:
        yield from _with_window(played, Target.PLACE, movement.origin, movement.depart)


def place_shut_at_arrival(played: Played) -> Iterator[Scenario]:
    for movement in played.movements:
        yield from _with_window(played, Target.PLACE, movement.destination, movement.arrive)


def path_too_narrow(played: Played) -> Iterator[Scenario]:
    for (link, _), people in played.walked.items():
        if not played.has_window(Target.LINK, link):
            rate = _per_hour(played, people - 1)
            yield _with(played, "links", "link", link, people_per_hour=rate)


def too_many_departures_on_a_link(played: Played) -> Iterator[Scenario]:
    for (link, _), vehicles in played.set_out.items():
        if not played.has_window(Target.LINK, link):
            rate = _per_hour(played, vehicles - 1)
            yield _with(played, "links", "link", link, departures_per_hour=rate)


def party_not_ready(played: Played) -> Iterator[Scenario]:
    for party, indexes in played.of_party.items():
        ready = played.movements[indexes[0]].depart + 1
        yield _with(played, "parties", "party", played.party(party).party, ready_from=ready)


def stay_too_short(played: Played) -> Iterator[Scenario]:
    for indexes in played.of_party.values():
        for before, after in pairwise(indexes):
            place = played.movements[before].destination
            minutes = played.movements[after].depart - played.movements[before].arrive + 1
            yield _with(played, "places", "place", place, min_stay_hours=minutes / 60.0)


def party_in_a_haven_not_its_own(played: Played) -> Iterator[Scenario]:
    for party, indexes in played.of_party.items():
        for index in indexes:
            place = played.rules.places[played.movements[index].destination]
            if place.kind in (PlaceKind.HAVEN, PlaceKind.REFUGE):
                ends = [row.place for row in played.scenario.places if row.is_haven]
                other = next((end for end in ends if end != place.place), "home1")
                name = played.party(party).party
                yield _with(played, "parties", "party", name, may_go_to=(other,))


def gate_over_capacity(played: Played) -> Iterator[Scenario]:
    for (place, _), people in played.left.items():
        if people and not played.has_window(Target.PLACE, place):
            rate = _per_hour(played, people - 1)
            yield _with(played, "places", "place", place, processing_per_hour=rate)


def haven_full(played: Played) -> Iterator[Scenario]:
    for place, people in played.most_present.items():
        if not played.has_window(Target.BEDS, place):
            yield _with(played, "places", "place", place, beds=float(people - 1))


def beds_fewer_at_the_arrival(played: Played) -> Iterator[Scenario]:
    for index, movement in enumerate(played.movements):
        beds = played.rules.places[movement.destination].beds
        before_deadline = movement.arrive < played.scenario.deadline
        if before_deadline and beds < UNLIMITED and _somebody_stays(played, index):
            yield from _with_window(played, Target.BEDS, movement.destination, movement.arrive)


def _somebody_stays(played: Played, index: int) -> bool:
    """Whether a party of the movement does not go on at the tick of its arrival."""
    arrive = played.movements[index].arrive
    onward = [
        {played.movements[later].depart for later in played.of_party[party]}
        for party in played.aboard.get(index, [])
    ]
    return any(arrive not in departures for departures in onward)


def no_help_on_the_way(played: Played) -> Iterator[Scenario]:
    for index in played.walks:
        parties = [played.party(party) for party in played.aboard.get(index, [])]
        if any(party.stretchers or party.wheelchairs or party.unaccompanied for party in parties):
            yield _with(played, "links", "link", played.movements[index].link, assisted=False)


def no_place_for_needs_aboard(played: Played) -> Iterator[Scenario]:
    for index in played.rides:
        parties = [played.party(party) for party in played.aboard.get(index, [])]
        needs = {
            "stretchers": sum(party.stretchers for party in parties),
            "wheelchairs": sum(party.wheelchairs for party in parties),
            "escorts": sum(party.size for party in parties if party.unaccompanied),
        }
        for column, number in needs.items():
            if number:
                kind = played.type_of(index).type
                yield _with(played, "vehicles", "type", kind, **{column: number - 1})


def seat_too_few(played: Played) -> Iterator[Scenario]:
    for index in played.rides:
        people = played.movements[index].people
        if people and not played.has_window(Target.FLEET, played.fleet_of(index).fleet):
            changes = {"seats": people - 1, "seats_emergency": None}
            yield _with(played, "vehicles", "type", played.type_of(index).type, **changes)


def seats_scaled_down(played: Played) -> Iterator[Scenario]:
    for index in played.rides:
        ride, fleet = played.movements[index], played.fleet_of(index)
        if ride.people > 1:
            factor = (ride.people - 0.5) / played.scenario.seats(played.type_of(index))
            yield from _with_window(played, Target.FLEET, fleet.fleet, ride.depart, factor)


def turn_round_missing(played: Played) -> Iterator[Scenario]:
    for indexes in played.of_vehicle.values():
        for before, after in pairwise(indexes):
            gap = played.movements[after].depart - played.movements[before].arrive
            kind = played.type_of(before)
            turn = gap - kind.load_minutes - kind.unload_minutes + 1
            yield _with(played, "vehicles", "type", kind.type, turn_minutes=turn)


def fleet_not_there_yet(played: Played) -> Iterator[Scenario]:
    for index in played.rides:
        fleet, depart = played.fleet_of(index), played.movements[index].depart
        yield _with(played, "fleets", "fleet", fleet.fleet, available_from=depart + 1)


def fleet_gone_already(played: Played) -> Iterator[Scenario]:
    for index in played.rides:
        fleet, arrive = played.fleet_of(index), played.movements[index].arrive
        yield _with(played, "fleets", "fleet", fleet.fleet, available_until=arrive - 1)


def fleet_grounded(played: Played) -> Iterator[Scenario]:
    for index in played.rides:
        fleet, depart = played.fleet_of(index), played.movements[index].depart
        yield from _with_window(played, Target.FLEET, fleet.fleet, depart)


def hours_beyond_utilisation(played: Played) -> Iterator[Scenario]:
    for (name, _), minutes in played.under_way.items():
        fleet = played.fleets[name]
        hours = (minutes - 0.5) / 60.0 / fleet.number
        yield _with(played, "vehicles", "type", fleet.type, hours_per_day=hours)


def runway_too_short(played: Played) -> Iterator[Scenario]:
    for index in played.rides:
        kind = played.type_of(index)
        berth = played.berth(index, played.movements[index].destination)
        if berth is not None and kind.runway_m > 0:
            runway = kind.runway_m - 1.0
            yield _with(played, "berths", "berth", berth.berth, runway_m=runway)


def water_too_shallow(played: Played) -> Iterator[Scenario]:
    for index in played.rides:
        kind = played.type_of(index)
        berth = played.berth(index, played.movements[index].origin)
        if berth is not None and kind.draught_m > 0:
            depth = kind.draught_m - 0.1
            yield _with(played, "berths", "berth", berth.berth, depth_m=depth)


def no_berth(played: Played) -> Iterator[Scenario]:
    for index in played.rides:
        mode, place = played.type_of(index).mode, played.movements[index].destination
        if mode is not Mode.ROAD:
            kept = [row for row in played.scenario.berths if (row.place, row.mode) != (place, mode)]
            yield played.scenario.replace(berths=tuple(kept))


def spots_exceeded(played: Played) -> Iterator[Scenario]:
    for berth, vehicles in played.most_standing.items():
        if not played.has_window(Target.BERTH, berth):
            yield _with(played, "berths", "berth", berth, spots=float(vehicles - 1))


def too_many_at_a_berth(played: Played) -> Iterator[Scenario]:
    for (berth, _), vehicles in played.berth_uses.items():
        if not played.has_window(Target.BERTH, berth):
            rate = _per_hour(played, vehicles - 1)
            yield _with(played, "berths", "berth", berth, movements_per_hour=rate)


def berth_shut_at_departure(played: Played) -> Iterator[Scenario]:
    for index in played.rides:
        ride = played.movements[index]
        berth = played.berth(index, ride.origin)
        if berth is not None:
            yield from _with_window(played, Target.BERTH, berth.berth, ride.depart)


def berth_shut_at_arrival(played: Played) -> Iterator[Scenario]:
    for index in played.rides:
        ride = played.movements[index]
        berth = played.berth(index, ride.destination)
        if berth is not None and ride.arrive < played.scenario.deadline:
            yield from _with_window(played, Target.BERTH, berth.berth, ride.arrive)


TIGHTENINGS: dict[Tightening, str] = {
    empty_return_forbidden: "M1",
    link_longer_by_a_minute: "M2",
    link_longer_than_the_range: "M3",
    link_closed_to_who_uses_it: "M3",
    link_shut_in_the_last_minute: "M4",
    link_shut_in_the_first_minute: "M4",
    place_shut_at_departure: "M5",
    place_shut_at_arrival: "M5",
    path_too_narrow: "M6",
    too_many_departures_on_a_link: "M6",
    party_not_ready: "P2",
    stay_too_short: "P2",
    party_in_a_haven_not_its_own: "P3",
    gate_over_capacity: "P4",
    haven_full: "P5",
    beds_fewer_at_the_arrival: "P5",
    no_help_on_the_way: "P6",
    no_place_for_needs_aboard: "P6",
    seat_too_few: "V1",
    seats_scaled_down: "V1",
    turn_round_missing: "V2",
    fleet_not_there_yet: "V3",
    fleet_gone_already: "V3",
    fleet_grounded: "V3",
    hours_beyond_utilisation: "V4",
    runway_too_short: "V5",
    water_too_shallow: "V5",
    no_berth: "V5",
    spots_exceeded: "V6",
    too_many_at_a_berth: "V7",
    berth_shut_at_departure: "V7",
    berth_shut_at_arrival: "V7",
}
"""Every tightening with the code of the rule that the plan breaks under it."""
