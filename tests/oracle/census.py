"""Counts what the worlds have and what of it matters: ``python -m tests.oracle.census 0 200``.

Arguments are the first seed and the number of worlds. A feature matters in a world if one of the
three optima is another without it.
"""

import sys
from collections import Counter
from collections.abc import Iterable

from tests.oracle.cases import optimum_of, world_of
from tests.oracle.exact import Goal, optimum
from tests.oracle.features import FEATURES, Feature, freed, in_place, modes_of_longest_chain


def matters(feature: Feature, seed: int) -> bool:
    """Whether an optimum of the world changes without the feature."""
    without = freed(feature, world_of(seed))
    return any(optimum(without, goal).value != optimum_of(seed, goal).value for goal in Goal)


def most_modes(seed: int) -> int:
    """Modes in the longest chain of a plan that saves most."""
    plan = optimum_of(seed, Goal.PEOPLE_SAFE).plan
    pairs = zip(plan.loads.party.tolist(), plan.loads.movement.tolist(), strict=True)
    loads = [(party, plan.movements[movement].link) for party, movement in pairs]
    return modes_of_longest_chain(world_of(seed), loads)


def counted(seeds: Iterable[int]) -> tuple[Counter[str], Counter[str]]:
    """Worlds with each feature, and worlds in which it matters."""
    have, matter = Counter[str](), Counter[str]()
    for seed in seeds:
        have["worlds"] += 1
        modes = most_modes(seed)
        have["chain of two modes in the best plan"] += modes >= 2
        have["chain of three modes in the best plan"] += modes >= 3
        have["nobody can be saved"] += optimum_of(seed, Goal.PEOPLE_SAFE).value == 0
        have["everybody can be saved"] += optimum_of(seed, Goal.CLEAR_MINUTE).value is not None
        for feature in FEATURES:
            if in_place(feature, world_of(seed)):
                have[feature.name] += 1
                matter[feature.name] += matters(feature, seed)
    return have, matter


def main(first: int, number: int) -> None:
    have, matter = counted(range(first, first + number))
    for name, count in have.items():
        print(f"{name:40} {count:6} {matter.get(name, '') or '':6}")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
