import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.registry.store import postgres
from tests.registry.store.worlds import World

_NUMBER = itertools.count()


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    """A PostgreSQL of this test run's own."""
    if postgres.binaries() is None:
        pytest.skip("PostgreSQL's programs are not installed (Debian: postgresql)")
    with postgres.running() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> World:
    """A place for a register, once in each kind of database."""
    if request.param == "sqlite":
        return World(f"sqlite:///{tmp_path / 'people.db'}", tmp_path / "people.keys")
    running: postgres.Server = request.getfixturevalue("server")
    return World(running.url(f"world{next(_NUMBER)}"), tmp_path / "people.keys")


@pytest.fixture
def sqlite_world(tmp_path: Path) -> World:
    """A place for a register in SQLite."""
    return World(f"sqlite:///{tmp_path / 'people.db'}", tmp_path / "people.keys")
