"""``wayout compare``: courses of action side by side, on one page."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from wayout.cli.studies import AsJson, keep, page, refusing
from wayout.cli.summary import LIMITS
from wayout.cli.wording import number, percent, whole_people
from wayout.clock import moment_of
from wayout.contingency.courses.comparing import Comparison, compare
from wayout.contingency.courses.course import Course, course_of
from wayout.contingency.courses.document import document_of
from wayout.contingency.courses.parting import MOST
from wayout.plan.folder import read

MOST_ROWS = 5
"""Places and hazards that are shown in each table."""

MOST_LIMITS = 3
LABEL_WIDTH = 38
WIDEST = 20

Row = Callable[[Course], str]


def compare_plans(
    plans: Annotated[
        list[Path], typer.Argument(help="Folders of the plans; the first is the yardstick.")
    ],
    kept: Annotated[
        bool,
        typer.Option("--keep", help="Keep the answer in the first plan's folder and report."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Courses of action side by side: outcome, needs, risks, and where they part.

    The plans may be of different scenarios. Each is judged again, and its proof is checked again.
    Exit code 0 with an answer, 1 when a plan cannot be read or is refused, 2 when the command was
    not understood.
    """
    found: list[Comparison] = []

    def work() -> dict[str, Any]:
        courses = [course_of(name, *read(plan)) for name, plan in _names(plans)]
        found.append(compare(courses))
        return document_of(found[0])

    document = refusing(work, as_json=as_json)
    keep(plans[0] if kept else None, "compare", document)
    if as_json:
        typer.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        _show(found[0], page())


def _names(plans: Sequence[Path]) -> list[tuple[str, Path]]:
    """Each plan by the last part of its path, or by all of it where two would be the same."""
    short = [plan.resolve().name for plan in plans]
    return [
        (name if short.count(name) == 1 else str(plan), plan)
        for name, plan in zip(short, plans, strict=True)
    ]


def _show(comparison: Comparison, console: Console) -> None:
    for section in (_outcome, _times, _vehicles, _beds, _gates, _risks, _parts):
        table = section(_Page(comparison, console.width))
        if table.row_count:
            console.print(table)
            console.print()
    for course in comparison.courses:
        console.print(Text(f"{course.name}: {_limits(course)}"))
    for note in comparison.notes:
        console.print(Text(f"Note: {note}"))


