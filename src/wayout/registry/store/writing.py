"""The one way to write: serial, in one transaction with its event, and honest about errors.

A commit that ended in an error may have happened (https://sqlite.org/c3ref/wal_hook.html says so
of checkpoints; a lost connection to PostgreSQL leaves it open as well). So nothing is tried again
blindly: after any error the connection is thrown away and the store is asked, by the token that the
event was to be written with, whether the write is there.
"""

import fcntl
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from wayout.errors import StoreError
from wayout.eventlog import store as log
from wayout.eventlog.event import Draft, Event
from wayout.registry.store.engine import Driver, make_engine, sqlite_path, take_turn

Work = Callable[[Connection], Sequence[Draft]]
"""Writes what is to be written and gives the events that say so, all in one transaction.

The first event carries the token of the write.
"""
After = Callable[[Connection, int], None]
"""What else belongs into the transaction once the log has so many entries: checkpoints."""


@dataclass(frozen=True, slots=True)
class Job:
    """Something to be written, and the token by which it is known again."""

    token: str
    work: Work


_CHECKPOINT_AT = 4 * 1024 * 1024


class _Turn:
    """One writer at a time: among threads by a lock, among processes by a locked file.

    The file's lock also keeps two processes from writing and checkpointing an SQLite database at
    the same moment, which versions before 3.51.3 do not survive safely
    (https://sqlite.org/wal.html#walresetbug).
    """

    def __init__(self, path: Path | None) -> None:
        self._threads = threading.RLock()
        self._path = None if path is None else path.with_name(path.name + ".writer")
        self._depth = 0

    def __enter__(self) -> None:
        self._threads.acquire()
        self._depth += 1
        if self._path is not None and self._depth == 1:
            self._path.touch(mode=0o600)
            self._file = self._path.open("rb")
            fcntl.flock(self._file, fcntl.LOCK_EX)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._depth -= 1
        if self._path is not None and self._depth == 0:
            self._file.close()
        self._threads.release()


