"""The other ways to link that ours is measured against; each is given the same rows."""

import logging
import warnings

import duckdb
import numpy as np
import polars as pl
from rapidfuzz import fuzz

from wayout.registry.link.arrays import Doubles, Longs
from wayout.registry.names import romanised

Scores = tuple[Longs, Doubles]
"""Pairs, packed, and how much speaks for each; who measures chooses the threshold."""


def plain(records: pl.DataFrame) -> pl.DataFrame:
    """Rows in Latin letters, as somebody would prepare them for a general tool."""
    names = [
        pl.col(name).map_elements(romanised, return_dtype=pl.String).replace("", None).alias(name)
        for name in ("given", "family", "father", "place")
    ]
    birth = pl.when(pl.col("birth_day").is_not_null()).then(
        pl.format(
            "{}-{}-{}",
            pl.col("birth_year"),
            pl.col("birth_month").cast(pl.String).str.zfill(2),
            pl.col("birth_day").cast(pl.String).str.zfill(2),
        )
    )
    return records.select(
        pl.int_range(pl.len()).alias("unique_id"),
        "sex",
        "phone",
        "document",
        pl.col("birth_year").cast(pl.Int32).alias("born"),
        birth.alias("birth"),
        *names,
    )


def _packed(pairs: pl.DataFrame, scores: pl.Series) -> Scores:
    one = pairs["one"].to_numpy().astype(np.int64)
    other = pairs["other"].to_numpy().astype(np.int64)
    found, first = np.unique(
        (np.minimum(one, other) << 32) | np.maximum(one, other), return_index=True
    )
    return found, scores.to_numpy().astype(np.float64)[first]


def _sharing(rows: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """Pairs of rows that agree on all of the columns."""
    said = rows.select("unique_id", *columns).drop_nulls()
    both = said.join(said, on=columns, suffix="_other")
    return both.filter(pl.col("unique_id") < pl.col("unique_id_other")).select(
        pl.col("unique_id").alias("one"), pl.col("unique_id_other").alias("other")
    )


def exact_keys(records: pl.DataFrame) -> Scores:
    """The same document, or the same names and date of birth, or names and telephone."""
    rows = plain(records)
    keys = (("document",), ("given", "family", "birth"), ("given", "family", "phone"))
    pairs = pl.concat([_sharing(rows, *key) for key in keys])
    return _packed(pairs, pl.repeat(1.0, pairs.height, eager=True))


def fuzzy_rules(records: pl.DataFrame) -> Scores:
    """Weighted likeness of the fields by rapidfuzz, over four blocks."""
    rows = plain(records)
    blocks = (("phone",), ("document",), ("given", "born"), ("family", "born", "place"))
    pairs = pl.concat([_sharing(rows, *block) for block in blocks]).unique(maintain_order=True)
    cells = rows.select("given", "family", "father", "birth", "born", "phone", "document").rows()
    scores = [
        _likeness(cells[one], cells[other])
        for one, other in pairs.select("one", "other").iter_rows()
    ]
    return _packed(pairs, pl.Series(scores, dtype=pl.Float64))


def _likeness(one: tuple[object, ...], other: tuple[object, ...]) -> float:
    weights = (3.0, 2.0, 1.0, 3.0, 1.0, 2.0, 4.0)
    total, whole = 0.0, 0.0
    for place, weight in enumerate(weights):
        left, right = one[place], other[place]
        if left is not None and right is not None:
            alike = fuzz.ratio(str(left), str(right)) if place < 4 else 100.0 * (left == right)
            total, whole = total + weight * alike, whole + weight
    return total / whole if whole else 0.0


def plain_splink(records: pl.DataFrame) -> Scores:
    """Splink on DuckDB with its ready-made comparisons, as its first tutorial goes about it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from splink import DuckDBAPI, Linker, SettingsCreator, block_on
        from splink import comparison_library as compare

        logging.getLogger("splink").setLevel(logging.ERROR)
        connection = duckdb.connect()
        connection.execute("SET threads = 1")
        settings = SettingsCreator(
            link_type="dedupe_only",
            comparisons=[
                compare.NameComparison("given"),
                compare.NameComparison("family"),
                compare.NameComparison("father"),
                compare.DateOfBirthComparison("birth", input_is_string=True),
                compare.ExactMatch("born"),
                compare.ExactMatch("sex"),
                compare.ExactMatch("phone").configure(term_frequency_adjustments=True),
                compare.ExactMatch("document"),
                compare.ExactMatch("place").configure(term_frequency_adjustments=True),
            ],
            blocking_rules_to_generate_predictions=[
                block_on("phone"),
                block_on("document"),
                block_on("given", "family"),
                block_on("given", "born"),
                block_on("family", "born"),
                block_on("birth"),
            ],
        )
        database = DuckDBAPI(connection)
        rows = database.register(plain(records).to_arrow())
        linker = Linker(rows, settings)
        training = linker.training
        training.estimate_probability_two_random_records_match(
            [block_on("document"), block_on("given", "family", "birth")], recall=0.5
        )
        training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
        for block in (block_on("given", "family"), block_on("birth"), block_on("phone")):
            training.estimate_parameters_using_expectation_maximisation(block)
        found = linker.inference.predict(threshold_match_probability=0.01)
        pairs = pl.DataFrame(found.as_dict())
    ends = pairs.select(one="unique_id_l", other="unique_id_r")
    return _packed(ends, pairs["match_weight"])
