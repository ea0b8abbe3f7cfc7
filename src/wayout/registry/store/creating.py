"""Making a register: its keyring, its tables, and the first event of its log."""

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection, insert, select

from wayout.errors import RegistryError
from wayout.eventlog import store as log
from wayout.eventlog.event import Draft
from wayout.registry.store.desk import Clock
from wayout.registry.store.engine import Driver
from wayout.registry.store.migrate import check_shape, migrate, shape_of
from wayout.registry.store.tables import FACTS
from wayout.registry.store.writing import Store
from wayout.registry.vault import admission, constitution
from wayout.registry.vault.admission import Candidate, Founded
from wayout.registry.vault.keyring import Connect, Keyring, connect
from wayout.registry.vault.membership import new_id
from wayout.registry.vault.passphrase import Cost
from wayout.registry.vault.roles import Role


def create(
    url: str,
    keyring: Path,
    founder: Candidate,
    *,
    clock: Clock,
    cost: Cost,
    driver: Driver | None = None,
    connect: Connect = connect,
) -> Founded:
    """Make a register; refuses where there is one, or a keyring, already."""
    store = Store(url, driver)
    try:
        if store.path is not None:
            _claim(store.path)
        migrate_new(store)
        founded = admission.found(keyring, founder, cost, connect)
        _first(store, founded, clock)
    finally:
        store.close()
    return founded


def _claim(path: Path) -> None:
    """Make the database's file readable by its owner alone, before anything is in it."""
    if path.exists() and path.stat().st_size:
        raise RegistryError(f"{path} exists: a register is never written over.")
    path.touch(mode=0o600)


def migrate_new(store: Store) -> None:
    """Make the tables; refuses a database that has a register's already."""
    with store.reading() as connection:
        if shape_of(connection) is not None and connection.execute(select(FACTS)).first():
            raise RegistryError("There is a register in this database already.")
    migrate(store.engine)


def _first(store: Store, founded: Founded, clock: Clock) -> None:
    token = new_id()

    def work(connection: Connection) -> list[Draft]:
        fact = {"name": "deployment", "value": founded.deployment}
        connection.execute(insert(FACTS), [fact])
        body = {"deployment": founded.deployment}
        return [Draft(token, clock(), founded.member, Role.ADMIN, "register-made", body)]

    store.write(token, work)


def recover(
    url: str,
    keyring: Path,
    shares: Sequence[str],
    candidate: Candidate,
    *,
    clock: Clock,
    cost: Cost,
    connect: Connect = connect,
    driver: Driver | None = None,
) -> str:
    """Come back by two paper shares as a new member; it is logged. Gives the member's identifier.

    Raises AccessError for shares of another register.
    """
    keys, store = Keyring.open(keyring, connect), Store(url, driver)
    try:
        deployment = constitution.of(keys).deployment
        check_belongs(store, deployment)
        session = admission.recover(keys, shares, candidate, cost)
        member, token = session.me.member, new_id()
        session.lock()
        body = {"member": member, "roles": sorted(candidate.roles)}
        made = Draft(token, clock(), member, min(candidate.roles), "recovered-by-paper", body)
        store.write(token, lambda _: [made])
    finally:
        store.close()
        keys.close()
    return member


def check_belongs(store: Store, deployment: str) -> None:
    """Raise RegistryError unless the tables are current and belong to a keyring's register."""
    with store.reading() as connection:
        check_shape(connection)
        query = select(FACTS.c.value).where(FACTS.c.name == "deployment")
        found = connection.execute(query).scalar()
        size = log.head(connection).size
    if found != deployment or size == 0:
        raise RegistryError("The keyring belongs to another register than this database.")
