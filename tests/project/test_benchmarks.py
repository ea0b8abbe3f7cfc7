"""The benchmark page says what was measured against what was asked for."""

import json
from pathlib import Path

import pytest
from benchmarks.measure import Result, first_plan
from benchmarks.page import met, page
from benchmarks.table import TABLE, Benchmark, Measure, Target

from wayout.scenario.policy import Objective

ROOT = Path(__file__).resolve().parents[2]


def result(**values: float) -> Result:
    measured = {name.replace("_", " "): value for name, value in values.items()}
    return Result("kabul-2021", 119, 120, 8000, "time", 171.0, measured, accepted=True)


@pytest.mark.parametrize("benchmark", TABLE, ids=lambda benchmark: benchmark.name)
def test_every_row_can_be_run(benchmark: Benchmark) -> None:
    assert benchmark.objective in list(Objective)
    if isinstance(benchmark.scenario, str):
        assert (ROOT / "scenarios" / benchmark.scenario / "scenario.toml").exists()


@pytest.mark.parametrize(("value", "expected"), [(0.05, True), (0.0501, False)])
def test_a_target_is_met_up_to_its_limit(value: float, expected: bool) -> None:
    assert met(Target(Measure.GAP_DANGER, 0.05), result(gap_danger=value)) is expected


def test_a_measure_that_is_missing_meets_nothing() -> None:
    assert not met(Target(Measure.GAP_CLEAR, 1.0), result())


def test_the_page_names_what_was_missed() -> None:
    measured = result(first_plan=21.0, gap_people=0.004, gap_danger=0.012)
    text = page(TABLE, {"kabul-2021": measured}, "2026-11-23", "a machine", "0.1.0")
    assert "| kabul-2021 | first plan | ≤ 20.0 s | 21.0 s | **missed** |" in text
    assert "| kabul-2021 | gap people | ≤ 1.00 % | 0.40 % | met |" in text
    assert "119 of 120" in text
    assert "solomon" not in text


def test_the_first_plan_is_the_first_step_with_people_safe(tmp_path: Path) -> None:
    steps = [{"people_safe": None, "elapsed": 1.0}, {"people_safe": 0, "elapsed": 2.5}]
    log = tmp_path / "log"
    log.write_text("".join(json.dumps(step) + "\n" for step in steps), "utf-8")
    assert first_plan(log) == 2.5
    log.write_text("", "utf-8")
    assert first_plan(log) == float("inf")
