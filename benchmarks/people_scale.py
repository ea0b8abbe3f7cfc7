"""Linking at size: seconds and memory of one run, and how long one new request takes.

    python -m benchmarks.people_scale --people 840000

Results go to ``benchmarks/people_scale.json``, one entry a size; the page of ``benchmarks.people``
shows them.
"""

import argparse
import json
import resource
import time
from pathlib import Path

import numpy as np
import polars as pl

from benchmarks.people import pairs_within, rates
from wayout.registry.link.index import Index
from wayout.registry.link.outcomes import persons, table
from wayout.registry.link.run import linked, world_of
from wayout.registry.link.words import Lexicon
from wayout.registry.synthesize import synthesize

RESULTS = Path(__file__).with_name("people_scale.json")
NUM_REQUESTS = 200


def measure(people: int, seed: int) -> dict[str, float]:
    """Link that many people's lists (moderate errors), then ask for rows of them again."""
    made = synthesize(people, errors="moderate", half="test", seed=seed)
    records, truth = made.records, made.truth
    del made
    who = records.select("record").join(truth, on="record", how="left", maintain_order="left")
    start, cpu = time.perf_counter(), time.process_time()
    lexicon = Lexicon()
    linkage = linked(world_of(records, lexicon))
    names = records["record"].to_list()
    pairs = table(linkage, names)
    seconds, busy = time.perf_counter() - start, time.process_time() - cpu
    found = pairs_within(persons(linkage))
    true = pairs_within(who["person"].to_numpy().astype(np.int32))
    precision, recall = rates(found, true)
    start = time.perf_counter()
    index = Index(linkage.world, linkage.model, names, lexicon)
    built = time.perf_counter() - start
    waits = _waits(index, records.sample(NUM_REQUESTS, seed=seed))
    return {
        "records": records.height,
        "pairs": pairs.height,
        "seconds": seconds,
        "busy": busy,
        "gigabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20,
        "precision": precision,
        "recall": recall,
        "index_seconds": built,
        "request_median_ms": 1000 * float(np.median(waits)),
        "request_most_ms": 1000 * float(np.max(waits[1:])),
    }


def _waits(index: Index, requests: pl.DataFrame) -> list[float]:
    """Seconds that each request takes, as a row of a list of its own."""
    waits = []
    for number in range(requests.height):
        one = requests[number].with_columns(
            record=pl.lit(f"request {number}"),
            source=pl.lit("desk"),
            household=pl.lit(None, dtype=pl.String),
        )
        start = time.perf_counter()
        index.match(one)
        waits.append(time.perf_counter() - start)
    return waits


def main() -> None:
    """Measure one size and keep it beside the others."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=840_000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    kept = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
    kept[str(chosen.people)] = measure(chosen.people, chosen.seed)
    RESULTS.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
