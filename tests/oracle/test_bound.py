"""No proved optimum is better than the certified bound, whatever the length of its buckets."""

from tests.oracle.cases import optimum_of, world_of, worlds_from
from tests.oracle.exact import Goal
from tests.oracle.worlds import World

from wayout.optimize.bound import bounds
from wayout.optimize.proof import check
from wayout.plan.model import Bound
from wayout.scenario.people import people_of

TOLERANCE = 1e-6
"""Of the figure: the certificate is rounded outward, the comparison is in binary fractions."""


def bucket_lengths(world: World) -> tuple[int, ...]:
    """The grid's step, buckets across it, a few steps, and everything in one or two buckets."""
    deadline = world.scenario.deadline
    lengths = {world.step, 3 * world.step, max(1, 7 * world.step // 5), deadline // 2, deadline}
    return tuple(sorted(lengths))


def certified(world: World, minutes: int) -> Bound:
    return bounds(world.scenario, people_of(world.scenario), minutes)


def beaten(world: World, bound: Bound) -> list[str]:
    """The figures of a bound that a proved optimum beats, in words."""
    safe = optimum_of(world.seed, Goal.PEOPLE_SAFE).value
    danger = optimum_of(world.seed, Goal.DANGER_HOURS).value
    clear = optimum_of(world.seed, Goal.CLEAR_MINUTE).value
    assert safe is not None
    assert danger is not None
    found = []
    if float(safe) > bound.people_safe + TOLERANCE * max(1.0, float(safe)):
        found.append(f"{safe} people safe, bound {bound.people_safe}")
    if float(danger) < bound.danger_hours - TOLERANCE * max(1.0, float(danger)):
        found.append(f"{float(danger)} danger-hours, bound {bound.danger_hours}")
    if clear is not None and (bound.clear_minute is None or clear < bound.clear_minute):
        found.append(f"clear at {clear}, bound {bound.clear_minute}")
    return found


def test_optimum_never_beats_the_bound(first_seed: int) -> None:
    found = [
        f"world {world.seed}, buckets of {minutes}: {breach}"
        for world in worlds_from(first_seed)
        for minutes in bucket_lengths(world)
        for breach in beaten(world, certified(world, minutes))
    ]
    assert found == []


def test_every_bound_is_proved_by_its_certificate(first_seed: int) -> None:
    """Every fifth world, each with one of the lengths in turn."""
    for seed in range(first_seed, first_seed + 50, 5):
        world = world_of(seed)
        lengths = bucket_lengths(world)
        bound = certified(world, lengths[seed // 5 % len(lengths)])
        assert check(world.scenario, bound) == (), f"world {seed}"
