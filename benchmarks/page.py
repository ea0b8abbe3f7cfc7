"""The page ``docs/benchmarks.md``, written from the results."""

import json
import os
import platform
from importlib.metadata import version
from pathlib import Path

from benchmarks.measure import Result
from benchmarks.scale import RESULTS, section
from benchmarks.table import Benchmark, Measure, Sample, Target

HEAD = """# Benchmarks

Whole runs of `wayout plan` as a user starts them, one after the other, measured from outside;
`scripts/bench --date DATE` writes this page. *Time* is what the planner was given; reading the
scenario and writing the plan with its report come on top and are in *wall*. The program is run
once before, so that its compiled code is on disk. Every plan is verified afterwards: *verified*
means that `wayout verify` accepted the timetable and recomputed the bound.

"""
PACKAGES = ("highspy", "numba", "numpy", "polars", "scipy")
COLUMNS = (
    "benchmark",
    "time",
    "people safe",
    "gap people",
    "gap danger",
    "gap clear",
    "first plan",
    "wall",
    "CPU",
    "peak",
    "movements",
    "verified",
)


def machine() -> str:
    """The machine and the versions, in one line."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    system = f"{platform.system()} {platform.machine()}"
    python = f"Python {platform.python_version()}"
    return f"{_processor()}, {os.cpu_count()} cores, {system}; {python}, {packages}"


def _processor() -> str:
    path = Path("/proc/cpuinfo")
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            name, _, value = line.partition(":")
            if name.strip() == "model name":
                return value.strip()
    return platform.processor() or "unknown processor"


def text(measure: Measure, value: float | None) -> str:
    """A measured value with its unit; a dash where there is none."""
    if value is None:
        return "–"
    if measure is Measure.LEFT_BEHIND:
        return f"{value:,.0f} people"
    if measure is Measure.PEAK:
        return f"{value:.2f} GB"
    if measure in (Measure.WALL, Measure.FIRST_PLAN):
        return f"{value:.1f} s"
    return f"{100 * value:.2f} %"


def met(target: Target, result: Result) -> bool:
    """Whether the result is as good as asked for; a measure that is missing is not."""
    value = result.values.get(target.measure)
    return value is not None and value <= target.most


def page(
    table: tuple[Benchmark, ...],
    results: dict[str, Result],
    date: str,
    where: str,
    release: str,
    beside: str = "",
) -> str:
    """The whole page; ``beside`` is the part about what one would use instead."""
    rows = [
        (benchmark, results[benchmark.name]) for benchmark in table if benchmark.name in results
    ]
    parts = [HEAD, f"wayout {release}, {date}. {where}.\n\n"]
    parts += [_grid(COLUMNS, [_row(benchmark, result) for benchmark, result in rows]), "\n"]
    parts += [
        "## Targets\n\n",
        _grid(("benchmark", "measure", "target", "result", ""), _targets(rows)),
    ]
    parts += ["\n## What they are\n\n", *(_description(benchmark) for benchmark, _ in rows)]
    if RESULTS.exists():
        parts.append(section(json.loads(RESULTS.read_text())))
    parts.append(beside)
    return "".join(parts)


def _grid(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [header, tuple("---" for _ in header), *rows]
    return "".join("| " + " | ".join(cells) + " |\n" for cells in lines)


def _row(benchmark: Benchmark, result: Result) -> tuple[str, ...]:
    def shown(measure: Measure) -> str:
        return text(measure, result.values.get(measure))

    return (
        benchmark.name,
        f"{benchmark.seconds:g} s",
        f"{result.people_safe:,} of {result.people_total:,}",
        shown(Measure.GAP_PEOPLE),
        shown(Measure.GAP_DANGER),
        shown(Measure.GAP_CLEAR),
        shown(Measure.FIRST_PLAN),
        shown(Measure.WALL),
        f"{result.cpu:.1f} s",
        shown(Measure.PEAK),
        f"{result.movements:,}",
        "yes" if result.accepted else "**no**",
    )


def _targets(rows: list[tuple[Benchmark, Result]]) -> list[tuple[str, ...]]:
    return [
        (
            benchmark.name,
            target.measure,
            f"≤ {text(target.measure, target.most)}",
            text(target.measure, result.values.get(target.measure)),
            "met" if met(target, result) else "**missed**",
        )
        for benchmark, result in rows
        for target in benchmark.targets
    ]


def _description(benchmark: Benchmark) -> str:
    what = benchmark.scenario
    if isinstance(what, Sample):
        source = (
            f"`wayout sample --people {what.people} --places {what.places} --days {what.days} "
            f"--seed {what.seed}`"
        )
    else:
        source = f"[scenarios/{what}](../scenarios/{what}/README.md)"
    how = f"{benchmark.case} case, objective `{benchmark.objective}`"
    return f"- **{benchmark.name}**: {source}, {how}\n"
