"""XLSX workbooks (ECMA-376), row by row, hidden rows, columns and sheets and formulas included."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from wayout.registry.lists.faults import Fault, Problem, Unreadable
from wayout.registry.lists.formats import markup
from wayout.registry.lists.formats.archive import Archive
from wayout.registry.lists.formats.dates import is_date_format
from wayout.registry.lists.formats.grid import SheetElements
from wayout.registry.lists.limits import MOST_SHARED_TEXT, MOST_SHEETS
from wayout.registry.lists.wire import Item, Sheet


@dataclass
class Contents:
    """What all sheets have in common, and where each of them is."""

    sheets: list[tuple[str, bool, str]] = field(default_factory=list)
    """Name, whether it is hidden, and the part it is in."""
    from_1904: bool = False
    shared: list[str] = field(default_factory=list)
    date_styles: frozenset[int] = frozenset()


class _Book(markup.Elements):
    """``workbook.xml``: names of sheets and their relations."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, bool, str]] = []
        self.from_1904 = False

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append((attributes.get("name", ""), hidden, attributes.get("id", "")))
            if len(self.sheets) > MOST_SHEETS:
                message = f"There are more than {MOST_SHEETS} sheets."
                raise Unreadable(Fault.TOO_LARGE, message, "Keep those with people only.")
        elif name == "workbookPr":
            self.from_1904 = attributes.get("date1904", "0") in ("1", "true")


class _Relations(markup.Elements):
    """Which part each relation leads to."""

    def __init__(self) -> None:
        self.target: dict[str, str] = {}

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            path = target[1:] if target.startswith("/") else "xl/" + target
            self.target[attributes.get("Id", "")] = path


class _Shared(markup.Elements):
    """``sharedStrings.xml``: texts by number, without the readings that guide pronunciation."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._text = markup.Text()
        self._inside = self._reading = False
        self._length = 0

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "t":
            self._inside = not self._reading
        elif name == "rPh":
            self._reading = True

    def text(self, text: str) -> None:
        if self._inside:
            self._text.add(text)

    def end(self, name: str) -> None:
        if name == "t":
            self._inside = False
        elif name == "rPh":
            self._reading = False
        elif name == "si":
            text = self._text.take()
            self._length += len(text)
            if self._length > MOST_SHARED_TEXT:
                message = "The texts of the workbook are too long to be people's."
                raise Unreadable(Fault.TOO_LARGE, message, "Divide the list into smaller ones.")
            self.texts.append(text)


class _Styles(markup.Elements):
    """``styles.xml``: which styles of cells show dates."""

    def __init__(self) -> None:
        self._codes: dict[int, str] = {}
        self._in_cells = False
        self._count = 0
        self.dates: set[int] = set()

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            self._codes[_whole(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._in_cells = True
        elif name == "xf" and self._in_cells:
            number = _whole(attributes.get("numFmtId"))
            if is_date_format(number, self._codes.get(number)):
                self.dates.add(self._count)
            self._count += 1

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._in_cells = False


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0


def items_of(archive: Archive) -> Iterator[Item]:
    """The sheets and rows of a workbook; raises Unreadable."""
    contents = _contents(archive)
    if any(name.endswith("vbaProject.bin") for name in archive.names()):
        cure = "Take the list over by value into a new workbook if you do not trust the sender."
        yield Problem(Fault.MACROS, "The workbook has macros; they were not run.", cure)
    for name, hidden, part in contents.sheets:
        yield Sheet(name, hidden)
        elements = SheetElements(contents.shared, contents.date_styles, contents.from_1904)
        for _ in markup.read(archive.pieces(part), elements):
            yield from elements.take()


def _all(archive: Archive, part: str, elements: markup.Elements) -> None:
    for _ in markup.read(archive.pieces(part), elements):
        pass


def _contents(archive: Archive) -> Contents:
    book, relations, styles = _Book(), _Relations(), _Styles()
    _all(archive, "xl/workbook.xml", book)
    _all(archive, "xl/_rels/workbook.xml.rels", relations)
    shared = _Shared()
    for part, elements in (("xl/sharedStrings.xml", shared), ("xl/styles.xml", styles)):
        if part in archive:
            _all(archive, part, elements)
    sheets = [
        (name, hidden, relations.target.get(relation, f"(of sheet {name})"))
        for name, hidden, relation in book.sheets
    ]
    return Contents(sheets, book.from_1904, shared.texts, frozenset(styles.dates))
