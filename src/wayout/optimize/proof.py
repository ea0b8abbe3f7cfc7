"""Re-check a plan's certificate without a solver: rebuild the relaxation, apply the dual vector."""

from typing import Any

import numpy as np

from wayout.findings import Finding, Severity, Where
from wayout.network.model import Network, build, hurried
from wayout.network.pooling import pooled
from wayout.optimize.bound import certified_value
from wayout.optimize.relax.build import Aim, relax
from wayout.plan.model import Bound
from wayout.scenario.model import Scenario
from wayout.scenario.people import people_of

_FILE = Where("plan.json")
_CURE = "Take the plan's figures as unproved, or plan again."


def _finding(rule: str, message: str) -> Finding:
    return Finding(rule, Severity.ERROR, _FILE, message, _CURE)


def _recompute(network: Network, aim: Aim, entry: dict[str, Any]) -> float | None:
    """The value that an entry's dual vector certifies, or None when it does not fit the network."""
    length, dual = int(entry["bucket_minutes"]), np.asarray(entry["dual"], dtype=np.float64)
    if length < 1:
        return None
    relaxation = relax(pooled(network) if entry.get("pooled") else network, length, aim)
    if dual.shape != (relaxation.program.matrix.shape[0],):
        return None
    return certified_value(relaxation, dual)


def _check(
    name: str, shown: float, certified: float | None, *, at_most: bool
) -> tuple[Finding, ...]:
    if certified is None:
        return (_finding("C1", f"The certificate of {name} does not fit the scenario."),)
    tolerance = 1e-6 * max(1.0, abs(certified))
    holds = shown >= certified - tolerance if at_most else shown <= certified + tolerance
    if holds:
        return ()
    return (
        _finding(
            "C2",
            f"The bound of {name} is given as {shown:,.1f}; its certificate shows "
            f"{certified:,.1f}.",
        ),
    )


def check(scenario: Scenario, bound: Bound) -> tuple[Finding, ...]:
    """Findings where a bound is not what its certificate proves; none when all is proved.

    ``C1``: a certificate is missing or belongs to another scenario. ``C2``: the figure shown is
    better than the one certified.
    """
    found: list[Finding] = []
    network = build(scenario, people_of(scenario))
    shown = {Aim.PEOPLE: bound.people_safe, Aim.DANGER: bound.danger_hours}
    for aim, value in shown.items():
        entry = bound.certificate.get(aim.value)
        if not isinstance(entry, dict) or "dual" not in entry:
            found.append(_finding("C1", f"There is no certificate for the bound of {aim.value}."))
            continue
        certified = _recompute(network, aim, entry)
        found.extend(_check(aim.value, value, certified, at_most=aim is Aim.PEOPLE))
    if bound.clear_minute is not None:
        found.extend(_check_clear(network, bound.clear_minute, bound.certificate.get("clear")))
    return tuple(found)


def _check_clear(network: Network, minute: int, entry: object) -> tuple[Finding, ...]:
    if minute <= 0:
        return ()
    if (
        not isinstance(entry, dict)
        or "dual" not in entry
        or int(entry.get("deadline", -1)) < minute - 1
    ):
        return (_finding("C1", "There is no certificate for the earliest clearance."),)
    certified = _recompute(hurried(network, int(entry["deadline"])), Aim.PEOPLE, entry)
    if certified is None:
        return (
            _finding("C1", "The certificate of the earliest clearance does not fit the scenario."),
        )
    if certified < network.people.num_people - 1e-6:
        return ()
    return (
        _finding(
            "C2",
            f"The certificate does not show that clearance before minute {minute} is impossible.",
        ),
    )
