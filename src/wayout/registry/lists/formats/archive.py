"""Zipped files, read as streams, with every size counted as it comes and none believed."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from wayout.registry.lists.faults import Fault, Unreadable
from wayout.registry.lists.limits import (
    MIB,
    MOST_PARTS,
    MOST_RATIO,
    MOST_UNPACKED,
    RATIO_COUNTS_FROM,
)

_PIECE = 256 * 1024
_AGAIN = "Open it in the program that made it and save it again."
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""The only ways of packing that workbooks use."""

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)
"""What Python's reader raises for damaged archives, as fuzzing has found it."""


class Archive:
    """The parts of a zipped file."""

    def __init__(self, file: IO[bytes]) -> None:
        try:
            self._zip = zipfile.ZipFile(file)
            parts = self._zip.infolist()
        except _BROKEN as error:
            raise Unreadable(Fault.DAMAGED, "The file is damaged or cut off.", _AGAIN) from error
        if len(parts) > MOST_PARTS:
            message = f"There are {len(parts):,} files inside; the most is {MOST_PARTS:,}."
            raise Unreadable(Fault.TOO_LARGE, message, _AGAIN)
        self._parts = {part.filename: part for part in parts}

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def names(self) -> tuple[str, ...]:
        """Names of the parts."""
        return tuple(self._parts)

    def pieces(self, name: str) -> Iterator[bytes]:
        """The bytes of a part, piece by piece; raises Unreadable at the first limit."""
        part = self._parts.get(name)
        if part is None:
            raise Unreadable(Fault.DAMAGED, f"The part {name} is not in the file.", _AGAIN)
        if part.flag_bits & _ENCRYPTED:
            raise Unreadable(
                Fault.LOCKED, "The file is locked with a password.", "Save it without one."
            )
        if part.compress_type not in _METHODS:
            raise Unreadable(Fault.DAMAGED, f"The part {name} is packed in another way.", _AGAIN)
        size = 0
        try:
            with self._zip.open(part) as stream:
                while piece := stream.read(_PIECE):
                    size += len(piece)
                    _refuse_bomb(size, part.compress_size)
                    yield piece
        except _BROKEN as error:
            raise Unreadable(Fault.DAMAGED, f"The part {name} is damaged.", _AGAIN) from error


def _refuse_bomb(size: int, packed: int) -> None:
    if size > RATIO_COUNTS_FROM and size > MOST_RATIO * max(packed, 1):
        message = f"It unpacks to more than {MOST_RATIO} times its size, as no list of people does."
        raise Unreadable(Fault.BOMB, message, "Do not open it. Ask who sent it for a CSV file.")
    if size > MOST_UNPACKED:
        message = f"One part unpacks to more than {MOST_UNPACKED // MIB} MiB."
        raise Unreadable(Fault.TOO_LARGE, message, "Divide the list into smaller ones.")
