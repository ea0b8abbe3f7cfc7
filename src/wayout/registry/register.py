"""The register: the one door to the people, through which import, linking and review go.

Every act names the role under which it is done and, where it reads people, a reason; both land in
the hash-chained log before anything is handed out. Time comes from the caller's clock. ::

    made = create("sqlite:///people.db", Path("people.keys"), "ada", passphrase, clock=now)
    made.shares                  # three recovery shares; any two of them; shown once

    with open_register("sqlite:///people.db", Path("people.keys"), "ada", passphrase) as register:
        receipt = register.add_list("embassy", date(2026, 8, 1), "embassy.csv", sha256, rows)
        receipt.is_new, receipt.records      # the same file twice changes nothing
        register.remember_mapping("embassy", {"Name": "given"}); register.mapping("embassy")

        register.record_ids()                                     # opaque, in order of arrival
        register.records(Role.REVIEWER, "linking")                # a polars table, RECORD_SCHEMA
        register.records(Role.REVIEWER, "review", [a, b])         # only these
        register.source_rows(Role.CLERK, "complaint", [a])        # KeptRow: every cell as read
        register.find(Role.CLERK, "call", Look(phone="+93701234567"))   # by blind index

        register.decide("same", {"left": a, "right": b, "score": 7.1}, "same document",
                        role=Role.REVIEWER, records=(a, b))
        register.decide_many([Deciding("same", {...}, "rule", (c, d)), ...], role=Role.REVIEWER)
        register.decisions(); register.decisions("same")          # Decision, in order
        register.save_pairs(frame, "linked", role=Role.REVIEWER)  # left, right, score, and more
        register.pairs()                                          # the latest for each pair
        register.erase([a], "asked to be forgotten", role=Role.CLERK)

        register.members.admit(Candidate("bob", ...), "joined", cost=KEYRING_COST)
        export = register.exports.prepare(Role.GATE, "flight 7", [a, b], ["given", "family"], ...)
        register.exports.release(export.export, Role.GATE, "flight 7", folder)

``body`` of a decision is JSON without fractions that matter to a hash (it is sealed, never hashed
in clear), and holds identifiers and figures only: names belong in ``reason``, which is destroyed
with the records that the decision is about. An explanation of a pair names fields and weights and
never a value, for the same reason. In a table of records, the columns that the role does not open
are null.

Raises, everywhere: AccessError when role, list or passphrase do not allow it or the register is
locked; StoreError when nothing was written; SealError when something was altered.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import polars as pl

from wayout.errors import AccessError, RegistryError
from wayout.registry.entries import (
    PAIR_SCHEMA,
    Decision,
    KeptRow,
    Linking,
    ListEntry,
    ListReceipt,
    Look,
    Position,
    SourceRow,
)
from wayout.registry.release.exports import Exports
from wayout.registry.store import (
    creating,
    deciding,
    erasing,
    labels,
    logbook,
    lookup,
    pairing,
    reading,
    taking,
)
from wayout.registry.store.deciding import Deciding
from wayout.registry.store.desk import IDLE, Act, Desk
from wayout.registry.store.engine import Driver
from wayout.registry.store.logbook import Line
from wayout.registry.store.membering import Members
from wayout.registry.store.writing import Store
from wayout.registry.vault.admission import Candidate, Founded
from wayout.registry.vault.keyring import Connect, Keyring, connect
from wayout.registry.vault.membership import Member
from wayout.registry.vault.passphrase import KEYRING_COST, Cost
from wayout.registry.vault.roles import Role
from wayout.registry.vault.session import unlock

__all__ = [
    "PAIR_SCHEMA",
    "Deciding",
    "Decision",
    "KeptRow",
    "Linking",
    "ListEntry",
    "ListReceipt",
    "Look",
    "Position",
    "Register",
    "Role",
    "SourceRow",
    "create",
    "open_register",
]

_TAKERS = (Role.CLERK,)
_LINKERS = (Role.CLERK, Role.REVIEWER)


def now() -> datetime:
    """The machine's clock."""
    return datetime.now(UTC)


