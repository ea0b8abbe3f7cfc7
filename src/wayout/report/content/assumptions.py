"""What the plan rests on: figures with their sources, the policy, and words explained."""

from wayout.report.content.headline import PROOF_WORDS
from wayout.report.content.material import Material
from wayout.report.content.pieces import Cell, Column, Fact, Table, Tone
from wayout.report.text import amount
from wayout.scenario.figures import Case
from wayout.scenario.policy import Objective


def _confidence(text: str) -> str | Cell:
    return Cell("assumed", Tone.ASSUMED) if text == "assumed" else text


def figures(material: Material) -> Table:
    """Every figure with its three values, the one in use marked, its source and confidence."""
    case = material.scenario.case
    rows = []
    for figure in material.scenario.figures:
        values = [
            Cell(amount(figure.value(which)), Tone.GOOD if which is case else Tone.PLAIN)
            for which in (Case.LOW, Case.LIKELY, Case.HIGH)
        ]
        rows.append(
            (
                figure.figure.replace("_", " "),
                *values,
                figure.unit,
                figure.as_of,
                _confidence(figure.confidence),
                figure.source,
            )
        )
    columns = (
        Column("Figure", weight=2),
        Column("Low", True, 0.7),
        Column("Likely", True, 0.7),
        Column("High", True, 0.7),
        Column("Unit", weight=0.9),
        Column("As of", weight=0.9),
        Column("Confidence", weight=0.9),
        Column("Source", weight=3.6),
    )
    note = (
        f"Bold: the value in use (case {case}). “Assumed” means that nobody has confirmed "
        "the figure."
    )
    return Table("Figures and their sources", columns, tuple(rows), note)


def assumed_words(material: Material) -> str:
    """How many of the figures are assumed."""
    figures = material.scenario.figures
    if not figures:
        return "The scenario names no figures: none of its numbers carries a source."
    assumed = sum(1 for figure in figures if figure.confidence == "assumed")
    return (
        f"{len(figures)} figures carry a source; {assumed} of them are assumed and should "
        "be confirmed first."
    )


def policy(material: Material) -> tuple[Fact, ...]:
    """The choices that are the decision maker's."""
    rules = material.scenario.policy
    objective = (
        Objective(material.plan.objective)
        if material.plan.objective in set(Objective)
        else rules.objective
    )
    majors = ", ".join(f"{major} {amount(weight)}" for major, weight in rules.majors.items())
    minors = ", ".join(f"{minor} {amount(weight)}" for minor, weight in rules.minors.items())
    return (
        Fact("Objective", str(objective).replace("_", " "), PROOF_WORDS[objective]),
        Fact("Emergency loading", "allowed" if rules.emergency_seats else "not allowed"),
        Fact("Hourly limits counted per", f"{rules.slot_minutes} min"),
        Fact("Weight by major priority", majors),
        Fact("Weight by minor priority", minors),
    )


GLOSSARY = (
    (
        "berth",
        "Where vehicles stop at a place: a ramp, a quay, a platform; it has spots and "
        "a number of movements per hour.",
    ),
    ("binding limit", "A limit that keeps the best possible from being better."),
    ("bound", "What no executable timetable can beat, proven."),
    (
        "call-forward",
        "Telling people to come to a stated place at a stated time; here, how many by "
        "area and day.",
    ),
    ("case", "Which value of the figures holds: low, likely or high."),
    ("certificate", "The numbers from which a bound is recomputed without a solver."),
    (
        "danger-hours",
        "Danger rate × hours × weight, summed over people. One person for one hour in "
        "an ordinary home of the operation is 1.",
    ),
    ("deadline", "The moment by which people must be in a haven to count as safe."),
    (
        "emergency loading",
        "Carrying more people than a vehicle's planning seats; only where the policy allows it.",
    ),
    ("fleet", "A group of equal vehicles with one base."),
    ("gap", "How far the plan's value is from the bound, as a share."),
    ("gate", "A place that people pass at a limited rate."),
    ("haven", "A place where people are safe for good."),
    ("hazard", "Something that may happen: a place, link, berth or fleet is lost or weakened."),
    ("judge", "The independent replay of a plan against every rule."),
    ("link", "A way from one place to another."),
    ("movement", "One departure, of a vehicle or of people by themselves, with its arrival."),
    ("party", "People who travel together and are never split."),
    ("priority", "A class of people (I to V) and a need within it (A to E); each has a weight."),
    ("refuge", "A place that lessens danger until it expires."),
    ("slot", "The stretch of minutes in which an hourly limit is counted."),
    ("spot", "Room for one vehicle at a berth."),
    ("staging", "A place on the way, where people wait for a vehicle onwards."),
)


def not_listed() -> str:
    """Where the complete timetable is."""
    return (
        "The complete timetable, minute by minute, is in movements.csv of the plan's "
        "folder, and the parties on each movement are in "
        "the loads beside it. Neither holds the name of a person."
    )
