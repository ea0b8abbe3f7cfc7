"""Synthetic scenarios of any size, for tests, for scale, and to try things out.

A made-up country in the middle of an ocean: homes in regions, each region with a gateway (airfield,
port or station in turn) behind a gate, assembly points with buses, and havens that are farther and
farther away with onward flights between them. What there is of everything is fitted to the people:
enough with some margin, or, where ``tight``, about a third of that.

>>> scenario = sample(people=10_000, places=40, days=5, seed=1)
"""

from datetime import UTC, datetime

import numpy as np

from wayout.clock import MINUTES_PER_DAY
from wayout.errors import ScenarioError
from wayout.scenario.model import Scenario
from wayout.scenario.sample.capacity import berths_of, fleets_of, sized_places
from wayout.scenario.sample.country import Country, draw_country
from wayout.scenario.sample.crowd import draw_demand, people_by_region
from wayout.scenario.sample.need import Need
from wayout.scenario.sample.roads import links_of
from wayout.scenario.sample.vehicles import types_for
from wayout.scenario.windows import Repeat, Target, Window

START = datetime(2030, 6, 1, 6, tzinfo=UTC)
DAYS_COUNTED = 30
"""Days after the deadline in which danger counts."""

NIGHT = (16 * 60, 22 * 60)
"""From 22:00 to 04:00 as the scenario starts at 06:00."""

LIMITS = {"people": (1, 10_000_000), "places": (3, 1_000), "days": (1, 90)}


def sample(people: int, places: int, days: int, seed: int, tight: bool = False) -> Scenario:
    """A plausible scenario with so many people, places of all kinds, and days.

    The same arguments give the same scenario.

    Raises
    ------
    ScenarioError
        If a number is outside ``LIMITS``, or the seed is negative.
    """
    _refuse_absurd(people=people, places=places, days=days)
    if seed < 0:
        raise ScenarioError(f"The seed is {seed}. Use a whole number from 0 upwards.")
    rng = np.random.default_rng([seed, people, places, days])
    country = draw_country(places, days, rng)
    demand = draw_demand(country, people, days, rng)
    need = Need(days, people_by_region(country, demand), tight)
    types = types_for(country, need)
    links = links_of(country, need)
    deadline = days * MINUTES_PER_DAY
    size = f"{people:,} people, {places:,} places, {days} day{'s' if days > 1 else ''}"
    return Scenario(
        name=f"sample-{people}-{places}-{days}-{seed}" + ("-tight" if tight else ""),
        title=f"Synthetic sample: {size}",
        start=START,
        deadline=deadline,
        end=deadline + DAYS_COUNTED * MINUTES_PER_DAY,
        seed=seed,
        description="Made up by `wayout sample`. No place, number or vehicle of it is real.",
        places=sized_places(country, types, need),
        links=links,
        berths=berths_of(country, types, need),
        vehicles=types.all_types,
        fleets=fleets_of(country, types, links, need),
        demand=demand,
        windows=_nights(country),
        sources=("Drawn at random by Wayout; nothing in it is real.",),
    )


def _refuse_absurd(**given: int) -> None:
    for name, value in given.items():
        least, most = LIMITS[name]
        if not least <= value <= most:
            raise ScenarioError(f"{name} is {value:,}. Use a number from {least:,} to {most:,}.")


def _nights(country: Country) -> tuple[Window, ...]:
    """Every other gate is shut at night."""
    return tuple(
        Window(
            kind=Target.PLACE,
            what=gate.place,
            begins=NIGHT[0],
            ends=NIGHT[1],
            factor=0.0,
            repeat=Repeat.DAILY,
            reason="night",
        )
        for gate in country.gates[::2]
    )
