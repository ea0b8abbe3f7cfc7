"""Cases of the rules: scenarios that break them.

A case that breaks a rule names its severity and where it is found: file, row, column.
"""

import math

from tests.checks.worlds import (
    DAY,
    HORIZON,
    HOUR,
    added,
    altered,
    change,
    copied,
    sound,
    without,
)

from wayout.findings import Severity
from wayout.scenario.figures import Reference
from wayout.scenario.links import SELF, Berth, Link, Mode
from wayout.scenario.model import Scenario
from wayout.scenario.places import Place, PlaceKind
from wayout.scenario.policy import MAJORS, Policy
from wayout.scenario.windows import Repeat, Target, Window

ERROR, WARNING = Severity.ERROR, Severity.WARNING


def policy(**changes: object) -> Scenario:
    return sound().replace(policy=Policy(**changes))  # type: ignore[arg-type]


def window(**changes: object) -> Window:
    given: dict[str, object] = {"kind": Target.LINK, "what": "walk", "factor": 0.5, **changes}
    return Window(**given)  # type: ignore[arg-type]


def timeless(*ends: tuple[str, str]) -> Scenario:
    """Links of 0 minutes between the given places."""
    return added(
        "links",
        *(
            Link(
                link=f"t{number}",
                origin=origin,
                destination=destination,
                mode=Mode.FOOT,
                minutes=0,
                people_per_hour=100,
            )
            for number, (origin, destination) in enumerate(ends)
        ),
    )


def named_figure(file: str, column: str, scenario: Scenario) -> Scenario:
    cell = Reference(file=file, row=2, column=column, figure="crowd_size")
    return scenario.replace(references=(cell,))


def _rail_berths() -> Scenario:
    """Rails at both ends of the road to the gate, and no train."""
    return added(
        "berths",
        *(
            Berth(berth=place, place=place, mode=Mode.RAIL, spots=1, movements_per_hour=2)
            for place in ("village", "gate")
        ),
    )


