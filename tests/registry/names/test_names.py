import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayout.registry.names import NUM_SOUNDS, romanised, skeleton, sounds, spell, tokens
from wayout.registry.names.sounds import LONGEST
from wayout.registry.names.tokens import is_bare

ONE_NAME = (
    ("Mohammad", "Muhammed", "Mohamad", "محمد"),
    ("Abdul Rahman", "Abdurrahman", "AbdurRahman", "عبدالرحمن", "عبد الرحمن"),
    ("Abdel-Karim", "Abdulkarim", "عبدالکریم"),
    ("Zabih Ullah", "Zabihullah", "ذبیح الله"),
    ("Nooruddin", "Nur al-Din", "Noor Eddine", "نور الدين"),
    ("Ahmad Zai", "Ahmadzai", "احمدزی"),
    ("Khadija", "Hadidja", "خدیجه", "خديجة"),
    ("Yusuf", "Youssef", "یوسف"),
    ("Al-Hussein", "Husain", "الحسين"),
    ("Shcherbakivska", "Щербаківська"),
    ("Serhii", "Сергій"),
)


def skeletons(name: str) -> list[str]:
    return [skeleton(word) for word in tokens(name)]


@pytest.mark.parametrize("spellings", ONE_NAME, ids=lambda names: names[0])
def test_spellings_of_one_name_share_their_skeletons(spellings: tuple[str, ...]) -> None:
    first = skeletons(spellings[0])
    assert all(skeletons(name) == first for name in spellings)


@pytest.mark.parametrize(("one", "other"), [("Karim", "Salim"), ("Zahra", "Zaki"), ("Ali", "Omar")])
def test_different_names_have_different_skeletons(one: str, other: str) -> None:
    assert skeletons(one) != skeletons(other)


def test_titles_and_articles_are_no_words_of_a_name() -> None:
    assert tokens("Haji Karim") == tokens("Karim") == ("karim",)
    assert tokens("Omar el Khatib") == ("omar", "khatib")


def test_letters_that_keyboards_exchange_are_one() -> None:
    assert romanised("علي") == romanised("على") == romanised("علی")


def test_only_scripts_without_short_vowels_are_bare() -> None:
    assert is_bare("محمد")
    assert not is_bare("Mohammad")
    assert not is_bare("Сергій")


@given(st.text(max_size=60))
def test_any_text_becomes_small_letters_and_short_words(text: str) -> None:
    assert all(letter in "abcdefghijklmnopqrstuvwxyz " for letter in romanised(text))
    for word in tokens(text):
        coded = sounds(word)
        assert len(coded) == len(spell(word)) <= LONGEST
        assert all(0 < code < NUM_SOUNDS for code in coded)


@given(st.text(alphabet="bdflmnr", min_size=1, max_size=10))
def test_doubled_consonants_change_nothing(word: str) -> None:
    assert spell("".join(letter * 2 for letter in word)) == spell(word)
