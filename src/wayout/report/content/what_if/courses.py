"""The chapter on courses of action: this plan beside the others that it was compared with."""

from wayout.report.content.material import Material
from wayout.report.content.pieces import Column, Item, Row, Table, Tone
from wayout.report.content.what_if.chapter import Chapter, Heading
from wayout.report.content.what_if.secrets import is_secret, told
from wayout.report.content.what_if.values import DamagedError, Ends, Values
from wayout.report.text import count, things

HEADING = Heading("courses", "Courses", "Courses of action side by side")
MOST = 10
"""Uses of places and ways in which they part that are listed."""

_OUTCOME = (
    Column("Course of action", weight=1.6),
    Column("Scenario", weight=2.4),
    Column("People safe", True, 1.2),
    Column("Of", True),
    Column("Danger-hours", True, 1.6),
    Column("Last arrival", weight=1.6),
)
_PROVED = (
    "From … to … is proved: the plan itself holds the one end, a certified ceiling of its scenario "
    "the other. Where no proof holds only the plan's own figure is given, and says so."
)


def chapter(found: Values, material: Material) -> Chapter:
    """The chapter; raises DamagedError."""
    plans = found.parts("plans")
    return Chapter(
        HEADING,
        f"{things(len(plans), 'course of action', 'courses of action')} compared; the first is "
        f"the plan of this report. {_PROVED}",
        items=tuple(_note(note, material) for note in _notes(found)),
        tables=tuple(
            made
            for made in (_outcome(plans, material), _parts(found, plans, material))
            if made.rows
        ),
    )


def first_of(found: Values) -> Values:
    """The plan that the others are held against; raises DamagedError."""
    plans = found.parts("plans")
    if not plans:
        raise DamagedError("plans is empty")
    return plans[0]


def _notes(found: Values) -> list[str]:
    """Why figures may not be held against each other."""
    notes = found.found.get("notes")
    if not isinstance(notes, list) or not all(isinstance(note, str) for note in notes):
        raise DamagedError("notes is not a list of texts")
    return notes


def _note(words: str, material: Material) -> Item:
    return Item("Note", words, Tone.INTERNAL if is_secret(words, material) else Tone.PLAIN)


def _outcome(plans: list[Values], material: Material) -> Table:
    rows: list[Row] = [
        (
            told(plan.text("plan"), material),
            told(f"{plan.text('title')}, {plan.text('case')} case", material),
            _people(plan),
            count(plan.number("people_total")),
            _danger(plan),
            _last(plan),
        )
        for plan in plans
    ]
    return Table("What each achieves", _OUTCOME, tuple(rows))


def _people(plan: Values) -> str:
    safe, bound = plan.number("people_safe"), plan.maybe("people_safe_bound")
    return f"{count(safe)} (no proof)" if bound is None else Ends(safe, bound).whole.words


def _danger(plan: Values) -> str:
    held, bound = plan.number("danger_hours"), plan.maybe("danger_hours_bound")
    return f"{count(held)} (no proof)" if bound is None else Ends(min(held, bound), held).words


def _last(plan: Values) -> str:
    if plan.found.get("last_arrival") is None:
        return "nobody arrives"
    everybody = "" if plan.true("everybody_out") else ", not everybody"
    return plan.text("last_arrival").replace("T", " ") + everybody


def _parts(found: Values, plans: list[Values], material: Material) -> Table:
    columns = (
        Column("Place, way or fleet", weight=2.4),
        *(Column(plan.text("plan"), True) for plan in plans),
    )
    rows: list[Row] = []
    for part in found.parts("part")[:MOST]:
        people = part.found.get("people")
        if not isinstance(people, list) or len(people) != len(plans):
            raise DamagedError(f"{part.where}people is not one number a plan")
        numbers = Values({str(at): number for at, number in enumerate(people)}, part.where)
        shown = [count(numbers.number(str(at))) for at in range(len(plans))]
        rows.append((told(f"{part.text('use')} {part.text('what')}", material), *shown))
    return Table("Where they part: people", columns, tuple(rows))
