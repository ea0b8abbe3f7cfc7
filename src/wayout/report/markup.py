"""Builds HTML and SVG from nested calls, so that nothing from a scenario is ever taken for markup.

``element("p", "a < b", lang="en")`` gives ``<p lang="en">a &lt; b</p>``: plain strings are
escaped, ``Markup`` (what ``element`` returns) is not.
"""

import re
from collections.abc import Iterable

_VOID = frozenset(("meta", "br", "hr", "wbr"))
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""Characters that neither HTML nor XML may hold."""

_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")


class Markup(str):
    """Text that is markup already."""

    __slots__ = ()


Child = str | Iterable[str]


def clean(text: str) -> str:
    """The text without characters that no document may hold, and without turned directions.

    Right-to-left names need none of the direction marks; left open, they turn what follows.
    """
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", _DIRECTIONS.sub("", text))


def escape(text: str) -> Markup:
    """Plain text as markup."""
    if isinstance(text, Markup):
        return text
    safe = clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return Markup(safe.replace('"', "&quot;").replace("'", "&#39;"))


def join(children: Iterable[str]) -> Markup:
    """Children one after the other, plain strings escaped."""
    return Markup("".join(escape(child) for child in children))


def _attribute(name: str, value: str | float) -> str:
    name = name.rstrip("_").replace("_", "-")
    text = number(value) if isinstance(value, float) else str(value)
    return f' {name}="{escape(text)}"'


def element(tag: str, *children: Child, **attributes: str | float | None) -> Markup:
    """An element; ``class_`` gives ``class``, ``text_anchor`` gives ``text-anchor``."""
    opened = "".join(
        _attribute(name, value) for name, value in attributes.items() if value is not None
    )
    if tag in _VOID:
        return Markup(f"<{tag}{opened}>")
    inner = "".join(escape(child) if isinstance(child, str) else join(child) for child in children)
    return Markup(f"<{tag}{opened}>{inner}</{tag}>")


def number(value: float) -> str:
    """A coordinate with one decimal, without needless zeros."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text
