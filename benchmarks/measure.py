"""Run the program once as a user would, and measure the process from outside."""

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from benchmarks.table import Benchmark, Measure, Sample

PROGRAM = (sys.executable, "-P", "-m", "wayout")
BYTES_PER_UNIT = 1 if sys.platform == "darwin" else 1024
"""``ru_maxrss`` is in bytes on macOS and in kilobytes elsewhere."""


@dataclass(frozen=True, slots=True)
class Run:
    """Measures of one run: wall and CPU seconds, peak gigabytes, what the program printed."""

    wall: float
    cpu: float
    peak: float
    out: str


@dataclass(frozen=True, slots=True)
class Result:
    """One row of the page. ``values`` are by measure; ``accepted`` is the judge's word."""

    name: str
    people_safe: int
    people_total: int
    movements: int
    stopped_by: str
    cpu: float
    values: dict[str, float]
    accepted: bool


def run(*arguments: str, codes: tuple[int, ...] = (0,)) -> Run:
    """Run wayout to its end; raises RuntimeError with its messages on any other exit code."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        began = time.monotonic()
        process = subprocess.Popen([*PROGRAM, *arguments], stdout=out, stderr=err)
        # Unlike Popen.wait, this also hands back what this one process has used.
        _, status, used = os.wait4(process.pid, 0)
        wall = time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        printed, messages = _text(out), _text(err)
    if process.returncode not in codes:
        command = f"wayout {' '.join(arguments)}"
        raise RuntimeError(f"{command} ended with {process.returncode}:\n{messages}{printed}")
    peak = used.ru_maxrss * BYTES_PER_UNIT / 1e9
    return Run(wall, used.ru_utime + used.ru_stime, peak, printed)


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode()


def prepare(benchmark: Benchmark, scenarios: Path, folder: Path) -> Path:
    """The scenario's folder; a made-up one is written first."""
    if isinstance(benchmark.scenario, str):
        return scenarios / benchmark.scenario
    size: Sample = benchmark.scenario
    path = folder / benchmark.name
    numbers = {"people": size.people, "places": size.places, "days": size.days, "seed": size.seed}
    options = [word for name, value in numbers.items() for word in (f"--{name}", str(value))]
    run("sample", *options, "-o", str(path))
    return path


def measure(benchmark: Benchmark, scenario: Path, folder: Path) -> Result:
    """Plan once, verify the plan, and put the measures together."""
    plan, journal = folder / f"{benchmark.name}-plan", folder / f"{benchmark.name}.jsonl"
    arguments = ["plan", str(scenario), "--output", str(plan), "--case", benchmark.case]
    arguments += ["--objective", benchmark.objective, "--time", str(benchmark.seconds)]
    done = run(*arguments, "--json", "--quiet", "--progress-log", str(journal))
    figures = json.loads(done.out)
    verdict = json.loads(run("verify", str(plan), "--json", codes=(0, 1)).out)
    first = figures["seconds"]["read"] + first_plan(journal)
    values = {
        Measure.WALL: done.wall,
        Measure.FIRST_PLAN: first,
        Measure.LEFT_BEHIND: figures["people_total"] - figures["people_safe_by_deadline"],
        Measure.GAP_PEOPLE: figures["gap_people"],
        Measure.GAP_DANGER: figures["gap_danger"],
        Measure.PEAK: done.peak,
    }
    if figures["clear_minute"] and figures["clear_minute_bound"]:
        values[Measure.GAP_CLEAR] = figures["clear_minute"] / figures["clear_minute_bound"] - 1
    return Result(
        name=benchmark.name,
        people_safe=figures["people_safe_by_deadline"],
        people_total=figures["people_total"],
        movements=figures["movements"],
        stopped_by=figures["stopped_by"],
        cpu=done.cpu,
        values={str(name): value for name, value in values.items()},
        accepted=verdict["accepted"] and verdict["bound_certified"],
    )


def first_plan(journal: Path) -> float:
    """Seconds until the planner held a plan; infinite if it never said so."""
    for line in journal.read_text(encoding="utf-8").splitlines():
        step = json.loads(line)
        if step["people_safe"] is not None:
            return float(step["elapsed"])
    return float("inf")
