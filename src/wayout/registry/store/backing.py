"""Backups of the register and, apart from them, of its keyring; and the way back.

A backup of the register may be kept for as long as the register is needed: it holds no key. One of
the keyring brings back what was erased after it was made, so it is kept for 35 days at most and in
another place. Neither is a copy of a file in use: SQLite writes it (``VACUUM INTO``), and a
PostgreSQL register is copied table by table into SQLite, so that any backup restores to either.
"""

import hashlib
import json
import string
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select

from wayout.errors import RegistryError, SealError
from wayout.eventlog import store as log
from wayout.registry.store.creating import check_belongs
from wayout.registry.store.desk import Act, Desk, json_bytes
from wayout.registry.store.migrate import migrate, shape_of
from wayout.registry.store.tables import METADATA, ROWS
from wayout.registry.store.writing import Store
from wayout.registry.vault import backup as sealed_file
from wayout.registry.vault.keypair import is_signed
from wayout.registry.vault.roles import Role

REGISTER_FILE = "register.age"
KEYRING_FILE = "keyring.age"
MANIFEST_FILE = "manifest.json"
KEYRING_DAYS = 35
_BATCH = 2000


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup of a register holds: how long its log was, its last link, its rows."""

    deployment: str
    size: int
    link: str
    num_rows: int
    file_hash: str


def back_up(desk: Desk, folder: Path, recipients: Sequence[str], reason: str) -> Manifest:
    """Write an encrypted, signed backup of the register into a new folder; keys are not in it."""
    desk.need("make a backup", Role.ADMIN, Role.ADMIN)
    desk.need_reason(reason)
    desk.write((Act("backup-made", Role.ADMIN, {"num_recipients": len(recipients)}, reason),))
    folder.mkdir(mode=0o700, parents=True)
    signing = desk.session.logbook()
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        plain = Path(scratch) / "register.db"
        _copy_out(desk.store, plain)
        sealed_file.write(plain, folder / REGISTER_FILE, recipients, signing)
        manifest = _manifest(desk.session.deployment, plain, folder / REGISTER_FILE)
    content = json_bytes(_as_dict(manifest))
    (folder / MANIFEST_FILE).write_bytes(content)
    (folder / f"{MANIFEST_FILE}.sig").write_text(signing.sign(content).hex() + "\n", "ascii")
    return manifest


def back_up_keyring(desk: Desk, folder: Path, recipients: Sequence[str], reason: str) -> Path:
    """Write an encrypted, signed backup of the keyring; destroy it after 35 days at most."""
    desk.need("make a backup of the keyring", Role.ADMIN, Role.ADMIN)
    desk.need_reason(reason)
    desk.write((Act("keyring-backup-made", Role.ADMIN, {}, reason),))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    target = folder / KEYRING_FILE
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        plain = Path(scratch) / "keyring.db"
        desk.session.keyring.copy_to(plain)
        sealed_file.write(plain, target, recipients, desk.session.logbook())
    return target


def signer_of(folder: Path, keys: Sequence[bytes]) -> bytes:
    """Which of a register's keys of checkpoints signed a backup; the last one if none did."""
    content = (folder / MANIFEST_FILE).read_bytes()
    text = (folder / f"{MANIFEST_FILE}.sig").read_text("ascii", "replace").strip()
    if not all(letter in string.hexdigits for letter in text) or len(text) % 2:
        return keys[-1]
    signed = (key for key in keys if is_signed(key, content, bytes.fromhex(text)))
    return next(signed, keys[-1])


def restore(folder: Path, url: str, identity: str, public_key: bytes) -> Manifest:
    """Bring a register back to an empty place; raises SealError if anything was altered.

    ``public_key`` is the register's key of checkpoints, from its keyring.
    """
    manifest = _read_manifest(folder, public_key)
    source = folder / REGISTER_FILE
    if _hash(source) != manifest.file_hash:
        raise SealError(f"{REGISTER_FILE} is not the file that the manifest names.")
    with _empty(url) as target, tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "register.db"
        sealed_file.read(source, plain, identity, public_key)
        origin = Store(f"sqlite:///{plain}")
        try:
            _copy(origin, target)
        finally:
            origin.close()
        check_belongs(target, manifest.deployment)
        with target.reading() as connection:
            end = log.head(connection)
    if (end.size, end.link.hex()) != (manifest.size, manifest.link):
        raise SealError("The backup's log does not end where its manifest says.")
    return manifest


def restore_keyring(source: Path, target: Path, identity: str, public_key: bytes) -> None:
    """Bring a keyring back to a path where there is none."""
    if target.exists():
        raise RegistryError(f"{target} exists: a keyring is never written over.")
    sealed_file.read(source, target, identity, public_key)


def _as_dict(manifest: Manifest) -> dict[str, Any]:
    return {name: getattr(manifest, name) for name in Manifest.__slots__}


def _manifest(deployment: str, plain: Path, sealed: Path) -> Manifest:
    store = Store(f"sqlite:///{plain}")
    try:
        with store.reading() as connection:
            end = log.head(connection)
            num_rows = len(connection.execute(select(ROWS.c.number)).all())
    finally:
        store.close()
    return Manifest(deployment, end.size, end.link.hex(), num_rows, _hash(sealed))


def _read_manifest(folder: Path, public_key: bytes) -> Manifest:
    content = (folder / MANIFEST_FILE).read_bytes()
    try:
        signature = bytes.fromhex((folder / f"{MANIFEST_FILE}.sig").read_text("ascii").strip())
    except ValueError as error:
        raise SealError("The manifest's signature cannot be read.") from error
    if not is_signed(public_key, content, signature):
        raise SealError("The manifest is not what was signed: it was altered or exchanged.")
    return Manifest(**json.loads(content))


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _copy_out(store: Store, plain: Path) -> None:
    """The register as one SQLite file."""
    plain.touch(mode=0o600)
    if store.path is not None:
        store.copy_to(plain)
        return
    target = Store(f"sqlite:///{plain}")
    try:
        _copy(store, target)
    finally:
        target.close()


@contextmanager
def _empty(url: str) -> Iterator[Store]:
    """A place without a register."""
    store = Store(url)
    try:
        if store.path is not None:
            if store.path.exists():
                raise RegistryError(f"{store.path} exists: a register is never written over.")
            store.path.touch(mode=0o600)
        with store.reading() as connection:
            if shape_of(connection) is not None:
                raise RegistryError("There is a register in this database already.")
        yield store
    finally:
        store.close()


def _copy(origin: Store, target: Store) -> None:
    """Every table of one store into another that has none, in one transaction."""
    migrate(target.engine)
    with origin.reading() as source, target.engine.connect() as connection:
        writer = connection.execution_options(writes=True)
        with writer.begin():
            for table in METADATA.sorted_tables:
                _copy_table(source, writer, table)


def _copy_table(source: Connection, target: Connection, table: Any) -> None:
    for rows in source.execute(select(table)).mappings().partitions(_BATCH):
        target.execute(insert(table), [dict(row) for row in rows])
