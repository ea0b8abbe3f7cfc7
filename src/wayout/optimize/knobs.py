"""What the search turns: a point of it, and points near one."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from wayout.network.model import Network
from wayout.network.timeline import Real
from wayout.optimize.dispatch.slack import BEYOND

BEDS_FOR = (0, 360, 1440, 4320, BEYOND)
"""Minutes for which a place on the way must have a bed for who comes: some choices."""

MARCH = (0, 120, 720, 2880, BEYOND)
"""Minutes by which people may be ahead of the relaxation: some choices."""

NEVER_AHEAD = 1 << 28
"""Minutes that no way takes."""

AHEAD = (NEVER_AHEAD, 0, 120, 240, 360, 720)
"""From how many minutes away on vehicles are sent ahead."""


@dataclass(frozen=True, slots=True, eq=False)
class Knobs:
    """A point of the search; ``source`` says whose targets are followed."""

    source: int
    bias: Real
    ease: Real
    own: float = 2.0
    together: float = 1.0
    slack_own: float = 5.0
    slack_group: float = 2.0
    slack_onward: float = 0.25
    dear: float = 20.0
    refuse: float = 0.02
    catch_up: float = 5.0
    spare: int = 0
    late: float = 0.08
    fill: float = 0.9
    patience: int = 360
    early: int = 45
    idle: float = 0.7
    stray: float = 0.02
    stock_slots: int = 3
    loaded: float = 1.0
    beds_for: int = 1440
    march: int = BEYOND
    turns: bool = False
    rest: float = 0.6
    ahead: int = NEVER_AHEAD


def plain(network: Network, source: int) -> Knobs:
    """The relaxation as tie-break and cap, and no bed counted on before it is free."""
    return Knobs(source, np.zeros(len(network.legs)), np.zeros(network.num_places))


def _vary_bias(bias: Real, rng: np.random.Generator) -> Real:
    changed = bias.copy()
    share = rng.choice([0.05, 0.15, 0.4])
    mask = rng.random(len(bias)) < share
    changed[mask] += rng.normal(0.0, rng.choice([0.5, 2.0, 6.0]), int(mask.sum()))
    return changed


def _vary_ease(ease: Real, rng: np.random.Generator) -> Real:
    changed = ease.copy()
    mask = rng.random(len(ease)) < rng.choice([0.1, 0.4, 1.0])
    changed[mask] = rng.choice([0.0, 0.5, 0.8, 1.0, 1.2])
    return changed


def vary(best: Knobs, rng: np.random.Generator, sources: int) -> Knobs:
    """Change one to three things at random."""
    spread = float(rng.choice([1.1, 1.5, 3.0]))

    def scaled(value: float, least: float, most: float) -> float:
        return float(np.clip(value * spread ** rng.uniform(-1.0, 1.0), least, most))

    changes: dict[str, Callable[[], dict[str, object]]] = {
        "bias": lambda: {"bias": _vary_bias(best.bias, rng)},
        "bias again": lambda: {"bias": _vary_bias(best.bias, rng)},
        "source": lambda: {"source": int(rng.integers(sources))},
        "own": lambda: {"own": scaled(best.own + 0.01, 0.0, 20.0)},
        "together": lambda: {"together": scaled(best.together + 0.01, 0.0, 20.0)},
        "slack_own": lambda: {"slack_own": scaled(min(best.slack_own, 200.0), 0.05, 1e4)},
        "slack_group": lambda: {"slack_group": scaled(min(best.slack_group, 200.0), 0.05, 1e4)},
        "slack_onward": lambda: {"slack_onward": scaled(min(best.slack_onward, 200.0), 0.05, 1e4)},
        "dear": lambda: {"dear": scaled(best.dear + 0.01, 0.0, 1e4)},
        "refuse": lambda: {"refuse": scaled(min(best.refuse, 1.0) + 1e-4, 0.0, 1e3)},
        "catch_up": lambda: {"catch_up": scaled(min(best.catch_up, 200.0), 0.1, 1e4)},
        "spare": lambda: {"spare": int(rng.integers(0, 4))},
        "late": lambda: {"late": scaled(best.late + 0.01, 0.0, 20.0)},
        "fill": lambda: {"fill": float(np.clip(best.fill + rng.normal(0.0, 0.15), 0.05, 1.0))},
        "patience": lambda: {"patience": int(scaled(best.patience, 10.0, 3000.0))},
        "idle": lambda: {"idle": scaled(best.idle + 0.01, 0.0, 20.0)},
        "early": lambda: {"early": int(scaled(best.early + 1, 1.0, 720.0))},
        "stray": lambda: {"stray": scaled(min(best.stray, 0.5) + 0.002, 0.0, 1.0)},
        "loaded": lambda: {"loaded": float(rng.choice([0.5, 0.6, 0.75, 1.0]))},
        "ease": lambda: {"ease": _vary_ease(best.ease, rng)},
        "rest": lambda: {"rest": float(rng.choice([0.1, 0.3, 0.5, 0.7, 1.0]))},
        "turns": lambda: {"turns": not best.turns},
        "march": lambda: {"march": int(rng.choice(MARCH))},
        "beds_for": lambda: {"beds_for": int(rng.choice(BEDS_FOR))},
        "stock_slots": lambda: {
            "stock_slots": max(1, int(scaled(best.stock_slots + 0.5, 1.0, 200.0)))
        },
        "ahead": lambda: {"ahead": int(rng.choice(AHEAD))},
    }
    chosen = rng.choice(sorted(changes), size=int(rng.integers(1, 4)), replace=False)
    merged: dict[str, object] = {}
    for name in chosen:
        merged |= changes[str(name)]()
    return replace(best, **merged)  # type: ignore[arg-type]  # values match the fields by name
