"""A small sound scenario, and ways to change one row of it."""

import dataclasses
from datetime import UTC, datetime
from typing import Any

from wayout.scenario.figures import Figure
from wayout.scenario.fleet import Fleet, VehicleType
from wayout.scenario.links import SELF, Berth, Link, Mode
from wayout.scenario.model import Scenario
from wayout.scenario.parties import Demand, Party
from wayout.scenario.places import Place, PlaceKind
from wayout.scenario.windows import Hazard, Repeat, Target, Window

HOUR = 60
DAY = 1440
HORIZON = 3 * DAY


def sound() -> Scenario:
    """Two homes, a gate, an airfield, a refuge and a haven; no rule is broken."""
    return Scenario(
        name="sound",
        title="Sound",
        start=datetime(2021, 8, 15, tzinfo=UTC),
        deadline=HORIZON,
        end=HORIZON + DAY,
        places=_places(),
        links=_links(),
        berths=_berths(),
        vehicles=_vehicles(),
        fleets=_fleets(),
        parties=_parties(),
        demand=(
            Demand(
                demand="crowd",
                place="village",
                people=300,
                sizes="1:0.5 4:0.5",
                stretchers_per_1000=5,
                wheelchairs_per_1000=5,
                unaccompanied_per_1000=5,
                ready_until=600,
            ),
        ),
        windows=(
            Window(kind=Target.PLACE, what="gate", begins=HOUR, ends=2 * HOUR, factor=0.0),
            Window(
                kind=Target.BERTH,
                what="ramp",
                begins=0,
                ends=4 * HOUR,
                factor=0.5,
                repeat=Repeat.DAILY,
            ),
        ),
        hazards=(Hazard(hazard="bombing", kind=Target.PLACE, what="gate", begins=100, ends=200),),
        figures=(Figure(figure="crowd_size", likely=3, low=2, high=4, source="assumed"),),
    )


def _places() -> tuple[Place, ...]:
    return (
        Place(place="town", kind=PlaceKind.HOME, lat=34.5, lon=69.2),
        Place(place="village", kind=PlaceKind.HOME, lat=34.9, lon=68.9),
        Place(place="gate", kind=PlaceKind.GATE, beds=500, processing_per_hour=300),
        Place(place="airfield", kind=PlaceKind.AIRFIELD, beds=2000, lat=34.57, lon=69.21),
        Place(place="valley", kind=PlaceKind.REFUGE, beds=100, expires=2 * DAY),
        Place(place="abroad", kind=PlaceKind.HAVEN, beds=5000, lat=25.1, lon=51.3),
    )


def _links() -> tuple[Link, ...]:
    return (
        Link(
            link="walk",
            origin="town",
            destination="gate",
            mode=Mode.FOOT,
            minutes=60,
            people_per_hour=400,
            assisted=True,
        ),
        Link(link="bus", origin="village", destination="gate", mode=Mode.ROAD, km=40),
        Link(
            link="inside",
            origin="gate",
            destination="airfield",
            mode=Mode.FOOT,
            minutes=10,
            people_per_hour=600,
            assisted=True,
        ),
        Link(link="flight", origin="airfield", destination="abroad", mode=Mode.AIR, km=1900),
        Link(
            link="hide",
            origin="village",
            destination="valley",
            mode=Mode.ROAD,
            minutes=90,
            people_per_hour=200,
            open_to=(SELF, "coach"),
        ),
    )


def _berths() -> tuple[Berth, ...]:
    return (
        Berth(
            berth="ramp",
            place="airfield",
            mode=Mode.AIR,
            spots=4,
            movements_per_hour=10,
            runway_m=3500,
        ),
        Berth(berth="apron", place="abroad", mode=Mode.AIR, spots=20, movements_per_hour=40),
        Berth(berth="stand", place="gate", mode=Mode.ROAD, spots=10, movements_per_hour=30),
    )


def _vehicles() -> tuple[VehicleType, ...]:
    return (
        VehicleType(
            type="coach",
            mode=Mode.ROAD,
            seats=50,
            km_per_hour=40,
            load_minutes=15,
            unload_minutes=10,
            stretchers=2,
            wheelchairs=2,
            escorts=10,
        ),
        VehicleType(
            type="c17",
            mode=Mode.AIR,
            seats=134,
            seats_emergency=400,
            km_per_hour=700,
            range_km=4000,
            load_minutes=60,
            unload_minutes=45,
            turn_minutes=30,
            hours_per_day=14,
            runway_m=1100,
            stretchers=30,
            wheelchairs=20,
            escorts=40,
        ),
    )


def _fleets() -> tuple[Fleet, ...]:
    return (
        Fleet(fleet="coaches", type="coach", number=10, base="village"),
        Fleet(
            fleet="wing",
            type="c17",
            number=3,
            base="abroad",
            available_from=HOUR,
            available_until=HORIZON,
        ),
    )


def _parties() -> tuple[Party, ...]:
    return (
        Party(party="p1", size=4, place="town", priority="III-D", ready_from=30, safe_by=2 * DAY),
        Party(party="p2", size=2, place="town", stretchers=1, may_go_to=("abroad",)),
        Party(party="p3", size=3, place="village", unaccompanied=True, priority="I-B"),
    )


def change(field: str, position: int, **changes: Any) -> Scenario:
    """The sound scenario with one row changed, such as ``change("places", 2, beds=0)``."""
    return altered(sound(), field, position, **changes)


def altered(scenario: Scenario, field: str, position: int, **changes: Any) -> Scenario:
    """A scenario with one row changed."""
    rows = list(getattr(scenario, field))
    rows[position] = dataclasses.replace(rows[position], **changes)
    return scenario.replace(**{field: tuple(rows)})


def added(field: str, *rows: Any) -> Scenario:
    """The sound scenario with rows more."""
    scenario = sound()
    return scenario.replace(**{field: (*getattr(scenario, field), *rows)})


def copied(field: str, position: int, **changes: Any) -> Scenario:
    """The sound scenario with a row more, which differs from another one as told."""
    row = getattr(sound(), field)[position]
    return added(field, dataclasses.replace(row, **changes))


def without(field: str, *positions: int) -> Scenario:
    """The sound scenario without some rows."""
    scenario = sound()
    rows = getattr(scenario, field)
    kept = tuple(row for index, row in enumerate(rows) if index not in positions)
    return scenario.replace(**{field: kept})
