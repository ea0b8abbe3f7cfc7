"""Places that people only pass through: beds that serve many, ways that merge, who is too many."""

from datetime import UTC, datetime

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from wayout.network.model import build
from wayout.optimize.dispatch.overfull import within_beds
from wayout.optimize.dispatch.timetable import Timetable, movements_of
from wayout.optimize.progress import Budget
from wayout.optimize.solve import solve
from wayout.plan.feasible import Verdict, judge
from wayout.plan.model import Bound, Plan
from wayout.scenario.links import Link, Mode
from wayout.scenario.model import Scenario
from wayout.scenario.parties import Party
from wayout.scenario.people import people_of
from wayout.scenario.places import Place, PlaceKind
from wayout.scenario.policy import Policy
from wayout.scenario.windows import Target, Window

HAVEN = Place(place="haven", kind=PlaceKind.HAVEN, beds=10_000)


def road(origin: str, destination: str, minutes: int, people_per_hour: int = 6000) -> Link:
    return Link(
        link=f"{origin}-{destination}",
        origin=origin,
        destination=destination,
        mode=Mode.FOOT,
        minutes=minutes,
        people_per_hour=people_per_hour,
    )


def home(name: str, danger: float = 1.0) -> Place:
    return Place(place=name, kind=PlaceKind.HOME, danger_per_hour=danger)


def staging(beds: int) -> Place:
    return Place(place="camp", kind=PlaceKind.STAGING, beds=beds, danger_per_hour=0.5)


def world(hours: int, places: tuple[Place, ...], links: tuple[Link, ...], people: int) -> Scenario:
    homes = [place.place for place in places if place.kind is PlaceKind.HOME]
    return Scenario(
        name="passing",
        title="Passing through",
        start=datetime(2021, 8, 15, tzinfo=UTC),
        deadline=hours * 60,
        end=hours * 60 + 600,
        places=(*places, HAVEN),
        links=links,
        policy=Policy(slot_minutes=10),
        parties=tuple(
            Party(party=f"{name}-{i}", size=1, place=name) for name in homes for i in range(people)
        ),
    )


def planned(scenario: Scenario, rounds: int = 0) -> Plan:
    return solve(scenario, budget=Budget(seconds=None, work=rounds)).plan


def test_beds_of_those_who_go_on_are_counted_on_before_they_are_free() -> None:
    # Two hours to the camp, ten minutes on: kept free for whoever is on the way, ten beds would
    # let ten people pass in two hours; they can let ten pass in ten minutes.
    links = (road("home", "camp", 120), road("camp", "haven", 10))
    plan = planned(world(12, (home("home"), staging(10)), links, 600))
    assert plan.people_safe > 400
    assert plan.gap_people < 0.1


def test_a_camp_that_becomes_smaller_is_used_until_then() -> None:
    links = (road("home", "camp", 30), road("camp", "haven", 10, people_per_hour=60))
    shrinks = Window(kind=Target.BEDS, what="camp", begins=360, ends=None, factor=0.02)
    scenario = world(12, (home("home"), staging(500)), links, 700).replace(windows=(shrinks,))
    plan = planned(scenario)
    assert judge(scenario, plan, people_of(scenario)).accepted
    early = [m.people for m in plan.movements if m.link == "home-camp" and m.depart < 60]
    assert sum(early) > 200
    assert plan.gap_danger < 0.05


def test_where_ways_merge_those_in_most_danger_are_not_crowded_out() -> None:
    places = (home("far", danger=9.0), home("near", danger=1.0), staging(40))
    links = (road("far", "camp", 180), road("near", "camp", 10), road("camp", "haven", 10, 60))
    plan = planned(world(10, places, links, 400), rounds=2)
    assert plan.gap_danger < 0.05


def judged(timetable: Timetable) -> Verdict:
    network = build(SQUEEZED, people_of(SQUEEZED))
    movements, loads = movements_of(network, timetable)
    plan = Plan(
        scenario_name=SQUEEZED.name,
        scenario_hash="",
        case=SQUEEZED.case.value,
        objective="reach_safety",
        seed=1,
        movements=movements,
        loads=loads,
        bound=Bound(0.0, 0.0, None, {}),
        people_total=40,
        danger_hours_if_nobody_moves=0.0,
    )
    return judge(SQUEEZED, plan, network.people, recorded=False)


SQUEEZED = world(
    8, (home("home"), staging(8)), (road("home", "camp", 30), road("camp", "haven", 10)), 40
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 90)), min_size=1, max_size=40))
def test_whoever_is_too_many_stays_at_home(marches: list[tuple[int, int]]) -> None:
    """Everybody walks to the camp at some time and on after some wait: the rest is feasible."""
    network = build(SQUEEZED, people_of(SQUEEZED))
    legs = [(leg.origin, i) for i, leg in enumerate(network.legs)]
    by_origin = dict(legs)
    out, on = (by_origin[place] for place in (0, 1))
    rows = sorted(
        [(begins, out, party) for party, (begins, _) in enumerate(marches)]
        + [(begins + 30 + wait, on, party) for party, (begins, wait) in enumerate(marches)]
    )
    count = np.arange(len(rows))
    whole = Timetable(
        np.array([leg for _, leg, _ in rows]),
        np.zeros(len(rows), dtype=np.int64),
        np.array([depart for depart, _, _ in rows]),
        count,
        np.array([party for _, _, party in rows]),
    )
    may = np.ones(network.people.num_parties, dtype=np.bool_)
    fitting = within_beds(network, whole, may)
    verdict = judged(fitting)
    assert verdict.accepted, verdict.findings
    most = np.zeros(500)
    for begins, wait in marches:
        most[begins + 30 : begins + 30 + wait] += 1
    if most.max(initial=0) <= 8:
        assert len(fitting.load_party) == len(whole.load_party)
