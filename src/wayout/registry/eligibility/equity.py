"""Who gains and who loses by an order: by place, sex, age and source.

For each group, the share of its people among the first called, against its share among all who
are eligible or not. A ratio below four fifths of the best-placed group's is marked (the rule of
thumb of the Uniform Guidelines on Employee Selection Procedures, 29 CFR 1607.4 D): a reason to
look, not a verdict. Groups too small to hide anybody are not shown by themselves.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from wayout.registry.eligibility.facts import Facts
from wayout.registry.eligibility.order import Order

LEAST_SHOWN = 10
FOUR_FIFTHS = 0.8
UNKNOWN = "not stated"
_TOO_FEW = "groups of fewer than 10"
_AGES = ((0, 5), (5, 18), (18, 65), (65, 9999))


@dataclass(frozen=True, slots=True)
class Group:
    """People of one kind: how many, how many of them among the first called, and the rate.

    ``ratio`` is the rate against that of the best-placed group of the same kind; ``marked`` says
    that it is below four fifths.
    """

    kind: str
    value: str
    num_people: int
    num_first: int
    rate: float
    ratio: float
    marked: bool


def equity(people: tuple[Facts, ...], order: Order, first: float = 0.25) -> tuple[Group, ...]:
    """Groups by place, sex, age and source; ``first`` is the share of people called first."""
    called = _called(order, round(first * len(people)))
    return tuple(
        group
        for kind, values in _KINDS.items()
        for group in _groups(kind, values, people, called, order.on)
    )


def _called(order: Order, num_people: int) -> frozenset[str]:
    """The people of the households that come first, until so many are called."""
    called: list[str] = []
    for standing in order.standings:
        if standing.place is None or len(called) >= num_people:
            break
        called += standing.persons
    return frozenset(called)


def _groups(
    kind: str,
    values: Callable[[Facts, date], tuple[str, ...]],
    people: tuple[Facts, ...],
    called: frozenset[str],
    on: date,
) -> list[Group]:
    members: dict[str, set[str]] = defaultdict(set)
    for facts in people:
        for value in values(facts, on):
            members[value].add(facts.person)
    small = [value for value, persons in members.items() if len(persons) < LEAST_SHOWN]
    for value in small:
        members[_TOO_FEW] |= members.pop(value)
    rates = {value: len(persons & called) / len(persons) for value, persons in members.items()}
    best = max((rates[value] for value in rates if value != UNKNOWN), default=0.0)
    return [
        Group(
            kind,
            value,
            len(members[value]),
            len(members[value] & called),
            rates[value],
            rates[value] / best if best else 1.0,
            bool(best) and rates[value] < FOUR_FIFTHS * best,
        )
        for value in sorted(members)
    ]


def _age(facts: Facts, on: date) -> tuple[str, ...]:
    if facts.birth is None:
        return (UNKNOWN,)
    age = facts.birth.years(on)[0]
    low, high = next((low, high) for low, high in _AGES if low <= age < high)
    return (f"{low} to {high - 1}" if high < 9999 else f"{low} and older",)


_KINDS: dict[str, Callable[[Facts, date], tuple[str, ...]]] = {
    "place": lambda facts, _: (facts.place or UNKNOWN,),
    "sex": lambda facts, _: (facts.sex or UNKNOWN,),
    "age": _age,
    "source": lambda facts, _: facts.sources or (UNKNOWN,),
}
