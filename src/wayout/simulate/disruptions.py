"""What may happen to a plan, how often, and where the figure is from.

Every figure has a dotted name, as in the file of ``--disruptions``:

    [breakdown.air]
    chance = 0.05
    mean_hours = 8
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

ASSUMED = "planning assumption"


class Kind(StrEnum):
    """A kind of disruption, which can be switched off by itself."""

    BREAKDOWN = "breakdown"
    LONGER_TURN = "longer_turn"
    LATE_WAY = "late_way"
    WEATHER = "weather"
    NO_SHOW = "no_show"
    WALK_IN = "walk_in"
    CLOSURE = "closure"
    ATTACK = "attack"


WORDS = {
    Kind.BREAKDOWN: "breakdowns",
    Kind.LONGER_TURN: "longer turns",
    Kind.LATE_WAY: "late buses, ships and walks",
    Kind.WEATHER: "weather",
    Kind.NO_SHOW: "people who do not come",
    Kind.WALK_IN: "people who come uncalled",
    Kind.CLOSURE: "closures of hazards.csv",
    Kind.ATTACK: "attacks",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure's default, the range it must lie in, what it means and where it is from."""

    default: float
    most: float
    meaning: str
    source: str = ASSUMED


def _by_mode(
    kind: Kind, name: str, meaning: str, most: float, values: Mapping[str, float]
) -> dict[str, Figure]:
    return {f"{kind}.{mode}.{name}": Figure(v, most, meaning) for mode, v in values.items()}


HOURS_OF_A_MONTH = 720.0
LATE = "Chance that a movement takes longer than its travel time."
LONGER = "How much longer it then takes on average, as a share of the travel time."
WAITED = "Three days of a ship off Libya in 2011 (cnn.com, 27 February 2011) are its far end"
RESUMED = "Kabul, 26 August 2021: flying stopped for about two hours (thenationalnews.com)"

FIGURES: dict[str, Figure] = {
    **_by_mode(
        Kind.BREAKDOWN,
        "chance",
        "Chance that a vehicle is found broken at a departure.",
        1.0,
        {"air": 0.02, "sea": 0.01, "road": 0.01, "rail": 0.005},
    ),
    **_by_mode(
        Kind.BREAKDOWN,
        "mean_hours",
        "Hours of the repair, on average (exponential).",
        HOURS_OF_A_MONTH,
        {"air": 6.0, "sea": 12.0, "road": 3.0, "rail": 2.0},
    ),
    "longer_turn.chance": Figure(0.25, 1.0, "Chance that a time on the ground is longer."),
    "longer_turn.mean_share": Figure(
        0.5, 100.0, "How much longer it then is on average, as a share of it (exponential)."
    ),
    **_by_mode(
        Kind.LATE_WAY,
        "chance",
        LATE,
        1.0,
        {"foot": 0.1, "road": 0.15, "rail": 0.1, "sea": 0.15, "air": 0.1},
    ),
    **_by_mode(
        Kind.LATE_WAY,
        "mean_share",
        LONGER,
        100.0,
        {"foot": 0.5, "road": 0.5, "rail": 0.3, "sea": 0.2, "air": 0.1},
    ),
    "weather.air.per_day": Figure(0.05, 24.0, "Spells of bad weather per airfield and day."),
    "weather.air.mean_hours": Figure(3.0, HOURS_OF_A_MONTH, "Length of a spell, on average."),
    "weather.air.factor": Figure(0.0, 1.0, "What the berths work at meanwhile; 0 is shut."),
    "weather.sea.per_day": Figure(0.05, 24.0, "Spells of bad weather per port and day."),
    "weather.sea.mean_hours": Figure(
        18.0, HOURS_OF_A_MONTH, "Length of a spell, on average.", f"{ASSUMED}; {WAITED}"
    ),
    "weather.sea.factor": Figure(0.0, 1.0, "What the berths work at meanwhile; 0 is shut."),
    "no_show.chance": Figure(0.03, 1.0, "Chance that a party does not come at all."),
    "walk_in.chance": Figure(
        0.03, 1.0, "Chance that a party brings another like itself, which nobody has called."
    ),
    "attack.per_day": Figure(0.02, 24.0, "Attacks per gate, airfield, port or station and day."),
    "attack.shut_hours": Figure(
        2.0, HOURS_OF_A_MONTH, "Hours for which the place is then shut.", RESUMED
    ),
    "attack.after_hours": Figure(24.0, HOURS_OF_A_MONTH, "Hours for which it then works at less."),
    "attack.after_factor": Figure(0.5, 1.0, "What it works at then."),
    "policy.hold_minutes": Figure(
        60.0, 100_000.0, "How long a vehicle waits for those booked on it who are late."
    ),
    "policy.replan_hours": Figure(
        12.0, HOURS_OF_A_MONTH, "Least time between two plans when each disruption asks for one."
    ),
}
"""Every figure by its dotted name."""

RATE_OF = "closure.per_day."
"""Before a hazard's identifier: its rate, in place of the one in hazards.csv."""


@dataclass(frozen=True, slots=True)
class Disruptions:
    """The figures that hold, where they differ from the default, and what is switched off."""

    given: Mapping[str, float] = field(default_factory=dict)
    off: frozenset[Kind] = frozenset()

    def __getitem__(self, name: str) -> float:
        """A figure by its dotted name; raises KeyError for one that does not exist."""
        return self.given.get(name, FIGURES[name].default)

    def rate_of(self, hazard: str, per_day: float | None) -> float:
        """How often a day a hazard is expected; 0 where nobody says."""
        return self.given.get(RATE_OF + hazard, per_day or 0.0)

    def without(self, *kinds: Kind) -> "Disruptions":
        """The same with these kinds switched off."""
        return Disruptions(self.given, self.off | set(kinds))


NOTHING = Disruptions(off=frozenset(Kind))
"""A world in which everything goes as planned."""
