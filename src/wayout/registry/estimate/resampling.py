"""What else the table might have been: households drawn anew, and links that were wrong or missed.

A bootstrap with Poisson weights: each household counts a Poisson number of times, all its people
together, because a family enters a list together (Efron and Tibshirani 1993, by cluster). Where
only the table is known, people come in groups of a given average size.
"""

from dataclasses import dataclass

import numpy as np

from wayout.registry.estimate.overlaps import Float, Int, Overlaps, members_of


@dataclass(frozen=True, slots=True)
class Clerical:
    """A sample of links that a clerk checked.

    ``right`` of the ``made`` links joined one person; ``found`` of the ``due`` links were made.
    """

    right: int
    made: int
    found: int
    due: int

    @property
    def precision(self) -> float:
        """Share of links made that are right, by Jeffreys' rule."""
        return (self.right + 0.5) / (self.made + 1)

    @property
    def recall(self) -> float:
        """Share of links due that were found, by Jeffreys' rule."""
        return (self.found + 0.5) / (self.due + 1)

    def draw(self, num: int, rng: np.random.Generator) -> tuple[Float, Float]:
        """Precision and recall as they may be after such a sample (Jeffreys' posterior)."""
        precision = rng.beta(self.right + 0.5, self.made - self.right + 0.5, num)
        recall = rng.beta(self.found + 0.5, self.due - self.found + 0.5, num)
        return precision, recall


def inflation_of(overlaps: Overlaps, family_size: float) -> float:
    """How much more the counts vary than if everybody came alone; 1 or more.

    The sum of squares of what households bring to a pattern, over the people: 1 when nobody shares
    a pattern with one of the family.
    """
    if overlaps.households is None:
        return max(family_size, 1.0)
    squares = float((overlaps.households.astype(np.float64) ** 2).sum())
    return max(squares / max(overlaps.num_people, 1), 1.0)


def resampled(
    overlaps: Overlaps,
    num: int,
    family_size: float,
    clerical: Clerical | None,
    rng: np.random.Generator,
) -> Float:
    """Tables that might have been instead, one a row."""
    if overlaps.households is None:
        size = max(family_size, 1.0)
        tables = rng.poisson(overlaps.counts / size, size=(num, len(overlaps.counts))) * size
    else:
        drawn = [
            rng.poisson(1.0, len(overlaps.households)) @ overlaps.households for _ in range(num)
        ]
        tables = np.array(drawn, dtype=np.float64)
    if clerical is None:
        return tables.astype(np.float64)
    return relinked(tables.astype(np.float64), overlaps.num_lists, clerical, rng)


def corrected(overlaps: Overlaps, clerical: Clerical | None, rng: np.random.Generator) -> Float:
    """The table as it would be on average with right links; the table itself without a sample."""
    counts = overlaps.counts.astype(np.float64)
    if clerical is None:
        return counts
    copies = np.repeat(counts[None, :], 400, axis=0)
    mean: Float = relinked(copies, overlaps.num_lists, clerical, rng).mean(axis=0)
    return mean


def relinked(tables: Float, num_lists: int, clerical: Clerical, rng: np.random.Generator) -> Float:
    """Each table with wrong links cut and missed links made, at a precision and recall drawn.

    An observed overlap is the true one times recall over precision; left alone, that error goes
    straight into the total. Cutting a link of a person on k lists sets one of them apart;
    making one joins a person on one list to another on the others.
    """
    precision, recall = clerical.draw(len(tables), rng)
    people = np.round(tables).astype(np.int64)
    member = members_of(num_lists)
    order = sorted(range(len(member)), key=lambda row: (-int(member[row].sum()), row))
    repeated = [row for row in order if member[row].sum() > 1]
    for row in repeated:
        _cut(people, row, np.flatnonzero(member[row]).tolist(), precision, rng)
    kept = people.copy()
    for row in repeated:
        _join(people, kept[:, row], row, np.flatnonzero(member[row]).tolist(), recall, rng)
    return people.astype(np.float64)


def _cut(
    tables: Int,
    row: int,
    lists: list[int],
    precision: Float,
    rng: np.random.Generator,
) -> None:
    wrong = rng.binomial(tables[:, row], 1 - precision ** (len(lists) - 1))
    tables[:, row] -= wrong
    apart = rng.multinomial(wrong, np.full(len(lists), 1 / len(lists)))
    for column, position in enumerate(lists):
        alone = 1 << position
        tables[:, row - alone] += apart[:, column]
        tables[:, alone - 1] += apart[:, column]


def _join(
    tables: Int,
    kept: Int,
    row: int,
    lists: list[int],
    recall: Float,
    rng: np.random.Generator,
) -> None:
    missed = kept * (len(lists) - 1) / len(lists) * (1 - recall) / recall
    for position in lists:
        alone = 1 << position
        one, rest = alone - 1, row - alone
        joined = np.minimum(rng.poisson(missed), np.minimum(tables[:, one], tables[:, rest]))
        tables[:, one] -= joined
        tables[:, rest] -= joined
        tables[:, row] += joined
