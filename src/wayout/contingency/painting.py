"""Windows from factors: what a target is worth at each minute, written as rows that never overlap.

    factors = factors_of(scenario, Target.PLACE, "abbey")
    factors[600:660] = 1.0
    scenario = repainted(scenario, Target.PLACE, "abbey", factors)

Unlike windows that are only appended, these can be written to a folder: at most one window of a
kind holds for a target at a time (rule S15 of scenarios).
"""

import itertools

import numpy as np

from wayout.contingency.variants import factors_of
from wayout.network.timeline import Real
from wayout.scenario.model import Scenario
from wayout.scenario.windows import Target, Window


def repainted(
    scenario: Scenario, target: Target, what: str, factors: Real, reason: str = ""
) -> Scenario:
    """The scenario with a target at ``factors``, one for each tick of every slot.

    Where the factor is what it was, the window keeps its reason; elsewhere it gets ``reason``.
    """
    mine = [w for w in scenario.windows if (w.kind, w.what) == (target, what)]
    at = scenario.windows.index(mine[0]) if mine else len(scenario.windows)
    before = scenario.windows[:at]
    after = tuple(w for w in scenario.windows[at:] if (w.kind, w.what) != (target, what))
    painted = tuple(_runs(scenario, (target, what), factors, mine, reason))
    return scenario.replace(windows=before + painted + after)


def _runs(
    scenario: Scenario, key: tuple[Target, str], factors: Real, mine: list[Window], reason: str
) -> list[Window]:
    was = factors_of(scenario, *key)
    edges = np.flatnonzero((np.diff(factors) != 0) | (np.diff(was) != 0)) + 1
    cuts = [0, *edges.tolist(), len(factors)]
    spans = [span for span in itertools.pairwise(cuts) if factors[span[0]] != 1.0]
    kept = [
        (begins, ends, _reason(mine, begins) if was[begins] == factors[begins] else reason)
        for begins, ends in spans
    ]
    return [
        Window(
            kind=key[0],
            what=key[1],
            begins=begins,
            ends=_end(scenario, ends, len(factors), mine),
            factor=float(factors[begins]),
            reason=why,
        )
        for begins, ends, why in _joined(kept, factors)
    ]


def _joined(spans: list[tuple[int, int, str]], factors: Real) -> list[tuple[int, int, str]]:
    """Spans that follow each other with the same factor and reason as one."""
    joined: list[tuple[int, int, str]] = []
    for begins, ends, why in spans:
        if joined and joined[-1][1] == begins and joined[-1][2] == why:
            first = joined[-1][0]
            if factors[first] == factors[begins]:
                joined[-1] = (first, ends, why)
                continue
        joined.append((begins, ends, why))
    return joined


def _end(scenario: Scenario, ends: int, num: int, mine: list[Window]) -> int | None:
    """None at the deadline, which a later deadline moves along; beyond it, as far as before."""
    if ends == scenario.deadline:
        return None
    if ends < num:
        return ends
    return max([num, *(window.ends for window in mine if window.ends is not None)])


def _reason(mine: list[Window], tick: int) -> str:
    """The reason of the window that holds at a tick; of a daily one, whatever the day."""
    for window in reversed(mine):
        if window.begins <= tick and (window.ends is None or tick < window.ends):
            return window.reason
    return mine[-1].reason if mine else ""
