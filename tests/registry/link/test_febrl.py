"""Lists that others made up: FEBRL 1 to 4, thresholds untouched."""

import gzip
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from tests.registry.link.made import quality

from wayout.registry.link.outcomes import persons
from wayout.registry.link.run import linked, world_of
from wayout.registry.link.words import Lexicon
from wayout.registry.records import RECORD_SCHEMA

DATA = Path(__file__).parent / "data"


def read(name: str) -> pl.DataFrame:
    """A file of FEBRL as records; its street stands in the column of the employer."""
    table = pl.read_csv(
        gzip.decompress((DATA / f"febrl-{name}.csv.gz").read_bytes()), infer_schema=False
    )
    table = table.rename({column: column.strip() for column in table.columns})
    table = table.with_columns(pl.all().str.strip_chars().replace("", None))
    born = pl.col("date_of_birth")
    known = table.select(
        record="rec_id",
        source=pl.lit(name),
        given="given_name",
        family="surname",
        birth_year=born.str.slice(0, 4).cast(pl.Int16, strict=False),
        birth_month=born.str.slice(4, 2).cast(pl.Int8, strict=False),
        birth_day=born.str.slice(6, 2).cast(pl.Int8, strict=False),
        document="soc_sec_id",
        place="suburb",
        employer=pl.concat_str("street_number", "address_1", separator=" ", ignore_nulls=True),
    )
    return known.select(
        (pl.col(name) if name in known.columns else pl.lit(None).alias(name)).cast(kind)
        for name, kind in RECORD_SCHEMA.items()
    )


@pytest.mark.parametrize("names", [("1",), ("2",), ("3",), ("4a", "4b")], ids="-".join)
def test_febrl_is_linked(names: tuple[str, ...]) -> None:
    records = pl.concat([read(name) for name in names])
    truth = records["record"].str.extract(r"rec-(\d+)-").cast(pl.Int32).to_numpy()
    linkage = linked(world_of(records, Lexicon()))
    precision, recall = quality(persons(linkage, sure=0.0), truth.astype(np.int32))
    assert 2 * precision * recall / (precision + recall) >= 0.98
    precision, _ = quality(persons(linkage), truth.astype(np.int32))
    assert precision >= 0.99
