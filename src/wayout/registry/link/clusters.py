"""Pairs → persons: best first, and never through a pair that speaks against it.

Greedy additive edge contraction (Keuper et al. 2015, section 3.1): the two groups that most speaks
for are united, and what speaks for and against their members is added up; it ends where nothing
speaks for a union any more. A pair that was never scored speaks against, so strangers cannot be
chained together through one doubtful link; two rows that one list gives as two members of one
household, or that a reviewer called different, are never united.
"""

import heapq
from collections.abc import Iterable

UNSCORED = -2.0
"""Bits of a pair that no key brought together."""
NEVER = float("-inf")


def clusters(
    num_records: int,
    edges: Iterable[tuple[int, int, float]],
    household: list[int],
) -> list[int]:
    """The person of each record, as the number of the person's first record.

    Edges are pairs with the bits that speak for them (negative: against; minus infinity: never).
    """
    person = list(range(num_records))
    members: dict[int, list[int]] = {}
    near: dict[int, dict[int, float]] = {}
    heap: list[tuple[float, int, int]] = []
    for one, other, bits in edges:
        near.setdefault(one, {})[other] = bits
        near.setdefault(other, {})[one] = bits
        if bits > 0:
            heap.append((-bits, min(one, other), max(one, other)))
    heapq.heapify(heap)
    while heap:
        against, one, other = heapq.heappop(heap)
        current = near.get(one, {}).get(other)
        if current is None or current != -against:
            continue
        rows = members.get(one, [one]), members.get(other, [other])
        if _mates(*rows, household):
            near[one][other] = near[other][one] = NEVER
            continue
        members[one] = rows[0] + rows[1]
        for row in rows[1]:
            person[row] = one
        _unite(one, other, near, members, heap, len(rows[0]), len(rows[1]))
    first = {one: min(rows) for one, rows in members.items()}
    return [first.get(one, one) for one in person]


def _mates(rows: list[int], others: list[int], household: list[int]) -> bool:
    homes = {household[row] for row in rows if household[row] >= 0}
    return any(household[row] in homes for row in others)


def _unite(
    one: int,
    other: int,
    near: dict[int, dict[int, float]],
    members: dict[int, list[int]],
    heap: list[tuple[float, int, int]],
    num_one: int,
    num_other: int,
) -> None:
    """Add up what speaks for each neighbour of the two."""
    mine, theirs = near.pop(one), near.pop(other)
    joint: dict[int, float] = {}
    for third in mine.keys() | theirs.keys():
        if third in (one, other):
            continue
        num_third = len(members.get(third, [third]))
        bits = mine.get(third, UNSCORED * num_one * num_third) + theirs.get(
            third, UNSCORED * num_other * num_third
        )
        joint[third] = bits
        near[third].pop(other, None)
        near[third][one] = bits
        if bits > 0:
            heapq.heappush(heap, (-bits, min(one, third), max(one, third)))
    near[one] = joint
    members.pop(other, None)
