"""Everything that is known of the people at one moment, made anew from records and decisions.

    view = view_of(register.records(role, reason), register.decisions(), register.pairs())
    view.survivors, view.families, view.facts

Nothing here is stored: the register keeps rows, scores and decisions, and the same ones give the
same view.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields

import polars as pl

from wayout.registry.eligibility.facts import Facts
from wayout.registry.entries import Decision
from wayout.registry.households.facts import facts_of
from wayout.registry.households.folding import Households, fold, stated
from wayout.registry.households.proposing import Families, families_of
from wayout.registry.records import Record
from wayout.registry.review.persons import Persons, persons_of
from wayout.registry.review.verdicts import Pair, Verdict, standing_decisions, verdicts
from wayout.registry.survivor import Survivor, survivor_of

LEFT_APART = "leave-apart"
"""Kind of the decision that two households which share a person are not one."""

OUTCOME, SAME = "outcome", "same"
_FIELDS = tuple(field.name for field in fields(Record))


@dataclass(frozen=True, slots=True)
class View:
    """Records by identifier in order of arrival, and all that follows from them."""

    records: Mapping[str, Record]
    verdicts: Mapping[Pair, Verdict]
    persons: Persons
    households: Households
    families: Families
    survivors: Mapping[str, Survivor]
    facts: tuple[Facts, ...]


def records_of(frame: pl.DataFrame) -> dict[str, Record]:
    """The records of a table, in its order."""
    rows = frame.select(_FIELDS).iter_rows()
    return {row[0]: Record(*row) for row in rows}


def linked_of(pairs: pl.DataFrame) -> list[tuple[str, str]]:
    """The pairs that linking calls the same without a person, best first."""
    if OUTCOME not in pairs.columns:
        return []
    same = pairs.filter(pl.col(OUTCOME) == SAME)
    ordered = same.sort(["score", "left", "right"], descending=[True, False, False])
    return list(ordered.select("left", "right").iter_rows())


def view_of(
    frame: pl.DataFrame,
    decisions: Iterable[Decision],
    pairs: pl.DataFrame,
    trust: Sequence[str] = (),
    lists: Mapping[str, str] | None = None,
) -> View:
    """The people of a table of records in order of arrival; ``trust`` as in ``survivor_of``.

    ``lists`` is the list of each record; without it a source is taken to have made one only.
    """
    records, made = records_of(frame), tuple(decisions)
    found = verdicts(made)
    came_in = lists or {}
    mates = {
        one.record: (came_in.get(one.record, one.source), one.household)
        for one in records.values()
        if one.household
    }
    persons = persons_of(tuple(records), found, linked_of(pairs), mates)
    rows = ((one.record, one.source, one.household) for one in records.values())
    known = (decision for decision in made if _known(decision, records))
    households = fold(stated(rows), known)
    apart = [
        (decision.body["households"][0], decision.body["households"][1])
        for decision in standing_decisions(made)
        if decision.kind == LEFT_APART
    ]
    families = families_of(households, persons.of_record, apart)
    survivors = {
        person: survivor_of(person, [records[record] for record in members], trust)
        for person, members in persons.members().items()
    }
    arrival = {record: position for position, record in enumerate(records)}
    facts = facts_of(survivors.values(), families.of_person, arrival, families.torn)
    return View(records, found, persons, households, families, survivors, facts)


def _known(decision: Decision, records: Mapping[str, Record]) -> bool:
    """Whether a join or split is of records that are still there and open to the reader."""
    concerned = [*decision.body.get("households", ()), *decision.body.get("records", ())]
    return not concerned or any(one in records for one in concerned)
