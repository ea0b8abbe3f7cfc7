"""XML as a stream of elements, without document types, entities or anything from outside."""

from collections.abc import Iterable, Iterator
from typing import Any
from xml.parsers import expat

from wayout.registry.lists.faults import Fault, Unreadable
from wayout.registry.lists.limits import MOST_CHARACTERS

_MOST_REMEMBERED = 10_000


class Elements:
    """What a format does when elements begin and end. Names come without their namespace."""

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def text(self, text: str) -> None:
        """Characters inside of it, maybe a part of them."""

    def end(self, name: str) -> None:
        """An element ends."""


class _Local(dict[str, str]):
    """Names without their namespace, worked out once each."""

    def __missing__(self, name: str) -> str:
        found = name.rpartition(" ")[2]
        if len(self) < _MOST_REMEMBERED:
            self[name] = found
        return found


def read(pieces: Iterable[bytes], elements: Elements) -> Iterator[None]:
    """Feed a document to ``elements``; stops after every piece, so that rows can be passed on."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.buffer_size = 65_536

    local = _Local()

    def begin(name: str, attributes: dict[str, str]) -> None:
        elements.begin(local[name], {local[key]: value for key, value in attributes.items()})

    def end(name: str) -> None:
        elements.end(local[name])

    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.CharacterDataHandler = elements.text
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    try:
        for piece in pieces:
            parser.Parse(piece, False)
            yield
        parser.Parse(b"", True)
        yield
    except (expat.ExpatError, LookupError, ValueError) as error:
        # The last two: an encoding that is not known, or not to this parser.
        message = "The XML is damaged or cut off."
        cure = "Open it in the program that made it and save it again."
        raise Unreadable(Fault.DAMAGED, message, cure) from error


def _refuse(*_: Any) -> None:
    """No document type, so no entity can grow, and nothing can be fetched (CWE-611, CWE-776)."""
    message = "The XML declares a document type or entities, which no list needs."
    raise Unreadable(Fault.DECLARATION, message, "Do not open it. Ask who sent it for a CSV file.")


class Text:
    """Characters of a cell as they come, up to the limit."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0

    def add(self, text: str) -> None:
        """More of them."""
        self._length += len(text)
        if self._length > MOST_CHARACTERS:
            message = f"A cell has more than {MOST_CHARACTERS:,} characters."
            raise Unreadable(Fault.TOO_LARGE, message, "Shorten it, or delete it.")
        self._parts.append(text)

    def take(self) -> str:
        """All of them; then none."""
        text = "".join(self._parts)
        self._parts.clear()
        self._length = 0
        return text
