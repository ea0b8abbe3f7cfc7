"""What an ask is worth: an interval from certified ceilings and judged plans, and an estimate.

Let ``w`` be how many more people the best plan brings out once an ask is granted. With a plan in
hand that brings out ``p`` and a ceiling ``c`` before, ``p'`` and ``c'`` after:
``p' - c ≤ w ≤ c' - p``. For danger-hours the same, turned round. An ask that only adds is worth
nothing or more. The *estimate* is what the same relaxation says after and before, ``c' - c`` at
one bucket length: a good guess, and no proof.
"""

from dataclasses import dataclass

from wayout.contingency.asks.ask import Ask, granted
from wayout.network.model import Network, build
from wayout.optimize.bound import Proved, certified_value, prove
from wayout.optimize.relax.build import Aim, relax
from wayout.scenario.model import Scenario
from wayout.scenario.people import people_of


@dataclass(frozen=True, slots=True)
class Interval:
    """From ``low`` to ``high``, ends included, and the estimate where there is one."""

    low: float
    high: float
    estimate: float | None = None


@dataclass(frozen=True, slots=True)
class Ends:
    """What is known of the best plan of a scenario.

    At least ``people_held`` and at most ``people_ceiling`` people safe; at most ``danger_held`` and
    at least ``danger_floor`` danger-hours.
    """

    people_held: float
    people_ceiling: float
    danger_held: float
    danger_floor: float

    def tightened(self, other: "Ends") -> "Ends":
        """What is known from both."""
        return Ends(
            max(self.people_held, other.people_held),
            min(self.people_ceiling, other.people_ceiling),
            min(self.danger_held, other.danger_held),
            max(self.danger_floor, other.danger_floor),
        )


@dataclass(frozen=True, slots=True)
class Relaxed:
    """Both certified figures of a scenario at one bucket length."""

    people: float
    danger: float


def worth_people(before: Ends, after: Ends, estimate: float | None, *, only_adds: bool) -> Interval:
    """People that the best plan brings out more."""
    low, high = after.people_held - before.people_ceiling, after.people_ceiling - before.people_held
    return _interval(low, high, estimate, only_adds=only_adds)


def worth_danger(before: Ends, after: Ends, estimate: float | None, *, only_adds: bool) -> Interval:
    """Danger-hours that the best plan saves more."""
    low, high = before.danger_floor - after.danger_held, before.danger_held - after.danger_floor
    return _interval(low, high, estimate, only_adds=only_adds)


def _interval(low: float, high: float, estimate: float | None, *, only_adds: bool) -> Interval:
    least = max(0.0, low) if only_adds else low
    return Interval(least, max(least, high), estimate)


def network_with(scenario: Scenario, asks: tuple[Ask, ...]) -> Network:
    """The network of the scenario in which the asks were granted."""
    changed = granted(scenario, asks)
    return build(changed, people_of(changed))


@dataclass(frozen=True, slots=True)
class Lengths:
    """Bucket lengths, in minutes, at which danger and people are relaxed.

    Danger depends on when people are safe and wants shorter ones.
    """

    danger: int
    people: int


def relaxed(
    scenario: Scenario, asks: tuple[Ask, ...], lengths: Lengths, *, all_safe: bool
) -> Relaxed:
    """Certified figures with the asks granted.

    ``all_safe`` says that everybody is safe in a plan already: then more people cannot be, and only
    danger is relaxed.
    """
    network = network_with(scenario, asks)
    people = float(network.people.num_people)
    if not all_safe:
        people = prove(network, lengths.people, Aim.PEOPLE).value
    return Relaxed(people, prove(network, lengths.danger, Aim.DANGER).value)


def priced(scenario: Scenario, ask: Ask, least: Proved) -> float | None:
    """A certified floor of danger-hours with an ask granted, by the base's prices alone.

    No solver runs, so it is quick, valid, and only as good as the base's prices: what they have no
    price for (a gate that is shut) looks worth more than it is. None where the ask changes what the
    prices are for: vehicles, minutes or ways that were not there.
    """
    length = least.relaxation.grid.length
    relaxation = relax(network_with(scenario, (ask,)), length, Aim.DANGER)
    if relaxation.program.matrix.shape != least.relaxation.program.matrix.shape:
        return None
    return certified_value(relaxation, least.solution.y)
