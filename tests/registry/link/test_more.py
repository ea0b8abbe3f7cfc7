"""List after list: the same persons as all at once, up to what the model could not yet know."""

import json

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.registry.link.made import moderate

from wayout.errors import RegistryError
from wayout.registry.link.blocking import candidates
from wayout.registry.link.model import grown
from wayout.registry.link.more import linked_more, table_of_more
from wayout.registry.link.outcomes import table
from wayout.registry.link.run import linked, world_of
from wayout.registry.link.saved import Fitted, as_text, of_text
from wayout.registry.link.words import Lexicon
from wayout.registry.linking import outgrown


def same(frame: pl.DataFrame) -> set[tuple[str, str]]:
    """The pairs that are one person, by the last row of each."""
    last = frame.unique(["left", "right"], keep="last").filter(outcome="same")
    return set(last.select("left", "right").iter_rows())


def test_lists_one_by_one_give_nearly_the_persons_of_all_at_once() -> None:
    """As `wayout people link` after each list: learnt anew where the model is outgrown."""
    made = moderate()
    sources = made.records["source"].unique(maintain_order=True).to_list()
    fitted, pairs, anew = None, pl.DataFrame(), 0
    for number in range(1, 6):
        some = made.records.filter(pl.col("source").is_in(sources[:number]))
        names, world = some["record"].to_list(), world_of(some, Lexicon())
        if fitted is None or outgrown(fitted, some.height, number):
            linkage, anew = linked(world), anew + 1
            fitted, pairs = Fitted(linkage.model, some.height, number), table(linkage, names)
            continue
        fresh = (some["source"] == sources[number - 1]).to_numpy()
        model = grown(fitted.model, some.height / fitted.num_records)
        added = table_of_more(linked_more(world, fresh, model), pairs, names)
        pairs = pl.concat([pairs, added])
    assert anew == 3
    one_by_one, at_once = same(pairs), same(table(made.linkage, made.names))
    assert len(one_by_one & at_once) >= 0.95 * len(one_by_one | at_once)
    who = dict(zip(made.names, made.truth.tolist(), strict=True))
    right, whole = (
        sum(who[left] == who[right] for left, right in found) / len(found)
        for found in (one_by_one, at_once)
    )
    assert right >= whole - 0.005


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=5, deadline=None)
def test_only_pairs_with_a_fresh_row_are_candidates(seed: int) -> None:
    made = moderate()
    world = made.linkage.world
    fresh = np.random.default_rng(seed).random(len(made.names)) < 0.1
    some, every = (candidates(world.people, world.table, which) for which in (fresh, None))
    wanted = every[fresh[every >> 32] | fresh[every & 0xFFFFFFFF]]
    assert np.array_equal(some, wanted)


def test_rows_added_under_the_same_model_are_scored_as_all_at_once() -> None:
    """The same model and everybody there: nothing depends on what was linked first."""
    made = moderate()
    model, world = made.linkage.model, made.linkage.world
    fresh = (made.records["source"] == made.records["source"][-1]).to_numpy()
    old = pl.Series(made.names).filter(pl.Series(~fresh))
    whole = table(made.linkage, made.names)
    before = whole.filter(pl.col("left").is_in(old) & pl.col("right").is_in(old))
    after = pl.concat([before, table_of_more(linked_more(world, fresh, model), before, made.names)])
    assert same(after) == same(whole)


def test_a_saved_model_is_the_same_and_names_nobody() -> None:
    made = moderate()
    text = as_text(Fitted(made.linkage.model, 7, 2))
    again = of_text(text)
    assert again is not None
    assert as_text(again) == text
    letters = {word for word in json.dumps(json.loads(text)).lower().split('"') if word.isalpha()}
    assert letters <= {
        *("version", "weights", "match", "stranger", "mate", "shared", "overlap", "prior"),
        *("present", "twice", "mates"),
    }


@pytest.mark.parametrize("text", ["", "[]", '{"version": 1}', '{"version": 1, "weights": {}}'])
def test_what_is_no_model_is_refused(text: str) -> None:
    with pytest.raises(RegistryError, match="link --again"):
        of_text(text)


def test_a_model_of_another_version_is_learnt_anew() -> None:
    assert of_text('{"version": 0}') is None
