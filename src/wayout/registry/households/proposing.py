"""What a merge of persons means for households: who is where, and which households to ask about.

Two lists may state one family twice. Where everybody of one household is somebody of another,
joining them brings nobody together who was not stated together, and it is done. Otherwise the
person is counted where most of the family is, and the union is a proposal that people decide.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wayout.registry.households.folding import Households


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two households that share persons: to be joined by a person, or left apart."""

    one: str
    other: str
    shared: tuple[str, ...]
    num_one: int
    num_other: int


@dataclass(frozen=True, slots=True)
class Families:
    """Persons by household, each person once, and what is proposed.

    ``absorbed`` maps a household to the one that has all of its persons.
    """

    of_person: Mapping[str, str]
    absorbed: Mapping[str, str]
    proposals: tuple[Proposal, ...]

    @property
    def torn(self) -> frozenset[str]:
        """Households that share a person with another one, until somebody decides on the two."""
        return frozenset(name for one in self.proposals for name in (one.one, one.other))

    def members(self) -> dict[str, tuple[str, ...]]:
        """The persons of each household, in order of arrival."""
        found: dict[str, list[str]] = {}
        for person, household in self.of_person.items():
            found.setdefault(household, []).append(person)
        return {household: tuple(persons) for household, persons in found.items()}


def families_of(
    households: Households,
    persons: Mapping[str, str],
    left_apart: Sequence[tuple[str, str]] = (),
) -> Families:
    """Families from households of records and the person of each record.

    ``left_apart`` are pairs of households that people decided to leave apart.
    """
    stated: dict[str, list[str]] = defaultdict(list)
    for record, household in households.of_record.items():
        person = persons[record]
        if person not in stated[household]:
            stated[household].append(person)
    order = {household: position for position, household in enumerate(stated)}
    absorbed = _absorbed(stated, order)
    places: dict[str, list[str]] = defaultdict(list)
    for household, members in stated.items():
        if household not in absorbed:
            for person in members:
                places[person].append(household)
    of_person = {
        person: min(found, key=lambda name: (-len(stated[name]), order[name]))
        for person, found in places.items()
    }
    ordered = {person: of_person[person] for person in dict.fromkeys(persons.values())}
    apart = {frozenset(pair) for pair in left_apart}
    return Families(ordered, absorbed, _proposals(stated, places, order, apart))


def _absorbed(stated: Mapping[str, list[str]], order: Mapping[str, int]) -> dict[str, str]:
    """Households whose persons are all in one other: the larger, or the earlier of equals."""
    where: dict[str, set[str]] = defaultdict(set)
    for household, members in stated.items():
        for person in members:
            where[person].add(household)
    found: dict[str, str] = {}
    for household, members in stated.items():
        common = set.intersection(*(where[person] for person in members)) - {household}
        mine = (len(members), -order[household])
        larger = [other for other in common if (len(stated[other]), -order[other]) > mine]
        if larger:
            found[household] = max(larger, key=lambda other: (len(stated[other]), -order[other]))
    return found


def _proposals(
    stated: Mapping[str, list[str]],
    places: Mapping[str, list[str]],
    order: Mapping[str, int],
    apart: set[frozenset[str]],
) -> tuple[Proposal, ...]:
    shared: Counter[tuple[str, str]] = Counter()
    who: dict[tuple[str, str], list[str]] = defaultdict(list)
    for person, households in places.items():
        for position, one in enumerate(households):
            for other in households[position + 1 :]:
                pair = (one, other) if order[one] < order[other] else (other, one)
                shared[pair] += 1
                who[pair].append(person)
    ranked = sorted(
        (pair for pair in shared if frozenset(pair) not in apart),
        key=lambda pair: (-shared[pair], order[pair[0]], order[pair[1]]),
    )
    return tuple(
        Proposal(one, other, tuple(who[one, other]), len(stated[one]), len(stated[other]))
        for one, other in ranked
    )
