"""``wayout verify`` on plans made elsewhere says what the written rules say."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import typer
from tests.oracle.cases import optimum_of, world_of
from tests.oracle.chains import CHAINS
from tests.oracle.exact import Goal
from tests.oracle.foreign import Tables, altered, replayed, tables_of, write
from typer.testing import CliRunner

from wayout.cli.verify import verify
from wayout.scenario.model import Scenario

CHUNK, NUM_CHUNKS, NUM_CHUNKS_LONG = 10, 2, 30
LONGEST = 300
"""Ticks of a world that is replayed minute by minute."""
ALTERATIONS = 4
"""Tables per plan that say one thing otherwise."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Chunks of both generators."""
    if "first" in metafunc.fixturenames:
        chunks = NUM_CHUNKS_LONG if metafunc.config.getoption("--long") else NUM_CHUNKS
        firsts = [start + CHUNK * k for start in (0, CHAINS) for k in range(chunks)]
        metafunc.parametrize("first", firsts)


def verified(folder: Path) -> dict[str, Any]:
    """What ``wayout verify --json`` prints, and its exit code."""
    app = typer.Typer()
    app.command()(verify)
    result = CliRunner().invoke(app, [str(folder), "--json"])
    found: dict[str, Any] = json.loads(result.output)
    assert result.exit_code == (0 if found["accepted"] else 1)
    return found


def agreed(scenario: Scenario, tables: Tables, folder: Path) -> bool:
    """Whether both accept; they have to say the same, and give it the same value."""
    write(scenario, tables, folder)
    found, expected = verified(folder), replayed(scenario, tables)
    assert found["accepted"] == expected.obeys, f"{folder}: {found['findings']}"
    if expected.obeys:
        assert found["people_safe_by_deadline"] == expected.people_safe
        assert found["danger_hours"] == pytest.approx(expected.danger_hours, abs=1e-9)
    return expected.obeys


def test_plans_made_elsewhere(first: int, tmp_path: Path) -> None:
    refused = 0
    for seed in range(first, first + CHUNK):
        scenario, best = world_of(seed).scenario, optimum_of(seed, Goal.DANGER_HOURS)
        if scenario.deadline > LONGEST or not best.plan.movements:
            continue
        rng = np.random.default_rng(seed)
        tables = tables_of(scenario, best.plan, rng)
        assert agreed(scenario, tables, tmp_path / str(seed)), f"world {seed}"
        for number in range(ALTERATIONS):
            otherwise = altered(tables, rng)
            refused += not agreed(scenario, otherwise, tmp_path / f"{seed}-{number}")
    assert refused >= CHUNK // 2
