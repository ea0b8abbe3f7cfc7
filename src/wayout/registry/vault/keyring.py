"""The keyring: a file of its own, in which nothing is in clear and deletion is real.

It is an SQLite database with a rollback journal (not a write-ahead log, which would keep deleted
keys until it is reset), ``synchronous=EXTRA`` and ``secure_delete=ON``: what is deleted is
overwritten with zeros in the file. A solid-state disk or a copying file system may still keep the
old blocks; full-disk encryption under it is the answer to that.

This module stores and finds; it opens nothing.
"""

import contextlib
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from wayout.errors import RegistryError, StoreError
from wayout.registry.vault.membership import Certificate
from wayout.registry.vault.roles import Sensitivity

FORMAT = 1
CLASSES = tuple(Sensitivity)
_SCHEMA = (
    "CREATE TABLE facts (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID",
    """CREATE TABLE members (
        member TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, data BLOB NOT NULL,
        signer TEXT NOT NULL, signature BLOB NOT NULL) WITHOUT ROWID""",
    """CREATE TABLE slots (
        name TEXT NOT NULL, slot INTEGER NOT NULL, salt BLOB NOT NULL, sealed BLOB NOT NULL,
        PRIMARY KEY (name, slot)) WITHOUT ROWID""",
    """CREATE TABLE grants (
        compartment TEXT NOT NULL, class TEXT NOT NULL, epoch INTEGER NOT NULL,
        member TEXT NOT NULL, sealed BLOB NOT NULL, granter TEXT NOT NULL,
        signature BLOB NOT NULL,
        PRIMARY KEY (compartment, class, epoch, member)) WITHOUT ROWID""",
    # With a row number, new keys go to the end of the file and not all over it.
    f"""CREATE TABLE wraps (
        record TEXT PRIMARY KEY, {", ".join(f"{name} BLOB" for name in CLASSES)})""",
    "CREATE TABLE words (item TEXT PRIMARY KEY, sealed BLOB NOT NULL) WITHOUT ROWID",
)


class Database(Protocol):
    """What is asked of a connection to SQLite; ``sqlite3`` and ``apsw`` both have it."""

    def execute(self, statement: str, values: Sequence[Any] = ..., /) -> Any:
        """Run one statement and give its rows."""

    def executemany(self, statement: str, values: Iterable[Sequence[Any]], /) -> Any:
        """Run one statement for many values."""

    def close(self) -> None:
        """Close the connection."""


Connect = Callable[[str], Database]
"""Opens the file of a path: the place where tests put their own file layer."""


def connect(path: str) -> Database:
    """Open a file with Python's own SQLite, transactions being ours to begin and end."""
    return sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)


@dataclass(frozen=True, slots=True)
class Slot:
    """A member's sealed secret under one passphrase. Everybody has two, used or not."""

    slot: int
    salt: bytes
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Grant:
    """A compartment's key of one epoch, sealed to a member and signed by whoever granted it."""

    compartment: str
    sensitivity: str
    epoch: int
    member: str
    sealed: bytes
    granter: str
    signature: bytes


Wraps = tuple[bytes | None, ...]
"""The wrapped keys of one source row, in the order of ``CLASSES``; None: nothing of that class."""


def _is_of_the_database(error: BaseException) -> bool:
    """Whether an error says that the file failed, whichever module opened it."""
    return isinstance(error, OSError) or type(error).__module__ in ("sqlite3", "apsw")


