"""The chapter on single losses: how bad each one is, between what is proved and what is held."""

from dataclasses import dataclass
from functools import partial

from wayout.report.charts.tornado import Bar, Tornado, tornado
from wayout.report.content.material import Material
from wayout.report.content.pieces import Column, Item, Row, Table, Tone
from wayout.report.content.what_if.chapter import Chapter, Chart, Heading
from wayout.report.content.what_if.secrets import daggered, is_secret, told
from wayout.report.content.what_if.values import Ends, Values
from wayout.report.text import count, listing, things

HEADING = Heading("losses", "Losses", "What if something is lost")
MOST = 15
"""Losses that are drawn and listed, counting those that come to the same once."""

_NAMED = 3
_COLUMNS = (
    Column("If this is lost", weight=3.2),
    Column("People safe", True, 1.3),
    Column("Net fewer safe than planned", True, 1.1),
    Column("Danger-hours", True, 1.5),
    Column("How it is mended", weight=1.8),
)
_PROVED = (
    "The lower number of people and the higher one of danger-hours are held by a repaired plan "
    "that the judge accepts; the other end is a certified ceiling: no plan does better. One number "
    "means that both ends meet."
)


@dataclass(frozen=True, slots=True)
class Loss:
    """One loss, or several that come to the same."""

    names: tuple[str, ...]
    people: Ends
    danger: Ends
    mended: str

    @property
    def words(self) -> str:
        """The first by name, and how many more are the same."""
        rest = list(self.names[1:])
        return f"{self.names[0]}; the same: {listing(rest, _NAMED)}" if rest else self.names[0]

    @property
    def label(self) -> str:
        """A name short enough for a chart."""
        more = len(self.names) - 1
        return f"(+{more}) {self.names[0]}" if more else self.names[0]


def chapter(found: Values, material: Material) -> Chapter:
    """The chapter; raises DamagedError."""
    base = found.part("base")
    people, danger = base.ends("people_low", "people_high").whole, _danger(base)
    losses = _losses(found)
    total = base.number("people_total")
    return Chapter(
        HEADING,
        f"{things(sum(len(loss.names) for loss in losses), 'single loss', 'single losses')} studied"
        f", {_when(found, material)}. As planned, {people.words} of {count(total)} people are safe "
        f"with {danger.words} danger-hours. {_PROVED}",
        charts=_charts(losses[:MOST], people, danger, material),
        items=_pair_items(found, material),
        tables=(_table(losses, people.low, material),),
    )


def _when(found: Values, material: Material) -> str:
    decided = int(found.number("decided"))
    return f"each from {material.clock.moment(decided)} on" if decided else "each from the start"


def _danger(row: Values) -> Ends:
    return row.ends("danger_low", "danger_high")


def _losses(found: Values) -> list[Loss]:
    """Losses in the file's order, the worst first; equal ones together."""
    groups: dict[tuple[Ends, Ends, str], list[str]] = {}
    for row in found.parts("losses"):
        people = row.ends("people_low", "people_high").whole
        groups.setdefault((people, _danger(row), _mended(row)), []).append(row.text("words"))
    return [Loss(tuple(names), *figures) for figures, names in groups.items()]


def _mended(row: Values) -> str:
    steps = row.part("steps")
    cancelled, added = steps.number("cancelled"), steps.number("added")
    if not cancelled and not added:
        return row.text("achieved")
    moves = f"{count(cancelled)} movements cancelled, {count(added)} added"
    return f"{row.text('achieved')}: {moves}"


def _pair_items(found: Values, material: Material) -> tuple[Item, ...]:
    """The worst pair, where it was looked for."""
    if found.found.get("worst_pair") is None:
        return ()
    pair = found.part("worst_pair")
    people = pair.ends("people_low", "people_high").whole
    words = (
        f"{pair.text('words')}: {people.words} people safe. Whatever two are lost, a plan that the "
        f"judge accepts brings out {count(pair.number('floor_people'))} or more; that covers "
        f"{count(pair.number('num_pairs'))} pairs."
    )
    tone = Tone.INTERNAL if is_secret(words, material) else Tone.PLAIN
    return (Item("The worst pair", words, tone),)


def _charts(
    losses: list[Loss], people: Ends, danger: Ends, material: Material
) -> tuple[Chart, ...]:
    """People, and danger-hours, each where a loss makes a difference."""
    charts = []
    if any(loss.people != people for loss in losses):
        bars = [Bar(daggered(loss.label, material), *_pair(loss.people)) for loss in losses]
        shown = Tornado("People safe", tuple(bars), *_pair(people), more_is_better=True)
        charts.append(Chart(_caption("people safe", "fewer"), partial(tornado, shown)))
    if any(loss.danger != danger for loss in losses):
        bars = [Bar(daggered(loss.label, material), *_pair(loss.danger)) for loss in losses]
        shown = Tornado("Danger-hours", tuple(bars), *_pair(danger), more_is_better=False)
        charts.append(Chart(_caption("danger-hours", "more"), partial(tornado, shown)))
    return tuple(charts)


def _pair(ends: Ends) -> tuple[float, float]:
    return ends.low, ends.high


def _caption(unit: str, change: str) -> str:
    return (
        f"Single losses, the worst first, in {unit}. Dark: {change} than planned for certain, "
        "whatever is done. Light: between the certified ceiling (dashed edge) and the repaired "
        "plan (full edge). Full line: as planned."
    )


def _table(losses: list[Loss], planned: float, material: Material) -> Table:
    rows: list[Row] = [
        (
            told(loss.words, material),
            loss.people.words,
            Ends(planned - loss.people.high, planned - loss.people.low).words,
            loss.danger.words,
            loss.mended,
        )
        for loss in losses[:MOST]
    ]
    rest = len(losses) - MOST
    note = f"{count(rest)} more, none worse than the last." if rest > 0 else ""
    return Table("Single losses, the worst first", _COLUMNS, tuple(rows), note)
