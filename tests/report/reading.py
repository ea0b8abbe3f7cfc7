"""Reads documents back: nesting and text of a page, page numbers of a typst document."""

import json
from html.parser import HTMLParser

import typst

from wayout.report.content.assemble import Content
from wayout.report.document.pdf import data
from wayout.report.web.page import resource

_VOID = frozenset(("meta", "br", "hr", "wbr"))


class Nesting(HTMLParser):
    """Checks that every element is closed in its parent; keeps text, tags and attributes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.faults: list[str] = []
        self.text: list[str] = []
        self.starts: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.starts.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] not in ("style", "script"):
            self.text.append(data)


def read(page: str) -> Nesting:
    """The page, parsed to its end."""
    parser = Nesting()
    parser.feed(page)
    parser.close()
    return parser


def text_of(page: str) -> str:
    """The page's text with ordinary spaces."""
    return " ".join("".join(read(page).text).replace("\N{NO-BREAK SPACE}", " ").split())


_PAGES = """
#context {
  let page-of(found) = found.map(it => it.location().page())
  let places = (query(<decision-begins>), query(<decision-ends>), query(heading))
  [#metadata(places.map(page-of)) <pages-of>]
}
"""


def pages_of(content: Content) -> tuple[int, int, list[int]]:
    """Pages on which the decision begins and ends, and those of all headings."""
    source = resource("plan.typ") + _PAGES
    found = typst.query(
        source.encode(),
        "<pages-of>",
        field="value",
        one=True,
        ignore_system_fonts=True,
        sys_inputs={"data": data(content)},
    )
    begins, ends, headings = json.loads(found)
    return begins[0], ends[0], headings
