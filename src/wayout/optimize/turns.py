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

LONGEST = 15.0
"""Seconds of a search over duties, at most: a long one can come back from worse and finds more."""

SHARE = 0.3
"""Part of the time that is left which one search takes, at most."""


class Turns:
    """Chooses what each round tries, by what came of the rounds before.

    What a round took is told in seconds if it is ``timed`` or, where the result is to be the same
    on every machine, in rounds, which are all of one size then.
    """

    def __init__(self, search: Search, *, timed: bool) -> None:
        self.search, self.timed = search, timed
        self.rates, self.spent = [float("inf"), float("inf")], [0.0, 0.0]
        self.mends, self.energy, self.since = False, float("inf"), 0.0
        self.size, self.pace = 1.0, 1.0

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
            self.size = self._size(at * (1.0 / share - 1.0))
            return [*self.search.mendings(best, round_number, self.size)]
        return [*self.search.variations(best, round_number)]

    def _size(self, left: float) -> float:
        """Of the next search over duties: the first is short, as nobody knows how long it takes."""
        if not self.timed or self.rates[1] == float("inf"):
            return 1.0
        return max(0.1, min(LONGEST, SHARE * left) / self.pace)

    def _are_next(self) -> bool:
        """Whether duties are next."""
        least = LEAST * sum(self.spent)
        if self.spent[1] < least or self.rates[1] == float("inf"):
            return True
        return self.spent[0] >= least and self.rates[1] >= self.rates[0]

    def _learn(self, gain: float, effort: float) -> None:
        """The rate of a kind is a fading average of what it gained in its own time."""
        effort = max(effort, 1e-6)
        if self.mends:
            self.pace = effort / self.size
        rate, known = max(0.0, gain) / effort, self.rates[self.mends]
        if known < float("inf"):
            rate += math.exp(-effort / REMEMBERED) * (known - rate)
        self.rates[self.mends] = rate
        if self.rates[1] < float("inf"):
            self.spent[self.mends] += effort
