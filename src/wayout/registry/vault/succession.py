"""Keys whose public half everybody relies on, one after another, each signed by the one before.

The constitution names the first key of checkpoints and the first of the journal. Later ones are
facts of the keyring: number, public keys, from which length of the log on they hold, and the
signature of their predecessor. So a new key is trusted because the old one was, and whoever kept an
old one (a member who was parted from) signs nothing that comes after.
"""

import base64
from dataclasses import dataclass

from wayout.errors import LogError, SealError
from wayout.eventlog.canonical import canonical, parse
from wayout.registry.vault.keypair import KeyPair, PublicKeys, is_signed
from wayout.registry.vault.keyring import Keyring
from wayout.registry.vault.roles import Common

FIRST = 1


@dataclass(frozen=True, slots=True)
class Successor:
    """A key of an epoch: its public half, and how long the log was when it began to hold."""

    epoch: int
    signing: bytes
    """The Ed25519 public key."""
    public: PublicKeys | None
    """All public keys; None for the first key of checkpoints, of which only one half is known."""
    since: int = 0


def _name(common: Common, epoch: int) -> str:
    return f"{common}:{epoch}"


def chain_of(
    keyring: Keyring, deployment: str, common: Common, first: Successor
) -> list[Successor]:
    """Every key in order; raises SealError for one that its predecessor did not sign."""
    found = [first]
    while (statement := keyring.fact(_name(common, found[-1].epoch + 1))) is not None:
        epoch = found[-1].epoch + 1
        signature = keyring.fact(f"{_name(common, epoch)}:signature") or b""
        if not is_signed(found[-1].signing, statement, signature):
            raise SealError(f"The {common} has a key that the one before did not sign.")
        found.append(_read(statement, deployment, common, epoch))
    return found


def _read(statement: bytes, deployment: str, common: Common, epoch: int) -> Successor:
    try:
        value = parse(statement)
        public = PublicKeys(base64.b64decode(value["public"]))
        named = (value["deployment"], value["kind"], value["epoch"])
        since = int(value["since"])
    except (LogError, KeyError, TypeError, ValueError) as error:
        raise SealError(f"A key of the {common} cannot be read.") from error
    if named != (deployment, str(common), epoch):
        raise SealError(f"A key of the {common} belongs elsewhere.")
    return Successor(epoch, public.signing, public, since)


def succeed(
    keyring: Keyring,
    deployment: str,
    common: Common,
    before: KeyPair,
    after: PublicKeys,
    epoch: int,
    since: int,
) -> None:
    """Keep the next key, signed by the one before; inside of the keyring's ``change``."""
    value = {
        "deployment": deployment,
        "epoch": epoch,
        "kind": str(common),
        "public": base64.b64encode(after.data).decode(),
        "since": since,
    }
    statement = canonical(value)
    keyring.put_fact(_name(common, epoch), statement)
    keyring.put_fact(f"{_name(common, epoch)}:signature", before.sign(statement))


def may_sign(chain: list[Successor], size: int) -> list[bytes]:
    """The public keys that may have signed a checkpoint over so many entries."""
    ends = [later.since for later in chain[1:]] + [size]
    return [one.signing for one, end in zip(chain, ends, strict=True) if size <= end]
