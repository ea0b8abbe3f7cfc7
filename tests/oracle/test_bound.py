"""No proved optimum is better than the certified bound, whatever the length of its buckets."""

from tests.oracle.cases import optimum_of, worlds_from
from tests.oracle.exact import Goal
from tests.oracle.worlds import World

from wayout.optimize.bound import bounds
from wayout.scenario.people import people_of

TOLERANCE = 1e-6
"""Of the figure: the certificate is rounded outward, the comparison is in binary fractions."""


def bucket_lengths(world: World) -> tuple[int, ...]:
    """The grid's step, buckets across it, a few steps, and everything in one or two buckets."""
    deadline = world.scenario.deadline
    lengths = {world.step, 3 * world.step, max(1, 7 * world.step // 5), deadline // 2, deadline}
    return tuple(sorted(lengths))


def breaches(world: World, minutes: int) -> list[str]:
    """The figures of the bound that a proved optimum beats, in words."""
    certified = bounds(world.scenario, people_of(world.scenario), minutes)
    safe = optimum_of(world.seed, Goal.PEOPLE_SAFE).value
    danger = optimum_of(world.seed, Goal.DANGER_HOURS).value
    clear = optimum_of(world.seed, Goal.CLEAR_MINUTE).value
    assert safe is not None
    assert danger is not None
    where = f"world {world.seed}, buckets of {minutes}"
    found = []
    if float(safe) > certified.people_safe + TOLERANCE * max(1.0, float(safe)):
        found.append(f"{where}: {safe} people safe, bound {certified.people_safe}")
    if float(danger) < certified.danger_hours - TOLERANCE * max(1.0, float(danger)):
        found.append(f"{where}: {float(danger)} danger-hours, bound {certified.danger_hours}")
    if clear is not None and certified.clear_minute is not None and clear < certified.clear_minute:
        found.append(f"{where}: clear at {clear}, bound {certified.clear_minute}")
    return found


def test_optimum_never_beats_the_bound(first_seed: int) -> None:
    found = [
        breach
        for world in worlds_from(first_seed)
        for minutes in bucket_lengths(world)
        for breach in breaches(world, minutes)
    ]
    assert found == []
