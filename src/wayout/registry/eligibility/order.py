"""The order in which households are called, published so that it can be made again later.

A household has the best major and the best minor of its members, because it travels together. The
same people, rules and day give the same order and the same digest.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from wayout.registry.eligibility.deciding import Ranking, rank
from wayout.registry.eligibility.facts import Facts, without_adult
from wayout.registry.eligibility.rules import NOT_ELIGIBLE, Rules, Ties
from wayout.scenario.policy import MAJORS, MINORS

KIND = "published-order"
"""Kind of the decision that a publication is."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A household's place in the order, from 1, and its priority. Not eligible: no place.

    ``unaccompanied``: these are children without an adult; None where the ages are not known.
    """

    household: str
    priority: str
    place: int | None
    persons: tuple[str, ...]
    unaccompanied: bool | None = False


@dataclass(frozen=True, slots=True)
class Order:
    """What is published: the order, each person's reason, and what both follow from."""

    rules: Rules
    on: date
    standings: tuple[Standing, ...]
    rankings: tuple[Ranking, ...]
    records: Mapping[str, tuple[str, ...]]
    """The records of each person."""
    torn: tuple[str, ...] = ()
    """Households of which some are counted in another one until somebody decides."""

    @property
    def digest(self) -> str:
        """SHA-256 of the rules, the day, the order and every reason."""
        text = json.dumps(self.body_without_digest(), sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def body_without_digest(self) -> dict[str, Any]:
        """Identifiers, figures and rules as JSON holds them; no name."""
        return {
            "rules": self.rules.text,
            "version": self.rules.version,
            "on": self.on.isoformat(),
            "order": [
                [
                    standing.household,
                    standing.priority,
                    standing.place,
                    list(standing.persons),
                    standing.unaccompanied,
                ]
                for standing in self.standings
            ],
            "torn": list(self.torn),
            "records": {person: list(records) for person, records in self.records.items()},
            "reasons": [
                [one.person, one.priority, one.major_rule, one.minor_rule, list(one.open_rules)]
                for one in self.rankings
            ],
        }


def publish(people: Iterable[Facts], rules: Rules, on: date) -> Order:
    """Put households in order."""
    everybody = tuple(people)
    rankings = rank(everybody, rules, on)
    members: dict[str, list[Ranking]] = defaultdict(list)
    for ranking in rankings:
        members[ranking.household].append(ranking)
    arrival: dict[str, int] = {}
    families: dict[str, list[Facts]] = defaultdict(list)
    for facts in everybody:
        families[facts.household].append(facts)
        arrival[facts.household] = min(facts.arrival, arrival.get(facts.household, facts.arrival))
    priorities = {household: _priority(ranks) for household, ranks in members.items()}
    places = _places(priorities, arrival, rules)
    ordered = sorted(
        members, key=lambda household: (places.get(household, len(places) + 1), household)
    )
    standings = tuple(
        Standing(
            household,
            priorities[household],
            places.get(household),
            tuple(ranking.person for ranking in members[household]),
            without_adult(families[household], on),
        )
        for household in ordered
    )
    records = {facts.person: facts.records for facts in everybody}
    torn = tuple(sorted({facts.household for facts in everybody if facts.is_torn}))
    return Order(rules, on, standings, rankings, records, torn)


def _priority(rankings: list[Ranking]) -> str:
    majors = [ranking.major for ranking in rankings if ranking.major != NOT_ELIGIBLE]
    if not majors:
        return NOT_ELIGIBLE
    major = min(majors, key=MAJORS.index)
    return f"{major}-{min((ranking.minor for ranking in rankings), key=MINORS.index)}"


def _places(priorities: dict[str, str], arrival: dict[str, int], rules: Rules) -> dict[str, int]:
    eligible = [household for household, priority in priorities.items() if priority != NOT_ELIGIBLE]

    def key(household: str) -> tuple[int, int, int | str, str]:
        major, minor = priorities[household].split("-")
        tie = arrival[household] if rules.ties is Ties.ARRIVAL else lot(household, rules.seed)
        return MAJORS.index(major), MINORS.index(minor), tie, household

    return {household: place for place, household in enumerate(sorted(eligible, key=key), start=1)}


def lot(household: str, seed: int) -> str:
    """The lot that a household draws: anybody who knows the seed can draw it again."""
    return hashlib.sha256(f"{seed}:{household}".encode()).hexdigest()


def body_of(order: Order) -> dict[str, Any]:
    """The order as the body of a decision."""
    return {**order.body_without_digest(), "digest": order.digest}


@dataclass(frozen=True, slots=True)
class Why:
    """Why a person stands where it stands, from a publication."""

    person: str
    household: str
    place: int | None
    num_places: int
    priority: str
    household_priority: str
    major_rule: str
    minor_rule: str
    open_rules: tuple[str, ...]
    version: str
    on: str
    digest: str


def why(person: str, body: dict[str, Any]) -> Why | None:
    """The reason of one person in a publication's body; None if the person is not in it."""
    reasons = {row[0]: row for row in body["reasons"]}
    standing = next((row for row in body["order"] if person in row[3]), None)
    if person not in reasons or standing is None:
        return None
    _, priority, major_rule, minor_rule, open_rules = reasons[person]
    return Why(
        person=person,
        household=standing[0],
        place=standing[2],
        num_places=sum(row[2] is not None for row in body["order"]),
        priority=priority,
        household_priority=standing[1],
        major_rule=major_rule,
        minor_rule=minor_rule,
        open_rules=tuple(open_rules),
        version=body["version"],
        on=body["on"],
        digest=body["digest"],
    )
