"""Checkpoints: signed text that says how long the log was and what it said.

The text is a C2SP tlog-checkpoint in a signed note (https://c2sp.org/tlog-checkpoint and
https://c2sp.org/signed-note): origin, size and root, a line each, then two lines of ours (the last
link of the chain, and the time), an empty line, and signatures. Other programs can check and cosign
it.
"""

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from wayout.errors import LogError
from wayout.eventlog.event import moment_of, text_of

_ED25519 = b"\x01"
_DASH = "— "

Sign = Callable[[bytes], bytes]
"""Makes the Ed25519 signature of bytes."""
Judge = Callable[[bytes, bytes, bytes], bool]
"""Whether, for a public key and bytes, an Ed25519 signature (last) is good."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How long a log was at a time, its Merkle root and its last link."""

    origin: str
    size: int
    root: bytes
    link: bytes
    time: datetime


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def text(checkpoint: Checkpoint) -> str:
    """What is signed."""
    return (
        f"{checkpoint.origin}\n{checkpoint.size}\n{_base64(checkpoint.root)}\n"
        f"link {_base64(checkpoint.link)}\ntime {text_of(checkpoint.time)}\n"
    )


def key_id(name: str, public_key: bytes) -> bytes:
    """The four bytes by which a signed note names an Ed25519 key."""
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + public_key).digest()[:4]


def signed(checkpoint: Checkpoint, public_key: bytes, sign: Sign) -> str:
    """The note: the text and one signature under the origin's name."""
    body = text(checkpoint)
    signature = key_id(checkpoint.origin, public_key) + sign(body.encode())
    return f"{body}\n{_DASH}{checkpoint.origin} {_base64(signature)}\n"


def read(note: str) -> Checkpoint:
    """The checkpoint of a note, its signatures unjudged; raises LogError if it is none."""
    body, gap, _ = note.partition("\n\n")
    lines = body.split("\n")
    try:
        if not gap or len(lines) != 5 or lines[3][:5] != "link " or lines[4][:5] != "time ":
            raise ValueError
        checkpoint = Checkpoint(
            origin=lines[0],
            size=int(lines[1]),
            root=base64.b64decode(lines[2], validate=True),
            link=base64.b64decode(lines[3][5:], validate=True),
            time=moment_of(lines[4][5:]),
        )
        if text(checkpoint) != body + "\n":
            raise ValueError
    except ValueError as error:
        raise LogError("This is no checkpoint of a log: its text is not as one must be.") from error
    return checkpoint


def _judged(judge: Judge, public_key: bytes, body: str, signature: bytes) -> bool:
    return judge(public_key, f"{body}\n".encode(), signature[4:])


def is_signed(note: str, public_key: bytes, judge: Judge) -> bool:
    """Whether the note carries a good signature of that key under its origin's name."""
    body, _, signatures = note.partition("\n\n")
    origin = body.split("\n")[0]
    wanted = key_id(origin, public_key)
    for line in signatures.splitlines():
        name, _, value = line.removeprefix(_DASH).rpartition(" ")
        try:
            data = base64.b64decode(value, validate=True)
        except ValueError:
            continue
        if name == origin and data[:4] == wanted and _judged(judge, public_key, body, data):
            return True
    return False
