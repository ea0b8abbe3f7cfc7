"""What a plan uses of every limit, and what it foresees of every stock."""

import numpy as np

from wayout.clock import MINUTES_PER_DAY
from wayout.scenario.model import Scenario
from wayout.simulate.engine import tables as t
from wayout.simulate.engine.tables import Int


def bookings_of(scenario: Scenario, move: Int, num_slots: int) -> tuple[Int, Int]:
    """What the plan uses of every limit by slot, and of every fleet's hours by day."""
    places, links = len(scenario.places), len(scenario.links)
    num_days = scenario.deadline // MINUTES_PER_DAY + 1
    booked = np.zeros((places + 2 * links + len(scenario.berths), num_slots), dtype=np.int64)
    hours = np.zeros((len(scenario.fleets), num_days), dtype=np.int64)
    slot, depart = scenario.policy.slot_minutes, move[:, t.DEPART]
    departs, arrives = depart // slot, (depart + move[:, t.TRAVEL]) // slot
    by_self = move[:, t.VEHICLE] == t.NONE
    walk, ride = move[by_self], move[~by_self]
    np.add.at(booked, (move[:, t.ORIGIN], departs), move[:, t.PEOPLE])
    np.add.at(booked, (places + walk[:, t.LINK], departs[by_self]), walk[:, t.PEOPLE])
    np.add.at(booked, (places + links + ride[:, t.LINK], departs[~by_self]), 1)
    for column, slots in ((t.FROM_BERTH, departs), (t.TO_BERTH, arrives)):
        rows = move[:, column] != t.NONE
        np.add.at(booked, (places + 2 * links + move[rows, column], slots[rows]), 1)
    days = ride[:, t.DEPART] // MINUTES_PER_DAY
    np.add.at(hours, (ride[:, t.FLEET], days), ride[:, t.TRAVEL])
    return booked, hours


def foreseen(scenario: Scenario, move: Int, party: Int, fleet: Int) -> Int:
    """What the plan foresees of each stock at each tick, after the events of that tick.

    First rows: what is there. Then rows: what is there or under way to it.
    """
    places = len(scenario.places)
    num = places + len(scenario.berths)
    change = np.zeros((2 * num, scenario.deadline + 1), dtype=np.int64)
    for first in (0, num):
        np.add.at(change[:, 0], first + party[:, t.PLACE], party[:, t.SIZE])
        np.subtract.at(change, (first + move[:, t.ORIGIN], move[:, t.DEPART]), move[:, t.PEOPLE])
    arrive = move[:, t.DEPART] + move[:, t.TRAVEL]
    np.add.at(change, (move[:, t.DESTINATION], arrive), move[:, t.PEOPLE])
    np.add.at(change, (num + move[:, t.DESTINATION], move[:, t.DEPART]), move[:, t.PEOPLE])
    _add_vehicles(change, places, move, fleet)
    table: Int = np.cumsum(change, axis=1)
    return table


def _add_vehicles(change: Int, places: int, move: Int, fleet: Int) -> None:
    """Vehicles on spots: from arrival to the next departure, at the base for the ground time."""
    ride = move[(move[:, t.VEHICLE] != t.NONE) & (move[:, t.TO_BERTH] != t.NONE)]
    num, num_ticks = len(change) // 2, change.shape[1]
    arrive = ride[:, t.DEPART] + ride[:, t.TRAVEL]
    following = ride[:, t.NEXT_TURN]
    leaves = np.where(following == t.NONE, num_ticks, move[following, t.DEPART])
    at_base = ride[:, t.DESTINATION] == fleet[ride[:, t.FLEET], t.BASE]
    ready = arrive + fleet[ride[:, t.FLEET], t.GROUND]
    ends = np.where(at_base, np.minimum(ready, leaves), leaves)
    stock = places + ride[:, t.TO_BERTH]
    np.add.at(change, (stock, arrive), 1)
    np.add.at(change, (num + stock, ride[:, t.DEPART]), 1)
    kept = ends < num_ticks
    for first in (0, num):
        np.subtract.at(change, (first + stock[kept], ends[kept]), 1)
