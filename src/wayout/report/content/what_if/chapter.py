"""The form of a chapter: words, pictures that are drawn when the width is known, tables."""

from collections.abc import Callable
from dataclasses import dataclass

from wayout.report.content.pieces import Item, Table
from wayout.report.markup import Markup


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture with its caption; ``draw`` takes the width in pixels."""

    caption: str
    draw: Callable[[float], Markup]


@dataclass(frozen=True, slots=True)
class Heading:
    """What a chapter is called: in links, in the list of contents, over its text."""

    key: str
    short: str
    title: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """What one answer says.

    ``charts`` take the whole width, ``small`` ones stand beside each other.
    """

    heading: Heading
    lead: str
    charts: tuple[Chart, ...] = ()
    small: tuple[Chart, ...] = ()
    items: tuple[Item, ...] = ()
    tables: tuple[Table, ...] = ()
