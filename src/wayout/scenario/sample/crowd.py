"""The people of a sample: how many at each home, in which priority, in parties of which size."""

import numpy as np

from wayout.clock import MINUTES_PER_DAY
from wayout.scenario.parties import Demand
from wayout.scenario.sample.country import Country

PRIORITIES = ("V-E", "III-D", "I-D")
SHARES = (0.6, 0.3, 0.1)
SIZES = {
    "V-E": "1:0.35 2:0.25 3:0.15 4:0.15 5:0.07 6:0.03",
    "III-D": "2:0.2 3:0.25 4:0.25 5:0.2 6:0.1",
    "I-D": "1:0.4 2:0.3 3:0.15 4:0.15",
}
LARGEST_PARTY = 6
READY_SHARE = 0.2
"""Share of the time in which the last become ready."""


def draw_demand(
    country: Country, people: int, days: int, rng: np.random.Generator
) -> tuple[Demand, ...]:
    """Rows for each home and priority that has people; they sum to ``people``."""
    sizes = rng.lognormal(0.0, 0.6, size=len(country.homes))
    shares = np.outer(sizes / sizes.sum(), SHARES)
    counts = rng.multinomial(people, shares.ravel() / shares.sum()).reshape(shares.shape)
    late = rng.random(len(country.homes)) < 0.5
    ready_until = round(days * MINUTES_PER_DAY * READY_SHARE)
    return tuple(
        Demand(
            demand=f"{home.place}-{priority.lower()}",
            place=home.place,
            people=int(counts[row, column]),
            priority=priority,
            sizes=SIZES[priority],
            stretchers_per_1000=4.0,
            wheelchairs_per_1000=6.0,
            unaccompanied_per_1000=3.0,
            ready_until=ready_until if late[row] else None,
        )
        for row, home in enumerate(country.homes)
        for column, priority in enumerate(PRIORITIES)
        if counts[row, column] > 0
    )


def people_by_region(country: Country, demand: tuple[Demand, ...]) -> tuple[int, ...]:
    """People by region."""
    region_of = {home.place: home.region for home in country.homes}
    people = [0] * country.num_regions
    for row in demand:
        people[region_of[row.place]] += row.people
    return tuple(people)
