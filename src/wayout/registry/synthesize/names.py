"""Tables of names and how whole names are made of them; cut into halves for tuning and testing.

Every name belongs to one half for good, by its own script, whatever its kind: a program that was
tuned on one half has never met a name of the other.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from wayout.registry.records import Sex
from wayout.registry.synthesize.composing import (
    Name,
    afghan_families,
    afghan_servant,
    arabic_families,
    arabic_servant,
    divine,
)
from wayout.registry.synthesize.draws import Draw, Weighted, popularity
from wayout.registry.synthesize.ukrainian import family_names, feminine, romanised


class Culture(StrEnum):
    """Whose names, places and telephones."""

    AFGHAN = "afghan"
    ARABIC = "arabic"
    UKRAINIAN = "ukrainian"


class Half(StrEnum):
    """Which names are used: those to tune on, those to test on, or both."""

    TUNE = "tune"
    TEST = "test"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Pool:
    """Names of one kind with how popular they are."""

    names: tuple[Name, ...]
    weighted: Weighted

    def pick(self, draw: Draw) -> Name:
        """A name, the popular ones more often."""
        return self.names[self.weighted.index(draw)]


@dataclass(frozen=True, slots=True)
class Names:
    """The pools of one culture and half."""

    given: dict[Sex, Pool]
    family: Pool


_BEFORE = {
    Culture.AFGHAN: (
        Name("محمد", ("Mohammad", "Muhammad", "Mohammed", "Mohd", "Mohamad")),
        Name("غلام", ("Ghulam", "Gholam", "Gulam")),
        Name("سید", ("Sayed", "Said", "Sayyid", "Seyed")),
        Name("گل", ("Gul", "Gol")),
        Name("میر", ("Mir", "Meer")),
        Name("شاه", ("Shah", "Sha")),
    ),
    Culture.ARABIC: (Name("محمد", ("Mohamed", "Muhammad", "Mohammad", "Mohammed")),),
}
"""What goes before another given name to make a compound one."""

_AFTER = {
    Sex.MALE: (
        Name("خان", ("Khan",)),
        Name("جان", ("Jan", "Jaan")),
        Name("شاه", ("Shah",)),
        Name("گل", ("Gul", "Gol")),
    ),
    Sex.FEMALE: (Name("گل", ("Gul", "Gol")), Name("جان", ("Jan", "Jaan"))),
}
_COMPOUND = {
    (Culture.AFGHAN, Sex.MALE): 0.5,
    (Culture.AFGHAN, Sex.FEMALE): 0.25,
    (Culture.ARABIC, Sex.MALE): 0.15,
}
"""Share of people with a compound given name."""

_COMPOSED = {Culture.AFGHAN: 0.3, Culture.ARABIC: 0.15}
"""Share of men called servant of God or gift of God in one of many ways."""


@cache
def _table(culture: Culture) -> dict[str, tuple[Name, ...]]:
    """The rows of a culture's file, by kind, in their order."""
    text = files(__package__).joinpath(f"data/{culture}.tsv").read_text("utf-8")
    rows: dict[str, list[Name]] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            kind, native, latin = line.split("\t")
            spellings = dict.fromkeys(word.replace("_", " ") for word in latin.split())
            rows.setdefault(kind, []).append(Name(native, tuple(spellings)))
    return {kind: tuple(names) for kind, names in rows.items()}


@cache
def _kinds(culture: Culture) -> dict[str, tuple[Name, ...]]:
    """Whole names by kind: men's, women's, men's composed ones, and families'."""
    table = _table(culture)
    if culture is Culture.UKRAINIAN:
        stems = tuple(name.native for name in table["stem"])
        built = tuple(Name(native, ()) for native in family_names(stems))
        return {
            "m": tuple(map(_with_official, table["m"])),
            "f": tuple(map(_with_official, table["f"])),
            "family": tuple(map(_with_official, (*table["family"], *built))),
        }
    if culture is Culture.ARABIC:
        composed = tuple(map(arabic_servant, table["servant"]))
        families = (*table["family"], *arabic_families(table["m"]))
    else:
        composed = (*map(afghan_servant, table["servant"]), *map(divine, table["divine"]))
        families = (*table["family"], *afghan_families(table["m"]))
    return {"m": table["m"], "f": table["f"], "composed": composed, "family": families}


def _with_official(name: Name) -> Name:
    """The official romanisation first, then what the table has besides."""
    spellings = dict.fromkeys((romanised(name.native), *name.latin))
    return Name(name.native, tuple(spelling for spelling in spellings if spelling != "-"))


def _halves() -> dict[str, Half]:
    """Every name's half: in turn down each table, unless another kind has placed it already."""
    placed: dict[str, Half] = {}
    for culture in Culture:
        for names in _kinds(culture).values():
            for rank, name in enumerate(names):
                placed.setdefault(name.native, (Half.TEST, Half.TUNE)[rank % 2])
    return placed


HALF_OF = _halves()
"""The half of every name, by its own script."""


def _of_half(names: tuple[Name, ...], half: Half) -> tuple[Name, ...]:
    return tuple(name for name in names if half is Half.ALL or HALF_OF[name.native] is half)


@cache
def names_of(culture: Culture, half: Half) -> Names:
    """The names of a culture that a half may use."""
    kinds = _kinds(culture)
    women = _of_half(kinds["f"], half)
    families = _of_half(kinds["family"], half)
    return Names(
        given={Sex.MALE: _men(culture, half), Sex.FEMALE: _pool(women)},
        family=_pool(families),
    )


def _pool(names: tuple[Name, ...]) -> Pool:
    return Pool(names, Weighted(popularity(len(names))))


def _men(culture: Culture, half: Half) -> Pool:
    """Plain and composed names of men in their shares."""
    plain = _of_half(_kinds(culture)["m"], half)
    composed = _of_half(_kinds(culture).get("composed", ()), half)
    share = _COMPOSED.get(culture, 0.0)
    weights = [(1 - share) * weight for weight in _scaled(len(plain))]
    weights += [share * weight for weight in _scaled(len(composed))]
    return Pool((*plain, *composed), Weighted(weights))


def _scaled(count: int) -> Iterator[float]:
    weights = popularity(count)
    total = sum(weights)
    return (weight / total for weight in weights)


def given_name(culture: Culture, half: Half, sex: Sex, draw: Draw) -> tuple[Name, ...]:
    """A given name of one part or sometimes of two."""
    name = names_of(culture, half).given[sex].pick(draw)
    if not draw.chance(_COMPOUND.get((culture, sex), 0.0)):
        return (name,)
    if culture is Culture.AFGHAN and (sex is Sex.FEMALE or draw.chance(0.3)):
        return (name, draw.pick(_AFTER[sex]))
    before = draw.pick(_BEFORE[culture])
    return (name,) if before.native == name.native else (before, name)


def family_name(culture: Culture, half: Half, draw: Draw) -> Name:
    """A family's name, in the masculine form where there are two."""
    return names_of(culture, half).family.pick(draw)


def for_sex(name: Name, culture: Culture, sex: Sex) -> Name:
    """The form of a family name that a man or a woman bears."""
    if culture is not Culture.UKRAINIAN or sex is Sex.MALE:
        return name
    native = feminine(name.native)
    return name if native == name.native else Name(native, (romanised(native),))
