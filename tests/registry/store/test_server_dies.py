"""PostgreSQL itself is killed in the middle of writes and started again: nothing is lost."""

import random
import time
from pathlib import Path
from threading import Thread

import pytest
from tests.eventlog.worlds import draft
from tests.registry.store import postgres
from tests.registry.store.worlds import World

from wayout.errors import StoreError
from wayout.eventlog import store as log
from wayout.registry.store.logbook import verify_log
from wayout.registry.store.writing import Store


def _write_until_told(store: Store, done: list[str], orders: list[str]) -> None:
    """Write without end; a write that is not confirmed is asked for again by its own token."""
    number = 0
    while not orders:
        try:
            store.write(f"token{number}", lambda _, number=number: [draft(number)])  # type: ignore[misc]
        except StoreError:
            time.sleep(0.05)
            continue
        done.append(f"token{number}")
        number += 1


def _wait_for_five_more(done: list[str]) -> None:
    before = len(done)
    while len(done) < before + 5:
        time.sleep(0.01)


@pytest.mark.skipif(postgres.binaries() is None, reason="PostgreSQL is not installed")
def test_what_was_acknowledged_survives_the_servers_death(tmp_path: Path) -> None:
    chance = random.Random(6)
    done, orders = list[str](), list[str]()
    with postgres.running() as server:
        world = World(server.url("people"), tmp_path / "people.keys")
        world.create()
        store = Store(world.url)
        writer = Thread(target=_write_until_told, args=(store, done, orders))
        writer.start()
        for _ in range(3):
            _wait_for_five_more(done)
            time.sleep(chance.uniform(0.0, 0.1))
            server.control("-m", "immediate", "stop")
            server.start()
        _wait_for_five_more(done)
        orders.append("stop")
        writer.join()
        with store.reading() as connection:
            tokens = [event.draft.token for event in log.events(connection, ("read",))]
        store.close()
        found = verify_log(world.url, world.keyring)
    assert len(done) >= 20
    assert tokens == done
    assert (found.size, found.findings) == (len(done) + 1, ())
