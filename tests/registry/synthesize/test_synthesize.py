"""What holds for synthetic people of any size."""

from typing import Any

import pytest

from wayout.errors import RegistryError
from wayout.registry.records import RECORD_SCHEMA
from wayout.registry.synthesize import synthesize
from wayout.registry.synthesize.names import HALF_OF, Culture, Half, names_of
from wayout.registry.synthesize.ukrainian import feminine, patronymic, romanised


def test_the_same_arguments_give_the_same_people() -> None:
    first, again = (synthesize(500, 4, "hard", "tune", seed=7) for _ in range(2))
    assert first.records.equals(again.records)
    assert first.truth.equals(again.truth)


def test_another_seed_gives_others() -> None:
    assert not synthesize(300, seed=1).records.equals(synthesize(300, seed=2).records)


def test_the_setting_changes_what_lists_say_and_not_who_is_on_them() -> None:
    moderate, hard = (synthesize(400, 5, setting, seed=3) for setting in ("moderate", "hard"))
    assert moderate.truth["person"].equals(hard.truth["person"])
    assert not moderate.records["given"].equals(hard.records["given"])


def test_every_record_is_someones_and_everyone_is_on_a_list() -> None:
    made = synthesize(700, 3, seed=5)
    assert made.truth["record"].to_list() == made.records["record"].to_list()
    assert made.truth["record"].is_unique().all()
    assert set(made.truth["person"]) == set(range(700)) == set(made.people["person"])


def test_tables_have_the_schema_and_every_row_says_that_it_is_made_up() -> None:
    made = synthesize(200, 6, seed=5)
    assert all(found.records.schema == RECORD_SCHEMA for found in made.lists)
    assert set(made.records["note"]) == {"SYNTHETIC"}
    assert [found.name for found in made.lists][-1] == "embassy-desk-2"


def test_a_list_names_nobody_twice() -> None:
    made = synthesize(900, 5, seed=9, overlap=0.4)
    sources = made.truth.join(made.records.select("record", "source"), on="record")
    assert not sources.select("person", "source").is_duplicated().any()


@pytest.mark.parametrize("overlap", [0.0, 0.1, 0.3])
def test_the_overlap_is_the_share_of_records_that_repeat_a_person(overlap: float) -> None:
    made = synthesize(20_000, 5, seed=2, overlap=overlap)
    assert 1 - 20_000 / made.truth.height == pytest.approx(overlap, abs=0.02)


def test_no_name_is_in_both_halves() -> None:
    for culture in Culture:
        tune, test = (_natives(culture, half) for half in (Half.TUNE, Half.TEST))
        assert not tune & test
        assert len(tune | test) == len(_natives(culture, Half.ALL))
        assert 0.8 < len(tune) / len(test) < 1.25
    assert set(HALF_OF.values()) == {Half.TUNE, Half.TEST}


def _natives(culture: Culture, half: Half) -> set[str]:
    names = names_of(culture, half)
    pools = (*names.given.values(), names.family)
    return {name.native for pool in pools for name in pool.names}


def test_ukrainian_words() -> None:
    assert romanised("Щербаківська") == "Shcherbakivska"
    assert romanised("Юлія") == "Yuliia"
    assert romanised("Згурський") == "Zghurskyi"
    assert feminine("Вишневський") == "Вишневська"
    assert feminine("Шевченко") == "Шевченко"
    assert patronymic("Сергій", female=True) == "Сергіївна"
    assert patronymic("Петро", female=False) == "Петрович"
    assert patronymic("Ілля", female=True) == "Іллівна"


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ({"people": 0}, "people is 0"),
        ({"people": 10, "lists": 21}, "lists is 21"),
        ({"people": 10, "overlap": 0.5}, "overlap is 0.5"),
        ({"people": 10, "seed": -1}, "seed is -1"),
        ({"people": 10, "errors": "soft"}, "errors is moderate or hard"),
    ],
)
def test_absurd_numbers_are_refused(arguments: dict[str, Any], text: str) -> None:
    with pytest.raises(RegistryError, match=text):
        synthesize(**arguments)