class Keyring:
    """An open keyring; ``change`` groups what must happen together."""

    def __init__(self, database: Database, path: Path) -> None:
        self._database, self.path = database, path
        # Threads share the connection: what one has begun, another must not read or end.
        self._turn = threading.RLock()
        database.execute("PRAGMA secure_delete = ON").fetchall()
        database.execute("PRAGMA synchronous = EXTRA").fetchall()
        database.execute("PRAGMA busy_timeout = 30000").fetchall()

    @classmethod
    def create(cls, path: Path, connect: Connect = connect) -> "Keyring":
        """A new, empty keyring, readable by its owner alone; refuses a path that exists."""
        try:
            path.touch(mode=0o600, exist_ok=False)
        except FileExistsError as error:
            raise RegistryError(f"{path} exists: a keyring is never written over.") from error
        keyring = cls(connect(str(path)), path)
        with keyring.change():
            for statement in _SCHEMA:
                keyring._database.execute(statement)
            keyring.put_fact("format", str(FORMAT).encode())
        return keyring

    @classmethod
    def open(cls, path: Path, connect: Connect = connect) -> "Keyring":
        """The keyring of a file; raises RegistryError if there is none that this version reads."""
        if not path.is_file():
            raise RegistryError(f"There is no keyring at {path}.")
        keyring = cls(connect(str(path)), path)
        try:
            known = keyring.fact("format") == str(FORMAT).encode()
        except Exception as error:
            keyring.close()
            raise RegistryError(f"{path} is no keyring, or is damaged.") from error
        if not known:
            keyring.close()
            raise RegistryError(f"{path} is a keyring of another version of Wayout.")
        return keyring

    @contextmanager
    def change(self) -> Iterator[None]:
        """All of what is done inside happens, or none; raises StoreError if none did."""
        with self._turn:
            self._rows("BEGIN IMMEDIATE")
            try:
                yield
                self._database.execute("COMMIT")
            except BaseException as error:
                self._roll_back()
                if _is_of_the_database(error):
                    raise StoreError(f"The keyring could not be written: {error}.") from error
                raise

    def _rows(self, statement: str, values: Sequence[Any] = ()) -> list[Any]:
        """The rows of one statement; raises StoreError if the file could not be read or written."""
        try:
            with self._turn:
                rows: list[Any] = self._database.execute(statement, values).fetchall()
        except Exception as error:
            if _is_of_the_database(error):
                raise StoreError(f"The keyring could not be used: {error}.") from error
            raise
        return rows

    def _roll_back(self) -> None:
        """End what is open, if SQLite has not done so by itself."""
        with contextlib.suppress(Exception):
            self._database.execute("ROLLBACK")

    def copy_to(self, path: Path) -> None:
        """Write one consistent state to a file that is empty or new."""
        path.touch(mode=0o600)
        self._database.execute("VACUUM INTO ?", (str(path),)).fetchall()

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def fact(self, name: str) -> bytes | None:
        """A value kept under a name."""
        rows = self._rows("SELECT value FROM facts WHERE name = ?", (name,))
        return bytes(rows[0][0]) if rows else None

    def put_fact(self, name: str, value: bytes) -> None:
        """Keep a value under a name."""
        self._database.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))

    def certificates(self) -> tuple[Certificate, ...]:
        """What is vouched for, unchecked."""
        query = "SELECT data, signer, signature FROM members ORDER BY member"
        rows = self._rows(query)
        return tuple(Certificate(bytes(data), signer, bytes(sig)) for data, signer, sig in rows)

    def put_member(self, member: str, name: str, certificate: Certificate) -> None:
        """Keep a member's certificate, in place of an earlier one."""
        values = (member, name, certificate.data, certificate.signer, certificate.signature)
        self._database.execute("INSERT OR REPLACE INTO members VALUES (?, ?, ?, ?, ?)", values)

    def slots(self, name: str) -> tuple[Slot, ...]:
        """The two sealed secrets of a name; none if nobody is called so."""
        query = "SELECT slot, salt, sealed FROM slots WHERE name = ? ORDER BY slot"
        rows = self._rows(query, (name,))
        return tuple(Slot(slot, bytes(salt), bytes(sealed)) for slot, salt, sealed in rows)

    def put_slot(self, name: str, slot: Slot) -> None:
        """Keep a sealed secret, in place of an earlier one."""
        values = (name, slot.slot, slot.salt, slot.sealed)
        self._database.execute("INSERT OR REPLACE INTO slots VALUES (?, ?, ?, ?)", values)

    def drop_member(self, member: str, name: str) -> None:
        """Delete a member's secrets and everything granted to him; the certificate stays."""
        self._database.execute("DELETE FROM slots WHERE name = ?", (name,))
        self._database.execute("DELETE FROM grants WHERE member = ?", (member,))

    def grants(self, member: str | None = None) -> tuple[Grant, ...]:
        """What was granted to a member, or to anybody."""
        where, values = ("", ()) if member is None else ("WHERE member = ?", (member,))
        query = f"SELECT * FROM grants {where} ORDER BY compartment, class, epoch, member"  # noqa: S608
        rows = self._rows(query, values)
        return tuple(Grant(*row) for row in rows)

    def mark_of_grants(self, member: str) -> tuple[int, int]:
        """By what it is seen that a member was granted something, or lost it."""
        query = "SELECT count(*), coalesce(sum(epoch), 0) FROM grants WHERE member = ?"
        ((number, epochs),) = self._rows(query, (member,))
        return number, epochs

    def put_grant(self, grant: Grant) -> None:
        """Keep a grant, in place of an earlier one of the same key to the same member."""
        values = (
            grant.compartment,
            grant.sensitivity,
            grant.epoch,
            grant.member,
            grant.sealed,
            grant.granter,
            grant.signature,
        )
        statement = "INSERT OR REPLACE INTO grants VALUES (?, ?, ?, ?, ?, ?, ?)"
        self._database.execute(statement, values)

    def drop_epoch(self, compartment: str, sensitivity: str, epoch: int) -> None:
        """Destroy a compartment's key of one epoch, for everybody."""
        values = (compartment, sensitivity, epoch)
        where = "compartment = ? AND class = ? AND epoch = ?"
        self._database.execute(f"DELETE FROM grants WHERE {where}", values)  # noqa: S608

    def put_wraps(self, wraps: Iterable[tuple[str, Wraps]]) -> None:
        """Keep the wrapped keys of source rows."""
        marks = ", ".join("?" * (1 + len(CLASSES)))
        rows = ((record, *keys) for record, keys in wraps)
        self._database.executemany(f"INSERT OR REPLACE INTO wraps VALUES ({marks})", rows)  # noqa: S608

    def wraps(self, records: Sequence[str]) -> dict[str, Wraps]:
        """The wrapped keys of these records; one that was erased is missing."""
        found: dict[str, Wraps] = {}
        for start in range(0, len(records), 500):
            part = records[start : start + 500]
            marks = ", ".join("?" * len(part))
            query = f"SELECT * FROM wraps WHERE record IN ({marks})"  # noqa: S608
            for row in self._rows(query, part):
                found[row[0]] = row[1:]
        return found

    def wraps_after(self, record: str, count: int) -> list[tuple[str, Wraps]]:
        """The next wrapped keys in the order of identifiers, to walk over all of them."""
        query = "SELECT * FROM wraps WHERE record > ? ORDER BY record LIMIT ?"
        rows = self._rows(query, (record, count))
        return [(row[0], row[1:]) for row in rows]

    def destroy(self, records: Sequence[str], items: Sequence[str]) -> int:
        """Destroy the keys of records and of words about them; how many keys were there.

        Call inside of ``change``; the bytes are overwritten when that ends.
        """
        gone = 0
        for table, column, names in (("wraps", "record", records), ("words", "item", items)):
            for name in names:
                statement = f"DELETE FROM {table} WHERE {column} = ? RETURNING 1"  # noqa: S608
                gone += len(self._rows(statement, (name,)))
        return gone

    def put_words(self, item: str, sealed: bytes) -> None:
        """Keep the sealed key of something written by hand."""
        self._database.execute("INSERT INTO words VALUES (?, ?)", (item, sealed))

    def words(self) -> dict[str, bytes]:
        """Every sealed key of something written by hand, by item."""
        rows = self._rows("SELECT item, sealed FROM words")
        return {item: bytes(sealed) for item, sealed in rows}
