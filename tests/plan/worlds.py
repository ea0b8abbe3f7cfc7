"""Tiny worlds whose figures can be worked out by hand, and plans in them in a few words."""

import dataclasses
from datetime import UTC, datetime
from typing import Any

import numpy as np

from wayout.plan.feasible import Verdict, judge
from wayout.plan.model import Bound, Loads, Movement, Plan
from wayout.scenario.columns import UNLIMITED
from wayout.scenario.fleet import Fleet, VehicleType
from wayout.scenario.hashing import hash_of
from wayout.scenario.links import Berth, Link, Mode
from wayout.scenario.model import Scenario
from wayout.scenario.parties import Party
from wayout.scenario.people import people_of
from wayout.scenario.places import Place, PlaceKind
from wayout.scenario.policy import Policy
from wayout.scenario.windows import Repeat, Target, Window

DEADLINE = 1440
END = 2880


def walking_world() -> Scenario:
    """Two parties walk from home to a gate and on to a haven: an hour each, danger 1 an hour."""
    return Scenario(
        name="walking",
        title="Walking",
        start=datetime(2021, 8, 15, tzinfo=UTC),
        deadline=DEADLINE,
        end=END,
        policy=Policy(majors={"I": 4.0, "II": 4.0, "III": 2.0, "IV": 2.0, "V": 1.0}),
        places=(
            Place(place="home", kind=PlaceKind.HOME),
            Place(place="gate", kind=PlaceKind.GATE, beds=10, processing_per_hour=6),
            Place(place="haven", kind=PlaceKind.HAVEN, beds=10),
        ),
        links=(
            Link(
                link="path",
                origin="home",
                destination="gate",
                mode=Mode.FOOT,
                minutes=60,
                people_per_hour=6,
            ),
            Link(
                link="road",
                origin="gate",
                destination="haven",
                mode=Mode.FOOT,
                minutes=60,
                people_per_hour=UNLIMITED,
            ),
        ),
        parties=(
            Party(party="a", size=2, place="home", priority="V-E"),
            Party(party="b", size=3, place="home", priority="III-E", ready_from=60),
        ),
    )


def flying_world() -> Scenario:
    """Two aircraft of four seats, based at the haven, fetch nine people from 30 minutes away."""
    return Scenario(
        name="flying",
        title="Flying",
        start=datetime(2021, 8, 15, tzinfo=UTC),
        deadline=DEADLINE,
        end=END,
        places=(
            Place(place="field", kind=PlaceKind.AIRFIELD, beds=9),
            Place(place="haven", kind=PlaceKind.HAVEN, beds=UNLIMITED),
        ),
        links=(
            Link(
                link="hop",
                origin="field",
                destination="haven",
                mode=Mode.AIR,
                km=300,
                departures_per_hour=4,
            ),
        ),
        berths=(
            Berth(
                berth="ramp",
                place="field",
                mode=Mode.AIR,
                spots=1,
                movements_per_hour=3,
                runway_m=2000,
            ),
            Berth(
                berth="apron",
                place="haven",
                mode=Mode.AIR,
                spots=2,
                movements_per_hour=8,
                runway_m=2000,
            ),
        ),
        vehicles=(
            VehicleType(
                type="plane",
                mode=Mode.AIR,
                seats=4,
                seats_emergency=5,
                km_per_hour=600,
                load_minutes=10,
                unload_minutes=10,
                hours_per_day=2,
                runway_m=2000,
                range_km=300,
                stretchers=1,
                wheelchairs=1,
                escorts=2,
            ),
        ),
        fleets=(Fleet(fleet="wing", type="plane", number=2, base="haven"),),
        parties=(
            Party(party="a", size=4, place="field"),
            Party(party="b", size=3, place="field"),
            Party(party="c", size=2, place="field"),
        ),
    )


def walk(name: str, link: str, ends: tuple[str, str], times: tuple[int, int], num: int) -> Movement:
    """People by themselves."""
    return Movement(name, "", "", link, *ends, *times, num)


def fly(
    name: str, vehicle: str, depart: int, people: int = 0, *, back: bool = False, travel: int = 30
) -> Movement:
    """A vehicle of the wing over the hop; ``back`` from the haven to the field."""
    ends = ("haven", "field") if back else ("field", "haven")
    return Movement(name, vehicle, "wing", "hop", *ends, depart, depart + travel, people)


