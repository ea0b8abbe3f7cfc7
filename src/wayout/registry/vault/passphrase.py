"""Passphrases: how long, how slow, and words to make one of.

Argon2id (RFC 9106). What a file asks for is bounded on both sides: too little would be guessed,
too much would stop the machine. At most two derivations run at a time, because each takes its
memory whole.
"""

import secrets
import struct
import threading
from dataclasses import dataclass
from importlib.resources import files

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from wayout.errors import AccessError, SealError

MINIMUM_CHARACTERS = 15
"""NIST SP 800-63B-4, for a passphrase that is the only factor."""
_SALT = 16
_AT_ONCE = threading.BoundedSemaphore(2)


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess costs: passes over the memory, memory in KiB, lanes."""

    passes: int
    kibibytes: int
    lanes: int

    def check(self) -> None:
        """Raise SealError outside of what is safe to use or to run."""
        strong = self.passes >= 2 and self.kibibytes >= 19 * 1024
        bounded = self.passes <= 16 and self.kibibytes <= 1024 * 1024 and 1 <= self.lanes <= 16
        if not strong or not bounded:
            raise SealError(
                f"A keyring asks for Argon2id with {self.passes} passes over {self.kibibytes} KiB "
                f"in {self.lanes} lanes, outside of what is accepted: it was tampered with."
            )


KEYRING_COST = Cost(passes=4, kibibytes=256 * 1024, lanes=2)
"""About a second on a laptop of 2026; a keyring may be taken away and guessed at leisure."""
LOWEST_COST = Cost(passes=2, kibibytes=19 * 1024, lanes=1)
"""The least that is accepted (OWASP ASVS 5.0, 11.4.2)."""

_PACKED = struct.Struct(">BIB")


def check_strength(passphrase: str) -> None:
    """Raise AccessError for a passphrase that is too easy; no rule of composition."""
    if len(passphrase) < MINIMUM_CHARACTERS:
        raise AccessError(
            f"A passphrase needs at least {MINIMUM_CHARACTERS} characters: take a few words."
        )
    if len(set(passphrase)) < 6:
        raise AccessError("The passphrase repeats a few characters: take a few words.")


def suggestion(num_words: int = 8) -> str:
    """A random passphrase of short words: 10 bits a word, 80 with eight."""
    words = (files("shamir_mnemonic") / "wordlist.txt").read_text("ascii").split()
    return " ".join(secrets.choice(words) for _ in range(num_words))


def new_salt(cost: Cost) -> bytes:
    """What ``unlock_key`` needs beside the passphrase: the cost and a random salt."""
    return _PACKED.pack(cost.passes, cost.kibibytes, cost.lanes) + secrets.token_bytes(_SALT)


def unlock_key(passphrase: str, salted: bytes) -> bytes:
    """The key of a passphrase; raises SealError if the cost in ``salted`` is not acceptable."""
    if len(salted) != _PACKED.size + _SALT:
        raise SealError("A keyring's salt is not as one must be.")
    cost = Cost(*_PACKED.unpack(salted[: _PACKED.size]))
    cost.check()
    derivation = Argon2id(
        salt=salted[_PACKED.size :],
        length=32,
        iterations=cost.passes,
        lanes=cost.lanes,
        memory_cost=cost.kibibytes,
    )
    with _AT_ONCE:
        return derivation.derive(passphrase.encode())
