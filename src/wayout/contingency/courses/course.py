"""One course of action: what a judged plan achieves, what it needs and what may go wrong.

Nothing is taken from a plan's own words: it is judged again, and its proof is checked again.
"""

from dataclasses import dataclass

from wayout.contingency.courses.needs import Needs, needs_of
from wayout.contingency.courses.risks import Exposure, exposures_of
from wayout.errors import PlanError
from wayout.optimize.proof import check as check_certificate
from wayout.plan.feasible import judge
from wayout.plan.measures import Measures, measure
from wayout.plan.model import BindingLimit, Plan
from wayout.scenario.model import Scenario
from wayout.scenario.people import people_of


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the plan achieves, each figure with its certified end, or None where it has no proof."""

    people_total: int
    people_safe: int
    people_bound: float | None
    danger_hours: float
    danger_bound: float | None
    danger_if_nobody_moves: float
    last_arrival: int | None
    cleared: bool

    @property
    def danger_saved(self) -> float:
        """Share of the danger of staying that the plan spares."""
        if self.danger_if_nobody_moves <= 0:
            return 0.0
        return 1.0 - self.danger_hours / self.danger_if_nobody_moves


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """A plan with its scenario as a course of action."""

    name: str
    plan: Plan
    scenario: Scenario
    measures: Measures
    outcome: Outcome
    needs: Needs
    exposures: tuple[Exposure, ...]
    limits: tuple[BindingLimit, ...]

    def safe_at(self, tick: int) -> int:
        """People safe at a tick of this plan's own clock; nobody before its start."""
        curve = self.measures.safe_curve
        done = curve.people[curve.ticks <= tick]
        return int(done[-1]) if tick >= 0 and len(done) else 0


def course_of(name: str, plan: Plan, scenario: Scenario) -> Course:
    """Judge and measure a plan.

    Raises
    ------
    PlanError
        With the findings, if the judge refuses the plan.
    """
    people = people_of(scenario)
    verdict = judge(scenario, plan, people)
    if not verdict.accepted:
        message = f"{name} is no plan that can be executed: wayout verify {name} shows why."
        raise PlanError(message, verdict.findings)
    measures = measure(scenario, plan, people)
    return Course(
        name=name,
        plan=plan,
        scenario=scenario,
        measures=measures,
        outcome=_outcome(plan, scenario, measures),
        needs=needs_of(scenario, plan, measures),
        exposures=exposures_of(scenario, plan),
        limits=plan.limits,
    )


def _outcome(plan: Plan, scenario: Scenario, measures: Measures) -> Outcome:
    proved = bool(plan.bound.certificate) and not check_certificate(scenario, plan.bound)
    curve = measures.safe_curve
    arrivals = curve.ticks[curve.people > (curve.people[0] if len(curve.people) else 0)]
    return Outcome(
        people_total=measures.people_total,
        people_safe=measures.people_safe,
        people_bound=plan.bound.people_safe if proved else None,
        danger_hours=measures.danger_hours,
        danger_bound=plan.bound.danger_hours if proved else None,
        danger_if_nobody_moves=measures.danger_hours_if_nobody_moves,
        last_arrival=int(arrivals[-1]) if len(arrivals) else None,
        cleared=measures.clear_minute is not None,
    )
