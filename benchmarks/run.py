"""``scripts/bench``: run the table, or one row of it, and write the page.

Results are kept in ``benchmarks/results.json``, so that one row can be measured again and the page
still has the others. Exits with 1 when a target was missed. ``--peers`` runs the comparison with
what one would use instead; its results are kept in ``benchmarks/peers.json``.
"""

import argparse
import dataclasses
import json
import sys
import tempfile
from pathlib import Path

import wayout
from benchmarks.measure import Result, measure, prepare, run
from benchmarks.page import machine, met, page, text
from benchmarks.peers.compare import ROAD_ONLY, SCENARIOS, compare
from benchmarks.peers.compare import load as load_peers
from benchmarks.peers.curves import pictures
from benchmarks.peers.section import section
from benchmarks.table import TABLE, Benchmark

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "results.json"
PEERS = ROOT / "benchmarks" / "peers.json"
PAGE = ROOT / "docs" / "benchmarks.md"


def load() -> dict[str, Result]:
    """The results of earlier runs."""
    if not RESULTS.exists():
        return {}
    kept = json.loads(RESULTS.read_text(encoding="utf-8"))
    return {name: Result(**fields) for name, fields in kept.items()}


def save(results: dict[str, Result]) -> None:
    """Keep the results."""
    kept = {name: dataclasses.asdict(result) for name, result in sorted(results.items())}
    RESULTS.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")


def _say(benchmark: Benchmark, result: Result) -> bool:
    """Print each target with its result; whether all were met and the plan was accepted."""
    for target in benchmark.targets:
        value = text(target.measure, result.values.get(target.measure))
        verdict = "met" if met(target, result) else "MISSED"
        most = text(target.measure, target.most)
        print(f"{benchmark.name:<20}{target.measure:<14}{value:>12}  target {most:>12}  {verdict}")
    if not result.accepted:
        print(f"{benchmark.name:<20}the plan was NOT ACCEPTED by wayout verify")
    return result.accepted and all(met(target, result) for target in benchmark.targets)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/bench", description="Measure the planner.")
    parser.add_argument("--date", required=True, help="date to print on the page, as 2026-11-23")
    names = [benchmark.name for benchmark in TABLE]
    parser.add_argument("--only", action="append", choices=names, help="measure this row only")
    parser.add_argument("--peers", action="store_true", help="compare with the peers instead")
    parser.add_argument("--seconds", type=float, default=600, help="for each peer, and for ours")
    parser.add_argument("--peer", action="append", choices=ROAD_ONLY, help="this one only")
    parser.add_argument("--scenario", action="append", choices=SCENARIOS, help="this one only")
    return parser.parse_args()


def main() -> int:
    """Measure, keep and write."""
    asked = _arguments()
    good = True
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        warm = ["--time", "1", "--quiet", "--output", str(folder / "warm")]
        run("plan", str(ROOT / "scenarios" / "solomon-1991"), *warm)
        if asked.peers:
            chosen = asked.scenario or SCENARIOS, asked.peer or ROAD_ONLY
            compare(asked.seconds, *chosen, ROOT / "scenarios", PEERS)
        else:
            good = _measure_table(asked.only, folder)
    _write_page(asked.date)
    return 0 if good else 1


def _measure_table(only: list[str] | None, folder: Path) -> bool:
    """Every row of the table that is asked for; whether all targets were met."""
    results, good = load(), True
    for benchmark in TABLE:
        if only and benchmark.name not in only:
            continue
        scenario = prepare(benchmark, ROOT / "scenarios", folder)
        results[benchmark.name] = measure(benchmark, scenario, folder)
        good &= _say(benchmark, results[benchmark.name])
        save(results)
    return good


def _write_page(date: str) -> None:
    """The page from all results there are, with a picture for each scenario of the peers."""
    outcomes = load_peers(PEERS)
    for name, picture in pictures(outcomes).items():
        (ROOT / "docs" / "images" / name).write_text(picture, encoding="utf-8")
    beside = section(outcomes)
    text = page(TABLE, load(), date, machine(), wayout.__version__, beside)
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
