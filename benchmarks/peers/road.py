"""A road-only world for route planners: a river plain, its towns, and roads that go under.

Made up, after what is published of the Hawkesbury-Nepean valley west of Sydney: some 70,000 people
(Pillac, Van Hentenryck and Even 2016, conflict-based path generation), evacuated by car over few
roads that the river cuts one by one, long before it reaches the towns (Hawkesbury-Nepean Valley
Flood Plan of the New South Wales State Emergency Service, 2020). Towns, roads, lengths and hours
are invented. A lane takes 600 cars an hour and a car 2.5 people.

Everything lies on a grid of ten minutes, everybody has the same weight and nobody is elsewhere in
less danger, so that the least danger-hours are the least total time and one commodity: a min-cost
flow gives them exactly.
"""

from datetime import UTC, datetime

from wayout.scenario.columns import UNLIMITED
from wayout.scenario.links import SELF, Link, Mode
from wayout.scenario.model import Scenario
from wayout.scenario.parties import Demand
from wayout.scenario.places import Place, PlaceKind
from wayout.scenario.policy import Policy
from wayout.scenario.windows import Target, Window

LANE = 1500.0
"""People an hour over one lane."""

STEP = 10
SIZES = "1:0.22 2:0.33 3:0.18 4:0.17 5:0.10"
HOUR = 60

TOWNS = {
    "riverbend": 9_000,
    "oldmarket": 7_500,
    "millgrove": 6_000,
    "northbank": 8_500,
    "southbank": 7_000,
    "fernhill": 5_500,
    "lowfields": 6_500,
    "brickworks": 4_500,
    "eastlea": 6_000,
    "westlea": 5_000,
    "greenford": 4_500,
}
CROSSINGS = ("north-bridge", "mid-junction", "south-junction", "plain-road", "ridge-road")
SHELTERS = {"showground": UNLIMITED, "college": 9_000.0, "racecourse": 14_000.0}

ROADS = (
    ("riverbend", "north-bridge", 20, 1),
    ("riverbend", "mid-junction", 30, 1),
    ("oldmarket", "mid-junction", 20, 1),
    ("oldmarket", "north-bridge", 40, 1),
    ("millgrove", "north-bridge", 10, 1),
    ("northbank", "north-bridge", 20, 1),
    ("northbank", "plain-road", 50, 1),
    ("southbank", "south-junction", 20, 1),
    ("southbank", "mid-junction", 30, 1),
    ("fernhill", "plain-road", 20, 1),
    ("fernhill", "ridge-road", 40, 1),
    ("lowfields", "plain-road", 10, 1),
    ("lowfields", "south-junction", 40, 1),
    ("brickworks", "south-junction", 10, 1),
    ("eastlea", "ridge-road", 20, 1),
    ("eastlea", "mid-junction", 30, 1),
    ("westlea", "lowfields", 20, 1),
    ("greenford", "westlea", 10, 1),
    ("greenford", "ridge-road", 60, 1),
    ("north-bridge", "ridge-road", 30, 1),
    ("mid-junction", "ridge-road", 20, 1),
    ("mid-junction", "south-junction", 20, 1),
    ("plain-road", "mid-junction", 20, 1),
    ("north-bridge", "college", 40, 1),
    ("mid-junction", "racecourse", 50, 1),
    ("south-junction", "racecourse", 30, 1),
    ("ridge-road", "showground", 60, 2),
    ("south-junction", "showground", 120, 1),
)
"""From, to, minutes, lanes."""

UNDER_WATER = (
    ("westlea-lowfields", 6, 0.0),
    ("lowfields-plain-road", 8, 0.0),
    ("riverbend-north-bridge", 9, 0.0),
    ("plain-road-mid-junction", 10, 0.5),
    ("north-bridge-college", 11, 0.0),
    ("mid-junction-racecourse", 13, 0.0),
    ("southbank-south-junction", 14, 0.0),
)
"""Road, hour from which on, what is left of it."""


def _places() -> tuple[Place, ...]:
    towns = [Place(place=name, kind=PlaceKind.HOME) for name in TOWNS]
    crossings = [Place(place=name, kind=PlaceKind.STAGING, beds=2_000.0) for name in CROSSINGS]
    shelters = [
        Place(place=name, kind=PlaceKind.HAVEN, beds=beds) for name, beds in SHELTERS.items()
    ]
    return (*towns, *crossings, *shelters)


def _links() -> tuple[Link, ...]:
    return tuple(
        Link(
            link=f"{origin}-{destination}",
            origin=origin,
            destination=destination,
            mode=Mode.ROAD,
            minutes=minutes,
            people_per_hour=LANE * lanes,
            open_to=(SELF,),
            assisted=True,
        )
        for origin, destination, minutes, lanes in ROADS
    )


def river_plain() -> Scenario:
    """70,000 people, 28 roads, 24 hours."""
    return Scenario(
        name="river-plain",
        title="A river plain, by road (made up)",
        start=datetime(2026, 3, 1, 6, tzinfo=UTC),
        deadline=24 * HOUR,
        end=24 * HOUR,
        seed=1,
        description="70,000 made-up people leave a plain by car while its roads go under water.",
        policy=Policy(slot_minutes=STEP),
        places=_places(),
        links=_links(),
        demand=tuple(
            Demand(demand=name, place=name, people=people, sizes=SIZES, ready_until=4 * HOUR)
            for name, people in TOWNS.items()
        ),
        windows=tuple(
            Window(kind=Target.LINK, what=link, begins=hour * HOUR, factor=factor)
            for link, hour, factor in UNDER_WATER
        ),
    )
