"""The first words: who gets out by when, and how near that is to the best possible."""

from wayout.report.content.material import Material
from wayout.report.content.pieces import Fact, Item
from wayout.report.text import amount, count, people, percent, span, things
from wayout.scenario.policy import Objective

PROOF_WORDS = {
    Objective.REACH_SAFETY: (
        "least danger: people leave the most dangerous places first, "
        "and whoever is left behind counts as in danger long after the deadline"
    ),
    Objective.CLEAR_FAST: "everyone out, the last arrival as early as possible",
}


def headline(material: Material) -> str:
    """One sentence that stands above everything."""
    measures, clock, deadline = material.measures, material.clock, material.scenario.deadline
    if measures.people_total == 0:
        return "There is nobody to bring to safety in this scenario."
    if measures.people_total == 1:
        return _of_one(material)
    if measures.people_safe == 0:
        return (
            f"This plan brings none of the {people(measures.people_total)} to safety by "
            f"{clock.full(deadline)}."
        )
    if measures.people_safe == measures.people_total:
        by = deadline if measures.clear_minute is None else measures.clear_minute
        return f"All {people(measures.people_total)} are safe by {clock.full(by)}."
    return (
        f"{count(measures.people_safe)} of {people(measures.people_total)} are safe by the "
        f"deadline, {clock.full(deadline)}."
    )


def _of_one(material: Material) -> str:
    clear, clock = material.measures.clear_minute, material.clock
    if material.measures.people_safe == 0:
        by = clock.full(material.scenario.deadline)
        return f"This plan does not bring the one person to safety by {by}."
    by = clock.full(material.scenario.deadline if clear is None else clear)
    return f"The one person is safe by {by}."


def proof_sentence(material: Material) -> str:
    """The proven distance from the best possible, in one sentence."""
    measures, bound = material.measures, material.bound_people
    if measures.people_total == 0:
        return "Nothing has to be proven."
    missing = bound - measures.people_safe
    if missing <= 0:
        first = "No plan can bring more people to safety: this is proven"
    else:
        first = (
            f"No plan can bring more than {count(bound)} to safety, so at most "
            f"{count(missing)} more "
            "could be saved: this plan is proven to be within "
            f"{percent(material.plan.gap_people)} of the best possible"
        )
    return f"{first}.{_clear_sentence(material)}"


def _clear_sentence(material: Material) -> str:
    clear, bound = material.measures.clear_minute, material.plan.bound.clear_minute
    if clear is None or bound is None or material.plan.objective != Objective.CLEAR_FAST:
        return ""
    if clear <= bound:
        return " No plan can have the last of them safe any earlier."
    return f" No plan can have the last of them safe more than {span(clear - bound)} earlier."


def _tick_when(material: Material, share: float) -> int | None:
    """The first tick at which a share of the people who become safe are safe."""
    curve = material.measures.safe_curve
    wanted = share * material.measures.people_safe
    if wanted <= 0:
        return None
    return next(
        (int(tick) for tick, safe in zip(curve.ticks, curve.people, strict=True) if safe >= wanted),
        None,
    )


def facts(material: Material) -> tuple[Fact, ...]:
    """The figures beside the headline."""
    measures, plan, clock = material.measures, material.plan, material.clock
    behind = measures.people_total - measures.people_safe
    half, first = _tick_when(material, 0.5), _tick_when(material, 1e-9)
    last = measures.clear_minute if measures.clear_minute is not None else _tick_when(material, 1.0)
    rows = [
        Fact(
            "Safe by the deadline",
            count(measures.people_safe),
            f"of {people(measures.people_total)}",
        ),
        Fact("Best possible", count(material.bound_people), "certified: no plan does better"),
        Fact(
            "Not safe in time",
            count(behind),
            "see who and why below" if behind else "nobody is left behind",
        ),
        Fact(
            "Danger-hours",
            amount(round(plan.danger_hours)),
            f"within {percent(plan.gap_danger)} of the best possible",
        ),
    ]
    if first is not None and half is not None and last is not None:
        rows.append(
            Fact("First people safe", clock.moment(first), f"half of them by {clock.moment(half)}")
        )
        rows.append(
            Fact(
                "Last people safe",
                clock.moment(last),
                f"deadline {clock.moment(material.scenario.deadline)}",
            )
        )
    rows.append(
        Fact(
            "Vehicles",
            count(measures.vehicles_used),
            f"make {things(len(_by_vehicle(material)), 'movement')}",
        )
    )
    return tuple(rows)


def _by_vehicle(material: Material) -> list[str]:
    return [movement.movement for movement in material.plan.movements if movement.vehicle]


def situation(material: Material) -> str:
    """What is given, in a few sentences."""
    scenario, clock, measures = material.scenario, material.clock, material.measures
    origins = sum(1 for origin in measures.by_origin if origin.people)
    havens = sum(1 for place in scenario.places if place.is_haven)
    vehicles = sum(fleet.number for fleet in scenario.fleets)
    parts = [
        scenario.description.strip(),
        f"{people(measures.people_total)} (case: {scenario.case}) at "
        f"{things(origins, 'place')} have to reach one of "
        f"{things(havens, 'haven')} between {clock.full(0)} and the deadline, "
        f"{clock.full(scenario.deadline)}.",
        f"{things(vehicles, 'vehicle')} in {things(len(scenario.fleets), 'fleet')} are on offer.",
    ]
    return " ".join(part for part in parts if part)


def proof_items(material: Material) -> tuple[Item, ...]:
    """How to read the proof: bound, value, gap, and who checks it."""
    plan, measures = material.plan, material.measures
    saved = plan.danger_hours_if_nobody_moves - plan.danger_hours
    return (
        Item(
            "Value",
            "What the plan achieves. The judge, a program of its own, replays every "
            "movement against every rule and counts: "
            f"{people(measures.people_safe)} safe by the deadline, "
            f"{amount(round(plan.danger_hours))} danger-hours. "
            "If nobody moved it would be "
            f"{amount(round(plan.danger_hours_if_nobody_moves))}; the plan takes away "
            f"{amount(round(saved))}.",
        ),
        Item(
            "Bound",
            "What no plan can beat under the same limits: "
            f"{people(material.bound_people)} safe and "
            f"{amount(round(plan.bound.danger_hours))} danger-hours. It is not a "
            "forecast and not a promise: "
            "some of it may be out of reach of any timetable.",
        ),
        Item(
            "Gap",
            f"The distance between the two: {percent(plan.gap_people)} of the people "
            f"and {percent(plan.gap_danger)} of the "
            "danger that can be taken away. However long anybody searches, no more "
            "than this can be gained without changing a limit.",
        ),
        Item(
            "Certificate",
            "The plan's folder holds the numbers that prove the bound. The command "
            "wayout verify re-checks them and every "
            "movement without a solver, on any computer; one changed number is noticed.",
        ),
        Item(
            "What it does not cover",
            "The proof is about the scenario as written. Where its figures are wrong, "
            "or something is lost on the way, the "
            "plan has to be made again. The assumptions and hazards below say where to look first.",
        ),
    )
