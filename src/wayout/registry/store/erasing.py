"""Erasing: the keys of a record are destroyed; a tombstone says that there was one.

The tombstone is written first. Keys that a crash left behind are destroyed when the register is
opened next, so an erasure that was acknowledged is never half done for long. Copies in exports are
out of reach, and backups of the keyring must be destroyed apart.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, select, update

from wayout.registry.store.deciding import items_about
from wayout.registry.store.desk import Act, Desk
from wayout.registry.store.reading import existing
from wayout.registry.store.tables import ROWS
from wayout.registry.vault.roles import Common, Role, Sensitivity

_NOTHING: dict[str, Any] = {
    **dict.fromkeys(name.value for name in Sensitivity),
    "phone_index": None,
    "document_index": None,
    "is_erased": True,
}


def erase(desk: Desk, role: Role, records: Iterable[str], reason: str) -> int:
    """Destroy what is known of records, and words about them; how many records that were."""
    with desk.store.reading() as connection:
        wanted = existing(desk, connection, records)
    if not wanted:
        return 0

    def work(connection: Connection, _: Sequence[str]) -> None:
        for start in range(0, len(wanted), 500):
            part = wanted[start : start + 500]
            connection.execute(update(ROWS).where(ROWS.c.record.in_(part)).values(_NOTHING))

    body = {"num_records": len(wanted), "of": wanted}
    act = Act("erased", role, body, reason)
    desk.write((act,), work, common=Common.JOURNAL)
    finish(desk)
    return len(wanted)


def finish(desk: Desk) -> int:
    """Destroy keys of erased records that are still there; how many keys."""
    with desk.store.reading() as connection:
        query = select(ROWS.c.record).where(ROWS.c.is_erased)
        erased = list(connection.execute(query).scalars())
        left = list(desk.session.keyring.wraps(erased))
        items = items_about(connection, left)
    if not left:
        return 0
    with desk.session.keyring.change():
        gone = desk.session.keyring.destroy(left, items)
    desk.store.truncate_log()
    return gone
