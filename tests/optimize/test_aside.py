"""A bound proved in a process of its own is the one proved here."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.plan.worlds import flying_world

from wayout.network.model import build
from wayout.optimize.aside import Aside
from wayout.optimize.bound import Proved, prove
from wayout.optimize.guide import guiding
from wayout.optimize.linear import solve_linear
from wayout.optimize.relax.build import Aim, relax
from wayout.scenario.people import people_of


def test_both_aims_come_one_after_the_other() -> None:
    scenario = flying_world()
    network = build(scenario, people_of(scenario))
    found: list[Proved] = []
    with Aside(network, [(60, Aim.PEOPLE), (60, Aim.DANGER)]) as aside:
        while len(found) < 2:
            proved = aside.ready()
            found += [] if proved is None else [proved]
            time.sleep(0.05)
    assert [proved.relaxation.aim for proved in found] == [Aim.PEOPLE, Aim.DANGER]
    for proved in found:
        assert proved.value == prove(network, 60, proved.relaxation.aim).value


def test_leaving_early_ends_the_process() -> None:
    scenario = flying_world()
    with Aside(build(scenario, people_of(scenario)), [(60, Aim.PEOPLE)]) as aside:
        assert aside.process.is_alive()
    assert not aside.process.is_alive()
    assert aside.process.exitcode is not None


SCRIPT = """
import random
from wayout.optimize.aside import Aside
with Aside(random.randbytes(1 << 20), []) as aside:
    aside.process.join()
    print("goes on without:", aside.ready())
"""
"""As somebody might write it: the process imports it again, and finds itself started in it."""


def test_a_process_that_does_not_come_up_is_not_waited_for(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, check=True, timeout=300
    )
    assert run.stdout == "goes on without: None\n"
    assert "bootstrapping" in run.stderr


@pytest.mark.parametrize("length", [60, 120])
def test_a_guide_asks_for_no_less_than_the_relaxation(length: int) -> None:
    scenario = flying_world()
    relaxation = relax(build(scenario, people_of(scenario)), length, Aim.DANGER)
    program = relaxation.program
    guide = solve_linear(guiding(relaxation))
    least = solve_linear(program)
    assert guide.optimal
    assert float(program.cost @ guide.x[: len(program.cost)]) >= least.objective - 1e-4 * abs(
        least.objective
    )
