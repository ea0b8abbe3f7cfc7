"""A tiny scenario and a plan for it, made by hand: what the summary is written from."""

from datetime import datetime
from pathlib import Path

import numpy as np

from wayout.cli.making import Given, Made
from wayout.plan.model import BindingLimit, Bound, Loads, Movement, NoWayOut, Plan
from wayout.scenario.links import Link, Mode
from wayout.scenario.model import Scenario
from wayout.scenario.parties import Party
from wayout.scenario.people import people_of
from wayout.scenario.places import Place, PlaceKind
from wayout.scenario.policy import Objective


def scenario() -> Scenario:
    """Six people who can walk out of town, and two on a hill without a way down."""
    return Scenario(
        name="walk-out",
        title="Walk out",
        start=datetime.fromisoformat("2021-08-14T00:00+04:30"),
        deadline=600,
        end=1200,
        places=(
            Place(place="town", kind=PlaceKind.HOME, name="Old town"),
            Place(place="hill", kind=PlaceKind.HOME),
            Place(place="camp", kind=PlaceKind.HAVEN),
        ),
        links=(
            Link(
                link="path",
                origin="town",
                destination="camp",
                mode=Mode.FOOT,
                minutes=120,
                people_per_hour=60.0,
            ),
        ),
        parties=(
            Party(party="a", place="town", size=4, priority="I"),
            Party(party="b", place="town", size=2, priority="V"),
            Party(party="c", place="hill", size=2, priority="V"),
        ),
    )


def plan() -> Plan:
    """Everybody in town walks at once."""
    return Plan(
        scenario_name="walk-out",
        scenario_hash="0",
        case="likely",
        objective=str(Objective.REACH_SAFETY),
        seed=3,
        movements=(
            Movement("m1", "", "", "path", "town", "camp", 0, 120, 4),
            Movement("m2", "", "", "path", "town", "camp", 5, 125, 2),
        ),
        loads=Loads(np.array([0, 1]), np.array([0, 1])),
        bound=Bound(people_safe=6.4, danger_hours=70.0, clear_minute=None),
        people_total=8,
        people_safe=6,
        danger_hours=76.0,
        danger_hours_if_nobody_moves=400.0,
        stopped_by="gap",
        limits=(BindingLimit("people_per_hour", "path", 0, 60, 2.2, 11.0),),
        no_way_out=(NoWayOut("hill", "V", 2, "no link leaves it."),),
    )


def made(folder: Path = Path("plans/walk-out-likely")) -> Made:
    """The plan as if it had just been written."""
    given = Given(scenario(), people_of(scenario()), 400.0)
    seconds = {
        "read": 0.01,
        "bound": 1.0,
        "dispatch": 2.0,
        "improve": 3.0,
        "judge": 0.5,
        "write": 1,
    }
    return Made(given, plan(), folder, folder / "report.html", folder / "plan.pdf", seconds)
