"""Connections to the register's database, set up so that a commit that was confirmed stays.

SQLite: write-ahead log, ``synchronous=FULL`` (with ``NORMAL`` the last commits may be lost with the
power; https://sqlite.org/pragma.html#pragma_synchronous), no automatic checkpoints: the one writer
makes them. PostgreSQL: its defaults, which are as strict, and serial writers by an advisory lock.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool

from wayout.errors import RegistryError

Driver = Callable[[str], Any]
"""Opens an SQLite file of a path with DB-API: the place where tests put their own file layer."""

_ADVISORY_LOCK = 0x5741594F5554  # "WAYOUT"
_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA wal_autocheckpoint = 0",
    "PRAGMA busy_timeout = 30000",
    "PRAGMA foreign_keys = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA secure_delete = ON",
)


def sqlite_path(url: str) -> Path | None:
    """The file of an SQLite URL; None for PostgreSQL. Raises RegistryError for anything else."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise RegistryError(f"{url!r} is no URL of a register: {_KINDS}") from error
    if parsed.get_backend_name() == "postgresql":
        return None
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        raise RegistryError(f"A register cannot be kept at {url!r}: {_KINDS}")
    return Path(parsed.database)


_KINDS = "write sqlite:///people.db or postgresql://user@host/database."


def make_engine(url: str, driver: Driver | None = None) -> Engine:
    """An engine for a URL; ``driver`` opens SQLite files in place of Python's own module."""
    path = sqlite_path(url)
    if path is None:
        parsed = make_url(url).set(drivername="postgresql+psycopg")
        # Nothing typed by a person goes into the server's log of slow or failed statements.
        return create_engine(parsed, hide_parameters=True, pool_size=2, pool_pre_ping=True)
    creator = None if driver is None else (lambda: driver(str(path)))
    options: dict[str, Any] = {} if creator is None else {"creator": creator}
    engine = create_engine(
        f"sqlite:///{path}",
        poolclass=NullPool,
        hide_parameters=True,
        connect_args={"check_same_thread": False},
        **options,
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: Any) -> None:
    """Transactions are begun by us, not guessed by the driver; then the settings."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for statement in _PRAGMAS:
        cursor.execute(statement)
        cursor.fetchall()
    cursor.close()


def _begin(connection: Connection) -> None:
    """A writer takes the write lock at once, so that what it reads cannot be outdated."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def take_turn(connection: Connection) -> None:
    """On PostgreSQL, wait until no other writer is at work; held until the transaction ends."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ADVISORY_LOCK})")
