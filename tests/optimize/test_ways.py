"""Ways that a dispatcher must see: waiting out a night, the way beside, the long way round."""

from datetime import UTC, datetime

from wayout.optimize.progress import Budget
from wayout.optimize.solve import solve
from wayout.plan.model import Plan
from wayout.scenario.fleet import Fleet, VehicleType
from wayout.scenario.links import Berth, Link, Mode
from wayout.scenario.model import Scenario
from wayout.scenario.parties import Party
from wayout.scenario.places import Place, PlaceKind
from wayout.scenario.policy import Policy
from wayout.scenario.windows import Repeat, Target, Window

DAY = 1440
TOWN = Place(place="town", kind=PlaceKind.PORT, beds=200, danger_per_hour=1.0)
HAVEN = Place(place="haven", kind=PlaceKind.HAVEN, beds=200)
FERRY = VehicleType(
    type="ferry",
    mode=Mode.SEA,
    seats=10,
    seats_emergency=10,
    km_per_hour=20.0,
    load_minutes=20,
    unload_minutes=0,
    turn_minutes=10,
    hours_per_day=24.0,
)


def crossing(name: str, minutes: int, *ends: str) -> Link:
    return Link(
        link=name, origin=ends[0], destination=ends[1], mode=Mode.SEA, km=20, minutes=minutes
    )


def world(days: int, *links: Link, people: int = 30, places: tuple[Place, ...] = ()) -> Scenario:
    return Scenario(
        name="ways",
        title="One ferry",
        start=datetime(2021, 8, 15, tzinfo=UTC),
        deadline=days * DAY,
        end=(days + 5) * DAY,
        places=(TOWN, HAVEN, *places),
        links=links,
        policy=Policy(slot_minutes=10),
        berths=tuple(
            Berth(
                berth=f"{place.place}-quay",
                place=place.place,
                mode=Mode.SEA,
                spots=2,
                movements_per_hour=60,
            )
            for place in (TOWN, HAVEN, *places)
        ),
        vehicles=(FERRY,),
        fleets=(Fleet(fleet="ferries", type="ferry", number=1, base="haven"),),
        parties=tuple(Party(party=f"p{i}", size=1, place="town") for i in range(people)),
    )


def planned(scenario: Scenario) -> Plan:
    return solve(scenario, budget=Budget(seconds=None, work=0)).plan


def test_a_vehicle_waits_out_a_night() -> None:
    # The town is open for 20 minutes a day and a ferry needs 30 on the ground: it must come a day
    # before it leaves. On the first and the third day it comes, on the days after it goes.
    shut = Window(
        kind=Target.PLACE,
        what="town",
        begins=380,
        ends=380 + DAY - 20,
        factor=0,
        repeat=Repeat.DAILY,
    )
    before = Window(kind=Target.PLACE, what="town", begins=0, ends=360, factor=0)
    scenario = world(5, crossing("strait", 60, "town", "haven"))
    plan = planned(scenario.replace(windows=(before, shut)))
    assert plan.people_safe == 20
    assert [m.depart % DAY for m in plan.movements if m.people] == [360, 360]


def test_a_vehicle_comes_back_over_the_way_that_is_open() -> None:
    noon = Window(kind=Target.LINK, what="strait", begins=200, ends=None, factor=0)
    scenario = world(
        1, crossing("strait", 60, "town", "haven"), crossing("round-the-cape", 120, "town", "haven")
    )
    plan = planned(scenario.replace(windows=(noon,)))
    assert plan.people_safe == 30
    assert {m.link for m in plan.movements if m.depart >= 200} == {"round-the-cape"}


def test_people_go_the_long_way_where_the_short_one_is_narrow() -> None:
    border = Place(place="border", kind=PlaceKind.STAGING, beds=50, danger_per_hour=0.5)
    pier = Place(place="pier", kind=PlaceKind.PORT, beds=50, danger_per_hour=0.5)
    roads = [
        Link(
            link=f"to-{end}",
            origin=begin,
            destination=end,
            mode=Mode.FOOT,
            minutes=30,
            people_per_hour=rate,
        )
        for begin, end, rate in (
            ("town", "border", 6),
            ("border", "haven", 6),
            ("town", "pier", 60),
        )
    ]
    scenario = world(
        1, *roads, crossing("far", 500, "pier", "haven"), people=120, places=(border, pier)
    )
    ferries = Fleet(fleet="ferries", type="ferry", number=1, base="pier")
    plan = planned(scenario.replace(deadline=780, fleets=(ferries,)))
    assert sum(m.people for m in plan.movements if m.link == "far") == 10
    assert sum(m.people for m in plan.movements if m.link == "to-haven") > 60
