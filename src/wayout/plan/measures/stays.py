"""Who is where, when: stays of parties at places, and the people present over time."""

from dataclasses import dataclass

import numpy as np

from wayout.clock import MINUTES_PER_HOUR
from wayout.plan.feasible.calendar import Int, Mask
from wayout.plan.feasible.overuse import groups
from wayout.plan.feasible.replay import Replay
from wayout.plan.measures.figures import Occupancy, Overstay, Wait
from wayout.plan.model import Plan
from wayout.scenario.model import Scenario
from wayout.scenario.people import People


@dataclass(frozen=True, slots=True, eq=False)
class Stays:
    """Every stay of every party: where, from when, until when, and whether it went on from there.

    A stay that does not end lasts until the deadline. ``begins`` at a first place is 0.
    """

    party: Int
    place: Int
    begins: Int
    ends: Int
    went_on: Mask
    at_start: Mask


def stays_of(replay: Replay) -> Stays:
    """All stays of an executable plan, in no particular order."""
    steps, columns, people = replay.steps, replay.movements, replay.people
    num, deadline = people.num_parties, replay.scenario.deadline
    depart, arrive = columns.depart[steps.movement], columns.arrive[steps.movement]
    leaves = np.full(num, deadline, dtype=np.int64)
    leaves[steps.party[steps.first]] = depart[steps.first]
    moved = np.zeros(num, dtype=np.bool_)
    moved[steps.party] = True
    until = np.full(len(depart), deadline, dtype=np.int64)
    until[:-1] = np.where(steps.last[:-1], deadline, depart[1:])
    return Stays(
        party=np.concatenate([np.arange(num), steps.party]),
        place=np.concatenate([people.place, columns.destination[steps.movement]]),
        begins=np.concatenate([np.zeros(num, dtype=np.int64), arrive]),
        ends=np.concatenate([leaves, until]),
        went_on=np.concatenate([moved, ~steps.last]),
        at_start=np.concatenate([np.ones(num, np.bool_), np.zeros(len(depart), np.bool_)]),
    )


def occupancy(scenario: Scenario, people: People, stays: Stays) -> tuple[Occupancy, ...]:
    """People present at each place where anybody ever is, at the ticks where that changes."""
    found = []
    for index, members in groups(stays.place, len(scenario.places)):
        size = people.size[stays.party[members]]
        gone = stays.went_on[members]
        ticks = np.concatenate([stays.begins[members], stays.ends[members][gone]])
        change = np.concatenate([size, -size[gone]])
        moments, inverse = np.unique(ticks, return_inverse=True)
        sums = np.zeros(len(moments), dtype=np.int64)
        np.add.at(sums, inverse.reshape(-1), change)
        changing = sums != 0
        present = np.cumsum(sums)
        name = scenario.places[index].place
        found.append(Occupancy(name, moments[changing], present[changing]))
    return tuple(item for item in found if len(item.ticks))


def occupancy_of(scenario: Scenario, plan: Plan, people: People) -> tuple[Occupancy, ...]:
    """People present over time in a plan."""
    return occupancy(scenario, people, stays_of(Replay(scenario, plan, people)))


def _weighted_95(hours: np.ndarray[tuple[int], np.dtype[np.float64]], people: Int) -> float:
    """The least wait that 95 % of the people do not pass."""
    order = np.argsort(hours, kind="stable")
    reached = np.cumsum(people[order])
    at = int(np.searchsorted(reached, 0.95 * reached[-1]))
    return float(hours[order][min(at, len(order) - 1)])


def waits_of(scenario: Scenario, people: People, stays: Stays) -> tuple[Wait, ...]:
    """Hours between arrival (at the first place: being ready) and departure, per place."""
    found = []
    rows = np.flatnonzero(stays.went_on)
    for index, members in groups(stays.place[rows], len(scenario.places)):
        here = rows[members]
        party = stays.party[here]
        begins = np.where(stays.at_start[here], people.ready_from[party], stays.begins[here])
        hours = (stays.ends[here] - begins) / MINUTES_PER_HOUR
        size = people.size[party]
        place = scenario.places[index]
        found.append(
            Wait(
                place=place.place,
                kind=str(place.kind),
                people=int(size.sum()),
                mean_hours=float((hours * size).sum() / size.sum()),
                hours_95=_weighted_95(hours, size),
            )
        )
    return tuple(found)


def overstays_of(scenario: Scenario, people: People, stays: Stays) -> tuple[Overstay, ...]:
    """Stays after an arrival that are longer than the host agreed to."""
    found = []
    rows = np.flatnonzero(~stays.at_start)
    for index, members in groups(stays.place[rows], len(scenario.places)):
        place = scenario.places[index]
        here = rows[members]
        hours = (stays.ends[here] - stays.begins[here]) / MINUTES_PER_HOUR
        beyond = hours - place.max_stay_hours
        late = here[beyond > 1e-9]
        if len(late) == 0:
            continue
        size = people.size[stays.party[late]]
        parties = np.unique(stays.party[late])
        found.append(
            Overstay(
                place=place.place,
                people=int(people.size[parties].sum()),
                parties=len(parties),
                people_hours=float((beyond[beyond > 1e-9] * size).sum()),
            )
        )
    return tuple(found)
