"""The benchmark table: what is planned, for how long, and what is expected of it."""

from dataclasses import dataclass
from enum import StrEnum


class Measure(StrEnum):
    """What a target is about."""

    WALL = "wall"
    FIRST_PLAN = "first plan"
    LEFT_BEHIND = "left behind"
    GAP_PEOPLE = "gap people"
    GAP_DANGER = "gap danger"
    GAP_CLEAR = "gap clear"
    PEAK = "peak memory"


@dataclass(frozen=True, slots=True)
class Target:
    """A measure and the most it may be: seconds, people, a share, or GB."""

    measure: Measure
    most: float


@dataclass(frozen=True, slots=True)
class Sample:
    """A made-up scenario by its size."""

    people: int
    places: int
    days: int
    seed: int


@dataclass(frozen=True, slots=True)
class Benchmark:
    """One row: ``seconds`` is the time given to the planner; reading and writing come on top."""

    name: str
    scenario: str | Sample
    objective: str
    seconds: float
    targets: tuple[Target, ...]
    case: str = "likely"


HISTORY = (Target(Measure.GAP_PEOPLE, 0.005), Target(Measure.GAP_DANGER, 0.02))
"""What is wanted of an operation with the inputs of history, in two minutes."""

NOTHING_TO_SPARE = (Target(Measure.GAP_PEOPLE, 0.05), Target(Measure.GAP_DANGER, 0.05))
"""What is wanted of a tight sibling, in two minutes."""


def _operation(name: str, targets: tuple[Target, ...], seconds: float = 40) -> Benchmark:
    """A scenario that ships, planned in a third of the time of its targets, or in all of it."""
    return Benchmark(
        name=name, scenario=name, objective="reach_safety", seconds=seconds, targets=targets
    )


def _clearance(name: str, seconds: float, most: float) -> Benchmark:
    """The last out of Solomon 1991 as early as can be, at most a share after what is proved."""
    return Benchmark(
        name=name,
        scenario="solomon-1991",
        objective="clear_fast",
        seconds=seconds,
        targets=(Target(Measure.LEFT_BEHIND, 0), Target(Measure.GAP_CLEAR, most)),
    )


TABLE = (
    Benchmark(
        name="solomon-1991",
        scenario="solomon-1991",
        objective="reach_safety",
        seconds=1,
        targets=(Target(Measure.LEFT_BEHIND, 0), Target(Measure.WALL, 5)),
    ),
    _clearance("solomon-1991-fast", 10, 0.07),
    _clearance("solomon-1991-fast-60", 60, 0.02),
    Benchmark(
        name="kabul-2021",
        scenario="kabul-2021",
        objective="reach_safety",
        seconds=90,
        targets=(
            Target(Measure.FIRST_PLAN, 20),
            Target(Measure.GAP_PEOPLE, 0.01),
            Target(Measure.GAP_DANGER, 0.05),
        ),
    ),
    Benchmark(
        name="kabul-2021-tight",
        scenario="kabul-2021-tight",
        objective="reach_safety",
        seconds=120,
        targets=(Target(Measure.GAP_PEOPLE, 0.08),),
    ),
    Benchmark(
        name="raahat-2015",
        scenario="raahat-2015",
        objective="reach_safety",
        seconds=1,
        targets=(Target(Measure.WALL, 5),),
    ),
    Benchmark(
        name="sample-100000",
        scenario=Sample(people=100_000, places=60, days=14, seed=1),
        objective="reach_safety",
        seconds=120,
        targets=(Target(Measure.WALL, 180), Target(Measure.PEAK, 3.0)),
    ),
    _operation("kuwait-1990", HISTORY, seconds=120),
    _operation("kuwait-1990-tight", NOTHING_TO_SPARE, seconds=120),
    _operation("frequent-wind-1975", HISTORY),
    _operation("frequent-wind-1975-tight", NOTHING_TO_SPARE),
    _operation("dynamo-1940", HISTORY),
    _operation("dynamo-1940-tight", NOTHING_TO_SPARE, seconds=120),
    _operation("easter-parade-1949", HISTORY),
    _operation("easter-parade-1949-tight", NOTHING_TO_SPARE, seconds=120),
    _operation("lebanon-2006", HISTORY, seconds=120),
    _operation("lebanon-2006-tight", NOTHING_TO_SPARE, seconds=120),
    _operation("libya-2011", HISTORY),
    _operation("libya-2011-tight", NOTHING_TO_SPARE, seconds=120),
    _operation("sudan-2023", HISTORY, seconds=120),
    _operation("sudan-2023-tight", NOTHING_TO_SPARE, seconds=120),
    _operation("ukraine-rail-2022", HISTORY, seconds=120),
    _operation("ukraine-rail-2022-tight", NOTHING_TO_SPARE, seconds=120),
)
