"""Commodities: people whom the relaxation does not tell apart before they are safe."""

from dataclasses import dataclass

import numpy as np

from wayout.network.model import Network
from wayout.network.reach import NEVER
from wayout.network.timeline import Int, Mask
from wayout.optimize.relax.grid import Grid


@dataclass(frozen=True, slots=True, eq=False)
class Commodity:
    """One weight, one deadline, one set of permitted havens; needs are relaxed.

    ``minutes`` are the least minutes to safety per place, ``supply[p, b]`` the people who become
    ready at place ``p`` in bucket ``b``, ``enter`` the places they may enter.
    """

    weight: float
    safe_by: int
    enter: Mask
    minutes: Int
    supply: Int

    @property
    def people(self) -> int:
        """How many people there are."""
        return int(self.supply.sum())


def commodities_of(network: Network, grid: Grid, counted: Mask) -> tuple[Commodity, ...]:
    """Commodities of the counted parties, heaviest weight first.

    Whoever is ready after the last departure never moves and belongs to none.
    """
    keys = [(-group.weight, group.safe_by, group.destinations) for group in network.classes]
    order = sorted(set(keys))
    of_class = np.array([order.index(key) for key in keys], dtype=np.int64)
    of_party = of_class[network.party_class]
    people = network.people
    counted = counted & (people.ready_from < grid.horizon)
    found = []
    for number, key in enumerate(order):
        mine = counted & (of_party == number)
        supply = _supply(network, grid, mine)
        members = np.flatnonzero(of_class == number)
        minutes = np.min([network.reach[c].minutes for c in members], axis=0)
        enter = network.may_enter(network.classes[int(members[0])])
        found.append(Commodity(-key[0], key[1], enter, minutes, supply))
    return tuple(commodity for commodity in found if commodity.people > 0)


def bystanders_of(network: Network, grid: Grid, parties: Mask) -> tuple[Commodity, ...]:
    """Parties that cannot be saved but may leave a bed where they start, as one commodity."""
    mine = parties & (network.people.ready_from < grid.horizon)
    if not mine.any():
        return ()
    groups = [network.classes[int(c)] for c in np.unique(network.party_class[mine])]
    enter = np.any([network.may_enter(group) for group in groups], axis=0)
    minutes = np.full(network.num_places, NEVER, dtype=np.int64)
    return (Commodity(0.0, -1, enter, minutes, _supply(network, grid, mine)),)


def _supply(network: Network, grid: Grid, parties: Mask) -> Int:
    people = network.people
    bucket = np.clip(grid.free(people.ready_from), 0, grid.num - 1)
    supply = np.zeros((network.num_places, grid.num), dtype=np.int64)
    np.add.at(supply, (people.place[parties], bucket[parties]), people.size[parties])
    return supply
