"""A plan's simulation: replications, what each kind of disruption costs, the margin that helps."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np

from wayout.plan.model import Plan
from wayout.scenario.model import Scenario
from wayout.simulate.disruptions import Disruptions, Kind
from wayout.simulate.outcome import Outcome
from wayout.simulate.running import Job, Task, job_of, results_of, tasks_of
from wayout.simulate.statistics import Chance, Mean, Quantiles, chance, mean, percentiles, quantiles

PAIRED = 200
"""Replications, at most, that are repeated with one kind of disruption switched off."""

THINNED = 100
"""Replications, at most, that are repeated with lighter loads."""

MARGINS = (0.05, 0.1, 0.15, 0.2, 0.3)
"""Shares by which loads are made lighter, one after the other."""

ENOUGH = 0.95
"""Share of replications in which the margin has to bring everybody out."""

Observer = Callable[[int, int], None]
"""Told how many replications are done, of how many."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What one kind of disruption costs: the mean difference that switching it off makes.

    ``left_behind`` is people who came and are not safe; ``danger_hours`` are per 1,000 who came.
    """

    kind: Kind
    left_behind: Mean
    danger_hours: Mean


@dataclass(frozen=True, slots=True)
class Margin:
    """How much lighter loads have to be; ``share`` is None if not even the last step is enough."""

    share: float | None
    tried: tuple[tuple[float, Chance], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Study:
    """What a simulation found. ``curve`` has percentiles of people safe, hour by hour."""

    policy: str
    seed: int
    outcomes: tuple[Outcome, ...]
    people_total: int
    people_planned: int
    people_safe: Quantiles
    danger_hours: Quantiles
    all_out: Chance
    kept: Chance
    curve: tuple[Quantiles, ...]
    effects: tuple[Effect, ...]
    margin: Margin | None
    seconds: float

    def _values(self, name: str) -> list[float]:
        return [float(getattr(outcome, name)) for outcome in self.outcomes]

    def mean(self, name: str) -> Mean:
        """The mean over the replications of a figure of an outcome."""
        return mean(self._values(name))

    def percentiles(self, name: str) -> tuple[Mean, Mean, Mean]:
        """The 5th, 50th and 95th percentile of a figure of an outcome, with their intervals."""
        return percentiles(self._values(name))


def _left(outcome: Outcome) -> float:
    return float(outcome.came - outcome.safe)


def _danger(outcome: Outcome) -> float:
    return 1000 * outcome.danger_hours / max(outcome.came, 1)


def effect_of(kind: Kind, base: Sequence[Outcome], without: Sequence[Outcome]) -> Effect:
    """Paired differences: replication by replication with the same random numbers."""
    pairs = list(zip(base, without, strict=True))
    return Effect(
        kind,
        mean([_left(one) - _left(other) for one, other in pairs]),
        mean([_danger(one) - _danger(other) for one, other in pairs]),
    )


def margin_of(tried: Sequence[tuple[float, Sequence[Outcome]]]) -> Margin:
    """The first step at which whoever the plan brings out gets out often enough."""
    steps = tuple(
        (share, chance(sum(outcome.lost == 0 for outcome in outcomes), len(outcomes)))
        for share, outcomes in tried
    )
    enough = [share for share, found in steps if found.estimate >= ENOUGH]
    return Margin(enough[0] if enough else None, steps)


def curve_of(outcomes: Sequence[Outcome]) -> tuple[Quantiles, ...]:
    """Percentiles of people safe at the end of each hour."""
    table = np.stack([outcome.safe_by_hour for outcome in outcomes])
    rows = np.quantile(table, (0.05, 0.5, 0.95), axis=0).T
    return tuple(Quantiles(float(a), float(b), float(c)) for a, b, c in rows)


def _kinds(disruptions: Disruptions) -> list[Kind]:
    return [kind for kind in Kind if kind not in disruptions.off]


def _plan_of_work(disruptions: Disruptions, num: int, *, compared: bool) -> list[list[Task]]:
    """Tasks of the base, then of each kind switched off, then of each step of lighter loads."""
    groups = [tasks_of(disruptions, num)]
    if compared:
        paired, thinned = min(num, PAIRED), min(num, THINNED)
        groups += [tasks_of(disruptions.without(kind), paired) for kind in _kinds(disruptions)]
        groups += [tasks_of(disruptions, thinned, share) for share in MARGINS]
    return groups


def _perform(
    job: Job, groups: list[list[Task]], pool: Executor, observe: Observer
) -> list[list[Outcome]]:
    """The outcomes of each group, in order, telling how far it is."""
    flat = [task for group in groups for task in group]
    total, done = sum(task.after - task.first for task in flat), 0
    blocks = []
    for block in results_of(job, flat, pool):
        blocks.append(block)
        done += len(block)
        observe(done, total)
    results, position = [], 0
    for group in groups:
        part = blocks[position : position + len(group)]
        results.append([outcome for block in part for outcome in block])
        position += len(group)
    return results


def simulate(
    scenario: Scenario,
    plan: Plan,
    disruptions: Disruptions,
    pool: Executor,
    *,
    replications: int,
    seed: int,
    compared: bool = True,
    observe: Observer = lambda done, total: None,
) -> Study:
    """Simulate a plan under the policy ``fixed``.

    ``compared`` asks for what each kind of disruption costs and for the load margin, which are
    replications of their own: up to 200 for each kind, up to 100 for each step.
    """
    began = time.monotonic()
    job = job_of(scenario, plan, disruptions, seed)
    groups = _plan_of_work(disruptions, replications, compared=compared)
    results = _perform(job, groups, pool, observe)
    base, kinds = results[0], _kinds(disruptions) if compared else []
    effects = [
        effect_of(kind, base[: len(without)], without)
        for kind, without in zip(kinds, results[1:], strict=False)
    ]
    margin = None
    if compared:
        steps = zip(MARGINS, results[1 + len(kinds) :], strict=True)
        margin = margin_of([(0.0, base[: min(len(base), THINNED)]), *steps])
    return study_of(plan, base, effects, margin, seed=seed, seconds=time.monotonic() - began)


def study_of(
    plan: Plan,
    outcomes: Sequence[Outcome],
    effects: Sequence[Effect] = (),
    margin: Margin | None = None,
    *,
    policy: str = "fixed",
    seed: int,
    seconds: float,
) -> Study:
    """What the outcomes of replications say together."""
    num = len(outcomes)
    return Study(
        policy=policy,
        seed=seed,
        outcomes=tuple(outcomes),
        people_total=plan.people_total,
        people_planned=plan.people_safe,
        people_safe=quantiles([outcome.safe for outcome in outcomes]),
        danger_hours=quantiles([outcome.danger_hours for outcome in outcomes]),
        all_out=chance(sum(outcome.all_out for outcome in outcomes), num),
        kept=chance(sum(outcome.lost == 0 for outcome in outcomes), num),
        curve=curve_of(outcomes),
        effects=tuple(sorted(effects, key=lambda effect: -effect.left_behind.estimate)),
        margin=margin,
        seconds=seconds,
    )
