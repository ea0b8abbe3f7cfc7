"""Names of sources and lists: sealed, few, and read into memory as a whole."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from wayout.errors import RegistryError
from wayout.registry.entries import ListEntry
from wayout.registry.store.desk import Act, Desk, json_bytes
from wayout.registry.store.tables import FACTS, LISTS, SOURCES
from wayout.registry.vault.admission import open_compartment
from wayout.registry.vault.membership import new_id
from wayout.registry.vault.roles import Common, Role
from wayout.registry.vault.sealing import keyed_hash

INDEX_KEY = "index-key"
"""Name of the fact that says which epoch of the index's key is in use; without it, the first."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A list and the compartment that its rows are sealed in."""

    entry: ListEntry
    compartment: str
    number: int


def sources(desk: Desk, connection: Connection) -> dict[str, str]:
    """Compartments by the name of the source."""
    if desk.session.decoy:
        return {}
    found = {}
    for row in connection.execute(select(SOURCES.c.compartment, SOURCES.c.label)):
        context = f"source:{row.compartment}"
        name = desk.session.unseal_common(Common.LABEL, bytes(row.label), context).decode()
        found[name] = row.compartment
    return found


def lists(desk: Desk, connection: Connection) -> list[Listed]:
    """Every list of a source that the member may open, in order of arrival."""
    if desk.session.decoy:
        return []
    rows = connection.execute(select(LISTS).order_by(LISTS.c.number)).all()
    opens = desk.me.opens_list
    return [_listed(desk, row) for row in rows if opens(row.compartment)]


def _listed(desk: Desk, row: Any) -> Listed:
    context = f"list:{row.list_id}"
    label = desk.session.unseal_common(Common.LABEL, bytes(row.label), context)
    source, as_of, file_name, file_hash = json.loads(label)
    day = date.fromisoformat(as_of)
    entry = ListEntry(row.list_id, source, day, file_name, file_hash, row.num_rows)
    return Listed(entry, row.compartment, row.number)


def seal_list(desk: Desk, entry: ListEntry) -> bytes:
    """What is kept of a list's names."""
    values = [entry.source, entry.as_of.isoformat(), entry.file_name, entry.file_hash]
    return desk.session.seal_common(Common.LABEL, json_bytes(values), f"list:{entry.list_id}")


def index_root(desk: Desk, connection: Connection) -> bytes:
    """The key from which all indexes follow now."""
    kept = connection.execute(select(FACTS.c.value).where(FACTS.c.name == INDEX_KEY)).scalar()
    return desk.session.key_of(Common.INDEX, int(kept or 1))


def file_key(root: bytes, source: str, file_hash: str) -> bytes:
    """By what the same file of the same source is known again; says nothing without the key."""
    return keyed_hash(root, json_bytes(["file", source, file_hash]))


def source_key(root: bytes, source: str) -> bytes:
    """By what two sources of one name are seen to be one."""
    return keyed_hash(root, json_bytes(["source", source]))


def index_anew(desk: Desk, connection: Connection, epoch: int) -> None:
    """Let the index's key be another, and compute under it what is known of files and sources."""
    connection.execute(delete(FACTS).where(FACTS.c.name == INDEX_KEY))
    connection.execute(insert(FACTS), [{"name": INDEX_KEY, "value": str(epoch)}])
    root = index_root(desk, connection)
    for name, compartment in sources(desk, connection).items():
        change = update(SOURCES).where(SOURCES.c.compartment == compartment)
        connection.execute(change.values(source_key=source_key(root, name)))
    for item in lists(desk, connection):
        entry = item.entry
        change = update(LISTS).where(LISTS.c.list_id == entry.list_id)
        key = file_key(root, entry.source, entry.file_hash)
        connection.execute(change.values(file_key=key))


def compartment_of(desk: Desk, source: str) -> str:
    """The compartment of a source; a new source gets one, and its keys."""
    with desk.store.reading() as connection:
        known = sources(desk, connection).get(source)
    if known is not None:
        return known
    compartment = new_id()
    if not desk.me.opens_list(compartment):
        raise RegistryError(
            f"There is no source called {source}, and your lists are limited: somebody whose "
            "lists are not adds it."
        )
    open_compartment(desk.session, compartment, desk.active())
    label = desk.session.seal_common(Common.LABEL, source.encode(), f"source:{compartment}")

    def work(connection: Connection, _: object) -> None:
        key = source_key(index_root(desk, connection), source)
        row = {"compartment": compartment, "label": label, "source_key": key}
        connection.execute(insert(SOURCES), [row])

    act = Act("source-added", Role.CLERK, {"compartment": compartment}, "a new source")
    desk.write((act,), work)
    return compartment


def mapping(desk: Desk, source: str) -> dict[str, str] | None:
    """How the columns of a source were understood last; None: never said."""
    with desk.store.reading() as connection:
        compartment = sources(desk, connection).get(source)
        query = select(SOURCES.c.mapping).where(SOURCES.c.compartment == compartment)
        sealed = connection.execute(query).scalar()
    if compartment is None or sealed is None:
        return None
    context = f"mapping:{compartment}"
    found: dict[str, str] = json.loads(
        desk.session.unseal_common(Common.LABEL, bytes(sealed), context)
    )
    return found


def remember_mapping(desk: Desk, source: str, columns: Mapping[str, str]) -> None:
    """Keep how the columns of a source are understood, for its next list."""
    compartment = compartment_of(desk, source)
    content = json_bytes(dict(columns))
    sealed = desk.session.seal_common(Common.LABEL, content, f"mapping:{compartment}")

    def work(connection: Connection, _: object) -> None:
        where = SOURCES.c.compartment == compartment
        connection.execute(update(SOURCES).where(where).values(mapping=sealed))

    act = Act("mapping-kept", Role.CLERK, {"compartment": compartment}, "columns understood")
    desk.write((act,), work)
