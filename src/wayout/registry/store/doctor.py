"""Whether a register is kept as it has to be kept, as far as it shows without a passphrase."""

import stat
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, text

from wayout.errors import RegistryError
from wayout.eventlog import store as log
from wayout.eventlog.checkpoint import read
from wayout.eventlog.event import moment_of
from wayout.findings import Finding, Severity, Where
from wayout.registry.store import lookup
from wayout.registry.store.desk import CHECKPOINT_ENTRIES
from wayout.registry.store.migrate import newest, shape_of
from wayout.registry.store.writing import Store
from wayout.registry.vault import constitution as constitutions
from wayout.registry.vault.keyring import Keyring
from wayout.registry.vault.membership import vouched_members
from wayout.registry.vault.roles import Role

_BUG_FROM, _BUG_TO = (3, 7, 0), (3, 51, 2)
"""Versions with the WAL-reset bug (https://sqlite.org/wal.html#walresetbug), fixed in 3.51.3."""
_MUCH_LOG = 64 * 1024 * 1024


def version_of(version: str) -> tuple[int, ...]:
    """A version as numbers."""
    return tuple(int(part) for part in version.split("."))


def has_reset_bug(version: str) -> bool:
    """Whether a version of SQLite may damage a write-ahead log that two processes write."""
    return _BUG_FROM <= version_of(version)[:3] <= _BUG_TO


def _warn(rule: str, file: str, message: str, cure: str) -> Finding:
    return Finding(rule, Severity.WARNING, Where(file), message, cure)


def _error(rule: str, file: str, message: str, cure: str) -> Finding:
    return Finding(rule, Severity.ERROR, Where(file), message, cure)


def check_library(version: str | None) -> Iterator[Finding]:
    """SQLite's own version."""
    if version is not None and has_reset_bug(version):
        message = (
            f"SQLite {version} has the WAL-reset bug: two processes that write or checkpoint at "
            "the same moment may damage the database. Wayout's processes take turns."
        )
        cure = "Use 3.51.3 or later, and let no other program write to the register."
        yield _warn("sqlite-version", "register", message, cure)


def check_file(path: Path, what: str) -> Iterator[Finding]:
    """Who may read a file."""
    if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
        message = f"The {what} can be read by others than its owner."
        yield _error("file-open-to-others", path.name, message, f"Run chmod 600 {path.name}.")


def check_machine() -> Iterator[Finding]:
    """What of memory may end on a disk."""
    swaps = Path("/proc/swaps")
    if swaps.exists() and len(swaps.read_text("utf-8").splitlines()) > 1:
        message = "Memory may be swapped to a disk."
        yield _warn("swap", "machine", message, "Run swapoff -a, or encrypt the swap.")


def check_settings(connection: Connection) -> Iterator[Finding]:
    """How the database is kept."""
    if shape_of(connection) != newest():
        message = f"The tables have the shape {shape_of(connection)}, not {newest()}."
        yield _error("shape", "register", message, "Make a backup, run `wayout people migrate`.")
        return
    if connection.dialect.name == "sqlite":
        mode = connection.execute(text("PRAGMA journal_mode")).scalar()
        synchronous = connection.execute(text("PRAGMA synchronous")).scalar()
        if (mode, synchronous) != ("wal", 2):
            message = f"Journal {mode}, synchronous {synchronous}: commits may be lost."
            yield _error("durability", "register", message, "Move it to a local disk.")
    else:
        for name in ("fsync", "full_page_writes", "synchronous_commit"):
            value = connection.execute(text(f"SHOW {name}")).scalar()
            if value == "off":
                message = f"PostgreSQL runs with {name} off: commits may be lost."
                yield _error("durability", "register", message, f"Set {name} = on.")
    yield from _check_contents(connection)


def _check_contents(connection: Connection) -> Iterator[Finding]:
    bits, num_rows = lookup.budget(connection)
    if not bits.fits(num_rows):
        message = f"The indexes tell {bits.total} bits of each of {num_rows} rows: too many."
        yield _error("index-budget", "register", message, "Run `wayout people reindex`.")
    last = log.last_note(connection)
    since = log.head(connection).size - (0 if last is None else read(last).size)
    if since > 2 * CHECKPOINT_ENTRIES:
        message = f"The last {since} entries of the log are under no checkpoint."
        yield _warn("checkpoint-old", "register", message, "Run `wayout log checkpoint`.")


def check_exports(connection: Connection, now: datetime) -> Iterator[Finding]:
    """Copies that should have been destroyed."""
    kinds = ("export-prepared", "export-released", "export-destroyed")
    events = log.events(connection, kinds)
    destroyed = {e.draft.body["export"] for e in events if e.draft.kind == "export-destroyed"}
    released = {e.draft.body["export"] for e in events if e.draft.kind == "export-released"}
    for event in events:
        body = event.draft.body
        is_open = body["export"] in released - destroyed
        if event.draft.kind == "export-prepared" and is_open and moment_of(body["expires"]) <= now:
            message = (
                f"Copies of export {body['export']} were to be destroyed by {body['expires']}."
            )
            cure = "Have them destroyed, then run `wayout people export destroyed`."
            yield _warn("export-overdue", "exports", message, cure)


def check_members(keyring: Keyring) -> Iterator[Finding]:
    """Whether one person alone opens everything."""
    constitution = constitutions.of(keyring)
    members = vouched_members(keyring.certificates(), constitution.root).values()
    data = {Role.CLERK, Role.REVIEWER}
    both = [who.name for who in members if Role.ADMIN in who.roles and data & who.roles]
    if both:
        message = f"{', '.join(both)}: admits members and opens people as well."
        cure = "Give the role of admin to somebody who opens nothing, and make two of them."
        yield _warn("roles-not-apart", keyring.path.name, message, cure)
    if len(members) < 2:
        message = "There is one member: nobody can approve an export above the cap."
        yield _warn("one-member", keyring.path.name, message, "Admit a second person.")


def examine(url: str, keyring: Path, now: datetime) -> tuple[str, tuple[Finding, ...]]:
    """The database's name and version, and everything that should be otherwise."""
    store = Store(url)
    try:
        if store.path is not None and not store.path.exists():
            raise RegistryError(f"There is no register at {store.path}.")
        version = store.sqlite_version()
        with store.reading() as connection:
            name = f"SQLite {version}" if version else _postgres(connection)
            found = [*check_library(version), *check_settings(connection)]
            if not any(finding.rule == "shape" for finding in found):
                found += check_exports(connection, now)
        if store.path is not None:
            found += check_file(store.path, "register")
            found += _check_log_size(store.path)
    finally:
        store.close()
    found += check_file(keyring, "keyring")
    keys = Keyring.open(keyring)
    try:
        found += check_members(keys)
    finally:
        keys.close()
    return name, (*found, *check_machine())


def _postgres(connection: Connection) -> str:
    return f"PostgreSQL {connection.execute(text('SHOW server_version')).scalar()}"


def _check_log_size(path: Path) -> Iterator[Finding]:
    wal = path.with_name(path.name + "-wal")
    if wal.exists() and wal.stat().st_size > _MUCH_LOG:
        message = f"The write-ahead log has grown to {wal.stat().st_size >> 20} MiB."
        cure = "Close programs that read the register for long; it is emptied when they are gone."
        yield _warn("log-not-emptied", wal.name, message, cure)
