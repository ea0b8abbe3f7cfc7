"""One loss under study: an interval for people and one for danger, each with its two ends.

What is left of the base plan is always tried. A ceiling of the whole scenario holds for every
variant that only takes away, so that the tighter of the two counts. (A berth that is shut lets what
stands on it stay on all its spots, rule V6: where that is more than its windows leave, the
variant's own ceiling alone counts.)
"""

import time
from dataclasses import dataclass, field

from wayout.contingency.achieving import Dispatcher, Start
from wayout.contingency.base import Base
from wayout.contingency.bounding import Decided, bucket_minutes, proved
from wayout.contingency.effort import FAR, LITTLE, MUCH, Effort, Try
from wayout.contingency.judging import better, idle_plan, judged
from wayout.contingency.outcomes import (
    INFINITE,
    Ends,
    Outcome,
    Steps,
    left_out,
    named,
    safe_of,
    steps_between,
)
from wayout.contingency.surviving import plan_left, struck, survivors
from wayout.contingency.variants import Loss
from wayout.network.model import Network, build
from wayout.optimize.dispatch.timetable import timetable_of_plan
from wayout.optimize.relax.build import Aim
from wayout.plan.model import Plan
from wayout.scenario.model import Scenario

AS_PLANNED = "as planned"
LEFT = "without what is lost"
ANEW = "planned anew"
IDLE = "nobody moves"
NOTHING = "no accepted plan found"

LIKE_THE_BASE = 1.2
"""An interval this many times the base plan's own gap is narrow enough."""

LATE = 1 / 3
"""Share of the operation after which what the base plan did before is worth keeping."""


@dataclass(slots=True)
class _Case:
    """One loss: the best plan so far, the ceilings so far, and what makes more of both."""

    base: Base
    loss: Loss
    variant: Scenario
    network: Network
    past: Decided | None
    dispatcher: Dispatcher
    plan: Plan | None
    achieved: str
    known: Ends
    tried: list[Try] = field(default_factory=list)

    @property
    def decided(self) -> int:
        return 0 if self.past is None else self.past.minute

    def take(self, plan: Plan | None, achieved: str) -> None:
        """Keep a judged plan that is better than the best."""
        if plan is not None and better(plan, self.plan):
            self.plan, self.achieved = plan, achieved
            held = Ends(plan.people_safe, INFINITE, 0.0, plan.danger_hours)
            self.known = self.known.tightened(held)

    def width(self) -> float:
        """People between the two ends, as a share of everybody."""
        total = max(1, self.base.people.num_people)
        return (self.known.people_high - self.known.people_low) / total

    def people_open(self, effort: Effort) -> bool:
        """Whether the people's interval is wider than it should be."""
        narrow = max(effort.people, LIKE_THE_BASE * self.base.plan.gap_people * (effort.people > 0))
        return self.width() > narrow

    def danger_open(self, effort: Effort) -> bool:
        """Whether the danger's interval is wider than it should be."""
        given, known = self.base.plan, self.known
        reach = max(1.0, given.danger_hours_if_nobody_moves - known.danger_low)
        narrow = max(effort.danger, LIKE_THE_BASE * given.gap_danger * (effort.danger > 0))
        return (known.danger_high - known.danger_low) / reach > narrow

    def is_open(self, effort: Effort) -> bool:
        return self.people_open(effort) or self.danger_open(effort)

    def bound(self, length: int, effort: Effort) -> None:
        """Lower the ceilings that are open with relaxations at a bucket length."""
        if self.people_open(effort):
            safest = proved(self.network, length, Aim.PEOPLE, self.past)
            self.known = self.known.tightened(Ends(people_high=safest.value))
        if self.danger_open(effort):
            least = proved(self.network, length, Aim.DANGER, self.past)
            self.known = self.known.tightened(Ends(danger_low=least.value))

    def next_try(self) -> Try:
        """What is tried next; the last again where everything was tried."""
        order = MUCH if self.width() > FAR else LITTLE
        untried = [one for one in order if one not in self.tried]
        return (untried or self.tried[-1:])[0]

    def dispatch(self, attempt: Try) -> None:
        """One dispatch of the variant."""
        self.tried.append(attempt)
        start = None if attempt.anew else self._start()
        source = self.dispatcher.guided_by(bucket_minutes(self.network, attempt.length))
        trial = self.dispatcher.dispatched(source, attempt.kind, start)
        self.take(self.dispatcher.take([trial], start), ANEW)

    def _start(self) -> Start | None:
        """Going on from what the base plan does before the first movement that is lost.

        Those on the way who will lose a movement later are kept too. None where that is so early
        that it is better to plan anew.
        """
        base, decided = self.base, self.decided
        hit = struck(base, self.loss)
        later = base.depart[hit & (base.depart >= decided)]
        begins = int(later.min()) if len(later) else max(decided, self.loss.from_minute)
        if begins <= max(decided, LATE * self.network.horizon):
            return None
        whole = plan_left(base, self.variant, survivors(base, hit, begins))
        return Start(timetable_of_plan(self.network, whole).before(begins), begins)


