"""Executable plans with one thing changed so that a rule is broken for certain.

A change that could also be legal (a departure moved by a minute, say) is only made where the plan
itself shows that it is not: the neighbour in time leaves no minute to spare.
"""

import dataclasses
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import numpy as np
from tests.oracle.played import Played

from wayout.plan.model import Loads, Movement, Plan

Mutation = Callable[[Played], Iterator[Plan]]


def _changed(played: Played, index: int, **changes: Any) -> Plan:
    """The plan with one movement changed."""
    movements = list(played.movements)
    movements[index] = dataclasses.replace(movements[index], **changes)
    return dataclasses.replace(played.plan, movements=tuple(movements))


def _loaded(plan: Plan, pairs: list[tuple[int, int]]) -> Plan:
    """The plan with other loads: pairs of a movement's position and a party."""
    columns = np.array(pairs, dtype=np.int64).reshape(len(pairs), 2)
    loads = Loads(movement=columns[:, 0].copy(), party=columns[:, 1].copy())
    return dataclasses.replace(plan, loads=loads)


def _pairs(played: Played) -> list[tuple[int, int]]:
    loads = played.plan.loads
    return list(zip(loads.movement.tolist(), loads.party.tolist(), strict=True))


def _with_party(played: Played, index: int, party: int) -> Plan:
    """One more party on a movement, the movement's people and emergency flag kept right."""
    people = played.movements[index].people + played.party(party).size
    vehicle = bool(played.movements[index].vehicle)
    emergency = vehicle and people > played.type_of(index).seats
    plan = _changed(played, index, people=people, emergency=emergency)
    return _loaded(plan, [*_pairs(played), (index, party)])


def _with_movement(played: Played, movement: Movement) -> Plan:
    return dataclasses.replace(played.plan, movements=(*played.movements, movement))


def _without(played: Played, index: int) -> Plan:
    """The plan without a movement and its loads."""
    movements = played.movements[:index] + played.movements[index + 1 :]
    pairs = [
        (position - (position > index), party)
        for position, party in _pairs(played)
        if position != index
    ]
    return _loaded(dataclasses.replace(played.plan, movements=movements), pairs)


def _moved(played: Played, index: int, minutes: int) -> Plan:
    movement = played.movements[index]
    depart, arrive = movement.depart + minutes, movement.arrive + minutes
    return _changed(played, index, depart=depart, arrive=arrive)


def vehicle_in_two_places(played: Played) -> Iterator[Plan]:
    for index in played.rides:
        ride = played.movements[index]
        twin = dataclasses.replace(ride, movement="twin", people=0, emergency=False)
        yield _with_movement(played, twin)


def vehicle_back_where_it_was_not(played: Played) -> Iterator[Plan]:
    """Its first movement starts at the link's far end, empty."""
    for indexes in played.of_vehicle.values():
        first = played.movements[indexes[0]]
        if not first.people:
            ends = {"origin": first.destination, "destination": first.origin}
            yield _changed(played, indexes[0], **ends)


def a_vehicle_too_many(played: Played) -> Iterator[Plan]:
    for index in played.rides:
        fleet = played.fleet_of(index)
        yield _changed(played, index, vehicle=f"{fleet.fleet}-{fleet.number + 1}")


def unknown_fleet(played: Played) -> Iterator[Plan]:
    for index in played.rides:
        yield _changed(played, index, fleet="nobody", vehicle="nobody-1")


def unknown_link(played: Played) -> Iterator[Plan]:
    for index in range(len(played.movements)):
        yield _changed(played, index, link="nowhere")


def wrong_end(played: Played) -> Iterator[Plan]:
    for index, movement in enumerate(played.movements):
        ends = (movement.origin, movement.destination)
        other = [place.place for place in played.scenario.places if place.place not in ends]
        if other:
            yield _changed(played, index, destination=other[0])


def identifier_twice(played: Played) -> Iterator[Plan]:
    for index in range(1, len(played.movements)):
        yield _changed(played, index, movement=played.movements[0].movement)


def people_on_an_empty_return(played: Played) -> Iterator[Plan]:
    for index in played.rides:
        if played.movements[index].origin != played.link_of(index).origin:
            yield _with_party(played, index, 0)


