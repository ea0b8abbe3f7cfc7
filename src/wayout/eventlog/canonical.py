"""One way to write a value as bytes, and a reader that refuses every other way.

JSON with sorted keys, no space, UTF-8 without escapes that are not needed; whole numbers only,
because fractions have several spellings. It is the canonical form of RFC 8785 for what has no
fractions and no text beyond Unicode scalar values, keys sorted by code point.
"""

import json
from typing import Any

from wayout.errors import LogError

_LARGEST = 2**53 - 1


def canonical(value: Any) -> bytes:
    """The bytes of a value; raises LogError for what has no canonical form."""
    _check(value)
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise LogError("Text with half a surrogate pair cannot be written to the log.") from error


def parse(data: bytes) -> Any:
    """The value that these bytes are; raises LogError unless they are its canonical form."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise LogError("An entry of the log is not JSON.") from error
    if canonical(value) != data:
        raise LogError("An entry of the log is not written in its one canonical form.")
    return value


def _check(value: Any) -> None:
    """Refuse what JSON would write in several ways or lose."""
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise LogError("Keys of an entry of the log must be text.")
        for item in value.values():
            _check(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _check(item)
    elif isinstance(value, int) and not isinstance(value, bool):
        if abs(value) > _LARGEST:
            raise LogError(f"{value} is too large a number for the log.")
    elif not (value is None or isinstance(value, str | bool)):
        raise LogError(f"The log takes no {type(value).__name__}: write it as text.")
