"""Exports: prepared and looked at, approved by a second person above the cap, then released."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select

from wayout.errors import AccessError, RegistryError
from wayout.eventlog import store as log
from wayout.eventlog.event import Draft, Event, moment_of, text_of
from wayout.registry.release import files, watermark
from wayout.registry.release.cap import CAP_ROWS, Released, fits
from wayout.registry.release.files import Kind
from wayout.registry.release.watermark import Copy, Match
from wayout.registry.store import reading
from wayout.registry.store.desk import Act, Desk, as_bytes, as_text, json_bytes
from wayout.registry.store.tables import ROWS
from wayout.registry.vault.membership import new_id
from wayout.registry.vault.roles import FIELDS, OPENS, Common, Role
from wayout.registry.vault.sealing import derived

_KINDS = ("export-prepared", "export-approved", "export-released", "export-destroyed")
_SECOND = (Role.ADMIN, Role.REVIEWER, Role.AUDITOR)
"""Roles of which a second person must have one."""


@dataclass(frozen=True, slots=True)
class Export:
    """An export as everybody sees it before and after: what, how much, for whom, until when.

    ``num_hidden`` of its rows stood in hidden rows or sheets of the lists that they came from: a
    reason to ask whether they were meant to be there.
    """

    export: str
    author: str
    role: Role
    num_rows: int
    num_hidden: int
    columns: tuple[str, ...]
    audience: str
    recipients: tuple[str, ...]
    expires: datetime
    records: tuple[str, ...]
    num_approvals: int = 0
    num_released: int = 0
    is_destroyed: bool = False

    @property
    def num_handed_out(self) -> int:
        """Rows times copies."""
        return self.num_rows * len(self.recipients)

    @property
    def needs_second(self) -> bool:
        """Whether it is above the cap by itself."""
        return self.num_handed_out > CAP_ROWS


@dataclass(frozen=True, slots=True)
class MarkedCopy:
    """One recipient's copy: its header, and a row of cells for each record."""

    recipient: str
    header: tuple[str, ...]
    records: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def references(self) -> dict[str, str]:
        """The reference of each record."""
        return {record: row[0] for record, row in zip(self.records, self.rows, strict=True)}