class Store:
    """A register's database: many readers, one writer, which also makes the checkpoints."""

    def __init__(self, url: str, driver: Driver | None = None) -> None:
        self.url, self.path = url, sqlite_path(url)
        self.engine: Engine = make_engine(url, driver)
        self._turn = _Turn(self.path)
        self._writer: Connection | None = None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the register."""
        try:
            with self.engine.connect() as connection, connection.begin():
                yield connection
        except DBAPIError as error:
            raise StoreError(f"The register could not be read: {_words(error)}") from error

    def write(self, token: str, work: Work, after: After | None = None) -> Event:
        """Do the work and log its events, all or none; the first event as the store has it.

        The others follow it without a gap. Calling it again with the same token does nothing and
        gives the event that is there. Raises StoreError if nothing was written; an error that
        ``work`` raises on purpose passes through.
        """
        (answer,) = self.write_group((Job(token, work),), after)
        if isinstance(answer, Event):
            return answer
        raise answer

    def write_group(
        self, jobs: Sequence[Job], after: After | None = None
    ) -> list[Event | Exception]:
        """Do several jobs in one transaction, so that one flush to the disk serves them all.

        Each job stands or falls alone: what one raises is its answer, and the others are written.
        """
        with self._turn:
            try:
                answers = self._attempt(jobs, after)
            except (DBAPIError, OSError) as error:
                return self._truth(jobs, error)
            self._checkpoint()
            return answers

    def keep_checkpoint(self, make: Callable[[Connection], str]) -> str:
        """Let a checkpoint of the log be made and kept; it is its own record and no event."""
        with self._turn:
            try:
                connection = self._connection()
                with connection.begin():
                    take_turn(connection)
                    return make(connection)
            except (DBAPIError, OSError) as error:
                self._drop_writer()
                raise StoreError(f"No checkpoint was made: {_words(error)}") from error

    def _attempt(self, jobs: Sequence[Job], after: After | None) -> list[Event | Exception]:
        connection = self._connection()
        if len(jobs) == 1:
            with connection.begin():
                take_turn(connection)
                answer = self._one(connection, jobs[0])
                self._finish(connection, after)
            return [answer]
        with connection.begin():
            take_turn(connection)
            answers = [self._apart(connection, job) for job in jobs]
            self._finish(connection, after)
        return answers

    def _finish(self, connection: Connection, after: After | None) -> None:
        if after is not None:
            after(connection, log.head(connection).size)

    def _one(self, connection: Connection, job: Job) -> Event:
        known = log.find(connection, job.token)
        if known is not None:
            return known
        return log.append_all(connection, job.work(connection))[0]

    def _apart(self, connection: Connection, job: Job) -> Event | Exception:
        """One job of several: what it wrote is undone if it raises."""
        try:
            with connection.begin_nested():
                return self._one(connection, job)
        except (DBAPIError, OSError):
            raise
        except Exception as error:
            return error

    def _truth(self, jobs: Sequence[Job], error: Exception) -> list[Event | Exception]:
        """Ask the store, over a new connection, which of the writes that failed are there."""
        self._drop_writer()
        try:
            with self.engine.connect() as connection, connection.begin():
                events = [log.find(connection, job.token) for job in jobs]
        except (DBAPIError, OSError) as again:
            unknown = StoreError(
                f"It is not known whether the last change was written: {_words(error)} The "
                "register cannot be read either. Look once it is back; do not enter it again."
            )
            unknown.__cause__ = again
            return [unknown for _ in jobs]
        nothing = StoreError(f"Nothing was written: {_words(error)}")
        nothing.__cause__ = error
        return [nothing if event is None else event for event in events]

    def _connection(self) -> Connection:
        if self._writer is None:
            self._writer = self.engine.connect().execution_options(writes=True)
        return self._writer

    def _drop_writer(self) -> None:
        if self._writer is not None:
            self._writer.invalidate()
            self._writer.close()
            self._writer = None

    def _checkpoint(self) -> None:
        """Move a long write-ahead log into the database; what fails here is tried next time."""
        if self.path is None or self._writer is None:
            return
        wal = self.path.with_name(self.path.name + "-wal")
        try:
            if wal.exists() and wal.stat().st_size >= _CHECKPOINT_AT:
                self._move("PASSIVE")
        except (DBAPIError, sqlite3.Error, OSError):
            self._drop_writer()

    def _move(self, how: str) -> None:
        connection = self._connection().connection
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA wal_checkpoint({how})")
        cursor.fetchall()
        cursor.close()

    def truncate_log(self) -> bool:
        """Move the whole write-ahead log into the database and empty it; whether that went well.

        Nothing that was acknowledged depends on it: what fails here is done by a later checkpoint.
        """
        if self.path is None:
            return True
        with self._turn:
            try:
                self._connection()
                self._move("TRUNCATE")
            except (DBAPIError, sqlite3.Error, OSError):
                self._drop_writer()
                return False
        return True

    def copy_to(self, path: Path) -> None:
        """Write one consistent state of an SQLite register to a file that is empty or new."""
        with self._turn, self.engine.connect() as connection:
            cursor = connection.connection.cursor()
            cursor.execute("VACUUM INTO ?", (str(path),))
            cursor.close()

    def sqlite_version(self) -> str | None:
        """The version of the SQLite library at work; None on PostgreSQL."""
        if self.path is None:
            return None
        with self.reading() as connection:
            return str(connection.execute(text("SELECT sqlite_version()")).scalar_one())

    def close(self) -> None:
        """Close every connection."""
        with self._turn:
            if self._writer is not None:
                self._writer.close()
                self._writer = None
            self.engine.dispose()


def _words(error: Exception) -> str:
    """What the database says, in one line and without the statement."""
    original = error.orig if isinstance(error, DBAPIError) else error
    return str(original).splitlines()[0].rstrip(".") + "."
