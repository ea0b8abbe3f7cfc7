"""What a round of improvement tries: other guides, or other duties of single vehicles.

Guides first: the search over duties stays near where it begins. Then the one of the two that
lately gained more in its time has the next round, and none of them rests for long.
"""

import math

from wayout.optimize.search import Attempt, Mending, Search, Trial

GUIDES_FIRST = 0.4
"""Part of the time, or of the rounds, in which only guides are tried."""

REMEMBERED = 15.0
"""Seconds, or rounds, of a kind over which its gains are averaged: they come in jumps."""

LEAST = 0.2
"""Part of the time after that of the kind that gains less."""


class Turns:
    """Chooses what each round tries, by what came of the rounds before.

    What a round took is told in seconds or, where the result is to be the same on every machine,
    in rounds.
    """

    def __init__(self, search: Search) -> None:
        self.search = search
        self.rates, self.spent = [float("inf"), float("inf")], [0.0, 0.0]
        self.mends, self.energy, self.since = False, float("inf"), 0.0

    def attempts(
        self, best: Trial, round_number: int, at: float, share: float
    ) -> list[Attempt | Mending]:
        """What to try from the best trial so far; ``share`` of the time or rounds is used up."""
        energy = best.worth.energy(self.search.network.scenario.policy.objective)
        if self.energy < float("inf"):
            self._learn(self.energy - energy, at - self.since)
        self.energy, self.since = energy, at
        self.mends = share >= GUIDES_FIRST and self._are_next() and self.search.can_mend(best)
        if self.mends:
            return [*self.search.mendings(best, round_number)]
        return [*self.search.variations(best, round_number)]

    def _are_next(self) -> bool:
        """Whether duties are next."""
        least = LEAST * sum(self.spent)
        if self.spent[1] < least or self.rates[1] == float("inf"):
            return True
        return self.spent[0] >= least and self.rates[1] >= self.rates[0]

    def _learn(self, gain: float, effort: float) -> None:
        """The rate of a kind is a fading average of what it gained in its own time."""
        effort = max(effort, 1e-6)
        rate, known = max(0.0, gain) / effort, self.rates[self.mends]
        if known < float("inf"):
            rate += math.exp(-effort / REMEMBERED) * (known - rate)
        self.rates[self.mends] = rate
        if self.rates[1] < float("inf"):
            self.spent[self.mends] += effort
