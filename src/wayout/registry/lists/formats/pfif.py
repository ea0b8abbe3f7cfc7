"""PFIF 1.1 to 1.4, the People Finder Interchange Format: a person an element, notes inside.

Field names as in the format's specification, https://zesty.ca/pfif/1.4/. The record keeps every
field; of notes (sightings, statuses, links to duplicates) the text of each field is kept too.
"""

from collections.abc import Iterator
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from wayout.registry.lists.faults import Fault, Problem, Unreadable
from wayout.registry.lists.limits import MOST_CHARACTERS, MOST_COLUMNS, MOST_ROWS
from wayout.registry.lists.wire import Item, Row, Sheet

_DECLARED = "The XML declares a document type or entities, which no list needs."
_SENDER = "Do not open it. Ask who sent it for another file."


def items_of(file: IO[bytes]) -> Iterator[Item]:
    """The persons of a file, after a row of headers; raises Unreadable."""
    headers: dict[str, int] = {"person_record_id": 0}
    persons: list[dict[str, str]] = []
    lone: list[dict[str, str]] = []
    try:
        for element in _elements(file):
            (persons if _local(element) == "person" else lone).append(_fields(element))
            if len(persons) + len(lone) > MOST_ROWS:
                raise _too_large(f"more than {MOST_ROWS:,} persons and notes")
    except DefusedXmlException as error:
        raise Unreadable(Fault.DECLARATION, _DECLARED, _SENDER) from error
    except (ParseError, LookupError, ValueError) as error:
        # The last two: an encoding that is not known, or not to this parser.
        message = "The XML is damaged or cut off."
        raise Unreadable(Fault.DAMAGED, message, "Ask who sent it to send it again.") from error
    homeless = _give_notes(persons, lone)
    for person in persons:
        for name in person:
            headers.setdefault(name, len(headers))
    if len(headers) > MOST_COLUMNS:
        raise _too_large(f"{len(headers):,} different fields")
    yield Sheet(None, kind="pfif")
    yield Row(0, tuple(headers))
    for number, person in enumerate(persons, start=1):
        yield Row(number, tuple(person.get(name) for name in headers))
    if homeless:
        message = f"{homeless:,} notes are about people who are not in the file; they stay out."
        yield Problem(Fault.LONE_NOTES, message, "Ask for the persons they belong to.")


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _elements(file: IO[bytes]) -> Iterator[Element]:
    """Persons, and notes that stand outside of them; each is let go when it was used."""
    depth: list[Element] = []
    for event, element in iterparse(file, events=("start", "end"), forbid_dtd=True):
        if event == "start":
            depth.append(element)
            continue
        depth.pop()
        if len(depth) == 1 and _local(element) in ("person", "note"):
            yield element
        if len(depth) == 1:
            depth[0].clear()


def _fields(element: Element, prefix: str = "") -> dict[str, str]:
    """Name and text of each field; notes inside a person as ``note 1 status`` and so on."""
    found: dict[str, str] = {}
    notes = 0
    for child in element:
        name = _local(child)
        if name == "note" and not prefix:
            notes += 1
            found |= _fields(child, f"note {notes} ")
            continue
        text = child.text or ""
        if len(text) > MOST_CHARACTERS:
            raise _too_large(f"a field of more than {MOST_CHARACTERS:,} characters")
        if text.strip():
            key = prefix + name
            found[key] = f"{found[key]}\n{text}" if key in found else text
    return found


def _give_notes(persons: list[dict[str, str]], notes: list[dict[str, str]]) -> int:
    """Put each note that stands alone to its person; the number of those that have none."""
    by_id = {person.get("person_record_id", ""): person for person in persons}
    homeless = 0
    for note in notes:
        person = by_id.get(note.get("person_record_id", ""))
        if person is None:
            homeless += 1
            continue
        number = 1 + len({name.split()[1] for name in person if name.startswith("note ")})
        person.update({f"note {number} {name}": text for name, text in note.items()})
    return homeless


def _too_large(what: str) -> Unreadable:
    message = f"There are {what}; a list may have {MOST_ROWS:,} rows and {MOST_COLUMNS} columns."
    return Unreadable(Fault.TOO_LARGE, message, "Divide it into smaller files.")
