"""An event: who did what, when, in which role; and the entry that it becomes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from wayout.errors import LogError
from wayout.eventlog.canonical import canonical, parse

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Draft:
    """An event before the log gives it its position.

    ``token`` is chosen by whoever writes and is unique in a log: it answers "did that write
    happen?" after a write that ended in an error. ``body`` holds no name and nothing written by
    hand in clear: identifiers, counts, and what is sealed as text.
    """

    token: str
    time: datetime
    author: str
    role: str
    kind: str
    body: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Event:
    """What the log says: a draft and its position, counted from 1."""

    position: int
    draft: Draft


def text_of(moment: datetime) -> str:
    """Seconds in UTC, as the log writes a time; raises LogError for a time without offset."""
    if moment.tzinfo is None:
        raise LogError("A time without an offset cannot be logged.")
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def moment_of(text: str) -> datetime:
    """The moment that ``text_of`` wrote."""
    return datetime.fromisoformat(text)


def entry_of(event: Event) -> bytes:
    """The canonical bytes of an event."""
    draft = event.draft
    return canonical(
        {
            "author": draft.author,
            "body": dict(draft.body),
            "format": FORMAT,
            "kind": draft.kind,
            "position": event.position,
            "role": draft.role,
            "time": text_of(draft.time),
            "token": draft.token,
        }
    )


def event_of(entry: bytes) -> Event:
    """The event of an entry; raises LogError if it is none."""
    value = parse(entry)
    try:
        known, position = value["format"] == FORMAT, value["position"]
        words = [value[name] for name in ("token", "author", "role", "kind")]
        time, body = moment_of(value["time"]), value["body"]
    except (TypeError, KeyError, ValueError) as error:
        raise LogError("An entry of the log is no event.") from error
    if not known or len(value) != 8 or not isinstance(position, int) or not isinstance(body, dict):
        raise LogError("An entry of the log is no event of a known format.")
    token, author, role, kind = words
    return Event(position, Draft(token, time, author, role, kind, body))
