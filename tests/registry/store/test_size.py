"""A million people: everything works, and nothing grows with the square of them."""

import os
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from tests.registry.store import postgres
from tests.registry.store.worlds import World, add

from wayout.registry.register import Look, Role
from wayout.registry.store.logbook import verify_log


@contextmanager
def _timed(what: str, size: int) -> Iterator[None]:
    began, worked = time.monotonic(), sum(os.times()[:2])
    yield
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    worked = sum(os.times()[:2]) - worked
    wall = time.monotonic() - began
    print(f"{what} of {size:,}: {wall:.1f} s, of one core {worked:.1f} s, peak {peak:,} MiB")


def _whole_life(world: World, size: int) -> None:
    world.create()
    with world.open() as register:
        with _timed("import", size):
            records = add(register, size).records
        with _timed("table", size):
            table = register.records(Role.REVIEWER, "linking")
        assert table["record"].to_list() == list(records)
        assert table["given"][size - 1] == f"Synthetic{size - 1}"
        with _timed("look-up by telephone", size):
            found = register.find(Role.CLERK, "caller", Look(phone=f"+93700{size // 2:06d}"))
        assert found["given"].to_list() == [f"Synthetic{size // 2}"]
        with _timed("look-up by both", size):
            look = Look(f"+93700{size // 3:06d}", f"P-{size // 3:05d}")
            found = register.find(Role.CLERK, "caller", look)
        assert found.height == 1
        with _timed("erase one", size):
            assert register.erase([records[7]], "asked for it") == 1
    with _timed("verify the log", size):
        assert verify_log(world.url, world.keyring).holds


def test_three_thousand_people(world: World) -> None:
    _whole_life(world, 3_000)


@pytest.mark.long
def test_a_million_people(world: World, request: pytest.FixtureRequest) -> None:
    _whole_life(world, 1_000_000)
    if world.url.startswith("postgresql"):
        server: postgres.Server = request.getfixturevalue("server")
        print(f"The server itself: of one core {server.seconds():.1f} s")
