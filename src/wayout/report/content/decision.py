"""By when the decision is needed, and what is at stake: for the two pages that are signed."""

from dataclasses import dataclass

from wayout.clock import MINUTES_PER_HOUR
from wayout.plan.model import Movement
from wayout.report.content.material import Material
from wayout.report.content.pieces import Cell, Column, Table, Tone
from wayout.report.text import amount, count, percent, span
from wayout.scenario.model import Scenario
from wayout.scenario.windows import Hazard, Target

LEAD_FIGURE = "decision_lead_hours"
"""Figure of a scenario that says how many hours pass from a decision to the first departure."""
ASSUMED_LEAD_HOURS = 6.0


@dataclass(frozen=True, slots=True)
class Deadline:
    """The latest time for a decision as text, and how it was derived."""

    by: str
    derived: str


def _lead_hours(scenario: Scenario) -> tuple[float, str]:
    for figure in scenario.figures:
        if figure.figure == LEAD_FIGURE:
            return figure.value(scenario.case), f"figure {LEAD_FIGURE}"
    return ASSUMED_LEAD_HOURS, f"assumed; the figure {LEAD_FIGURE} of the scenario changes it"


def needed_by(material: Material) -> Deadline:
    """The first departure of the plan less the lead from a decision to it."""
    movements, clock = material.plan.movements, material.clock
    if not movements:
        return Deadline(
            "no time: the plan moves nobody",
            "The plan has no movement that a decision would start.",
        )
    first = min(movements, key=lambda movement: (movement.depart, movement.movement))
    lead, origin = _lead_hours(material.scenario)
    tick = first.depart - round(lead * MINUTES_PER_HOUR)
    who = f"{first.vehicle} leaves" if first.vehicle else "the first people leave"
    derived = (
        f"Derived: {who} {material.place_title(first.origin)} at "
        f"{clock.moment(first.depart)}, less {amount(lead)} h to pass "
        f"orders and warn people ({origin})."
    )
    if tick < 0:
        derived += (
            " That is before the plan's own start: each hour of delay moves the timetable "
            "by an hour or costs its first departures."
        )
    return Deadline(clock.full(tick), derived)


def exposure(material: Material, hazard: Hazard) -> int:
    """People whose planned movements use what the hazard would take, while it may take it."""
    ends = material.scenario.deadline if hazard.ends is None else hazard.ends
    return sum(
        movement.people
        for movement in material.plan.movements
        if movement.depart < ends
        and movement.arrive >= hazard.begins
        and _touches(material, hazard, movement)
    )


def _touches(material: Material, hazard: Hazard, movement: Movement) -> bool:
    if hazard.kind is Target.LINK:
        return movement.link == hazard.what
    if hazard.kind is Target.FLEET:
        return movement.fleet == hazard.what
    if hazard.kind is Target.BEDS:
        return movement.destination == hazard.what
    if hazard.kind is Target.PLACE:
        return movement.origin == hazard.what
    return bool(movement.vehicle) and _uses_berth(material, hazard.what, movement)


def _uses_berth(material: Material, berth: str, movement: Movement) -> bool:
    """Whether one end of a vehicle's movement is at the berth, by rule V5."""
    fleet = material.fleets.get(movement.fleet)
    given = next((item for item in material.scenario.berths if item.berth == berth), None)
    if fleet is None or given is None or given.place not in (movement.origin, movement.destination):
        return False
    if given.types:
        return fleet.type in given.types
    rivals = [
        item
        for item in material.scenario.berths
        if item.place == given.place and fleet.type in item.types
    ]
    return not rivals and material.mode_of(movement) is given.mode


_TARGETS = {
    Target.PLACE: "{what} works",
    Target.BEDS: "the beds of {what} are",
    Target.LINK: "the way {what} works",
    Target.BERTH: "the berth at {what} works",
    Target.FLEET: "the fleet {what} works",
}


def _effect(material: Material, hazard: Hazard) -> str:
    kinds = {Target.LINK: "people_per_hour", Target.BERTH: "spots", Target.FLEET: "vehicles"}
    what = material.title_of(kinds.get(hazard.kind, "beds"), hazard.what)
    if hazard.factor == 0:
        return f"{what} is lost"
    return f"{_TARGETS[hazard.kind].replace('{what}', what)} at {percent(hazard.factor, 0)}"


def hazards(material: Material) -> Table:
    """What may be lost, and how many people of the plan depend on it; the most exposed first."""
    found = [(exposure(material, hazard), hazard) for hazard in material.scenario.hazards]
    found.sort(key=lambda pair: (-pair[0], pair[1].hazard))
    rows = []
    for people, hazard in found:
        effect = _effect(material, hazard)
        text = effect[:1].upper() + effect[1:]
        until = material.scenario.deadline if hazard.ends is None else hazard.ends
        when = f"{material.clock.moment(hazard.begins)} \N{EN DASH} {material.clock.moment(until)}"
        rate = "unknown" if hazard.per_day is None else f"{amount(hazard.per_day)} a day"
        cell = Cell(text, Tone.INTERNAL) if material.is_internal(hazard.what) else text
        rows.append((cell, when, rate, count(people), hazard.source or "source unknown"))
    columns = (
        Column("What may happen", weight=2),
        Column("When", weight=1.4),
        Column("How often", weight=0.7),
        Column("People who depend on it", True, 0.8),
        Column("Source", weight=2),
    )
    note = (
        "People who depend on it: those whose planned movements use it in that time. The "
        "plan does not already allow for these losses."
    )
    return Table("Hazards", columns, tuple(rows), note)


def request(material: Material) -> str:
    """What the decision maker is asked, in one sentence."""
    measures, uses = (
        material.measures,
        len({movement.fleet for movement in material.plan.movements if movement.vehicle}),
    )
    first = min((movement.depart for movement in material.plan.movements), default=None)
    if first is None:
        return (
            "This plan moves nobody; the decision is which limits to change so that a plan "
            "can be made."
        )
    last = max(movement.arrive for movement in material.plan.movements)
    return (
        f"Carry out this plan: {count(len(material.plan.movements))} movements with "
        f"{count(measures.vehicles_used)} vehicles of "
        f"{count(uses)} {'fleet' if uses == 1 else 'fleets'}, from "
        f"{material.clock.moment(first)} to {material.clock.moment(last)} "
        f"({span(last - first)})."
    )


def emergency_words(material: Material) -> str:
    """Whether vehicles carry more than their planning seats: never silent."""
    crowded = [movement for movement in material.plan.movements if movement.emergency]
    if not material.scenario.policy.emergency_seats:
        return (
            "Emergency loading is not allowed: no vehicle carries more people than its "
            "planning seats."
        )
    return (
        f"Emergency loading is allowed: {count(len(crowded))} departures carry more "
        "people than the planning seats of their vehicle, "
        f"{count(sum(movement.people for movement in crowded))} people in all. "
        "Accepting the plan accepts this."
    )
