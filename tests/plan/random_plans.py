"""Random plans, good and bad, in random tiny worlds."""

import dataclasses
from collections.abc import Iterator

import numpy as np

from wayout.plan.feasible import judge
from wayout.plan.feasible.replay import Replay
from wayout.plan.model import Bound, Loads, Movement, Plan
from wayout.scenario.links import Link
from wayout.scenario.model import Scenario
from wayout.scenario.people import People, people_of


def empty_plan(scenario: Scenario) -> Plan:
    """Nobody moves."""
    nothing = np.zeros(0, dtype=np.int64)
    return Plan("", "", "", "", 0, (), Loads(nothing, nothing), Bound(0.0, 0.0))


class Gambler:
    """Adds movements at random, most of them nearly possible."""

    def __init__(self, scenario: Scenario, seed: int) -> None:
        self.scenario = scenario
        self.people: People = people_of(scenario)
        self.rng = np.random.default_rng(seed)

    def pick(self, num: int) -> int:
        return int(self.rng.integers(num))

    def chance(self, share: float) -> bool:
        return bool(self.rng.random() < share)

    def plans(self, num: int) -> Iterator[Plan]:
        """Plans of which each grows out of the last good one by one movement, or two."""
        good = empty_plan(self.scenario)
        for _ in range(num):
            tried = self.grown(good)
            yield tried
            if judge(self.scenario, tried, self.people, recorded=False).accepted:
                good = tried

    def grown(self, plan: Plan) -> Plan:
        """The plan with one more movement, half of the time preceded by an empty one."""
        link = self.scenario.links[self.pick(len(self.scenario.links))]
        fleets = [f for f in self.scenario.fleets if self._fits(f.type, link)]
        depart = self.time()
        if not fleets or self.chance(0.1):
            return self._add(plan, link, "", "", depart)
        fleet = fleets[self.pick(len(fleets))]
        vehicle = f"{fleet.fleet}-{1 + self.pick(fleet.number)}"
        if self.chance(0.5):
            plan = self._add(plan, link, fleet.fleet, vehicle, depart, back=True)
            depart = min(plan.movements[-1].arrive + self.pick(3), self.scenario.deadline)
        return self._add(plan, link, fleet.fleet, vehicle, depart)

    def time(self) -> int:
        """Any tick of the plan, or a multiple of a slot."""
        tick = self.pick(self.scenario.deadline + 1)
        slot = self.scenario.policy.slot_minutes
        return tick if self.chance(0.7) else tick // slot * slot

    def _fits(self, type_: str, link: Link) -> bool:
        modes = {vehicle.type: vehicle.mode for vehicle in self.scenario.vehicles}
        return modes[type_] is link.mode

    def _add(
        self,
        plan: Plan,
        link: Link,
        fleet: str,
        vehicle: str,
        depart: int,
        *,
        back: bool = False,
    ) -> Plan:
        replay = Replay(self.scenario, plan, self.people)
        types = {f.fleet: replay.types[f.type] for f in self.scenario.fleets}
        travel = replay.travel(link, types.get(fleet))
        ends = (link.destination, link.origin) if back else (link.origin, link.destination)
        aboard = [] if back else self._aboard(plan, link.origin)
        people = int(self.people.size[aboard].sum()) if aboard else 0
        movement = Movement(
            movement=str(len(plan.movements)),
            vehicle=vehicle,
            fleet=fleet,
            link=link.link,
            origin=ends[0],
            destination=ends[1],
            depart=depart,
            arrive=depart + travel,
            people=people,
            emergency=bool(fleet) and people > types[fleet].seats,
        )
        new = np.full(len(aboard), len(plan.movements), dtype=np.int64)
        loads = Loads(
            np.concatenate([plan.loads.movement, new]),
            np.concatenate([plan.loads.party, np.array(aboard, dtype=np.int64)]),
        )
        return dataclasses.replace(plan, movements=(*plan.movements, movement), loads=loads)

    def _aboard(self, plan: Plan, place: str) -> list[int]:
        """Parties that are at the place in the end, most of the time only some of them."""
        at = [self.scenario.places[i].place for i in self.people.place.tolist()]
        order = np.argsort(
            [plan.movements[m].arrive for m in plan.loads.movement.tolist()], kind="stable"
        )
        for row in order.tolist():
            party = int(plan.loads.party[row])
            at[party] = plan.movements[int(plan.loads.movement[row])].destination
        there = [party for party, where in enumerate(at) if where == place]
        return [party for party in there if self.chance(0.6)]


def perturbed(plan: Plan, rng: np.random.Generator) -> Plan:
    """The plan with one number of one movement, or one load, changed."""
    kind = int(rng.integers(7))
    if kind == 0 and len(plan.loads.party):
        row = int(rng.integers(len(plan.loads.party)))
        movement = plan.loads.movement.copy()
        movement[row] = int(rng.integers(len(plan.movements)))
        return dataclasses.replace(plan, loads=Loads(movement, plan.loads.party))
    at = int(rng.integers(len(plan.movements)))
    old = plan.movements[at]
    step = int(rng.choice([-2, -1, 1, 2]))
    changes: list[dict[str, object]] = [
        {"depart": old.depart + step, "arrive": old.arrive + step},
        {"depart": old.depart + step},
        {"arrive": old.arrive + step},
        {"people": old.people + step},
        {"emergency": not old.emergency},
        {"depart": old.depart + 5 * step, "arrive": old.arrive + 5 * step},
        {"vehicle": f"{old.fleet}-{1 + int(rng.integers(3))}" if old.fleet else "x"},
    ]
    new = dataclasses.replace(old, **changes[kind])  # type: ignore[arg-type]
    movements = (*plan.movements[:at], new, *plan.movements[at + 1 :])
    return dataclasses.replace(plan, movements=movements)
