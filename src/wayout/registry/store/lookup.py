"""Look-ups by telephone and document number through the blind indexes, within their budget."""

from collections.abc import Sequence
from typing import Any

import polars as pl
from sqlalchemy import Connection, Select, bindparam, func, insert, select, update

from wayout.errors import AccessError, RegistryError
from wayout.registry.entries import Look
from wayout.registry.store import labels, reading
from wayout.registry.store.desk import Act, Desk
from wayout.registry.store.packing import values_of
from wayout.registry.store.tables import INDEX_PLANS, ROWS
from wayout.registry.vault.blind import BlindIndex, Budget, budget_for, normal_document
from wayout.registry.vault.membership import EVERY_LIST
from wayout.registry.vault.roles import FIELDS, OPENS, Role, Sensitivity

GROWTH = 4
"""Indexes are planned anew when there are so many times the rows that they were planned for."""
_BOTH = frozenset({Sensitivity.CONTACT, Sensitivity.DOCUMENTS})


def _plan(connection: Connection) -> Any:
    return connection.execute(
        select(INDEX_PLANS).order_by(INDEX_PLANS.c.epoch.desc()).limit(1)
    ).one_or_none()


def current(desk: Desk, connection: Connection) -> BlindIndex:
    """The indexes as they are planned now; before the first plan they tell nothing."""
    plan = _plan(connection)
    root = labels.index_root(desk, connection)
    if plan is None:
        return BlindIndex(root, 0, Budget(0, 0))
    return BlindIndex(root, plan.epoch, Budget(plan.phone_bits, plan.document_bits))


def budget(connection: Connection) -> tuple[Budget, int]:
    """The bits in use, and how many rows there are now."""
    plan = _plan(connection)
    num_rows = connection.execute(select(func.count()).select_from(ROWS)).scalar_one()
    bits = Budget(0, 0) if plan is None else Budget(plan.phone_bits, plan.document_bits)
    return bits, num_rows


def plan_again_if_grown(desk: Desk) -> bool:
    """Plan and compute the indexes anew if the register has outgrown them; whether that was so.

    Needs somebody who opens every list; until he comes, look-ups find more candidates than needed.
    """
    with desk.store.reading() as connection:
        plan = _plan(connection)
        num_rows = connection.execute(select(func.count()).select_from(ROWS)).scalar_one()
    planned_for = 0 if plan is None else plan.num_rows
    if num_rows < max(1, GROWTH * planned_for) or EVERY_LIST not in desk.me.compartments:
        return False
    plan_again(desk, num_rows)
    return True


def rotate(desk: Desk, key_epoch: int) -> None:
    """Compute everything that is indexed anew under another key, in one transaction."""
    with desk.store.reading() as connection:
        _, num_rows = budget(connection)
    plan_again(desk, num_rows, key_epoch)


def plan_again(desk: Desk, num_rows: int, key_epoch: int | None = None) -> None:
    """Start a new epoch of the indexes, with the bits for so many rows; under a new key, if any."""
    bits = budget_for(num_rows)

    def work(connection: Connection, _: Sequence[str]) -> None:
        plan = _plan(connection)
        epoch = 1 if plan is None else plan.epoch + 1
        if key_epoch is not None:
            labels.index_anew(desk, connection, key_epoch)
        index = BlindIndex(labels.index_root(desk, connection), epoch, bits)
        row = {
            "epoch": epoch,
            "phone_bits": bits.phone,
            "document_bits": bits.document,
            "num_rows": num_rows,
        }
        connection.execute(insert(INDEX_PLANS), [row])
        _compute(desk, connection, index)

    body = {"phone_bits": bits.phone, "document_bits": bits.document, "num_records": num_rows}
    why = "the register has grown" if key_epoch is None else "another key"
    desk.write((Act("indexes-planned", Role.CLERK, body, why),), work)


def _compute(desk: Desk, connection: Connection, index: BlindIndex) -> None:
    """Compute the indexes of every row; one transaction with the plan."""
    prepared = reading.prepare(desk, connection, _BOTH)
    after = 0
    columns = (ROWS.c.number, ROWS.c.record, ROWS.c.list_id, ROWS.c.contact, ROWS.c.documents)
    statement = (
        update(ROWS)
        .where(ROWS.c.number == bindparam("row"))
        .values(phone_index=bindparam("phone"), document_index=bindparam("document"))
    )
    while True:
        query = select(*columns).where(ROWS.c.number > after, ~ROWS.c.is_erased)
        rows = connection.execute(query.order_by(ROWS.c.number).limit(reading.CHUNK)).all()
        if not rows:
            return
        after = rows[-1].number
        changes = [
            {"row": row.number, "phone": index.phone(phone), "document": index.document(document)}
            for row, phone, document in _numbers(desk, prepared, rows)
        ]
        connection.execute(statement, changes)


def _numbers(
    desk: Desk, prepared: reading.Reading, rows: Sequence[Any]
) -> list[tuple[Any, str | None, str | None]]:
    """The telephone and document numbers of rows."""
    wraps = desk.session.keyring.wraps([row.record for row in rows])
    found = []
    for row in rows:
        values: dict[str, Any] = {}
        for sensitivity in prepared.classes:
            sealed = getattr(row, sensitivity.value)
            if sealed is not None:
                envelope = prepared.envelope(row.list_id)
                part = envelope.open(row.record, sensitivity, sealed, wraps.get(row.record))
                values.update(zip(FIELDS[sensitivity], values_of(part), strict=True))
        found.append((row, values.get("phone"), values.get("document")))
    return found


def find(desk: Desk, role: Role, reason: str, look: Look) -> pl.DataFrame:
    """Records with this telephone and document number; logged whether or not there are any."""
    if not OPENS[role] >= _BOTH:
        raise AccessError(f"The role of {role} looks nobody up by a number.")
    if not look.phone and not look.document:
        raise RegistryError("A look-up needs a telephone number or a document number.")
    # Only what is asked about is opened of the candidates.
    asked = {Sensitivity.CONTACT: look.phone, Sensitivity.DOCUMENTS: look.document}
    classes = frozenset(name for name, value in asked.items() if value)
    with desk.store.reading() as connection:
        prepared = reading.prepare(desk, connection, classes)
        rows = connection.execute(_candidates(current(desk, connection), look)).all()
        mine = [row for row in rows if row.list_id in prepared.lists]
        records = [
            row.record
            for row, phone, document in _numbers(desk, prepared, mine)
            if _fits(look, phone, document)
        ]
    return reading.table(desk, role, reason, records)


def _candidates(index: BlindIndex, look: Look) -> Select[Any]:
    query = select(ROWS.c.record, ROWS.c.list_id, ROWS.c.contact, ROWS.c.documents)
    query = query.where(~ROWS.c.is_erased).order_by(ROWS.c.number)
    if look.phone:
        query = query.where(ROWS.c.phone_index == index.phone(look.phone))
    if look.document:
        query = query.where(ROWS.c.document_index == index.document(look.document))
    return query


def _fits(look: Look, phone: str | None, document: str | None) -> bool:
    wanted = normal_document(look.document or "")
    return (not look.phone or look.phone == phone) and (
        not wanted or wanted == normal_document(document or "")
    )
