"""Where an unlocked member works: the store, his keys, his roles, and the clock.

Everything that is done passes here on its way into the log.
"""

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from wayout.errors import AccessError
from wayout.eventlog import store as log
from wayout.eventlog.checkpoint import Checkpoint, read, signed
from wayout.eventlog.event import Draft, Event
from wayout.registry.store.writing import Store, Work
from wayout.registry.vault.keypair import KeyPair
from wayout.registry.vault.membership import Member, new_id
from wayout.registry.vault.roles import Common, Role
from wayout.registry.vault.sealing import new_key, seal, unseal
from wayout.registry.vault.session import Session
from wayout.registry.vault.succession import FIRST

Clock = Callable[[], datetime]

CHECKPOINT_ENTRIES = 1000
CHECKPOINT_EVERY = timedelta(minutes=5)
IDLE = timedelta(minutes=10)


def as_text(data: bytes) -> str:
    """Sealed bytes as an event holds them."""
    return base64.b64encode(data).decode()


def as_bytes(text: str) -> bytes:
    """Sealed bytes from an event."""
    return base64.b64decode(text)


@dataclass(frozen=True, slots=True)
class Act:
    """What is about to be logged: its kind, what of it is public, and why, in somebody's words."""

    kind: str
    role: Role
    body: Mapping[str, Any]
    reason: str


