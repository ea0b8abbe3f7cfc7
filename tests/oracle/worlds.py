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
  that fall along every way (``_may_link``), the links' rates included. This also means that an
  arrival that rounding makes timely costs no more than one that is too late.

Worlds with a step of one minute need none of this and have rates of every kind. Worlds with a step
of 240 minutes span days; their slots are shorter than the step, so they have no limit per slot.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from tests.oracle.draft import LONG_STEP, Dice, Draft
from tests.oracle.supply import HUBS, draw_berths, draw_fleets, draw_vehicle_types

from wayout.scenario.columns import UNLIMITED
from wayout.scenario.links import SELF, Link, Mode
from wayout.scenario.model import Scenario
from wayout.scenario.parties import Party
from wayout.scenario.places import Place, PlaceKind
from wayout.scenario.policy import Objective, Policy
from wayout.scenario.windows import Repeat, Target, Window

DAY = 1440


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
    _draw_parties(draft)
    _draw_windows(draft)
    return World(seed, step, _assemble(draft))


def _assemble(draft: Draft) -> Scenario:
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
        draft.places.append(_refuge(draft))
    if dice.chance(0.2 if draft.tiny else 0.5):
        draft.places.append(_between(draft, "gate", PlaceKind.GATE))
    if dice.chance(0.2 if draft.tiny else 0.35):
        draft.places.append(_between(draft, "staging", PlaceKind.STAGING))
    if dice.chance(0.85):
        draft.places.append(_between(draft, "hub", HUBS[dice.pick(*HUBS)]))
    for number in range(1, dice.pick(1, 1, 2) + 1):
        draft.places.append(_haven(draft, f"haven{number}"))


def _refuge(draft: Draft) -> Place:
    dice = draft.dice
    return Place(
        place="refuge",
        kind=PlaceKind.REFUGE,
        beds=dice.pick(UNLIMITED, 4.0, 3.0, 2.0),
        danger_per_hour=dice.pick(None, 0.5),
        expires=dice.pick(None, draft.time(3, draft.num_steps)),
        danger_after_expiry=dice.pick(1.0, 0.75, 3.0 if draft.step == 1 else 0.75),
    )


def _between(draft: Draft, name: str, kind: PlaceKind) -> Place:
    dice = draft.dice
    gate = kind is PlaceKind.GATE
    return Place(
        place=name,
        kind=kind,
        beds=dice.pick(UNLIMITED, float(dice.number(3, 8)), float(dice.number(3, 8))),
        processing_per_hour=draft.rate(2, 5) if gate else draft.some_rate(0.3, 2, 6),
        min_stay_hours=_stay_hours(draft) if dice.chance(0.3) else 0.0,
        danger_per_hour=dice.pick(None, None, 0.5, 0.25, 0.75),
    )


def _stay_hours(draft: Draft) -> float:
    """A stay that is a multiple of the step and has few decimals in hours."""
    return {1: 0.05, 10: 0.5, 20: 1.0, LONG_STEP: 4.0}[draft.step]


def _haven(draft: Draft, name: str) -> Place:
    dice = draft.dice
    return Place(
        place=name,
        kind=PlaceKind.HAVEN,
        beds=dice.pick(UNLIMITED, float(dice.number(2, 9)), float(dice.number(2, 9))),
        min_stay_hours=_stay_hours(draft) if dice.chance(0.15) else 0.0,
        processing_per_hour=draft.some_rate(0.15, 2, 5),
    )


def _may_link(draft: Draft, origin: Place, destination: Place) -> bool:
    """On a coarse grid no way leads to a place with a higher rate (see the module's text)."""
    worst_there = max(destination.danger, _after_expiry(destination))
    return draft.step == 1 or origin.danger >= worst_there


def _after_expiry(place: Place) -> float:
    return 0.0 if place.expires is None else place.danger_after_expiry


def _draw_links(draft: Draft) -> None:
    """Every place gets a way on where one is allowed; some get more, some havens an onward leg."""
    for position, origin in enumerate(draft.places):
        later = [place for place in draft.places[position + 1 :] if _may_link(draft, origin, place)]
        if origin.is_haven and not draft.dice.chance(0.6):
            continue
        wanted = [place for place in later if draft.dice.chance(0.45)]
        if later and not wanted:
            wanted = [draft.dice.pick(*later)]
        for destination in wanted:
            draft.links.append(_link(draft, origin, destination, _mode(draft, origin, destination)))
    _draw_way_back(draft)


def _draw_way_back(draft: Draft) -> None:
    """Now and then a haven's people may go on through a place that is no haven."""
    haven = draft.places[-1]
    before = [place for place in draft.places if place.place in ("staging", "hub")]
    if draft.step == 1 and before and draft.dice.chance(0.08):
        draft.links.append(_link(draft, haven, draft.dice.pick(*before), Mode.FOOT))


def _mode(draft: Draft, origin: Place, destination: Place) -> Mode:
    """Far legs by the first vehicle type; near ones on foot or by any type."""
    far = draft.types[0].mode
    if destination.is_haven and (origin.place == "hub" or origin.is_haven):
        return draft.dice.pick(far, far, far, Mode.ROAD)
    if destination.is_haven:
        return draft.dice.pick(far, far, Mode.ROAD, Mode.FOOT)
    return draft.dice.pick(Mode.FOOT, Mode.FOOT, Mode.ROAD, draft.types[-1].mode)


