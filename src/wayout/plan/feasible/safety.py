"""What counts: when each party is safe, and how much danger it is in until the end."""

from dataclasses import dataclass

import numpy as np

from wayout.clock import MINUTES_PER_HOUR
from wayout.plan.feasible.calendar import Int, Real
from wayout.plan.feasible.replay import Replay
from wayout.scenario.model import Scenario
from wayout.scenario.places import Place, PlaceKind

NEVER = 1 << 40
"""Tick of an arrival that does not happen."""


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """Per party: the tick from which it is safe (``NEVER`` if it is not), and its danger-hours.

    ``danger`` and ``danger_if_still`` (had nobody moved) are size × weight × rate × hours.
    """

    safe_from: Int
    danger: Real
    danger_if_still: Real


def protects(place: Place) -> bool:
    """Whether people count as safe there: a haven, or a refuge that does not expire."""
    return place.is_haven or (place.kind is PlaceKind.REFUGE and place.expires is None)


class _Rates:
    """Danger of a stay at each place, as minutes × rate."""

    def __init__(self, scenario: Scenario) -> None:
        places = scenario.places
        self._before = np.array([place.danger for place in places] + [0.0])
        self._after = np.array([place.danger_after_expiry for place in places] + [0.0])
        never = max(scenario.end, scenario.deadline) + 1
        expiries = [never if place.expires is None else place.expires for place in places]
        self._expiry = np.array([*expiries, never], dtype=np.int64)

    def stay(self, place: Int, begins: Int, ends: Int) -> Real:
        """Danger from ``begins`` to ``ends``; none if it ends before it begins."""
        ends = np.maximum(ends, begins)
        expiry = np.clip(self._expiry[place], begins, ends)
        danger: Real = (expiry - begins) * self._before[place] + (ends - expiry) * self._after[
            place
        ]
        return danger


def _first_arrival(replay: Replay, protecting: list[bool]) -> Int:
    """First tick at which each party is in a place of this kind: 0 if it starts there."""
    steps, columns, people = replay.steps, replay.movements, replay.people
    kind = np.array([*protecting, False])
    first = np.full(people.num_parties, NEVER, dtype=np.int64)
    arriving = kind[columns.destination[steps.movement]] & replay.timed[steps.movement]
    np.minimum.at(first, steps.party[arriving], columns.arrive[steps.movement[arriving]])
    first[kind[people.place]] = 0
    return first


def outcome_of(replay: Replay) -> Outcome:
    """When each party is safe and its danger-hours, by the rules under "What counts"."""
    people, scenario = replay.people, replay.scenario
    sheltered = _first_arrival(replay, [protects(place) for place in scenario.places])
    haven = _first_arrival(replay, [place.is_haven for place in scenario.places])
    rates = _Rates(scenario)
    num = people.num_parties
    still = rates.stay(people.place, np.zeros(num, np.int64), np.full(num, scenario.end))
    still[haven == 0] = 0.0
    late = (haven < NEVER) & (haven > people.safe_by)
    until = np.where(haven <= people.safe_by, np.minimum(haven, scenario.end), scenario.end)
    minutes = np.where(late, still, _danger_on_the_way(replay, rates, until))
    scale = people.size * people.weight / MINUTES_PER_HOUR
    safe_from = np.where(sheltered <= people.safe_by, sheltered, NEVER)
    return Outcome(safe_from, minutes * scale, still * scale)


def _danger_on_the_way(replay: Replay, rates: _Rates, until: Int) -> Real:
    """Rate × minutes of each party up to its tick ``until``, at places and on links."""
    steps, columns, people = replay.steps, replay.movements, replay.people
    movement, party = steps.movement, steps.party
    end = until[party]
    depart = np.minimum(columns.depart[movement], end)
    arrive = np.minimum(columns.arrive[movement], end)
    link_rates = np.array([link.danger for link in replay.scenario.links] + [0.0])
    danger = (arrive - depart) * link_rates[columns.link[movement]]
    # The stay before each step: at the first place from the start, else since the last arrival.
    place, since = np.zeros_like(party), np.zeros_like(arrive)
    place[1:], since[1:] = columns.destination[movement[:-1]], arrive[:-1]
    place[steps.first], since[steps.first] = people.place[party[steps.first]], 0
    danger = danger + rates.stay(place, since, depart)
    last = steps.last
    danger[last] += rates.stay(columns.destination[movement[last]], arrive[last], end[last])
    total = np.zeros(people.num_parties)
    np.add.at(total, party, danger)
    unmoved = np.ones(people.num_parties, dtype=np.bool_)
    unmoved[party] = False
    rest = np.flatnonzero(unmoved)
    total[rest] = rates.stay(people.place[rest], np.zeros_like(rest), until[rest])
    return total