def arrival_before_departure(played: Played) -> Iterator[Plan]:
    for index, movement in enumerate(played.movements):
        yield _changed(played, index, arrive=movement.depart - 1)


def arrival_a_minute_sooner(played: Played) -> Iterator[Plan]:
    for index, movement in enumerate(played.movements):
        yield _changed(played, index, arrive=movement.arrive - 1)


def arrival_a_minute_later(played: Played) -> Iterator[Plan]:
    for index, movement in enumerate(played.movements):
        yield _changed(played, index, arrive=movement.arrive + 1)


def departure_a_minute_sooner(played: Played) -> Iterator[Plan]:
    for index, movement in enumerate(played.movements):
        yield _changed(played, index, depart=movement.depart - 1)


def before_the_start(played: Played) -> Iterator[Plan]:
    for index, movement in enumerate(played.movements):
        yield _moved(played, index, -movement.depart - 1)


def after_the_deadline(played: Played) -> Iterator[Plan]:
    for index, movement in enumerate(played.movements):
        yield _moved(played, index, played.scenario.deadline - movement.arrive + 1)


def vehicle_a_minute_too_soon(played: Played) -> Iterator[Plan]:
    """Where it leaves at the first minute that it can."""
    for indexes in played.of_vehicle.values():
        fleet, ground = played.fleet_of(indexes[0]), played.type_of(indexes[0]).ground_minutes
        ready = fleet.available_from
        for index in indexes:
            if played.movements[index].depart == ready:
                yield _moved(played, index, -1)
            ready = played.movements[index].arrive + ground


def vehicle_a_minute_too_late(played: Played) -> Iterator[Plan]:
    """Where it comes back at the last minute before its next departure, or its fleet's end."""
    for indexes in played.of_vehicle.values():
        fleet, ground = played.fleet_of(indexes[0]), played.type_of(indexes[0]).ground_minutes
        until = fleet.available_until
        latest = played.scenario.deadline if until is None else until
        for index in reversed(indexes):
            if played.movements[index].arrive == latest:
                yield _moved(played, index, 1)
            latest = played.movements[index].depart - ground


def party_a_minute_too_soon(played: Played) -> Iterator[Plan]:
    for party, indexes in played.of_party.items():
        ready = played.party(party).ready_from
        for index in indexes:
            movement = played.movements[index]
            if movement.depart == ready:
                yield _moved(played, index, -1)
            ready = movement.arrive + played.rules.stay(movement.destination)


def party_a_minute_too_late(played: Played) -> Iterator[Plan]:
    """Where it comes at the last minute for its next movement."""
    for indexes in played.of_party.values():
        for before, after in pairwise(indexes):
            movement = played.movements[before]
            ready = movement.arrive + played.rules.stay(movement.destination)
            if played.movements[after].depart == ready:
                yield _moved(played, before, 1)


def seat_too_many(played: Played) -> Iterator[Plan]:
    for index in played.rides:
        ride = played.movements[index]
        seats = played.rules.seats(played.fleet_of(index), ride.depart)
        for party in range(len(played.scenario.parties)):
            fits = ride.people + played.party(party).size <= seats
            if party not in played.aboard.get(index, []) and not fits:
                yield _with_party(played, index, party)


def emergency_flag_wrong(played: Played) -> Iterator[Plan]:
    for index in played.rides:
        yield _changed(played, index, emergency=not played.movements[index].emergency)


def split_party(played: Played) -> Iterator[Plan]:
    """One person of a party stays behind."""
    for index in played.aboard:
        people = played.movements[index].people
        if any(played.party(party).size > 1 for party in played.aboard.get(index, [])):
            vehicle = played.movements[index].vehicle
            emergency = bool(vehicle) and people - 1 > played.type_of(index).seats
            yield _changed(played, index, people=people - 1, emergency=emergency)


