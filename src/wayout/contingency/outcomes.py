"""What becomes of an operation under each loss: intervals, who is left out, what changes."""

from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from wayout.contingency.variants import Loss
from wayout.network.timeline import Mask
from wayout.plan.feasible.replay import Replay
from wayout.plan.feasible.safety import NEVER, outcome_of
from wayout.plan.model import Plan
from wayout.scenario.model import Scenario
from wayout.scenario.people import People

INFINITE = float("inf")


@dataclass(frozen=True, slots=True)
class Ends:
    """What is known of people safe and of danger-hours: what is held, and what is proved."""

    people_low: float = 0.0
    people_high: float = INFINITE
    danger_low: float = 0.0
    danger_high: float = INFINITE

    def tightened(self, other: "Ends") -> "Ends":
        """What is known by both."""
        return Ends(
            max(self.people_low, other.people_low),
            min(self.people_high, other.people_high),
            max(self.danger_low, other.danger_low),
            min(self.danger_high, other.danger_high),
        )


@dataclass(frozen=True, slots=True)
class Steps:
    """How a repaired plan differs from the base: movements kept, cancelled and added."""

    kept: int
    cancelled: int
    added: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """One loss: people safe and danger-hours, each between what is achieved and what is proved.

    ``people_low`` and ``danger_high`` are those of a plan that the judge accepts; no plan has more
    people safe than ``people_high`` or fewer danger-hours than ``danger_low``. ``lost_by_…`` count
    the people whom the base plan brings to safety and the repaired plan does not, net, by priority
    and by first place. ``achieved`` says how the plan was made. ``seconds`` are of processor time.
    """

    loss: str
    kind: str
    what: str
    words: str
    from_minute: int
    people_low: int
    people_high: float
    danger_low: float
    danger_high: float
    lost_by_priority: dict[str, int]
    lost_by_place: dict[str, int]
    achieved: str
    steps: Steps
    seconds: float

    @property
    def ends(self) -> Ends:
        """Its two intervals."""
        return Ends(self.people_low, self.people_high, self.danger_low, self.danger_high)


@dataclass(frozen=True, slots=True)
class Figures:
    """The base plan: what it achieves and what is proved about it."""

    people_total: int
    people_low: int
    people_high: float
    danger_low: float
    danger_high: float

    @property
    def gap(self) -> float:
        """People between the plan and its bound."""
        return self.people_high - self.people_low


@dataclass(frozen=True, slots=True)
class WorstPair:
    """The worst double loss and what is certified of every other pair.

    No pair leaves the best plan fewer than ``floor_people`` people safe: for each pair a plan that
    the judge accepts has at least as many. The pair named leaves at most ``people_high``.
    ``num_covered`` pairs are no worse than one that was looked at, because they lose less.
    """

    losses: tuple[str, str]
    words: str
    people_low: int
    people_high: float
    floor_people: int
    floor_losses: tuple[str, str]
    num_pairs: int
    num_covered: int
    num_bounded: int
    complete: bool
    seconds: float


@dataclass(frozen=True, slots=True)
class Study:
    """Every loss, the worst first, and the worst pair where it was asked for."""

    scenario: str
    decided: int
    base: Figures
    losses: tuple[Outcome, ...]
    worst_pair: WorstPair | None = None
    sampled: tuple[Outcome, ...] = field(default=())


def safe_of(scenario: Scenario, plan: Plan, people: People) -> Mask:
    """Which parties a plan brings to safety in time."""
    mask: Mask = outcome_of(Replay(scenario, plan, people)).safe_from < NEVER
    return mask


def left_out(people: People, before: Mask, after: Mask, keys: Any, names: list[str]) -> Any:
    """People safe before and not after, net, by a key of each party; only where it differs."""
    change = people.size * (before.astype(np.int64) - after.astype(np.int64))
    totals = np.bincount(keys, weights=change, minlength=len(names)).astype(np.int64)
    return {name: int(num) for name, num in zip(names, totals, strict=True) if num}


def steps_between(base: Plan, repaired: Plan) -> Steps:
    """Movements with the same vehicle, link, direction and departure are the same movement."""
    old = {(m.vehicle, m.link, m.origin, m.depart) for m in base.movements}
    new = {(m.vehicle, m.link, m.origin, m.depart) for m in repaired.movements}
    return Steps(len(old & new), len(old - new), len(new - old))


def object_of(study: Study) -> dict[str, Any]:
    """The study as plain values for JSON."""
    return asdict(study)


def study_of(value: dict[str, Any]) -> Study:
    """The study that ``object_of`` made plain."""
    pair = value["worst_pair"]
    if pair is not None:
        names = {"losses": tuple(pair["losses"]), "floor_losses": tuple(pair["floor_losses"])}
        pair = WorstPair(**{**pair, **names})
    return Study(
        scenario=value["scenario"],
        decided=value["decided"],
        base=Figures(**value["base"]),
        losses=tuple(_outcome(row) for row in value["losses"]),
        worst_pair=pair,
        sampled=tuple(_outcome(row) for row in value["sampled"]),
    )


def _outcome(row: dict[str, Any]) -> Outcome:
    return Outcome(**{**row, "steps": Steps(**row["steps"])})


def named(loss: Loss) -> dict[str, Any]:
    """The fields of an outcome that say which loss it is."""
    return {
        "loss": loss.name,
        "kind": str(loss.kind),
        "what": loss.what,
        "words": loss.words,
        "from_minute": loss.from_minute,
    }
