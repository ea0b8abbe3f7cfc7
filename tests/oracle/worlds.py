"""Tiny random scenarios whose best plan can be proved.

Every time of a world (travel, ground times, stays, windows, ready times, slots, deadlines) is a
multiple of its step. Then no plan on arbitrary minutes beats the best plan on the grid of steps:

- Round every departure of a plan down to the grid. As all durations are multiples of the step,
  arrivals, ready-again times and ends of stays are rounded down with it. Rounding down keeps
  order, never leaves or enters a slot, a day or a window ``[from, until)`` whose ends are on the
  grid, and keeps ``t ≥ m`` and ``t ≤ m`` for every ``m`` on the grid. Whoever is counted at grid
  tick ``g`` afterwards (beds, spots) was counted at tick ``g + step - 1`` before. So the rounded
  plan obeys every rule.
- Nobody becomes safe later, so neither the number of people safe nor the last arrival gets worse.
- Danger-hours are a sum of ``departure × (rate of the place left - rate of the place reached)``,
  and get no worse if no rate rises along a way: worlds with a step above one minute have rates
  that fall along every way (``may_link``), the links' rates included. This also means that an
  arrival that rounding makes timely costs no more than one that is too late.

Worlds with a step of one minute need none of this and have rates of every kind. Worlds with a step
of 240 minutes span days; their slots are shorter than the step, so they have no limit per slot.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from tests.oracle.crowd import draw_parties
from tests.oracle.draft import LONG_STEP, Dice, Draft
from tests.oracle.grounds import may_link, new_between, new_haven, new_refuge
from tests.oracle.openings import draw_windows
from tests.oracle.supply import HUBS, draw_berths, draw_fleets, draw_vehicle_types
from tests.oracle.ways import new_link

from wayout.scenario.links import Mode
from wayout.scenario.model import Scenario
from wayout.scenario.places import Place, PlaceKind
from wayout.scenario.policy import Objective, Policy


@dataclass(frozen=True, slots=True)
class World:
    """A scenario and the length in minutes of the grid that its best plan lies on."""

    seed: int
    step: int
    scenario: Scenario


def draw_world(seed: int, *, tiny: bool = False) -> World:
    """The world of a seed; ``tiny`` ones can be searched without a solver."""
    dice = Dice(seed)
    step = dice.pick(1, 1, 1, 1, 1, 10, 10, 20, 20, LONG_STEP)
    slots = {1: (1, 2, 3, 5, 6), 10: (10, 20, 30), 20: (20, 20, 60), LONG_STEP: (60,)}
    num_steps = dice.number(5, 7) if tiny else dice.number(8, 13)
    draft = Draft(dice, step, num_steps, dice.pick(*slots[step]), tiny)
    _draw_places(draft)
    draw_vehicle_types(draft)
    _draw_links(draft)
    draw_berths(draft)
    draw_fleets(draft)
    draw_parties(draft)
    draw_windows(draft)
    return World(seed, step, assemble(draft))


def assemble(draft: Draft) -> Scenario:
    dice = draft.dice
    policy = Policy(
        objective=dice.pick(Objective.REACH_SAFETY, Objective.REACH_SAFETY, Objective.CLEAR_FAST),
        emergency_seats=dice.chance(0.4),
        slot_minutes=draft.slot,
    )
    return Scenario(
        name="tiny",
        title="A tiny world",
        start=datetime(2021, 8, 15, 6, tzinfo=UTC),
        deadline=draft.deadline,
        end=draft.deadline + dice.pick(0, draft.deadline, 3 * draft.deadline, 7),
        places=tuple(draft.places),
        links=tuple(draft.links),
        policy=policy,
        berths=tuple(draft.berths),
        vehicles=tuple(draft.types),
        fleets=tuple(draft.fleets),
        parties=tuple(draft.parties),
        windows=tuple(draft.windows),
    )


def _draw_places(draft: Draft) -> None:
    """Homes, then what lies between, then havens: links lead from earlier to later places."""
    dice = draft.dice
    for number in range(1, 2 if draft.tiny else dice.pick(2, 2, 3)):
        kind = dice.pick(PlaceKind.HOME, PlaceKind.HOME, PlaceKind.ASSEMBLY)
        danger = dice.pick(None, 1.0, 1.5, 2.0)
        draft.places.append(Place(place=f"home{number}", kind=kind, danger_per_hour=danger))
    if dice.chance(0.3):
        draft.places.append(new_refuge(draft))
    if dice.chance(0.2 if draft.tiny else 0.5):
        draft.places.append(new_between(draft, "gate", PlaceKind.GATE))
    if dice.chance(0.2 if draft.tiny else 0.35):
        draft.places.append(new_between(draft, "staging", PlaceKind.STAGING))
    if dice.chance(0.85):
        draft.places.append(new_between(draft, "hub", HUBS[dice.pick(*HUBS)]))
    for number in range(1, dice.pick(1, 1, 2) + 1):
        draft.places.append(new_haven(draft, f"haven{number}"))


def _draw_links(draft: Draft) -> None:
    """Every place gets a way on where one is allowed; some get more, some havens an onward leg."""
    for position, origin in enumerate(draft.places):
        later = [place for place in draft.places[position + 1 :] if may_link(draft, origin, place)]
        if origin.is_haven and not draft.dice.chance(0.6):
            continue
        wanted = [place for place in later if draft.dice.chance(0.45)]
        if later and not wanted:
            wanted = [draft.dice.pick(*later)]
        for destination in wanted:
            draft.links.append(
                new_link(draft, origin, destination, _mode(draft, origin, destination))
            )
    _draw_way_back(draft)


def _draw_way_back(draft: Draft) -> None:
    """Now and then a haven's people may go on through a place that is no haven."""
    haven = draft.places[-1]
    before = [place for place in draft.places if place.place in ("staging", "hub")]
    if draft.step == 1 and before and draft.dice.chance(0.08):
        draft.links.append(new_link(draft, haven, draft.dice.pick(*before), Mode.FOOT))


def _mode(draft: Draft, origin: Place, destination: Place) -> Mode:
    """Far legs by the first vehicle type; near ones on foot or by any type."""
    far = draft.types[0].mode
    if destination.is_haven and (origin.place == "hub" or origin.is_haven):
        return draft.dice.pick(far, far, far, Mode.ROAD)
    if destination.is_haven:
        return draft.dice.pick(far, far, Mode.ROAD, Mode.FOOT)
    return draft.dice.pick(Mode.FOOT, Mode.FOOT, Mode.ROAD, draft.types[-1].mode)
