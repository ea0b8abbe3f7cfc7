"""An unlocked vault: one member's keys in memory, until it is locked."""

import resource
from collections.abc import Iterable, Mapping

from wayout.errors import AccessError, SealError
from wayout.eventlog.canonical import canonical
from wayout.registry.vault import constitution as constitutions
from wayout.registry.vault import slots
from wayout.registry.vault.constitution import Constitution
from wayout.registry.vault.envelope import Envelope
from wayout.registry.vault.keypair import KeyPair, PublicKeys, is_signed
from wayout.registry.vault.keyring import Grant, Keyring
from wayout.registry.vault.membership import RECOVERY, Member, vouched_members
from wayout.registry.vault.roles import Common, Sensitivity
from wayout.registry.vault.sealing import forget_commitments, keyed_hash, new_key, seal, unseal
from wayout.registry.vault.succession import Successor, chain_of, succeed

PURPOSES = {Common.LOGBOOK: "wayout log", Common.JOURNAL: "wayout journal"}
"""What the pairs of the logbook and of the journal are derived for."""
REGISTER = "register"
"""The compartment of everything common."""

KeyTable = dict[tuple[str, str], dict[int, bytes]]
"""Keys by compartment and class, then by epoch."""


def grant_statement(deployment: str, grant: Grant) -> bytes:
    """What the granter signs."""
    seal_hash = keyed_hash(b"grant", grant.sealed).hex()
    parts = (grant.compartment, grant.sensitivity, grant.epoch, grant.member, seal_hash)
    return canonical([deployment, *parts])


def grant_context(deployment: str, compartment: str, sensitivity: str, epoch: int) -> str:
    """What a granted key is bound to."""
    return f"{deployment}:grant:{compartment}:{sensitivity}:{epoch}"


