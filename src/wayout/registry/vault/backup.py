"""Backups: age files that their recipients open, each with a signature beside it.

The format is age (https://age-encryption.org/v1), so the program ``age`` opens a backup without
Wayout. An age file alone does not say who made it: whoever knows the recipients can make one. So
an Ed25519 signature of the file, made with the key that signs checkpoints, lies beside it.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import pyrage
from pyrage import x25519

from wayout.errors import RegistryError, SealError
from wayout.registry.vault.keypair import KeyPair, is_signed

FEWEST_RECIPIENTS = 2
_CONTEXT = b"wayout backup\n"


def new_identity() -> tuple[str, str]:
    """A new age identity: its secret line, to be kept away from the register, and its recipient."""
    identity = x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return _CONTEXT + hashlib.file_digest(file, "sha256").digest()


def _signature_of(path: Path) -> Path:
    return path.with_name(path.name + ".sig")


def write(plain: Path, target: Path, recipients: Sequence[str], signing: KeyPair) -> None:
    """Encrypt a file to its recipients and sign it; raises RegistryError for fewer than two."""
    if len(set(recipients)) < FEWEST_RECIPIENTS:
        raise RegistryError("A backup needs two recipients or more: one may lose his key.")
    try:
        keys = [x25519.Recipient.from_str(text) for text in dict.fromkeys(recipients)]
    except pyrage.RecipientError as error:
        raise RegistryError(f"That is no recipient of age (age1…): {error}.") from error
    target.touch(mode=0o600)
    pyrage.encrypt_file(str(plain), str(target), keys)
    signature = _signature_of(target)
    signature.touch(mode=0o600)
    signature.write_text(signing.sign(_digest(target)).hex() + "\n", "ascii")


def read(source: Path, target: Path, identity: str, public_key: bytes) -> None:
    """Check the signature, then decrypt; raises SealError if a single bit was changed.

    ``public_key`` is the register's key of checkpoints.
    """
    try:
        signature = bytes.fromhex(_signature_of(source).read_text("ascii").strip())
    except (OSError, ValueError) as error:
        raise SealError(f"{source.name} has no signature beside it that can be read.") from error
    if not is_signed(public_key, _digest(source), signature):
        raise SealError(f"{source.name} is not what was signed: it was altered or exchanged.")
    target.touch(mode=0o600)
    try:
        key = x25519.Identity.from_str(identity.strip())
        pyrage.decrypt_file(str(source), str(target), [key])
    except (pyrage.IdentityError, pyrage.DecryptError) as error:
        target.unlink()
        raise SealError(f"{source.name} does not open with this identity: {error}.") from error
