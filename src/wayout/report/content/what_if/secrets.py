"""Marks words that name a place which must not be known outside the planning cell."""

import re

from wayout.report.content.material import Material
from wayout.report.content.pieces import Cell, Tone

DAGGER = "\N{DAGGER}"
"""Stands in charts where a table has the words "not for release"."""


def is_secret(words: str, material: Material) -> bool:
    """Whether words name such a place, by its name or by an identifier that holds its own."""
    return any(
        place.title in words or re.search(rf"\b{re.escape(place.place)}\b", words)
        for place in material.scenario.places
        if not place.disclosed
    )


def told(words: str, material: Material) -> Cell:
    """The words as a cell, marked where they are not for release."""
    return Cell(words, Tone.INTERNAL if is_secret(words, material) else Tone.PLAIN)


def daggered(words: str, material: Material) -> str:
    """The words for a chart, marked where they are not for release."""
    return f"{DAGGER} {words}" if is_secret(words, material) else words
