"""New rows linked with everyone, under a model that was learnt before: no old pair is scored again.

The pairs of old rows keep their scores, because a score depends on the two households of a pair
and on the model alone. Who is whom may change all the same, where a new row speaks for or against
what joins old ones: so the persons that new pairs touch are made anew, and only these. The result
is that of :func:`~wayout.registry.link.clusters.clusters` over all pairs, old and new, because
what nothing speaks for (a *component* of pairs above the threshold) is never united.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import polars as pl
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from wayout.registry.link.arrays import Doubles, Flags, Ints, Longs
from wayout.registry.link.blocking import candidates, packed
from wayout.registry.link.clusters import clusters
from wayout.registry.link.fit import Rates
from wayout.registry.link.model import Model
from wayout.registry.link.outcomes import (
    LEAST_KEPT,
    SURE,
    numbered,
    outcomes,
    rows_of,
    settle,
    settled,
)
from wayout.registry.link.run import Linkage
from wayout.registry.link.scoring import (
    NOTHING_TOLD,
    Told,
    World,
    measured,
    promising,
    scored,
    with_households,
)


class _Edges(NamedTuple):
    """Pairs of rows with their settled odds."""

    one: Ints
    other: Ints
    odds: Doubles


def linked_more(world: World, fresh: Flags, model: Model, answers: Told = NOTHING_TOLD) -> Linkage:
    """Every pair with a fresh row, and every pair that somebody answered, under a known model."""
    found = candidates(world.people, world.table, fresh)
    pairs = promising(world, found, model.weights, Rates(model.match, model.mate))
    whole = with_households(world, pairs, answers)
    groups, agreed, bits = measured(world, whole, model.weights, answers)
    return Linkage(world, model, pairs, scored(world, groups, agreed, bits, model.overlap))


def table_of_more(
    linkage: Linkage, earlier: pl.DataFrame, records: Sequence[str], answers: Told = NOTHING_TOLD
) -> pl.DataFrame:
    """What ``linked_more`` adds to a table of pairs: new rows, and old ones with another outcome.

    Later rows of a pair stand for earlier ones. ``earlier`` is as ``outcomes.table`` gives it;
    pairs of records that are gone count for nothing.
    """
    one, other, kept = _numbered(earlier, records, linkage)
    old = earlier.filter(kept)
    key = packed(one, other)
    before = _Edges(one, other, settle(key, old["score"].to_numpy().astype(np.float64), answers))
    scored = linkage.scored
    after = _Edges(scored.groups.one, scored.groups.other, settled(scored, answers))
    united, touched = _persons(linkage.world, before, after)
    outcome = outcomes(united[one] == united[other], before.odds)
    changed = touched[one] & touched[other] & (outcome != old["outcome"].to_numpy())
    again = old.with_columns(outcome=pl.Series(outcome.tolist(), dtype=pl.String)).filter(changed)
    new = rows_of(linkage, united, records, answers)
    return pl.concat([again, new], how="diagonal_relaxed")


def _numbered(
    earlier: pl.DataFrame, records: Sequence[str], linkage: Linkage
) -> tuple[Ints, Ints, pl.Series]:
    """The rows of the earlier pairs that are still there and were not scored anew, and which."""
    place = pl.DataFrame({"name": records, "row": np.arange(len(records), dtype=np.int32)})
    both = [
        earlier.select(name=side).join(place, on="name", how="left", maintain_order="left")["row"]
        for side in ("left", "right")
    ]
    there = both[0].is_not_null() & both[1].is_not_null()
    one, other = (side.fill_null(0).to_numpy().astype(np.int32) for side in both)
    again = np.isin(packed(one, other), numbered(linkage.scored))
    kept = there & pl.Series(~again)
    chosen = kept.to_numpy()
    return one[chosen], other[chosen], kept


def _persons(world: World, before: _Edges, after: _Edges) -> tuple[Ints, Flags]:
    """The person of every row that new pairs touch (others stand for themselves); which these are.

    Rows are touched whose component has a row of a new pair.
    """
    edges = _Edges(
        np.concatenate([before.one, after.one]),
        np.concatenate([before.other, after.other]),
        np.concatenate([before.odds, after.odds]),
    )
    number = world.people.num_records
    bits = edges.odds - SURE
    part = _parts(edges, bits > 0, number)
    met = np.zeros(int(part.max(initial=0)) + 1, np.bool_)
    met[part[after.one]] = met[part[after.other]] = True
    touched = met[part]
    inside = touched[edges.one] & (part[edges.one] == part[edges.other])
    inside &= (bits > LEAST_KEPT) | np.isneginf(bits)
    rows = np.flatnonzero(touched)
    place = np.full(number, -1, np.int32)
    place[rows] = np.arange(len(rows), dtype=np.int32)
    listed = zip(
        place[edges.one[inside]].tolist(),
        place[edges.other[inside]].tolist(),
        bits[inside].tolist(),
        strict=True,
    )
    found = clusters(len(rows), listed, world.people.household[rows].tolist())
    united = np.arange(number, dtype=np.int32)
    united[rows] = rows[np.array(found, dtype=np.int64)] if len(rows) else rows
    return united, touched


def _parts(edges: _Edges, speaks: Flags, number: int) -> Longs:
    """The component of every row over the pairs that something speaks for."""
    one, other = edges.one[speaks], edges.other[speaks]
    graph = coo_array((np.ones(len(one), np.int8), (one, other)), shape=(number, number))
    part: Longs = connected_components(graph, directed=False)[1].astype(np.int64)
    return part
