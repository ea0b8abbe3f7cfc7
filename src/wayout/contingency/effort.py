"""How much work goes into one loss: dispatches and ceilings, until its interval is narrow.

The order of the tries was measured on the losses of Kabul 2021 (decision 0051): of a loss that
takes little the finer guide with hardly any say of it brings out most, of a loss that takes much a
guide that is followed closely.
"""

from dataclasses import dataclass

from wayout.contingency.bounding import DAILY, THIRDS
from wayout.optimize.portfolio import Kind

SIXTHS = 240
"""Buckets of four hours, in minutes."""


@dataclass(frozen=True, slots=True)
class Try:
    """One dispatch: the bucket length of its guide, its kind of the portfolio, where it sets in.

    ``anew`` begins where the decided part ends; else what the base plan does before the first lost
    movement is kept, where that comes late.
    """

    length: int
    kind: Kind
    anew: bool = True


LOOSE = (
    Try(DAILY, Kind.UNLED, anew=False),
    Try(THIRDS, Kind.UNLED),
    Try(DAILY, Kind.GREEDY),
)
"""Dispatches whose guide has hardly any say."""

CLOSE = (
    Try(DAILY, Kind.LOOSE, anew=False),
    Try(DAILY, Kind.ONWARD, anew=False),
    Try(DAILY, Kind.LOOSE),
    Try(DAILY, Kind.ONWARD),
)
"""Dispatches that follow their guide closely."""

FINE = (Try(THIRDS, Kind.IN_TURN), Try(THIRDS, Kind.ONWARD))
"""Dispatches that follow a fine guide closely."""

LITTLE = (*LOOSE, *FINE, *CLOSE)
"""The order in which they are tried where little is missing."""

IMPATIENT = Try(THIRDS, Kind.IMPATIENT)
"""Vehicles that do not wait long: for places with few beds that people only pass."""

MUCH = (LOOSE[0], CLOSE[0], IMPATIENT, LOOSE[1], *CLOSE[1:], LOOSE[2], *FINE)
"""And where much is missing."""

FAR = 0.08
"""Share of all people from which an interval's width counts as much."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How much work goes into one loss.

    At most ``dispatches`` are tried beyond those ``made`` before, and ceilings proved in buckets of
    ``lengths``, coarse to fine, while an interval is wider than it should be: than ``people`` as a
    share of everybody, than ``danger`` as a share of the danger that can be averted, and than the
    base plan's own. Where people's is still wide then, the best plan is varied for so many
    ``rounds``. With ``thorough`` the whole portfolio comes before them, whatever the width.
    """

    dispatches: int = 2
    people: float = 0.045
    danger: float = 0.075
    lengths: tuple[int, ...] = (DAILY, THIRDS)
    rounds: int = 0
    thorough: bool = False
    made: int = 0


WIDE = Effort(dispatches=5, people=0.03, danger=1.0, lengths=(), made=2)
"""For people's intervals that the usual effort leaves wide."""

BOUNDS_ONLY = Effort(dispatches=0, lengths=(DAILY,))
"""What is left against the daily ceiling; one dispatch where nothing is left."""

THOROUGH = Effort(
    dispatches=4,
    rounds=6,
    thorough=True,
    people=0.0,
    danger=0.0,
    lengths=(DAILY, THIRDS, SIXTHS, 180),
)
