"""The survivor: one person as all of its records together tell it, each field with its source.

Nothing is merged in the register; this is a view, made anew each time. For a field the value that
most sources state wins; among equals the one from the more trusted source, then the more exact,
then the newer list, then the earlier record. Needs and threats are all kept: nobody loses a
wheelchair because two lists forgot it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from wayout.registry.records import DatePrecision, Record

BIRTH = ("birth_year", "birth_month", "birth_day", "birth_precision")
GATHERED = ("needs", "threat")
_APART = {"record", "source", "household", *BIRTH, *GATHERED}
SINGLE = tuple(field.name for field in fields(Record) if field.name not in _APART)
"""Fields of which one value is picked; a birth date is picked as a whole."""

_EXACTNESS = {DatePrecision.DAY: 3, DatePrecision.MONTH: 2, DatePrecision.YEAR: 1}


@dataclass(frozen=True, slots=True)
class Chosen:
    """A value, the record and source it is from, why, and what the others say instead."""

    value: str | int
    record: str
    source: str
    why: str
    others: tuple[str | int, ...] = ()


@dataclass(frozen=True, slots=True)
class Survivor:
    """A person: the records, in order of arrival, and for each field stated what was picked."""

    person: str
    records: tuple[Record, ...]
    fields: Mapping[str, Chosen]

    def value(self, name: str) -> str | int | None:
        """The picked value of a field, or None."""
        chosen = self.fields.get(name)
        return None if chosen is None else chosen.value

    def text(self, name: str) -> str | None:
        """The picked value of a field as text, or None."""
        value = self.value(name)
        return None if value is None else str(value)

    @property
    def sources(self) -> tuple[str, ...]:
        """The lists that have the person, in order of arrival, each once."""
        return tuple(dict.fromkeys(record.source for record in self.records))


def survivor_of(person: str, records: Sequence[Record], trust: Sequence[str] = ()) -> Survivor:
    """View the records of one person as one; ``trust`` names sources, the best first.

    Records are in order of arrival. Lists that ``trust`` does not name come after those it does.
    """
    rank = {source: position for position, source in enumerate(trust)}
    found: dict[str, Chosen] = {}
    for name in SINGLE:
        stated = [(record, getattr(record, name)) for record in records]
        chosen = _pick([(record, value) for record, value in stated if value is not None], rank)
        if chosen is not None:
            found[name] = chosen
    found |= _birth(records, rank)
    for name in GATHERED:
        gathered = _gather(records, name)
        if gathered is not None:
            found[name] = gathered
    return Survivor(person, tuple(records), found)


def _pick(stated: list[tuple[Record, str | int]], rank: Mapping[str, int]) -> Chosen | None:
    """The value with the most sources behind it, told by its best record."""
    if not stated:
        return None
    sources: dict[str, set[str]] = {}
    for record, value in stated:
        sources.setdefault(_folded(value), set()).add(record.source)

    def worth(item: tuple[int, tuple[Record, str | int]]) -> tuple[int, int, int]:
        position, (record, value) = item
        return (-len(sources[_folded(value)]), rank.get(record.source, len(rank)), -position)

    _, (record, value) = min(enumerate(stated), key=worth)
    others = {_folded(other): other for _, other in stated if _folded(other) != _folded(value)}
    why = _why(len(sources[_folded(value)]), len(others), record.source in rank)
    return Chosen(value, record.record, record.source, why, tuple(others.values()))


def _folded(value: str | int) -> str:
    return " ".join(str(value).casefold().split())


def _why(agreeing: int, others: int, trusted: bool) -> str:
    if not others:
        return "the only value stated" if agreeing == 1 else f"{agreeing} lists say so"
    if agreeing > 1:
        return f"{agreeing} lists say so, more than anything else"
    return "from the more trusted list" if trusted else "from the newest list that says it"


def _birth(records: Sequence[Record], rank: Mapping[str, int]) -> dict[str, Chosen]:
    """The most exact birth date among those of the year that most sources state."""
    stated = [record for record in records if record.birth_year is not None]
    if not stated:
        return {}
    years = _pick([(record, record.birth_year or 0) for record in stated], rank)
    assert years is not None  # noqa: S101  # something was stated
    of_year = [record for record in stated if record.birth_year == years.value]
    best = max(
        enumerate(of_year),
        key=lambda item: (_exactness(item[1]), -rank.get(item[1].source, len(rank)), item[0]),
    )[1]
    why = f"{years.why}; the most exact date of that year"
    found = {"birth_year": Chosen(years.value, best.record, best.source, why, years.others)}
    if _exactness(best) >= _EXACTNESS[DatePrecision.MONTH] and best.birth_month is not None:
        found["birth_month"] = Chosen(best.birth_month, best.record, best.source, why)
    if _exactness(best) >= _EXACTNESS[DatePrecision.DAY] and best.birth_day is not None:
        found["birth_day"] = Chosen(best.birth_day, best.record, best.source, why)
    return found


def _exactness(record: Record) -> int:
    """How exact a birth date is; 1 January by default says no more than the year."""
    precision = record.birth_precision
    if precision == DatePrecision.DEFAULT:
        return 1
    if precision is not None:
        return _EXACTNESS.get(DatePrecision(precision), 0)
    return 1 + (record.birth_month is not None) + (record.birth_day is not None)


def _gather(records: Sequence[Record], name: str) -> Chosen | None:
    """Everything that any list states, once each."""
    stated = [record for record in records if getattr(record, name)]
    if not stated:
        return None
    if name == "needs":
        parts = [word for record in stated for word in record.needs.split()]  # type: ignore[union-attr]  # stated has needs
        text = " ".join(dict.fromkeys(parts))
    else:
        text = "; ".join(dict.fromkeys(str(getattr(record, name)) for record in stated))
    first = stated[0]
    return Chosen(text, first.record, first.source, "everything that any list states")