class Desk:
    """An unlocked member at work; locks itself after ten idle minutes."""

    def __init__(self, store: Store, session: Session, clock: Clock, idle: timedelta) -> None:
        self.store, self.session, self.clock = store, session, clock
        self._idle, self._touched = idle, clock()
        self._logbook: KeyPair | None = None

    @property
    def me(self) -> Member:
        """The member."""
        return self.session.me

    def touch(self) -> None:
        """Count as busy now; raises AccessError if locked, or idle for too long."""
        now = self.clock()
        if now - self._touched > self._idle:
            self.lock()
        self.session.need_open()
        self.session.keep_up()
        self._touched = now

    def lock(self) -> None:
        """Forget every key."""
        if self._logbook is not None:
            self._logbook.forget()
            self._logbook = None
        self.session.lock()

    def need(self, act: str, role: Role, *allowed: Role) -> None:
        """Raise AccessError unless the member has the role and the role may do this; log that."""
        self.touch()
        if role in self.me.roles and (not allowed or role in allowed):
            return
        self.write((Act("refused", role, {"act": act}, ""),))
        has = "may not do this" if role in self.me.roles else "is not yours"
        raise AccessError(f"The role of {role} {has}: {act}. It was logged.")

    def need_reason(self, reason: str) -> None:
        """Raise AccessError for a reason that says nothing."""
        if len(reason.strip()) < 3:
            raise AccessError("Say why: a reason of at least a word is kept with every act.")

    # Words: sealed under a key of their own, so that they can be destroyed one by one.

    def seal_words(self, reason: str, common: Common) -> tuple[str, str, bytes]:
        """An item's identifier, the sealed words, and their key as the keyring keeps it."""
        item, key = new_id(), new_key()
        words = as_text(seal(key, reason.encode("utf-8", "replace"), self._words(item)))
        if common is Common.JOURNAL:
            # Whoever reads cannot read what others gave as reasons: only auditors open these.
            return item, words, self._for_auditors(key, item)
        return item, words, b"D" + self.session.seal_common(common, key, self._words(item))

    def _for_auditors(self, key: bytes, item: str) -> bytes:
        """A key of words sealed to the journal's newest pair: J and, after the first, its epoch."""
        newest = self.session.successors(Common.JOURNAL)[-1]
        assert newest.public is not None  # noqa: S101 - all of a journal's public keys are known
        sealed = newest.public.seal(key, self._words(item))
        if newest.epoch == FIRST:
            return b"J" + sealed
        return b"K" + newest.epoch.to_bytes(3, "big") + sealed

    def _words(self, item: str) -> str:
        return f"{self.session.deployment}:words:{item}"

    def open_words(self, item: str, words: str, kept: bytes | None) -> str | None:
        """The words of an item; None if they were destroyed or are not the member's to read."""
        if kept is None:
            return None
        try:
            if kept[:1] in (b"J", b"K"):
                first = kept[:1] == b"J"
                epoch = FIRST if first else int.from_bytes(kept[1:4], "big")
                pair = self.session.pair_of(Common.JOURNAL, epoch)
                key = pair.unseal(kept[1 if first else 4 :], self._words(item))
            else:
                key = self.session.unseal_common(Common.DECISIONS, kept[1:], self._words(item))
        except AccessError:
            return None
        return unseal(key, as_bytes(words), self._words(item)).decode()

    # Writing

    def write(
        self,
        acts: Sequence[Act],
        work: Callable[[Connection, Sequence[str]], None] | None = None,
        *,
        common: Common = Common.JOURNAL,
        token: str | None = None,
    ) -> Event:
        """Log acts and do the work that belongs to them, all or nothing; the first event.

        ``work`` is given the items' identifiers, in the order of the acts.
        """
        sealed = [self.seal_words(act.reason, common) for act in acts]
        with self.session.keyring.change():
            for item, _, key in sealed:
                self.session.keyring.put_words(item, key)
        first = token or new_id()

        def run(connection: Connection) -> list[Draft]:
            if work is not None:
                work(connection, [item for item, _, _ in sealed])
            return [
                self.draft(act, item, words, first if number == 0 else f"{first}.{number}")
                for number, (act, (item, words, _)) in enumerate(zip(acts, sealed, strict=True))
            ]

        return self.write_drafts(first, run)

    def write_drafts(self, token: str, work: Work) -> Event:
        """Write what ``work`` writes with its events, and a checkpoint when one is due."""
        return self.store.write(token, work, self._after)

    def draft(self, act: Act, item: str, words: str, token: str) -> Draft:
        """The event of an act whose words were sealed."""
        body = {**act.body, "item": item, "words": words}
        return Draft(token, self.clock(), self.me.member, act.role, act.kind, body)

    def _after(self, connection: Connection, size: int) -> None:
        if not self.session.epochs("register", Common.LOGBOOK):
            return
        last = log.last_note(connection)
        if last is not None:
            mark = read(last)
            fresh = size - mark.size < CHECKPOINT_ENTRIES
            if fresh and self.clock() - mark.time < CHECKPOINT_EVERY:
                return
        self.checkpoint_in(connection)

    def checkpoint_in(self, connection: Connection) -> str:
        """Sign a checkpoint of the whole log, keep it, and give its note."""
        newest = self.session.successors(Common.LOGBOOK)[-1]
        if self._logbook is None or self._logbook.public.signing != newest.signing:
            self._logbook = self.session.logbook()
        last, end = log.last_note(connection), log.head(connection)
        if last is not None and read(last).size == end.size:
            return last
        grown = log.tree(connection)
        constitution = self.session.constitution
        checkpoint = Checkpoint(constitution.origin, end.size, grown.root, end.link, self.clock())
        note = signed(checkpoint, newest.signing, self._logbook.sign)
        log.keep(connection, checkpoint, note, grown)
        return note

    def checkpoint_now(self) -> str:
        """Sign a checkpoint of the log as it is."""
        return self.store.keep_checkpoint(self.checkpoint_in)

    def removed(self) -> frozenset[str]:
        """Members who were parted from, as the log says."""
        with self.store.reading() as connection:
            events = log.events(connection, ("member-removed",))
        return frozenset(str(event.draft.body["member"]) for event in events)

    def active(self) -> list[Member]:
        """Everybody who is vouched for and was not parted from."""
        removed = self.removed()
        return [who for who in self.session.members().values() if who.member not in removed]


def json_bytes(value: Any) -> bytes:
    """A value as it is sealed."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
