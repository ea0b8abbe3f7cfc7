"""Founding a keyring, admitting members, parting from them, and coming back by paper."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from wayout.errors import AccessError, RegistryError
from wayout.registry.vault import constitution as constitutions
from wayout.registry.vault import recovery, slots
from wayout.registry.vault.constitution import Constitution
from wayout.registry.vault.keypair import KeyPair
from wayout.registry.vault.keyring import Connect, Keyring, connect
from wayout.registry.vault.membership import (
    EVERY_LIST,
    RECOVERY,
    Certificate,
    Member,
    new_id,
    statement_of,
)
from wayout.registry.vault.passphrase import Cost, check_strength
from wayout.registry.vault.roles import Common, Role, Sensitivity
from wayout.registry.vault.sealing import new_key
from wayout.registry.vault.session import REGISTER, Session, unlock


@dataclass(frozen=True, slots=True)
class Founded:
    """A new keyring: its founder's identifier and the three paper shares, shown once."""

    member: str
    deployment: str
    shares: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Who is to be admitted, and the passphrases that he chose."""

    name: str
    roles: frozenset[Role]
    passphrase: str
    compartments: frozenset[str] = frozenset({EVERY_LIST})
    duress_passphrase: str | None = None


def _new_pair() -> KeyPair:
    return KeyPair.from_secret(new_key(), f"wayout member {new_id()}")


def found(path: Path, founder: Candidate, cost: Cost, connect: Connect = connect) -> Founded:
    """Make a keyring with its first member and its recovery shares; refuses a path that exists."""
    secret = recovery.new_secret()
    root = recovery.keys_of(secret)
    logbook, journal = new_key(), new_key()
    constitution = Constitution(
        new_id(12),
        root.public,
        KeyPair.from_secret(journal, "wayout journal").public,
        KeyPair.from_secret(logbook, "wayout log").public.signing,
    )
    check_strength(founder.passphrase)
    keyring = Keyring.create(path, connect)
    try:
        with keyring.change():
            constitutions.lay_down(keyring, constitution, root)
            member, _ = _enrol(keyring, constitution, founder, cost, RECOVERY, root)
            session = Session(keyring, constitution, _recovery_member(constitution), root)
            for common in Common:
                key = {Common.LOGBOOK: logbook, Common.JOURNAL: journal}.get(common)
                holders = [member] if common in member.commons else []
                session.new_epoch(REGISTER, common, holders, key)
    except BaseException:
        keyring.close()
        path.unlink()
        raise
    keyring.close()
    return Founded(member.member, constitution.deployment, recovery.shares_of(secret))


def _enrol(
    keyring: Keyring,
    constitution: Constitution,
    candidate: Candidate,
    cost: Cost,
    signer: str,
    signing: KeyPair | Session,
) -> tuple[Member, KeyPair]:
    """Write a member's certificate and his two slots; inside of the keyring's ``change``."""
    if keyring.slots(candidate.name):
        raise RegistryError(f"There is a member called {candidate.name} already.")
    pair = _new_pair()
    member = Member(
        new_id(10), candidate.name, candidate.roles, candidate.compartments, pair.public
    )
    statement = statement_of(member)
    certificate = Certificate(statement, signer, signing.sign(statement))
    keyring.put_member(member.member, member.name, certificate)
    secret = slots.Secret(member.member, pair.seed, constitution.fingerprint)
    slots.write(
        keyring,
        constitution.deployment,
        candidate.name,
        secret,
        candidate.passphrase,
        cost,
        candidate.duress_passphrase,
    )
    return member, pair


def admit(session: Session, candidate: Candidate, cost: Cost) -> Member:
    """Admit a member and give him of my keys what his roles open; raises AccessError.

    Only an admin admits. What the admin does not hold himself (he opens no list) is granted by a
    member who does, which confirms the new one: see ``grant_all``. So an admin alone can invent a
    member, and that member opens nothing.
    """
    session.need_open()
    if Role.ADMIN not in session.me.roles:
        raise AccessError("Only an admin admits members.")
    with session.keyring.change():
        me = session.me.member
        enrolled = _enrol(session.keyring, session.constitution, candidate, cost, me, session)
        _grant_missing(session, enrolled[0])
    return enrolled[0]


def _opens(member: Member, compartment: str, sensitivity: str) -> bool:
    """Whether a member's roles and lists entitle him to a key."""
    if compartment == REGISTER:
        return sensitivity in member.commons
    return sensitivity in member.classes and member.opens_list(compartment)


