"""What is left of a plan when movements are lost: whole tours go, and who can no longer travel.

A vehicle that cannot make a movement leaves out the shortest run of movements that contains it and
ends where it began, if there is a spot to wait on meanwhile; a party that loses a movement travels
no part of its way after the last that is decided. Nothing that is left out can break an upper
limit, except beds and spots where somebody stays longer; the judge has the last word.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from wayout.contingency.base import Base
from wayout.contingency.variants import Closure, Loss
from wayout.network.legs import NO_BERTH
from wayout.network.timeline import Int, Mask
from wayout.plan.model import Bound, Loads, Plan
from wayout.scenario.model import Scenario
from wayout.scenario.windows import Target

FOREVER = 1 << 40

FARTHEST = 60
"""Movements before and after a lost one that a run around it may take in."""


@dataclass(frozen=True, slots=True, eq=False)
class Survival:
    """Movements and loads of a base plan that are left, as masks over its columns."""

    movements: Mask
    loads: Mask


def _within(ticks: Int, closure: Closure) -> Mask:
    ends = FOREVER if closure.ends is None else closure.ends
    inside: Mask = (ticks >= closure.begins) & (ticks < ends)
    return inside


def _index(scenario: Scenario, closure: Closure) -> int:
    """Row of the closure's place, link, berth or fleet."""
    names = {
        Target.PLACE: [place.place for place in scenario.places],
        Target.BEDS: [place.place for place in scenario.places],
        Target.LINK: [link.link for link in scenario.links],
        Target.BERTH: [berth.berth for berth in scenario.berths],
        Target.FLEET: [fleet.fleet for fleet in scenario.fleets],
    }
    return names[closure.target].index(closure.what)


def _struck_by(base: Base, closure: Closure) -> Mask:
    """Movements that a closure with factor 0 forbids (rules M4, M5, V3, V7)."""
    columns, index = base.replay.movements, _index(base.scenario, closure)
    leaving, coming = _within(columns.depart, closure), _within(columns.arrive, closure)
    if closure.target is Target.PLACE:
        leaving &= columns.origin == index
        coming &= columns.destination == index
    elif closure.target is Target.BERTH:
        leaving &= base.start_berth == index
        coming &= base.end_berth == index
    elif closure.target is Target.LINK:
        on_it = (columns.link == index) & (columns.arrive > closure.begins)
        leaving = on_it & (columns.depart < (FOREVER if closure.ends is None else closure.ends))
        coming = np.zeros_like(leaving)
    elif closure.target is Target.FLEET:
        leaving &= columns.fleet == index
        coming = np.zeros_like(leaving)
    else:
        return np.zeros(len(leaving), dtype=np.bool_)
    hit: Mask = leaving | coming
    return hit


def struck(base: Base, loss: Loss) -> Mask:
    """Movements of the base plan that are impossible once everything shut by a loss is shut.

    Capacities that are only lowered strike nothing here: see ``thinning``.
    """
    hit = np.zeros(len(base.depart), dtype=np.bool_)
    for closure in loss.closures:
        if closure.factor == 0.0:
            hit |= _struck_by(base, closure)
    return hit


def survivors(base: Base, hit: Mask, decided: int = 0) -> Survival:
    """What is left without the movements ``hit``; what departs before ``decided`` stays."""
    fixed = (base.depart < decided) & ~hit
    kept = ~hit
    standing = base.standing.copy()
    for rows in base.turns:
        if hit[list(rows)].any():
            _Tour(base, rows, hit, fixed, standing).mend(kept)
    loads = _loads_left(base, kept, decided)
    aboard = np.zeros(len(kept), dtype=np.bool_)
    aboard[base.load_movement[loads]] = True
    kept &= aboard | ~base.replay.movements.by_self
    return Survival(kept, loads)


def _loads_left(base: Base, kept: Mask, decided: int) -> Mask:
    """A party keeps its way up to the first lost movement if that is decided; else none of it."""
    movement, party = base.load_movement, base.load_party
    num = base.people.num_parties
    lost = ~kept[movement]
    first_lost = np.full(num, FOREVER, dtype=np.int64)
    np.minimum.at(first_lost, party[lost], base.depart[movement[lost]])
    whole = first_lost[party] == FOREVER
    before = (base.depart[movement] < decided) & (base.depart[movement] < first_lost[party])
    left: Mask = whole | before
    return left


