"""Ours and the peers on the same scenarios: same seconds, same judge, one after the other.

Each runs in a process of its own and writes a plan folder; ``wayout verify`` judges every folder.
Results are kept in ``benchmarks/peers.json``, so that one cell can be measured again.
"""

import dataclasses
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.measure import BYTES_PER_UNIT, PROGRAM
from benchmarks.peers.road import river_plain
from wayout.scenario.folder import write

OURS = "wayout"
GRIDS = ("highs-60", "highs-10", "cp-sat-60", "cp-sat-10")
CONTESTANTS = (OURS, "first-come", *GRIDS)
ROAD_ONLY = (*CONTESTANTS, "ccrp", "min-cost-flow")
RIVER_PLAIN = "river-plain"
SCENARIOS = ("solomon-1991", "raahat-2015", "kabul-2021", "kabul-2021-tight", RIVER_PLAIN)
GRACE = 120.0
"""Seconds on top of twice what was given, for reading, writing and late ends."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one contestant made of one scenario.

    ``curve`` has ours over time, row by row: seconds, people safe, most possible, danger-hours,
    least possible; None where not known yet.
    """

    scenario: str
    peer: str
    seconds: float
    accepted: bool
    note: str
    wall: float
    cpu: float
    peak: float
    used: float = 0.0
    people_safe: int | None = None
    danger_hours: float | None = None
    movements: int | None = None
    optimum: float | None = None
    people_total: int | None = None
    people_bound: float | None = None
    danger_bound: float | None = None
    danger_idle: float | None = None
    curve: list[list[float | None]] = field(default_factory=list)


def load(path: Path) -> dict[str, Outcome]:
    """Earlier outcomes by scenario and peer."""
    if not path.exists():
        return {}
    rows = json.loads(path.read_text(encoding="utf-8"))
    return {key_of(row["scenario"], row["peer"]): Outcome(**row) for row in rows}


def save(path: Path, outcomes: dict[str, Outcome]) -> None:
    """Keep the outcomes."""
    rows = [dataclasses.asdict(outcome) for _, outcome in sorted(outcomes.items())]
    text = ",\n".join(json.dumps(row) for row in rows)
    path.write_text(f"[\n{text}\n]\n", encoding="utf-8")


def key_of(scenario: str, peer: str) -> str:
    """Name of a cell."""
    return f"{scenario} {peer}"


def contestants(scenario: str) -> tuple[str, ...]:
    """Who is asked for a plan of a scenario."""
    return ROAD_ONLY if scenario == RIVER_PLAIN else CONTESTANTS


def compare(
    seconds: float, scenarios: Iterable[str], peers: Iterable[str], folder: Path, kept: Path
) -> dict[str, Outcome]:
    """Run every cell asked for, keep and say each at once; returns all outcomes there are."""
    outcomes, wanted = load(kept), set(peers)
    for scenario in scenarios:
        for peer in contestants(scenario):
            if peer in wanted:
                outcome = run_one(scenario, peer, seconds, folder)
                outcomes[key_of(scenario, peer)] = outcome
                save(kept, outcomes)
                print(_line(outcome), flush=True)
    return outcomes


def _line(outcome: Outcome) -> str:
    safe = "no plan" if outcome.people_safe is None else f"{outcome.people_safe:,} safe"
    danger = "" if outcome.danger_hours is None else f"{outcome.danger_hours:,.0f} danger-hours"
    return (
        f"{outcome.scenario:<18}{outcome.peer:<14}{safe:>14}{danger:>28}"
        f"{outcome.wall:>8.1f} s wall{outcome.cpu:>8.1f} s CPU  {outcome.note}"
    )


