"""From a scenario's path to a written plan: the steps of ``wayout plan``, timed."""

import dataclasses
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from wayout import report
from wayout.clock import text_of, tick_of
from wayout.errors import PlanError
from wayout.network.model import danger_left
from wayout.optimize.progress import Budget, Observer, Progress, StopAsked
from wayout.optimize.solve import solve
from wayout.optimize.starting import carried
from wayout.plan.folder import read, write
from wayout.plan.measures import measure
from wayout.plan.model import Plan
from wayout.scenario.figures import Case
from wayout.scenario.folder import load, usable
from wayout.scenario.model import Scenario
from wayout.scenario.people import People, people_of
from wayout.scenario.policy import Objective

PHASES = ("read", "bound", "dispatch", "improve", "judge", "write")


@dataclass(slots=True)
class Clock:
    """Seconds spent in each phase so far."""

    seconds: dict[str, float] = field(default_factory=lambda: dict.fromkeys(PHASES, 0.0))

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Count the time inside to a phase."""
        began = time.monotonic()
        yield
        self.seconds[name] += time.monotonic() - began


@dataclass(frozen=True, slots=True)
class Given:
    """A scenario that was read, its people, the danger-hours if nobody moved, and its warnings."""

    scenario: Scenario
    people: People
    idle_danger: float
    num_warnings: int = 0


@dataclass(frozen=True, slots=True)
class Start:
    """A plan to start from; its movements that depart before ``frozen_until`` stay as they are."""

    plan: Plan
    frozen_until: int


@dataclass(frozen=True, slots=True)
class Made:
    """A plan that was written: where, and the seconds of each phase."""

    given: Given
    plan: Plan
    folder: Path
    html: Path
    pdf: Path
    seconds: dict[str, float]


def take(path: Path, case: Case, objective: Objective | None) -> Given:
    """Read what is to be planned; raises ScenarioError with every finding."""
    loaded = load(path, case)
    scenario = usable(loaded, path)
    if objective is not None:
        policy = dataclasses.replace(scenario.policy, objective=objective)
        scenario = scenario.replace(policy=policy)
    people = people_of(scenario)
    return Given(scenario, people, _idle_danger(scenario, people), len(loaded.findings))


def start_of(given: Given, folder: Path, keep_until: str | None) -> Start:
    """Read the plan to start from, for the scenario as it is now; raises PlanError."""
    plan, before = read(folder)
    plan = carried(plan, people_of(before), given.people)
    if keep_until is None:
        return Start(plan, 0)
    try:
        moment = datetime.fromisoformat(keep_until)
    except ValueError as error:
        raise PlanError(
            f"--keep-until {keep_until} is not a time. Write it like the times of the plan, "
            f"{text_of(0, given.scenario.start)}."
        ) from error
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=given.scenario.start.tzinfo)
    return Start(plan, max(0, tick_of(moment, given.scenario.start)))


def _idle_danger(scenario: Scenario, people: People) -> float:
    """Danger-hours of everybody who stays where they are until the end."""
    stay = [float(danger_left(place, 0, scenario.end)[0]) for place in scenario.places]
    weights = people.size * people.weight
    return sum(
        stay[place] * float(weights[people.place == place].sum()) for place in range(len(stay))
    )


def default_folder(scenario: Scenario) -> Path:
    """Where a plan goes if nobody says: ``plans/<scenario>-<case>`` under the current directory."""
    name = re.sub(r"[^\w.-]+", "-", scenario.name).strip(".-") or "scenario"
    return Path("plans") / f"{name}-{scenario.case}"


def claim(folder: Path) -> None:
    """Make sure that a plan may be written there, before the work; raises PlanError.

    An earlier plan is replaced; anything else is left alone.
    """
    if folder.exists() and not folder.is_dir():
        raise PlanError(f"{folder} is a file. Name a folder for the plan with --output.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        taken = any(folder.iterdir()) and not (folder / "plan.json").exists()
    except OSError as error:
        reason = error.strerror or str(error)
        raise PlanError(
            f"The plan cannot be written to {folder}: {reason}. Name another folder with --output."
        ) from error
    if taken:
        raise PlanError(
            f"{folder} holds other files and no plan. Name an empty or a new folder with --output."
        )


def make(
    given: Given,
    folder: Path,
    clock: Clock,
    *,
    budget: Budget,
    seed: int | None,
    observe: Observer,
    stop_asked: StopAsked,
    start: Start | None = None,
) -> Made:
    """Plan and write; whatever was the best valid plan when time was up is what is written."""
    solution = solve(
        given.scenario,
        budget=budget,
        seed=seed,
        observe=observe,
        stop_asked=stop_asked,
        start_from=None if start is None else start.plan,
        frozen_until=0 if start is None else start.frozen_until,
    )
    plan = solution.plan
    clock.seconds.update(solution.seconds)
    observe(_writing(plan, sum(clock.seconds.values())))
    with clock.phase("write"):
        write(plan, given.scenario, folder, given.people)
        measures = measure(given.scenario, plan, given.people)
        html, pdf = report.write(given.scenario, given.people, plan, measures, folder)
    return Made(given, plan, folder, html, pdf, clock.seconds)


def _writing(plan: Plan, seconds: float) -> Progress:
    """The last step, with the figures as judged."""
    return Progress(
        phase="write",
        seconds=seconds,
        people_total=plan.people_total,
        people_safe=plan.people_safe,
        people_bound=plan.bound.people_safe,
        danger_hours=plan.danger_hours,
        danger_bound=plan.bound.danger_hours,
        clear_minute=plan.clear_minute,
        clear_bound=plan.bound.clear_minute,
    )