def _link(draft: Draft, origin: Place, destination: Place, mode: Mode) -> Link:
    dice = draft.dice
    minutes = draft.time(1, dice.pick(1, 2, 3))
    open_to = _open_to(draft, mode)
    by_self = SELF in open_to or (not open_to and mode is Mode.FOOT)
    by_speed = not by_self and dice.chance(0.3)
    return Link(
        link=f"way{len(draft.links) + 1}",
        origin=origin.place,
        destination=destination.place,
        mode=mode,
        km=2.0 * minutes if by_speed or (not by_self and dice.chance(0.3)) else None,
        minutes=None if by_speed else minutes,
        people_per_hour=draft.some_rate(0.8, 2, 6) if by_self else UNLIMITED,
        departures_per_hour=draft.some_rate(0.2, 1, 2) if mode is not Mode.FOOT else UNLIMITED,
        open_to=open_to,
        assisted=dice.chance(0.4),
        return_empty=dice.chance(0.85),
        danger_per_hour=_link_danger(draft, origin, mode),
    )


def _open_to(draft: Draft, mode: Mode) -> tuple[str, ...]:
    """Mostly blank; else some types of the mode and now and then people in their own cars."""
    types = tuple(kind.type for kind in draft.types if kind.mode is mode)
    own_cars = mode is Mode.ROAD and draft.dice.chance(0.25 if types else 0.7)
    if own_cars:
        return (*types, SELF)
    return (types[0],) if types and draft.dice.chance(0.15) else ()


def _link_danger(draft: Draft, origin: Place, mode: Mode) -> float | None:
    """Drawn; on a coarse grid never above the rate of the place that is left."""
    default = 0.0 if mode in (Mode.SEA, Mode.AIR) else 1.0
    drawn = draft.dice.pick(None, None, 0.5, 0.0, 1.5)
    if draft.step == 1:
        return drawn
    return min(default if drawn is None else drawn, origin.danger)


def _draw_parties(draft: Draft) -> None:
    dice = draft.dice
    classes = (dice.pick("I-A", "III-B"), "V-E")
    largest = max((kind.seats for kind in draft.types), default=4)
    present: dict[str, int] = {}
    most = 3 if draft.tiny else dice.pick(2, 3, 3, 4, 5, 6)
    for number in range(1, dice.number(2, most) + 1):
        starts = [place for place in draft.places if place.kind is not PlaceKind.REFUGE]
        homes = [place for place in starts if place.place.startswith("home")]
        others = [place for place in starts if not place.is_haven]
        place = dice.pick(*homes) if dice.chance(0.75) else dice.pick(*others)
        size = min(largest, dice.pick(1, 1, 2, 2, 3, 4))
        if present.get(place.place, 0) + size > place.beds:
            place = homes[0]
        present[place.place] = present.get(place.place, 0) + size
        draft.parties.append(
            _party(draft, f"party{number}", size, place.place, dice.pick(*classes))
        )


def _party(draft: Draft, name: str, size: int, place: str, priority: str) -> Party:
    dice = draft.dice
    ends = [
        place.place for place in draft.places if place.kind in (PlaceKind.HAVEN, PlaceKind.REFUGE)
    ]
    need = dice.pick(*["none"] * 9, "stretcher", "wheelchair", "children")
    return Party(
        party=name,
        size=size,
        place=place,
        priority=priority,
        stretchers=1 if need == "stretcher" else 0,
        wheelchairs=1 if need == "wheelchair" else 0,
        unaccompanied=need == "children",
        ready_from=draft.time(1, 4) if dice.chance(0.3) else 0,
        safe_by=draft.time(3, draft.num_steps) if dice.chance(0.2) else None,
        may_go_to=_destinations(dice, ends) if dice.chance(0.2) else (),
    )


def _destinations(dice: Dice, ends: list[str]) -> tuple[str, ...]:
    chosen = {dice.pick(*ends), ends[-1]} if dice.chance(0.3) else {dice.pick(*ends)}
    return tuple(sorted(chosen))


def _draw_windows(draft: Draft) -> None:
    """Up to four windows, at most one for a target."""
    homes = {party.place for party in draft.parties}
    housed = [place.place for place in draft.places if place.beds < UNLIMITED]
    targets = {
        Target.PLACE: [place.place for place in draft.places],
        # Who is at home from the start cannot obey a limit that falls: nothing would be a plan.
        Target.BEDS: [place for place in housed if place not in homes],
        Target.LINK: [link.link for link in draft.links],
        Target.BERTH: [berth.berth for berth in draft.berths],
        Target.FLEET: [fleet.fleet for fleet in draft.fleets],
    }
    taken = set()
    for _ in range(draft.dice.pick(0, 1, 1, 2, 3, 4)):
        kind = draft.dice.pick(*targets)
        if targets[kind]:
            what = draft.dice.pick(*targets[kind])
            if (kind, what) not in taken:
                draft.windows.append(_window(draft, kind, what))
            taken.add((kind, what))


def _window(draft: Draft, kind: Target, what: str) -> Window:
    dice = draft.dice
    daily = draft.step == LONG_STEP and dice.chance(0.6)
    begins = draft.time(0, 4) if daily else draft.time(0, draft.num_steps - 2)
    most = (DAY if daily else draft.deadline) // draft.step
    ends = draft.time(begins // draft.step + 1, min(most, begins // draft.step + 4))
    return Window(
        kind=kind,
        what=what,
        begins=begins,
        ends=None if ends == draft.deadline else ends,
        factor=dice.pick(0.0, 0.0, 0.5, 0.6, 0.75, 2.0 if kind is not Target.FLEET else 0.5),
        repeat=Repeat.DAILY if daily else Repeat.NONE,
    )
