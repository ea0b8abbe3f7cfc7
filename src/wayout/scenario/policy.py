"""Policy: what the plan is to achieve and what it may do for that."""

from dataclasses import dataclass, field
from enum import StrEnum

MAJORS = ("I", "II", "III", "IV", "V")
MINORS = ("A", "B", "C", "D", "E")


class Objective(StrEnum):
    """``reach_safety``: least danger-hours. ``clear_fast``: everyone out, last arrival earliest."""

    REACH_SAFETY = "reach_safety"
    CLEAR_FAST = "clear_fast"


def _default_majors() -> dict[str, float]:
    return {"I": 4.0, "II": 4.0, "III": 2.0, "IV": 2.0, "V": 1.0}


def _default_minors() -> dict[str, float]:
    return dict.fromkeys(MINORS, 1.0)


@dataclass(frozen=True, slots=True)
class Policy:
    """The choices that are the decision maker's, not the planner's.

    ``slot_minutes`` is the length of the slots in which hourly capacities are counted: a capacity
    of 6 an hour with slots of 30 minutes allows 3 in each half-hour. The weight of a priority
    ``III-D`` is ``majors["III"] * minors["D"]``.
    """

    objective: Objective = Objective.REACH_SAFETY
    emergency_seats: bool = False
    slot_minutes: int = 60
    majors: dict[str, float] = field(default_factory=_default_majors)
    minors: dict[str, float] = field(default_factory=_default_minors)

    def weight(self, priority: str) -> float:
        """Weight of a priority such as ``III-D``; raises KeyError for one that does not exist."""
        major, _, minor = priority.partition("-")
        return self.majors[major] * self.minors[minor or "E"]
