"""Tables, lists and figures of the page, from the pieces of the content."""

from collections.abc import Sequence

from wayout.report.content.pieces import Cell, Column, Fact, Group, Item, Table, Tone
from wayout.report.markup import Child, Markup, element

INTERNAL_MARK = "not for release"
_WORDY = 2.0
"""Columns of this weight hold sentences and are never set narrow."""
_LONG_VALUE = 11


def mark(tone: Tone) -> Markup:
    """A word that marks what it follows."""
    words = {Tone.ASSUMED: "assumed", Tone.INTERNAL: INTERNAL_MARK}
    return element("span", words[tone], class_=f"mark {tone}") if tone in words else Markup("")


def _inner(cell: Cell) -> list[Markup]:
    if cell.tone is Tone.ASSUMED:
        return [mark(cell.tone)]
    tag = "strong" if cell.tone is Tone.GOOD else "span"
    parts = [element(tag, element("bdi", cell.text))]
    if cell.tone is Tone.INTERNAL:
        parts += [Markup(" "), mark(cell.tone)]
    if cell.share is not None:
        width = f"width:{max(0.0, min(1.0, cell.share)) * 100:.1f}%"
        parts.append(element("span", element("i", style=width), class_="meter", aria_hidden="true"))
    return parts


def _cell(cell: str | Cell, column: Column, *, head: bool) -> Markup:
    inner: Child = _inner(cell) if isinstance(cell, Cell) else element("bdi", cell) if cell else ""
    style = "number" if column.numeric else "text" if column.weight >= _WORDY else None
    if head:
        return element("th", inner, scope="row", class_=style)
    return element("td", inner, class_=style)


def table(content: Table, *, note: bool = True) -> Markup:
    """A table in a box of its own that scrolls sideways where it is too wide."""
    heads = [
        element("th", column.head, scope="col", class_="number" if column.numeric else None)
        for column in content.columns
    ]
    rows = [
        element(
            "tr",
            [
                _cell(cell, column, head=index == 0)
                for index, (cell, column) in enumerate(zip(row, content.columns, strict=True))
            ],
        )
        for row in content.rows
    ]
    made = element(
        "table",
        element("caption", content.caption),
        element("thead", element("tr", heads)),
        element("tbody", rows),
    )
    box = element(
        "div", made, class_="scroll", tabindex="0", role="region", aria_label=content.caption
    )
    remark = element("p", content.note, class_="note") if note and content.note else Markup("")
    return element("div", box, remark, class_="table")


def some(content: Table) -> Markup:
    """A table, or nothing where it has no rows."""
    return table(content) if content.rows else Markup("")


def folded(title: str, remark: str, *inner: Child) -> Markup:
    """A part that opens on demand, and on paper always."""
    summary = element(
        "summary",
        element("span", element("bdi", title), class_="what"),
        element("span", f" {remark}", class_="remark") if remark else "",
    )
    return element("details", summary, element("div", *inner, class_="inner"))


def group(content: Group) -> Markup:
    """Tables that open together."""
    return folded(content.title, content.remark, [table(part) for part in content.tables])


def facts(rows: Sequence[Fact], style: str = "facts") -> Markup:
    """Figures side by side, each with its name and a remark."""
    return element(
        "dl",
        [
            element(
                "div",
                element("dt", fact.label),
                element("dd", _value(fact.value), " ", element("span", fact.remark)),
            )
            for fact in rows
        ],
        class_=style,
    )


def _value(text: str) -> Markup:
    return element("b", text, class_="long" if len(text) > _LONG_VALUE else None)


def items(rows: Sequence[Item], style: str = "items") -> Markup:
    """Paragraphs with headings of their own."""
    return element(
        "div",
        [
            element(
                "div",
                element("h3", element("bdi", item.head), " ", mark(item.tone)),
                element("p", item.text),
            )
            for item in rows
        ],
        class_=style,
    )


def figure(caption: Child, *inner: Child, style: str = "") -> Markup:
    """A picture with its caption."""
    return element("figure", *inner, element("figcaption", caption), class_=style or None)


def both(wide: Markup, narrow: Markup) -> Markup:
    """A picture for wide screens and paper, and one for narrow screens."""
    return Markup(element("div", wide, class_="wide") + element("div", narrow, class_="narrow"))


def section(key: str, title: str, lead: str, *inner: Child) -> Markup:
    """A numbered section with its heading in the margin."""
    return element(
        "section",
        element("header", element("h2", title), class_="side"),
        element("div", element("p", lead, class_="lead") if lead else "", *inner, class_="body"),
        id=key,
        aria_label=title,
    )
