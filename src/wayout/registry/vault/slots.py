"""A member's secret under his passphrase, and the second one that he may be forced to say.

Everybody has two slots of the same shape. One holds the member's keys. The other is random, or
holds the *duress* secret: it opens a register that shows no list at all and leaves a mark which
only auditors can read. It is a thin cover and is not called deniable: whoever knows this program
knows that a second word may exist.
"""

import base64
import os
import secrets
from dataclasses import dataclass

from wayout.errors import AccessError, SealError
from wayout.eventlog.canonical import canonical, parse
from wayout.registry.vault.keypair import SEED_BYTES
from wayout.registry.vault.keyring import Keyring, Slot
from wayout.registry.vault.passphrase import Cost, check_strength, new_salt, unlock_key
from wayout.registry.vault.sealing import new_key, seal, unseal

_WRONG = "The name or the passphrase is wrong."


@dataclass(frozen=True, slots=True)
class Secret:
    """What a slot holds: the seed of the member's keys, and the root that he relies on."""

    member: str
    seed: bytes
    root: str
    duress: bool = False


def _context(deployment: str, name: str) -> str:
    return f"{deployment}:slot:{name}"


def _pack(secret: Secret) -> bytes:
    return canonical(
        {
            "duress": int(secret.duress),
            "member": secret.member,
            "root": secret.root,
            "seed": base64.b64encode(secret.seed).decode(),
        }
    )


def _unpack(data: bytes) -> Secret:
    value = parse(data)
    seed = base64.b64decode(value["seed"])
    return Secret(value["member"], seed, value["root"], bool(value["duress"]))


def _sealed(deployment: str, name: str, secret: Secret, passphrase: str, cost: Cost) -> Slot:
    salt = new_salt(cost)
    key = unlock_key(passphrase, salt)
    return Slot(0, salt, seal(key, _pack(secret), _context(deployment, name)))


def _empty(deployment: str, name: str, secret: Secret, cost: Cost) -> Slot:
    """A slot that nothing opens and that looks like any other."""
    filler = Secret(secret.member, os.urandom(SEED_BYTES), secret.root)
    return Slot(0, new_salt(cost), seal(new_key(), _pack(filler), _context(deployment, name)))


def write(
    keyring: Keyring,
    deployment: str,
    name: str,
    secret: Secret,
    passphrase: str,
    cost: Cost,
    duress_passphrase: str | None = None,
) -> None:
    """Write both slots of a name; raises AccessError for a passphrase that is too easy."""
    check_strength(passphrase)
    slots = [_sealed(deployment, name, secret, passphrase, cost)]
    if duress_passphrase is None:
        slots.append(_empty(deployment, name, secret, cost))
    else:
        check_strength(duress_passphrase)
        if duress_passphrase == passphrase:
            raise AccessError("The duress passphrase must differ from the true one.")
        decoy = Secret(secret.member, os.urandom(SEED_BYTES), secret.root, duress=True)
        slots.append(_sealed(deployment, name, decoy, duress_passphrase, cost))
    secrets.SystemRandom().shuffle(slots)
    for number, slot in enumerate(slots):
        keyring.put_slot(name, Slot(number, slot.salt, slot.sealed))


def read(keyring: Keyring, deployment: str, name: str, passphrase: str) -> Secret:
    """The secret that a passphrase opens; raises AccessError if it opens none.

    Both slots are always tried, so that the time says nothing about which one it was.
    """
    found: Secret | None = None
    for slot in keyring.slots(name):
        key = unlock_key(passphrase, slot.salt)
        try:
            found = _unpack(unseal(key, slot.sealed, _context(deployment, name)))
        except SealError:
            continue
    if found is None:
        raise AccessError(_WRONG)
    return found
