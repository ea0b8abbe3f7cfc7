"""Decisions: appended, never changed; what undoes one is another one."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, insert, select

from wayout.eventlog import store as log
from wayout.eventlog.event import Event, moment_of, text_of
from wayout.registry.entries import Decision
from wayout.registry.store.desk import Act, Desk, as_bytes, as_text, json_bytes
from wayout.registry.store.tables import CONCERNS
from wayout.registry.vault.roles import OPENS_COMMON, Common, Role

PREFIX = "decided:"


@dataclass(frozen=True, slots=True)
class Deciding:
    """A decision that is about to be made."""

    kind: str
    body: Mapping[str, Any]
    reason: str
    records: tuple[str, ...] = field(default=())


MAY_DECIDE = tuple(role for role in Role if Common.DECISIONS in OPENS_COMMON[role])


def decide(
    desk: Desk, role: Role, decisions: Sequence[Deciding], token: str | None = None
) -> tuple[Decision, ...]:
    """Append decisions, all or none; as the log has them."""
    acts = [Act(PREFIX + item.kind, role, _sealed(desk, item), item.reason) for item in decisions]

    def work(connection: Connection, items: Sequence[str]) -> None:
        rows = [
            {"item": item, "record": record}
            for item, decision in zip(items, decisions, strict=True)
            for record in dict.fromkeys(decision.records)
        ]
        if rows:
            connection.execute(insert(CONCERNS), rows)

    first = desk.write(acts, work, common=Common.DECISIONS, token=token)
    return tuple(
        Decision(
            first.position + number,
            item.kind,
            json.loads(json_bytes(dict(item.body))),
            item.reason,
            tuple(sorted(set(item.records))),
            first.draft.author,
            role,
            moment_of(text_of(first.draft.time)),
        )
        for number, item in enumerate(decisions)
    )


def _sealed(desk: Desk, item: Deciding) -> dict[str, Any]:
    content = json_bytes(dict(item.body))
    return {"decision": as_text(desk.session.seal_common(Common.DECISIONS, content, item.kind))}


def decisions(desk: Desk, kind: str | None) -> tuple[Decision, ...]:
    """Every decision in order, or those of one kind; what was erased has no reason any more."""
    if desk.session.decoy:
        return ()
    # A kind that ends in a colon stands for all that begin so.
    wanted = PREFIX if kind is None else PREFIX + kind
    with desk.store.reading() as connection:
        events = log.events(connection, (wanted,))
        concerns = _concerns(connection)
    kept = desk.session.keyring.words() if events else {}
    return tuple(_decision(desk, event, concerns, kept) for event in events)


def _concerns(connection: Connection) -> dict[str, list[str]]:
    """Records by the item that concerns them."""
    found: dict[str, list[str]] = {}
    query = select(CONCERNS).order_by(CONCERNS.c.item, CONCERNS.c.record)
    for row in connection.execute(query):
        found.setdefault(row.item, []).append(row.record)
    return found


def _decision(
    desk: Desk, event: Event, concerns: Mapping[str, list[str]], kept: Mapping[str, bytes]
) -> Decision:
    draft, body = event.draft, event.draft.body
    kind, item = draft.kind.removeprefix(PREFIX), body["item"]
    content = desk.session.unseal_common(Common.DECISIONS, as_bytes(body["decision"]), kind)
    return Decision(
        event.position,
        kind,
        json.loads(content),
        desk.open_words(item, body["words"], kept.get(item)),
        tuple(concerns.get(item, ())),
        draft.author,
        Role(draft.role),
        draft.time,
    )


def items_about(connection: Connection, records: Iterable[str]) -> tuple[str, ...]:
    """Items that concern any of these records."""
    query = select(CONCERNS.c.item).where(CONCERNS.c.record.in_(list(records))).distinct()
    return tuple(connection.execute(query).scalars())
