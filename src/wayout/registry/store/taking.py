"""Taking a list in: every row sealed and kept, all of it or nothing."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import Connection, func, insert, select

from wayout.eventlog.event import Draft
from wayout.registry.entries import ListEntry, ListReceipt, SourceRow
from wayout.registry.store import labels, lookup
from wayout.registry.store.desk import Act, Desk
from wayout.registry.store.packing import parts_of
from wayout.registry.store.tables import LISTS, ROWS
from wayout.registry.vault.blind import BlindIndex
from wayout.registry.vault.envelope import Envelope
from wayout.registry.vault.keyring import Wraps
from wayout.registry.vault.membership import new_id
from wayout.registry.vault.roles import Common, Role, Sensitivity

BATCH = 10_000


class _Sealer:
    """Seals rows of one list: gives them as the database and as the keyring keep them."""

    def __init__(self, envelope: Envelope, index: BlindIndex, list_id: str, number: int) -> None:
        self._envelope, self._index = envelope, index
        self._list_id, self._number = list_id, number

    def rows(
        self, rows: Sequence[SourceRow]
    ) -> tuple[list[dict[str, Any]], list[tuple[str, Wraps]]]:
        """A batch, sealed."""
        kept, wraps = [], []
        for row in rows:
            record = new_id()
            sealed, keys = self._envelope.seal(record, parts_of(row))
            wraps.append((record, keys))
            kept.append(self._row(record, row, sealed))
        return kept, wraps

    def _row(self, record: str, row: SourceRow, sealed: dict[Sensitivity, bytes]) -> dict[str, Any]:
        self._number += 1
        return {
            "number": self._number,
            "record": record,
            "list_id": self._list_id,
            "is_hidden": row.hidden,
            "is_erased": False,
            **{name.value: sealed.get(name) for name in Sensitivity},
            "phone_index": self._index.phone(row.record.phone),
            "document_index": self._index.document(row.record.document),
        }


def _batches(rows: Iterable[SourceRow]) -> Iterator[list[SourceRow]]:
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        yield batch


def _known(desk: Desk, connection: Connection, key: bytes) -> str | None:
    query = select(LISTS.c.list_id).where(LISTS.c.file_key == key)
    return connection.execute(query).scalar()


def take(
    desk: Desk,
    source: str,
    as_of: date,
    file_name: str,
    file_hash: str,
    rows: Iterable[SourceRow],
    reason: str,
) -> ListReceipt:
    """Keep every row of a list for ever; a file that is there already changes nothing."""
    compartment = labels.compartment_of(desk, source)
    with desk.store.reading() as connection:
        key = labels.file_key(labels.index_root(desk, connection), source, file_hash)
        known = _known(desk, connection, key)
    if known is not None:
        return _receipt(desk, known, is_new=False)
    list_id = new_id()
    envelope = desk.session.envelope(compartment, Sensitivity)
    item, words, words_key = desk.seal_words(reason, Common.JOURNAL)
    with desk.session.keyring.change():
        desk.session.keyring.put_words(item, words_key)

    def work(connection: Connection) -> list[Draft]:
        key = labels.file_key(labels.index_root(desk, connection), source, file_hash)
        sealer = _Sealer(envelope, lookup.current(desk, connection), list_id, _last(connection))
        num_rows = _fill(desk, connection, sealer, rows)
        entry = ListEntry(list_id, source, as_of, file_name, file_hash, num_rows)
        _insert_list(desk, connection, entry, compartment, key)
        body = {"compartment": compartment, "list": list_id, "records": num_rows}
        act = Act("list-added", Role.CLERK, body, reason)
        return [desk.draft(act, item, words, list_id)]

    desk.write_drafts(list_id, work)
    lookup.plan_again_if_grown(desk)
    return _receipt(desk, list_id, is_new=True)


def _last(connection: Connection) -> int:
    return connection.execute(select(func.max(ROWS.c.number))).scalar() or 0


def _fill(desk: Desk, connection: Connection, sealer: _Sealer, rows: Iterable[SourceRow]) -> int:
    """Write all rows; their keys reach the keyring before the rows are committed."""
    num_rows = 0
    for batch in _batches(rows):
        kept, wraps = sealer.rows(batch)
        with desk.session.keyring.change():
            desk.session.keyring.put_wraps(wraps)
        connection.execute(insert(ROWS), kept)
        num_rows += len(kept)
    return num_rows


def _insert_list(
    desk: Desk, connection: Connection, entry: ListEntry, compartment: str, key: bytes
) -> None:
    number = (connection.execute(select(func.max(LISTS.c.number))).scalar() or 0) + 1
    row = {
        "list_id": entry.list_id,
        "number": number,
        "compartment": compartment,
        "file_key": key,
        "num_rows": entry.num_rows,
        "label": labels.seal_list(desk, entry),
    }
    connection.execute(insert(LISTS), [row])


def _receipt(desk: Desk, list_id: str, *, is_new: bool) -> ListReceipt:
    """The receipt of a list, read from the store."""
    with desk.store.reading() as connection:
        (entry,) = [
            listed.entry
            for listed in labels.lists(desk, connection)
            if listed.entry.list_id == list_id
        ]
        query = select(ROWS.c.record).where(ROWS.c.list_id == list_id).order_by(ROWS.c.number)
        records = tuple(connection.execute(query).scalars())
    return ListReceipt(entry, is_new, records)
