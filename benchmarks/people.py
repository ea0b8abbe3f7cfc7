"""Linking measured: ours, with and without answers, beside plain Splink, fuzzy rules, exact keys.

    python -m benchmarks.people --people 82000 --seeds 1 2 3 4 5

Synthetic lists of the half of names that nothing was tuned on; each method gets the same rows in
one run. Results go to ``benchmarks/people.json`` as they come, and the page is made of that.
"""

import argparse
import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import polars as pl

from benchmarks.people_others import Scores, exact_keys, fuzzy_rules, plain_splink
from benchmarks.people_page import write
from wayout.registry.link.answers import questions, told_of
from wayout.registry.link.arrays import Doubles, Ints, Longs
from wayout.registry.link.outcomes import SURE, persons
from wayout.registry.link.run import Linkage, linked, told, world_of
from wayout.registry.link.scoring import NOTHING_TOLD, Told
from wayout.registry.link.words import Lexicon
from wayout.registry.synthesize import synthesize

RESULTS = Path(__file__).with_name("people.json")
NUM_ANSWERS, ROUNDS, REVIEWER_ERRS = 500, 5, 0.02


@dataclass(frozen=True, slots=True)
class Result:
    """One method on one set of lists: precision and recall over pairs of rows, and CPU seconds."""

    errors: str
    seed: int
    people: int
    records: int
    method: str
    precision: float
    recall: float
    seconds: float

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.precision * self.recall / max(1e-9, self.precision + self.recall)


def pairs_within(group: Ints) -> Longs:
    """Every pair of rows of one group, packed, sorted."""
    order = np.argsort(group, kind="stable").astype(np.int64)
    found = []
    step, left = 1, len(order) > 1
    while left:
        one, other = order[:-step], order[step:]
        same = group[one] == group[other]
        low, high = np.minimum(one, other)[same], np.maximum(one, other)[same]
        found.append((low << 32) | high)
        step, left = step + 1, bool(same.any()) and step + 1 < len(order)
    return np.unique(np.concatenate(found)) if found else np.empty(0, np.int64)


def rates(found: Longs, true: Longs) -> tuple[float, float]:
    """Precision and recall of pairs."""
    right = int(np.isin(found, true).sum())
    return right / max(1, len(found)), right / max(1, len(true))


def best(found: Longs, scores: Doubles, true: Longs) -> tuple[float, float]:
    """Precision and recall at the threshold with the best F1 on the truth."""
    order = np.argsort(-scores, kind="stable")
    right = np.cumsum(np.isin(found, true)[order])
    number = np.arange(1, len(found) + 1)
    last = np.append(np.diff(scores[order]) != 0, True)
    f1 = np.where(last, 2 * right / (number + len(true)), 0.0)
    place = int(np.argmax(f1))
    return float(right[place] / number[place]), float(right[place] / len(true))


def reviewed(linkage: Linkage, true: Longs, seed: int) -> tuple[Linkage, Told]:
    """The linkage after answers of a made-up reviewer who is wrong now and then."""
    draw = np.random.default_rng(seed)
    asked, said = np.empty(0, np.int64), np.empty(0, np.bool_)
    answers = NOTHING_TOLD
    for _ in range(ROUNDS):
        more = questions(linkage.scored, answers, NUM_ANSWERS // ROUNDS)
        wrong = draw.random(len(more)) < REVIEWER_ERRS
        asked, said = np.append(asked, more), np.append(said, np.isin(more, true) ^ wrong)
        answers = told_of(asked, said)
        linkage = told(linkage, answers)
    return linkage, answers


def ours(
    records: pl.DataFrame, true: Longs, seed: int
) -> list[tuple[str, tuple[float, float], float]]:
    """Without answers and with them; the best guess, and what is merged without a person."""
    start = time.process_time()
    linkage = linked(world_of(records, Lexicon()))
    guess = persons(linkage, sure=0.0)
    seconds = time.process_time() - start
    rows = [
        ("ours, no review", rates(pairs_within(guess), true), seconds),
        ("ours, no review, merged alone", rates(pairs_within(persons(linkage)), true), seconds),
    ]
    linkage, answers = reviewed(linkage, true, seed)
    seconds = time.process_time() - start
    for name, sure in (("", 0.0), (", merged alone", SURE)):
        found = pairs_within(persons(linkage, answers, sure))
        rows.append((f"ours, {NUM_ANSWERS} answers{name}", rates(found, true), seconds))
    return rows


OTHERS: dict[str, Callable[[pl.DataFrame], Scores]] = {
    "exact keys": exact_keys,
    "rapidfuzz rules": fuzzy_rules,
    "Splink, plain": plain_splink,
}


def measure(errors: str, seed: int, people: int) -> list[Result]:
    """Every method on one set of lists."""
    made = synthesize(people, errors=errors, half="test", seed=seed)
    records = made.records
    joined = records.select("record").join(
        made.truth, on="record", how="left", maintain_order="left"
    )
    true = pairs_within(joined["person"].to_numpy().astype(np.int32))
    rows = ours(records, true, seed)
    for name, method in OTHERS.items():
        start = time.process_time()
        found, scores = method(records)
        rows.append((name, best(found, scores, true), time.process_time() - start))
    return [
        Result(errors, seed, people, records.height, name, *found, seconds)
        for name, found, seconds in rows
    ]


def main() -> None:
    """Measure, keep, write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=82_000)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3, 4, 5])
    parser.add_argument("--page-only", action="store_true")
    chosen = parser.parse_args()
    results: list[dict[str, object]] = []
    if chosen.page_only:
        results = json.loads(RESULTS.read_text("utf-8"))
    for seed in () if chosen.page_only else chosen.seeds:
        for errors in ("moderate", "hard"):
            for result in measure(errors, seed, chosen.people):
                results.append({**asdict(result), "f1": result.f1})
            RESULTS.write_text(json.dumps(results, indent=1) + "\n", "utf-8")
    write(results, Path("docs/benchmarks-people.md"))


if __name__ == "__main__":
    main()
