"""Reading people: logged first, then opened in memory, class by class as the role allows."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
from sqlalchemy import Connection, select

from wayout.errors import AccessError, SealError
from wayout.registry.entries import KeptRow
from wayout.registry.records import RECORD_SCHEMA
from wayout.registry.store import labels
from wayout.registry.store.alarm import raise_if_unusual
from wayout.registry.store.desk import Act, Desk
from wayout.registry.store.labels import Listed
from wayout.registry.store.packing import row_of, values_of
from wayout.registry.store.tables import ROWS
from wayout.registry.vault.envelope import Envelope
from wayout.registry.vault.roles import FIELDS, OPENS, Role, Sensitivity

CHUNK = 5000
_NAMED_AT_MOST = 200
_ASKED_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Reading:
    """What is about to be read: the lists by identifier, and the keys of each compartment."""

    classes: frozenset[Sensitivity]
    lists: Mapping[str, Listed]
    envelopes: Mapping[str, Envelope]

    def envelope(self, list_id: str) -> Envelope:
        """The keys of a list."""
        return self.envelopes[self.lists[list_id].compartment]

    def source(self, list_id: str) -> str:
        """The name of a list's source."""
        return self.lists[list_id].entry.source


def prepare(desk: Desk, connection: Connection, classes: frozenset[Sensitivity]) -> Reading:
    """The keys for these classes in every list that the member may open."""
    listed = {item.entry.list_id: item for item in labels.lists(desk, connection)}
    compartments = {item.compartment for item in listed.values()}
    envelopes = {name: desk.session.envelope(name, sorted(classes)) for name in compartments}
    return Reading(classes, listed, envelopes)


def record_ids(desk: Desk, connection: Connection) -> tuple[str, ...]:
    """Records that the member may open, in order of arrival; erased ones are gone."""
    return tuple(list_of(desk, connection))


def list_of(desk: Desk, connection: Connection) -> dict[str, str]:
    """The list of each record that the member may open, in order of arrival."""
    listed = {item.entry.list_id for item in labels.lists(desk, connection)}
    query = select(ROWS.c.record, ROWS.c.list_id).where(~ROWS.c.is_erased)
    rows = connection.execute(query.order_by(ROWS.c.number))
    return {row.record: row.list_id for row in rows if row.list_id in listed}


def existing(desk: Desk, connection: Connection, records: Iterable[str]) -> list[str]:
    """Those of some records that are there and the member's to open, each once, in their order."""
    wanted = list(dict.fromkeys(records))
    listed = {item.entry.list_id for item in labels.lists(desk, connection)}
    found: set[str] = set()
    for start in range(0, len(wanted), _ASKED_AT_ONCE):
        part = wanted[start : start + _ASKED_AT_ONCE]
        query = select(ROWS.c.record, ROWS.c.list_id).where(ROWS.c.record.in_(part))
        rows = connection.execute(query.where(~ROWS.c.is_erased))
        found.update(row.record for row in rows if row.list_id in listed)
    return [record for record in wanted if record in found]


def log_read(
    desk: Desk, role: Role, reason: str, records: Sequence[str], classes: Iterable[str]
) -> None:
    """Log a read of records before anything of them is handed out."""
    hashed = hashlib.sha256("\n".join(records).encode()).hexdigest()
    named = list(records) if len(records) <= _NAMED_AT_MOST else []
    body: dict[str, Any] = {
        "classes": sorted(classes),
        "num_records": len(records),
        "of": named,
        "of_hash": hashed,
    }
    desk.write((Act("read", role, body, reason),))
    raise_if_unusual(desk, role)


def _wanted(desk: Desk, records: Iterable[str] | None) -> list[str]:
    """The records to read, in order; those that are not the member's to open are left out."""
    with desk.store.reading() as connection:
        if records is None:
            return list(record_ids(desk, connection))
        return existing(desk, connection, records)


