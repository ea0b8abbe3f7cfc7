"""Search over what the dispatcher follows: each round tries a few guides, the best is kept.

A round is the same work whatever the machine: its guides depend only on the seed, the round's
number and the best guide so far, so that a plan made with a budget of rounds is reproducible.
"""

import math
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from wayout.network.model import Network
from wayout.network.pooling import counterparts
from wayout.network.timeline import Int, Real
from wayout.optimize.bound import Proved, departures, leaving, penalties, shares
from wayout.optimize.dispatch.opening import opened
from wayout.optimize.dispatch.overfull import within_beds
from wayout.optimize.dispatch.run import dispatch
from wayout.optimize.dispatch.state import Guide, new_state
from wayout.optimize.dispatch.tables import Tables
from wayout.optimize.dispatch.timetable import (
    Timetable,
    call_nobody_in_vain,
    may_stay,
    timetable_of,
)
from wayout.optimize.duties.book import has_room
from wayout.optimize.duties.mending import mended, rounds_of
from wayout.optimize.duties.prices import Prices
from wayout.optimize.evaluate import Worth, worth_of
from wayout.optimize.guide import is_coarse
from wayout.optimize.knobs import Knobs, plain, vary
from wayout.optimize.portfolio import AT_HAND, Kind, Manner, kinds_of
from wayout.optimize.progress import StopAsked
from wayout.scenario.policy import Objective

WORKERS = 2
LOOK = 5
"""Most minutes between two looks of the dispatcher."""

MOST_LOOKS = 50_000_000
"""Legs times minutes above which the dispatcher does not look at everything at every minute."""

RETRY = 40
"""Minutes after which a departure of a large operation is tried again at the latest."""

ROUND = 4
"""Guides tried per round."""

WHOLE = 0.4
"""Share of the attempts that begin the operation anew."""

TO_THE_END = 0.5
"""Share of the others whose change lasts to the end."""


@dataclass(frozen=True, slots=True, eq=False)
class Targets:
    """Departures that one relaxation makes, by leg and summed by fleet and place."""

    length: int
    target: Real
    group_target: Real
    penalty: Real
    share: Real
    leaving: Real
    world: Tables


@dataclass(frozen=True, slots=True, eq=False)
class Phase:
    """What the dispatcher follows from a tick on."""

    begins: int
    knobs: Knobs


@dataclass(frozen=True, slots=True, eq=False)
class Attempt:
    """A dispatch to run: its phases, of which those up to ``begins`` have happened as ``past``."""

    phases: tuple[Phase, ...]
    begins: int = 0
    past: Timetable | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """A dispatch that was run: its phases, all it did, what of it is not in vain, its worth."""

    phases: tuple[Phase, ...]
    whole: Timetable
    timetable: Timetable
    worth: Worth


@dataclass(frozen=True, slots=True, eq=False)
class Mending:
    """A trial whose vehicles' duties are to be searched: so many rounds, own random numbers."""

    trial: Trial
    seed: int
    rounds: int


def step_of(network: Network) -> int:
    """Minutes between two looks of the dispatcher: at most LOOK, and back to back fits on spots.

    In a large operation back to back may lose the minutes of a look.
    """
    if _is_large(network):
        return math.gcd(network.timeline.slot, LOOK)
    common = math.gcd(network.timeline.slot, *(leg.ground for leg in network.legs))
    return max(step for step in range(1, LOOK + 1) if common % step == 0)


def retry_of(network: Network) -> int:
    """Longest rest of a departure that is tried in vain; none where looking always is cheap."""
    return RETRY if _is_large(network) else 0


def _is_large(network: Network) -> bool:
    return len(network.legs) * network.horizon > MOST_LOOKS


def groups_of(network: Network) -> Int:
    """One number for all legs of a fleet from one place."""
    numbers: dict[tuple[int, int], int] = {}
    keys = [(leg.fleet, leg.origin) for leg in network.legs]
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.int64)


def _legs_of(network: Network, relaxed: Network) -> tuple[Int, Real]:
    """Where each leg is in the network that was relaxed, and its part of what is there."""
    if relaxed.pooled:
        return counterparts(network, relaxed)
    return np.arange(len(network.legs)), np.ones(len(network.legs))