class _Tour:
    """One vehicle's movements, from which runs are cut; ``places`` has one more than ``rows``."""

    def __init__(
        self, base: Base, rows: tuple[int, ...], hit: Mask, fixed: Mask, standing: Int
    ) -> None:
        self.base, self.rows, self.hit, self.fixed = base, list(rows), hit, fixed
        self.standing = standing
        columns = base.replay.movements
        places = columns.destination[self.rows].tolist()
        self.places = [int(columns.origin[rows[0]]), *places]

    def mend(self, kept: Mask) -> None:
        """Cut a run around each lost movement, in order of time."""
        while True:
            lost = next((i for i, row in enumerate(self.rows) if self.hit[row]), None)
            if lost is None:
                return
            first, after = self._run(lost)
            kept[self.rows[first:after]] = False
            self._cut(first, after)

    def _run(self, lost: int) -> tuple[int, int]:
        """The shortest run around a lost movement after which the vehicle is where it was."""
        begins, num = self._begins(lost), len(self.rows)
        ends = range(lost + 1, min(num, lost + FARTHEST) + 1)
        rounds = sorted(
            (after - first, after, first)
            for after in ends
            for first in begins[:FARTHEST]
            if self.places[first] == self.places[after] and not self._fixed(lost, after)
        )
        for _, after, first in rounds:
            if self._can_wait(first, after):
                return first, after
        for first in begins:
            if self._can_wait(first, num):
                return first, num
        return begins[-1], num

    def _fixed(self, lost: int, after: int) -> bool:
        return any(self.fixed[row] for row in self.rows[lost:after])

    def _begins(self, lost: int) -> list[int]:
        """Where a run around a movement may begin, the nearest first."""
        begins = [lost]
        while begins[-1] > 0 and not self.fixed[self.rows[begins[-1] - 1]]:
            begins.append(begins[-1] - 1)
        return begins

    def _gap(self, first: int, after: int) -> tuple[int, int]:
        """Ticks in which the vehicle waits because a run is left out."""
        begins = int(self.base.depart[self.rows[first]])
        if after == len(self.rows):
            return begins, self.standing.shape[1]
        return begins, int(self.base.depart[self.rows[after]])

    def _waits_on(self, first: int) -> int:
        """The berth whose spot the vehicle holds before a run, or NO_BERTH."""
        if first == 0 or self.base.stands_free[self.rows[first - 1]]:
            return NO_BERTH
        return int(self.base.end_berth[self.rows[first - 1]])

    def _can_wait(self, first: int, after: int) -> bool:
        berth = self._waits_on(first)
        if berth == NO_BERTH:
            return True
        begins, ends = self._gap(first, after)
        room = self.base.spots[berth, begins:ends] - self.standing[berth, begins:ends]
        for place, start, end in self._stays(first, after):
            if place == berth:
                room[max(start - begins, 0) : max(end - begins, 0)] += 1
        return bool((room > 0).all())

    def _stays(self, first: int, after: int) -> Iterator[tuple[int, int, int]]:
        """Berth, first tick and tick after of the stays that follow the movements of a run."""
        base = self.base
        for index in range(first, after):
            row = self.rows[index]
            if not base.stands_free[row]:
                last = index + 1 == len(self.rows)
                until = self.standing.shape[1] if last else int(base.depart[self.rows[index + 1]])
                yield int(base.end_berth[row]), int(base.arrive[row]), until

    def _cut(self, first: int, after: int) -> None:
        for berth, start, end in self._stays(first, after):
            self.standing[berth, start:end] -= 1
        berth = self._waits_on(first)
        if berth != NO_BERTH:
            begins, ends = self._gap(first, after)
            self.standing[berth, begins:ends] += 1
        del self.rows[first:after], self.places[first:after]


def plan_left(base: Base, scenario: Scenario, survival: Survival) -> Plan:
    """The survivors as a plan of a variant; its figures are the judge's to fill in."""
    kept = np.flatnonzero(survival.movements)
    movement = base.load_movement[survival.loads]
    party = base.load_party[survival.loads]
    people = np.bincount(movement, weights=base.people.size[party], minlength=len(base.depart))
    seats = {vehicle.type: vehicle.seats for vehicle in scenario.vehicles}
    planned = {fleet.fleet: seats[fleet.type] for fleet in scenario.fleets}
    movements = []
    for row in kept.tolist():
        given, aboard = base.plan.movements[row], int(people[row])
        if given.people != aboard:
            crowded = given.fleet != "" and aboard > planned[given.fleet]
            given = replace(given, people=aboard, emergency=crowded)
        movements.append(given)
    position = np.cumsum(survival.movements) - 1
    order = np.lexsort((party, position[movement]))
    loads = Loads(position[movement][order], party[order])
    return replace(
        base.plan,
        scenario_hash="",
        movements=tuple(movements),
        loads=loads,
        bound=Bound(float(base.people.num_people), 0.0),
        limits=(),
        no_way_out=(),
    )