class Session:
    """What an unlocked member can do: open what was granted to him, and grant it on.

    ``decoy`` is True if the passphrase was the one said under duress; then nothing was granted.
    """

    def __init__(
        self,
        keyring: Keyring,
        constitution: Constitution,
        me: Member,
        pair: KeyPair,
        decoy: bool = False,
    ) -> None:
        self.keyring, self.constitution, self.me = keyring, constitution, me
        self.decoy = decoy
        self._pair = pair
        self._keys: KeyTable = {}
        self._mark = (0, 0)
        self.locked = False

    @property
    def deployment(self) -> str:
        """The register's identifier."""
        return self.constitution.deployment

    def members(self) -> dict[str, Member]:
        """Everybody who is vouched for, removed members among them."""
        return vouched_members(self.keyring.certificates(), self.constitution.root)

    def confirmed(self) -> frozenset[str]:
        """Members whom somebody that is confirmed himself gave the register's labels.

        It starts with the recovery key. Only they are given new keys without being asked about, so
        that an admin who opens nothing cannot invent a member who does.
        """
        members = self.members()
        grants = [
            grant
            for grant in self.keyring.grants()
            if (grant.compartment, grant.sensitivity) == (REGISTER, Common.LABEL)
            and self._is_genuine(grant, members)
        ]
        known = {RECOVERY}
        while fresh := {g.member for g in grants if g.granter in known} - known:
            known |= fresh
        return frozenset(known)

    def keep_up(self) -> None:
        """Open what was granted or taken away since; others admit, rotate and part meanwhile."""
        if not self.decoy and self.keyring.mark_of_grants(self.me.member) != self._mark:
            self.load()

    def load(self) -> None:
        """Open everything that was granted; raises SealError for a grant that is not genuine."""
        self._keys = {}
        if self.decoy:
            return
        self._mark = self.keyring.mark_of_grants(self.me.member)
        members = self.members()
        for grant in self.keyring.grants(self.me.member):
            key = self._opened(grant, members)
            self._keys.setdefault((grant.compartment, grant.sensitivity), {})[grant.epoch] = key

    def _opened(self, grant: Grant, members: Mapping[str, Member]) -> bytes:
        if not self._is_genuine(grant, members):
            raise SealError("A key in the keyring was granted by nobody who may: it was forged.")
        where = (grant.compartment, grant.sensitivity, grant.epoch)
        return self._pair.unseal(grant.sealed, grant_context(self.deployment, *where))

    def _is_genuine(self, grant: Grant, members: Mapping[str, Member]) -> bool:
        granter = self._granter(grant.granter, members)
        statement = grant_statement(self.deployment, grant)
        return granter is not None and is_signed(granter.signing, statement, grant.signature)

    def _granter(self, name: str, members: Mapping[str, Member]) -> PublicKeys | None:
        if name == RECOVERY:
            return self.constitution.root
        member = members.get(name)
        return None if member is None else member.public

    def need_open(self) -> None:
        """Raise AccessError if the vault was locked."""
        if self.locked:
            raise AccessError("The register is locked: unlock it with your passphrase.")

    def epochs(self, compartment: str, sensitivity: str) -> Mapping[int, bytes]:
        """The keys at hand of a compartment's class; empty: none was granted."""
        self.need_open()
        return self._keys.get((compartment, sensitivity), {})

    def envelope(self, compartment: str, classes: Iterable[Sensitivity]) -> Envelope:
        """The keys of a list's compartment, for these classes."""
        keys = {name: epochs for name in classes if (epochs := self.epochs(compartment, name))}
        return Envelope(self.deployment, compartment, keys)

    def common_key(self, common: Common) -> bytes:
        """The first key of something common; raises AccessError if it was not granted."""
        epochs = self.epochs(REGISTER, common)
        if not epochs:
            raise AccessError(f"None of your roles opens the register's {common}.")
        return epochs[min(epochs)]

    def seal_common(self, common: Common, content: bytes, context: str) -> bytes:
        """Seal something common under the newest epoch: 3 bytes of epoch, then the sealed bytes."""
        epochs = self.epochs(REGISTER, common)
        if not epochs:
            raise AccessError(f"None of your roles opens the register's {common}.")
        epoch = max(epochs)
        bound = f"{self.deployment}:{common}:{epoch}:{context}"
        return epoch.to_bytes(3, "big") + seal(epochs[epoch], content, bound)

    def unseal_common(self, common: Common, sealed: bytes, context: str) -> bytes:
        """Open what ``seal_common`` made, of whichever epoch."""
        epoch = int.from_bytes(sealed[:3], "big")
        key = self.key_of(common, epoch)
        return unseal(key, sealed[3:], f"{self.deployment}:{common}:{epoch}:{context}")

    def grant(self, compartment: str, sensitivity: str, epoch: int, to: Member) -> None:
        """Seal a key at hand to a member and sign that; inside of the keyring's ``change``."""
        key = self.epochs(compartment, sensitivity)[epoch]
        self._put_grant(compartment, sensitivity, epoch, key, to.member, to.public)

    def _put_grant(
        self, compartment: str, name: str, epoch: int, key: bytes, to: str, public: PublicKeys
    ) -> None:
        sealed = public.seal(key, grant_context(self.deployment, compartment, name, epoch))
        unsigned = Grant(compartment, name, epoch, to, sealed, self.me.member, b"")
        signature = self._pair.sign(grant_statement(self.deployment, unsigned))
        granted = Grant(compartment, name, epoch, to, sealed, self.me.member, signature)
        self.keyring.put_grant(granted)

    def new_epoch(
        self, compartment: str, sensitivity: str, to: Iterable[Member], key: bytes | None = None
    ) -> int:
        """Make the next key of a compartment's class for these members and for recovery.

        Inside of the keyring's ``change``. The key stays at hand here only if it is mine to open.
        """
        self.need_open()
        used = [
            grant.epoch
            for grant in self.keyring.grants(RECOVERY)
            if (grant.compartment, grant.sensitivity) == (compartment, sensitivity)
        ]
        epoch = max(used, default=0) + 1
        fresh = new_key() if key is None else key
        root = self.constitution.root
        self._put_grant(compartment, sensitivity, epoch, fresh, RECOVERY, root)
        for member in to:
            public = member.public
            self._put_grant(compartment, sensitivity, epoch, fresh, member.member, public)
            if member.member == self.me.member:
                self._keys.setdefault((compartment, sensitivity), {})[epoch] = fresh
        return epoch

    def sign(self, content: bytes) -> bytes:
        """My signature."""
        self.need_open()
        return self._pair.sign(content)

    def seed(self) -> bytes:
        """What my keys are made of, to be sealed under another passphrase."""
        self.need_open()
        return self._pair.seed

    def successors(self, common: Common) -> list[Successor]:
        """The keys of checkpoints or of the journal, in order; the last one is in use."""
        return chain_of(self.keyring, self.deployment, common, self.constitution.first(common))

    def pair_of(self, common: Common, epoch: int | None = None) -> KeyPair:
        """The pair of an epoch, or the one in use, of what ``successors`` lists.

        That of the logbook signs checkpoints; that of the journal opens reasons of reads, and is
        nobody's but the auditors'. Raises AccessError for a key that was not granted.
        """
        wanted = self.successors(common)[-1].epoch if epoch is None else epoch
        return KeyPair.from_secret(self.key_of(common, wanted), PURPOSES[common])

    def key_of(self, common: Common, epoch: int) -> bytes:
        """The key of an epoch of something common, also if it was granted since unlocking."""
        if epoch not in self.epochs(REGISTER, common):
            self.load()
        key = self.epochs(REGISTER, common).get(epoch)
        if key is None:
            raise AccessError(f"None of your roles opens the register's {common}.")
        return key

    def logbook(self) -> KeyPair:
        """The pair that signs checkpoints now."""
        return self.pair_of(Common.LOGBOOK)

    def succeed(self, common: Common, to: Iterable[Member], since: int) -> int:
        """The next key of the logbook or journal, for these members; its epoch.

        Inside of the keyring's ``change``. ``since`` is how long the log is now.
        """
        before, secret = self.pair_of(common), new_key()
        epoch = self.new_epoch(REGISTER, common, to, secret)
        after = KeyPair.from_secret(secret, PURPOSES[common]).public
        succeed(self.keyring, self.deployment, common, before, after, epoch, since)
        return epoch

    def drop_epochs(self, common: Common, kept: int) -> None:
        """Destroy every other epoch of something common, for everybody; inside of ``change``."""
        for epoch in [one for one in self.epochs(REGISTER, common) if one != kept]:
            self.keyring.drop_epoch(REGISTER, common, epoch)
            del self._keys[REGISTER, common][epoch]

    def lock(self) -> None:
        """Forget every key; Python may have left copies in memory that this cannot reach."""
        self.locked = True
        self._pair.forget()
        self._keys.clear()
        forget_commitments()


def unlock(keyring: Keyring, name: str, passphrase: str) -> Session:
    """Open the vault for a member; raises AccessError for a wrong name or passphrase.

    From here on this process leaves no core dump if it crashes: its memory holds keys and names.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    constitution = constitutions.of(keyring)
    secret = slots.read(keyring, constitution.deployment, name, passphrase)
    if secret.root != constitution.fingerprint:
        raise SealError("The keyring's root is not the one you joined: it was exchanged.")
    members = vouched_members(keyring.certificates(), constitution.root)
    me = members.get(secret.member)
    if me is None:
        raise SealError("Nobody vouches for you in this keyring any more: it was altered.")
    session = Session(keyring, constitution, me, KeyPair(secret.seed), secret.duress)
    session.load()
    return session
