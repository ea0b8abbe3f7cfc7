"""The playbook: for each of the worst losses, what is different from the plan in force, as orders.

A *play* keeps what has moved by the time of the loss. It says what is the sign that it is time,
which movements are cancelled, re-routed (the same vehicle leaves the same place at the same minute
for another) and added, whose load changes, and who must be told: the owner of each fleet, and each
place that sees other movements than planned.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

from wayout.contingency.base import base_of
from wayout.contingency.case import examined
from wayout.contingency.effort import Effort
from wayout.contingency.losses import Kind
from wayout.contingency.outcomes import Outcome
from wayout.contingency.study import badness, bare
from wayout.contingency.variants import Loss
from wayout.plan.model import Movement, Plan
from wayout.scenario.model import Scenario

PLAY_EFFORT = Effort(dispatches=4, people=0.0, danger=0.0, rounds=2, thorough=True)


@dataclass(frozen=True, slots=True)
class Orders:
    """The difference between two plans. ``rerouted`` pairs what was planned with what is ordered.

    ``reloaded`` are movements that are made as planned with other people aboard.
    """

    cancelled: tuple[Movement, ...]
    rerouted: tuple[tuple[Movement, Movement], ...]
    added: tuple[Movement, ...]
    reloaded: tuple[tuple[Movement, Movement], ...]

    @property
    def first_minute(self) -> int | None:
        """The earliest departure that any order is about."""
        departs = [m.depart for m in (*self.cancelled, *self.added)]
        departs += [before.depart for before, _ in (*self.rerouted, *self.reloaded)]
        return min(departs, default=None)


@dataclass(frozen=True, slots=True)
class Told:
    """Who must be told: an owner of a fleet or a place, and how many orders concern it."""

    who: str
    about: str
    cancelled: int
    rerouted: int
    added: int


@dataclass(frozen=True, slots=True)
class Play:
    """One loss and the orders that answer it."""

    outcome: Outcome
    trigger: str
    orders: Orders
    owners: tuple[Told, ...]
    places: tuple[Told, ...]


def _same(movement: Movement) -> tuple[str, str, str, int]:
    return movement.vehicle, movement.link, movement.origin, movement.depart


def _stand_in(movement: Movement) -> tuple[str, str, int]:
    return movement.vehicle, movement.origin, movement.depart


def orders_between(base: Plan, repaired: Plan) -> Orders:
    """What must be cancelled, re-routed, added and loaded otherwise to get from one to another."""
    old = {_same(m): m for m in base.movements}
    new = {_same(m): m for m in repaired.movements}
    gone = [m for key, m in old.items() if key not in new]
    come = {_stand_in(m): m for key, m in new.items() if key not in old and m.vehicle}
    rerouted = [(m, come.pop(_stand_in(m))) for m in gone if _stand_in(m) in come]
    moved = {_same(m) for m, _ in rerouted}
    instead = {_same(m) for _, m in rerouted}
    return Orders(
        cancelled=_in_order(m for m in gone if _same(m) not in moved),
        rerouted=tuple(sorted(rerouted, key=lambda pair: _when(pair[0]))),
        added=_in_order(m for key, m in new.items() if key not in old and key not in instead),
        reloaded=tuple(
            sorted(
                (
                    (old[key], m)
                    for key, m in new.items()
                    if key in old and old[key].people != m.people
                ),
                key=lambda pair: _when(pair[0]),
            )
        ),
    )


def _when(movement: Movement) -> tuple[int, str, str]:
    return movement.depart, movement.vehicle, movement.link


def _in_order(movements: Iterable[Movement]) -> tuple[Movement, ...]:
    return tuple(sorted(movements, key=_when))


def trigger_of(scenario: Scenario, loss: Loss) -> str:
    """The sign that it is time to issue the orders, in a sentence."""
    hazards = {hazard.hazard: hazard for hazard in scenario.hazards}
    if loss.kind == Kind.HAZARD:
        hazard = hazards[loss.what]
        rate = "" if hazard.per_day is None else f" Expected {hazard.per_day:g} times a day."
        source = f" {hazard.source}." if hazard.source else ""
        return f"It is reported and confirmed that {loss.words}.{rate}{source}"
    signs = {
        Kind.PLACE: "nobody and nothing can enter or leave it, and its commander does not expect "
        "that to change",
        Kind.LINK: "the way is impassable in both directions, and no time is given for reopening",
        Kind.BERTH: "no vehicle can come in or leave, and the repair outlasts the day",
        Kind.FLEET: "its owner withdraws the vehicles or gives no date for the next departure",
        Kind.VEHICLE_TYPE: "the type is grounded, whoever owns it",
    }
    sign = signs.get(Kind(loss.kind), "it is confirmed")
    return f"It is confirmed that {loss.words}: {sign}."


def _owners(scenario: Scenario, orders: Orders) -> tuple[Told, ...]:
    counts = [
        Counter(m.fleet for m in orders.cancelled),
        Counter(m.fleet for m, _ in orders.rerouted),
        Counter(m.fleet for m in orders.added),
    ]
    told = [
        Told(fleet.owner or "owner not known", fleet.fleet, *(c[fleet.fleet] for c in counts))
        for fleet in scenario.fleets
    ]
    return _concerned(told)


def _places(scenario: Scenario, orders: Orders) -> tuple[Told, ...]:
    def ends(movements: Sequence[Movement]) -> Counter[str]:
        return Counter(place for m in movements for place in (m.origin, m.destination))

    counts = [
        ends(orders.cancelled),
        ends([m for pair in orders.rerouted for m in pair]),
        ends(orders.added),
    ]
    told = [
        Told(place.title, place.place, *(c[place.place] for c in counts))
        for place in scenario.places
    ]
    return _concerned(told)


def _concerned(told: list[Told]) -> tuple[Told, ...]:
    kept = [row for row in told if row.cancelled or row.rerouted or row.added]
    return tuple(sorted(kept, key=lambda r: (-(r.cancelled + r.rerouted + r.added), r.about)))


def play(scenario: Scenario, plan: Plan, loss: Loss, effort: Effort, decided: int) -> Play:
    """The play of one loss; movements before the loss, or before ``decided``, are kept."""
    begins = max(decided, loss.from_minute)
    outcome, repaired = examined(base_of(scenario, plan), loss, effort, begins)
    orders = orders_between(plan, repaired)
    return Play(
        outcome,
        trigger_of(scenario, loss),
        orders,
        _owners(scenario, orders),
        _places(scenario, orders),
    )


def plays_of(
    scenario: Scenario,
    plan: Plan,
    losses: Sequence[Loss],
    pool: Executor,
    *,
    effort: Effort = PLAY_EFFORT,
    decided: int = 0,
) -> tuple[Play, ...]:
    """A play for each loss, the worst first."""
    spare = bare(plan)
    futures = [pool.submit(play, scenario, spare, loss, effort, decided) for loss in losses]
    plays = [future.result() for future in futures]
    return tuple(sorted(plays, key=lambda p: badness(p.outcome)))
