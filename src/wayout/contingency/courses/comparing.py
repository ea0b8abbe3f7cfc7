"""Several courses of action on one page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from wayout.clock import moment_of, tick_of
from wayout.contingency.courses.course import Course
from wayout.contingency.courses.parting import Overlap, Parting, overlap, partings

SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
"""Where in the time that all courses share people are counted."""


@dataclass(frozen=True, slots=True)
class SafeAt:
    """People safe at a moment, by course, in the order of the courses."""

    moment: datetime
    people: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """The courses, people safe at common moments, where they part, and what to beware of."""

    courses: tuple[Course, ...]
    safe_at: tuple[SafeAt, ...]
    partings: tuple[Parting, ...]
    overlaps: tuple[Overlap | None, ...]
    notes: tuple[str, ...]


def compare(courses: Sequence[Course]) -> Comparison:
    """Put courses of action side by side; the first is what the others are held against."""
    return Comparison(
        courses=tuple(courses),
        safe_at=_safe_at(courses),
        partings=partings(courses),
        overlaps=tuple(overlap(courses[0], course) for course in courses[1:]),
        notes=tuple(_notes(courses)),
    )


def _safe_at(courses: Sequence[Course]) -> tuple[SafeAt, ...]:
    """At quarters of the time from the latest start to the earliest deadline, on whole hours."""
    begins = max(course.scenario.start for course in courses)
    ends = min(moment_of(c.scenario.deadline, c.scenario.start) for c in courses)
    if ends <= begins:
        return ()
    length = tick_of(ends, begins)
    step = 60 if length >= 60 * len(SHARES) else 1
    ticks = sorted({int(length * share) // step * step for share in SHARES} | {length})
    return tuple(_counted(courses, moment_of(tick, begins)) for tick in ticks)


def _counted(courses: Sequence[Course], moment: datetime) -> SafeAt:
    people = (course.safe_at(tick_of(moment, course.scenario.start)) for course in courses)
    return SafeAt(moment, tuple(people))


def _notes(courses: Sequence[Course]) -> list[str]:
    """Why figures of different courses may not be held against each other."""
    first = courses[0]
    notes = []
    if any(course.outcome.people_total != first.outcome.people_total for course in courses):
        notes.append("They are not for the same number of people: compare shares.")
    clocks = {
        (course.scenario.start, moment_of(course.scenario.end, course.scenario.start))
        for course in courses
    }
    if len(clocks) > 1:
        notes.append(
            "Danger-hours are counted from each scenario's own start to its own end: compare them "
            "only between courses that share both."
        )
    if any(course.outcome.people_bound is None for course in courses):
        notes.append("Where no bound is given the plan carries no proof that holds.")
    return notes
