"""The people of a scenario as arrays: parties as listed, and parties drawn from demand.

One row is one party. The draw depends on the scenario's seed and on each demand row alone, so
that adding a row never changes the parties of another.
"""

import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wayout.scenario.model import Scenario
from wayout.scenario.parties import Demand

Int = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """Parties as columns of equal length; ``place`` indexes ``scenario.places``.

    ``priority`` indexes ``priorities``, ``destinations`` indexes ``destination_sets`` (an empty
    tuple means any haven or refuge). ``safe_by`` is never later than the deadline.
    """

    party: tuple[str, ...]
    size: Int
    place: Int
    priority: Int
    priorities: tuple[str, ...]
    weight: NDArray[np.float64]
    stretchers: Int
    wheelchairs: Int
    unaccompanied: NDArray[np.bool_]
    ready_from: Int
    wanted_by: Int
    safe_by: Int
    destinations: Int
    destination_sets: tuple[tuple[str, ...], ...]

    @property
    def num_parties(self) -> int:
        """How many parties there are."""
        return len(self.party)

    @property
    def num_people(self) -> int:
        """How many people there are."""
        return int(self.size.sum())


def people_of(scenario: Scenario) -> People:
    """All parties: ``parties.csv`` first, in order, then each row of ``demand.csv``, drawn."""
    index = {place.place: position for position, place in enumerate(scenario.places)}
    columns = _Columns([], [], [], [])
    _listed(scenario, index, columns)
    for demand in scenario.demand:
        if demand.people > 0:
            _drawn(scenario, demand, index, columns)
    return _assemble(scenario, columns)


def parse_sizes(text: str) -> tuple[Int, NDArray[np.float64]]:
    """Sizes and shares (summing to 1) from ``1:0.3 2:0.2 4:0.5``; raises ValueError."""
    pairs = [part.split(":") for part in text.split()]
    sizes = np.array([int(size) for size, _ in pairs], dtype=np.int64)
    shares = np.array([float(share) for _, share in pairs])
    if (
        len(sizes) == 0
        or (sizes < 1).any()
        or (shares < 0).any()
        or not np.isfinite(shares).all()
        or shares.sum() <= 0
    ):
        raise ValueError(f"not a distribution of party sizes: {text!r}")
    return sizes, shares / shares.sum()


def _draw_sizes(demand: Demand, rng: np.random.Generator) -> Int:
    """Party sizes that sum to ``demand.people`` exactly; the last party takes what is left."""
    sizes, shares = parse_sizes(demand.sizes)
    mean = float(sizes @ shares)
    drawn = rng.choice(sizes, size=int(demand.people / mean * 1.2) + 50, p=shares)
    total = np.cumsum(drawn)
    while total[-1] < demand.people:
        drawn = np.concatenate([drawn, rng.choice(sizes, size=len(drawn), p=shares)])
        total = np.cumsum(drawn)
    last = int(np.searchsorted(total, demand.people))
    drawn = drawn[: last + 1].copy()
    drawn[-1] -= total[last] - demand.people
    return drawn


def _spread(demand: Demand, num: int) -> Int:
    """When each party is ready: evenly from ``ready_from`` to ``ready_until``."""
    last = demand.ready_from if demand.ready_until is None else demand.ready_until
    return np.linspace(demand.ready_from, last, num).astype(np.int64)


def _flags(per_1000: float, num: int, rng: np.random.Generator) -> NDArray[np.bool_]:
    return rng.random(num) < per_1000 / 1000.0


@dataclass(slots=True)
class _Columns:
    """Rows under construction, as a list of pieces per column."""

    party: list[str]
    numbers: list[Int]
    priority: list[str]
    destinations: list[tuple[str, ...]]


def _listed(scenario: Scenario, index: dict[str, int], columns: _Columns) -> None:
    for party in scenario.parties:
        columns.party.append(party.party)
        columns.priority.append(party.priority)
        columns.destinations.append(party.may_go_to)
    rows = [
        (
            party.size,
            index[party.place],
            party.stretchers,
            party.wheelchairs,
            int(party.unaccompanied),
            party.ready_from,
            -1 if party.wanted_by is None else party.wanted_by,
            scenario.deadline if party.safe_by is None else min(party.safe_by, scenario.deadline),
        )
        for party in scenario.parties
    ]
    columns.numbers.append(np.array(rows, dtype=np.int64).reshape(len(rows), 8))


def _drawn(scenario: Scenario, demand: Demand, index: dict[str, int], columns: _Columns) -> None:
    rng = np.random.default_rng([scenario.seed, zlib.crc32(demand.demand.encode())])
    size = _draw_sizes(demand, rng)
    num = len(size)
    rows = np.zeros((num, 8), dtype=np.int64)
    rows[:, 0] = size
    rows[:, 1] = index[demand.place]
    rows[:, 4] = _flags(demand.unaccompanied_per_1000, num, rng)
    accompanied = rows[:, 4] == 0
    rows[:, 2] = _flags(demand.stretchers_per_1000, num, rng) & accompanied
    rows[:, 3] = _flags(demand.wheelchairs_per_1000, num, rng) & accompanied & (rows[:, 2] == 0)
    rows[:, 5] = _spread(demand, num)
    rows[:, 6] = -1
    rows[:, 7] = (
        scenario.deadline if demand.safe_by is None else min(demand.safe_by, scenario.deadline)
    )
    columns.party.extend(f"{demand.demand}-{number:06d}" for number in range(1, num + 1))
    columns.numbers.append(rows)
    columns.priority.extend([demand.priority] * num)
    columns.destinations.extend([demand.may_go_to] * num)


def _assemble(scenario: Scenario, columns: _Columns) -> People:
    numbers = np.concatenate(columns.numbers)
    priorities = tuple(sorted(set(columns.priority)))
    rank = {priority: position for position, priority in enumerate(priorities)}
    sets = tuple(sorted(set(columns.destinations)))
    set_rank = {destinations: position for position, destinations in enumerate(sets)}
    weights = np.array([scenario.policy.weight(priority) for priority in priorities])
    priority = np.array([rank[value] for value in columns.priority], dtype=np.int64)
    return People(
        party=tuple(columns.party),
        size=numbers[:, 0],
        place=numbers[:, 1],
        priority=priority,
        priorities=priorities,
        weight=weights[priority] if len(priority) else np.zeros(0),
        stretchers=numbers[:, 2],
        wheelchairs=numbers[:, 3],
        unaccompanied=numbers[:, 4].astype(np.bool_),
        ready_from=numbers[:, 5],
        wanted_by=numbers[:, 6],
        safe_by=numbers[:, 7],
        destinations=np.array([set_rank[value] for value in columns.destinations], dtype=np.int64),
        destination_sets=sets,
    )
