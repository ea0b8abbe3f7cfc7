"""The study of asks: everything that could be asked for, each with its worth, and the first ten.

    with executor(workers) as pool:
        study = study_asks(scenario, plan, pool)

Every ask is relaxed again at a coarse bucket length; those to ask for first are proved again at a
fine one, alone and together with all before them, and together they are planned.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace

from wayout.contingency.achieving import achieved
from wayout.contingency.asks.amounts import Amounts
from wayout.contingency.asks.answers import Answer, AskStudy, Step
from wayout.contingency.asks.ask import Ask
from wayout.contingency.asks.listing import asks_of
from wayout.contingency.asks.ordering import NOTHING, Choice, in_order, key_of
from wayout.contingency.asks.worth import (
    Ends,
    Interval,
    Lengths,
    Relaxed,
    network_with,
    priced,
    relaxed,
    worth_danger,
    worth_people,
)
from wayout.contingency.bounding import bucket_minutes
from wayout.contingency.judging import accepted
from wayout.errors import SolverError
from wayout.network.model import Network
from wayout.optimize.bound import prove
from wayout.optimize.guide import levels
from wayout.optimize.proof import check as check_certificate
from wayout.optimize.relax.build import Aim, danger_if_nobody_moves
from wayout.plan.model import Plan
from wayout.scenario.model import Scenario
from wayout.scenario.policy import Objective

FIRST = 10
"""How many asks are put in order."""

MOST = 200
"""How many asks are relaxed again; of more, those with the highest price."""

BASE_TRIES, PREFIX_TRIES = 8, 2
"""Dispatches for a base without a plan, and for each beginning of the order."""

PLANNED = 10
"""How many single asks are planned too."""

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class _Study:
    """What every step of the study needs."""

    scenario: Scenario
    pool: Executor
    plan: Plan
    base: Ends
    coarse: Lengths
    fine: Lengths

    @property
    def all_safe(self) -> bool:
        return self.plan.people_safe == self.plan.people_total

    def ends(self, figures: Relaxed) -> Ends:
        """What a relaxation says, where the plan in hand is a plan still."""
        plan = self.plan
        return Ends(plan.people_safe, figures.people, plan.danger_hours, figures.danger)

    def relax(self, sets: Sequence[tuple[Ask, ...]], lengths: Lengths) -> list[Relaxed]:
        """Figures of several sets of asks, side by side, in their order."""
        tasks = [
            self.pool.submit(relaxed, self.scenario, asks, lengths, all_safe=self.all_safe)
            for asks in sets
        ]
        return [task.result() for task in tasks]


def study_asks(
    scenario: Scenario,
    plan: Plan | None,
    pool: Executor,
    *,
    amounts: Amounts | None = None,
    first: int = FIRST,
    most: int = MOST,
    tell: Tell = lambda _: None,
) -> AskStudy:
    """Work out what each ask is worth, and the order in which to ask.

    ``plan`` is a judged plan of ``scenario``; without one, a quick one is made.

    Raises
    ------
    SolverError
        If no plan of the scenario is accepted.
    """
    network = network_with(scenario, ())
    held = plan or achieved(network, tries=BASE_TRIES)
    if held is None:
        raise SolverError("no plan of the scenario was accepted, so nothing can be measured")
    study = _Study(scenario, pool, held, _base_ends(scenario, held), *_lengths(network))
    tell("pricing what could be asked for")
    asks = asks_of(scenario, amounts)
    chosen, prices = _worth_relaxing(study, network, asks, most)
    tell(f"relaxing the operation with each of {len(chosen)} asks")
    before, *alone = study.relax([(), *((ask,) for ask in chosen)], study.coarse)
    tell("putting them in order")
    choices = tuple(
        in_order(
            chosen,
            before,
            alone,
            lambda sets: study.relax(sets, study.coarse),
            scenario.policy.objective,
            first,
        )
    )
    tell("proving and planning the first of them")
    others = _worth_planning(chosen, before, alone)
    proved = _prove_first(study, tuple(choice.ask for choice in choices), others)
    base = study.base.tightened(study.ends(before)).tightened(study.ends(proved.base))
    study = replace(study, base=base)
    screened = dict(zip((ask.name for ask in chosen), alone, strict=True))
    answers = [_verified(study, ask, (before, screened[ask.name]), proved) for ask in chosen]
    answers += [_unverified(study, ask, before, prices) for ask in asks if ask not in chosen]
    return AskStudy(
        people_total=held.people_total,
        base=base,
        answers=_ranked(scenario.policy.objective, answers),
        first=_steps(study, choices, proved),
        length=study.coarse.danger,
    )


def _lengths(network: Network) -> tuple[Lengths, Lengths]:
    """Lengths for every ask, and finer ones for the first of them."""
    found, days = levels(network), bucket_minutes(network)
    coarse = Lengths(found[0], max(days, found[0]))
    return coarse, Lengths(found[len(found) // 2], found[0])


def _base_ends(scenario: Scenario, plan: Plan) -> Ends:
    """What a plan and its own certificate say; a certificate that does not hold says nothing."""
    trusted = bool(plan.bound.certificate) and not check_certificate(scenario, plan.bound)
    people = plan.bound.people_safe if trusted else float(plan.people_total)
    danger = plan.bound.danger_hours if trusted else 0.0
    return Ends(plan.people_safe, people, plan.danger_hours, danger)


def _worth_relaxing(
    study: _Study, network: Network, asks: tuple[Ask, ...], most: int
) -> tuple[tuple[Ask, ...], dict[str, float | None]]:
    """The asks to relax again, and what prices say of each where there are too many of them."""
    if len(asks) <= most:
        return asks, {}
    least = prove(network, study.coarse.danger, Aim.DANGER)
    tasks = [study.pool.submit(priced, study.scenario, ask, least) for ask in asks]
    prices = {ask.name: task.result() for ask, task in zip(asks, tasks, strict=True)}
    order = sorted(asks, key=lambda ask: (_or_least(prices[ask.name]), ask.name))[:most]
    names = {ask.name for ask in order}
    return tuple(ask for ask in asks if ask.name in names), prices


def _or_least(floor: float | None) -> float:
    """What has no price comes before everything that has one."""
    return -1.0 if floor is None else floor


@dataclass(frozen=True, slots=True)
class _Proved:
    """Fine figures of the base, of single asks by name, and of each prefix of the order.

    ``held`` are the people and danger-hours of a plan with each prefix granted, ``held_alone`` with
    single asks: those worth most, and those that do more than add.
    """

    base: Relaxed
    alone: dict[str, Relaxed]
    together: list[Relaxed]
    held: list[tuple[float, float]]
    held_alone: dict[str, tuple[float, float]]


def _worth_planning(
    chosen: tuple[Ask, ...], before: Relaxed, alone: list[Relaxed]
) -> tuple[Ask, ...]:
    """The asks that seem worth most, and those under which the plan in hand may not hold."""
    gains = {
        ask.name: before.danger - figures.danger for ask, figures in zip(chosen, alone, strict=True)
    }
    most = sorted(chosen, key=lambda ask: (-gains[ask.name], ask.name))[:PLANNED]
    names = {ask.name for ask in most if gains[ask.name] > NOTHING * max(1.0, before.danger)}
    return tuple(ask for ask in chosen if ask.name in names or not ask.only_adds)


def _prove_first(study: _Study, ordered: tuple[Ask, ...], others: tuple[Ask, ...]) -> _Proved:
    prefixes = [ordered[: number + 1] for number in range(len(ordered))]
    singles = list({ask.name: ask for ask in ordered}.values())
    wanted = [*prefixes, *((ask,) for ask in others)]
    plans = [study.pool.submit(_planned, study.scenario, asks, study.plan) for asks in wanted]
    base, *fine = study.relax([(), *((ask,) for ask in singles), *prefixes], study.fine)
    alone = {ask.name: figures for ask, figures in zip(singles, fine, strict=False)}
    held = [plan.result() for plan in plans]
    held_alone = {ask.name: plan for ask, plan in zip(others, held[len(prefixes) :], strict=True)}
    return _Proved(base, alone, fine[len(singles) :], held[: len(prefixes)], held_alone)


def _planned(scenario: Scenario, asks: tuple[Ask, ...], plan: Plan) -> tuple[float, float]:
    """People and danger-hours that are held with the asks granted: by the plan, or a new one."""
    network = network_with(scenario, asks)
    plans = [accepted(network, plan), achieved(network, tries=PREFIX_TRIES)]
    held = [made for made in plans if made is not None]
    if not held:
        return 0.0, float(danger_if_nobody_moves(network).sum())
    return max(made.people_safe for made in held), min(made.danger_hours for made in held)


def _verified(
    study: _Study, ask: Ask, screened: tuple[Relaxed, Relaxed], proved: _Proved
) -> Answer:
    """The worth of an ask that was relaxed again; its lower end is the plan in hand."""
    before, after = screened
    ends = study.ends(after)
    if ask.name in proved.alone:
        ends = ends.tightened(study.ends(proved.alone[ask.name]))
        before, after = proved.base, proved.alone[ask.name]
    if ask.name in proved.held_alone:
        people, danger = proved.held_alone[ask.name]
        held = replace(ends, people_held=people, danger_held=danger)
        ends = ends.tightened(held) if ask.only_adds else held
    more, less = after.people - before.people, before.danger - after.danger
    people_worth, danger_worth = _worth(study.base, ends, more, less, only_adds=ask.only_adds)
    return Answer(ask, people_worth, danger_worth, verified=True)


def _worth(
    before: Ends, after: Ends, people: float, danger: float, *, only_adds: bool
) -> tuple[Interval, Interval]:
    return (
        worth_people(before, after, max(0.0, people), only_adds=only_adds),
        worth_danger(before, after, max(0.0, danger), only_adds=only_adds),
    )


def _unverified(
    study: _Study, ask: Ask, before: Relaxed, prices: dict[str, float | None]
) -> Answer:
    """What a price says: more than ``most`` asks had one that was higher."""
    floor = prices[ask.name] or 0.0
    everybody = float(study.plan.people_total)
    ends = study.ends(Relaxed(everybody, floor))
    people = worth_people(study.base, ends, None, only_adds=ask.only_adds)
    price = max(0.0, before.danger - floor)
    danger = worth_danger(study.base, ends, price, only_adds=ask.only_adds)
    return Answer(ask, people, danger, verified=False)


def _ranked(objective: Objective, answers: list[Answer]) -> tuple[Answer, ...]:
    """The most valuable by estimate first; a price alone comes after what was verified."""

    def rank(answer: Answer) -> tuple[bool, float, float, str]:
        people, danger = answer.people.estimate or 0.0, answer.danger.estimate or 0.0
        first, second = key_of(objective, people, danger)
        return (not answer.verified, -first, -second, answer.ask.name)

    return tuple(sorted(answers, key=rank))


def _steps(study: _Study, choices: tuple[Choice, ...], proved: _Proved) -> tuple[Step, ...]:
    """The order, with what all asks up to each are worth together."""
    steps: list[Step] = []
    people, danger, only_adds = study.base.people_held, study.base.danger_held, True
    for choice, figures, held in zip(choices, proved.together, proved.held, strict=True):
        only_adds = only_adds and choice.ask.only_adds
        # What is held with fewer asks is held with more of them, as long as they only add.
        people = max(people, held[0]) if only_adds else held[0]
        danger = min(danger, held[1]) if only_adds else held[1]
        together = _worth(
            study.base,
            Ends(people, figures.people, danger, figures.danger),
            figures.people - proved.base.people,
            proved.base.danger - figures.danger,
            only_adds=only_adds,
        )
        steps.append(Step(choice.ask, choice.people, choice.danger, *together))
    return tuple(steps)
