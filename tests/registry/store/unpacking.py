"""What a file holds, packed or not: gzip, zlib, ZIP and Parquet, wherever in it they begin."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from itertools import pairwise

import polars as pl

DEEPEST = 3
_MOST = 64 << 20
_STREAMS = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]")
_PARQUET = re.compile(rb"PAR1")


def unpacked(data: bytes, depth: int = 0) -> Iterator[bytes]:
    """The bytes themselves, then everything packed in them, and what is packed in that."""
    yield data
    if depth == DEEPEST:
        return
    for found in (*_streams(data), *_archives(data), *_tables(data)):
        yield from unpacked(found, depth + 1)


def _streams(data: bytes) -> Iterator[bytes]:
    """What inflates from a gzip or zlib header on; most headers are chance and give nothing."""
    for match in _STREAMS.finditer(data):
        kind = 31 if match.group() == b"\x1f\x8b\x08" else 15
        try:
            found = zlib.decompressobj(kind).decompress(data[match.start() :], _MOST)
        except zlib.error:
            continue
        if len(found) > 8:
            yield found


def _archives(data: bytes) -> Iterator[bytes]:
    """The members of a ZIP archive; bytes before it do no harm to its directory."""
    end = data.rfind(b"PK\x05\x06")
    if end < 0:
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data[: end + 22])) as archive:
            for member in archive.infolist():
                yield archive.read(member)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError):
        return


def _tables(data: bytes) -> Iterator[bytes]:
    """The texts of a Parquet table between two of its marks."""
    marks = [match.start() for match in _PARQUET.finditer(data)]
    for start, end in pairwise(marks):
        try:
            table = pl.read_parquet(io.BytesIO(data[start : end + 4]))
        except (pl.exceptions.PolarsError, OSError):
            continue
        yield table.write_csv().encode()
