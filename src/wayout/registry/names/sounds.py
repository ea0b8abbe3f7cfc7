"""Latin words → sounds: small numbers that stand for what letters and pairs of letters say.

How far two sounds are apart (:mod:`wayout.registry.link.distance`) rests on which letters different
systems of romanisation write for one letter of Arabic, Persian, Pashto, Russian or Ukrainian:
ISO 233, the BGN/PCGN systems, the Ukrainian table of 2010 (Cabinet resolution 55), and habit.
"""

from functools import lru_cache

SOUNDS = "aeiouywvhKkqgGxsSzZjCcTtDdbpflmnr"
"""The alphabet. Capitals are pairs: K kh, G gh, S sh, Z zh, C ch, T th, D dh."""
NUM_SOUNDS = len(SOUNDS) + 1
"""With 0, which is no sound."""
LONGEST = 20
"""Sounds kept of a word; more than any name of one word needs."""

_CODE = {letter: number for number, letter in enumerate(SOUNDS, start=1)}
_PAIRS = {
    "kh": "K", "gh": "G", "sh": "S", "ch": "C", "zh": "Z", "th": "T", "dh": "D", "ph": "f",
    "ck": "k", "ou": "u", "oo": "u", "ee": "i", "ie": "i", "dj": "j", "ts": "c",
}  # fmt: skip
_LONG = {"shch": "S", "sch": "S", "tsch": "C", "tch": "C", "x": "ks", "yy": "i", "iy": "i"}


@lru_cache(maxsize=1 << 18)
def spell(word: str) -> str:
    """The word in the letters of :data:`SOUNDS`, doubled letters once.

    >>> spell("khadijja"), spell("youssef")
    ('Kadija', 'yusef')
    """
    said: list[str] = []
    place = 0
    while place < len(word):
        piece, width = _next(word, place)
        for sound in piece:
            if not said or said[-1] != sound:
                said.append(sound)
        place += width
    return "".join(said)[:LONGEST]


def _next(word: str, place: int) -> tuple[str, int]:
    for width in (4, 3, 2, 1):
        part = word[place : place + width]
        if len(part) == width and part in _LONG:
            return _LONG[part], width
        if width == 2 and part in _PAIRS:
            return _PAIRS[part], width
    return (word[place] if word[place] in _CODE else ""), 1


@lru_cache(maxsize=1 << 18)
def sounds(word: str) -> bytes:
    """The word as numbers from 1, at most :data:`LONGEST` of them."""
    return bytes(_CODE[letter] for letter in spell(word))
