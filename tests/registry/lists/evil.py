"""Files that lists can come as: hostile, broken, odd. Each is named for what is wrong with it."""

import random
from collections.abc import Callable
from dataclasses import dataclass

LINE = "First Name,Last Name,Date of Birth\n"
GOOD = LINE + "Amina,Karimi,1990-02-03\n"


@dataclass(frozen=True)
class Evil:
    """A file, the code it must be answered with, and how many rows must still be there."""

    name: str
    make: Callable[[], bytes]
    code: str | None
    rows: int
    """0 with a code of an error: nothing is taken in."""
    ending: str = "csv"


def encoded(text: str, encoding: str = "utf-8") -> Callable[[], bytes]:
    return lambda: text.encode(encoding, "surrogatepass")


def numbered(rows: int) -> bytes:
    return (LINE + "".join(f"A{n},B{n},1990\n" for n in range(rows))).encode()


def noise() -> bytes:
    return random.Random(5).randbytes(5_000)
