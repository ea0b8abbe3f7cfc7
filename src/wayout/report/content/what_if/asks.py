"""The chapter on what to ask for: the first ten, and what each is worth by itself."""

from wayout.report.content.material import Material
from wayout.report.content.pieces import Column, Row, Table
from wayout.report.content.what_if.chapter import Chapter, Heading
from wayout.report.content.what_if.secrets import told
from wayout.report.content.what_if.values import Values
from wayout.report.text import count

HEADING = Heading("asks", "Asks", "What to ask for")
MOST = 10

_FIRST = (
    Column("In this order", weight=0.6),
    Column("Ask", weight=3.2),
    Column("Of whom", weight=1.8),
    Column("Adds people (estimate)", True),
    Column("Saves danger-hours (estimate)", True),
    Column("All so far: people more", True, 1.2),
    Column("All so far: danger-hours saved", True, 1.4),
)
_EACH = (
    Column("Ask", weight=3.2),
    Column("Amount"),
    Column("People more", True, 1.2),
    Column("Danger-hours saved", True, 1.4),
    Column("Danger-hours saved (estimate)", True, 1.4),
)
_PROVED = (
    "From … to … is proved: a plan holds the lower end, a certified ceiling the upper one. An "
    "estimate is the difference of two relaxations."
)


def chapter(found: Values, material: Material) -> Chapter:
    """The chapter; raises DamagedError."""
    base = found.part("base")
    people, danger = base.part("people_safe").ends().whole, base.part("danger_hours").ends()
    first, each = found.parts("first_ten"), found.parts("asks")
    helps = "" if first else " Nothing that can be asked for helps by this estimate."
    return Chapter(
        HEADING,
        f"As it stands, {people.words} of {count(base.number('people_total'))} people are safe "
        f"with {danger.words} danger-hours. {_PROVED}{helps}",
        tables=tuple(
            made for made in (_first(first, material), _each(each, material)) if made.rows
        ),
    )


def _first(steps: list[Values], material: Material) -> Table:
    rows = [_step(place, step, material) for place, step in enumerate(steps[:MOST], 1)]
    return Table("What to ask for first, and whom", _FIRST, tuple(rows))


def _step(place: int, step: Values, material: Material) -> Row:
    adds, together = step.part("adds"), step.part("together")
    return (
        str(place),
        told(step.text("words"), material),
        told(step.text("from"), material),
        count(adds.part("people").number("estimate")),
        count(adds.part("danger_hours").number("estimate")),
        together.part("people").ends().whole.words,
        together.part("danger_hours").ends().words,
    )


def _each(asks: list[Values], material: Material) -> Table:
    rows = [_ask(ask, material) for ask in asks[:MOST]]
    rest = len(asks) - MOST
    note = f"{count(rest)} more, worth no more than the last by estimate." if rest > 0 else ""
    return Table("Each by itself, the most worth first", _EACH, tuple(rows), note)


def _ask(ask: Values, material: Material) -> Row:
    """A price was not solved again, which the reader has to know."""
    danger = ask.part("danger_hours")
    estimate = danger.maybe("estimate")
    price = "" if ask.true("verified") else ", a price only"
    return (
        told(ask.text("words"), material),
        ask.text("amount"),
        ask.part("people").ends().whole.words,
        danger.ends().words,
        "none" if estimate is None else f"{count(estimate)}{price}",
    )
