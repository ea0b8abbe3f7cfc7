"""Synthetic people on overlapping lists, and the truth about them: for tests, scale and training.

Nobody in them is real and every row says so. Names follow how popular names are, households appear
together, and lists are wrong in the ways and as often as real ones are (``rates``).

>>> made = synthesize(people=200, lists=3, seed=1)
>>> made.truth.height == sum(found.records.height for found in made.lists)
True
"""

from dataclasses import dataclass
from operator import attrgetter

import polars as pl

from wayout.errors import RegistryError
from wayout.registry.records import RECORD_SCHEMA
from wayout.registry.synthesize.draws import Draw
from wayout.registry.synthesize.listing import Listed, on_lists
from wayout.registry.synthesize.names import Half
from wayout.registry.synthesize.people import Person, draw_people
from wayout.registry.synthesize.rates import RATES, Setting
from wayout.registry.synthesize.statements import Clerk, Statement
from wayout.registry.synthesize.styles import Style, styles

LIMITS = {"people": (1, 2_000_000), "lists": (1, 20)}
OVERLAP = 0.16
"""Share of records that repeat a person, unless asked for otherwise."""

_cells = attrgetter(*RECORD_SCHEMA)

_HOUSEHOLD_BLANK = 0.05
"""Share of households, and again of records, without the number that their list gives others."""


@dataclass(frozen=True, slots=True)
class MadeList:
    """One list: how it looks, what it says read as RECORD_SCHEMA, and its statements row by row."""

    style: Style
    records: pl.DataFrame
    statements: tuple[Statement, ...]

    @property
    def name(self) -> str:
        """Its name as a source."""
        return self.style.name


@dataclass(frozen=True, slots=True)
class Synthetic:
    """Lists and the truth: ``truth`` has record, person; ``people`` has person, household."""

    lists: tuple[MadeList, ...]
    truth: pl.DataFrame
    people: pl.DataFrame

    @property
    def records(self) -> pl.DataFrame:
        """All lists, one after the other."""
        return pl.concat([found.records for found in self.lists])


def synthesize(
    people: int,
    lists: int = 5,
    errors: Setting | str = Setting.HARD,
    half: Half | str = Half.ALL,
    seed: int = 1,
    overlap: float = OVERLAP,
) -> Synthetic:
    """So many made-up people on so many lists; the same arguments give the same result.

    ``errors``: ``moderate`` or ``hard``. ``half``: which names may occur, ``tune``, ``test`` or
    ``all``; no name is in both halves. ``overlap``: share of all records that repeat a person.

    Raises
    ------
    RegistryError
        If a number is outside ``LIMITS``, the overlap not from 0 up to 0.5, the seed negative, or
        a word not one of those above.
    """
    setting, names = _words(errors, half)
    _refuse_absurd(people, lists, overlap, seed)
    # One stream of chance for the people and their places on lists, one for each clerk: the same
    # people stand on the same lists, however bad these are.
    whole = Draw(seed, people, lists)
    homes = draw_people(people, names, whole)
    made, rows = [], []
    for number, (style, listed) in enumerate(
        zip(styles(lists), on_lists(homes, lists, overlap, whole), strict=True)
    ):
        clerk = Clerk(style, RATES[setting], Draw(seed, people, lists, number))
        named = _rows(style, listed, whole)
        stated = [clerk.state(person, household) for person, household in named]
        made.append(_made(style, stated))
        rows += [
            (s.record.record, person.number) for (person, _), s in zip(named, stated, strict=True)
        ]
    everybody = [person for home in homes for person in home]
    return Synthetic(
        tuple(made),
        pl.DataFrame(rows, {"record": pl.String, "person": pl.Int32}, orient="row"),
        pl.DataFrame(
            {
                "person": pl.Series([person.number for person in everybody], dtype=pl.Int32),
                "household": pl.Series([p.household for p in everybody], dtype=pl.Int32),
            }
        ),
    )


def _rows(style: Style, listed: list[Listed], draw: Draw) -> list[tuple[Person, str | None]]:
    """Who stands on a list under which household's number.

    Household after household where the list numbers them, in no order elsewhere.
    """
    numbers = "household" in style.fields
    rows: list[tuple[Person, str | None]] = []
    for number, household in enumerate(listed, start=1):
        label = None if not numbers or draw.chance(_HOUSEHOLD_BLANK) else f"H{number:05d}"
        rows += [
            (person, None if draw.chance(_HOUSEHOLD_BLANK) else label)
            for person in household.members
        ]
    if not numbers:
        draw.shuffle(rows)
    return rows


def _made(style: Style, statements: list[Statement]) -> MadeList:
    rows = [_cells(statement.record) for statement in statements]
    return MadeList(style, pl.DataFrame(rows, dict(RECORD_SCHEMA), orient="row"), tuple(statements))


def _words(errors: Setting | str, half: Half | str) -> tuple[Setting, Half]:
    try:
        return Setting(errors), Half(half)
    except ValueError as error:
        message = "errors is moderate or hard; half is tune, test or all."
        raise RegistryError(f"{str(error).capitalize()}: {message}") from error


def _refuse_absurd(people: int, lists: int, overlap: float, seed: int) -> None:
    for name, value in (("people", people), ("lists", lists)):
        least, most = LIMITS[name]
        if not least <= value <= most:
            raise RegistryError(f"{name} is {value:,}. Use a number from {least:,} to {most:,}.")
    if not 0 <= overlap < 0.5:
        raise RegistryError(f"overlap is {overlap}. Use a share from 0 up to 0.5.")
    if seed < 0:
        raise RegistryError(f"The seed is {seed}. Use a whole number from 0 upwards.")
