"""Members of the register: admitted by an admin, confirmed by whoever holds the keys.

It takes two: an admin says who somebody is, and a member who can open the people hands the keys on.
A founder who has every role does both in one, until others are there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, select

from wayout.errors import AccessError, RegistryError
from wayout.eventlog import store as log
from wayout.registry.store import labels, lookup
from wayout.registry.store.desk import Act, Desk
from wayout.registry.store.tables import ROWS
from wayout.registry.vault import admission
from wayout.registry.vault.admission import Candidate
from wayout.registry.vault.keyring import Wraps
from wayout.registry.vault.membership import EVERY_LIST, Member
from wayout.registry.vault.passphrase import KEYRING_COST, Cost
from wayout.registry.vault.roles import Common, Role, Sensitivity
from wayout.registry.vault.session import REGISTER

_ROTATED = (Common.LABEL, Common.DECISIONS, Common.LINKS)
"""What of the register as a whole gets new keys; what earlier ones sealed stays readable."""
_PAIRS = (Common.LOGBOOK, Common.JOURNAL)
"""What signs and receives for the register: a new pair is signed by the one before."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A member, whether he is still one, and whether he was given what his roles open."""

    member: Member
    is_active: bool
    is_confirmed: bool


class Members:
    """The members, as one of them may see and change them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def all(self) -> tuple[Standing, ...]:
        """Everybody who ever was a member, by name."""
        self._desk.touch()
        removed, confirmed = self._desk.removed(), self._desk.session.confirmed()
        everybody = sorted(self._desk.session.members().values(), key=lambda who: who.name)
        return tuple(
            Standing(who, who.member not in removed, who.member in confirmed) for who in everybody
        )

    def named(self, name: str) -> Member:
        """The active member of a name; raises RegistryError if there is none."""
        for standing in self.all():
            if standing.is_active and standing.member.name == name:
                return standing.member
        raise RegistryError(f"There is no member called {name}.")

    def admit(
        self, candidate: Candidate, reason: str, *, sources: Iterable[str] = (), cost: Cost
    ) -> Member:
        """Admit somebody, for every list or for those of these sources only."""
        self._desk.need("admit a member", Role.ADMIN, Role.ADMIN)
        self._desk.need_reason(reason)
        names = tuple(sources)
        if names:
            candidate = self._limited(candidate, names)
        member = admission.admit(self._desk.session, candidate, cost)
        body = {"member": member.member, "roles": sorted(member.roles)}
        self._desk.write((Act("member-admitted", Role.ADMIN, body, reason),))
        return member

    def _limited(self, candidate: Candidate, names: Sequence[str]) -> Candidate:
        with self._desk.store.reading() as connection:
            known = labels.sources(self._desk, connection)
        if missing := [name for name in names if name not in known]:
            raise RegistryError(f"There is no source called {', '.join(missing)}.")
        compartments = frozenset(known[name] for name in names)
        return replace(candidate, compartments=compartments)

    def confirm(self, name: str, reason: str) -> int:
        """Hand on the keys that I hold and a member is entitled to; how many."""
        self._desk.touch()
        self._desk.need_reason(reason)
        member = self.named(name)
        if member.member == self._desk.me.member:
            raise AccessError("Nobody confirms himself.")
        granted = admission.grant_all(self._desk.session, [member])
        body = {"member": member.member, "num_keys": granted}
        self._desk.write((Act("member-confirmed", self._role(), body, reason),))
        return granted

    def remove(self, name: str, reason: str) -> None:
        """Part from a member; whoever holds the keys that he had rotates them after."""
        self._desk.need("remove a member", Role.ADMIN, Role.ADMIN)
        self._desk.need_reason(reason)
        member = self.named(name)
        if member.member == self._desk.me.member:
            raise AccessError("Nobody removes himself: another admin does.")
        body = {"member": member.member}
        self._desk.write((Act("member-removed", Role.ADMIN, body, reason),))
        admission.part_from(self._desk.session, member)

    def change_passphrase(
        self, passphrase: str, *, cost: Cost = KEYRING_COST, duress_passphrase: str | None = None
    ) -> None:
        """Take another passphrase; the duress one is replaced or taken away with it."""
        self._desk.touch()
        admission.change_passphrase(self._desk.session, passphrase, cost, duress_passphrase)
        self._desk.write((Act("passphrase-changed", self._role(), {}, "changed"),))

    def rotate(self, reason: str) -> int:
        """New keys for all that I hold, and every row's keys under them; how many rows.

        What was read with the old keys stays read; what comes after needs the new ones.
        """
        self._desk.touch()
        self._desk.need_reason(reason)
        active = self._desk.active()
        with self._desk.store.reading() as connection:
            compartments = sorted({x.compartment for x in labels.lists(self._desk, connection)})
        held = [
            (name, sensitivity)
            for name in compartments
            for sensitivity in Sensitivity
            if self._desk.session.epochs(name, sensitivity)
        ]
        commons = [name for name in _ROTATED if self._desk.session.epochs(REGISTER, name)]
        for name, sensitivity in [*held, *((REGISTER, common) for common in commons)]:
            admission.rotate(self._desk.session, name, sensitivity, active)
        pairs = self._succeed(active)
        body = {"num_keys": len(held) + len(commons) + pairs}
        self._desk.write((Act("keys-rotated", self._role(), body, reason),))
        rows = self._rewrap()
        for name, sensitivity in held:
            self._drop_old(name, sensitivity)
        self._index_anew(active)
        return rows

    def _succeed(self, active: Sequence[Member]) -> int:
        """New pairs of the logbook and of the journal, signed by the ones before; how many."""
        session = self._desk.session
        held = [name for name in _PAIRS if session.epochs(REGISTER, name)]
        with self._desk.store.reading() as connection:
            since = log.head(connection).size
        with session.keyring.change():
            for name in held:
                session.succeed(name, admission.entitled(session, REGISTER, name, active), since)
        return len(held)

    def _index_anew(self, active: Sequence[Member]) -> None:
        """Another key of the indexes, if I open every list; the old ones are destroyed.

        If the computing fails, the old key is in use as before, and the next rotation goes on.
        """
        session = self._desk.session
        opens_all = EVERY_LIST in self._desk.me.compartments
        if not opens_all or not session.epochs(REGISTER, Common.INDEX):
            return
        epoch = admission.rotate(session, REGISTER, Common.INDEX, active)
        lookup.rotate(self._desk, epoch)
        with session.keyring.change():
            session.drop_epochs(Common.INDEX, epoch)

    def _rewrap(self) -> int:
        """Put every row's keys under the newest epochs, some thousands of rows at a time."""
        session, after, num_rows = self._desk.session, 0, 0
        with self._desk.store.reading() as connection:
            lists = {x.entry.list_id: x.compartment for x in labels.lists(self._desk, connection)}
        envelopes = {
            name: session.envelope(name, Sensitivity) for name in frozenset(lists.values())
        }
        while rows := self._rows_after(after):
            after = rows[-1].number
            mine = {row.record: lists[row.list_id] for row in rows if row.list_id in lists}
            wraps = session.keyring.wraps(list(mine))
            fresh: list[tuple[str, Wraps]] = [
                (record, envelopes[mine[record]].rewrapped(record, keys))
                for record, keys in wraps.items()
            ]
            with session.keyring.change():
                session.keyring.put_wraps(fresh)
            num_rows += len(fresh)
        return num_rows

    def _rows_after(self, number: int) -> Sequence[Any]:
        columns = (ROWS.c.number, ROWS.c.record, ROWS.c.list_id)
        query = select(*columns).where(ROWS.c.number > number).order_by(ROWS.c.number).limit(5000)
        with self._desk.store.reading() as connection:
            return _all(connection, query)

    def _drop_old(self, compartment: str, sensitivity: Sensitivity) -> None:
        """Destroy epochs under which nothing is wrapped any more."""
        session = self._desk.session
        epochs = session.epochs(compartment, sensitivity)
        with session.keyring.change():
            for epoch in sorted(epochs)[:-1]:
                session.keyring.drop_epoch(compartment, sensitivity, epoch)

    def _role(self) -> Role:
        return min(self._desk.me.roles)


def _all(connection: Connection, query: Any) -> Sequence[Any]:
    rows: Sequence[Any] = connection.execute(query).all()
    return rows