def create(
    url: str,
    keyring: Path,
    user: str,
    passphrase: str,
    *,
    roles: frozenset[Role] = frozenset(Role),
    clock: Callable[[], datetime] = now,
    cost: Cost = KEYRING_COST,
    duress_passphrase: str | None = None,
    driver: Driver | None = None,
    connect: Connect = connect,
) -> Founded:
    """Make a register and its keyring; the founder has every role until others are admitted.

    Gives the three recovery shares, which are shown once and kept by nobody. Raises RegistryError
    where there is a register or a keyring already.
    """
    founder = Candidate(user, roles, passphrase, duress_passphrase=duress_passphrase)
    return creating.create(
        url, keyring, founder, clock=clock, cost=cost, driver=driver, connect=connect
    )


def open_register(
    url: str,
    keyring: Path,
    user: str,
    passphrase: str,
    *,
    clock: Callable[[], datetime] = now,
    idle: timedelta = IDLE,
    driver: Driver | None = None,
    connect: Connect = connect,
) -> "Register":
    """Open a register for a member; it locks itself after ``idle`` without an act.

    Raises AccessError for a wrong name or passphrase, RegistryError if the keyring belongs to
    another register.
    """
    keys = Keyring.open(keyring, connect)
    store = Store(url, driver)
    try:
        session = unlock(keys, user, passphrase)
        creating.check_belongs(store, session.deployment)
        return Register(Desk(store, session, clock, idle))
    except BaseException:
        store.close()
        keys.close()
        raise


