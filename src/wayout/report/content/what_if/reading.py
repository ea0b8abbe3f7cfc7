"""Reads the answers in a plan's folder; one that is damaged leaves a chapter that says so."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from wayout.plan.folder import WHAT_IF
from wayout.report.content.material import Material
from wayout.report.content.what_if import asks, courses, delay, losses, simulation
from wayout.report.content.what_if.chapter import Chapter, Heading
from wayout.report.content.what_if.values import DamagedError, Values, read
from wayout.report.text import count


@dataclass(frozen=True, slots=True)
class _Source:
    """A command, the heading of its chapter and what makes the chapter of its answer."""

    command: str
    heading: Heading
    make: Callable[[Values, Material], Chapter]

    @property
    def name(self) -> str:
        return f"{self.command}.json"


_SOURCES = (
    _Source("contingency", losses.HEADING, losses.chapter),
    _Source("ask", asks.HEADING, asks.chapter),
    _Source("delay", delay.HEADING, delay.chapter),
    _Source("simulate", simulation.HEADING, simulation.chapter),
    _Source("compare", courses.HEADING, courses.chapter),
)


def chapters_of(folder: Path, material: Material) -> tuple[Chapter, ...]:
    """The chapters of the answers in a plan's folder, in the order of the report."""
    answers = folder / WHAT_IF
    return tuple(
        _chapter(answers / source.name, source, material)
        for source in _SOURCES
        if (answers / source.name).exists()
    )


def _chapter(path: Path, source: _Source, material: Material) -> Chapter:
    try:
        found = read(path)
        _check_plan(found, material)
        return source.make(found, material)
    except DamagedError as error:
        words = (
            f"{WHAT_IF}/{path.name} cannot be read: {error}. Nothing of it is shown; "
            f"wayout {source.command} makes it anew."
        )
        return Chapter(source.heading, words)


def _check_plan(found: Values, material: Material) -> None:
    """An answer about other people is none about this plan."""
    given = found.part("base") if "base" in found.found else found
    if "plans" in found.found:
        given = courses.first_of(found)
    total, expected = given.number("people_total"), material.measures.people_total
    if total != expected:
        raise DamagedError(
            f"it is about {count(total)} people and the plan about {count(expected)}"
        )
