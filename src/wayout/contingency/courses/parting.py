"""Where courses of action part: which doors, havens and vehicles their people use."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from wayout.contingency.courses.course import Course
from wayout.plan.model import Movement
from wayout.scenario.places import PlaceKind

MOST = 8
"""Lines of difference that fit on a page."""


@dataclass(frozen=True, slots=True)
class Parting:
    """People by course, in the order of the courses, who use one thing."""

    kind: str
    what: str
    title: str
    people: tuple[int, ...]

    @property
    def spread(self) -> int:
        """How far apart the courses are."""
        return max(self.people) - min(self.people)


@dataclass(frozen=True, slots=True)
class Overlap:
    """Movements that a course shares with the first one, and the first minute at which they part.

    Only for plans of the same scenario; ``parts_at`` is None where they never part.
    """

    shared: int
    only_here: int
    only_there: int
    parts_at: int | None


def partings(courses: Sequence[Course]) -> tuple[Parting, ...]:
    """What the courses use differently, the largest difference first."""
    counts = [_uses(course) for course in courses]
    keys = sorted({key for count in counts for key in count})
    found = [
        Parting(kind, what, _title(courses, kind, what), tuple(c[kind, what] for c in counts))
        for kind, what in keys
    ]
    apart = [item for item in found if item.spread > 0]
    return tuple(sorted(apart, key=lambda item: (-item.spread, item.kind, item.what)))


def _uses(course: Course) -> Counter[tuple[str, str]]:
    """People by door (what is no home and no haven), by haven they first reach, by vehicle type."""
    kinds = {place.place: place.kind for place in course.scenario.places}
    types = {fleet.fleet: fleet.type for fleet in course.scenario.fleets}
    uses: Counter[tuple[str, str]] = Counter()
    for movement in course.plan.movements:
        if not movement.people:
            continue
        here, there = kinds[movement.origin], kinds[movement.destination]
        if here not in (PlaceKind.HOME, PlaceKind.HAVEN):
            uses["through", movement.origin] += movement.people
        if there is PlaceKind.HAVEN and here is not PlaceKind.HAVEN:
            uses["first haven", movement.destination] += movement.people
        if movement.fleet:
            uses["aboard", types[movement.fleet]] += movement.people
    return uses


def _title(courses: Sequence[Course], kind: str, what: str) -> str:
    for course in courses:
        if kind == "aboard":
            named = {v.type: v.name or v.type for v in course.scenario.vehicles}
        else:
            named = {place.place: place.title for place in course.scenario.places}
        if what in named:
            return named[what]
    return what


def overlap(first: Course, other: Course) -> Overlap | None:
    """How many movements two plans of the same scenario share; None for different scenarios."""
    if first.plan.scenario_hash != other.plan.scenario_hash:
        return None
    mine, theirs = _movements(first), _movements(other)
    shared = mine & theirs
    different = (mine - theirs) | (theirs - mine)
    return Overlap(
        shared=shared.total(),
        only_here=(theirs - mine).total(),
        only_there=(mine - theirs).total(),
        parts_at=min((key[2] for key in different), default=None),
    )


def _movements(course: Course) -> Counter[tuple[str, str, int, int]]:
    """Movements by fleet, link, departure and people: which vehicle of a fleet does not matter."""

    def key(movement: Movement) -> tuple[str, str, int, int]:
        return movement.fleet, movement.link, movement.depart, movement.people

    return Counter(key(movement) for movement in course.plan.movements)
