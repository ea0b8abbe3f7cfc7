"""Plan a scenario: certified bound, executable timetable, judged value."""

from dataclasses import dataclass

from wayout.optimize.progress import Budget, Observer, StopAsked
from wayout.plan.model import Plan
from wayout.scenario.model import Scenario


@dataclass(frozen=True, slots=True)
class Solution:
    """A judged plan and the seconds spent in each phase: bound, dispatch, improve, judge."""

    plan: Plan
    seconds: dict[str, float]


def solve(
    scenario: Scenario,
    *,
    budget: Budget | None = None,
    seed: int | None = None,
    observe: Observer = lambda _: None,
    stop_asked: StopAsked = lambda: False,
) -> Solution:
    """Plan ``scenario``; ``seed`` defaults to the scenario's. Never raises for infeasibility."""
    raise NotImplementedError
