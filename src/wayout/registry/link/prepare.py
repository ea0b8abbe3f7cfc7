"""Records → arrays that can be compared: names as words, dates as numbers, phones as digits."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import polars as pl

from wayout.registry.link.arrays import Ints, Longs, Words
from wayout.registry.link.words import Lexicon
from wayout.registry.names import romanised

NAME_WORDS = 4
"""Words kept of a name or place; more are rare and add nothing."""
PHONE_DIGITS = 9
"""The last digits of a telephone number: what is left when the country's prefix is dropped."""
DOCUMENT_LETTERS = 16
_SEX = {"f": 1, "m": 2}
_DEFAULT = "default"


class People(NamedTuple):
    """Rows of lists as arrays, one element (or row) a record; 0 or −1 stands for what is not said.

    ``source``, ``household``, ``nationality`` and ``employer`` are codes; a household's code is
    its list's own (−1: none stated). Words are numbers of a :class:`Lexicon`.
    """

    source: Ints
    household: Ints
    given: Ints
    family: Ints
    father: Ints
    place: Ints
    sex: Ints
    year: Ints
    month: Ints
    day: Ints
    phone: Longs
    email: Ints
    document: Words
    nationality: Ints
    employer: Ints

    @property
    def num_records(self) -> int:
        """How many rows."""
        return len(self.source)


def prepare(records: pl.DataFrame, lexicon: Lexicon) -> People:
    """Arrays of a frame of :data:`~wayout.registry.records.RECORD_SCHEMA`; new words are learnt."""
    column = records.get_column
    month, day = _month_and_day(records)
    return People(
        source=_codes(column("source"), lexicon.sources),
        household=_households(records, lexicon),
        given=_words(column("given"), lexicon),
        family=_words(column("family"), lexicon),
        father=_words(column("father"), lexicon),
        place=_words(column("place"), lexicon),
        sex=_whole(column("sex").replace_strict(_SEX, default=0, return_dtype=pl.Int32)),
        year=_whole(column("birth_year")),
        month=month,
        day=day,
        phone=_phones(column("phone")),
        email=_codes(column("email").str.to_lowercase().str.strip_chars(), lexicon.texts),
        document=_documents(column("document")),
        nationality=_codes(_plain(column("nationality")), lexicon.texts),
        employer=_codes(_plain(column("employer")), lexicon.texts),
    )


def _whole(values: pl.Series) -> Ints:
    return values.cast(pl.Int32).fill_null(0).to_numpy().astype(np.int32)


def _codes(values: pl.Series, known: dict[str, int]) -> Ints:
    """Numbers of texts from 1, 0 for none; texts not met before are added to ``known``."""
    each = [value for value in values.unique(maintain_order=True) if value]
    codes = {value: known.setdefault(value, len(known) + 1) for value in each}
    return _replaced(values, codes, 0)


def _replaced(values: pl.Series, codes: dict[str, int], default: int) -> Ints:
    if not codes:
        return np.full(len(values), default, dtype=np.int32)
    numbers = values.replace_strict(codes, default=default, return_dtype=pl.Int32)
    return numbers.fill_null(default).to_numpy().astype(np.int32)


def _households(records: pl.DataFrame, lexicon: Lexicon) -> Ints:
    label = records.select(
        pl.when(pl.col("household").is_not_null()).then(
            pl.concat_str("source", pl.lit("\x1f"), "household")
        )
    ).to_series()
    codes = _codes(label, lexicon.households)
    return codes - np.int32(1)


def _words(values: pl.Series, lexicon: Lexicon) -> Ints:
    texts = values.unique(maintain_order=True).drop_nulls()
    numbers = {text: number for number, text in enumerate(texts)}
    table = np.full((len(numbers) + 1, NAME_WORDS), -1, dtype=np.int32)
    for text, number in numbers.items():
        found = lexicon.words_of(text)[:NAME_WORDS]
        table[number, : len(found)] = found
    return table[_replaced(values, numbers, len(numbers))]


def _month_and_day(records: pl.DataFrame) -> tuple[Ints, Ints]:
    """Month and day where the list knows them: 1 January by default says nothing."""
    by_default = (pl.col("birth_precision") == _DEFAULT).fill_null(False)
    first = (pl.col("birth_month") == 1) & (pl.col("birth_day") == 1)
    said = ~(by_default | first.fill_null(False))
    kept = records.select(
        pl.when(said).then(pl.col("birth_month")).alias("month"),
        pl.when(said).then(pl.col("birth_day")).alias("day"),
    )
    return _whole(kept["month"]), _whole(kept["day"])


def _phones(values: pl.Series) -> Longs:
    digits = values.str.replace_all(r"[^0-9]", "").str.slice(-PHONE_DIGITS)
    numbers = digits.replace("", None).cast(pl.Int64, strict=False)
    return numbers.fill_null(0).to_numpy().astype(np.int64)


def _plain(values: pl.Series) -> pl.Series:
    texts = values.unique(maintain_order=True).drop_nulls()
    codes = {text: romanised(text) for text in texts}
    if not codes:
        return values
    return values.replace_strict(codes, default=None, return_dtype=pl.String)


def _documents(values: pl.Series) -> Words:
    kept = (
        values.str.to_uppercase().str.replace_all(r"[^0-9A-Z]", "").str.slice(0, DOCUMENT_LETTERS)
    )
    return _letters(kept.fill_null("").to_list())


def _letters(texts: Sequence[str]) -> Words:
    wide = np.array(texts, dtype=f"S{DOCUMENT_LETTERS}")
    return wide.view(np.uint8).reshape(len(texts), DOCUMENT_LETTERS).copy()
