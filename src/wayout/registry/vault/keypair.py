"""A member's keys: one pair that receives what is sealed to him, one that signs for him.

What is received is HPKE (RFC 9180) with the hybrid of ML-KEM-768 and X25519; signatures are
Ed25519. Private keys are kept as their seeds, 128 bytes in all.
"""

from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from wayout.errors import SealError
from wayout.registry.vault.sealing import derived

_SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_HEADER = b"\x01"
_MLKEM_SEED, _MLKEM_PUBLIC = 64, 1184
SEED_BYTES = _MLKEM_SEED + 32 + 32
PUBLIC_BYTES = _MLKEM_PUBLIC + 32 + 32


@dataclass(frozen=True, slots=True)
class PublicKeys:
    """What everybody may know of a member's keys."""

    data: bytes

    def __post_init__(self) -> None:
        """Raise SealError unless it has the length of public keys."""
        if len(self.data) != PUBLIC_BYTES:
            raise SealError("A member's public keys are not as they must be.")

    @property
    def signing(self) -> bytes:
        """The Ed25519 public key, 32 bytes."""
        return self.data[-32:]

    def seal(self, content: bytes, context: str) -> bytes:
        """Seal bytes so that only the holder of the private keys opens them."""
        mlkem = MLKEM768PublicKey.from_public_bytes(self.data[:_MLKEM_PUBLIC])
        x25519 = X25519PublicKey.from_public_bytes(self.data[_MLKEM_PUBLIC:-32])
        public = MLKEM768X25519PublicKey(mlkem, x25519)
        return _HEADER + _SUITE.encrypt(content, public, context.encode())


def is_signed(public_key: bytes, content: bytes, signature: bytes) -> bool:
    """Whether an Ed25519 signature of ``content`` is good."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, content)
    except (InvalidSignature, ValueError):
        return False
    return True


class KeyPair:
    """A member's private keys; ``forget`` makes them unusable."""

    def __init__(self, seed: bytes) -> None:
        if len(seed) != SEED_BYTES:
            raise SealError("A member's private keys are not as they must be.")
        self._seed = bytearray(seed)
        mlkem = MLKEM768PrivateKey.from_seed_bytes(seed[:_MLKEM_SEED])
        x25519 = X25519PrivateKey.from_private_bytes(seed[_MLKEM_SEED:-32])
        self._receiving: MLKEM768X25519PrivateKey | None = MLKEM768X25519PrivateKey(mlkem, x25519)
        self._signing: Ed25519PrivateKey | None = Ed25519PrivateKey.from_private_bytes(seed[-32:])
        self.public = PublicKeys(
            mlkem.public_key().public_bytes_raw()
            + x25519.public_key().public_bytes_raw()
            + self._signing.public_key().public_bytes_raw()
        )

    @classmethod
    def from_secret(cls, secret: bytes, purpose: str) -> "KeyPair":
        """The pair that follows from a secret of full strength."""
        return cls(derived(secret, purpose, SEED_BYTES))

    @property
    def seed(self) -> bytes:
        """What the pair can be made of again."""
        return bytes(self._seed)

    def unseal(self, sealed: bytes, context: str) -> bytes:
        """Open what was sealed to the public keys; raises SealError if it does not open."""
        if self._receiving is None or sealed[:1] != _HEADER:
            raise SealError("Something sealed to a member cannot be opened with these keys.")
        try:
            return _SUITE.decrypt(sealed[1:], self._receiving, context.encode())
        except (InvalidTag, ValueError) as error:
            raise SealError("Something was sealed to somebody else, or was altered.") from error

    def sign(self, content: bytes) -> bytes:
        """The Ed25519 signature of ``content``."""
        if self._signing is None:
            raise SealError("These keys were forgotten.")
        return self._signing.sign(content)

    def forget(self) -> None:
        """Overwrite the seed and drop the keys; Python may have copied them elsewhere before."""
        for index in range(len(self._seed)):
            self._seed[index] = 0
        self._receiving = self._signing = None