def party_in_two_places(played: Played) -> Iterator[Plan]:
    """On a second movement that starts before the first has ended."""
    for party, indexes in played.of_party.items():
        for first in indexes:
            for second, movement in enumerate(played.movements):
                taken = played.movements[first]
                overlap = movement.depart < taken.arrive and taken.depart < movement.arrive
                if overlap and party not in played.aboard.get(second, []):
                    yield _with_party(played, second, party)


def party_doubled(played: Played) -> Iterator[Plan]:
    for index, party in _pairs(played):
        yield _with_party(played, index, party)


def load_removed(played: Played) -> Iterator[Plan]:
    pairs = _pairs(played)
    for position in range(len(pairs)):
        yield _loaded(played.plan, pairs[:position] + pairs[position + 1 :])


def party_swapped(played: Played) -> Iterator[Plan]:
    """Another party's size is not the same: the movement's people are no longer the sum."""
    pairs = _pairs(played)
    for position, (movement, party) in enumerate(pairs):
        for other in range(len(played.scenario.parties)):
            if played.party(other).size != played.party(party).size:
                changed = [*pairs[:position], (movement, other), *pairs[position + 1 :]]
                yield _loaded(played.plan, changed)


def walk_without_people(played: Played) -> Iterator[Plan]:
    for index in played.walks:
        nobody = dataclasses.replace(played.movements[index], movement="nobody", people=0)
        yield _with_movement(played, nobody)


def party_from_where_it_is_not(played: Played) -> Iterator[Plan]:
    """A party that never moves joins a movement from another place."""
    for party in range(len(played.scenario.parties)):
        for index, movement in enumerate(played.movements):
            elsewhere = played.party(party).place != movement.origin
            if elsewhere and party not in played.of_party:
                yield _with_party(played, index, party)


def leg_missing_of_a_party(played: Played) -> Iterator[Plan]:
    for indexes in played.of_party.values():
        for index in indexes[:-1]:
            yield _without(played, index)


def leg_missing_of_a_vehicle(played: Played) -> Iterator[Plan]:
    for indexes in played.of_vehicle.values():
        for index in indexes[:-1]:
            yield _without(played, index)


def ride_without_a_vehicle(played: Played) -> Iterator[Plan]:
    for index in played.rides:
        if played.movements[index].people and not played.link_of(index).self_moving:
            yield _changed(played, index, vehicle="", fleet="", emergency=False)


MUTATIONS: dict[Mutation, frozenset[str]] = {
    vehicle_in_two_places: frozenset({"V2"}),
    vehicle_back_where_it_was_not: frozenset({"V2"}),
    a_vehicle_too_many: frozenset({"M1"}),
    unknown_fleet: frozenset({"M1"}),
    unknown_link: frozenset({"M1"}),
    wrong_end: frozenset({"M1"}),
    identifier_twice: frozenset({"M1"}),
    people_on_an_empty_return: frozenset({"P1"}),
    arrival_before_departure: frozenset({"M2"}),
    arrival_a_minute_sooner: frozenset({"M2"}),
    arrival_a_minute_later: frozenset({"M2"}),
    departure_a_minute_sooner: frozenset({"M2"}),
    before_the_start: frozenset({"M2"}),
    after_the_deadline: frozenset({"M2"}),
    vehicle_a_minute_too_soon: frozenset({"M2", "V2", "V3"}),
    vehicle_a_minute_too_late: frozenset({"M2", "V2", "V3"}),
    party_a_minute_too_soon: frozenset({"M2", "P2"}),
    party_a_minute_too_late: frozenset({"P2"}),
    seat_too_many: frozenset({"V1"}),
    emergency_flag_wrong: frozenset({"V1"}),
    split_party: frozenset({"P1"}),
    party_in_two_places: frozenset({"P2"}),
    party_doubled: frozenset({"P1", "P2"}),
    load_removed: frozenset({"P1"}),
    party_swapped: frozenset({"P1"}),
    walk_without_people: frozenset({"P1"}),
    party_from_where_it_is_not: frozenset({"P2"}),
    leg_missing_of_a_party: frozenset({"P2"}),
    leg_missing_of_a_vehicle: frozenset({"V2"}),
    ride_without_a_vehicle: frozenset({"M3"}),
}
"""Every mutation with the codes of which at least one must be found."""
