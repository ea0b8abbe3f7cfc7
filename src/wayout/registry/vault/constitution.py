"""What a register is for good: its identifier and the public keys that all members rely on.

It is signed by the recovery key, whose public half each member's sealed secret pins.
"""

import base64
import hashlib
from dataclasses import dataclass

from wayout.errors import LogError, SealError
from wayout.eventlog.canonical import canonical, parse
from wayout.registry.vault.keypair import KeyPair, PublicKeys, is_signed
from wayout.registry.vault.keyring import Keyring
from wayout.registry.vault.roles import Common
from wayout.registry.vault.succession import FIRST, Successor, chain_of


@dataclass(frozen=True, slots=True)
class Constitution:
    """Identifier of the register; public keys of recovery, of the journal, and of checkpoints."""

    deployment: str
    root: PublicKeys
    journal: PublicKeys
    log_key: bytes

    @property
    def origin(self) -> str:
        """The name under which the log's checkpoints are signed."""
        return f"wayout/{self.deployment}"

    def first(self, common: Common) -> Successor:
        """The first key of the logbook or of the journal, which the root has signed."""
        if common is Common.LOGBOOK:
            return Successor(FIRST, self.log_key, None)
        return Successor(FIRST, self.journal.signing, self.journal)

    @property
    def fingerprint(self) -> str:
        """The hash of the root keys, as members pin it."""
        return hashlib.sha256(self.root.data).hexdigest()


def _statement(constitution: Constitution) -> bytes:
    encode = base64.b64encode
    return canonical(
        {
            "deployment": constitution.deployment,
            "journal": encode(constitution.journal.data).decode(),
            "log": encode(constitution.log_key).decode(),
            "root": encode(constitution.root.data).decode(),
        }
    )


def lay_down(keyring: Keyring, constitution: Constitution, recovery: KeyPair) -> None:
    """Write the constitution into a new keyring, signed."""
    statement = _statement(constitution)
    keyring.put_fact("constitution", statement)
    keyring.put_fact("constitution-signature", recovery.sign(statement))


def log_keys(keyring: Keyring) -> list[Successor]:
    """Every key of checkpoints in order, without a passphrase; the last one is in use."""
    known = of(keyring)
    return chain_of(keyring, known.deployment, Common.LOGBOOK, known.first(Common.LOGBOOK))


def of(keyring: Keyring) -> Constitution:
    """The keyring's constitution; raises SealError unless the root that it names signed it.

    Whether that is the right root is known to members only: see ``Constitution.fingerprint``.
    """
    statement = keyring.fact("constitution") or b""
    signature = keyring.fact("constitution-signature") or b""
    try:
        value = parse(statement)
        decoded = {name: base64.b64decode(value[name]) for name in ("root", "journal", "log")}
        root, journal = PublicKeys(decoded["root"]), PublicKeys(decoded["journal"])
        constitution = Constitution(value["deployment"], root, journal, decoded["log"])
    except (LogError, KeyError, TypeError, ValueError) as error:
        raise SealError("The keyring does not say which register it belongs to.") from error
    if not is_signed(root.signing, statement, signature):
        raise SealError("What the keyring says of its register is not signed by its root.")
    return constitution