def targets_of(network: Network, proved: Proved, group: Int, world: Tables) -> Targets:
    """What a solution of the relaxation makes, what its prices refuse, and the world it is for."""
    pool = proved.relaxation.columns.network
    row, part = _legs_of(network, pool)
    target = departures(pool, proved)[row] * part[:, None]
    together = np.zeros((int(group.max(initial=0)) + 1, target.shape[1]))
    np.add.at(together, group, target)
    return Targets(
        proved.relaxation.grid.length,
        target,
        together,
        penalties(pool, proved)[row],
        shares(pool, proved)[row],
        leaving(pool, proved),
        world,
    )


class Search:
    """Runs dispatches for one network; ``sources`` may grow while it runs.

    What departs before ``begins`` is ``decided``; ``not_before`` has the tick at which each vehicle
    can leave at the earliest, where that is not ``begins`` for all. A search over duties ends early
    where ``stop_asked``.
    """

    def __init__(self, network: Network, world: Tables, seed: int, step: int) -> None:
        self.network, self.world, self.seed, self.step = network, world, seed, step
        self.aimed_at = network.horizon
        self.retry = retry_of(network)
        self.group = groups_of(network)
        self.sources: list[Targets] = []
        self.prices: Prices | None = None
        self.decided: Timetable | None = None
        self.begins = 0
        self.not_before: Int | None = None
        self.stop_asked: StopAsked = lambda: False

    def guide(self, knobs: Knobs) -> Guide:
        """What the dispatcher is told."""
        targets = self.sources[knobs.source]
        return Guide(
            length=targets.length,
            target=targets.target,
            group=self.group,
            group_target=targets.group_target,
            bias=knobs.bias,
            penalty=targets.penalty,
            share=targets.share,
            leaving=targets.leaving,
            stray=float(knobs.stray),
            weights=np.array([knobs.own, knobs.together, knobs.dear]),
            slack_own=float(knobs.slack_own),
            slack_group=float(knobs.slack_group),
            slack_onward=float(knobs.slack_onward),
            spare=int(knobs.spare),
            refuse=float(knobs.refuse),
            catch_up=float(knobs.catch_up),
            late=float(knobs.late),
            fill=float(knobs.fill),
            patience=int(knobs.patience),
            early=int(knobs.early),
            idle=float(knobs.idle),
            stock_slots=int(knobs.stock_slots),
            loaded=float(knobs.loaded),
            beds_for=int(knobs.beds_for),
            ease=knobs.ease,
            march=int(knobs.march),
            turns=bool(knobs.turns),
            rest=float(knobs.rest),
            step=self.step,
            retry=self.retry,
            ahead=int(knobs.ahead),
        )

    def run(self, attempt: Attempt | Mending) -> Trial:
        """One dispatch, or one search over duties."""
        return self._mended(attempt) if isinstance(attempt, Mending) else self._dispatched(attempt)

    def _mended(self, mending: Mending) -> Trial:
        """The trial with other duties of some vehicles; no worse than it was."""
        if self.prices is None:
            return mending.trial
        whole = mended(
            self.network,
            self.world,
            mending.trial.timetable,
            self.prices,
            mending.seed,
            self.step,
            self.begins,
            mending.rounds,
            self.stop_asked,
        )
        found = self.trial_of(mending.trial.phases, whole)
        objective = self.network.scenario.policy.objective
        return min((found, mending.trial), key=lambda trial: trial.worth.energy(objective))

    def can_mend(self, trial: Trial) -> bool:
        """Whether duties are searched: they have a price, it is no giant, vehicles are free.

        Not where some vehicles may leave later than others.
        """
        return (
            self.prices is not None
            and self.not_before is None
            and rounds_of(self.network, self.step) > 0
            and has_room(trial.timetable)
        )

    def mendings(self, best: Trial, round_number: int, seconds: float = 1.0) -> list[Mending]:
        """One for each worker, of so many seconds of an ordinary machine.

        The same for the same seed, round and seconds.
        """
        rng = np.random.default_rng([self.seed, round_number])
        rounds = math.ceil(seconds * rounds_of(self.network, self.step))
        return [Mending(best, int(seed), rounds) for seed in rng.integers(1, 1 << 40, WORKERS)]

    def _dispatched(self, attempt: Attempt) -> Trial:
        phases, begins = attempt.phases, attempt.begins
        world, guide = self.sources[phases[0].knobs.source].world, self.guide(phases[0].knobs)
        if attempt.past is None:
            state = new_state(world, guide)
        else:
            earliest = self.begins if self.not_before is None else self.not_before
            state = opened(world, guide, attempt.past.before(begins), begins, earliest)
        ends = [phase.begins for phase in phases[1:]] + [self.network.horizon + 1]
        for phase, until in zip(phases, ends, strict=True):
            if until > begins:
                world = self.sources[phase.knobs.source].world
                dispatch(world, state, self.guide(phase.knobs), begins, until)
                begins = until
        whole = timetable_of(self.network, state)
        return self.trial_of(phases, whole)

    def trial_of(self, phases: tuple[Phase, ...], whole: Timetable) -> Trial:
        """Value a timetable without those who would be called forward in vain, or as it is.

        As it is where the way itself is worth it, because danger is less there than at home.
        """
        objective = self.network.scenario.policy.objective
        may = may_stay(self.network, whole, self.begins)
        fitting = within_beds(self.network, whole, may)
        kept = (call_nobody_in_vain(self.network, fitting, may), fitting)
        trials = [Trial(phases, whole, t, worth_of(self.network, t, self.aimed_at)) for t in kept]
        return min(trials, key=lambda trial: trial.worth.key(objective))

    def valued_again(self, trial: Trial) -> Trial:
        """A trial against the minute that is aimed at now."""
        return self.trial_of(trial.phases, trial.whole)

    def as_it_is(self, whole: Timetable) -> Trial:
        """A timetable made elsewhere, to be varied with plain knobs."""
        return self.trial_of((Phase(0, plain(self.network, 0)),), whole)

    def attempt(self, knobs: Knobs) -> Attempt:
        """The same knobs from where the decided part ends."""
        return Attempt((Phase(self.begins, knobs),), self.begins, self.decided)

    def _kinds(self, source: int) -> dict[Kind, Knobs]:
        return kinds_of(self.network, source, coarse=is_coarse(self.sources[source].length))

    def portfolio(self, source: int, manner: Manner = AT_HAND) -> list[Attempt]:
        """The guides of the portfolio from where the decided part ends."""
        return [
            self.attempt(
                replace(knobs, ahead=manner.ahead, patience=max(knobs.patience, manner.patience))
            )
            for knobs in self._kinds(source).values()
        ]

    def of_kind(self, source: int, kind: Kind) -> Attempt:
        """One guide of the portfolio; of a coarse source, which has few, the first instead."""
        kinds = self._kinds(source)
        return self.attempt(kinds.get(kind, next(iter(kinds.values()))))

    def variations(self, best: Trial, round_number: int) -> list[Attempt]:
        """Attempts near the best one; the same for the same seed and round."""
        rng = np.random.default_rng([self.seed, round_number])
        return [self._variation(best, rng) for _ in range(ROUND)]

    def _variation(self, best: Trial, rng: np.random.Generator) -> Attempt:
        """Other knobs throughout, or from a tick on, or between two ticks; before it, as it was."""
        horizon, phases = max(self._horizon(best), self.begins), best.phases
        if rng.random() < WHOLE:
            phase = phases[int(rng.integers(len(phases)))]
            return self.attempt(vary(phase.knobs, rng, len(self.sources)))
        begins, ends = sorted(int(tick) for tick in rng.integers(self.begins, horizon + 1, 2))
        if rng.random() < TO_THE_END:
            ends = horizon + 1
        knobs = _at(phases, begins).knobs
        changed = Phase(begins, vary(knobs, rng, len(self.sources)))
        before = [phase for phase in phases if phase.begins < begins]
        after = [replace(_at(phases, ends), begins=ends)] if ends <= horizon else []
        after += [phase for phase in phases if phase.begins > ends]
        return Attempt((*before, changed, *after), begins, best.whole)

    def _horizon(self, best: Trial) -> int:
        """After which tick nothing is worth another try: of the fastest clearance, its end."""
        if self.network.scenario.policy.objective is not Objective.CLEAR_FAST:
            return self.network.horizon
        return max(1, min(self.network.horizon, best.worth.last_arrival))

    def trials(
        self, attempts: Sequence[Attempt | Mending], pool: ThreadPoolExecutor
    ) -> Iterator[Trial]:
        """Run attempts side by side; results come in their order."""
        yield from pool.map(self.run, attempts)


def _at(phases: tuple[Phase, ...], tick: int) -> Phase:
    """The phase that a tick is in."""
    return [phase for phase in phases if phase.begins <= tick][-1]
