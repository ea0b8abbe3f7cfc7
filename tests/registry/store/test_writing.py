"""The one writer: idempotent, grouped, and honest; and what the doctor says of a register."""

import resource
import threading
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection
from tests.eventlog.worlds import START, draft
from tests.registry.store.worlds import World, add

from wayout.errors import RegistryError, StoreError
from wayout.eventlog import store as log
from wayout.eventlog.event import Draft
from wayout.registry.register import Role
from wayout.registry.release.cap import CAP_ROWS, Released, fits
from wayout.registry.store.alarm import is_unusual
from wayout.registry.store.doctor import check_library, examine, has_reset_bug
from wayout.registry.store.engine import sqlite_path
from wayout.registry.store.grouping import GroupWriter
from wayout.registry.store.logbook import verify_log
from wayout.registry.store.scratch import check, in_memory
from wayout.registry.store.writing import Store, Work


def _work(number: int) -> Work:
    return lambda _: [draft(number)]


def test_the_same_token_writes_once(world: World) -> None:
    world.create()
    store = Store(world.url)
    first = store.write("token1", _work(1))
    again = store.write("token1", _work(1))
    store.close()
    assert first == again
    assert verify_log(world.url, world.keyring).size == 2


def test_many_threads_are_written_in_groups_and_one_failure_is_one_failure(world: World) -> None:
    world.create()
    store = Store(world.url)

    def refuses(_: Connection) -> list[Draft]:
        raise RegistryError("not this one")

    with GroupWriter(store, largest=16) as writer:
        answers = [writer.submit(f"token{n}", _work(n)) for n in range(60)]
        bad = writer.submit("bad", refuses)
        events = [answer.result() for answer in answers]
        with pytest.raises(RegistryError, match="not this one"):
            bad.result()
    with pytest.raises(StoreError, match="closed"):
        writer.submit("late", refuses)
    store.close()
    assert sorted(event.position for event in events) == list(range(2, 62))
    found = verify_log(world.url, world.keyring)
    assert (found.size, found.findings) == (61, ())


def test_two_processes_worth_of_stores_do_not_cross(world: World) -> None:
    world.create()
    stores = [Store(world.url) for _ in range(3)]

    def run(place: int) -> None:
        for number in range(place, 60, 3):
            stores[place].write(f"token{number}", _work(number))

    threads = [threading.Thread(target=run, args=(place,)) for place in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for store in stores:
        store.close()
    found = verify_log(world.url, world.keyring)
    assert (found.size, found.findings) == (61, ())


def test_checkpoints_are_made_by_themselves(world: World) -> None:
    world.create()
    with world.open() as register:
        add(register, 2)
        world.clock.forward(minutes=6)
        register.records(Role.GATE, "boarding")
        with register.desk.store.reading() as connection:
            notes = log.notes(connection)
    assert len(notes) == 2
    assert verify_log(world.url, world.keyring).checkpoints == 2


@pytest.mark.parametrize(
    ("version", "has_bug"),
    [("3.6.23", False), ("3.7.0", True), ("3.40.1", True), ("3.51.2", True), ("3.51.3", False)],
)
def test_the_range_of_the_reset_bug(version: str, has_bug: bool) -> None:
    assert has_reset_bug(version) is has_bug
    assert len(list(check_library(version))) == has_bug


def test_the_doctor_sees_what_is_wrong(world: World, tmp_path: Path) -> None:
    world.create()
    name, findings = examine(world.url, world.keyring, world.clock())
    rules = {finding.rule for finding in findings}
    assert name.split()[0] in ("SQLite", "PostgreSQL")
    assert {"roles-not-apart", "one-member"} <= rules
    assert "file-open-to-others" not in rules
    world.keyring.chmod(0o644)
    with world.open() as register:
        item = register.exports.prepare(
            Role.GATE,
            "boarding",
            add(register, 3).records,
            ["given"],
            audience="gate",
            recipients=["Gate 1"],
            expires=world.clock().replace(year=2027),
        )
        register.exports.release(item.export, Role.GATE, "boarding", tmp_path / "out")
    later = world.clock().replace(year=2028)
    rules = {finding.rule for finding in examine(world.url, world.keyring, later)[1]}
    assert {"file-open-to-others", "export-overdue"} <= rules


def test_an_open_vault_leaves_no_core_dump(sqlite_world: World) -> None:
    sqlite_world.create()
    sqlite_world.open().close()
    assert resource.getrlimit(resource.RLIMIT_CORE)[0] == 0


@pytest.mark.parametrize("url", ["nonsense", "mysql://a/b", "sqlite://", "sqlite:///"])
def test_what_is_no_place_for_a_register_is_refused(url: str) -> None:
    with pytest.raises(RegistryError, match="register"):
        sqlite_path(url)


def test_duckdb_cannot_spill(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    connection = in_memory("40 MB")
    query = "CREATE TABLE t AS SELECT range AS i, repeat('x', 200) || range FROM range(2000000)"
    with pytest.raises(duckdb.OutOfMemoryException, match="Out of Memory"):
        connection.execute(query)
    with pytest.raises(duckdb.Error, match=r"disabled|locked"):
        connection.execute(f"COPY (SELECT 1) TO '{tmp_path}/out.csv'")
    with pytest.raises(duckdb.Error, match="locked"):
        connection.execute(f"SET temp_directory = '{tmp_path}'")
    assert list(tmp_path.iterdir()) == []


def test_an_ordinary_duckdb_is_refused() -> None:
    with pytest.raises(RegistryError, match="may write people"):
        check(duckdb.connect(":memory:"))


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 100), st.booleans()), max_size=12))
def test_the_cap_holds_for_any_history(steps: list[tuple[int, int, bool]]) -> None:
    history, now = list[Released](), START
    for hours, num_rows, approved in steps:
        now += timedelta(hours=hours)
        if approved or fits(history, num_rows, now):
            history.append(Released(now, num_rows, approved))
    alone = [item for item in history if not item.is_approved]
    for last in alone:
        begin = last.time - timedelta(hours=24)
        window = [item.num_rows for item in alone if begin < item.time <= last.time]
        assert sum(window) <= CAP_ROWS


def test_what_is_unusual() -> None:
    assert not is_unusual(1000, [10, 10])
    assert not is_unusual(99, [1, 1, 1])
    assert not is_unusual(120, [40, 40, 40])
    assert is_unusual(121, [40, 40, 40])


def test_threads_may_share_one_open_register(world: World) -> None:
    world.create()
    failures: list[BaseException] = []
    with world.open() as register:
        records = add(register, 8).records

        def run(place: int) -> None:
            try:
                for record in records[place::4]:
                    register.records(Role.GATE, "boarding", [record])
                    register.decide("seen", {"of": record}, "seen", role=Role.CLERK)
            except BaseException as error:
                failures.append(error)

        threads = [threading.Thread(target=run, args=(place,)) for place in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failures == []
        assert len(register.decisions("seen")) == 8
    assert verify_log(world.url, world.keyring).findings == ()