def run_one(scenario: str, peer: str, seconds: float, scenarios: Path) -> Outcome:
    """Plan in a process of its own, judge in another."""
    given = scenarios / scenario
    if scenario == RIVER_PLAIN and not given.exists():
        given = Path(tempfile.mkdtemp()) / scenario
        write(river_plain(), given)
    with tempfile.TemporaryDirectory() as name:
        plan, journal = Path(name) / "plan", Path(name) / "journal"
        command = [sys.executable, "-m", "benchmarks.peers.one", peer, str(given), str(plan)]
        command += ["--seconds", str(seconds)]
        if peer == OURS:
            command = [*PROGRAM, "plan", str(given), "--output", str(plan), "--json", "--quiet"]
            command += ["--time", str(seconds), "--progress-log", str(journal)]
        ended = _run(command, Path(name) / "out", 2 * seconds + GRACE)
        said, note = ended.said, ended.note or str(ended.said.get("note", ""))
        judged = _judged(plan) if said else {}
        curve = _curve(journal) if journal.exists() else []
    accepted = bool(judged.get("accepted"))
    outcome = Outcome(
        scenario,
        peer,
        seconds,
        accepted,
        note if accepted or not judged else f"refused by the judge; {note}",
        ended.wall,
        ended.cpu,
        ended.peak,
        used=float(said["seconds"]) if peer != OURS and said else min(seconds, ended.wall),
        optimum=said.get("optimum"),
        movements=said.get("movements"),
        curve=curve,
    )
    return _with_values(outcome, judged) if accepted else outcome


def _with_values(outcome: Outcome, judged: dict[str, Any]) -> Outcome:
    bounded = judged["bound_certified"]
    return dataclasses.replace(
        outcome,
        people_safe=judged["people_safe_by_deadline"],
        danger_hours=judged["danger_hours"],
        people_total=judged["people_total"],
        danger_idle=judged["danger_hours_if_nobody_moves"],
        people_bound=judged["people_safe_bound"] if bounded else None,
        danger_bound=judged["danger_hours_bound"] if bounded else None,
    )


@dataclass(frozen=True, slots=True)
class _Ended:
    said: dict[str, Any]
    note: str
    wall: float
    cpu: float
    peak: float


def _run(command: list[str], out: Path, most: float) -> _Ended:
    """Run to its end, or to the end of our patience."""
    began = time.monotonic()
    with out.open("wb") as printed, out.with_suffix(".err").open("wb") as complained:
        process = subprocess.Popen(command, stdout=printed, stderr=complained)
    note = ""
    while True:
        pid, status, used = os.wait4(process.pid, os.WNOHANG)
        if pid:
            break
        if time.monotonic() - began > most and not note:
            note = f"did not end within {most:.0f} s"
            process.kill()
        time.sleep(0.05)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode and not note:
        last = out.with_suffix(".err").read_text(encoding="utf-8", errors="replace").strip()
        note = f"ended with {process.returncode}: {(last.splitlines() or [''])[-1][:120]}"
    said = json.loads(out.read_text(encoding="utf-8")) if not process.returncode else {}
    cpu, peak = used.ru_utime + used.ru_stime, used.ru_maxrss * BYTES_PER_UNIT / 1e9
    return _Ended(said, note, time.monotonic() - began, cpu, peak)


def _judged(plan: Path) -> dict[str, Any]:
    """What ``wayout verify`` says, and two figures of the plan's own that it has compared."""
    if not plan.exists():
        return {}
    command = [*PROGRAM, "verify", str(plan), "--json"]
    done = subprocess.run(command, capture_output=True, check=False)
    judged: dict[str, Any] = json.loads(done.stdout)
    recorded = json.loads((plan / "plan.json").read_text(encoding="utf-8"))
    own = ("people_total", "danger_hours_if_nobody_moves")
    return {**judged, **{key: recorded[key] for key in own}}


def _curve(journal: Path) -> list[list[float | None]]:
    keys = ("elapsed", "people_safe", "people_bound", "danger_hours", "danger_bound")
    lines = journal.read_text(encoding="utf-8").splitlines()
    return [[step[key] for key in keys] for step in map(json.loads, lines)]
