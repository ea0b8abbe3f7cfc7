"""A name as written → Latin words: script, marks, articles and glued words dealt with.

The Latin letters come from anyascii, which gives the consonants of Arabic script and a plain
romanisation of Cyrillic. What it cannot know is in the rules here: letters that keyboards of
Arabic, Persian and Pashto exchange for one another, the article, and the halves of names that one
clerk writes as one word and the next one as two or three (Abd al-Rahman, Abdurrahman).
"""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

_LETTERS = str.maketrans(
    {
        # One letter, several code points or keyboards.
        "ى": "ی", "ي": "ی", "ې": "ی", "ۍ": "ی", "ئ": "ی", "ے": "ی",
        "ك": "ک", "ګ": "گ", "ة": "ه", "ۀ": "ه", "ہ": "ه", "ھ": "ه",
        "أ": "ا", "إ": "ا", "ٱ": "ا", "آ": "ا", "ؤ": "و",
        "ځ": "ز", "ښ": "ش", "ږ": "ژ", "ټ": "ت", "ډ": "د", "ړ": "ر", "ڼ": "ن", "څ": "س",
        # Marks that carry no sound of the name.
        "ـ": "", "ء": "", "\u200c": "", "\u200d": "", "\u200e": "", "\u200f": "",
        # Cyrillic: as passports of Ukraine and Russia write them.
        "х": "kh", "Х": "Kh", "щ": "shch", "Щ": "Shch", "ц": "ts", "Ц": "Ts", "ь": "", "ъ": "",
        "г": "h", "Г": "H", "ґ": "g", "Ґ": "G", "є": "ie", "Є": "Ye", "ї": "i", "й": "i",
    }
)  # fmt: skip
_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]")
_ARABIC = re.compile("[\u0600-\u06ff]")
_ARTICLE = re.compile(r"^ال(?!له?$)(?=..)")
_NOT_A_LETTER = re.compile(r"[^a-z]+")

_ARTICLES = frozenset({"al", "el", "ul", "ol", "l", "ud", "ur", "ad", "ed", "ar", "er", "as", "es"})
_SERVANT = re.compile(r"^[ae]?bd(?:[aeou]?[lrdnstz]?)?$")
_SERVANT_OF = re.compile(r"^[ae]?bd(?:[aeou]l|[aeou](?=(.)\1)|l(?=[^l]|l))")
_OF_GOD = re.compile(r"^[aeou]?l+[aeu]?h?$")
_OF_FAITH = re.compile(r"^[aeou]?d+[aeiy]*n[e]?$")
_TAILS = frozenset(
    {"zai", "zay", "zoy", "zi", "zy", "zada", "zadah", "zadeh", "zadh", "zade", "zoda"}
    | {"khel", "khil", "khl", "pur", "poor", "pour"}
)
_TITLES = frozenset({"mr", "mrs", "ms", "dr", "haji", "hajji", "hj", "eng", "engr"})


@lru_cache(maxsize=1 << 18)
def romanised(text: str) -> str:
    """The text in lower-case Latin letters, words separated by single spaces.

    >>> romanised("محمد زکی"), romanised("Щербаківська")
    ('mhmd zky', 'shcherbakivska')
    """
    plain = _MARKS.sub("", unicodedata.normalize("NFKC", text)).translate(_LETTERS)
    words = (_latin(word) for word in re.split(r"[\s\-_.,;/()]+", plain))
    return " ".join(word for word in words if word)


def _latin(word: str) -> str:
    if _ARABIC.search(word):
        bare = _ARTICLE.sub("", word)
        letters = anyascii(bare).lower()
        # Alef and ayn at the start stand for a vowel, which anyascii drops or marks.
        start = "a" if bare[:1] in "اع" and letters[:1] not in "aeiou" else ""
        return start + _NOT_A_LETTER.sub("", letters)
    return _NOT_A_LETTER.sub("", anyascii(word).lower())


@lru_cache(maxsize=1 << 18)
def tokens(text: str) -> tuple[str, ...]:
    """The words of a name that carry it: articles and titles gone, glued words glued.

    >>> tokens("Abd al-Rahman"), tokens("Zabih Ullah Ahmad Zai")
    (('abdrahman',), ('zabihlah', 'ahmadzai'))
    """
    kept: list[str] = []
    servant = False
    for word in romanised(text).split():
        if servant and (word in _ARTICLES):
            continue
        if servant:
            kept[-1] += _bare(word)
            servant = False
        elif _SERVANT.match(word):
            kept.append("abd")
            servant = True
        elif word in _ARTICLES or word in _TITLES:
            continue
        elif kept and _is_tail(word):
            kept[-1] += _tail(word)
        else:
            kept.append(_whole(word))
    return tuple(kept)


def _is_tail(word: str) -> bool:
    return word in _TAILS or bool(_OF_GOD.match(word) or _OF_FAITH.match(word))


def _tail(word: str) -> str:
    if word in _TAILS:
        return word
    return "lah" if _OF_GOD.match(word) else "din"


def _bare(word: str) -> str:
    if _OF_GOD.match(word):
        return "lah"
    return re.sub(r"^[aeu]?[lrdnstz](?=[lrdnstz])", "", word)


def _whole(word: str) -> str:
    if _SERVANT_OF.match(word) and len(word) > 5:
        return "abd" + _bare(_SERVANT_OF.sub("", word))
    return re.sub(r"(?:[aeou]l|l)l[aeu]?h$", "lah", word) if len(word) > 5 else word


def is_bare(text: str) -> bool:
    """Whether a text is in a script that leaves short vowels out."""
    return bool(_ARABIC.search(text))
