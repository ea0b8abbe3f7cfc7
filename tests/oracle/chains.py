"""Tiny worlds like an air bridge with a sea leg: by road, then by air, then by ship or rail.

What the first generator (``worlds.py``) seldom makes is here in most worlds: chains of three modes,
two scarce airfields served by types that share their spots, fleets of the same type that come late
or leave early, vehicles based where there are fewer spots than vehicles, windows that open twice,
a compound that stops protecting, stays in between. Times are multiples of the step and rates fall
along every way, so that the best plan lies on the grid for the reasons given there.
"""

from dataclasses import replace

from tests.oracle.crowd import new_party
from tests.oracle.draft import LONG_STEP, Dice, Draft
from tests.oracle.grounds import new_between, new_haven, new_refuge
from tests.oracle.openings import draw_windows, draw_windows_that_open_twice
from tests.oracle.supply import new_berth, new_type
from tests.oracle.ways import new_link
from tests.oracle.worlds import World, assemble

from wayout.scenario.columns import UNLIMITED
from wayout.scenario.fleet import Fleet, VehicleType
from wayout.scenario.links import Berth, Mode
from wayout.scenario.places import Place, PlaceKind

CHAINS = 1_000_000
"""Seeds from here on are worlds of this module."""

TRANSFERS = {Mode.SEA: PlaceKind.PORT, Mode.RAIL: PlaceKind.STATION}


def draw_chain(seed: int) -> World:
    """The world of a seed."""
    dice = Dice(seed)
    step = dice.pick(1, 1, 1, 1, 5, 10, 20, LONG_STEP)
    slots = {1: (1, 2, 3, 6), 5: (5, 10, 15), 10: (10, 20, 30), 20: (20, 60), LONG_STEP: (60,)}
    draft = Draft(dice, step, dice.number(10, 15), dice.pick(*slots[step]), tiny=False)
    onward = dice.pick(*TRANSFERS)
    _draw_places(draft, onward)
    _draw_types(draft, onward)
    _draw_links(draft, onward)
    _draw_berths(draft)
    _draw_fleets(draft)
    _draw_parties(draft)
    draw_windows_that_open_twice(draft)
    if dice.chance(0.5):
        draw_windows(draft)
    return World(seed, step, assemble(draft))


def _draw_places(draft: Draft, onward: Mode) -> None:
    """Rates fall from home to haven."""
    dice = draft.dice
    homes = [Place(place="home1", kind=PlaceKind.HOME, danger_per_hour=2.0)]
    if dice.chance(0.35):
        homes.append(Place(place="home2", kind=PlaceKind.ASSEMBLY, danger_per_hour=1.5))
    draft.places += homes
    if dice.chance(0.4):
        draft.places.append(_compound(draft))
    if dice.chance(0.3):
        draft.places.append(replace(new_between(draft, "gate", PlaceKind.GATE), danger_per_hour=1))
    for number in range(1, dice.pick(1, 2, 2) + 1):
        field = new_between(draft, f"field{number}", PlaceKind.AIRFIELD)
        draft.places.append(replace(field, danger_per_hour=dice.pick(None, 0.75, 1.0)))
    transfer = new_between(draft, "transfer", TRANSFERS[onward])
    draft.places.append(replace(transfer, danger_per_hour=dice.pick(0.25, 0.5)))
    for number in range(1, dice.pick(1, 2) + 1):
        draft.places.append(new_haven(draft, f"haven{number}"))


def _compound(draft: Draft) -> Place:
    """A refuge on the way, most of the time with an end."""
    dice, drawn = draft.dice, new_refuge(draft)
    expires = draft.time(3, draft.num_steps) if dice.chance(0.6) else drawn.expires
    if draft.step == 1:
        return replace(drawn, expires=expires)
    return replace(drawn, expires=expires, danger_per_hour=1.0, danger_after_expiry=1.25)


def _draw_types(draft: Draft, onward: Mode) -> None:
    """A bus, one or two types of aircraft, and what goes on from the far field."""
    dice = draft.dice
    modes = [Mode.ROAD, Mode.AIR, onward] + ([Mode.AIR] if dice.chance(0.5) else [])
    for number, mode in enumerate(modes, start=1):
        drawn = new_type(draft, number, mode)
        far = UNLIMITED if dice.chance(0.9) else drawn.range_km
        hours = drawn.hours_per_day if dice.chance(0.6) else 24.0
        drawn = replace(drawn, range_km=far, hours_per_day=hours)
        draft.types.append(_able(drawn) if dice.chance(0.8) else drawn)


def _able(kind: VehicleType) -> VehicleType:
    """With room for whoever has needs."""
    return replace(kind, stretchers=2, wheelchairs=2, escorts=4)


