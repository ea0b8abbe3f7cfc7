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
    found = dict(of_record)
    history = []
    for decision in standing_decisions(decisions):
        if decision.kind == JOIN:
            concerned = _join(found, decision.body["households"])
        elif decision.kind == SPLIT:
            concerned = _split(found, decision.body["records"])
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
    return Households(found, tuple(history))


def _join(found: dict[str, str], households: Sequence[str]) -> tuple[str, ...]:
    """Everybody of some households in one, named by the record that came first."""
    joined = [record for record, household in found.items() if household in households]
    for record in joined:
        found[record] = joined[0]
    return tuple(dict.fromkeys([*joined[:1], *households]))


def _split(found: dict[str, str], records: Sequence[str]) -> tuple[str, ...]:
    """Some records out of their households into one of their own; both are named anew."""
    apart = [record for record in found if record in set(records)]
    before = tuple(dict.fromkeys(found[record] for record in apart))
    for record in apart:
        found[record] = apart[0]
    after = []
    for household in before:
        rest = [record for record, of in found.items() if of == household and record not in apart]
        for record in rest:
            found[record] = rest[0]
        after += rest[:1]
    return tuple(dict.fromkeys([*before, *apart[:1], *after]))
