"""A tiny world under construction, and seeded choices."""

from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

from wayout.scenario.columns import UNLIMITED
from wayout.scenario.fleet import Fleet, VehicleType
from wayout.scenario.links import Berth, Link
from wayout.scenario.parties import Party
from wayout.scenario.places import Place
from wayout.scenario.windows import Window

DAY = 1440
LONG_STEP = 240
Chosen = TypeVar("Chosen")


class Dice:
    """Seeded choices in the words that the generator needs."""

    def __init__(self, seed: int) -> None:
        self._rng = np.random.default_rng([20211, seed])

    def chance(self, share: float) -> bool:
        """True in a share of the cases."""
        return bool(self._rng.random() < share)

    def number(self, least: int, most: int) -> int:
        """A whole number, both ends included."""
        return int(self._rng.integers(least, most + 1))

    def pick(self, *options: Chosen) -> Chosen:
        """One of the options; a repeated option is likelier."""
        return options[self.number(0, len(options) - 1)]


@dataclass(slots=True)
class Draft:
    """A world under construction."""

    dice: Dice
    step: int
    num_steps: int
    slot: int
    tiny: bool
    places: list[Place] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    types: list[VehicleType] = field(default_factory=list)
    berths: list[Berth] = field(default_factory=list)
    fleets: list[Fleet] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)
    windows: list[Window] = field(default_factory=list)

    @property
    def deadline(self) -> int:
        return self.step * self.num_steps

    def time(self, least: int, most: int) -> int:
        return self.step * self.dice.number(least, most)

    def rate(self, least: int, most: int) -> float:
        """A limit per hour that allows between ``least`` and ``most`` in a slot."""
        if self.step == LONG_STEP:
            return UNLIMITED
        allowed = self.dice.number(least, most) + self.dice.pick(0.0, 0.0, 0.5)
        return allowed * 60.0 / self.slot

    def some_rate(self, share: float, least: int, most: int) -> float:
        return self.rate(least, most) if self.dice.chance(share) else UNLIMITED
