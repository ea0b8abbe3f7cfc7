"""The formats of lists, told apart by what is in a file and not by its name."""

from collections.abc import Iterator
from typing import IO

from wayout.registry.lists.faults import Fault, Unreadable
from wayout.registry.lists.formats import delimited, opendocument, pfif, workbook
from wayout.registry.lists.formats.archive import Archive
from wayout.registry.lists.limits import MIB, MOST_FILE_BYTES
from wayout.registry.lists.wire import Item

_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = {
    b"%PDF": "a PDF document",
    b"\xff\xd8\xff": "a photograph",
    b"\x89PNG": "a picture",
    b"GIF8": "a picture",
    b"PK\x05\x06": "an empty zipped file",
    b"\x1f\x8b": "a packed file",
    b"Rar!": "a packed file",
    b"7z\xbc\xaf": "a packed file",
    b"SQLite format 3": "a database",
    b"PAR1": "a Parquet file",
    b"{\\rtf": "a text document",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
}
_SAVE_AS = "Save the list as CSV, XLSX or ODS."


def items_of(file: IO[bytes]) -> Iterator[Item]:
    """Everything in a file that can be sought in; raises Unreadable."""
    head = file.read(4096)
    size = file.seek(0, 2)
    file.seek(0)
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise Unreadable(Fault.EMPTY, "The file is empty.", "Look whether it is the right one.")
    if size > MOST_FILE_BYTES:
        message = f"The file has more than {MOST_FILE_BYTES // MIB} MiB."
        raise Unreadable(Fault.TOO_LARGE, message, "Divide the list into smaller ones.")
    if head.startswith(_OLD_OFFICE):
        message = "The file is locked with a password, or is an old binary workbook (.xls)."
        cure = "Open it in a spreadsheet and save it as XLSX without a password."
        raise Unreadable(Fault.LOCKED, message, cure)
    if head.startswith(_ZIP):
        yield from _zipped(Archive(file))
    elif _is_xml(head):
        yield from _xml(file, head)
    elif kind := next((kind for mark, kind in _OTHERS.items() if head.startswith(mark)), None):
        raise Unreadable(Fault.KIND, f"The file is {kind} and no list.", _SAVE_AS)
    else:
        yield from delimited.items_of(file.read())


def _zipped(archive: Archive) -> Iterator[Item]:
    if "xl/workbook.xml" in archive:
        return workbook.items_of(archive)
    if "content.xml" in archive:
        return opendocument.items_of(archive)
    raise Unreadable(Fault.KIND, "The file is a packed file and no workbook.", _SAVE_AS)


def _is_xml(head: bytes) -> bool:
    plain = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return plain.startswith((b"<?xml", b"<pfif", b"<!DOCTYPE", b"<!doctype", b"<html"))


def _xml(file: IO[bytes], head: bytes) -> Iterator[Item]:
    plain = head.replace(b"\x00", b"").lower()
    if b"<html" in plain or b"<!doctype html" in plain:
        raise Unreadable(Fault.KIND, "The file is a web page and no list.", _SAVE_AS)
    return pfif.items_of(file)
