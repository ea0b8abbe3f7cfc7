"""Losses that take away no more than another: a plan under the greater is one under the lesser."""

from collections.abc import Sequence

from wayout.contingency.variants import Closure, Loss
from wayout.scenario.model import Scenario
from wayout.scenario.windows import Target


def _touches(scenario: Scenario, link: str, place: str) -> bool:
    found = next(row for row in scenario.links if row.link == link)
    return place in (found.origin, found.destination)


def _lasts(inner: Closure, outer: Closure) -> bool:
    """Whether the outer closure holds whenever the inner one does."""
    to_the_end = outer.ends is None or (inner.ends is not None and inner.ends <= outer.ends)
    return outer.begins <= max(0, inner.begins) and to_the_end


def _covers(scenario: Scenario, outer: Closure, inner: Closure) -> bool:
    """Whether every plan under ``outer`` obeys ``inner`` too.

    A berth that works in part is not covered by one that is shut: what stands on a shut berth may
    stay on all its spots (rule V6).
    """
    if not _lasts(inner, outer):
        return False
    if (outer.target, outer.what) == (inner.target, inner.what):
        same = outer.factor == inner.factor
        return same or (outer.factor < inner.factor and outer.target is not Target.BERTH)
    if outer.target is not Target.PLACE or outer.factor != 0.0 or inner.factor != 0.0:
        return False
    if inner.target is Target.BERTH:
        berth = next(row for row in scenario.berths if row.berth == inner.what)
        return berth.place == outer.what
    always = outer.begins <= 0 and outer.ends is None
    return inner.target is Target.LINK and always and _touches(scenario, inner.what, outer.what)


def covers(scenario: Scenario, outer: Loss, inner: Loss) -> bool:
    """Whether ``inner`` takes away nothing that ``outer`` does not."""
    return all(
        any(_covers(scenario, wide, narrow) for wide in outer.closures) for narrow in inner.closures
    )


def greatest(scenario: Scenario, losses: Sequence[Loss]) -> tuple[Loss, ...]:
    """Losses that no other covers; of those that cover each other, the first."""
    kept = []
    for index, loss in enumerate(losses):
        others = [
            (other, position < index) for position, other in enumerate(losses) if position != index
        ]
        hidden = any(
            covers(scenario, other, loss) and (earlier or not covers(scenario, loss, other))
            for other, earlier in others
        )
        if not hidden:
            kept.append(loss)
    return tuple(kept)