def _grant_missing(session: Session, to: Member) -> int:
    """Grant every key at hand that a member is entitled to and lacks; how many that were."""
    has = {
        (grant.compartment, grant.sensitivity, grant.epoch)
        for grant in session.keyring.grants(to.member)
    }
    mine = session.keyring.grants(session.me.member)
    fresh = 0
    for grant in mine:
        where = (grant.compartment, grant.sensitivity, grant.epoch)
        if where not in has and _opens(to, grant.compartment, grant.sensitivity):
            session.grant(*where, to)
            fresh += 1
    return fresh


def grant_all(session: Session, members: Iterable[Member]) -> int:
    """Hand on what I hold to members who are entitled to it and lack it; how many keys."""
    session.need_open()
    with session.keyring.change():
        return sum(_grant_missing(session, member) for member in members)


def open_compartment(session: Session, compartment: str, members: Iterable[Member]) -> None:
    """Make the first keys of a new list's compartment, for confirmed members entitled to them."""
    confirmed = session.confirmed()
    entitled = [member for member in members if member.member in confirmed]
    with session.keyring.change():
        for sensitivity in Sensitivity:
            holders = [item for item in entitled if _opens(item, compartment, sensitivity)]
            session.new_epoch(compartment, sensitivity, holders)


def rotate(session: Session, compartment: str, sensitivity: str, members: Iterable[Member]) -> int:
    """Start a new epoch of a key that I hold; the epoch before stays readable."""
    if not session.epochs(compartment, sensitivity):
        raise AccessError(
            f"You do not hold the key of {sensitivity}: somebody who does rotates it."
        )
    holders = entitled(session, compartment, sensitivity, members)
    with session.keyring.change():
        return session.new_epoch(compartment, sensitivity, holders)


def entitled(
    session: Session, compartment: str, sensitivity: str, members: Iterable[Member]
) -> list[Member]:
    """The confirmed ones of some members whose roles and lists open a key."""
    confirmed = session.confirmed()
    known = [member for member in members if member.member in confirmed]
    return [member for member in known if _opens(member, compartment, sensitivity)]


def part_from(session: Session, member: Member) -> None:
    """Delete a member's secrets and keys; whoever holds keys that he had rotates them after."""
    session.need_open()
    if Role.ADMIN not in session.me.roles:
        raise AccessError("Only an admin parts from members.")
    if member.member == session.me.member:
        raise AccessError("Nobody removes himself: another admin does.")
    with session.keyring.change():
        session.keyring.drop_member(member.member, member.name)


def change_passphrase(
    session: Session, passphrase: str, cost: Cost, duress_passphrase: str | None = None
) -> None:
    """Seal my secret under another passphrase; what the old one opened is overwritten."""
    session.need_open()
    if session.decoy:
        raise AccessError("The passphrase cannot be changed now.")
    secret = slots.Secret(session.me.member, session.seed(), session.constitution.fingerprint)
    with session.keyring.change():
        slots.write(
            session.keyring,
            session.deployment,
            session.me.name,
            secret,
            passphrase,
            cost,
            duress_passphrase,
        )


def recover(keyring: Keyring, shares: Sequence[str], candidate: Candidate, cost: Cost) -> Session:
    """Come back by two paper shares: a new member with everything his roles open.

    Raises AccessError if the shares are not this register's.
    """
    root = recovery.keys_of(recovery.secret_of(shares))
    constitution = constitutions.of(keyring)
    if root.public != constitution.root:
        raise AccessError("These shares belong to another register.")
    with keyring.change():
        member, _ = _enrol(keyring, constitution, candidate, cost, RECOVERY, root)
        by_paper = Session(keyring, constitution, _recovery_member(constitution), root)
        by_paper.load()
        _grant_missing(by_paper, member)
    root.forget()
    return unlock(keyring, candidate.name, candidate.passphrase)


def _recovery_member(constitution: Constitution) -> Member:
    """The recovery key as the granter of what it gives."""
    return Member(RECOVERY, RECOVERY, frozenset(Role), frozenset({EVERY_LIST}), constitution.root)