REFUSED: list[tuple[str, Severity, Scenario, list[str]]] = [
    ("S01", ERROR, copied("places", 0), ["places.csv 8 place"]),
    ("S01", ERROR, copied("fleets", 1), ["fleet.csv 4 fleet"]),
    ("S02", ERROR, copied("places", 0, place="new town"), ["places.csv 8 place"]),
    ("S02", ERROR, copied("parties", 0, party=""), ["parties.csv 5 party"]),
    ("S02", ERROR, copied("vehicles", 0, type=SELF), ["vehicles.csv 4 type"]),
    ("S03", ERROR, change("links", 3, destination="abraod"), ["links.csv 5 to"]),
    ("S03", ERROR, change("parties", 1, may_go_to=("x",)), ["parties.csv 3 may_go_to"]),
    ("S03", ERROR, change("fleets", 0, type="bus"), ["fleet.csv 2 type"]),
    ("S04", ERROR, change("windows", 0, what="ramp"), ["windows.csv 2 what"]),
    ("S04", ERROR, change("hazards", 0, kind=Target.FLEET), ["hazards.csv 2 what"]),
    ("S05", ERROR, change("links", 1, open_to=("van",)), ["links.csv 3 open_to"]),
    ("S05", ERROR, change("links", 1, open_to=("c17",)), ["links.csv 3 open_to"]),
    ("S06", ERROR, change("parties", 0, party="crowd-000001"), ["parties.csv 2 party"]),
    ("S07", ERROR, change("places", 2, beds=-1), ["places.csv 4 beds"]),
    ("S07", ERROR, change("windows", 0, factor=math.nan), ["windows.csv 2 factor"]),
    ("S07", ERROR, change("places", 0, lat=91), ["places.csv 2 lat"]),
    ("S07", ERROR, change("links", 1, km=math.inf), ["links.csv 3 km"]),
    ("S08", ERROR, policy(majors={"I": 1.0}), ["scenario.toml weights.major"] * 4),
    ("S08", ERROR, policy(minors=dict.fromkeys("ABCDEF", 1.0)), ["scenario.toml weights.minor"]),
    ("S08", ERROR, policy(majors=dict.fromkeys(MAJORS, 0.0)), ["scenario.toml weights.major"] * 5),
    ("S09", ERROR, sound().replace(seed=-1), ["scenario.toml seed"]),
    ("S10", ERROR, policy(slot_minutes=45), ["scenario.toml slot_minutes"]),
    ("S10", ERROR, policy(slot_minutes=120), ["scenario.toml slot_minutes"]),
    ("S10", ERROR, policy(slot_minutes=0), ["scenario.toml slot_minutes"]),
    ("S11", ERROR, change("demand", 0, people=10_000_001), ["demand.csv"]),
    ("S11", ERROR, sound().replace(deadline=180 * DAY + 1), ["scenario.toml deadline"]),
    ("S12", ERROR, sound().replace(deadline=0), ["scenario.toml deadline"]),
    ("S12", ERROR, sound().replace(end=HORIZON - 1), ["scenario.toml end"]),
    ("S13", ERROR, change("windows", 0, ends=HOUR), ["windows.csv 2 until"]),
    ("S13", ERROR, change("hazards", 0, ends=100), ["hazards.csv 2 until"]),
    ("S14", ERROR, change("windows", 1, ends=DAY + 1), ["windows.csv 3 until"]),
    ("S14", ERROR, change("windows", 1, ends=None), ["windows.csv 3 until"]),
    (
        "S15",
        ERROR,
        added("windows", window(begins=10, ends=20), window(begins=19, ends=30)),
        ["windows.csv 5 from"],
    ),
    (
        "S15",
        ERROR,
        added(
            "windows",
            window(begins=0, ends=60, repeat=Repeat.DAILY),
            window(begins=DAY + 30, ends=DAY + 90),
        ),
        ["windows.csv 5 from"],
    ),
    (
        "S15",
        ERROR,
        added("windows", window(begins=0, ends=100), window(begins=5, ends=9), window(begins=50)),
        ["windows.csv 5 from", "windows.csv 6 from"],
    ),
    (
        "S16",
        WARNING,
        added("windows", window(begins=HORIZON + 1, ends=HORIZON + 2)),
        ["windows.csv 4 from"],
    ),
    ("S16", WARNING, added("windows", window(begins=-9, ends=0)), ["windows.csv 4 from"]),
    ("S17", ERROR, change("fleets", 1, available_until=HOUR), ["fleet.csv 3 until"]),
    ("S17", WARNING, change("fleets", 0, available_from=HORIZON), ["fleet.csv 2 from"]),
    ("S18", ERROR, change("demand", 0, ready_until=-1), ["demand.csv 2 ready_until"]),
    ("S19", ERROR, change("parties", 0, safe_by=0), ["parties.csv 2 safe_by"]),
    ("S19", WARNING, change("parties", 0, safe_by=30), ["parties.csv 2 safe_by"]),
    ("S20", WARNING, change("parties", 1, ready_from=HORIZON), ["parties.csv 3 ready_from"]),
    ("S21", ERROR, change("places", 5, kind=PlaceKind.STAGING), ["places.csv kind"]),
    ("S22", ERROR, change("places", 5, danger_per_hour=0.1), ["places.csv 7 danger_per_hour"]),
    ("S23", ERROR, change("places", 3, expires=DAY), ["places.csv 5 expires"]),
    ("S23", ERROR, change("places", 4, expires=0), ["places.csv 6 expires"]),
    (
        "S24",
        ERROR,
        change("places", 3, min_stay_hours=3, max_stay_hours=2),
        ["places.csv 5 min_stay_hours"],
    ),
    ("S25", ERROR, change("places", 1, beds=302), ["places.csv 3 beds"]),
    (
        "S25",
        ERROR,
        altered(
            added("windows", Window(kind=Target.BEDS, what="village", ends=9, factor=0.5)),
            "places",
            1,
            beds=400,
        ),
        ["places.csv 3 beds"],
    ),
    ("S26", WARNING, change("places", 0, lon=None), ["places.csv 2 lon"]),
    ("S26", WARNING, change("places", 0, lat=0.0, lon=0.0), ["places.csv 2 lat"]),
    ("S26", WARNING, change("places", 1, lat=68.9, lon=34.9), ["places.csv 3 lat"]),
    (
        "S27",
        WARNING,
        added("places", Place(place="spare", kind=PlaceKind.HOME)),
        ["places.csv 8 place"],
    ),
    ("S31", ERROR, change("links", 0, destination="town"), ["links.csv 2 to"]),
    ("S32", ERROR, change("links", 1, km=None), ["links.csv 3 minutes"]),
    ("S32", ERROR, change("links", 4, minutes=None, km=50), ["links.csv 6 minutes"]),
    ("S33", ERROR, change("links", 0, minutes=0), ["links.csv 2 minutes"]),
    ("S33", ERROR, change("links", 1, km=0), ["links.csv 3 km"]),
    ("S34", ERROR, timeless(("town", "gate"), ("gate", "town")), ["links.csv 7 minutes"]),
    (
        "S34",
        ERROR,
        timeless(("village", "town"), ("town", "gate"), ("gate", "airfield"), ("airfield", "town")),
        ["links.csv 8 minutes"],
    ),
    ("S35", WARNING, altered(_rail_berths(), "links", 1, mode=Mode.RAIL), ["links.csv 3 mode"]),
    ("S35", WARNING, change("links", 3, km=4001), ["links.csv 5 mode"]),
    ("S35", WARNING, change("vehicles", 0, km_per_hour=None), ["links.csv 3 mode"]),
    ("S41", ERROR, without("berths", 1), ["links.csv 5 to"]),
    ("S42", ERROR, copied("berths", 0, berth="ramp2"), ["berths.csv 5 types"]),
    (
        "S42",
        ERROR,
        added(
            "berths",
            Berth(
                berth="b1",
                place="gate",
                mode=Mode.ROAD,
                types=("coach",),
                spots=1,
                movements_per_hour=2,
            ),
            Berth(
                berth="b2",
                place="gate",
                mode=Mode.ROAD,
                types=("coach",),
                spots=1,
                movements_per_hour=2,
            ),
        ),
        ["berths.csv 6 types"],
    ),
    ("S43", ERROR, change("berths", 2, mode=Mode.FOOT), ["berths.csv 4 mode"]),
    ("S43", ERROR, change("berths", 2, types=("c17",)), ["berths.csv 4 types"]),
    ("S44", WARNING, change("berths", 0, runway_m=1099), ["berths.csv 2 runway_m"]),
    (
        "S44",
        WARNING,
        altered(change("berths", 2, depth_m=1), "vehicles", 0, draught_m=2),
        ["berths.csv 4 depth_m"],
    ),
    ("S51", ERROR, change("vehicles", 0, seats=0), ["vehicles.csv 2 seats"]),
    ("S51", ERROR, change("vehicles", 1, seats_emergency=133), ["vehicles.csv 3 seats_emergency"]),
    ("S52", ERROR, change("vehicles", 1, hours_per_day=0), ["vehicles.csv 3 hours_per_day"]),
    ("S52", ERROR, change("vehicles", 1, hours_per_day=24.5), ["vehicles.csv 3 hours_per_day"]),
    ("S53", ERROR, change("vehicles", 0, mode=Mode.FOOT), ["vehicles.csv 2 mode"]),
    ("S54", WARNING, change("vehicles", 0, km_per_hour=None), ["vehicles.csv 2 km_per_hour"]),
    ("S55", WARNING, change("vehicles", 1, range_km=1899), ["vehicles.csv 3 range_km"]),
    ("S56", WARNING, without("fleets", 0), ["vehicles.csv 2 type"]),
    ("S57", WARNING, change("fleets", 0, number=0), ["fleet.csv 2 number"]),
    ("S58", WARNING, change("fleets", 0, base="town"), ["fleet.csv 2 base"]),
    (
        "S58",
        WARNING,
        altered(change("links", 3, return_empty=False), "fleets", 1, base="abroad"),
        ["fleet.csv 3 base"],
    ),
    ("S61", ERROR, sound().replace(parties=(), demand=()), ["demand.csv people"]),
    ("S62", ERROR, change("parties", 0, size=0), ["parties.csv 2 size"]),
    ("S62", WARNING, change("demand", 0, people=0), ["demand.csv 2 people"]),
    ("S63", ERROR, change("demand", 0, sizes="1:0.5,4:0.5"), ["demand.csv 2 sizes"]),
    ("S63", ERROR, change("demand", 0, sizes="1:0 2:0"), ["demand.csv 2 sizes"]),
    ("S63", ERROR, change("demand", 0, sizes="0:1"), ["demand.csv 2 sizes"]),
    ("S63", ERROR, change("demand", 0, sizes=""), ["demand.csv 2 sizes"]),
    ("S63", ERROR, change("demand", 0, sizes="1:nan"), ["demand.csv 2 sizes"]),
    ("S64", ERROR, change("parties", 0, priority="VI-A"), ["parties.csv 2 priority"]),
    ("S64", ERROR, change("demand", 0, priority="iii-d"), ["demand.csv 2 priority"]),
    ("S65", ERROR, change("parties", 1, stretchers=2, wheelchairs=1), ["parties.csv 3 stretchers"]),
    (
        "S66",
        ERROR,
        change("demand", 0, wheelchairs_per_1000=1001),
        ["demand.csv 2 wheelchairs_per_1000"],
    ),
    ("S67", ERROR, change("parties", 1, may_go_to=("abroad", "gate")), ["parties.csv 3 may_go_to"]),
    ("S68", WARNING, change("parties", 0, place="abroad"), ["parties.csv 2 place"]),
    ("S71", WARNING, without("links", 1), ["places.csv 3 place"]),
    ("S71", WARNING, change("fleets", 1, number=0), ["places.csv 2 place", "places.csv 3 place"]),
    ("S72", WARNING, change("parties", 0, may_go_to=("valley",)), ["parties.csv 2 may_go_to"]),
    ("S73", WARNING, change("links", 0, assisted=False), ["parties.csv 3 stretchers"]),
    (
        "S73",
        WARNING,
        change("vehicles", 0, stretchers=0, wheelchairs=0, escorts=2),
        [
            "demand.csv 2 stretchers_per_1000",
            "demand.csv 2 unaccompanied_per_1000",
            "demand.csv 2 wheelchairs_per_1000",
            "parties.csv 4 unaccompanied",
        ],
    ),
    ("S74", WARNING, change("parties", 0, size=135), ["parties.csv 2 size"]),
    ("S74", WARNING, change("demand", 0, sizes="1:0.9 51:0.1"), ["demand.csv 2 sizes"]),
    (
        "S75",
        WARNING,
        change("links", 2, minutes=HORIZON),
        ["places.csv 2 place", "places.csv 3 place"],
    ),
    (
        "S81",
        WARNING,
        altered(policy(slot_minutes=10), "berths", 2, movements_per_hour=5),
        ["berths.csv 4 movements_per_hour"],
    ),
    (
        "S82",
        WARNING,
        change("places", 2, processing_per_hour=3),
        ["places.csv 4 processing_per_hour"],
    ),
    ("S82", WARNING, change("links", 0, people_per_hour=3), ["links.csv 2 people_per_hour"]),
    (
        "S83",
        WARNING,
        change("places", 1, processing_per_hour=49),
        ["places.csv 3 processing_per_hour"],
    ),
    ("S91", ERROR, change("figures", 0, low=3.1), ["figures.csv 2 low"]),
    ("S91", ERROR, change("figures", 0, high=2), ["figures.csv 2 high"]),
    ("S92", WARNING, change("figures", 0, source=" "), ["figures.csv 2 source"]),
    ("S93", WARNING, change("figures", 0, confidence="sure"), ["figures.csv 2 confidence"]),
]
