"""What the judge says about a plan."""

from dataclasses import dataclass

from wayout.findings import Finding


@dataclass(frozen=True, slots=True)
class Value:
    """What a timetable is worth. ``clear_minute`` is None unless everybody becomes safe."""

    people_total: int
    people_safe: int
    danger_hours: float
    danger_hours_if_nobody_moves: float
    clear_minute: int | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Accepted or refused, why, and the value; the value of a refused plan means nothing."""

    accepted: bool
    findings: tuple[Finding, ...]
    people_total: int
    people_safe: int
    danger_hours: float
    danger_hours_if_nobody_moves: float
    clear_minute: int | None
