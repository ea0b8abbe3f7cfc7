"""The skeleton of a word: its consonants in wide classes, which most spellings of a name share."""

from functools import lru_cache

from wayout.registry.names.sounds import spell

_CLASSES = {
    **dict.fromkeys("kqgG", "k"),
    **dict.fromkeys("hK", "h"),
    **dict.fromkeys("sSTc", "s"),
    **dict.fromkeys("zZD", "z"),
    **dict.fromkeys("jC", "j"),
    **dict.fromkeys("bp", "b"),
    **dict.fromkeys("wv", ""),
    **dict.fromkeys("aeiouy", ""),
    **{letter: letter for letter in "tdflmnr"},
}


@lru_cache(maxsize=1 << 18)
def skeleton(word: str) -> str:
    """Consonants in classes; a leading vowel (or y, w, v) is ``a``, and h counts only at the start.

    >>> skeleton("mohammad"), skeleton("mhmd"), skeleton("youssef"), skeleton("yusuf")
    ('mmd', 'mmd', 'asf', 'asf')
    """
    said = spell(word)
    start = "a" if said[:1] and not _CLASSES.get(said[0], "") else ""
    kept: list[str] = [start] if start else []
    for place, sound in enumerate(said):
        letter = _CLASSES.get(sound, "")
        if letter == "h" and place and sound == "h":
            letter = ""
        if letter:
            kept.append(letter)
    return "".join(kept)
