"""Bytes to text: what the file says of itself, then UTF-8, then the code page that fits best."""

import codecs
import re
from collections.abc import Iterator

from wayout.registry.lists.faults import Fault, Problem

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_PAGES = ("cp1252", "cp1256", "cp1251")
"""Western, Arabic and Persian, Cyrillic: the code pages of older Windows."""

_SAMPLE = 200_000
_HIGH_WORD = re.compile(r"[^\W\d_]*[^\x00-\x7f][^\W\d_]*")
_WELL_CASED = re.compile("[А-ЯІЇЄҐ]?[а-яіїєґ'’]+|[А-ЯІЇЄҐ]+")
_ARABIC = re.compile("[\u0600-\u06ff]+")
_WESTERN = re.compile(r"(?:[A-Za-z'’]|(?<![À-ÿŒœŠšŽž])[À-ÿŒœŠšŽž]{1,2}(?![À-ÿŒœŠšŽž]))+")
"""Letters with marks stand alone or in pairs between others; whole words of them are no French."""

_SAVE = "Save it from the spreadsheet as 'CSV UTF-8' and look at some names."


def decode(data: bytes) -> tuple[str, list[Problem]]:
    """The text, and what was wrong. No byte is lost: what is no letter is written as a number."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding)
    if encoding_of_pairs := _pairs(data):
        text, problems = _decoded(data, encoding_of_pairs)
        return text, [_guessed(encoding_of_pairs), *problems]
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        pass
    if _mostly_utf_8(data):
        return _decoded(data, "utf-8")
    page = max(_PAGES, key=lambda name: _fit(data, name))
    text, problems = _decoded(data, page)
    return text, [_guessed(page), *problems]


def _guessed(encoding: str) -> Problem:
    return Problem(Fault.ENCODING, f"The text is not UTF-8; it was read as {encoding}.", _SAVE)


def _decoded(data: bytes, encoding: str) -> tuple[str, list[Problem]]:
    try:
        return data.decode(encoding), []
    except UnicodeDecodeError:
        text = data.decode(encoding, errors="backslashreplace")
    count = sum(1 for _ in _bad_places(data, encoding))
    message = f"{count:,} bytes are no letters in {encoding}; they are kept as \\xNN."
    return text, [Problem(Fault.BAD_BYTES, message, _SAVE)]


def _bad_places(data: bytes, encoding: str) -> Iterator[int]:
    """Where decoding would stop, again and again; up to 10,000 places."""
    decoder = codecs.getincrementaldecoder(encoding)
    place = 0
    for _ in range(10_000):
        try:
            decoder().decode(data[place : place + _SAMPLE], final=place + _SAMPLE >= len(data))
        except UnicodeDecodeError as error:
            yield place + error.start
            place += error.start + 1
        else:
            place += _SAMPLE
        if place >= len(data):
            return


def _pairs(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of plain text is NUL, or of an alphabet's page."""
    sample = data[:4096]
    if len(sample) < 8 or len(data) % 2:
        return None
    even, odd = sample[0::2], sample[1::2]
    for high, low, encoding in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        plain = sum(byte in (0x00, 0x04, 0x06) for byte in high)
        if plain > 0.9 * len(high) and high.count(0) > 8 * max(low.count(0), 1):
            return encoding
    return None


def _mostly_utf_8(data: bytes) -> bool:
    """Whether a few bad bytes stand in text that is UTF-8 otherwise."""
    sample = data[:_SAMPLE]
    bad = sum(1 for _ in _bad_places(sample, "utf-8"))
    good = len(re.findall(rb"[\xc2-\xf4][\x80-\xbf]+", sample))
    return good >= 4 * bad


def _fit(data: bytes, page: str) -> float:
    """Share of the words with high bytes that look like words in the code page's alphabet."""
    text = data[:_SAMPLE].decode(page, errors="replace")
    words = _HIGH_WORD.findall(text)
    pattern = {"cp1251": _WELL_CASED, "cp1256": _ARABIC, "cp1252": _WESTERN}[page]
    fitting = sum(pattern.fullmatch(word) is not None for word in words)
    return fitting / max(len(words), 1)
