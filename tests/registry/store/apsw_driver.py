"""SQLite through apsw in the shape that SQLAlchemy's dialect for ``sqlite3`` uses (PEP 249).

apsw brings an SQLite of its own with a file layer that can be replaced. Its errors become those of
``sqlite3``, which is what the dialect knows.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import apsw


def opened(path: str, layer: str) -> apsw.Connection:
    """A plain apsw connection through a file layer."""
    connection = apsw.Connection(path, vfs=layer)
    connection.set_busy_timeout(30_000)
    return connection


def _told(action: Callable[[], Any]) -> Any:
    try:
        return action()
    except apsw.ConstraintError as error:
        raise sqlite3.IntegrityError(str(error)) from error
    except apsw.Error as error:
        raise sqlite3.OperationalError(str(error)) from error


class Cursor:
    """A cursor that has read all its rows when it was executed."""

    def __init__(self, connection: "Connection") -> None:
        self.connection = connection
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self._rows: list[Any] = []

    def execute(self, statement: str, values: Sequence[Any] = ()) -> "Cursor":
        inner = self.connection.inner

        def trace(cursor: apsw.Cursor, _statement: str, _values: Any) -> bool:
            # Asked before the statement runs: after one without rows it is too late.
            described = cursor.get_description()
            self.description = tuple((item[0], *[None] * 6) for item in described) or None
            return True

        def run() -> list[Any]:
            cursor = inner.cursor()
            cursor.exec_trace = trace
            return list(cursor.execute(statement, tuple(values)))

        self._rows = _told(run)
        self.rowcount = inner.changes()
        return self

    def executemany(self, statement: str, values: Iterable[Sequence[Any]]) -> "Cursor":
        inner = self.connection.inner
        rows = [tuple(row) for row in values]
        _told(lambda: inner.cursor().executemany(statement, rows))
        self.rowcount = len(rows)
        return self

    def fetchone(self) -> Any:
        return self._rows.pop(0) if self._rows else None

    def fetchall(self) -> list[Any]:
        rows, self._rows = self._rows, []
        return rows

    def fetchmany(self, size: int = 1) -> list[Any]:
        rows, self._rows = self._rows[:size], self._rows[size:]
        return rows

    def close(self) -> None:
        self._rows = []


class Connection:
    """A connection whose transactions are begun by whoever uses it."""

    def __init__(self, inner: apsw.Connection) -> None:
        self.inner = inner
        self.isolation_level: str | None = None

    def cursor(self) -> Cursor:
        return Cursor(self)

    def commit(self) -> None:
        if self.inner.in_transaction:
            _told(lambda: self.inner.execute("COMMIT"))

    def rollback(self) -> None:
        if self.inner.in_transaction:
            _told(lambda: self.inner.execute("ROLLBACK"))

    def create_function(self, *_: Any, **__: Any) -> None:
        """The dialect offers a function for regular expressions, which nobody here uses."""

    def close(self) -> None:
        _told(lambda: self.inner.close())


def connect(path: str, layer: str) -> Connection:
    """A connection for SQLAlchemy."""
    return Connection(_told(lambda: opened(path, layer)))
