"""The page ``docs/benchmarks-people.md``, written from the results."""

import json
from collections.abc import Sequence
from pathlib import Path
from statistics import mean

import polars as pl

from benchmarks.page import machine

HEAD = """# Linking, measured

Synthetic lists (nobody in them is real) with the errors of `wayout people synthesize`, of the half
of names that nothing was tuned on; every method gets the same rows in one run. Precision, recall
and F1 are over pairs of rows, after clustering where a method clusters (ours). *Merged alone* is
what is united without a person; the rest of the best guess goes to review. The made-up reviewer
gives 500 answers and errs in 2 of 100. Our thresholds are fixed beforehand; every other method is
shown at the threshold that is best on the truth, which nobody has in life. Mean over the seeds,
least and most in brackets; seconds of one core. `python -m benchmarks.people` writes this page.

"""
LISTS = Path(__file__).with_name("people_lists.json")
REGISTER = """
## A register of a million people

`tests/registry/store/test_size.py --long`: import (each row sealed), a table of everybody, look-ups
by the blind indexes, one erasure. On PostgreSQL, measured on 25 November 2026 on a machine with ten
other jobs, so that wall time says little; seconds of one core are ours, and the server's own were
46 in all.

| step | seconds | of one core | memory |
| --- | --- | --- | --- |
| import | 2,027 | 156 | 395 MiB |
| table of everybody | 2,152 | 69 | 1,805 MiB |
| look-up by telephone | 12.6 | 0.1 | |
| look-up by telephone and document | 2.3 | 0.0 | |
| erase one | 20.5 | 0.0 | |
| verify the log | 1.6 | 0.0 | |
"""
SCALE = Path(__file__).with_name("people_scale.json")


def write(results: Sequence[dict[str, object]], path: Path) -> None:
    """Write the page."""
    frame = pl.DataFrame(list(results))
    seeds = sorted(frame["seed"].unique())
    text = HEAD + f"{machine()}. Seeds {', '.join(map(str, seeds))}; one thread.\n"
    for errors in frame["errors"].unique(maintain_order=True):
        some = frame.filter(errors=errors)
        rows = round(mean(some["records"].to_list()))
        text += f"\n## {str(errors).capitalize()} errors, about {rows:,} rows\n\n"
        text += "| method | precision | recall | F1 | seconds |\n| --- | --- | --- | --- | --- |\n"
        for method in some["method"].unique(maintain_order=True):
            text += _row(str(method), some.filter(method=method))
    path.write_text(text + _scale() + _lists() + REGISTER, "utf-8")


def _row(method: str, rows: pl.DataFrame) -> str:
    cells = [_spread(rows[name].to_list()) for name in ("precision", "recall", "f1")]
    return f"| {method} | {' | '.join(cells)} | {mean(rows['seconds'].to_list()):.0f} |\n"


def _spread(values: list[float]) -> str:
    return f"{mean(values):.3f} ({min(values):.3f}–{max(values):.3f})"


def _scale() -> str:
    """What ``benchmarks.people_scale`` measured, if it ran."""
    if not SCALE.exists():
        return ""
    text = (
        "\n## Size\n\n`python -m benchmarks.people_scale`: moderate errors; memory with the "
        "synthetic lists themselves and the index. A request is one row against everyone.\n\n"
        "| rows | seconds | of one core | memory | index made in | request: median | most |\n"
        "| --- | --- | --- | --- | --- | --- | --- |\n"
    )
    for one in json.loads(SCALE.read_text("utf-8")).values():
        text += (
            f"| {one['records']:,} | {one['seconds']:.0f} | {one['busy']:.0f} "
            f"| {one['gigabytes']:.1f} GB | {one['index_seconds']:.0f} s "
            f"| {one['request_median_ms']:.0f} ms | {one['request_most_ms']:.0f} ms |\n"
        )
    return text


def _lists() -> str:
    """What ``benchmarks.people_lists`` measured, if it ran."""
    if not LISTS.exists():
        return ""
    text = (
        "\n## List after list\n\n`python -m benchmarks.people_lists`: five lists linked one by\n"
        "one, learnt anew when outgrown, beside all at once; merged without a\nperson. "
        "*Of one core*: scoring one list that came without learning anew, least and most.\n\n"
        "| errors, seed | rows | all at once: precision | F1 | one by one: precision | F1 "
        "| pairs in common | of one core: all | one list |\n"
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n"
    )
    for one in json.loads(LISTS.read_text("utf-8")):
        whole, found, seconds = one["at_once"], one["one_by_one"], one["busy_a_list"]
        text += (
            f"| {one['errors']}, {one['seed']} | {one['records']:,} "
            f"| {whole[0]:.4f} | {_f1(whole):.4f} | {found[0]:.4f} | {_f1(found):.4f} "
            f"| {one['in_common']:.1%} | {one['busy_at_once']:.0f} s "
            f"| {min(seconds):.1f}–{max(seconds):.1f} s |\n"
        )
    return text


def _f1(rates: Sequence[float]) -> float:
    precision, recall = rates
    return 2 * precision * recall / (precision + recall)
