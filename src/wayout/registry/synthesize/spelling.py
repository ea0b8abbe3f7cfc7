"""How one and the same name comes to be written in many ways."""

from wayout.registry.synthesize.composing import Name
from wayout.registry.synthesize.draws import Draw

_LATIN = (
    ("ee", "i"), ("i", "ee"), ("oo", "u"), ("u", "oo"), ("u", "o"), ("o", "u"), ("ai", "ay"),
    ("e", "i"), ("a", "e"), ("q", "gh"), ("q", "k"), ("gh", "g"), ("kh", "h"), ("w", "v"),
    ("v", "w"), ("y", "i"), ("j", "dj"), ("sh", "ch"), ("z", "dh"), ("s", "ss"), ("m", "mm"),
    ("h", ""), ("f", "ph"), ("iy", "y"), ("ii", "iy"), ("kh", "x"), ("ts", "c"), ("th", "s"),
)  # fmt: skip
_ARABIC = (
    ("ی", "ي"), ("ي", "ى"), ("ک", "ك"), ("ة", "ه"), ("أ", "ا"), ("إ", "ا"), ("آ", "ا"), ("ى", "ا"),
    ("ؤ", "و"), ("ذ", "ز"), ("ظ", "ض"), ("ض", "ظ"), ("ث", "س"), ("ص", "س"), ("ط", "ت"), ("ق", "غ"),
    ("ح", "ه"), ("ء", ""), ("عبدال", "عبد ال"), ("ه", "ة"), ("و", "وو"), ("ا", ""),
)  # fmt: skip
_CYRILLIC = (
    ("і", "и"), ("и", "ы"), ("є", "е"), ("ї", "и"), ("Є", "Е"), ("О", "А"), ("І", "И"),
    ("ий", "ій"), ("ськ", "ск"), ("'", ""), ("нн", "н"), ("ія", "ия"), ("г", "ґ"), ("е", "и"),
    ("и", "е"),
)  # fmt: skip
_ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyz",
    "ابتثجحخدذرزسشصضطظعغفقکلمنهوی",
    "абвгдежзийклмнопрстуфхцчшщья",
)


def _alphabet(text: str) -> int:
    """0 Latin, 1 Arabic, 2 Cyrillic, by the first letter."""
    first = ord(text[0])
    return 1 if 0x600 <= first < 0x780 else 2 if 0x400 <= first < 0x530 else 0


_CHANGES = (_LATIN, _ARABIC, _CYRILLIC)
_UNTIL_RANK = (0.45, 0.7, 0.85, 0.95, 1.0)
"""Likelihood of the usual spelling, of it or the next, and so on."""


def latin_of(name: Name, free: bool, draw: Draw) -> str:
    """A Latin spelling: the usual one, or where the writer is free, one of the others."""
    if not free:
        return name.latin[0]
    share = draw.share()
    rank = next(place for place, until in enumerate(_UNTIL_RANK) if share < until)
    return name.latin[min(rank, len(name.latin) - 1)]


def noisy(text: str, draw: Draw) -> str:
    """One change that hearing and writing make, if any fits."""
    changes = _CHANGES[_alphabet(text)]
    for _ in range(6):
        old, new = draw.pick(changes)
        place = text.lower().find(old.lower()) if old.islower() else text.find(old)
        if place >= 0:
            changed = text[:place] + _cased(new, text[place]) + text[place + len(old) :]
            return changed if changed.strip() else text
    return text


def _cased(new: str, like: str) -> str:
    return new[:1].upper() + new[1:] if like.isupper() else new


def mistyped(text: str, draw: Draw) -> str:
    """One letter left out, doubled, exchanged for another, or two of them swapped."""
    place = draw.below(len(text))
    letter = draw.pick(_ALPHABETS[_alphabet(text)])
    changed = (
        text[:place] + text[place + 1 :],
        text[:place] + text[place] + text[place:],
        text[:place] + letter + text[place + 1 :],
        text[:place] + text[place + 1 : place + 2] + text[place] + text[place + 2 :],
    )[draw.below(4)]
    return changed if len(changed.strip()) > 1 else text


def wrong_digit(number: str, draw: Draw) -> str:
    """One of the last six digits another one."""
    place = len(number) - 1 - draw.below(6)
    digit = str((int(number[place]) + draw.between(1, 9)) % 10) if number[place].isdigit() else "0"
    return number[:place] + digit + number[place + 1 :]
