"""What no plan can beat once something is different: a certified ceiling, from the relaxation."""

from dataclasses import dataclass

from wayout.network.model import Network, build
from wayout.optimize.bound import Proved, prove
from wayout.optimize.relax.build import Aim
from wayout.scenario.model import Scenario
from wayout.scenario.people import people_of

DAILY = 1440


@dataclass(frozen=True, slots=True, eq=False)
class Ceiling:
    """At most ``people`` safe, at least ``danger`` danger-hours, each with what proves it."""

    people: float
    danger: float
    safest: Proved
    least: Proved


def bucket_minutes(network: Network, length: int = DAILY) -> int:
    """The bucket length: ``length``, or shorter where the operation has fewer than three."""
    slot = network.timeline.slot
    while length > slot and (length * 3 > max(network.horizon, 3 * slot) or length % slot):
        length //= 2
    return max(length, slot)


def ceiling(given: Network | Scenario, length: int = DAILY) -> Ceiling:
    """Certified ceiling of a scenario; the figures are recomputed from the duals."""
    network = given if isinstance(given, Network) else build(given, people_of(given))
    bucket = bucket_minutes(network, length)
    safest = prove(network, bucket, Aim.PEOPLE)
    least = prove(network, bucket, Aim.DANGER)
    return Ceiling(safest.value, least.value, safest, least)
