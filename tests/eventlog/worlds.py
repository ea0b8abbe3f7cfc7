"""A small log in memory, made with the real code, and ways to tamper with it."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from wayout.eventlog.chain import GENESIS, Tree, leaf_of, link_of
from wayout.eventlog.checkpoint import Checkpoint
from wayout.eventlog.event import Draft, Event, entry_of, event_of, text_of
from wayout.eventlog.verify import Entry

START = datetime(2026, 8, 1, 6, 0, tzinfo=UTC)
ORIGIN = "wayout/test"


def draft(number: int) -> Draft:
    time = START + timedelta(seconds=37 * number)
    body = {"records": number % 7, "of": [f"r{number}", "é"], "words": f"sealed{number}"}
    return Draft(f"token{number}", time, f"m{number % 3}", "clerk", "read", body)


def chained(drafts: list[Draft]) -> list[Entry]:
    """The entries of a log, as the store keeps them."""
    link, made = GENESIS, []
    for position, item in enumerate(drafts, start=1):
        entry = entry_of(Event(position, item))
        link = link_of(link, entry)
        time = text_of(item.time)
        made.append(Entry(position, entry, link, item.token, time, item.author, item.kind))
    return made


def checkpoint(entries: list[Entry], size: int) -> Checkpoint:
    """An honest checkpoint of the first ``size`` entries."""
    tree = Tree()
    for entry in entries[:size]:
        tree.add(leaf_of(entry.entry))
    link = entries[size - 1].link if size else GENESIS
    return Checkpoint(ORIGIN, size, tree.root, link, START)


def drafts_of(entries: list[Entry]) -> list[Draft]:
    return [event_of(entry.entry).draft for entry in entries]


def _changed_draft(item: Draft, chance: random.Random) -> Draft:
    kinds = (
        replace(item, author=f"{item.author}x"),
        replace(item, body={**item.body, "records": 99}),
        replace(item, time=item.time + timedelta(seconds=1)),
        replace(item, role="auditor"),
        replace(item, kind="erased"),
    )
    return chance.choice(kinds)


def rewritten(entries: list[Entry], chance: random.Random) -> list[Entry]:
    """The log with one draft changed, removed, added or moved, chained anew by the real code."""
    drafts = drafts_of(entries)
    where = chance.randrange(len(drafts))
    how = chance.randrange(4)
    if how == 0:
        drafts[where] = _changed_draft(drafts[where], chance)
    elif how == 1:
        del drafts[where]
    elif how == 2:
        drafts.insert(where, replace(drafts[where], token=f"new{where}"))
    else:
        other = chance.choice([place for place in range(len(drafts)) if place != where])
        drafts[where], drafts[other] = drafts[other], drafts[where]
    return chained(drafts)


def edited(entries: list[Entry], chance: random.Random) -> list[Entry]:
    """The log with one row edited in place, removed, doubled, swapped, or its end cut off."""
    changed = list(entries)
    where = chance.randrange(len(changed))
    entry = changed[where]
    how = chance.randrange(7)
    if how == 0:
        place = chance.randrange(len(entry.entry))
        data = bytearray(entry.entry)
        data[place] ^= 1 << chance.randrange(8)
        changed[where] = replace(entry, entry=bytes(data))
    elif how == 1:
        data = bytearray(entry.link)
        data[chance.randrange(32)] ^= 1 << chance.randrange(8)
        changed[where] = replace(entry, link=bytes(data))
    elif how == 2:
        other_columns = (
            replace(entry, token=f"{entry.token}~"),
            replace(entry, time=f"{entry.time}~"),
            replace(entry, author=f"{entry.author}~"),
            replace(entry, kind=f"{entry.kind}~"),
        )
        changed[where] = chance.choice(other_columns)
    elif how == 3:
        del changed[where]
    elif how == 4:
        changed.insert(where, entry)
    elif how == 5:
        other = chance.choice([place for place in range(len(changed)) if place != where])
        first, second = changed[where], changed[other]
        # The rows exchange what they say and keep their positions.
        changed[where] = replace(second, position=first.position)
        changed[other] = replace(first, position=second.position)
    else:
        del changed[where:]
    return changed
