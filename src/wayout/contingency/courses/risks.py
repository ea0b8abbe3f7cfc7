"""What may go wrong with a course of action: its hazards, and how many people depend on each."""

from collections.abc import Callable
from dataclasses import dataclass

from wayout.clock import MINUTES_PER_DAY
from wayout.plan.model import Movement, Plan
from wayout.scenario.model import Scenario
from wayout.scenario.windows import Hazard, Target

FOREVER = 1 << 40


@dataclass(frozen=True, slots=True)
class Exposure:
    """A hazard, and the people whose movements it would touch while it may happen.

    ``people`` are counted from the plan; ``expected`` (times it is expected in that time) is None
    where the scenario has no rate, and otherwise an estimate: the scenario's own.
    """

    hazard: str
    words: str
    people: int
    expected: float | None


def exposures_of(scenario: Scenario, plan: Plan) -> tuple[Exposure, ...]:
    """Every hazard that touches anybody, most people first; of beds, those who arrive there."""
    found = [_exposure(scenario, plan, hazard) for hazard in scenario.hazards]
    touched = [item for item in found if item.people > 0]
    return tuple(sorted(touched, key=lambda item: (-item.people, item.hazard)))


def _exposure(scenario: Scenario, plan: Plan, hazard: Hazard) -> Exposure:
    ends = scenario.deadline if hazard.ends is None else hazard.ends
    touches = _touches(scenario, hazard)
    people = sum(
        movement.people
        for movement in plan.movements
        if movement.people and touches(movement, hazard.begins, ends)
    )
    days = max(0, min(ends, scenario.deadline) - max(0, hazard.begins)) / MINUTES_PER_DAY
    expected = None if hazard.per_day is None else hazard.per_day * days
    return Exposure(hazard.hazard, _words(scenario, hazard), people, expected)


Touches = Callable[[Movement, int, int], bool]


def _touches(scenario: Scenario, hazard: Hazard) -> Touches:
    """Whether a movement leaves or reaches what the hazard is about within its time."""
    what = hazard.what
    if hazard.kind is Target.FLEET:
        return lambda m, begins, ends: m.fleet == what and begins <= m.depart < ends
    if hazard.kind is Target.LINK:
        return lambda m, begins, ends: m.link == what and m.arrive > begins and m.depart < ends
    if hazard.kind is Target.BEDS:
        return lambda m, begins, ends: m.destination == what and begins <= m.arrive < ends
    place, fleets = what, None
    if hazard.kind is Target.BERTH:
        berth = next(row for row in scenario.berths if row.berth == what)
        place = berth.place
        types = {v.type for v in scenario.vehicles if v.mode is berth.mode}
        types &= set(berth.types) or types
        fleets = {fleet.fleet for fleet in scenario.fleets if fleet.type in types}

    def touches(movement: Movement, begins: int, ends: int) -> bool:
        leaves = movement.origin == place and begins <= movement.depart < ends
        comes = movement.destination == place and begins <= movement.arrive < ends
        return (leaves or comes) and (fleets is None or movement.fleet in fleets)

    return touches


def _words(scenario: Scenario, hazard: Hazard) -> str:
    titles = {place.place: place.title for place in scenario.places}
    name = titles.get(hazard.what, hazard.what)
    state = "lost" if hazard.factor == 0 else f"down to {hazard.factor:.0%}"
    return f"{'beds of ' if hazard.kind is Target.BEDS else ''}{name} {state}"
