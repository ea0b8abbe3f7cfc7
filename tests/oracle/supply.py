"""Vehicle types, berths and fleets of a tiny world."""

from tests.oracle.draft import Draft

from wayout.scenario.columns import UNLIMITED
from wayout.scenario.fleet import Fleet, VehicleType
from wayout.scenario.links import Berth, Mode
from wayout.scenario.places import Place, PlaceKind

HUBS = {Mode.AIR: PlaceKind.AIRFIELD, Mode.SEA: PlaceKind.PORT, Mode.RAIL: PlaceKind.STATION}


def draw_vehicle_types(draft: Draft) -> None:
    dice = draft.dice
    hub = next((place.kind for place in draft.places if place.place == "hub"), None)
    far = next((mode for mode, kind in HUBS.items() if kind is hub), Mode.ROAD)
    modes = [far] if dice.chance(0.6) else [far, dice.pick(far, Mode.ROAD)]
    for number, mode in enumerate(modes, start=1):
        draft.types.append(new_type(draft, number, mode))


def new_type(draft: Draft, number: int, mode: Mode) -> VehicleType:
    dice = draft.dice
    seats = dice.number(2, 6)
    return VehicleType(
        type=f"type{number}",
        mode=mode,
        seats=seats,
        seats_emergency=seats + dice.number(1, 3) if dice.chance(0.5) else None,
        km_per_hour=dice.pick(60.0, 30.0, 60.0, 120.0),
        range_km=dice.pick(UNLIMITED, UNLIMITED, UNLIMITED, 4.0 * draft.step, 2.0 * draft.step),
        load_minutes=draft.time(0, 1),
        unload_minutes=draft.time(0, 1) if dice.chance(0.5) else 0,
        turn_minutes=draft.time(0, 1) if dice.chance(0.3) else 0,
        hours_per_day=_hours_per_day(draft),
        runway_m=dice.pick(0.0, 0.0, 1000.0),
        draught_m=dice.pick(0.0, 0.0, 5.0),
        stretchers=dice.pick(0, 1, 2),
        wheelchairs=dice.pick(0, 1, 2),
        escorts=dice.pick(0, 2, 4),
    )


def _hours_per_day(draft: Draft) -> float:
    """Often so few hours that they bind."""
    if draft.dice.chance(0.6):
        return 24.0
    return min(24.0, draft.time(2, 7) / 60.0)


def draw_berths(draft: Draft) -> None:
    """Berths wherever a type that needs one may stop; road berths now and then."""
    for place in draft.places:
        modes = {
            link.mode for link in draft.links if place.place in (link.origin, link.destination)
        }
        for mode in sorted(modes - {Mode.FOOT}):
            types = [kind for kind in draft.types if kind.mode is mode]
            if types and (mode is not Mode.ROAD or draft.dice.chance(0.3)):
                draft.berths.append(new_berth(draft, place, mode, ()))
                if len(types) > 1 and draft.dice.chance(0.5):
                    draft.berths.append(new_berth(draft, place, mode, (types[1].type,)))


def new_berth(draft: Draft, place: Place, mode: Mode, types: tuple[str, ...]) -> Berth:
    dice = draft.dice
    return Berth(
        berth=f"{place.place}-{mode}{'-own' if types else ''}",
        place=place.place,
        mode=mode,
        types=types,
        spots=dice.pick(UNLIMITED, 1.0, 1.0, 2.0, 3.0),
        movements_per_hour=draft.some_rate(0.5, 1, 3),
        runway_m=dice.pick(UNLIMITED, 2000.0, 2000.0, 2000.0, 1000.0, 900.0),
        depth_m=dice.pick(UNLIMITED, 8.0, 8.0, 8.0, 5.0, 4.0),
    )


def draw_fleets(draft: Draft) -> None:
    """One to four vehicles of one or two fleets, based where their links are."""
    left = 2 if draft.tiny else 4
    for number, kind in enumerate(draft.types, start=1):
        ends = [
            place
            for link in draft.links
            if link.mode is kind.mode
            for place in (link.origin, link.origin, link.destination)
        ]
        if not ends:
            continue
        count = min(left, draft.dice.pick(1, 2, 2, 3))
        left -= count
        if count:
            draft.fleets.append(
                _fleet(draft, f"fleet{number}", kind, count, draft.dice.pick(*ends))
            )


def _fleet(draft: Draft, name: str, kind: VehicleType, count: int, base: str) -> Fleet:
    dice = draft.dice
    most = draft.num_steps
    return Fleet(
        fleet=name,
        type=kind.type,
        number=count,
        base=base,
        available_from=draft.time(1, 3) if dice.chance(0.25) else 0,
        available_until=draft.time(most - 4, most - 1) if dice.chance(0.25) else None,
    )
