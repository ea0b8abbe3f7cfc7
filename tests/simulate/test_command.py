"""``wayout simulate`` as a shell sees it."""

import json
from pathlib import Path

import pytest
from tests.cli.program import Program
from tests.simulate.worlds import flying

from wayout.plan.folder import write
from wayout.simulate.disruptions import Kind


@pytest.fixture
def program(capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(capsys)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    world, plan = flying()
    write(plan, world, tmp_path / "plan")
    return tmp_path / "plan"


def test_the_object_that_programs_rely_on(program: Program, folder: Path) -> None:
    ended = program("simulate", folder, "-n", 60, "--workers", 1, "--json", "--seed", 4)
    assert ended.code == 0
    found = json.loads(ended.out)
    assert (found["replications"], found["policy"]) == (60, "fixed")
    assert found["people_safe"].keys() == {"p05", "p50", "p95"}
    chance = found["all_out_probability"]
    assert 0 <= chance["low"] <= chance["estimate"] <= chance["high"] <= 1
    assert {effect["kind"] for effect in found["effects"]} >= {"breakdown", "weather", "attack"}
    assert found["load_margin"]["tried"][0]["share"] == 0
    kept = json.loads((folder / "what-if" / "simulate.json").read_text(encoding="utf-8"))
    assert kept == found
    assert program("verify", folder).code == 0


def test_twice_the_same_and_the_trace_too(program: Program, folder: Path) -> None:
    def once() -> tuple[object, bytes]:
        options = ("-n", 30, "--workers", 1, "--no-compare", "--trace", 3, "--json")
        found = json.loads(program("simulate", folder, *options).out)
        del found["seconds"]
        return found, (folder / "what-if" / "trace-3.csv").read_bytes()

    assert once() == once()


def test_nothing_happens_when_everything_is_off(program: Program, folder: Path) -> None:
    options = [part for kind in Kind for part in ("--off", kind.value)]
    ended = program("simulate", folder, "-n", 10, "--workers", 1, *options, "--no-compare")
    assert ended.code == 0
    assert "100.0 % chance that everybody who comes is safe" in ended.out
    assert "9 in the middle (95 % interval 9 to 9), from 9 (1 in 20 is worse) to 9" in ended.out


def test_a_page_for_people(program: Program, folder: Path) -> None:
    ended = program("simulate", folder, "-n", 50, "--workers", 1)
    assert ended.code == 0
    for words in ("all out", "95 % interval", "What each kind costs", "load margin", "estimates"):
        assert words in ended.out


@pytest.mark.parametrize("how", [("--replan",), ("--replan-every", 6)])
def test_planned_again_on_the_way(program: Program, folder: Path, how: tuple[str, ...]) -> None:
    options = ("-n", 4, "--seed", 4, "--json", *how)
    found = [json.loads(program("simulate", folder, *options, "--workers", w).out) for w in (1, 2)]
    assert found[0]["policy"] == "replan"
    assert found[0]["outcomes"] == found[1]["outcomes"]
    middle = found[0]["means"]["missed"]
    assert middle["low"] <= middle["estimate"] <= middle["high"]


def test_one_way_to_plan_again(program: Program, folder: Path) -> None:
    ended = program("simulate", folder, "--replan", "--replan-every", 6)
    assert ended.code == 2
    assert "not both" in ended.err


def test_a_file_with_faults_is_refused(program: Program, folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "rough.toml"
    file.write_text("[weather.air]\nper_dey = 1\n[walk_in]\nchance = 7\n", encoding="utf-8")
    ended = program("simulate", folder, "--disruptions", file)
    assert ended.code == 1
    assert "per_dey" in ended.err
    assert "walk_in.chance" in ended.err


def test_a_plan_that_breaks_rules_is_refused(program: Program, folder: Path) -> None:
    movements = folder / "movements.csv"
    text = movements.read_text(encoding="utf-8").replace("wing-2", "wing-1")
    movements.write_text(text, encoding="utf-8")
    (folder / "movements.parquet").unlink()
    ended = program("simulate", folder, "-n", 5)
    assert ended.code == 1
