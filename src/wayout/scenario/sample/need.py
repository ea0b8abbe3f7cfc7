"""What a sample needs: how many people have to leave each region per hour."""

import math
from dataclasses import dataclass

from wayout.clock import MINUTES_PER_DAY
from wayout.scenario.sample.crowd import LARGEST_PARTY

MARGIN = 1.3
"""How much more there is of everything than the people need on average."""

TIGHT = 1 / 3
USEFUL_SHARE = 0.55
"""Share of the time in which a gate or vehicle works at its full rate: nights, ways in and out."""


@dataclass(frozen=True, slots=True)
class Need:
    """Days, people by region, and whether there is too little of everything."""

    days: int
    people: tuple[int, ...]
    tight: bool

    @property
    def total(self) -> int:
        """People in all."""
        return sum(self.people)

    @property
    def horizon(self) -> int:
        """The deadline."""
        return self.days * MINUTES_PER_DAY

    @property
    def useful_hours(self) -> float:
        """Hours of full work until the deadline."""
        return 24 * self.days * USEFUL_SHARE - 2

    def rate(self, people: float) -> float:
        """People per hour that let so many out in time; never less than the largest party."""
        return float(max(LARGEST_PARTY + 2, math.ceil(MARGIN * people / self.useful_hours)))

    def scarce(self, amount: float, least: int = 1) -> int:
        """The amount as there is of it: rounded up, or a third of it where resources are tight."""
        return max(least, round(amount * TIGHT) if self.tight else math.ceil(amount))
