"""Commodities: people whom the relaxation does not tell apart before they are safe."""

from dataclasses import dataclass

import numpy as np

from wayout.network.model import Network
from wayout.network.timeline import Int, Mask


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


def commodities_of(network: Network, length: int, num_buckets: int, counted: Mask) -> tuple[Commodity, ...]:
    """Commodities of the counted parties, heaviest weight first."""
    keys = [(-group.weight, group.safe_by, group.destinations) for group in network.classes]
    order = sorted(set(keys))
    of_class = np.array([order.index(key) for key in keys], dtype=np.int64)
    of_party = of_class[network.party_class]
    people = network.people
    bucket = np.minimum(people.ready_from // length, num_buckets - 1)
    counted = counted & (people.ready_from < network.horizon)
    found = []
    for number, key in enumerate(order):
        mine = counted & (of_party == number)
        supply = np.zeros((network.num_places, num_buckets), dtype=np.int64)
        np.add.at(supply, (people.place[mine], bucket[mine]), people.size[mine])
        members = np.flatnonzero(of_class == number)
        minutes = np.min([network.reach[c].minutes for c in members], axis=0)
        enter = network.may_enter(network.classes[int(members[0])])
        found.append(Commodity(-key[0], key[1], enter, minutes, supply))
    return tuple(commodity for commodity in found if commodity.people > 0)
