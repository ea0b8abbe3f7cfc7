"""How a planner is told when to stop and how it tells how far it is."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Budget:
    """When to stop: at whichever comes first. ``None`` does not stop.

    ``seconds`` is wall-clock time; ``gap`` is reached when the objective's own gap is as small;
    ``work`` counts improvement rounds and is the deterministic budget: the same scenario, seed
    and work give the same plan, byte for byte, when no other limit came first.
    """

    seconds: float | None = 60.0
    gap: float = 0.0
    work: int | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """A line of the live view. Values are ``None`` until first known.

    ``phase`` is one of read, bound, dispatch, improve, judge, write.
    """

    phase: str
    seconds: float
    people_total: int
    people_safe: int | None = None
    people_bound: float | None = None
    danger_hours: float | None = None
    danger_bound: float | None = None
    clear_minute: int | None = None
    clear_bound: int | None = None
    rounds: int = 0
    detail: str = ""


Observer = Callable[[Progress], None]
"""Called from the planning thread whenever something changed."""

StopAsked = Callable[[], bool]
"""Whether the user asked to stop; polled between short pieces of work."""