def plan_of(scenario: Scenario, movements: list[Movement], loads: list[tuple[str, str]]) -> Plan:
    """A plan of movements and (movement, party) pairs, with the values that the judge finds."""
    people = people_of(scenario)
    rows = {movement.movement: i for i, movement in enumerate(movements)}
    parties = {party: i for i, party in enumerate(people.party)}
    draft = Plan(
        scenario_name=scenario.name,
        scenario_hash=hash_of(scenario),
        case=str(scenario.case),
        objective=str(scenario.policy.objective),
        seed=0,
        movements=tuple(movements),
        loads=Loads(
            np.array([rows[movement] for movement, _ in loads], dtype=np.int64),
            np.array([parties[party] for _, party in loads], dtype=np.int64),
        ),
        bound=Bound(people_safe=float(people.num_people), danger_hours=0.0),
    )
    return with_values(draft, judge(scenario, draft, recorded=False))


def with_values(plan: Plan, verdict: Verdict) -> Plan:
    """The plan with a verdict's figures recorded."""
    return dataclasses.replace(
        plan,
        people_total=verdict.people_total,
        people_safe=verdict.people_safe,
        danger_hours=verdict.danger_hours,
        danger_hours_if_nobody_moves=verdict.danger_hours_if_nobody_moves,
        clear_minute=verdict.clear_minute,
    )


def walking_plan(scenario: Scenario) -> Plan:
    """Both parties walk through: a at 0, b at 60, each on without a wait."""
    home, road = ("home", "gate"), ("gate", "haven")
    return plan_of(
        scenario,
        [
            walk("1", "path", home, (0, 60), 2),
            walk("2", "road", road, (60, 120), 2),
            walk("3", "path", home, (60, 120), 3),
            walk("4", "road", road, (120, 180), 3),
        ],
        [("1", "a"), ("2", "a"), ("3", "b"), ("4", "b")],
    )


def flying_plan(scenario: Scenario) -> Plan:
    """wing-1 fetches a, then c; wing-2 fetches b; the second leaves when the ramp is free."""
    return plan_of(
        scenario,
        [
            fly("1", "wing-1", 0, back=True),
            fly("2", "wing-1", 50, 4),
            fly("3", "wing-2", 20, back=True),
            fly("4", "wing-2", 70, 3),
            fly("5", "wing-1", 100, back=True),
            fly("6", "wing-1", 150, 2),
        ],
        [("2", "a"), ("4", "b"), ("6", "c")],
    )


def codes(scenario: Scenario, plan: Plan, *, recorded: bool = False) -> set[str]:
    """The rules that a plan breaks."""
    return {finding.rule for finding in judge(scenario, plan, recorded=recorded).findings}


def with_movement(plan: Plan, name: str, **changes: Any) -> Plan:
    """The plan with one movement changed."""
    movements = tuple(
        dataclasses.replace(m, **changes) if m.movement == name else m for m in plan.movements
    )
    return dataclasses.replace(plan, movements=movements)


def with_place(scenario: Scenario, name: str, **changes: Any) -> Scenario:
    """The scenario with one place changed."""
    places = (dataclasses.replace(p, **changes) if p.place == name else p for p in scenario.places)
    return scenario.replace(places=tuple(places))


def with_link(scenario: Scenario, name: str, **changes: Any) -> Scenario:
    """The scenario with one link changed."""
    links = (dataclasses.replace(k, **changes) if k.link == name else k for k in scenario.links)
    return scenario.replace(links=tuple(links))


def with_berth(scenario: Scenario, name: str, **changes: Any) -> Scenario:
    """The scenario with one berth changed."""
    berths = (dataclasses.replace(b, **changes) if b.berth == name else b for b in scenario.berths)
    return scenario.replace(berths=tuple(berths))


def with_type(scenario: Scenario, **changes: Any) -> Scenario:
    """The scenario with its only vehicle type changed."""
    (vehicle,) = scenario.vehicles
    return scenario.replace(vehicles=(dataclasses.replace(vehicle, **changes),))


def with_fleet(scenario: Scenario, **changes: Any) -> Scenario:
    """The scenario with its only fleet changed."""
    (fleet,) = scenario.fleets
    return scenario.replace(fleets=(dataclasses.replace(fleet, **changes),))


def with_party(scenario: Scenario, name: str, **changes: Any) -> Scenario:
    """The scenario with one party changed."""
    parties = (
        dataclasses.replace(p, **changes) if p.party == name else p for p in scenario.parties
    )
    return scenario.replace(parties=tuple(parties))


def with_window(
    scenario: Scenario,
    kind: Target,
    what: str,
    span: tuple[int, int | None],
    factor: float = 0.0,
    repeat: Repeat = Repeat.NONE,
) -> Scenario:
    """The scenario with one more window."""
    window = Window(
        kind=kind, what=what, begins=span[0], ends=span[1], factor=factor, repeat=repeat
    )
    return scenario.replace(windows=(*scenario.windows, window))
