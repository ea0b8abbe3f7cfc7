"""Recovery: a secret on three sheets of paper, any two of which bring it back.

Shares are words with a checksum, made as SLIP-39 says (Shamir's scheme over GF(256);
https://github.com/satoshilabs/slips/blob/master/slip-0039.md). The reference program is not
constant-time, so this runs where the sheets are, never on request of somebody remote.
"""

import secrets
from collections.abc import Sequence

from shamir_mnemonic import MnemonicError, combine_mnemonics, generate_mnemonics

from wayout.errors import AccessError
from wayout.registry.vault.keypair import KeyPair

NEEDED, SHARES = 2, 3
_PURPOSE = "wayout recovery"


def new_secret() -> bytes:
    """A random secret of 256 bits."""
    return secrets.token_bytes(32)


def shares_of(secret: bytes) -> tuple[str, ...]:
    """Three shares, 33 words each; any two are enough, one says nothing."""
    (group,) = generate_mnemonics(1, [(NEEDED, SHARES)], secret)
    return tuple(group)


def secret_of(shares: Sequence[str]) -> bytes:
    """The secret of two shares; raises AccessError if they do not fit together."""
    chosen = [" ".join(share.lower().split()) for share in shares]
    try:
        secret: bytes = combine_mnemonics(chosen)
    except MnemonicError as error:
        raise AccessError(
            f"These shares do not bring the key back: {error} Check every word; two different "
            "sheets of the same register are needed."
        ) from error
    return secret


def keys_of(secret: bytes) -> KeyPair:
    """The key pair that every compartment is also sealed to, and that is the root of trust."""
    return KeyPair.from_secret(secret, _PURPOSE)
