"""What words in headers and cells stand for, read from the tables in ``data``."""

from functools import cache
from importlib.resources import files

from wayout.registry.lists.text import folded


def _rows(name: str) -> list[list[str]]:
    text = files(__package__).joinpath(f"data/{name}.tsv").read_text("utf-8")
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return [line.split("\t") for line in lines]


@cache
def headers() -> dict[str, str]:
    """The field of every known header, both folded."""
    return {folded(word): field for field, words in _rows("headers") for word in words.split("|")}


@cache
def meanings(field: str) -> dict[str, str]:
    """What each known word of a field's cells stands for."""
    return {
        folded(word): value
        for name, value, words in _rows("words")
        if name == field
        for word in words.split("|")
    }


@cache
def blanks() -> frozenset[str]:
    """Words that stand for nothing, in any column; a cell of punctuation only is one of them."""
    return frozenset(meanings("none")) | {""}


@cache
def months() -> dict[str, tuple[str, int]]:
    """Calendar and number of every name of a month."""
    return {
        folded(name): (calendar, int(number))
        for calendar, number, names in _rows("months")
        for name in names.split("|")
    }


@cache
def nations() -> dict[str, str]:
    """Alpha-3 code of every word for a nation or its people, and of the codes themselves."""
    found = {}
    for three, two, words in _rows("nations"):
        for word in (three, two, *words.split("|")):
            found[folded(word)] = three
    return found


@cache
def regions() -> dict[str, str]:
    """Alpha-2 code, by which telephone numbers are read, of each alpha-3 code."""
    return {three: two for three, two, _ in _rows("nations")}
