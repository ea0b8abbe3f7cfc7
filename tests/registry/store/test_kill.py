"""kill -9 at random moments: every acknowledged write is there afterwards, none twice."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.registry.store.worlds import World

from wayout.registry.register import Role
from wayout.registry.store.logbook import verify_log

FIRST = 3
"""Acknowledged writes after which a child may be killed."""
_ROOT = Path(__file__).parents[3]


def _killed(world: World, start: int, seconds: float) -> list[str]:
    """Let the child work for some seconds, kill it, and give what it acknowledged."""
    command = [sys.executable, "-m", "tests.registry.store.writing_child"]
    child = subprocess.Popen(
        [*command, world.url, str(world.keyring), str(start)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=_ROOT,
        env={"PYTHONPATH": f"{_ROOT}:{_ROOT / 'src'}", "PATH": "/usr/bin:/bin"},
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    # However slow the machine is, some writes are acknowledged before the random moment.
    first = [child.stdout.readline().rstrip("\n") for _ in range(FIRST)]
    time.sleep(seconds)
    child.send_signal(signal.SIGKILL)
    said = [*first, *child.stdout.read().splitlines()]
    child.wait()
    child.stdout.close()
    # The last line may have been cut in the middle by the kill itself.
    return said[:-1] if said else []


def _check(world: World, said: list[str]) -> None:
    with world.open() as register:
        lists = [entry.list_id for entry in register.lists()]
        decisions = [item.number for item in register.decisions()]
        kept = register.source_rows(Role.CLERK, "after the kill")
    known = {f"list {name}" for name in lists} | {f"decision {number}" for number in decisions}
    assert {line for line in said if not line.startswith("erased")} <= known
    erased = {line.split()[1] for line in said if line.startswith("erased")}
    assert not erased & {item.record for item in kept}
    hashes = [item.row.hash for item in kept]
    assert len(hashes) == len(set(hashes))
    assert verify_log(world.url, world.keyring).findings == ()


def _kill_often(world: World, times: int) -> None:
    world.create()
    chance, said = random.Random(11), list[str]()
    for number in range(times):
        said += _killed(world, 1_000 * number, chance.uniform(0.0, 0.4))
        if number % 5 == 4 or number == times - 1:
            _check(world, said)
    assert len(said) > times


def test_what_was_acknowledged_survives_a_kill(world: World) -> None:
    _kill_often(world, 6)


@pytest.mark.long
def test_what_was_acknowledged_survives_two_hundred_kills(world: World) -> None:
    _kill_often(world, 200)
