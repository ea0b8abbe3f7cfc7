"""``wayout plan`` from the outside, on the small scenario that ``wayout new`` writes."""

import json
import signal
import subprocess
import time
from pathlib import Path

import pytest
from tests.cli.program import COMMAND, ENVIRONMENT, Program

WRITTEN = {
    "plan.json",
    "movements.csv",
    "movements.parquet",
    "loads.parquet",
    "occupancy.parquet",
    "report.html",
    "plan.pdf",
    "scenario",
}


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def test_a_plan_is_written_and_summed_up(program: Program, small: Path, tmp_path: Path) -> None:
    ended = program("plan", small, "-o", tmp_path / "plan", "--work", 1)
    assert ended.code == 0
    assert {path.name for path in (tmp_path / "plan").iterdir()} == WRITTEN
    assert "people (" in ended.out
    assert str(tmp_path / "plan" / "report.html") in ended.out
    assert "proving what is possible" in ended.err


def test_json_is_one_object_and_quiet_is_quiet(
    program: Program, small: Path, tmp_path: Path
) -> None:
    ended = program("plan", small, "-o", tmp_path / "plan", "--work", 1, "--json", "--quiet")
    assert (ended.code, ended.err) == (0, "")
    figures = json.loads(ended.out)
    assert figures["scenario"] == "small"
    assert figures["people_safe_by_deadline"] <= figures["people_safe_bound"] + 1e-6
    assert figures["danger_hours"] >= figures["danger_hours_bound"] - 1e-6
    assert program("plan", small, "-o", tmp_path / "plan", "--work", 1, "-q").out == ""


def test_the_judge_accepts_what_was_planned(program: Program, small: Path, tmp_path: Path) -> None:
    planned = program("plan", small, "-o", tmp_path / "plan", "--work", 1, "--json", "-q")
    verified = program("verify", tmp_path / "plan", "--json")
    verdict, figures = json.loads(verified.out), json.loads(planned.out)
    assert verified.code == 0
    assert verdict["accepted"]
    assert verdict["bound_certified"]
    for name in ("people_safe_by_deadline", "danger_hours", "people_safe_bound"):
        assert verdict[name] == figures[name]


def test_the_same_work_gives_the_same_bytes(program: Program, small: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        program("plan", small, "-o", tmp_path / name, "--work", 3, "--seed", 7, "-q")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_a_plan_goes_under_plans_if_nobody_says(
    program: Program, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(small.parent)
    ended = program("plan", "small", "--work", 1, "--case", "high", "--json", "-q")
    assert json.loads(ended.out)["plan"] == "plans/small-high"
    assert (small.parent / "plans" / "small-high" / "plan.json").exists()


def test_the_objective_can_be_chosen(program: Program, small: Path, tmp_path: Path) -> None:
    chosen = ("--objective", "clear_fast", "--json", "-q")
    ended = program("plan", small, "-o", tmp_path / "plan", "--work", 1, *chosen)
    assert json.loads(ended.out)["objective"] == "clear_fast"


def test_the_progress_log_has_a_line_a_step(program: Program, small: Path, tmp_path: Path) -> None:
    log = tmp_path / "steps.jsonl"
    program("plan", small, "-o", tmp_path / "plan", "--work", 1, "-q", "--progress-log", log)
    steps = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert steps[-1]["phase"] == "write"
    assert [step["elapsed"] for step in steps] == sorted(step["elapsed"] for step in steps)
    assert any(step["people_safe"] is not None for step in steps)


def test_a_faulty_scenario_is_told_with_all_findings(program: Program, small: Path) -> None:
    table = small / "places.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("haven", "heaven"), "utf-8")
    ended = program("plan", small)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.count("heaven") >= 2
    assert "Traceback" not in ended.err
    as_object = program("plan", small, "--json")
    assert as_object.code == 1
    assert len(json.loads(as_object.out)["findings"]) >= 2


def test_warnings_are_counted_before_planning(program: Program, small: Path) -> None:
    table_of_places = small / "places.csv"
    header, *rows = table_of_places.read_text(encoding="utf-8").splitlines()
    unused = rows[0].split(",")
    unused[header.split(",").index("place")] = "unused"
    table_of_places.write_text("\n".join([header, *rows, ",".join(unused)]) + "\n", "utf-8")
    ended = program("plan", small, "-o", small)
    assert f"1 warning about the scenario; wayout check {small} shows" in ended.err


def test_a_folder_with_other_things_is_left_alone(
    program: Program, small: Path, tmp_path: Path
) -> None:
    kept = contents(small)
    ended = program("plan", small, "-o", small, "--work", 1)
    assert ended.code == 1
    assert "holds other files and no plan" in ended.err
    assert contents(small) == kept
    (tmp_path / "file").write_text("x", "utf-8")
    assert "is a file" in program("plan", small, "-o", tmp_path / "file").err


def test_ctrl_c_keeps_the_best_plan(small: Path, tmp_path: Path) -> None:
    log, plan = tmp_path / "steps.jsonl", tmp_path / "plan"
    command = [*COMMAND, "plan", str(small), "--json", "--output", str(plan)]
    command += ["--time", "60", "--progress-log", str(log)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, env=ENVIRONMENT) as process:
        deadline = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < deadline:
            if log.exists() and '"phase": "improve"' in log.read_text(encoding="utf-8"):
                process.send_signal(signal.SIGINT)
                break
            time.sleep(0.05)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err.decode()
    assert json.loads(out)["plan"] == str(plan)
    assert (plan / "report.html").exists()


@pytest.mark.long
def test_a_first_run_says_that_it_compiles(small: Path, tmp_path: Path) -> None:
    command = [*COMMAND, "plan", str(small), "--output", str(tmp_path / "plan"), "--time", "1"]
    told = []
    for _ in range(2):
        ended = subprocess.run(
            command, env=ENVIRONMENT | {"XDG_CACHE_HOME": str(tmp_path)}, capture_output=True
        )
        assert ended.returncode == 0
        told.append(b"compiling, once on this machine" in ended.stderr)
    assert told == [True, False]
