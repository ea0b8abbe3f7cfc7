"""What a timetable is worth, quickly: people protected, danger-hours, last arrival.

The judge has the last word; this only steers the search.
"""

from dataclasses import dataclass

import numpy as np

from wayout.network.model import Network
from wayout.network.timeline import Int, Real
from wayout.optimize.dispatch.timetable import Timetable
from wayout.optimize.relax.build import danger_if_nobody_moves
from wayout.scenario.policy import Objective

_NEVER = 1 << 40


@dataclass(frozen=True, slots=True)
class Worth:
    """People protected, danger-hours, and the tick at which the last protected party arrived.

    ``late`` is what the search for the fastest clearance lessens: minutes by which people arrive
    after the minute that is aimed at, summed, where nobody safe counts as a whole operation late.
    """

    people_safe: int
    danger_hours: float
    last_arrival: int
    late: float = 0.0

    def energy(self, objective: Objective) -> float:
        """What the search lessens: smooth where the objective itself is not."""
        return self.late if objective is Objective.CLEAR_FAST else self.danger_hours

    def key(self, objective: Objective) -> tuple[float, ...]:
        """Smaller is better, by the scenario's objective."""
        if objective is Objective.CLEAR_FAST:
            return (-self.people_safe, self.last_arrival, self.danger_hours)
        return (self.danger_hours, -self.people_safe)


def _change(network: Network, timetable: Timetable) -> tuple[Real, Int]:
    """Change of danger-hours per person of weight 1, by movement; and the arrivals."""
    legs, links = network.legs, network.scenario.links
    columns = np.array(
        [(leg.origin, leg.destination, leg.travel, leg.link) for leg in legs], dtype=np.int64
    ).reshape(-1, 4)[timetable.leg]
    danger = np.array([link.danger for link in links])
    depart, arrive = timetable.depart, timetable.depart + columns[:, 2]
    left = network.danger_left
    change = left[columns[:, 1], arrive] - left[columns[:, 0], depart]
    change += danger[columns[:, 3]] * columns[:, 2] / 60.0
    safe_already: Real = np.where(network.haven[columns[:, 0]], 0.0, change)
    return safe_already, arrive


def worth_of(network: Network, timetable: Timetable, aimed_at: int) -> Worth:
    """Value a timetable whose parties all arrive in time (as the dispatcher makes them)."""
    people = network.people
    change, arrive = _change(network, timetable)
    weight = people.weight[timetable.load_party] * people.size[timetable.load_party]
    danger = float(
        danger_if_nobody_moves(network).sum() + (change[timetable.load_movement] * weight).sum()
    )
    ends = np.array(
        [(leg.origin, leg.destination) for leg in network.legs], dtype=np.int64
    ).reshape(-1, 2)
    ends = ends[timetable.leg]
    first = network.protecting[ends[:, 1]] & ~network.protecting[ends[:, 0]]
    arriving = first[timetable.load_movement]
    party = timetable.load_party[arriving]
    # Who comes out of shelter and in again was safe from the first time on.
    since = np.where(network.protecting[people.place], 0, _NEVER)
    np.minimum.at(since, party, arrive[timetable.load_movement[arriving]])
    safe = since < _NEVER
    minutes = np.maximum(0, since[safe] - aimed_at) * people.size[safe]
    late = float(minutes.sum()) + float(people.size[~safe].sum()) * 2.0 * network.horizon
    last = int(since[safe].max(initial=0))
    return Worth(int(people.size[safe].sum()), danger, last, late)