def table(desk: Desk, role: Role, reason: str, records: Iterable[str] | None) -> pl.DataFrame:
    """Records as a table of RECORD_SCHEMA; columns that the role does not open are null."""
    if not OPENS[role]:
        raise AccessError(f"The role of {role} opens no record.")
    wanted = _wanted(desk, records)
    classes = OPENS[role] & frozenset(FIELDS)
    log_read(desk, role, reason, wanted, classes)
    with desk.store.reading() as connection:
        reading = prepare(desk, connection, classes)
        chunks = [_frame(desk, reading, rows) for rows in _chunks(connection, wanted, classes)]
    frame = pl.concat([pl.DataFrame(schema=RECORD_SCHEMA), *chunks])
    return frame if records is None else _in_order(frame, wanted)


def _in_order(frame: pl.DataFrame, wanted: Sequence[str]) -> pl.DataFrame:
    order = pl.DataFrame({"record": wanted}, schema={"record": pl.String})
    return order.join(frame, on="record", how="inner", maintain_order="left").select(frame.columns)


def _chunks(
    connection: Connection, wanted: Sequence[str], classes: Iterable[Sensitivity]
) -> Iterator[Sequence[Any]]:
    """The sealed rows of these records, some thousands at a time, in order of arrival."""
    columns = [ROWS.c.record, ROWS.c.list_id, ROWS.c.is_hidden, *(ROWS.c[c] for c in classes)]
    query = select(*columns).where(~ROWS.c.is_erased).order_by(ROWS.c.number)
    if len(wanted) <= CHUNK:
        yield connection.execute(query.where(ROWS.c.record.in_(wanted))).all()
        return
    chosen = set(wanted)
    for rows in connection.execute(query).partitions(CHUNK):
        yield [row for row in rows if row.record in chosen]


def _frame(desk: Desk, reading: Reading, rows: Sequence[Any]) -> pl.DataFrame:
    """One chunk, opened."""
    if not rows:
        return pl.DataFrame(schema=RECORD_SCHEMA)
    wraps = desk.session.keyring.wraps([row.record for row in rows])
    columns: dict[str, list[Any]] = {name: [] for name in RECORD_SCHEMA}
    columns["record"] = [row.record for row in rows]
    columns["source"] = [reading.source(row.list_id) for row in rows]
    for sensitivity, names in FIELDS.items():
        if sensitivity not in reading.classes:
            empty: list[Any] = [None] * len(rows)
            columns.update(dict.fromkeys(names, empty))
            continue
        nothing = [None] * len(names)
        opened = []
        for row in rows:
            sealed = getattr(row, sensitivity.value)
            if sealed is None:
                opened.append(nothing)
                continue
            envelope = reading.envelope(row.list_id)
            part = envelope.open(row.record, sensitivity, sealed, wraps.get(row.record))
            opened.append(values_of(part))
        columns.update(zip(names, map(list, zip(*opened, strict=True)), strict=True))
    return pl.DataFrame(columns, schema=RECORD_SCHEMA)


def kept_rows(
    desk: Desk, role: Role, reason: str, records: Iterable[str] | None
) -> Iterator[KeptRow]:
    """Rows as they were read; for roles that open the source of a row."""
    if Sensitivity.SOURCE not in OPENS[role]:
        raise AccessError(f"The role of {role} does not open rows as they were read.")
    wanted = _wanted(desk, records)
    log_read(desk, role, reason, wanted, OPENS[role])
    with desk.store.reading() as connection:
        reading = prepare(desk, connection, OPENS[role])
        for rows in _chunks(connection, wanted, sorted(OPENS[role])):
            yield from _opened_rows(desk, reading, rows)


def _opened_rows(desk: Desk, reading: Reading, rows: Sequence[Any]) -> Iterator[KeptRow]:
    wraps = desk.session.keyring.wraps([row.record for row in rows])
    for row in rows:
        envelope, keys = reading.envelope(row.list_id), wraps.get(row.record)
        parts = {
            sensitivity: envelope.open(row.record, sensitivity, sealed, keys)
            for sensitivity in Sensitivity
            if (sealed := getattr(row, sensitivity.value)) is not None
        }
        if Sensitivity.SOURCE not in parts:
            raise SealError(f"Record {row.record} has lost its source row.")
        source = row_of(row.record, reading.source(row.list_id), parts)
        yield KeptRow(row.record, row.list_id, source)
