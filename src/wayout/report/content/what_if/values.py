"""Reads an answer's JSON strictly: what is not there or not of its kind is damage, said in words.

The files lie in the plan's folder, where anybody may have touched them.
"""

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wayout.report.text import amount, count

_SLACK = 1e-6
"""Share by which a certified end, rounded outward, may lie on the wrong side of the other."""


class DamagedError(ValueError):
    """An answer does not say what it should; the message says where."""


@dataclass(frozen=True, slots=True)
class Ends:
    """Both ends of an interval that is proved, or of one that is estimated."""

    low: float
    high: float

    @property
    def whole(self) -> "Ends":
        """Ends in whole people: nobody is saved by halves, so the upper end is rounded down."""
        low = math.ceil(self.low - _SLACK)
        return Ends(low, max(low, math.floor(self.high + _SLACK)))

    @property
    def words(self) -> str:
        """``12 to 15``; one number where both ends read the same."""
        low, high = _figure(self.low), _figure(self.high)
        return low if low == high else f"{low} to {high}"


def _figure(value: float) -> str:
    """Fractions matter only below ten."""
    return amount(value) if abs(value) < 10 else count(value)


@dataclass(frozen=True, slots=True)
class Values:
    """One object of an answer, and where it stands in it."""

    found: dict[str, Any]
    where: str

    def number(self, name: str) -> float:
        """A finite number."""
        value = self._get(name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self._damage(name, "is not a number")
        if not math.isfinite(value):
            raise self._damage(name, "is not finite")
        return float(value)

    def maybe(self, name: str) -> float | None:
        """A finite number, or None where the answer has none."""
        return None if self._get(name) is None else self.number(name)

    def text(self, name: str) -> str:
        """A text."""
        value = self._get(name)
        if not isinstance(value, str):
            raise self._damage(name, "is not a text")
        return value

    def true(self, name: str) -> bool:
        """Yes or no."""
        value = self._get(name)
        if not isinstance(value, bool):
            raise self._damage(name, "is neither true nor false")
        return value

    def part(self, name: str) -> "Values":
        """An object inside."""
        value = self._get(name)
        if not isinstance(value, dict):
            raise self._damage(name, "is not an object")
        return Values(value, f"{self.where}{name}, ")

    def parts(self, name: str) -> list["Values"]:
        """A list of objects inside."""
        value = self._get(name)
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self._damage(name, "is not a list of objects")
        return [Values(item, f"{self.where}{name} {at}, ") for at, item in enumerate(value, 1)]

    def ends(self, low: str = "low", high: str = "high") -> Ends:
        """Both ends of an interval, which have to be in order."""
        found = Ends(self.number(low), self.number(high))
        if found.low > found.high + _SLACK * max(1.0, abs(found.high)):
            raise self._damage(low, f"is above {high}")
        return found

    def _get(self, name: str) -> Any:
        if name not in self.found:
            raise self._damage(name, "is missing")
        return self.found[name]

    def _damage(self, name: str, what: str) -> DamagedError:
        return DamagedError(f"{self.where}{name} {what}")


def read(path: Path) -> Values:
    """The object in a file; raises DamagedError where there is none."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise DamagedError("the file is not JSON") from error
    if not isinstance(found, dict):
        raise DamagedError("the file is not one JSON object")
    return Values(found, "")