class Register:
    """An open register and the member who is at work in it; a context manager."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        if desk.me.member in desk.removed():
            raise AccessError("You were removed from this register.")
        # Whether it was the passphrase or the duress one, the log looks the same but to auditors.
        said = "under duress" if desk.session.decoy else "opened"
        role = min(desk.me.roles, default=Role.GATE)
        desk.write((Act("session-opened", role, {}, said),))
        erasing.finish(desk)

    def __enter__(self) -> Self:
        """The register."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Lock and close."""
        self.close()

    @property
    def member(self) -> Member:
        """Who is at work."""
        return self.desk.me

    def lock(self) -> None:
        """Forget every key; whatever is asked after raises AccessError."""
        self.desk.lock()

    def close(self) -> None:
        """Lock, and close the files."""
        self.lock()
        self.desk.store.close()
        self.desk.session.keyring.close()

    @property
    def members(self) -> Members:
        """Who may use the register: admit, confirm, remove, rotate keys."""
        return Members(self.desk)

    @property
    def exports(self) -> Exports:
        """What leaves the register: prepare, approve, release, trace."""
        return Exports(self.desk)

    def log(self, role: Role, reason: str, kinds: Sequence[str] = ()) -> list[Line]:
        """Events in order, with the reasons that were given; for auditors."""
        return logbook.lines(self.desk, role, reason, kinds)

    def checkpoint(self) -> str:
        """A signed checkpoint of the log as it is now: keep it where the register is not."""
        return logbook.checkpoint(self.desk)

    # Lists

    def add_list(
        self,
        source: str,
        as_of: date,
        file_name: str,
        file_hash: str,
        rows: Iterable[SourceRow],
        *,
        reason: str = "list imported",
        role: Role = Role.CLERK,
    ) -> ListReceipt:
        """Keep every row of a list for ever, all or none; the same file twice changes nothing.

        ``rows`` may be a generator; it is read once, while the register is being written. Raises
        what it raises, and then nothing was written.
        """
        self.desk.need("add a list", role, *_TAKERS)
        return taking.take(self.desk, source, as_of, file_name, file_hash, rows, reason)

    def lists(self) -> tuple[ListEntry, ...]:
        """The lists that the member may open, in order of arrival."""
        self.desk.touch()
        with self.desk.store.reading() as connection:
            return tuple(item.entry for item in labels.lists(self.desk, connection))

    def mapping(self, source: str) -> dict[str, str] | None:
        """How the columns of a source were understood last; None: never said."""
        self.desk.touch()
        return labels.mapping(self.desk, source)

    def remember_mapping(self, source: str, columns: Mapping[str, str]) -> None:
        """Keep how the columns of a source are understood, for its next list."""
        self.desk.need("remember columns", Role.CLERK, *_TAKERS)
        labels.remember_mapping(self.desk, source, columns)

    # People

    def record_ids(self) -> tuple[str, ...]:
        """Records that the member may open, in order of arrival; no reason needed, no names."""
        self.desk.touch()
        with self.desk.store.reading() as connection:
            return reading.record_ids(self.desk, connection)

    def list_of(self) -> dict[str, str]:
        """The list that each record came in, by identifier, in order of arrival."""
        self.desk.touch()
        with self.desk.store.reading() as connection:
            return reading.list_of(self.desk, connection)

    def records(
        self, role: Role, reason: str, records: Iterable[str] | None = None
    ) -> pl.DataFrame:
        """Records, all or these, as a table of RECORD_SCHEMA; it exists in memory only.

        Columns that the role does not open are null; records that are not the member's to open or
        were erased are left out. With ``records`` the order is theirs.
        """
        self.desk.need("read records", role)
        self.desk.need_reason(reason)
        return reading.table(self.desk, role, reason, records)

    def source_rows(
        self, role: Role, reason: str, records: Iterable[str] | None = None
    ) -> list[KeptRow]:
        """Rows as they were read, every cell, in order of arrival."""
        self.desk.need("read rows as they came", role)
        self.desk.need_reason(reason)
        return list(reading.kept_rows(self.desk, role, reason, records))

    def find(self, role: Role, reason: str, look: Look) -> pl.DataFrame:
        """Records with a telephone or document number, found by the blind indexes."""
        self.desk.need("look somebody up", role)
        self.desk.need_reason(reason)
        return lookup.find(self.desk, role, reason, look)

    def erase(self, records: Iterable[str], reason: str, *, role: Role = Role.CLERK) -> int:
        """Destroy what is known of records, for ever and in every copy; how many that were."""
        self.desk.need("erase records", role, Role.CLERK)
        self.desk.need_reason(reason)
        return erasing.erase(self.desk, role, records, reason)

    # Decisions and pairs

    def decide(
        self,
        kind: str,
        body: Mapping[str, Any],
        reason: str,
        *,
        role: Role,
        records: Iterable[str] = (),
    ) -> Decision:
        """Append one decision; ``records`` are those that it is about."""
        return self.decide_many([Deciding(kind, body, reason, tuple(records))], role=role)[0]

    def decide_many(self, decisions: Sequence[Deciding], *, role: Role) -> tuple[Decision, ...]:
        """Append decisions in order, all or none, in one transaction."""
        self.desk.need("decide", role, *deciding.MAY_DECIDE)
        for item in decisions:
            self.desk.need_reason(item.reason)
            if not 0 < len(item.kind) <= 30 or item.kind.endswith(":"):
                raise RegistryError(f"{item.kind!r} is no kind of decision: 1 to 30 characters.")
        return deciding.decide(self.desk, role, decisions) if decisions else ()

    def decisions(self, kind: str | None = None) -> tuple[Decision, ...]:
        """Every decision in order, or those of one kind."""
        self.desk.touch()
        return deciding.decisions(self.desk, kind)

    def save_pairs(
        self,
        frame: pl.DataFrame,
        reason: str,
        *,
        role: Role,
        replace: bool = False,
        linking: Linking | None = None,
    ) -> None:
        """Keep scored pairs (PAIR_SCHEMA and more columns) beside earlier ones or in their place.

        Their explanations name fields and weights and never a value. ``linking`` is what made
        them, and is kept with them or not at all.
        """
        self.desk.need("keep pairs", role, *_LINKERS)
        pairing.save(self.desk, role, frame, reason, replace=replace, linking=linking)

    def linking(self) -> Linking | None:
        """What linking knew when it last ran; None: it never ran."""
        self.desk.touch()
        return pairing.last_linking(self.desk)

    def pairs(self) -> pl.DataFrame:
        """The newest row of each pair (left, right)."""
        self.desk.touch()
        return pairing.load(self.desk)
