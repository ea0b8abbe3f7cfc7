"""Who is missing from this family: a question that stands until somebody has asked the family.

Of one group of volunteers in 2021 it is known that many relatives were never entered, and people
do not leave without them. So the question stands for every household, with what makes it urgent,
until an answer is on record; it opens again whenever the household changes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wayout.registry.eligibility.facts import Facts, without_adult
from wayout.registry.entries import Decision
from wayout.registry.households.proposing import Families
from wayout.registry.review.verdicts import standing_decisions

ASKED = "family-asked"
"""Kind of the decision that a family said who belongs to it."""


class Sign(StrEnum):
    """Why somebody may be missing, the most urgent first."""

    CHILD_ALONE = "children without an adult"
    CHILD_PERHAPS_ALONE = "children, and nobody who is surely an adult"
    OTHER_HOUSEHOLD = "some of them are also stated in another household"
    LISTS_DIFFER = "one list states fewer of them than another"
    CHANGED = "the household changed since the family was asked"
    NEVER_ASKED = "the family was never asked"


@dataclass(frozen=True, slots=True)
class Question:
    """A household to be asked who is missing, and why."""

    household: str
    persons: tuple[str, ...]
    signs: tuple[Sign, ...]


def questions(
    people: Iterable[Facts], families: Families, decisions: Iterable[Decision], on: date
) -> tuple[Question, ...]:
    """The open questions, the most urgent first."""
    facts = {one.person: one for one in people}
    answers = _answers(decisions)
    found = []
    for household, persons in families.members().items():
        members = [facts[person] for person in persons if person in facts]
        signs = _signs(members, household in families.torn, answers.get(household), persons, on)
        if signs:
            found.append(Question(household, persons, signs))
    urgency = {sign: position for position, sign in enumerate(Sign)}
    return tuple(sorted(found, key=lambda one: (urgency[one.signs[0]], one.household)))


def _answers(decisions: Iterable[Decision]) -> dict[str, tuple[str, ...]]:
    """The persons of each household when its family was last asked."""
    return {
        str(decision.body["household"]): tuple(decision.body["persons"])
        for decision in standing_decisions(decisions)
        if decision.kind == ASKED and decision.body["complete"]
    }


def _signs(
    members: Sequence[Facts],
    doubtful: bool,
    answer: tuple[str, ...] | None,
    persons: tuple[str, ...],
    on: date,
) -> tuple[Sign, ...]:
    if answer is not None and set(answer) == set(persons):
        return ()
    alone = without_adult(members, on)
    signs = {
        Sign.CHILD_ALONE: alone is True,
        Sign.CHILD_PERHAPS_ALONE: alone is None,
        Sign.OTHER_HOUSEHOLD: doubtful,
        Sign.LISTS_DIFFER: _differ(members),
        Sign.CHANGED: answer is not None,
        Sign.NEVER_ASKED: answer is None,
    }
    return tuple(sign for sign, holds in signs.items() if holds)


def _differ(members: Sequence[Facts]) -> bool:
    """Whether a list that has some of a household lacks others of it."""
    if len(members) < 2:
        return False
    sources: Mapping[str, int] = {
        source: sum(source in member.sources for member in members)
        for member in members
        for source in member.sources
    }
    return any(number < len(members) for number in sources.values()) and len(sources) > 1
