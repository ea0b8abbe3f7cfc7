"""Text of cells: what is kept when it is compared, and how words are recognised in any script."""

import re
import unicodedata
from functools import lru_cache

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_DIRECTION = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200d-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
"""Turn the direction of writing, or are seen by nobody (Unicode TR 36, TR 9). The zero-width
non-joiner is none of them: Persian and Pashto are written with it."""

_SPACES = re.compile(r"\s+")
_PUNCTUATION = re.compile(r"[^\w]+|_")
_LETTERS = str.maketrans({
    "ي": "ی", "ى": "ی", "ې": "ی", "ۍ": "ی", "ئ": "ی", "ك": "ک", "ګ": "گ", "ة": "ه", "ۀ": "ه",
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ؤ": "و", "ـ": "", "\u200c": " ", "ё": "е", "ґ": "г",
})  # fmt: skip


def has_control(text: str) -> bool:
    """Whether a NUL or another control character is in it."""
    return not text.isprintable() and _CONTROL.search(text) is not None


def has_direction(text: str) -> bool:
    """Whether characters are in it that turn the direction of writing or cannot be seen."""
    return not text.isascii() and _DIRECTION.search(text) is not None


def clean(text: str) -> str:
    """The text as it is compared and shown: composed, one space between words, nothing unseen."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    plain = _DIRECTION.sub("", _CONTROL.sub("", unicodedata.normalize("NFC", text)))
    return _SPACES.sub(" ", plain).strip()


def western(text: str) -> str:
    """The same with digits of every script as 0 to 9."""
    if text.isascii():
        return text
    return "".join(
        str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in text
    )


@lru_cache(maxsize=100_000)
def folded(text: str) -> str:
    """The form in which words are recognised: no case, accents, punctuation or variant letters."""
    plain = unicodedata.normalize("NFKD", western(clean(text)).translate(_LETTERS).casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _SPACES.sub(" ", _PUNCTUATION.sub(" ", plain.translate(_LETTERS))).strip()
