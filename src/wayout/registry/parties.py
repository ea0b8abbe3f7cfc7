"""From published households to the parties of a scenario: no name, and no number that leads to one.

A party's identifier is drawn from the household's with a salt of the export, so that two exports
cannot be laid side by side without the register. What it stands for is kept in the register only,
as a decision, and ``manifest`` joins names back for a person with the role and a reason.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import polars as pl

from wayout.findings import Finding, Severity, Where
from wayout.scenario.faults import nearest
from wayout.scenario.model import Scenario
from wayout.scenario.parties import Party

KIND = "parties-exported"
"""Kind of the decision that says which persons each party was."""

FILE = "parties.csv"
STRETCHER, WHEELCHAIR = "stretcher", "wheelchair"


class Fault(StrEnum):
    """What can stand between households and parties."""

    NO_PLACE = "household-without-place"
    UNKNOWN_PLACE = "place-not-in-scenario"
    TWO_PLACES = "household-at-two-places"
    PERHAPS_ALONE = "children-perhaps-alone"
    NOBODY = "parties-nobody"


@dataclass(frozen=True, slots=True)
class Export:
    """Parties in the published order, the persons of each, and what was found.

    An error among the findings means that households would be left out: nothing is to be written.
    """

    parties: tuple[Party, ...]
    persons: Mapping[str, tuple[tuple[str, ...], ...]]
    """For each party the records of each of its persons."""
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Household:
    """A row of the published order."""

    household: str
    priority: str
    persons: tuple[str, ...]
    unaccompanied: bool | None


def known_places(scenario: Scenario, stated: Mapping[str, str]) -> dict[str, str]:
    """Place of the scenario by what lists call it: identifiers, names, and ``stated`` aliases."""
    found = {place.title.casefold(): place.place for place in scenario.places}
    found |= {place.place.casefold(): place.place for place in scenario.places}
    return found | {alias.casefold(): place for alias, place in stated.items()}


def export(
    order: Mapping[str, Any],
    records: pl.DataFrame,
    places: Mapping[str, str],
    salt: str,
    otherwise: str | None = None,
) -> Export:
    """Parties of every eligible household of a published order.

    ``records`` needs the columns record, needs and place; ``places`` is ``known_places``;
    ``otherwise`` is the place of households of which no list states a known one.
    """
    stated = {row[0]: (row[1], row[2]) for row in records.select("record", "needs", "place").rows()}
    of_person: Mapping[str, Sequence[str]] = order["records"]
    finder = _Places(places, otherwise)
    parties, persons, perhaps = [], {}, []
    for household in _eligible(order):
        rows = [
            [stated[record] for record in of_person[person] if record in stated]
            for person in household.persons
        ]
        place = finder.place(household.household, rows)
        if household.unaccompanied is None:
            perhaps.append(household.household)
        if place is not None:
            party = _party(household, rows, place, salt)
            parties.append(party)
            persons[party.party] = tuple(tuple(of_person[one]) for one in household.persons)
    findings = [
        *finder.findings(),
        *_others(perhaps, bool(parties or finder.unknown or finder.nowhere)),
    ]
    return Export(tuple(parties), persons, tuple(findings))


def _others(perhaps: Sequence[str], somebody: bool) -> list[Finding]:
    found = []
    if perhaps:
        message = f"Children, and nobody known to be an adult, are in: {_some(perhaps)}."
        cure = "Ask the families; until then they are planned as accompanied."
        found.append(_warning(Fault.PERHAPS_ALONE, message, cure))
    if not somebody:
        message, cure = "Nobody is eligible.", "Publish an order with people in it first."
        found.append(Finding(Fault.NOBODY, Severity.ERROR, Where(FILE), message, cure))
    return found


def _eligible(order: Mapping[str, Any]) -> Iterable[_Household]:
    for household, priority, place, persons, unaccompanied in order["order"]:
        if place is not None:
            yield _Household(household, priority, tuple(persons), unaccompanied)


_Rows = Sequence[Sequence[tuple[str | None, str | None]]]


def _party(household: _Household, rows: _Rows, place: str, salt: str) -> Party:
    needs = [{word for text, _ in person for word in (text or "").split()} for person in rows]
    return Party(
        party=party_name(household.household, salt),
        size=len(household.persons),
        place=place,
        priority=household.priority,
        stretchers=sum(STRETCHER in words for words in needs),
        wheelchairs=sum(WHEELCHAIR in words and STRETCHER not in words for words in needs),
        unaccompanied=household.unaccompanied is True,
    )


def party_name(household: str, salt: str) -> str:
    """Identifier of a party: 16 letters of 80 bits that nobody can turn back without the salt."""
    digest = hashlib.sha256(f"{salt}:{household}".encode()).digest()
    number = int.from_bytes(digest[:10], "big")
    return "".join(_LETTERS[number >> (5 * place) & 31] for place in range(16))


_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's letters: none is taken for another when read out aloud."""


