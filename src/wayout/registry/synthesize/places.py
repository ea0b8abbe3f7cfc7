"""Where made-up people are: real cities with their spellings, and how telephones begin there."""

from dataclasses import dataclass
from importlib.resources import files

from wayout.registry.synthesize.draws import Draw, Weighted, popularity
from wayout.registry.synthesize.names import Culture


@dataclass(frozen=True, slots=True)
class Place:
    """A city in its own script, and its Latin spellings, the usual one first."""

    native: str
    latin: tuple[str, ...]


_PHONES = {
    Culture.AFGHAN: (("+93", (70, 71, 72, 74, 76, 77, 78, 79), 7),),
    Culture.ARABIC: (
        ("+963", (93, 94, 95, 98, 99), 7),
        ("+964", (75, 77, 78, 79), 8),
        ("+249", (91, 92, 99), 7),
    ),
    Culture.UKRAINIAN: (("+380", (50, 63, 66, 67, 68, 73, 93, 95, 96, 97), 7),),
}
"""Country's number, the operators' numbers, and how many digits come after."""

NATION_OF_PREFIX = {"+93": "AFG", "+963": "SYR", "+964": "IRQ", "+249": "SDN", "+380": "UKR"}
"""Whose telephones begin so."""


def _place(native: str, words: str) -> Place:
    return Place(native.replace("_", " "), tuple(word.replace("_", " ") for word in words.split()))


def _read() -> dict[Culture, tuple[Place, ...]]:
    """The rows of the cities' file, by culture."""
    text = files(__package__).joinpath("data/places.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    return {
        culture: tuple(
            Place(
                native.replace("_", " "), tuple(latin.replace("_", " ") for latin in words.split())
            )
            for whose, native, words in rows
            if whose == culture
        )
        for culture in Culture
    }


PLACES = _read()
"""The cities of each culture, the largest shares first."""

_SHARES = {culture: Weighted(popularity(len(found), 1.1, 1.5)) for culture, found in PLACES.items()}


def city(culture: Culture, draw: Draw) -> Place:
    """A city, the larger ones more often."""
    return PLACES[culture][_SHARES[culture].index(draw)]


def telephone(culture: Culture, draw: Draw, nation: str | None = None) -> str:
    """A mobile number of the right form (E.164), of that nation where one is named."""
    choices = [row for row in _PHONES[culture] if nation in (None, NATION_OF_PREFIX[row[0]])]
    country, operators, count = draw.pick(choices)
    return f"{country}{draw.pick(operators)}{draw.digits(count)}"


def nation_of(phone: str) -> str:
    """Alpha-3 code of the country of a number made here."""
    return next(nation for prefix, nation in NATION_OF_PREFIX.items() if phone.startswith(prefix))
