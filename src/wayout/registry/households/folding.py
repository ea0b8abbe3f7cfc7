"""Households of records, from what lists state and what people decided since.

A list's own label makes the first households: rows of one list under one label are stated
together, a row without one is a household by itself. Joining and splitting are decisions; undo
takes them back. A household is named by its first record, so that names carry no meaning.

A merge of persons changes no household. It only proposes (see ``proposing``).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from wayout.registry.entries import Decision
from wayout.registry.review.verdicts import standing_decisions

JOIN = "join-households"
SPLIT = "split-household"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened to a household: the decision, its author and time, and what."""

    number: int
    what: str
    author: str
    time: datetime
    households: tuple[str, ...]
    reason: str | None


@dataclass(frozen=True, slots=True)
class Households:
    """The household of each record now, and how it came about."""

    of_record: Mapping[str, str]
    history: tuple[Change, ...] = ()

    def records(self) -> dict[str, tuple[str, ...]]:
        """The records of each household, in order of arrival."""
        found: dict[str, list[str]] = {}
        for record, household in self.of_record.items():
            found.setdefault(household, []).append(record)
        return {household: tuple(records) for household, records in found.items()}

    def history_of(self, household: str) -> tuple[Change, ...]:
        """What happened to a household, and to those that went into it or came out of it."""
        concerned, found = {household}, []
        for change in reversed(self.history):
            if concerned & set(change.households):
                concerned |= set(change.households)
                found.append(change)
        return tuple(reversed(found))


def stated(records: Iterable[tuple[str, str, str | None]]) -> dict[str, str]:
    """Household of each record as lists state it.

    ``records`` are identifier, source and the list's label, in order of arrival.
    """
    first: dict[tuple[str, str], str] = {}
    return {
        record: record if label is None else first.setdefault((source, label), record)
        for record, source, label in records
    }


def fold(of_record: Mapping[str, str], decisions: Iterable[Decision]) -> Households:
    """Apply the decisions that stand, in order, to what lists state."""
    folding = _Folding(of_record)
    history = []
    for decision in standing_decisions(decisions):
        if decision.kind == JOIN:
            concerned = folding.join(decision.body["households"])
        elif decision.kind == SPLIT:
            concerned = folding.split(decision.body["records"])
        else:
            continue
        history.append(
            Change(
                decision.number,
                decision.kind,
                decision.author,
                decision.time,
                concerned,
                decision.reason,
            )
        )
    return Households(folding.of_record, tuple(history))


class _Folding:
    """Households under change; each is named by the record of it that came first."""

    def __init__(self, of_record: Mapping[str, str]) -> None:
        self.of_record = dict(of_record)
        self.order = {record: position for position, record in enumerate(of_record)}
        self.members: dict[str, set[str]] = {}
        for record, household in of_record.items():
            self.members.setdefault(household, set()).add(record)

    def join(self, households: Sequence[str]) -> tuple[str, ...]:
        """Everybody of some households in one; names that are none any more are passed over."""
        joined = set[str]().union(*(self.members.pop(name, set()) for name in set(households)))
        named = self._name(joined)
        return tuple(dict.fromkeys([*named, *households]))

    def split(self, records: Sequence[str]) -> tuple[str, ...]:
        """Some records out of their households into one of their own; all are named anew."""
        apart = {record for record in records if record in self.of_record}
        ordered = sorted(apart, key=self.order.__getitem__)
        before = list(dict.fromkeys(self.of_record[record] for record in ordered))
        rests = [self.members.pop(name) - apart for name in before]
        after = [name for part in (apart, *rests) for name in self._name(part)]
        return tuple(dict.fromkeys([*before, *after]))

    def _name(self, records: set[str]) -> list[str]:
        """Name a household that has these records; none if it has none."""
        if not records:
            return []
        name = min(records, key=self.order.__getitem__)
        self.members[name] = records
        for record in records:
            self.of_record[record] = name
        return [name]