class Exports:
    """The exports of a register, as one member may make and see them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def prepare(
        self,
        role: Role,
        reason: str,
        records: Iterable[str],
        columns: Sequence[str],
        *,
        audience: str,
        recipients: Sequence[str],
        expires: datetime,
    ) -> Export:
        """Say what is to be handed out; nothing is read or written yet.

        Raises AccessError for columns that the role does not open, RegistryError for an export
        without recipients, audience, rows, or with an end in the past.
        """
        self._desk.need("prepare an export", role)
        self._desk.need_reason(reason)
        _check_columns(role, columns)
        wanted = self._existing(records)
        self._check(wanted, audience, recipients, expires)
        export = new_id()
        spec = [audience, list(recipients), wanted, list(columns)]
        body = {
            "expires": text_of(expires),
            "export": export,
            "num_hidden": self._hidden(wanted),
            "num_records": len(wanted),
            "spec": as_text(
                self._desk.session.seal_common(Common.DECISIONS, json_bytes(spec), export)
            ),
        }
        self._desk.write((Act("export-prepared", role, body, reason),))
        return self.get(export)

    def _existing(self, records: Iterable[str]) -> list[str]:
        wanted = list(dict.fromkeys(records))
        with self._desk.store.reading() as connection:
            mine = reading.existing(self._desk, connection, wanted)
        if unknown := len(wanted) - len(mine):
            raise AccessError(f"{unknown} of the records are not there, or not yours to open.")
        return wanted

    def _check(
        self, wanted: Sequence[str], audience: str, recipients: Sequence[str], expires: datetime
    ) -> None:
        if not wanted:
            raise RegistryError("An export needs at least one record.")
        if not audience.strip() or not recipients or not all(name.strip() for name in recipients):
            raise RegistryError("An export needs an audience, and a name for each recipient.")
        if len(set(recipients)) < len(recipients):
            raise RegistryError("Two recipients have the same name: each copy is marked.")
        if expires <= self._desk.clock():
            raise RegistryError("An export needs an end that is still to come.")

    def _hidden(self, records: Sequence[str]) -> int:
        total = 0
        with self._desk.store.reading() as connection:
            for start in range(0, len(records), 500):
                part = records[start : start + 500]
                query = select(func.count()).where(ROWS.c.record.in_(part), ROWS.c.is_hidden)
                total += connection.execute(query).scalar_one()
        return total

    def all(self) -> tuple[Export, ...]:
        """Every export, in order."""
        self._desk.touch()
        if self._desk.session.decoy:
            return ()
        with self._desk.store.reading() as connection:
            return tuple(_folded(self._desk, log.events(connection, _KINDS)).values())

    def get(self, export: str) -> Export:
        """One export; raises RegistryError if there is none of that identifier."""
        for item in self.all():
            if item.export == export:
                return item
        raise RegistryError(f"There is no export {export}.")

    def overdue(self) -> tuple[Export, ...]:
        """Released copies whose time is over and whose destruction nobody has confirmed."""
        now = self._desk.clock()
        return tuple(
            item
            for item in self.all()
            if item.num_released and not item.is_destroyed and item.expires <= now
        )

    def approve(self, export: str, role: Role, reason: str) -> Export:
        """Approve one release of somebody else's export, having seen what it is."""
        self._desk.need("approve an export", role, *_SECOND)
        self._desk.need_reason(reason)
        item = self.get(export)
        if item.author == self._desk.me.member:
            raise AccessError("An export is approved by a second person.")
        self._desk.write((Act("export-approved", role, {"export": export}, reason),))
        return self.get(export)

    def destroyed(self, export: str, role: Role, reason: str) -> None:
        """Keep on record that every copy was destroyed."""
        self._desk.need("confirm a destruction", role)
        self._desk.need_reason(reason)
        self.get(export)
        self._desk.write((Act("export-destroyed", role, {"export": export}, reason),))

    def release(
        self, export: str, role: Role, reason: str, folder: Path, kind: Kind = "csv"
    ) -> tuple[Path, ...]:
        """Write one marked copy for each recipient; raises AccessError above the cap.

        The cap is checked where the release is logged, in one transaction: neither repeating nor
        running in parallel gets more out.
        """
        copies = self.release_in_memory(export, role, reason)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        paths = []
        for number, copy in enumerate(copies, start=1):
            path = folder / f"{export[:8]}-{number}.{kind}"
            files.write(path, copy.header, copy.rows)
            paths.append(path)
        return tuple(paths)

    def release_in_memory(self, export: str, role: Role, reason: str) -> tuple[MarkedCopy, ...]:
        """The marked copies themselves, for a document that is not a plain table; no file."""
        self._desk.need("release an export", role)
        self._desk.need_reason(reason)
        item = self.get(export)
        if item.author != self._desk.me.member or item.role is not role:
            raise AccessError("An export is released by whoever prepared it, in the same role.")
        if item.expires <= self._desk.clock():
            raise AccessError("The export's time is over: prepare it anew.")
        self._log_release(item, reason)
        frame = reading.table(self._desk, role, f"export {export}: {reason}", item.records)
        rows = frame.rows(named=True)
        return tuple(self._copy(item, name, rows) for name in item.recipients)

    def _log_release(self, item: Export, reason: str) -> None:
        token = new_id()
        words, text, key = self._desk.seal_words(reason, Common.JOURNAL)
        with self._desk.session.keyring.change():
            self._desk.session.keyring.put_words(words, key)

        def work(connection: Connection) -> list[Draft]:
            now, approved = self._desk.clock(), _has_approval(self._desk, connection, item)
            earlier = _released(connection, item.author)
            if not approved and not fits(earlier, item.num_handed_out, now):
                raise AccessError(
                    f"That is more than {CAP_ROWS} rows in 24 hours: a second person has to "
                    "approve it."
                )
            body = {
                "export": item.export,
                "is_approved": approved,
                "num_rows": item.num_handed_out,
            }
            act = Act("export-released", item.role, body, reason)
            return [self._desk.draft(act, words, text, token)]

        self._desk.write_drafts(token, work)

    def _copy(self, item: Export, name: str, rows: Sequence[Mapping[str, Any]]) -> MarkedCopy:
        """One recipient's copy: references, the day to destroy it, and the columns."""
        copy, key = Copy(item.export, name), self._key()
        until = text_of(item.expires)
        table = tuple(tuple(_cells(key, copy, row, until, item.columns)) for row in rows)
        records = tuple(row["record"] for row in rows)
        return MarkedCopy(name, ("reference", "destroy_by", *item.columns), records, table)

    def _key(self) -> bytes:
        secret = self._desk.session.common_key(Common.LOGBOOK)
        return derived(secret, "wayout watermark")

    def trace(self, role: Role, reason: str, excerpt: Sequence[Mapping[str, str]]) -> list[Match]:
        """Whose copy an excerpt came from, best first; rows in any order, columns by their names.

        By references where they are there; else by how telephone numbers are grouped, for which
        the role must open them.
        """
        self._desk.need("trace a leak", role, Role.AUDITOR, Role.REVIEWER)
        self._desk.need_reason(reason)
        released = [item for item in self.all() if item.num_released]
        self._desk.write((Act("leak-traced", role, {"num_rows": len(excerpt)}, reason),))
        copies = {
            Copy(item.export, name): item.records for item in released for name in item.recipients
        }
        references = [row.get("reference", "") for row in excerpt]
        found = watermark.by_references(self._key(), references, copies)
        if found or role is not Role.REVIEWER:
            return found
        return self._trace_phones(role, reason, excerpt, released)

    def _trace_phones(
        self, role: Role, reason: str, excerpt: Sequence[Mapping[str, str]], released: list[Export]
    ) -> list[Match]:
        texts = [row.get("phone", "").lstrip("'") for row in excerpt]
        copies: dict[Copy, dict[str, str]] = {}
        for item in released:
            frame = reading.table(self._desk, role, reason, item.records)
            numbers = {
                watermark.digits_of(phone): record
                for record, phone in frame.select("record", "phone").iter_rows()
                if phone
            }
            copies.update({Copy(item.export, name): numbers for name in item.recipients})
        return watermark.by_groups(self._key(), texts, copies)


