"""Sealing: AES-256-GCM with a format number, random nonces, padding and a bound context.

The *context* says what the sealed bytes are (which register, record, class, epoch). It is not
stored: who opens must know it, so that one row's bytes cannot be passed off as another's.
"""

import hashlib
import hmac
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from wayout.errors import SealError

FORMAT = 1
KEY_BYTES = 32
_NONCE = 12
_COMMITMENT = 16
_SMALLEST = 32
_HEADER = bytes([FORMAT])


def new_key() -> bytes:
    """A random 256-bit key from the operating system."""
    return os.urandom(KEY_BYTES)


def derived(key: bytes, purpose: str, length: int = KEY_BYTES) -> bytes:
    """A key for one purpose from another (HKDF-SHA-256, RFC 5869)."""
    return HKDF(SHA256(), length, salt=None, info=purpose.encode()).derive(key)


def keyed_hash(key: bytes, data: bytes) -> bytes:
    """HMAC-SHA-256."""
    return hmac.digest(key, data, hashlib.sha256)


def padded(data: bytes) -> bytes:
    """Bytes at a length that tells little: 32, or the next doubling; 0x80 ends the content."""
    size = max(_SMALLEST, 1 << len(data).bit_length())
    return data + b"\x80" + bytes(size - len(data) - 1)


def unpadded(data: bytes) -> bytes:
    """What ``padded`` was given; raises SealError for anything else."""
    content = data.rstrip(b"\x00")
    if content[-1:] != b"\x80":
        raise SealError("Something sealed has no end: it was not sealed by this program.")
    return content[:-1]


def seal(key: bytes, content: bytes, context: str) -> bytes:
    """Seal bytes under a key and a context; their length is padded."""
    nonce = os.urandom(_NONCE)
    return _HEADER + nonce + AESGCM(key).encrypt(nonce, padded(content), context.encode())


def unseal(key: bytes, sealed: bytes, context: str) -> bytes:
    """Open what ``seal`` made; raises SealError unless key, bytes and context all fit."""
    if sealed[:1] != _HEADER:
        raise SealError("Something sealed is of a format that this version does not know.")
    nonce, body = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
    try:
        return unpadded(AESGCM(key).decrypt(nonce, body, context.encode()))
    except (InvalidTag, ValueError) as error:
        raise SealError(
            "Something sealed does not open: it was altered or moved, or the key is another."
        ) from error


@lru_cache(maxsize=256)
def _commitment(key: bytes) -> bytes:
    """GCM does not commit to its key (Len, Grubbs, Ristenpart 2021): say which key it was."""
    return derived(key, "wayout commit", _COMMITMENT)


def forget_commitments() -> None:
    """Drop every key that the cache of commitments remembers."""
    _commitment.cache_clear()


def wrap(key: bytes, epoch: int, wrapped: bytes, context: str) -> bytes:
    """Wrap one key under another: format, epoch, commitment, nonce, ciphertext; 80 bytes."""
    nonce = os.urandom(_NONCE)
    header = _HEADER + epoch.to_bytes(3, "big") + _commitment(key)
    body = AESGCM(key).encrypt(nonce, wrapped, f"{context}:{epoch}".encode())
    return header + nonce + body


def epoch_of(wrapping: bytes) -> int:
    """The epoch of the key that a wrapping needs."""
    if wrapping[:1] != _HEADER:
        raise SealError("A wrapped key is of a format that this version does not know.")
    return int.from_bytes(wrapping[1:4], "big")


def unwrap(key: bytes, wrapping: bytes, context: str) -> bytes:
    """Open what ``wrap`` made; raises SealError unless key, bytes and context all fit."""
    epoch = epoch_of(wrapping)
    start = 4 + _COMMITMENT
    nonce, body = wrapping[start : start + _NONCE], wrapping[start + _NONCE :]
    if not hmac.compare_digest(wrapping[4:start], _commitment(key)):
        raise SealError("A key was wrapped under another key than the one at hand.")
    try:
        return AESGCM(key).decrypt(nonce, body, f"{context}:{epoch}".encode())
    except (InvalidTag, ValueError) as error:
        raise SealError("A wrapped key does not open: it was altered or moved.") from error
