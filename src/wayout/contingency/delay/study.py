"""The study of delay: the outcome for each date and each case, and the point of no return.

    with executor(workers) as pool:
        study = study_delay({Case.LIKELY: scenario}, pool)

Each date is bounded from both sides: by a certified ceiling of what is still possible, and by a
judged plan. Later dates never allow more, so each end is carried along: a ceiling to all later
dates, a plan to all earlier ones.
"""

import itertools
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace

from wayout.contingency.achieving import achieved
from wayout.contingency.asks.worth import Ends
from wayout.contingency.bounding import bucket_minutes
from wayout.contingency.delay.delaying import dates_of, delayed
from wayout.network.model import Network, build
from wayout.optimize.bound import prove
from wayout.optimize.guide import levels
from wayout.optimize.relax.build import Aim, danger_if_nobody_moves
from wayout.plan.model import Plan
from wayout.scenario.figures import Case
from wayout.scenario.model import Scenario
from wayout.scenario.people import people_of

DATES = 30
TRIES = 2
"""Dispatches for each date."""

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Date:
    """What is known of the best plan that is put into force at a minute."""

    minute: int
    ends: Ends


@dataclass(frozen=True, slots=True)
class NoReturn:
    """Until when everybody can be saved.

    ``everyone_until``: the last date with a plan that saves everybody, None if no date has one.
    ``not_everyone_from``: the first date for which it is proved that not everybody can be saved,
    None if that is never proved. In between it is not known.
    """

    everyone_until: int | None
    not_everyone_from: int | None


@dataclass(frozen=True, slots=True)
class Curve:
    """The outcome against the date, for one case."""

    people_total: int
    dates: tuple[Date, ...]
    no_return: NoReturn


@dataclass(frozen=True, slots=True)
class DelayStudy:
    """A curve for each case; ``case`` is the one that is asked about."""

    case: Case
    curves: dict[Case, Curve]

    @property
    def curve(self) -> Curve:
        """The curve of the case that is asked about."""
        return self.curves[self.case]


def study_delay(
    scenarios: Mapping[Case, Scenario],
    pool: Executor,
    *,
    case: Case = Case.LIKELY,
    dates: Sequence[int] | int = DATES,
    plan: Plan | None = None,
    tell: Tell = lambda _: None,
) -> DelayStudy:
    """The outcome for each date and each case; ``plan`` is a judged plan of ``case``, if any."""
    chosen = dates_of(scenarios[case], dates) if isinstance(dates, int) else tuple(dates)
    tell(f"{len(chosen)} dates, {len(scenarios)} cases")
    tasks = {
        (name, date): pool.submit(ends_of, scenario, date, fine=name is case)
        for name, scenario in scenarios.items()
        for date in chosen
    }
    curves = {}
    for name, scenario in scenarios.items():
        found = [Date(date, tasks[name, date].result()) for date in chosen]
        if plan is not None and name is case and chosen[0] == 0:
            found[0] = Date(0, found[0].ends.tightened(_ends_of_plan(plan)))
        total = people_of(scenario).num_people
        tell(f"{name}: looking for the point of no return")
        no_return = _no_return(scenario, total, _carried(found), pool)
        curves[name] = Curve(total, _carried(found), no_return)
    return DelayStudy(case, curves)


def _ends_of_plan(plan: Plan) -> Ends:
    return Ends(plan.people_safe, float(plan.people_total), plan.danger_hours, 0.0)


def ends_of(scenario: Scenario, minute: int, *, fine: bool = True) -> Ends:
    """Both ends for a plan that is put into force at a minute; ``fine`` proves them closer."""
    waiting = delayed(scenario, minute)
    network = build(waiting, people_of(waiting))
    length = _length(network, fine=fine)
    least = prove(network, bucket_minutes(network), Aim.DANGER)
    floor = least.value
    if length < least.relaxation.grid.length:
        floor = max(floor, prove(network, length, Aim.DANGER).value)
    people = prove(network, length, Aim.PEOPLE).value
    idle = float(danger_if_nobody_moves(network).sum())
    safe_already = float(network.people.size[network.protecting[network.people.place]].sum())
    nobody = Ends(safe_already, people, idle, floor)
    if people <= safe_already and floor >= idle:
        return nobody
    plan = achieved(network, least, tries=TRIES)
    if plan is None:
        return nobody
    return nobody.tightened(Ends(plan.people_safe, people, plan.danger_hours, floor))


def _length(network: Network, *, fine: bool) -> int:
    """Days, or the middle one of the lengths that the planner itself would begin with."""
    found = levels(network)
    days = bucket_minutes(network)
    return min(days, found[len(found) // 2]) if fine else days


def _carried(dates: list[Date]) -> tuple[Date, ...]:
    """Ceilings carried to later dates, what is held to earlier ones."""
    ahead = list(itertools.accumulate((date.ends for date in dates), _with_ceiling))
    back = list(itertools.accumulate(reversed(ahead), _with_held))[::-1]
    return tuple(Date(date.minute, ends) for date, ends in zip(dates, back, strict=True))


def _with_ceiling(before: Ends, now: Ends) -> Ends:
    return replace(
        now,
        people_ceiling=min(before.people_ceiling, now.people_ceiling),
        danger_floor=max(before.danger_floor, now.danger_floor),
    )


def _with_held(after: Ends, now: Ends) -> Ends:
    return replace(
        now,
        people_held=max(after.people_held, now.people_held),
        danger_held=min(after.danger_held, now.danger_held),
    )


def _no_return(scenario: Scenario, total: int, dates: tuple[Date, ...], pool: Executor) -> NoReturn:
    """Between which dates the point of no return lies, to the hour where the proof allows."""
    all_safe = [date.minute for date in dates if date.ends.people_held >= total]
    too_late = [date.minute for date in dates if not _may_all_be_safe(date.ends, total)]
    until = max(all_safe, default=None)
    proved = min(too_late, default=None)
    if proved is None:
        return NoReturn(until, None)
    possible = max((date.minute for date in dates if date.minute < proved), default=None)
    if possible is not None:
        proved = _first_too_late(scenario, total, possible, proved, pool)
    return NoReturn(until, proved)


def _may_all_be_safe(ends: Ends, total: int) -> bool:
    return ends.people_ceiling >= total - 1e-6


def _first_too_late(
    scenario: Scenario, total: int, possible: int, proved: int, pool: Executor
) -> int:
    """Bisection, to the hour or the minute in a short operation, over dates."""
    step = 60 if scenario.deadline >= 60 * DATES else 1
    while proved - possible > step:
        middle = (possible + proved) // 2
        middle -= middle % step if middle - middle % step > possible else 0
        if pool.submit(_ceiling_at, scenario, middle).result() < total - 1e-6:
            proved = middle
        else:
            possible = middle
    return proved


def _ceiling_at(scenario: Scenario, minute: int) -> float:
    waiting = delayed(scenario, minute)
    network = build(waiting, people_of(waiting))
    return prove(network, _length(network, fine=True), Aim.PEOPLE).value
