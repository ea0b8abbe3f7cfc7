"""Plans that tests play through, and what is dealt to them by hand."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import numpy as np
from tests.plan.worlds import fly, flying_plan, flying_world, plan_of, walk, with_place

from wayout.plan.model import Movement, Plan
from wayout.scenario.columns import UNLIMITED
from wayout.scenario.folder import read
from wayout.scenario.links import Link, Mode
from wayout.scenario.model import Scenario
from wayout.scenario.parties import Party
from wayout.scenario.places import Place, PlaceKind
from wayout.scenario.policy import Policy
from wayout.simulate.engine.fresh import Dealt, Stage, undisturbed
from wayout.simulate.engine.running import run
from wayout.simulate.model import Model, model_of
from wayout.simulate.outcome import Departure, departures_of
from wayout.simulate.situation import departed

SCENARIOS = Path(__file__).parents[2] / "scenarios"


@cache
def shipped(name: str) -> Scenario:
    """A scenario that ships."""
    return read(SCENARIOS / name)


def flying(**changes: object) -> tuple[Scenario, Plan]:
    """The flying world and its plan."""
    world = flying_world().replace(**changes)
    return world, flying_plan(world)


def relayed() -> tuple[Scenario, Plan]:
    """wing-2 brings o from an outpost to the field at 130; wing-1 takes it on in the same minute.

    The field has one spot: wing-2 lands on the one that wing-1 leaves with its people.
    """
    world = with_place(flying_world(), "field", beds=20)
    (hop,), ramp = world.links, world.berths[0]
    world = world.replace(
        places=(*world.places, Place(place="outpost", kind=PlaceKind.AIRFIELD, beds=9)),
        links=(hop, replace(hop, link="spur", origin="outpost", destination="field")),
        berths=(*world.berths, replace(ramp, berth="strip", place="outpost")),
        parties=(*world.parties, Party(party="o", size=4, place="outpost")),
    )
    movements = [
        fly("1", "wing-2", 0, back=True),
        fly("2", "wing-1", 20, back=True),
        Movement("3", "wing-2", "wing", "spur", "field", "outpost", 50, 80, 0),
        Movement("4", "wing-2", "wing", "spur", "outpost", "field", 100, 130, 4),
        fly("5", "wing-1", 130, 4),
        fly("6", "wing-2", 150, 2),
    ]
    return world, plan_of(world, movements, [("4", "o"), ("5", "o"), ("6", "c")])


def dealt(model: Model, **changes: object) -> Dealt:
    """Nothing happens, but for what is named."""
    return replace(undisturbed(len(model.move), len(model.party)), **changes)  # type: ignore[arg-type] # fields by name


def minutes(model: Model, **by_movement: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Minutes for the movements named ``m1``, ``m2`` …, in the order of the tables."""
    names = [f"m{model.plan.movements[i].movement}" for i in model.order.tolist()]
    return np.array([by_movement.get(name, 0) for name in names], dtype=np.int64)


def played(model: Model, deal: Dealt) -> tuple[Stage, tuple[Departure, ...]]:
    """One replication, and its departures."""
    stage = model.stage()
    run(model.given, stage.deal(deal))
    return stage, departures_of(model, stage)


def times(departures: Sequence[Departure]) -> dict[str, tuple[int, int | None, int]]:
    """Departure, arrival and people by the movement's name."""
    return {one.movement: (one.depart, one.arrive, one.people) for one in departures}


def queueing(arrivals: Sequence[int], deadline: int) -> tuple[Scenario, Plan]:
    """One gate that lets one person a minute through; each comes at its minute and wants on.

    Each stands one minute's walk before the gate from the beginning; the plan lets each pass at
    the minute of arrival, whoever else does: it is no plan that the judge accepts, and the gate's
    queue is what the engine makes of it.
    """
    scenario = Scenario(
        name="queue",
        title="Queue",
        start=datetime(2021, 8, 15, tzinfo=UTC),
        deadline=deadline,
        end=deadline + 1440,
        policy=Policy(slot_minutes=1),
        places=(
            Place(place="home", kind=PlaceKind.HOME),
            Place(place="gate", kind=PlaceKind.GATE, beds=UNLIMITED, processing_per_hour=60),
            Place(place="haven", kind=PlaceKind.HAVEN, beds=UNLIMITED),
        ),
        links=tuple(
            Link(
                link=name,
                origin=ends[0],
                destination=ends[1],
                mode=Mode.FOOT,
                minutes=1,
                people_per_hour=UNLIMITED,
            )
            for name, ends in (("in", ("home", "gate")), ("out", ("gate", "haven")))
        ),
        parties=tuple(Party(party=f"p{i}", size=1, place="home") for i in range(len(arrivals))),
    )
    movements, loads = [], []
    for i, tick in enumerate(arrivals):
        movements.append(walk(f"i{i}", "in", ("home", "gate"), (tick - 1, tick), 1))
        movements.append(walk(f"o{i}", "out", ("gate", "haven"), (tick, tick + 1), 1))
        loads += [(f"i{i}", f"p{i}"), (f"o{i}", f"p{i}")]
    return scenario, plan_of(scenario, movements, loads)


def model(scenario: Scenario, plan: Plan, hold: int = 0) -> Model:
    """The engine's tables."""
    return model_of(scenario, plan, hold_minutes=hold)


def as_it_was(model: Model, stage: Stage) -> Plan:
    """What took place as a plan of its own, with the minutes at which everything arrived.

    What is still under way at the deadline arrives as it was due. The judge cannot know of longer
    ways (M2), and counts people as present from when they stand before a place (P5).
    """
    deadline = model.scenario.deadline
    past = departed(model, stage, deadline + 1)
    movements = []
    for moved in past.plan.movements:
        late = past.late.get((moved.vehicle, moved.link, moved.depart), 0)
        there = moved.arrive + late
        movements.append(replace(moved, arrive=there if there <= deadline else moved.arrive))
    return replace(past.plan, movements=tuple(movements))
