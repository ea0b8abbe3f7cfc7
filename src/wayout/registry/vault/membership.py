"""Members: who they are, what they are trusted with, and who vouches for it.

A certificate says it and is signed by whoever admitted the member; the first one is signed by the
recovery key, which is the root of trust and is pinned in each member's own sealed secret. So
nobody who can only write to the keyring can add himself or change his roles.
"""

import base64
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from wayout.errors import LogError, SealError
from wayout.eventlog.canonical import canonical, parse
from wayout.registry.vault.keypair import PublicKeys, is_signed
from wayout.registry.vault.roles import Common, Role, Sensitivity, classes_of, commons_of

RECOVERY = "recovery"
"""The member that the paper shares are."""
EVERY_LIST = "*"
_LETTERS = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"0123456789abcdefghjkmnpqrstvwxyz")


def new_id(length: int = 26) -> str:
    """A random identifier of five bits a letter that carries no meaning."""
    random = base64.b32encode(os.urandom((length * 5 + 7) // 8))
    return random[:length].translate(_LETTERS).decode()


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who may use the register.

    ``compartments`` are those of the lists he may open, or ``*`` for every list now and later.
    """

    member: str
    name: str
    roles: frozenset[Role]
    compartments: frozenset[str]
    public: PublicKeys

    def opens_list(self, compartment: str) -> bool:
        """Whether lists of this compartment are his to open."""
        return EVERY_LIST in self.compartments or compartment in self.compartments

    @property
    def classes(self) -> frozenset[Sensitivity]:
        """Classes of source rows that his roles open."""
        return classes_of(self.roles)

    @property
    def commons(self) -> frozenset[Common]:
        """What of the register as a whole his roles open."""
        return commons_of(self.roles)


@dataclass(frozen=True, slots=True)
class Certificate:
    """A member as somebody vouches for him."""

    data: bytes
    signer: str
    signature: bytes


def statement_of(member: Member) -> bytes:
    """What is signed about a member."""
    return canonical(
        {
            "compartments": sorted(member.compartments),
            "member": member.member,
            "name": member.name,
            "public": base64.b64encode(member.public.data).decode(),
            "roles": sorted(member.roles),
        }
    )


def member_of(data: bytes) -> Member:
    """The member of a statement; raises SealError if it is none."""
    try:
        value: dict[str, Any] = parse(data)
        return Member(
            value["member"],
            value["name"],
            frozenset(Role(role) for role in value["roles"]),
            frozenset(value["compartments"]),
            PublicKeys(base64.b64decode(value["public"], validate=True)),
        )
    except (LogError, KeyError, TypeError, ValueError) as error:
        raise SealError("A member's certificate is not as one must be.") from error


def vouched_members(certificates: Iterable[Certificate], root: PublicKeys) -> dict[str, Member]:
    """Members by identifier whose certificates lead to the root; the others are left out.

    A certificate counts if it is signed by the root, or by a member that counts and is an admin.
    """
    waiting = [(certificate, member_of(certificate.data)) for certificate in certificates]
    counted: dict[str, Member] = {}
    while True:
        fresh = [
            member
            for certificate, member in waiting
            if member.member not in counted and _is_vouched(certificate, member, counted, root)
        ]
        if not fresh:
            return counted
        counted.update({member.member: member for member in fresh})


def _is_vouched(
    certificate: Certificate, member: Member, counted: Mapping[str, Member], root: PublicKeys
) -> bool:
    if certificate.signer == RECOVERY:
        return is_signed(root.signing, certificate.data, certificate.signature)
    signer = counted.get(certificate.signer)
    if signer is None or Role.ADMIN not in signer.roles or signer.member == member.member:
        return False
    return is_signed(signer.public.signing, certificate.data, certificate.signature)
