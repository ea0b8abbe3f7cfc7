"""A town, a bus and a camp: a world in which what more of everything is worth is plain."""

from datetime import datetime

from wayout.scenario.fleet import Fleet, VehicleType
from wayout.scenario.links import Berth, Link, Mode
from wayout.scenario.model import Scenario
from wayout.scenario.parties import Party
from wayout.scenario.places import Place, PlaceKind
from wayout.scenario.windows import Hazard, Target, Window

START = datetime.fromisoformat("2021-08-14T00:00+04:30")


def town(
    *,
    people: int = 30,
    buses: int = 1,
    deadline: int = 180,
    lead: int = 0,
    windows: tuple[Window, ...] = (),
) -> Scenario:
    """Parties of five in a town, buses of ten seats that take an hour, and a camp.

    One bus makes one loaded trip in three hours: out, unloading, back and out again takes longer.
    A second road leads through a pass, which may be shut.
    """
    return Scenario(
        name="town",
        title="A town and a camp",
        start=START,
        deadline=deadline,
        end=deadline + 600,
        places=(
            Place(place="town", kind=PlaceKind.HOME, name="Town"),
            Place(place="gate", kind=PlaceKind.GATE, name="Gate", beds=50, processing_per_hour=60),
            Place(place="camp", kind=PlaceKind.HAVEN, name="Camp", beds=100),
            Place(place="far", kind=PlaceKind.HAVEN, name="Far camp", beds=100),
        ),
        links=(
            Link(link="road", origin="town", destination="camp", mode=Mode.ROAD, minutes=80),
            Link(
                link="path",
                origin="town",
                destination="gate",
                mode=Mode.FOOT,
                minutes=30,
                people_per_hour=60,
            ),
            Link(
                link="pass",
                origin="gate",
                destination="camp",
                mode=Mode.FOOT,
                minutes=30,
                people_per_hour=60,
            ),
            Link(link="onward", origin="camp", destination="far", mode=Mode.ROAD, minutes=60),
        ),
        berths=(
            Berth(berth="stand", place="camp", mode=Mode.ROAD, spots=2, movements_per_hour=20),
        ),
        vehicles=(
            VehicleType(type="bus", mode=Mode.ROAD, seats=10, load_minutes=5, unload_minutes=5),
        ),
        fleets=(
            Fleet(
                fleet="buses",
                type="bus",
                number=buses,
                base="town",
                available_from=lead,
                owner="Bus company",
            ),
        ),
        parties=tuple(
            Party(party=f"p{number}", place="town", size=5, priority="V")
            for number in range(people // 5)
        ),
        windows=(
            Window(kind=Target.PLACE, what="gate", ends=deadline + 60, factor=0.0, reason="Shut"),
            *windows,
        ),
        hazards=(
            Hazard(hazard="road-cut", kind=Target.LINK, what="road", per_day=1.0, source="made up"),
            Hazard(hazard="camp-half", kind=Target.BEDS, what="camp", factor=0.5),
        ),
    )