def _case(base: Base, loss: Loss, decided: int) -> _Case:
    """Begin with what is left of the base plan."""
    variant = loss.apply(base.scenario)
    hit = struck(base, loss)
    left = plan_left(base, variant, survivors(base, hit, decided))
    network = build(variant, base.people)
    past = Decided(timetable_of_plan(network, left).before(decided), decided) if decided else None
    begin = Start() if past is None else Start(past.timetable, past.minute)
    case = _Case(
        base=base,
        loss=loss,
        variant=variant,
        network=network,
        past=past,
        dispatcher=Dispatcher(network, begin),
        plan=None,
        achieved=NOTHING,
        known=Ends(
            people_high=float(base.people.num_people),
            danger_high=base.plan.danger_hours_if_nobody_moves,
        ),
    )
    if (network.berth_spots <= base.network.berth_spots).all():
        bound = base.plan.bound
        ceiling = Ends(people_high=bound.people_safe, danger_low=bound.danger_hours)
        case.known = case.known.tightened(ceiling)
    filled, verdict = judged(variant, left, base.people)
    if verdict.accepted:
        case.take(filled, LEFT if hit.any() else AS_PLANNED)
    elif not decided:
        idle, verdict = judged(variant, idle_plan(variant, base.people), base.people)
        case.take(idle if verdict.accepted else None, IDLE)
    return case


def _worked(case: _Case, effort: Effort) -> None:
    """Dispatch and bound in turn until the interval is narrow or the effort is spent.

    A dispatch costs less than a fine ceiling, and a coarse ceiling less than a dispatch.
    """
    lengths = list(dict.fromkeys(bucket_minutes(case.network, n) for n in effort.lengths))
    _dispatched(case, effort, lengths)
    for length in lengths:
        if case.is_open(effort):
            case.bound(length, effort)
    if effort.thorough:
        source = case.dispatcher.guided_by(bucket_minutes(case.network))
        case.take(case.dispatcher.through_all(source), ANEW)
    if effort.thorough or case.people_open(effort):
        case.take(case.dispatcher.varied(effort.rounds), ANEW)


def _dispatched(case: _Case, effort: Effort, lengths: list[int]) -> None:
    """Tries until the interval is narrow; the coarsest ceiling comes after the first of them.

    That ceiling tells how wide the interval is, and with it which tries come next.
    """
    for _ in range(effort.made):
        case.tried.append(case.next_try())
    least = int(case.achieved in (IDLE, NOTHING))
    for number in range(max(effort.dispatches, least)):
        if not case.is_open(effort):
            return
        case.dispatch(case.next_try())
        if number == 0 and len(lengths) > 1 and case.people_open(effort):
            case.bound(lengths.pop(0), effort)


def examined(
    base: Base,
    loss: Loss,
    effort: Effort,
    decided: int = 0,
    known: Ends | None = None,
) -> tuple[Outcome, Plan]:
    """One loss from both sides, and the repaired plan (the idle one where none was found).

    ``known`` is what is known of the loss from elsewhere: nothing is done where that is narrow.
    The outcome tells its ceilings, not what another plan holds.
    """
    began = time.process_time()
    case = _case(base, loss, decided)
    if known is not None:
        case.known = case.known.tightened(known)
    if case.achieved != AS_PLANNED or decided:
        _worked(case, effort)
    plan = case.plan or idle_plan(case.variant, base.people)
    return _outcome(case, plan, time.process_time() - began), plan


def _outcome(case: _Case, plan: Plan, seconds: float) -> Outcome:
    base, people, found = case.base, case.base.people, case.plan is not None
    before = base.safe
    after = safe_of(case.variant, plan, people) if found else before & False
    places = [place.place for place in base.scenario.places]
    idle = base.plan.danger_hours_if_nobody_moves
    return Outcome(
        **named(case.loss),
        people_low=plan.people_safe if found else 0,
        people_high=max(case.known.people_high, float(plan.people_safe if found else 0)),
        danger_low=min(case.known.danger_low, plan.danger_hours if found else idle),
        danger_high=plan.danger_hours if found else idle,
        lost_by_priority=left_out(people, before, after, people.priority, [*people.priorities]),
        lost_by_place=left_out(people, before, after, people.place, places),
        achieved=case.achieved,
        steps=steps_between(base.plan, plan) if found else Steps(0, len(base.plan.movements), 0),
        seconds=seconds,
    )
