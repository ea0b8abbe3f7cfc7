"""From the people of the register to overlap tables: on which lists each one is, by stratum."""

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum

import numpy as np

from wayout.registry.eligibility.facts import Facts
from wayout.registry.estimate.overlaps import Overlaps, overlaps_of, pattern_of

NOT_STATED = "not stated"


class Stratum(StrEnum):
    """What people may be divided by, so that those alike are estimated together."""

    PLACE = "place"
    SEX = "sex"
    NATIONALITY = "nationality"


_VALUE: dict[Stratum, Callable[[Facts], str | None]] = {
    Stratum.PLACE: lambda facts: facts.place,
    Stratum.SEX: lambda facts: facts.sex,
    Stratum.NATIONALITY: lambda facts: facts.nationality,
}


def sources_of(people: Iterable[Facts]) -> tuple[str, ...]:
    """Every list that has somebody, in alphabetical order."""
    return tuple(sorted({source for facts in people for source in facts.sources}))


def overlaps_in(people: Iterable[Facts], sources: Sequence[str]) -> Overlaps:
    """Who is on which of these lists; people on none of them are left out."""
    place = {source: position for position, source in enumerate(sources)}
    listed = [
        (pattern, facts.household)
        for facts in people
        if (pattern := pattern_of(place[one] for one in facts.sources if one in place))
    ]
    names = {
        household: number for number, household in enumerate(dict.fromkeys(h for _, h in listed))
    }
    patterns = np.array([pattern for pattern, _ in listed], dtype=np.int64)
    households = np.array([names[household] for _, household in listed], dtype=np.int64)
    return overlaps_of(tuple(sources), patterns, households)


def strata(people: Iterable[Facts], by: Stratum) -> dict[str, tuple[Facts, ...]]:
    """People by what the lists state of them, in alphabetical order."""
    found: dict[str, list[Facts]] = {}
    for facts in people:
        found.setdefault(_VALUE[by](facts) or NOT_STATED, []).append(facts)
    return {name: tuple(found[name]) for name in sorted(found)}
