"""Is the log what it was? Recomputed from the first entry, and held against checkpoints.

The chain finds what was changed, removed or swapped by somebody who did not write the rest anew.
Only an older checkpoint, kept where the owner of the log cannot reach it, finds who did.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from wayout.errors import LogError
from wayout.eventlog.chain import GENESIS, Tree, leaf_of, node_of
from wayout.eventlog.checkpoint import Checkpoint
from wayout.eventlog.event import Event, event_of, text_of
from wayout.findings import Finding, Severity, Where

FILE = "event log"


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as the store has it, with the columns that the store can be asked by."""

    position: int
    entry: bytes
    link: bytes
    token: str
    time: str
    author: str
    kind: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found; ``size`` entries were read, and ``checkpoints`` of the given ones agree."""

    size: int
    root: bytes
    link: bytes
    checkpoints: int
    findings: tuple[Finding, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


def _finding(rule: str, position: int | None, message: str, cure: str) -> Finding:
    return Finding(rule, Severity.ERROR, Where(FILE, position), message, cure)


_RESTORE = "Restore the log from a backup that agrees with the checkpoints, and ask who had access."


def _columns_agree(entry: Entry, event: Event) -> bool:
    draft = event.draft
    written = (event.position, draft.token, text_of(draft.time), draft.author, draft.kind)
    return written == (entry.position, entry.token, entry.time, entry.author, entry.kind)


class _Replay:
    """The log recomputed so far, and what was wrong on the way."""

    def __init__(self) -> None:
        self.tree = Tree()
        self.link = GENESIS
        self.position = 0
        self.findings: list[Finding] = []
        self.marks: dict[int, tuple[bytes, bytes]] = {}

    def take(self, entry: Entry, sizes: frozenset[int]) -> None:
        """Recompute one entry; every fault is told once and the replay goes on from the store."""
        for problem in self._problems(entry):
            self.findings.append(problem)
        leaf = leaf_of(entry.entry)
        self.tree.add(leaf)
        # The stored link is followed, so that one changed entry is one finding and not thousands.
        self.link, self.position = entry.link, entry.position
        if self.tree.size in sizes:
            self.marks[self.tree.size] = (self.tree.root, self.link)

    def _problems(self, entry: Entry) -> Iterator[Finding]:
        expected = self.position + 1
        if entry.position != expected:
            message = f"Entry {expected} is missing: entry {entry.position} follows."
            yield _finding("entry-missing", expected, message, _RESTORE)
        if node_of(self.link, leaf_of(entry.entry)) != entry.link:
            message = "The entry is not what the chain says it was."
            yield _finding("chain-broken", entry.position, message, _RESTORE)
        try:
            agrees = _columns_agree(entry, event_of(entry.entry))
        except LogError as error:
            yield _finding("entry-unreadable", entry.position, str(error), _RESTORE)
        else:
            if not agrees:
                message = "Columns of the store contradict the entry itself."
                yield _finding("columns-differ", entry.position, message, _RESTORE)


def _against(
    checkpoints: Sequence[Checkpoint], replay: _Replay, origin: str | None
) -> Iterator[tuple[Checkpoint, Finding | None]]:
    """Each checkpoint, shortest first, with what speaks against the log."""
    agreed = 0
    for mark in sorted(checkpoints, key=lambda item: item.size):
        if origin is not None and mark.origin != origin:
            message = f"A checkpoint is of another log: {mark.origin}."
            yield mark, _finding("checkpoint-of-another-log", None, message, "Name its own log.")
        elif mark.size > replay.tree.size:
            message = (
                f"The log ends after {replay.tree.size} entries; a checkpoint of "
                f"{text_of(mark.time)} saw {mark.size}."
            )
            yield mark, _finding("log-cut-off", replay.tree.size + 1, message, _RESTORE)
        elif replay.marks.get(mark.size, _EMPTY) != (mark.root, mark.link):
            message = (
                f"The first {mark.size} entries are not those of the checkpoint of "
                f"{text_of(mark.time)}: one of {agreed + 1} to {mark.size} was changed."
            )
            yield mark, _finding("log-rewritten", agreed + 1, message, _RESTORE)
        else:
            agreed = mark.size
            yield mark, None


_EMPTY = (Tree().root, GENESIS)


def verify(
    entries: Iterable[Entry], checkpoints: Sequence[Checkpoint] = (), origin: str | None = None
) -> Verification:
    """Recompute the log from its first entry and hold it against checkpoints.

    Entries come in the order of their positions. Signatures of checkpoints are judged before, by
    whoever knows the key: see ``checkpoint.is_signed``.
    """
    replay = _Replay()
    sizes = frozenset(mark.size for mark in checkpoints)
    for entry in entries:
        replay.take(entry, sizes)
    held = tuple(_against(checkpoints, replay, origin))
    against = tuple(finding for _, finding in held if finding is not None)
    agreeing = len(held) - len(against)
    findings = (*replay.findings, *against)
    return Verification(replay.tree.size, replay.tree.root, replay.link, agreeing, findings)
