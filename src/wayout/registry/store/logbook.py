"""The log as its readers see it: verified without a passphrase, read with one."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wayout.errors import LogError
from wayout.eventlog import store as log
from wayout.eventlog.checkpoint import Checkpoint, is_signed, read
from wayout.eventlog.event import Event
from wayout.eventlog.verify import FILE, Verification, verify
from wayout.findings import Finding, Severity, Where
from wayout.registry.store.desk import Act, Desk
from wayout.registry.store.writing import Store
from wayout.registry.vault import constitution as constitutions
from wayout.registry.vault import keypair
from wayout.registry.vault.keyring import Keyring
from wayout.registry.vault.roles import Role
from wayout.registry.vault.succession import Successor, may_sign


@dataclass(frozen=True, slots=True)
class Line:
    """An event and the reason that was given, if it is there and the reader may know it."""

    event: Event
    reason: str | None


def lines(desk: Desk, role: Role, reason: str, kinds: Sequence[str] = ()) -> list[Line]:
    """The log with its reasons, for auditors; reading it is logged as well."""
    desk.need("read the log", role, Role.AUDITOR)
    desk.need_reason(reason)
    desk.write((Act("log-read", role, {}, reason),))
    with desk.store.reading() as connection:
        events = log.events(connection, kinds)
    kept = desk.session.keyring.words()
    return [Line(event, _reason(desk, event.draft.body, kept)) for event in events]


def _reason(desk: Desk, body: Any, kept: dict[str, bytes]) -> str | None:
    item = body.get("item")
    return None if item is None else desk.open_words(item, body["words"], kept.get(item))


def checkpoint(desk: Desk) -> str:
    """A signed checkpoint of the log as it is now, to be kept where the register is not."""
    desk.touch()
    desk.write((Act("checkpoint-taken", min(desk.me.roles), {}, "to be kept elsewhere"),))
    with desk.store.reading() as connection:
        size = log.head(connection).size
        last = log.last_note(connection)
    if last is not None and read(last).size == size:
        return last
    return desk.checkpoint_now()


def verify_log(url: str, keyring: Path, notes: Sequence[str] = ()) -> Verification:
    """Recompute the whole log and hold it against the store's checkpoints and older ones.

    Needs no passphrase. Checkpoints that are not signed with the register's key are told and not
    used. ``notes`` are the texts of checkpoints that were kept elsewhere.
    """
    keys = Keyring.open(keyring)
    try:
        constitution, chain = constitutions.of(keys), constitutions.log_keys(keys)
    finally:
        keys.close()
    store = Store(url)
    try:
        with store.reading() as connection:
            candidates = [*log.notes(connection), *notes]
            good, bad = _judged(candidates, chain)
            found = verify(log.entries(connection), good, constitution.origin)
    finally:
        store.close()
    findings = (*bad, *found.findings)
    return Verification(found.size, found.root, found.link, found.checkpoints, findings)


def _judged(notes: Sequence[str], chain: list[Successor]) -> tuple[list[Checkpoint], list[Finding]]:
    """The checkpoints with a good signature, and what is wrong with the others."""
    good, bad = [], []
    for note in notes:
        try:
            mark = read(note)
        except LogError as error:
            bad.append(_bad(str(error)))
            continue
        keys = may_sign(chain, mark.size)
        if any(is_signed(note, key, keypair.is_signed) for key in keys):
            good.append(mark)
        else:
            bad.append(_bad(f"A checkpoint over {mark.size} entries is not signed by this log."))
    return good, bad


def _bad(message: str) -> Finding:
    cure = "Ask its keeper for it again; if it is the store's own, the store was tampered with."
    return Finding("checkpoint-not-genuine", Severity.ERROR, Where(FILE), message, cure)