class _Places:
    """Finds the place of each household, and keeps count of what cannot be placed."""

    def __init__(self, known: Mapping[str, str], otherwise: str | None) -> None:
        self.known, self.otherwise = known, otherwise
        self.unknown: Counter[str] = Counter()
        self.nowhere: list[str] = []
        self.apart: list[str] = []

    def place(self, household: str, rows: _Rows) -> str | None:
        """Where most of a household is; None where that is no place that is known."""
        stated = [_key(text) for person in rows if (text := _last(person)) is not None]
        found = Counter(self.known[key] for key in stated if key in self.known)
        strange = Counter(key for key in stated if key not in self.known)
        if self.otherwise is None and strange.total() > found.total():
            self.unknown[min(strange, key=lambda key: (-strange[key], key))] += 1
            return None
        if found:
            if len(found) > 1:
                self.apart.append(household)
            return min(found, key=lambda place: (-found[place], place))
        if self.otherwise is None:
            self.nowhere.append(household)
        return self.otherwise

    def findings(self) -> list[Finding]:
        """One finding for each place that is not known, and for each other matter."""
        found = [self._unknown(text, number) for text, number in sorted(self.unknown.items())]
        if self.nowhere:
            message = f"No list states where these households are: {_some(self.nowhere)}."
            cure = "Ask the families, or name a place for all of them with --otherwise."
            found.append(Finding(Fault.NO_PLACE, Severity.ERROR, Where(FILE), message, cure))
        if self.apart:
            message = f"The lists state these households at two places: {_some(self.apart)}."
            cure = "Each party is put where most of them are; ask the families."
            found.append(_warning(Fault.TWO_PLACES, message, cure))
        return found

    def _unknown(self, text: str, number: int) -> Finding:
        close = nearest(text, list(self.known))
        meant = f"Did you mean '{close}'? " if close else ""
        many = "1 household is" if number == 1 else f"{number:,} households are"
        message = f"{many} at '{text[:60]}', no place of the scenario."
        cure = f"{meant}Say which place it is with --places, or name one with --otherwise."
        return Finding(Fault.UNKNOWN_PLACE, Severity.ERROR, Where(FILE), message, cure)


def _some(households: Sequence[str]) -> str:
    shown = ", ".join(households[:5])
    return shown if len(households) <= 5 else f"{shown} and {len(households) - 5:,} more"


def _last(person: Sequence[tuple[str | None, str | None]]) -> str | None:
    """The place that the newest record of a person states."""
    return next((place for _, place in reversed(person) if place), None)


def _key(text: str) -> str:
    return " ".join(text.casefold().split())


def _warning(rule: Fault, message: str, cure: str) -> Finding:
    return Finding(rule, Severity.WARNING, Where(FILE), message, cure)


def body_of(made: Export, salt: str, scenario: str, digest: str) -> dict[str, Any]:
    """The body of the decision that keeps what each party stands for."""
    return {
        "scenario": scenario,
        "order": digest,
        "salt": salt,
        "parties": {
            party: [list(records) for records in persons] for party, persons in made.persons.items()
        },
    }
