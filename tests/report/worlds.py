"""Small scenarios and plans for the report's tests."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import numpy as np
from tests.report.sketch import proven, sketch, with_limits

from wayout.plan.measures import Measures, measure
from wayout.plan.model import Bound, Loads, Plan
from wayout.report.content.assemble import Content, content_of
from wayout.scenario.figures import Figure
from wayout.scenario.fleet import Fleet, VehicleType
from wayout.scenario.links import Berth, Link, Mode
from wayout.scenario.model import Scenario
from wayout.scenario.parties import Demand, Party
from wayout.scenario.people import People, people_of
from wayout.scenario.places import Place, PlaceKind
from wayout.scenario.windows import Hazard, Target, Window

KABUL_TIME = timezone(timedelta(hours=4, minutes=30))
DAY = 1440


def _places() -> tuple[Place, ...]:
    home, gate, haven = PlaceKind.HOME, PlaceKind.GATE, PlaceKind.HAVEN
    return (
        Place(place="centre", kind=home, name="Kabul, centre", lat=34.53, lon=69.17),
        Place(place="north", kind=home, name="Khair Khana", lat=34.60, lon=69.12),
        Place(
            place="abbey",
            kind=gate,
            name="Abbey Gate",
            lat=34.5587,
            lon=69.2215,
            beds=500,
            processing_per_hour=150,
        ),
        Place(
            place="glory",
            kind=gate,
            name="Glory Gate",
            lat=34.5745,
            lon=69.2,
            beds=200,
            processing_per_hour=60,
            disclosed=False,
        ),
        Place(
            place="hkia",
            kind=PlaceKind.AIRFIELD,
            name="Kabul airport",
            lat=34.5659,
            lon=69.2123,
            beds=3000,
        ),
        Place(place="doha", kind=haven, name="Al Udeid", lat=25.12, lon=51.31, beds=4000),
        Place(place="ramstein", kind=haven, name="Ramstein", lat=49.44, lon=7.6, beds=9000),
    )


def _links() -> tuple[Link, ...]:
    foot, air = Mode.FOOT, Mode.AIR
    walks = (("centre", "abbey"), ("north", "glory"), ("abbey", "hkia"), ("glory", "hkia"))
    on_foot = tuple(
        Link(
            link=f"{one}-{other}",
            origin=one,
            destination=other,
            mode=foot,
            minutes=45,
            people_per_hour=20 if one == "north" else 120,
        )
        for one, other in walks
    )
    flights = (
        Link(link="hkia-doha", origin="hkia", destination="doha", mode=air, km=1940),
        Link(link="hkia-ramstein", origin="hkia", destination="ramstein", mode=air, km=5100),
    )
    return (*on_foot, *flights)


def scenario() -> Scenario:
    """Two homes, two gates (one that must not be named), an airfield, two havens."""
    c17 = VehicleType(
        type="c17",
        mode=Mode.AIR,
        name="C-17",
        seats=134,
        seats_emergency=300,
        km_per_hour=740,
        load_minutes=60,
        unload_minutes=30,
        turn_minutes=45,
    )
    return Scenario(
        name="little-kabul",
        title="A little Kabul",
        start=datetime(2021, 8, 14, 0, 0, tzinfo=KABUL_TIME),
        deadline=4 * DAY,
        end=34 * DAY,
        places=_places(),
        links=_links(),
        seed=7,
        berths=(Berth(berth="ramp", place="hkia", mode=Mode.AIR, spots=4, movements_per_hour=6),),
        vehicles=(c17,),
        fleets=(Fleet(fleet="lift", type="c17", number=6, base="doha", owner="An air force"),),
        demand=(
            Demand(demand="one", place="centre", people=4000, priority="III-D", sizes="1:1 4:2"),
            Demand(demand="two", place="north", people=1500, priority="I-E"),
        ),
        windows=(
            Window(kind=Target.PLACE, what="abbey", begins=0, ends=600, factor=0, reason="night"),
        ),
        hazards=(Hazard(hazard="lost", kind=Target.PLACE, what="abbey", source="Assumed"),),
        figures=(
            Figure(figure="people_in_the_centre", likely=4000, low=2000, high=9000, source="Guess"),
            Figure(figure="seats", likely=134, source="Handbook", confidence="read"),
        ),
        sources=("A handbook, 2018",),
    )


def planned(given: Scenario) -> tuple[Scenario, People, Plan, Measures]:
    """A sketched plan with its measures, a bound, limits and people without a way out."""
    people = people_of(given)
    rough = sketch(given, people)
    measures = measure(given, rough, people)
    proof = proven(
        rough,
        measures.people_safe,
        measures.danger_hours,
        measures.danger_hours_if_nobody_moves,
    )
    return given, people, with_limits(proof, given), measures


def with_movements(given: Scenario, most: int) -> tuple[Scenario, People, Plan, Measures]:
    """The sketched plan cut to its first movements."""
    people = people_of(given)
    rough = sketch(given, people, most)
    measures = measure(given, rough, people)
    bound = Bound(float(measures.people_total), 0.0)
    return given, people, replace(rough, bound=bound), measures


def nobody_moves(given: Scenario) -> tuple[Scenario, People, Plan, Measures]:
    """A plan without movements."""
    people = people_of(given)
    none = np.zeros(0, dtype=np.int64)
    plan = Plan(
        given.name, "0" * 64, "likely", "reach_safety", 0, (), Loads(none, none), Bound(0.0, 0.0)
    )
    return given, people, plan, measure(given, plan, people)


def without_coordinates(given: Scenario) -> Scenario:
    """The scenario off the map."""
    return given.replace(places=tuple(replace(place, lat=None, lon=None) for place in given.places))


def across_the_antimeridian() -> Scenario:
    """Fiji to Samoa: longitudes on both sides of 180 degrees."""
    given = scenario()
    moved = {
        "centre": (-17.8, 178.2),
        "north": (-17.7, 177.9),
        "abbey": (-18.1, 178.4),
        "glory": (-16.5, 179.9),
        "hkia": (-17.75, 177.44),
        "doha": (-13.83, -171.99),
        "ramstein": (-21.2, -175.15),
    }
    places = tuple(
        replace(place, lat=moved[place.place][0], lon=moved[place.place][1])
        for place in given.places
    )
    return given.replace(places=places)


NASTY = (
    '<b>&"#image("x.png")</b> *bold* _x_ $1/0$ @ref \\ #panic() \u202e\u06a9\u0627\u0628\u0644 '
    + "long " * 30
)


def nasty() -> Scenario:
    """Names that would be markup in HTML, SVG or typst, right-to-left letters, and very long."""
    given = scenario()
    places = tuple(replace(place, name=f"{place.place} {NASTY}") for place in given.places)
    return given.replace(
        title=NASTY,
        description=NASTY,
        places=places,
        sources=(NASTY,),
        fleets=tuple(replace(fleet, owner=NASTY) for fleet in given.fleets),
        figures=(Figure(figure="seats", likely=1, source=NASTY, unit="#x", as_of="</td>"),),
        hazards=(Hazard(hazard="lost", kind=Target.PLACE, what="abbey", source=NASTY),),
    )


def one_party() -> Scenario:
    """One person, one way."""
    given = scenario()
    return given.replace(demand=(), parties=(Party(party="p1", size=1, place="centre"),))


def content(parts: tuple[Scenario, People, Plan, Measures]) -> Content:
    """The content of a report."""
    return content_of(*parts)
