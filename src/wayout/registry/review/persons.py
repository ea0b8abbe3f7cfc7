"""From pairs that are the same to persons, never across what keeps two records apart.

Apart are records that somebody called different, and records that one list gives as two members of
one household: whoever wrote the list had both before him.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from wayout.registry.review.verdicts import Pair, Standing, Verdict

_NOWHERE: frozenset[Hashable] = frozenset()


@dataclass(frozen=True, slots=True)
class Persons:
    """Which person each record is: the identifier of the person's first record.

    ``refused`` are pairs called the same that would have joined records that must stay apart.
    """

    of_record: Mapping[str, str]
    refused: tuple[Pair, ...] = ()

    def members(self) -> dict[str, tuple[str, ...]]:
        """The records of each person, in order of arrival."""
        found: dict[str, list[str]] = {}
        for record, person in self.of_record.items():
            found.setdefault(person, []).append(record)
        return {person: tuple(records) for person, records in found.items()}


def persons_of(
    records: Sequence[str],
    verdicts: Mapping[Pair, Verdict],
    linked: Iterable[tuple[str, str]] = (),
    stated: Mapping[str, Hashable] | None = None,
) -> Persons:
    """Persons over records in order of arrival.

    What people called the same is joined first, then what linking joined by itself (``linked``,
    best first), unless people called it something else. ``stated`` is the household that its list
    gives for a record, where it gives one; two records of one are never one person, whatever
    anybody says (if the list is wrong, its row is erased).
    """
    joining = _Joining(records, verdicts, stated or {})
    for pair, verdict in verdicts.items():
        if verdict.standing is Standing.SAME:
            joining.join(pair.left, pair.right)
    for left, right in linked:
        if Pair(*sorted((left, right))) not in verdicts:
            joining.join(left, right)
    return joining.persons()


class _Joining:
    """Sets of records under construction, with the sets that each must stay apart from."""

    def __init__(
        self,
        records: Sequence[str],
        verdicts: Mapping[Pair, Verdict],
        stated: Mapping[str, Hashable],
    ) -> None:
        self.order = {record: position for position, record in enumerate(records)}
        self.members = {record: [record] for record in records}
        self.root = {record: record for record in records}
        self.homes = {record: {stated[record]} for record in records if record in stated}
        self.apart: dict[str, set[str]] = {}
        self.refused: list[Pair] = []
        for pair, verdict in verdicts.items():
            if verdict.standing is Standing.DIFFERENT:
                self.apart.setdefault(pair.left, set()).add(pair.right)
                self.apart.setdefault(pair.right, set()).add(pair.left)

    def join(self, left: str, right: str) -> None:
        if left not in self.root or right not in self.root:
            return
        one, other = self.root[left], self.root[right]
        if one == other:
            return
        if self._must_stay_apart(one, other):
            self.refused.append(Pair(*sorted((left, right))))
            return
        if self.order[other] < self.order[one]:
            one, other = other, one
        for record in self.members[other]:
            self.root[record] = one
        self.members[one] += self.members.pop(other)
        if other in self.homes:
            self.homes.setdefault(one, set()).update(self.homes.pop(other))

    def _must_stay_apart(self, one: str, other: str) -> bool:
        if not self.homes.get(one, _NOWHERE).isdisjoint(self.homes.get(other, _NOWHERE)):
            return True
        smaller, larger = sorted((one, other), key=lambda root: len(self.members[root]))
        return any(
            self.root.get(stranger) == larger
            for record in self.members[smaller]
            for stranger in self.apart.get(record, ())
        )

    def persons(self) -> Persons:
        return Persons(dict(self.root), tuple(self.refused))
