"""Disk full, torn write and power-off at every n-th write: nothing acknowledged is lost.

After each fault the files are opened again with the ordinary layer, as after a restart, and held
against what was acknowledged before.
"""

import contextlib
import itertools
import shutil
import sqlite3
from pathlib import Path

import pytest
from tests.registry.store.faulty import Disk, FaultyLayer
from tests.registry.store.worlds import World, add

from wayout.errors import WayoutError
from wayout.eventlog import store as log
from wayout.registry.register import Register, Role
from wayout.registry.store.logbook import verify_log

_NAMES = itertools.count()
KINDS = ("full", "torn", "off")
ATTEMPTS = 3


def _work(register: Register, done: list[str]) -> None:
    """A list and some decisions; each is noted once it was acknowledged."""
    for number in range(ATTEMPTS):
        try:
            receipt = add(register, 4, 10 * number)
            done.append(f"list {receipt.entry.list_id}")
            record = receipt.records[0]
            decision = register.decide(
                "same", {"left": record}, "seen", role=Role.REVIEWER, records=(record,)
            )
            done.append(f"decision {decision.number}")
            register.erase(receipt.records[3:], "asked for it")
            done.append(f"erased {receipt.records[3]}")
        except WayoutError:
            done.append("refused")


def _run(world: World, kind: str, at: int) -> tuple[list[str], Disk]:
    """Work through a layer that fails at the n-th write; what was acknowledged."""
    disk = Disk(kind, at, seed=at)
    layer = FaultyLayer(f"faulty{next(_NAMES)}", disk)
    faulty = World(world.url, world.keyring, world.clock)
    faulty.options = {"driver": layer.register, "connect": layer.keyring}
    done: list[str] = []
    try:
        register = faulty.open()
    except WayoutError:
        return done, disk
    _work(register, done)
    _abandon(register)
    layer.unregister()
    return done, disk


def _abandon(register: Register) -> None:
    """Close what can be closed; after a power-off that fails, as it must."""
    for close in (register.desk.store.close, register.desk.session.keyring.close):
        with contextlib.suppress(Exception):
            close()


def _check(world: World, done: list[str]) -> None:
    """Everything acknowledged is there, nothing is there twice, the chain holds."""
    path = world.url.removeprefix("sqlite:///")
    with contextlib.closing(sqlite3.connect(path)) as plain:
        assert plain.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    with world.open() as register:
        lists = [entry.list_id for entry in register.lists()]
        decisions = [item.number for item in register.decisions()]
        kept = register.source_rows(Role.CLERK, "after the fault")
        with register.desk.store.reading() as connection:
            tokens = [event.draft.token for event in log.events(connection)]
    known = {f"list {name}" for name in lists} | {f"decision {number}" for number in decisions}
    assert {word for word in done if word.startswith(("list", "decision"))} <= known
    erased = {word.split()[1] for word in done if word.startswith("erased")}
    assert not erased & {item.record for item in kept}
    assert len(tokens) == len(set(tokens))
    hashes = [item.row.hash for item in kept]
    assert len(hashes) == len(set(hashes))
    assert verify_log(world.url, world.keyring).findings == ()


def _copies(world: World, folder: Path) -> World:
    """The register as it was before the work, in a folder of its own."""
    folder.mkdir(parents=True)
    path = Path(world.url.removeprefix("sqlite:///"))
    shutil.copy(path, folder / path.name)
    shutil.copy(world.keyring, folder / world.keyring.name)
    return World(f"sqlite:///{folder / path.name}", folder / world.keyring.name, world.clock)


def _sweep(world: World, folder: Path, kind: str, step: int) -> int:
    world.create()
    at, num_faults = 1, 0
    while True:
        place = _copies(world, folder / f"{kind}{at}")
        done, disk = _run(place, kind, at)
        _check(place, done)
        shutil.rmtree(folder / f"{kind}{at}")
        if disk.count < at:
            return num_faults
        num_faults += 1
        at += step


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_acknowledged_is_lost(sqlite_world: World, tmp_path: Path, kind: str) -> None:
    assert _sweep(sqlite_world, tmp_path / "runs", kind, step=23) > 5


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_acknowledged_is_lost_at_any_write(
    sqlite_world: World, tmp_path: Path, kind: str
) -> None:
    assert _sweep(sqlite_world, tmp_path / "runs", kind, step=1) > 100