def _check_columns(role: Role, columns: Sequence[str]) -> None:
    opened = {name for group in OPENS[role] for name in FIELDS.get(group, ())} | {"source"}
    if not columns:
        raise RegistryError("An export needs at least one column.")
    if closed := [name for name in columns if name not in opened]:
        raise AccessError(f"The role of {role} does not open {', '.join(closed)}.")


def _cells(
    key: bytes, copy: Copy, row: Mapping[str, Any], until: str, columns: Sequence[str]
) -> list[str]:
    record = row["record"]
    cells = [watermark.reference(key, copy, record), until]
    for name in columns:
        value = row[name]
        if name == "phone" and value:
            value = watermark.grouped(key, copy, record, value)
        cells.append("" if value is None else str(value))
    return cells


def _folded(desk: Desk, events: Sequence[Event]) -> dict[str, Export]:
    """Exports from what the log says happened to them."""
    found: dict[str, Export] = {}
    for event in events:
        body, kind = event.draft.body, event.draft.kind
        export = str(body["export"])
        if kind == "export-prepared":
            found[export] = _prepared(desk, event)
        elif kind == "export-approved":
            found[export] = replace(found[export], num_approvals=found[export].num_approvals + 1)
        elif kind == "export-released":
            found[export] = replace(found[export], num_released=found[export].num_released + 1)
        else:
            found[export] = replace(found[export], is_destroyed=True)
    return found


def _prepared(desk: Desk, event: Event) -> Export:
    body, draft = event.draft.body, event.draft
    export = str(body["export"])
    spec = desk.session.unseal_common(Common.DECISIONS, as_bytes(body["spec"]), export)
    audience, recipients, records, columns = json.loads(spec)
    return Export(
        export,
        draft.author,
        Role(draft.role),
        body["num_records"],
        body["num_hidden"],
        tuple(columns),
        audience,
        tuple(recipients),
        moment_of(body["expires"]),
        tuple(records),
    )


def _has_approval(desk: Desk, connection: Connection, item: Export) -> bool:
    """Whether somebody else approved a release that was not used yet; each serves once."""
    events = log.events(connection, ("export-approved", "export-released"))
    mine = [event for event in events if event.draft.body["export"] == item.export]
    removed = desk.removed()
    given = [
        event
        for event in mine
        if event.draft.kind == "export-approved"
        and event.draft.author != item.author
        and event.draft.author not in removed
    ]
    spent = [event for event in mine if event.draft.body.get("is_approved")]
    return len(given) > len(spent)


def _released(connection: Connection, author: str) -> list[Released]:
    events = log.events(connection, ("export-released",), author)
    return [
        Released(
            event.draft.time, event.draft.body["num_rows"], bool(event.draft.body["is_approved"])
        )
        for event in events
    ]
