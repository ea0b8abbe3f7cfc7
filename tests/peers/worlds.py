"""Tiny worlds for the peers: roads only, on a grid of ten minutes, with one weight."""

from datetime import UTC, datetime

import numpy as np
from tests.oracle.worlds import World

from wayout.network.model import Network, build
from wayout.scenario.columns import UNLIMITED
from wayout.scenario.fleet import Fleet, VehicleType
from wayout.scenario.links import SELF, Berth, Link, Mode
from wayout.scenario.model import Scenario
from wayout.scenario.parties import Party
from wayout.scenario.people import people_of
from wayout.scenario.places import Place, PlaceKind
from wayout.scenario.policy import Policy
from wayout.scenario.windows import Target, Window

STEP = 10


def network_of(scenario: Scenario) -> Network:
    return build(scenario, people_of(scenario))


def road_world(seed: int) -> World:
    """Two homes, a crossing and two havens; what roads and beds take differs by seed."""
    dice = np.random.default_rng([7, seed])
    ways = [
        ("west", "crossing"),
        ("east", "crossing"),
        ("east", "far"),
        ("crossing", "near"),
        ("crossing", "far"),
    ]
    links = tuple(
        Link(
            link=f"{origin}-{destination}",
            origin=origin,
            destination=destination,
            mode=Mode.ROAD,
            minutes=STEP * int(dice.integers(1, 4)),
            people_per_hour=float(6 * dice.integers(1, 3)),
            open_to=(SELF,),
            assisted=True,
        )
        for origin, destination in ways
    )
    shut = int(dice.integers(3, 6)) * STEP
    windows = (Window(kind=Target.LINK, what="crossing-near", begins=shut, factor=0.0),)
    scenario = Scenario(
        name="roads",
        title="Roads",
        start=datetime(2026, 3, 1, tzinfo=UTC),
        deadline=9 * STEP,
        end=12 * STEP,
        policy=Policy(slot_minutes=STEP),
        places=(
            Place(place="west", kind=PlaceKind.HOME),
            Place(place="east", kind=PlaceKind.HOME),
            Place(place="crossing", kind=PlaceKind.STAGING, beds=float(dice.integers(1, 4))),
            Place(place="near", kind=PlaceKind.HAVEN, beds=float(dice.integers(1, 4))),
            Place(place="far", kind=PlaceKind.HAVEN, beds=UNLIMITED),
        ),
        links=links,
        windows=windows if dice.random() < 0.5 else (),
        parties=tuple(
            Party(
                party=f"p{number}",
                size=1,
                place=("west", "east")[int(dice.integers(2))],
                ready_from=STEP * int(dice.integers(0, 3)),
            )
            for number in range(int(dice.integers(3, 7)))
        ),
    )
    return World(seed, STEP, scenario)


def ferry_world() -> Scenario:
    """Twelve people walk to a pier where one ferry for four at a time turns round."""
    return Scenario(
        name="ferry",
        title="A ferry",
        start=datetime(2026, 3, 1, tzinfo=UTC),
        deadline=600,
        end=720,
        policy=Policy(slot_minutes=60),
        places=(
            Place(place="home", kind=PlaceKind.HOME),
            Place(place="pier", kind=PlaceKind.PORT, beds=6),
            Place(place="island", kind=PlaceKind.HAVEN, beds=10),
        ),
        links=(
            Link(
                link="path",
                origin="home",
                destination="pier",
                mode=Mode.FOOT,
                minutes=20,
                people_per_hour=6,
            ),
            Link(link="sea", origin="pier", destination="island", mode=Mode.SEA, minutes=40),
        ),
        berths=(
            Berth(berth="quay", place="pier", mode=Mode.SEA, spots=1, movements_per_hour=2),
            Berth(
                berth="harbour",
                place="island",
                mode=Mode.SEA,
                spots=UNLIMITED,
                movements_per_hour=UNLIMITED,
            ),
        ),
        vehicles=(
            VehicleType(type="ferry", mode=Mode.SEA, seats=4, load_minutes=10, unload_minutes=10),
        ),
        fleets=(Fleet(fleet="line", type="ferry", number=2, base="island"),),
        parties=tuple(
            Party(party=f"p{number}", size=1 + number % 2, place="home") for number in range(8)
        ),
    )
