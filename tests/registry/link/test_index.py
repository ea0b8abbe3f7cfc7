import polars as pl
from tests.registry.link.made import moderate

from wayout.registry.link.index import Index
from wayout.registry.link.outcomes import table
from wayout.registry.records import RECORD_SCHEMA


def repeated(records: pl.DataFrame, number: int) -> pl.DataFrame:
    """Some rows again, as rows of a desk's list."""
    some = records.filter(pl.col("family").is_not_null() & pl.col("phone").is_not_null())
    return some.sample(number, seed=3).with_columns(
        pl.concat_str(pl.lit("again "), "record").alias("record"),
        source=pl.lit("desk"),
        household=pl.lit(None, dtype=pl.String),
    )


def test_rows_that_come_again_are_found_among_everyone() -> None:
    made = moderate()
    index = Index(made.linkage.world, made.linkage.model, made.names, made.lexicon)
    again = repeated(made.records, 40)
    found = 0
    for number in range(again.height):
        pairs = index.match(again[number])
        name = again["record"][number]
        both = {name, name.removeprefix("again ")}
        assert all(name in pair for pair in pairs.select("left", "right").iter_rows())
        found += pairs.height > 0 and set(pairs.select("left", "right").row(0)) == both
    assert found >= 36


def test_a_list_is_matched_as_its_rows_are() -> None:
    made = moderate()
    again = repeated(made.records, 10)
    together = Index(made.linkage.world, made.linkage.model, made.names, made.lexicon).match(again)
    best = together.filter(pl.col("outcome") == "same").select("left", "right").rows()
    expected = {tuple(sorted((name, name.removeprefix("again ")))) for name in again["record"]}
    assert len(expected & set(best)) >= 9


def test_the_index_scores_a_pair_about_as_linking_does() -> None:
    made = moderate()
    pairs = table(made.linkage, made.names).filter(pl.col("score") > 20).head(1)
    left = pairs["left"][0]
    alone = made.records.filter(record=left).with_columns(
        household=pl.lit(None, dtype=pl.String), source=pl.lit("desk"), record=pl.lit("new")
    )
    scores = Index(made.linkage.world, made.linkage.model, made.names, made.lexicon).match(alone)
    assert scores["score"][0] > 5


def test_names_that_nobody_had_are_no_trouble() -> None:
    made = moderate()
    index = Index(made.linkage.world, made.linkage.model, made.names, made.lexicon)
    stranger = pl.DataFrame(
        {"record": ["x"], "source": ["desk"], "given": ["Wqrtzpl"], "family": ["Zzxcvbn"]},
        {name: RECORD_SCHEMA[name] for name in ("record", "source", "given", "family")},
    )
    rest = [
        pl.lit(None, dtype=kind).alias(name)
        for name, kind in RECORD_SCHEMA.items()
        if name not in stranger.columns
    ]
    whole = stranger.with_columns(rest).select(list(RECORD_SCHEMA))
    assert index.match(whole).height == 0