@dataclass(frozen=True, slots=True)
class _Page:
    """A comparison, and how wide a line may be."""

    comparison: Comparison
    width: int

    @property
    def courses(self) -> tuple[Course, ...]:
        """The courses, one a column."""
        return self.comparison.courses

    def table(self, words: str, *, names: bool = False) -> Table:
        """A table with a column for each course; every table of a page has the same columns."""
        table = Table(
            title=words, title_justify="left", box=None, pad_edge=False, show_header=names
        )
        rest = max(12, (self.width - LABEL_WIDTH) // len(self.courses) - 1)
        table.add_column("", width=LABEL_WIDTH, no_wrap=True, overflow="ellipsis")
        for course in self.courses:
            table.add_column(course.name, justify="right", width=min(rest, WIDEST), overflow="fold")
        return table

    def add(self, table: Table, label: str, row: Row) -> None:
        """A row of a table."""
        table.add_row(Text(label), *(Text(row(course)) for course in self.courses))


def _outcome(page: _Page) -> Table:
    table = page.table("Outcome", names=True)
    page.add(table, "scenario", lambda c: c.scenario.name)
    page.add(table, "case", lambda c: str(c.scenario.case))
    page.add(table, "people safe", lambda c: number(c.outcome.people_safe))
    page.add(table, "  proved: no plan saves more than", _people_bound)
    page.add(table, "  of", lambda c: number(c.outcome.people_total))
    page.add(table, "last arrival", _last_arrival)
    page.add(table, "danger-hours", lambda c: number(c.outcome.danger_hours))
    page.add(table, "  proved: no plan has fewer than", _danger_bound)
    page.add(table, "  spared, of those if nobody moved", lambda c: percent(c.outcome.danger_saved))
    return table


def _people_bound(course: Course) -> str:
    bound = course.outcome.people_bound
    return "no proof" if bound is None else whole_people(bound)


def _danger_bound(course: Course) -> str:
    bound = course.outcome.danger_bound
    return "no proof" if bound is None else number(bound)


def _last_arrival(course: Course) -> str:
    last = course.outcome.last_arrival
    if last is None:
        return "nobody"
    return _moment(course, last) + ("" if course.outcome.cleared else " *")


def _moment(course: Course, tick: int) -> str:
    when = moment_of(tick, course.scenario.start)
    return f"{when.day} {when:%b %H:%M}"


def _times(page: _Page) -> Table:
    table = page.table("People safe at (* above: not everybody is)")
    for item in page.comparison.safe_at:
        label = f"{item.moment.day} {item.moment:%b %H:%M}"
        table.add_row(Text(label), *(number(people) for people in item.people))
    return table


def _vehicles(page: _Page) -> Table:
    table = page.table("Vehicles used, hours under way, crews on the busiest day (estimate)")
    kinds = {item.type: item.title for c in page.courses for item in c.needs.vehicles}
    for kind, title in kinds.items():
        page.add(table, title, partial(_used_vehicles, kind=kind))
    return table


def _used_vehicles(course: Course, kind: str) -> str:
    for item in course.needs.vehicles:
        if item.type == kind:
            return f"{item.used} {number(item.hours)} h ~{item.crews}"
    return "-"


def _beds(page: _Page) -> Table:
    return _fullest(page, "beds", "Beds at their fullest, and of those there were")


def _gates(page: _Page) -> Table:
    return _fullest(page, "gates", "People through gates in the fullest hour, and of its rate")


def _fullest(page: _Page, field: str, words: str) -> Table:
    table = page.table(words)
    most: dict[str, float] = {}
    titles: dict[str, str] = {}
    for course in page.courses:
        for item in getattr(course.needs, field):
            most[item.place] = max(most.get(item.place, 0.0), item.used)
            titles[item.place] = item.title
    for place in sorted(most, key=lambda name: (-most[name], name))[:MOST_ROWS]:
        page.add(table, titles[place], partial(_used, field=field, place=place))
    return table


def _used(course: Course, field: str, place: str) -> str:
    for item in getattr(course.needs, field):
        if item.place == place:
            return f"{number(item.used)} {item.share:.0%}"
    return "-"


def _risks(page: _Page) -> Table:
    table = page.table("Risks: people whose way depends on it (times it is expected: estimate)")
    words: dict[str, str] = {}
    most: dict[str, int] = {}
    for course in page.courses:
        for item in course.exposures:
            words[item.hazard] = item.words
            most[item.hazard] = max(most.get(item.hazard, 0), item.people)
    for hazard in sorted(words, key=lambda name: (-most[name], name))[:MOST_ROWS]:
        page.add(table, words[hazard], partial(_exposed, hazard=hazard))
    return table


def _exposed(course: Course, hazard: str) -> str:
    for item in course.exposures:
        if item.hazard == hazard:
            times = "" if item.expected is None else f" ({item.expected:.1f})"
            return f"{number(item.people)}{times}"
    return "-"


def _parts(page: _Page) -> Table:
    table = page.table("Where they part: people")
    for item in page.comparison.partings[:MOST]:
        label = f"{item.kind} {item.title}"
        table.add_row(Text(label), *(number(people) for people in item.people))
    if any(item is not None for item in page.comparison.overlaps):
        texts = [_shared(page.comparison, index) for index in range(len(page.courses))]
        table.add_row(Text("movements as in the first"), *texts)
    return table


def _shared(comparison: Comparison, index: int) -> str:
    found = comparison.overlaps[index - 1] if index else None
    if found is None:
        return "-"
    at = found.parts_at
    return (
        "all"
        if at is None
        else f"{number(found.shared)} to {_moment(comparison.courses[index], at)}"
    )


def _limits(course: Course) -> str:
    """What binds, with the word estimate for what a tenth more would save."""
    if not course.limits:
        return "no single limit binds."
    texts = [
        f"{LIMITS.get(limit.kind, limit.kind + ' of {what}').format(what=limit.what)} "
        f"({number(limit.worth_danger_hours)})"
        for limit in course.limits[:MOST_LIMITS]
    ]
    return f"binds (a tenth more saves, estimate of danger-hours): {', '.join(texts)}."
