"""The log's tables, and how an event is added to them inside somebody's transaction.

The head is read from the tables in the very transaction that writes, never remembered: a commit
that ended in an error may have happened, and a program that kept the head itself would then chain
onto what is no longer the end.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    insert,
    or_,
    select,
)

from wayout.eventlog.chain import Head, Tree, leaf_of, link_of
from wayout.eventlog.checkpoint import Checkpoint
from wayout.eventlog.event import Draft, Event, entry_of, event_of, text_of
from wayout.eventlog.verify import Entry

METADATA = MetaData()

EVENTS = Table(
    "events",
    METADATA,
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("token", String(40), nullable=False, unique=True),
    Column("time", String(20), nullable=False),
    Column("author", String(40), nullable=False, index=True),
    Column("kind", String(40), nullable=False, index=True),
    Column("entry", LargeBinary, nullable=False),
    Column("link", LargeBinary, nullable=False),
)

CHECKPOINTS = Table(
    "checkpoints",
    METADATA,
    Column("size", BigInteger, primary_key=True, autoincrement=False),
    Column("note", Text, nullable=False),
    Column("peaks", LargeBinary, nullable=False),
)


def head(connection: Connection) -> Head:
    """The end of the log, as the store has it now."""
    last = select(EVENTS.c.position, EVENTS.c.link).order_by(EVENTS.c.position.desc()).limit(1)
    row = connection.execute(last).one_or_none()
    return Head() if row is None else Head(row.position, bytes(row.link))


def append_all(connection: Connection, drafts: Sequence[Draft]) -> tuple[Event, ...]:
    """Add events in order in the caller's transaction; they count once that is committed."""
    end = head(connection)
    events, rows = [], []
    for draft in drafts:
        event = Event(end.size + 1, draft)
        entry = entry_of(event)
        end = Head(event.position, link_of(end.link, entry))
        events.append(event)
        rows.append(_row(event, entry, end.link))
    if rows:
        connection.execute(insert(EVENTS), rows)
    return tuple(events)


def _row(event: Event, entry: bytes, link: bytes) -> dict[str, object]:
    draft = event.draft
    return {
        "position": event.position,
        "token": draft.token,
        "time": text_of(draft.time),
        "author": draft.author,
        "kind": draft.kind,
        "entry": entry,
        "link": link,
    }


def find(connection: Connection, token: str) -> Event | None:
    """The event that a token was written with, if that write happened."""
    entry = connection.execute(select(EVENTS.c.entry).where(EVENTS.c.token == token)).scalar()
    return None if entry is None else event_of(bytes(entry))


def events(
    connection: Connection, kinds: Sequence[str] = (), author: str | None = None, since: str = ""
) -> tuple[Event, ...]:
    """Events in order: of these kinds (all if none is named), of one author, from a time on.

    A kind that ends in ``:`` stands for every kind that begins so.
    """
    query = select(EVENTS.c.entry).where(EVENTS.c.time >= since).order_by(EVENTS.c.position)
    if kinds:
        families = [EVENTS.c.kind.startswith(kind) for kind in kinds if kind.endswith(":")]
        query = query.where(or_(EVENTS.c.kind.in_(kinds), *families))
    if author is not None:
        query = query.where(EVENTS.c.author == author)
    return tuple(event_of(bytes(entry)) for entry in connection.execute(query).scalars())


def entries(connection: Connection, batch: int = 10_000) -> Iterator[Entry]:
    """Every entry as it stands, in order, a batch at a time."""
    after = -(2**62)  # whatever was put before the first entry is read, and found, as well
    while True:
        query = (
            select(EVENTS).where(EVENTS.c.position > after).order_by(EVENTS.c.position).limit(batch)
        )
        rows = connection.execute(query).all()
        for row in rows:
            yield Entry(
                row.position,
                bytes(row.entry),
                bytes(row.link),
                row.token,
                row.time,
                row.author,
                row.kind,
            )
        if len(rows) < batch:
            return
        after = rows[-1].position


def notes(connection: Connection) -> tuple[str, ...]:
    """The checkpoints that the store itself keeps, as signed notes, shortest first."""
    query = select(CHECKPOINTS.c.note).order_by(CHECKPOINTS.c.size)
    return tuple(connection.execute(query).scalars())


def last_note(connection: Connection) -> str | None:
    """The newest checkpoint's note."""
    query = select(CHECKPOINTS.c.note).order_by(CHECKPOINTS.c.size.desc()).limit(1)
    return connection.execute(query).scalar()


def tree(connection: Connection) -> Tree:
    """The Merkle tree over the whole log, continued from the newest checkpoint."""
    newest = select(CHECKPOINTS).order_by(CHECKPOINTS.c.size.desc()).limit(1)
    row = connection.execute(newest).one_or_none()
    grown = Tree() if row is None else Tree.from_bytes(row.size, bytes(row.peaks))
    later = select(EVENTS.c.entry).where(EVENTS.c.position > grown.size).order_by(EVENTS.c.position)
    for entry in connection.execute(later).scalars():
        grown.add(leaf_of(bytes(entry)))
    return grown


def keep(connection: Connection, checkpoint: Checkpoint, note: str, grown: Tree) -> None:
    """Keep a checkpoint's note, and the tree from which the next one is continued."""
    row = {"size": checkpoint.size, "note": note, "peaks": grown.to_bytes()}
    connection.execute(insert(CHECKPOINTS), [row])
