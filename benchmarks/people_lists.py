"""Linking list by list beside linking all at once: whether the persons are the same, at what cost.

    python -m benchmarks.people_lists --people 30000 --seeds 1 2 3

As ``wayout people link`` does after each list: everything is learnt anew where the model is
outgrown, and else the new rows alone are compared. Results go to ``benchmarks/people_lists.json``;
the page of ``benchmarks.people`` shows them.
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import polars as pl

from benchmarks.people import pairs_within, rates
from wayout.registry.link.arrays import Longs
from wayout.registry.link.blocking import packed
from wayout.registry.link.model import grown
from wayout.registry.link.more import linked_more, table_of_more
from wayout.registry.link.outcomes import table
from wayout.registry.link.run import linked, world_of
from wayout.registry.link.saved import Fitted
from wayout.registry.link.words import Lexicon
from wayout.registry.linking import outgrown
from wayout.registry.synthesize import synthesize

RESULTS = Path(__file__).with_name("people_lists.json")


def merged(pairs: pl.DataFrame, place: dict[str, int]) -> Longs:
    """The pairs that are one person without anybody being asked, by the last row of each."""
    same = pairs.unique(["left", "right"], keep="last").filter(outcome="same")
    one, other = (
        np.array([place[name] for name in same[side]], np.int32) for side in ("left", "right")
    )
    return np.unique(packed(one, other))


def one_by_one(records: pl.DataFrame) -> tuple[pl.DataFrame, list[float]]:
    """The pairs after the last list, and the CPU seconds that each list took (0: learnt anew)."""
    sources = records["source"].unique(maintain_order=True).to_list()
    fitted: Fitted | None = None
    pairs, seconds = pl.DataFrame(), []
    for number in range(1, len(sources) + 1):
        some = records.filter(pl.col("source").is_in(sources[:number]))
        names, world = some["record"].to_list(), world_of(some, Lexicon())
        start = time.process_time()
        if fitted is None or outgrown(fitted, some.height, number):
            linkage = linked(world)
            fitted, pairs = Fitted(linkage.model, some.height, number), table(linkage, names)
            continue
        fresh = (some["source"] == sources[number - 1]).to_numpy()
        model = grown(fitted.model, some.height / fitted.num_records)
        added = table_of_more(linked_more(world, fresh, model), pairs, names)
        pairs = pl.concat([pairs, added])
        seconds.append(time.process_time() - start)
    return pairs, seconds


def measure(people: int, errors: str, seed: int) -> dict[str, object]:
    """Both ways on the same lists."""
    made = synthesize(people, errors=errors, half="test", seed=seed)
    records = made.records
    who = records.select("record").join(made.truth, on="record", how="left", maintain_order="left")
    true = pairs_within(who["person"].to_numpy().astype(np.int32))
    names = records["record"].to_list()
    place = {name: row for row, name in enumerate(names)}
    world = world_of(records, Lexicon())
    start = time.process_time()
    whole = merged(table(linked(world), names), place)
    busy = time.process_time() - start
    pairs, seconds = one_by_one(records)
    found = merged(pairs, place)
    return {
        "errors": errors,
        "seed": seed,
        "records": records.height,
        "at_once": rates(whole, true),
        "one_by_one": rates(found, true),
        "in_common": len(np.intersect1d(found, whole)) / len(np.union1d(found, whole)),
        "busy_at_once": busy,
        "busy_a_list": seconds,
    }


def main() -> None:
    """Measure and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=30_000)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    chosen = parser.parse_args()
    results = []
    for seed in chosen.seeds:
        for errors in ("moderate", "hard"):
            results.append(measure(chosen.people, errors, seed))
            RESULTS.write_text(json.dumps(results, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