def _places(draft: Draft, *kinds: PlaceKind) -> list[Place]:
    return [place for place in draft.places if place.kind in kinds]


def _draw_links(draft: Draft, onward: Mode) -> None:
    dice = draft.dice
    fields = _places(draft, PlaceKind.AIRFIELD)
    transfer = _places(draft, *TRANSFERS.values())[0]
    near = _places(draft, PlaceKind.GATE, PlaceKind.REFUGE)
    for home in _places(draft, PlaceKind.HOME, PlaceKind.ASSEMBLY):
        for stop in near:
            if dice.chance(0.7):
                _add(draft, home, stop, dice.pick(Mode.FOOT, Mode.ROAD))
        for field in fields:
            if dice.chance(0.6) or field is fields[0]:
                _add(draft, home, field, dice.pick(Mode.ROAD, Mode.ROAD, Mode.FOOT))
    for stop in near:
        _add(draft, stop, dice.pick(*fields), dice.pick(Mode.FOOT, Mode.ROAD))
    for field in fields:
        _add(draft, field, transfer, Mode.AIR)
    for haven in _places(draft, PlaceKind.HAVEN):
        _add(draft, transfer, haven, onward)
        if dice.chance(0.3):
            _add(draft, dice.pick(*fields), haven, Mode.AIR)


def _add(draft: Draft, origin: Place, destination: Place, mode: Mode) -> None:
    """A short way, most of the time with room enough."""
    link = new_link(draft, origin, destination, mode)
    minutes = draft.time(1, 2)
    calmer = min(link.danger, origin.danger)
    draft.links.append(replace(link, km=None, minutes=minutes, danger_per_hour=calmer))


def _draw_berths(draft: Draft) -> None:
    """Few spots; now and then one type of aircraft has its own."""
    dice = draft.dice
    for place in draft.places:
        modes = {
            link.mode for link in draft.links if place.place in (link.origin, link.destination)
        }
        for mode in sorted(modes - {Mode.FOOT}):
            if mode is Mode.ROAD and dice.chance(0.7):
                continue
            types = [kind.type for kind in draft.types if kind.mode is mode]
            draft.berths.append(_scarce(draft, place, mode, ()))
            if len(types) > 1 and dice.chance(0.25):
                draft.berths.append(_scarce(draft, place, mode, (types[1],)))


def _scarce(draft: Draft, place: Place, mode: Mode, types: tuple[str, ...]) -> Berth:
    berth = new_berth(draft, place, mode, types)
    spots = draft.dice.pick(1.0, 1.0, 1.0, 2.0, 2.0, UNLIMITED)
    runway = UNLIMITED if draft.dice.chance(0.9) else berth.runway_m
    return replace(berth, spots=spots, runway_m=runway, depth_m=UNLIMITED)


def _draw_fleets(draft: Draft) -> None:
    """Two vehicles a fleet at most; now and then a second fleet of a type that comes late."""
    dice = draft.dice
    for kind in draft.types:
        ends = [
            end
            for link in draft.links
            if link.mode is kind.mode
            for end in (link.origin, link.origin, link.destination)
        ]
        if not ends:
            continue
        for number in range(2 if dice.chance(0.25) else 1):
            late = number == 1 or dice.chance(0.3)
            draft.fleets.append(
                Fleet(
                    fleet=f"{kind.type}{'ab'[number]}",
                    type=kind.type,
                    number=dice.pick(1, 1, 2) if kind.mode is Mode.AIR else 1,
                    base=dice.pick(*ends),
                    available_from=draft.time(1, 4) if late else 0,
                    available_until=_leaves(draft),
                )
            )


def _leaves(draft: Draft) -> int | None:
    if not draft.dice.chance(0.25):
        return None
    return draft.time(draft.num_steps - 5, draft.num_steps - 1)


def _draw_parties(draft: Draft) -> None:
    """Mostly at home, a few on the way."""
    dice = draft.dice
    homes = _places(draft, PlaceKind.HOME, PlaceKind.ASSEMBLY)
    others = _places(draft, PlaceKind.AIRFIELD)
    classes = (dice.pick("I-A", "III-B"), "V-E")
    largest = min(kind.seats for kind in draft.types)
    for number in range(1, dice.pick(2, 2, 3, 4) + 1):
        place = dice.pick(*homes) if dice.chance(0.8) else dice.pick(*others)
        size = min(largest, dice.pick(1, 1, 2, 2, 3))
        if size * 4 > place.beds:
            place = homes[0]
        party = new_party(draft, f"party{number}", size, place.place, dice.pick(*classes))
        draft.parties.append(party)
